"""A real Chromium before the real application over the bundled sample."""

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from playwright.sync_api import Browser, sync_playwright

from medpath.app import create_app
from tests.browser.looking import Site
from tests.conftest import missing
from tests.javascript import installed
from tests.sample_store import SampleStore


@pytest.fixture(scope="session")
def site(sample_store: SampleStore) -> Iterator[str]:
    """The address of the application over the sample, on a free port of the loopback interface."""
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(create_app(sample_store.settings), log_level="warning", access_log=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    deadline = time.monotonic() + 20
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.02)
    assert server.started, "the server did not start"
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="package")  # Playwright's event loop runs as long, and other tests want loops of their own
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, or the one that CHROMIUM names."""
    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        missing("Chromium is not installed (the package chromium), or name it with CHROMIUM=…")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core."""
    return installed("axe-core/axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def looking(site: str, chromium: Browser) -> Iterator[Site]:
    """A fresh browser window that notes everything that goes wrong."""
    looking = Site(site, chromium.new_context(viewport={"width": 1440, "height": 900}))
    yield looking
    looking.context.close()
