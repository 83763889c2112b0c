"""Every address that MedPath mints."""

from __future__ import annotations

from urllib.parse import quote

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


def history(number: str, version: int | None = None, language: str = "en") -> str:
    """A medicine's history, at one of its versions."""
    return medicine(number, language) + "/history" + (f"#{version}" if version is not None else "")


def procedures(number: str, language: str = "en") -> str:
    """The procedures of a medicine after its authorisation."""
    return medicine(number, language) + "/procedures"


def substance(slug: str, language: str = "en") -> str:
    """A substance's page."""
    return prefixed(f"/substances/{quote(slug, safe='')}", language)


def condition(slug: str, language: str = "en") -> str:
    """A condition's page."""
    return prefixed(f"/conditions/{quote(slug, safe='')}", language)


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
