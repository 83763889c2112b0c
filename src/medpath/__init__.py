"""MedPath: an open, self-hostable register of medicines and their regulation.

    from medpath import open_register

    register = open_register()                       # the user's data folder, or MEDPATH_DATA
    alofisel = register.medicine(register.resolve("alofisel"))
    alofisel["status"]                               # {"code": "withdrawn", "date": "2024-12-13", …}

Everything that programs may rely on is named here; documents have the form of ``medpath show --json``.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from medpath.errors import FetchFailed, MedPathError, NotFound, SourceFailed, StoreUnusable, UsageError
    from medpath.settings import Settings
    from medpath.store.read import Register

__all__ = [
    "FetchFailed",
    "MedPathError",
    "NotFound",
    "Register",
    "Settings",
    "SourceFailed",
    "StoreUnusable",
    "UsageError",
    "__version__",
    "open_register",
]

__version__ = "0.1.0"

_HOMES = {"Register": "medpath.store.read", "Settings": "medpath.settings"}


def open_register(data: str | Path | None = None, database_url: str | None = None) -> Register:
    """The register to read from, in a data folder or a database; without either as the settings say.

    Raises UsageError for settings that can't be understood and StoreUnusable where there is no register.
    """
    from medpath.settings import load_settings
    from medpath.store.opening import open_store
    from medpath.store.read import Register

    settings = load_settings(data=Path(data) if data is not None else None, database_url=database_url)
    return Register(open_store(settings.database))


def __getattr__(name: str) -> Any:
    """The public names, imported when they are first used: `import medpath` alone is quick."""
    if name in __all__:
        return getattr(importlib.import_module(_HOMES.get(name, "medpath.errors")), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
