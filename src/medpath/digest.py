"""A digest: what changed in some days, by medicine, to be pasted into a report, as HTML, Markdown or PDF."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from markupsafe import Markup, escape

from medpath import urls
from medpath.model.grouping import MedicineDay, by_day_and_medicine
from medpath.pdf.making import Frame, Made, make_pdf
from medpath.store.read import Register
from medpath.translations.differences import changes_in_words
from medpath.translations.language import Language
from medpath.translations.words import word

_MARKUP = re.compile(r"([\\`*_\[\]<>#|~!])")
_TAG = re.compile(r"<[^>]+>")
_WEB = re.compile(r"https?://[^\s()<>\"'\\]+")


@dataclass(frozen=True)
class Digest:
    """What a digest is made of: ``changes`` as in the contract, ``statuses`` the present ones by the medicine's id.

    ``since`` and ``until`` are days of observation; ``sources`` the attributions of what is told. ``register`` is the
    register's address from outside; without one, ``pages`` (the publisher's, by the medicine's id) are linked.
    """

    changes: Sequence[Mapping[str, Any]]
    statuses: Mapping[str, Mapping[str, Any]]
    since: str | None
    until: str | None
    data_date: str | None
    sources: Sequence[str]
    register: str = ""
    sample: bool = False
    pages: Mapping[str, str] = field(default_factory=dict)


def digest_of(
    register: Register,
    changes: Sequence[Mapping[str, Any]],
    since: str | None = None,
    until: str | None = None,
    public_url: str = "",
) -> Digest:
    """The digest of changes, with the present statuses of their medicines and whom they are from."""
    numbers = {str(one["medicine"]).rpartition(":")[2].replace("-", "/") for one in changes}
    medicines = list(register.medicines_of(sorted(numbers)))
    statuses = {one["id"]: one["status"] for one in medicines}
    pages = {one["id"]: one["url"] for one in medicines if one["url"] and _WEB.fullmatch(one["url"])}
    named = {one["name"]: one["attribution"] for one in register.named_datasets()}
    sources = sorted({named.get(one["dataset"], "") for one in changes} - {""})
    data_date, sample = register.data_date(), register.is_sample()
    return Digest(changes, statuses, since, until, data_date, sources, public_url, sample, pages)


def as_html(language: Language, digest: Digest) -> str:
    """The digest as one HTML document without scripts or style sheets of others."""
    _ = language.gettext
    title = _title(language, digest)
    parts = [
        f'<!doctype html>\n<html lang="{language.tag}">\n<head>\n<meta charset="utf-8">',
        f"<title>{escape(title)}</title>",
        "</head>\n<body>",
        f"<h1>{escape(title)}</h1>",
        *(f"<p>{escape(line)}</p>" for line in _head(language, digest)),
    ]
    for day, medicines in _by_day(digest):
        parts.append(f"<h2>{escape(language.day(day))}</h2>")
        for some in medicines:
            name, address, now = escape(some.name), _address(language, digest, some), _now(language, digest, some)
            if now:
                name += Markup('<span class="not-authorised">{}</span>').format(now)
            if address:
                name = Markup('<a href="{}">{}</a>').format(address, name)
            parts.append(f"<h3>{name}</h3>\n<ul>")
            for one in changes_in_words(language, some.changes):
                fields = "".join(f"<li>{_html(language, field)}</li>" for field in one["differences"])
                kind = f"<strong>{escape(one['kind_word'])}</strong>{escape(_aside(language, one))}"
                parts.append(f"<li>{kind}<ul>{fields}</ul></li>")
            parts.append("</ul>")
    parts += [f"<p><small>{escape(line)}</small></p>" for line in _foot(language, digest)]
    return "\n".join([*parts, "</body>\n</html>", ""])


def as_markdown(language: Language, digest: Digest) -> str:
    """The digest as Markdown; what sources say can't become markup."""
    lines = [f"# {_plain(_title(language, digest))}", ""]
    for line in _head(language, digest):
        lines += [_plain(line), ""]
    for day, medicines in _by_day(digest):
        lines += [f"## {language.day(day)}", ""]
        for some in medicines:
            name, address = _plain(some.name + _now(language, digest, some)), _address(language, digest, some)
            lines += [f"### [{name}]({address})" if address else f"### {name}", ""]
            for one in changes_in_words(language, some.changes):
                lines.append(f"- **{_plain(str(one['kind_word']))}**{_aside(language, one)}")
                lines += [f"  - {_markdown(language, field)}" for field in one["differences"]]
            lines.append("")
    for line in _foot(language, digest):
        lines += [_plain(line), ""]
    return "\n".join(lines)


def as_pdf(language: Language, digest: Digest) -> Made:
    """The digest as a PDF. Raises UsageError and MedPathError as ``make_pdf`` says."""
    _ = language.gettext
    source = " · ".join([*digest.sources, _("MedPath informs. It gives no medical advice.")])
    warning = _("Sample data") if digest.sample else ""
    frame = Frame(_title(language, digest), warning, _dated(language, digest), source, digest.data_date)
    return make_pdf(as_html(language, digest), frame)


