"""The bundled sample: 66 medicines in two editions, for demonstration and for the tests.

Each edition is a folder in the publishers' own formats, as ``medpath sync --from`` reads it. Names, numbers,
days, codes and addresses are facts; every sentence is MedPath's own and says so. Sample data live in a store
of their own (``settings.sample``) and are never mixed with real ones. How the editions were made is told in
the README beside them.
"""

from __future__ import annotations

from pathlib import Path

LICENCE = "Apache-2.0"
LICENCE_URL = "https://www.apache.org/licenses/LICENSE-2.0"
NOTE = "Sample data: facts as published, texts are MedPath's own, not EMA's wording."


def editions() -> list[Path]:
    """The folders of the editions, oldest first."""
    return sorted(path for path in Path(__file__).parent.glob("edition-*") if path.is_dir())
