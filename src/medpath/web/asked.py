"""What a reader asked for: the language, the page, and the state of the page that the address holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qsl, quote, urlencode

from starlette.requests import Request

from medpath import urls
from medpath.errors import UsageError
from medpath.model.times import today
from medpath.translations.language import Language, language

MOST_PARAMETERS = 60
LONGEST_VALUE = 300
PLACES_IN_LISTS = ("cursor", "after")

_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Asked:
    """``path`` is the decoded path without the language's prefix; ``query`` the parameters in their order."""

    language: Language
    path: str
    query: tuple[tuple[str, str], ...] = ()

    def one(self, name: str) -> str | None:
        """The first value of a parameter."""
        return next((value for key, value in self.query if key == name), None)

    def many(self, name: str) -> tuple[str, ...]:
        """All values of a parameter, each once."""
        return tuple(dict.fromkeys(value for key, value in self.query if key == name))

    def day(self, name: str) -> date | None:
        """A day, ``2026-03-14``. Raises UsageError for what is none."""
        text = self.one(name)
        if text is None:
            return None
        try:
            if _DAY.fullmatch(text):
                return date.fromisoformat(text)
        except ValueError:
            pass
        _ = self.language.gettext
        raise UsageError(_("“%(text)s” is no day; write it like 2026-03-14.") % {"text": text[:40]})

    def day_of_the_past(self, name: str) -> date | None:
        """A day, today (UTC) or before. Raises UsageError for what is none."""
        day = self.day(name)
        if day is not None and day > today():
            _ = self.language.gettext
            said = _("%(day)s lies in the future, and nothing is known of it yet; ask for today or an earlier day.")
            raise UsageError(said % {"day": self.language.day(day.isoformat())})
        return day

    def count(self, name: str) -> int:
        """A number, 0 where there is none. Raises UsageError for what is none."""
        text = self.one(name) or "0"
        if text.isascii() and text.isdigit() and len(text) < 16:
            return int(text)
        raise UsageError(self.language.gettext("“%(text)s” is no number.") % {"text": text[:40]})

    # -- addresses

    def to(self, path: str) -> str:
        """The address of another page in this language."""
        return urls.prefixed(path, self.language.code)

    def address(self, language: str | None = None) -> str:
        """The address of this page in its present state, in this or another language."""
        return self._written(self.query, language)

    def with_value(self, name: str, value: str) -> str:
        """The address with one more value of a parameter, from the beginning of the list."""
        return self._written((*self._from_start(), (name, value)))

    def without_value(self, name: str, value: str) -> str:
        """The address without one value of a parameter, from the beginning of the list."""
        return self._written(tuple(item for item in self._from_start() if item != (name, value)))

    def changed(self, **values: str | None) -> str:
        """The address with parameters set (None: taken away), from the beginning of the list unless that is set."""
        kept = tuple(item for item in self._from_start() if item[0] not in values)
        return self._written((*kept, *((key, value) for key, value in values.items() if value is not None)))

    def _from_start(self) -> tuple[tuple[str, str], ...]:
        return tuple(item for item in self.query if item[0] not in PLACES_IN_LISTS)

    def _written(self, query: tuple[tuple[str, str], ...], language: str | None = None) -> str:
        path = urls.prefixed(quote(self.path), language or self.language.code)
        if path.endswith("/") and path != "/":
            path = path.rstrip("/")
        return f"{path}?{urlencode(query)}" if query else path


def asked_by(request: Request) -> Asked:
    """What a request asks for. Raises UsageError for an address with too many or too long parameters."""
    code, path = split_language(request.scope["path"])
    spoken = language(code)
    _ = spoken.gettext
    try:
        text = request.scope["query_string"].decode("ascii", "replace")
        query = parse_qsl(text, max_num_fields=MOST_PARAMETERS, errors="replace")
    except ValueError as problem:
        raise UsageError(_("The address has too many parameters.")) from problem
    clean = tuple((key, _CONTROL.sub(" ", value).strip()) for key, value in query)
    clean = tuple((key, value) for key, value in clean if value)
    if any(len(value) > LONGEST_VALUE for _name, value in clean):
        too_long = _("A parameter of the address is longer than %(number)s characters.")
        raise UsageError(too_long % {"number": LONGEST_VALUE})
    return Asked(spoken, path, clean)


def split_language(path: str) -> tuple[str, str]:
    """``/zh/about`` → (``zh``, ``/about``). The path has one slash at its beginning, so that it stays on this host."""
    first, _, rest = path.lstrip("/").partition("/")
    if first in urls.LANGUAGES and first != "en":
        return first, f"/{rest.lstrip('/')}"
    return "en", f"/{path.lstrip('/')}"
