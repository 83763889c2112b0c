"""Every address that MedPath mints."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from urllib.parse import quote, urlencode

LANGUAGES = ("en", "zh")


def medicine_path_id(number: str) -> str:
    """``EMEA/H/C/004258`` → ``EMEA-H-C-004258``."""
    return number.replace("/", "-")


def prefixed(path: str, language: str = "en") -> str:
    """The address of a page in a language: ``/about`` and ``/zh/about``, ``/`` and ``/zh``."""
    return path if language == "en" else f"/{language}{path}".rstrip("/")


def medicine(number: str, language: str = "en") -> str:
    """A medicine's page."""
    return prefixed(f"/medicines/{medicine_path_id(number)}", language)


def version(number: str, day: date, language: str = "en") -> str:
    """A medicine's page as of a day."""
    return f"{medicine(number, language)}?as_of={day.isoformat()}"


def citation(number: str, form: str, day: date | None = None) -> str:
    """The reference to a medicine's version as a file, ``ris`` or ``bib``."""
    return f"{medicine(number)}/cite.{form}" + (f"?as_of={day.isoformat()}" if day is not None else "")


def history(number: str, version: int | None = None, language: str = "en") -> str:
    """A medicine's history, at one of its versions."""
    return medicine(number, language) + "/history" + (f"#{version}" if version is not None else "")


def procedures(number: str, language: str = "en") -> str:
    """The procedures of a medicine after its authorisation."""
    return medicine(number, language) + "/procedures"


def section(number: str, part: str, section: str = "", unit: int = 1, language: str = "en") -> str:
    """A section of the product information (``smpc``, ``4.8``), of one of several in the file; or a part's contents."""
    below = f"/{part}/{quote(section, safe='')}" if section else f"/{part}"
    return medicine(number, language) + below + (f"#unit-{unit}" if unit > 1 else "")


def document_text(number: str, file: str, language: str = "en") -> str:
    """The text of a document of a medicine, by the document's file name (see `file_name`)."""
    return f"{medicine(number, language)}/documents/{quote(file, safe='')}"


def document_diff(number: str, file: str, old: int, new: int, language: str = "en") -> str:
    """What changed in the text of a document from one version to another."""
    return f"{document_text(number, file, language)}/diff?from={old}&to={new}"


def compare(section: str, numbers: Sequence[str] = (), language: str = "en") -> str:
    """Several medicines by a section (``4.8``, ``package-leaflet/4`` of another part), or by their facts."""
    asked = [*([("section", section)] if section else []), *(("medicine", medicine_path_id(one)) for one in numbers)]
    return f"{prefixed('/compare', language)}?{urlencode(asked, safe='/')}"


def file_name(url: str) -> str:
    """The file name of a document: the last part of the publisher's address, suffix kept."""
    return url.rpartition("/")[2]


def substance(slug: str, language: str = "en") -> str:
    """A substance's page."""
    return prefixed(f"/substances/{quote(slug, safe='')}", language)


def condition(slug: str, language: str = "en") -> str:
    """A condition's page."""
    return prefixed(f"/conditions/{quote(slug, safe='')}", language)


def heading(place: str, language: str = "en") -> str:
    """The page of a place in MeSH's tree, with all conditions at or below it."""
    return prefixed(f"/conditions/{quote(place, safe='')}", language)


def organisation(slug: str, language: str = "en") -> str:
    """An organisation's page."""
    return prefixed(f"/organisations/{quote(slug, safe='')}", language)


ENTITY_PATHS = {"substance": substance, "condition": condition, "organisation": organisation}


def atc_class(code: str, language: str = "en") -> str:
    """The page of a class of the ATC or ATCvet classification."""
    return prefixed(f"/atc/{quote(code, safe='')}", language)


def dataset(name: str, language: str = "en") -> str:
    """A dataset's page."""
    return prefixed(f"/sources/{quote(name, safe='')}", language)


def api_medicine(number: str) -> str:
    """A medicine as JSON."""
    return f"/api/v1/medicines/{medicine_path_id(number)}"


def api_document(number: str, file: str) -> str:
    """The text of a document as JSON."""
    return f"{api_medicine(number)}/documents/{quote(file, safe='')}"
