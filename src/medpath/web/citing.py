"""A version of a medicine as reference managers take it: RIS and BibTeX.

The day of a reference is the day on which the version was observed. When a reader looked at it only the reader knows,
so no such day is given.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from medpath import urls
from medpath.http.answers import Content
from medpath.http.state import State
from medpath.web.asked import Asked
from medpath.web.found import medicine_of

FORMS = {"ris": "application/x-research-info-systems", "bib": "application/x-bibtex"}
TITLE = "MedPath, register of medicines"

_BLANKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_SIGNS = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "$&#_%"},
}


def show(state: State, asked: Asked, number: str, form: str) -> Content:
    """The reference to a medicine's version, now or as of a day, as a file. Raises NotFound, UsageError."""
    medicine = medicine_of(state, asked.language, number, asked.day_of_the_past("as_of"))
    written = {"ris": ris, "bib": bibtex}[form](medicine, state.settings.public_url)
    name = f"{urls.medicine_path_id(number)}-version-{medicine['version']}.{form}"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Content(written.encode("utf-8", "replace"), f"{FORMS[form]}; charset=utf-8", headers)


def version_address(medicine: Mapping[str, Any], language: str = "en") -> str:
    """The address that keeps showing a version: the medicine as of the day that is shown or was observed."""
    day = medicine.get("as_of") or medicine["observed_from"][:10]
    return urls.version(medicine["product_number"], date.fromisoformat(day), language)


def ris(medicine: Mapping[str, Any], public_url: str) -> str:
    """The reference in RIS; its address is given where the register has one from outside."""
    day = medicine["observed_from"][:10]
    lines = [
        ("TY", "ELEC"),
        ("TI", f"{medicine['name']} ({medicine['product_number']})"),
        ("T2", TITLE),
        ("ET", f"version {medicine['version']}"),
        ("PY", day[:4]),
        ("DA", f"{day.replace('-', '/')}/observed"),
        ("N1", f"{medicine['licence']['attribution']}. Version {medicine['version']}, observed {_observed(medicine)}."),
        ("LA", "en"),
        *([("UR", public_url + version_address(medicine))] if public_url else []),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {one_line(text)}\r\n" for tag, text in lines)


def bibtex(medicine: Mapping[str, Any], public_url: str) -> str:
    """The reference in BibTeX; its address is given where the register has one from outside."""
    day, version = medicine["observed_from"][:10], medicine["version"]
    fields = {
        "title": f"{{{_tex(medicine['name'])}}} ({_tex(medicine['product_number'])})",
        "howpublished": _tex(TITLE),
        "edition": f"version {version}",
        "year": day[:4],
        "month": str(int(day[5:7])),
        "note": _tex(f"{medicine['licence']['attribution']}. Version {version}, observed {_observed(medicine)}."),
        "language": "english",
        **({"url": public_url + version_address(medicine)} if public_url else {}),
    }
    inner = "".join(f"  {name} = {{{text}}},\n" for name, text in fields.items())
    return f"@misc{{medpath:{urls.medicine_path_id(medicine['product_number'])}:{version},\n{inner}}}\n"


def one_line(text: str) -> str:
    """A text of a source on one line, so that it can't begin a field of its own."""
    return _BLANKS.sub(" ", text).strip()


def _tex(text: str) -> str:
    return "".join(_SIGNS.get(sign, sign) for sign in one_line(text))


def _observed(medicine: Mapping[str, Any]) -> str:
    return str(medicine["observed_from"])
