"""Deliveries into files below the data folder, for programs and people of the same machine."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

from medpath.errors import UsageError
from medpath.settings import Settings
from medpath.watches.undelivered import Undelivered

_FOLDER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}")


def check_address(address: str) -> str:
    """The name of the folder as it is kept. Raises UsageError for what is no plain name."""
    if not _FOLDER.fullmatch(address):
        raise UsageError(f"“{address[:80]}” can't name a folder of deliveries; letters, digits, - and _ can.")
    return address


def send(settings: Settings, address: str, name: str, contents: bytes) -> None:
    """Lays a file, whole or not at all; one that is there already is not laid again. Raises Undelivered."""
    folder = settings.deliveries / check_address(address)
    path = folder / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if path.exists():
            return
        handle, temporary = tempfile.mkstemp(dir=folder, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(contents)
                stream.flush()
                os.fsync(stream.fileno())
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as problem:
        raise Undelivered(f"The folder {folder} can't be written ({problem.strerror}).") from problem
