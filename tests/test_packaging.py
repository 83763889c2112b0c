"""A built package holds everything that the software reads of itself."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "medpath"
FOREIGN = {".pyc", ".mo"}  # made by running


def test_every_file_beside_the_code_is_packaged() -> None:
    patterns = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["package-data"]["medpath"]
    packaged = {path for pattern in patterns for path in PACKAGE.glob(pattern)}
    beside = {path for path in PACKAGE.rglob("*") if path.is_file() and path.suffix not in {".py", *FOREIGN}}
    assert beside
    assert not [path.relative_to(PACKAGE).as_posix() for path in sorted(beside - packaged)]


def test_every_folder_with_code_is_a_package() -> None:
    """The packages are found by their ``__init__.py``; a folder without one would be left out."""
    folders = {path.parent for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts}
    assert not [folder for folder in sorted(folders) if not (folder / "__init__.py").is_file()]


def test_the_part_for_pdf_files_is_the_same_for_pip_and_in_a_clone() -> None:
    extra = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]["pdf"]
    assert extra == (ROOT / "requirements-pdf.in").read_text().split()
