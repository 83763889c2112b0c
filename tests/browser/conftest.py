"""A real Chromium before the real application over the bundled sample."""

import os
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, sync_playwright

from medpath.app import create_app
from tests.browser.looking import Site
from tests.conftest import ROOT, missing
from tests.sample_store import SampleStore

HERE = Path(__file__).parent
MODULES = ROOT / "build" / "browser"


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
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core, installed by npm from the lock file when it is first needed."""
    script = MODULES / "node_modules" / "axe-core" / "axe.min.js"
    if not script.exists():
        if shutil.which("npm") is None:
            missing("npm is not installed; the accessibility checks need axe-core")
        MODULES.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, MODULES / name)
        # Two workers may install at once; the folder of one is put in place whole.
        own = MODULES / f"install-{os.getpid()}"
        own.mkdir(exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, own / name)
        command = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
        done = subprocess.run(command, cwd=own, capture_output=True, text=True, timeout=120, check=False)
        if done.returncode:
            missing(f"axe-core could not be installed by npm: {done.stderr.strip()[-200:]}")
        with suppress(OSError):  # the other worker was first
            (own / "node_modules").rename(MODULES / "node_modules")
        shutil.rmtree(own, ignore_errors=True)
    return script.read_text(encoding="utf-8")


@pytest.fixture
def looking(site: str, chromium: Browser) -> Iterator[Site]:
    """A fresh browser window that notes everything that goes wrong."""
    looking = Site(site, chromium.new_context(viewport={"width": 1440, "height": 900}))
    yield looking
    looking.context.close()
