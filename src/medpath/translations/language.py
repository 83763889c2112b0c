"""A language of the interface: its texts, days, instants and numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from gettext import NullTranslations

from medpath.translations import catalogue

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True)
class Language:
    """``code`` stands in addresses, ``tag`` in ``lang`` attributes (BCP 47), ``name`` is its own name for itself."""

    code: str
    tag: str
    name: str
    texts: NullTranslations = field(repr=False, compare=False)

    def gettext(self, text: str) -> str:
        """The text in this language."""
        return self.texts.gettext(text)

    def ngettext(self, one: str, many: str, number: int) -> str:
        """The text for a number of things."""
        return self.texts.ngettext(one, many, number)

    def pgettext(self, context: str, text: str) -> str:
        """The text, where it means something else elsewhere."""
        return self.texts.pgettext(context, text)

    def day(self, text: str) -> str:
        """``2024-12-13`` as ``13 December 2024`` or ``2024年12月13日``; what is no ISO day stays as it is."""
        year, month, day = text[:4], text[5:7], text[8:10]
        if len(text) != 10 or not (year + month + day).isdigit() or not 1 <= int(month) <= 12:
            return text
        if self.code == "zh":
            return f"{int(year)}年{int(month)}月{int(day)}日"
        return f"{int(day)} {MONTHS[int(month) - 1]} {int(year)}"

    def month(self, text: str) -> str:
        """``2018-06`` as ``June 2018`` or ``2018年6月``; what is no month stays as it is."""
        year, month = text[:4], text[5:7]
        if len(text) != 7 or not (year + month).isdigit() or not 1 <= int(month) <= 12:
            return text
        return f"{int(year)}年{int(month)}月" if self.code == "zh" else f"{MONTHS[int(month) - 1]} {int(year)}"

    def instant(self, text: str) -> str:
        """``2026-03-14T05:00:00Z`` as ``14 March 2026, 05:00 UTC``; what is no instant in UTC stays as it is."""
        if len(text) != 20 or text[10] != "T" or text[-1] != "Z":
            return text
        day, minute = self.day(text[:10]), text[11:16]
        return f"{day} {minute}（UTC）" if self.code == "zh" else f"{day}, {minute} UTC"

    def number(self, number: int | float) -> str:
        """``2673`` as ``2,673``."""
        return f"{number:,}"

    def listed(self, items: list[str]) -> str:
        """Names one after the other."""
        return ("、" if self.code == "zh" else ", ").join(items)


_TAGS = {"en": ("en", "English"), "zh": ("zh-Hans", "中文")}


@cache
def language(code: str) -> Language:
    """The language of a code, ``en`` or ``zh``. Raises KeyError for any other."""
    tag, name = _TAGS[code]
    return Language(code, tag, name, catalogue(code))