def _title(language: Language, digest: Digest) -> str:
    _ = language.gettext
    if digest.since and digest.until:
        said = _("Changes of medicines from %(first)s to %(last)s")
        return said % {"first": language.day(digest.since), "last": language.day(digest.until)}
    if digest.since:
        return _("Changes of medicines since %(day)s") % {"day": language.day(digest.since)}
    return _("Changes of medicines")


def _head(language: Language, digest: Digest) -> list[str]:
    _ = language.gettext
    count = len(digest.changes)
    medicines = len({one["medicine"] for one in digest.changes})
    said = language.ngettext("%(count)s change", "%(count)s changes", count) % {"count": language.number(count)}
    about = language.ngettext("of %(count)s medicine", "of %(count)s medicines", medicines)
    lines = [f"{said} {about % {'count': language.number(medicines)}}".strip()]
    lines.append(_("By the day on which each was first observed; the agency's own day stands where it gives one."))
    if digest.sample:
        lines.insert(0, _("Sample data"))
    return lines


def _foot(language: Language, digest: Digest) -> list[str]:
    _ = language.gettext
    dated = _dated(language, digest)
    return [*digest.sources, *([dated] if dated else []), _("MedPath informs. It gives no medical advice.")]


def _dated(language: Language, digest: Digest) -> str:
    """The date of the data, which pages and files of single medicines may be newer than."""
    if not digest.data_date:
        return ""
    said = language.gettext("Date of the data: %(instant)s, the newest list of EMA that was read.")
    return said % {"instant": language.instant(digest.data_date)}


def _by_day(digest: Digest) -> Iterator[tuple[str, list[MedicineDay]]]:
    """(day of observation, its medicines), the newest day first."""
    for day, some in groupby(by_day_and_medicine(digest.changes), lambda one: one.day):
        yield day, list(some)


def _now(language: Language, digest: Digest, some: MedicineDay) -> str:
    """The present status of a medicine in brackets; nothing for one that is authorised."""
    status = digest.statuses.get(some.medicine) or {}
    if status.get("code") == "authorised":
        return ""
    now = word(language, "status", status.get("code") or "") or status.get("source_value")
    now = now or language.gettext("Status not stated")
    return f"（{now}）" if language.code == "zh" else f" ({now})"


def _aside(language: Language, one: Mapping[str, Any]) -> str:
    """The day that the agency states for a change, and its cause where it is no news."""
    said = [language.gettext("stated for %(day)s") % {"day": language.day(one["date"])}] if one["date"] else []
    said += [str(one["cause_word"])] if one["cause"] != "source" else []
    if not said:
        return ""
    return f"（{'；'.join(said)}）" if language.code == "zh" else f" ({'; '.join(said)})"


def _address(language: Language, digest: Digest, some: MedicineDay) -> str:
    """The newest version that the changes led to, in the medicine's history; else its page at the publisher's."""
    if not digest.register:
        return digest.pages.get(some.medicine, "")
    newest = max(some.changes, key=lambda one: (one["observed_at"], one["sequence"]))
    return f"{digest.register}{urls.prefixed(str(newest['url']), language.code)}"


def _html(language: Language, field: Mapping[str, Any]) -> Markup:
    colon = "：" if language.code == "zh" else ": "
    if field["parts"]:
        told = Markup(" ").join(_part(kind, text) for kind, text in field["parts"])
    else:
        told = Markup("{} → {}").format(field["before"] or "–", field["after"] or "–")
    return Markup("{}{}{}").format(field["label"], colon, told)


def _part(kind: str, text: str) -> Markup:
    if kind == "skip":
        return Markup("[…]")
    return Markup(f"<{kind}>{{}}</{kind}>").format(text) if kind in ("del", "ins") else escape(text)


def _markdown(language: Language, field: Mapping[str, Any]) -> str:
    colon = "：" if language.code == "zh" else ": "
    label = _plain(_text(field["label"]))
    if not field["parts"]:
        return f"{label}{colon}{_plain(_text(field['before'])) or '–'} → {_plain(_text(field['after'])) or '–'}"
    signs = {"del": ("~~", "~~"), "ins": ("**", "**"), "same": ("", "")}
    told = []
    for kind, text in field["parts"]:
        before, after = signs.get(kind, ("", ""))
        told.append("[…]" if kind == "skip" else f"{before}{_plain(text)}{after}")
    return f"{label}{colon}{' '.join(told)}"


def _text(value: Any) -> str:
    """The text of what is ready for a page."""
    return Markup(_TAG.sub("", str(value))).unescape() if isinstance(value, Markup) else str(value)


def _plain(text: str) -> str:
    """A text in one line that Markdown shows as it is."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))
