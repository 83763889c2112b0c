"""The numbers by which medicines are known, in any usual spelling: EMA's product numbers and EU numbers."""

from __future__ import annotations

import re

_PRODUCT = re.compile(r"(?:EMEA[/-]?)?([HV])[/-]?([A-Z])[/-]?0*(\d{1,6})", re.IGNORECASE)
_EU = re.compile(r"EU[/-]?(\d)[/-]?(\d{2})[/-]?0*(\d{1,4})(?:[/-]?(\d{1,4}(?:-\d{1,4})?))?", re.IGNORECASE)
_BLANKS = re.compile(r"\s+")


def product_number(text: str) -> str | None:
    """EMA's product number in its usual spelling, ``EMEA/H/C/004258``, or None if it is none.

    Repairs missing slashes, hyphens for slashes, zeros and case: ``emea-h-c5900`` becomes ``EMEA/H/C/005900``.
    """
    match = _PRODUCT.fullmatch(_BLANKS.sub("", text))
    return f"EMEA/{match[1].upper()}/{match[2].upper()}/{int(match[3]):06d}" if match else None


def eu_number(text: str) -> str | None:
    """The EU number of a product, ``EU/1/17/1261``, from any spelling, with or without the number of a pack; else None.

    Numbers are padded to three digits as the Union Register prints them (``EU/1/97/049``).
    """
    match = _EU.fullmatch(_BLANKS.sub("", text))
    return f"EU/{match[1]}/{match[2]}/{int(match[3]):03d}" if match else None
