"""What the tests need of npm, installed from the lock file when it is first needed."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path

from tests.conftest import ROOT, missing

HERE = Path(__file__).parent
NAMES = ("package.json", "package-lock.json")


def installed(name: str) -> Path:
    """A file of a package, as ``axe-core/axe.min.js``; what can't be installed ends the test."""
    lock = hashlib.sha256((HERE / NAMES[1]).read_bytes()).hexdigest()[:12]
    folder = ROOT / "build" / "javascript" / lock
    file = folder / "node_modules" / name
    if not file.exists():
        if shutil.which("npm") is None:
            missing(f"npm is not installed; {name} comes from there")
        own = folder / f"install-{os.getpid()}"  # two workers may install at once; the folder of one is put in place
        own.mkdir(parents=True, exist_ok=True)
        for one in NAMES:
            shutil.copy(HERE / one, own / one)
        command = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
        done = subprocess.run(command, cwd=own, capture_output=True, text=True, timeout=120, check=False)
        if done.returncode:
            missing(f"npm could not install {name}: {done.stderr.strip()[-200:]}")
        with suppress(OSError):  # the other worker was first
            (own / "node_modules").rename(folder / "node_modules")
        shutil.rmtree(own, ignore_errors=True)
    return file
