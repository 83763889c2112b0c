"""What a delivery says: JSON for programs, text and HTML for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import msgspec
from markupsafe import escape

from medpath.tabular import as_text
from medpath.translations.language import Language, language
from medpath.translations.words import field_word, word

LONGEST_VALUE = 400


@dataclass(frozen=True)
class Message:
    """A letter: its subject, and the same said in plain text and in HTML."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class Told:
    """What a message is about: the watch, its changes as in the contract, how the medicines stand, the data's date.

    ``statuses`` are the present statuses by the medicine's id; ``register`` is the address of the register, if set.
    """

    watch: str
    key: str
    made_at: str
    changes: Sequence[Mapping[str, Any]]
    statuses: Mapping[str, str | None]
    data_date: str | None
    register: str
    attribution: str


def as_json(told: Told) -> bytes:
    """The delivery for programs; ``delivery`` is its key, the same whenever it is sent again."""
    return msgspec.json.encode(
        {
            "delivery": told.key,
            "watch": told.watch,
            "made_at": told.made_at,
            "data_date": told.data_date,
            "register": told.register or None,
            "attribution": told.attribution,
            "total": len(told.changes),
            "changes": [{**one, "status": told.statuses.get(one["medicine"])} for one in told.changes],
        }
    )


def as_message(told: Told, code: str) -> Message:
    """The delivery for people, in a language."""
    speaks = language(code)
    _ = speaks.gettext
    count = len(told.changes)
    said = speaks.ngettext("%(count)s change", "%(count)s changes", count) % {"count": speaks.number(count)}
    subject = f"MedPath: {said} ({told.watch})"
    lines, rows = [subject, ""], []
    for number, some in groupby(sorted(told.changes, key=_order), key=lambda one: one["medicine"]):
        changes = list(some)
        status = word(speaks, "status", told.statuses.get(number) or "") or _("Status not stated")
        name, address = f"{changes[0]['name']} – {status}", f"{told.register}{changes[-1]['url']}"
        lines += [name, *(f"  {line}" for one in changes for line in _said(speaks, one)), f"  {address}", ""]
        items = "".join(f"<li>{escape(line)}</li>" for one in changes for line in _said(speaks, one))
        title = f'<a href="{escape(address)}">{escape(name)}</a>' if told.register else escape(name)
        rows.append(f"<h2>{title}</h2><ul>{items}</ul>")
    foot = [told.attribution]
    if told.data_date:
        foot.insert(0, _("Date of the data: %(day)s") % {"day": speaks.instant(told.data_date)})
    foot.append(_("MedPath informs. It gives no medical advice."))
    body = "".join(rows) + "".join(f"<p>{escape(line)}</p>" for line in foot)
    html = (
        f'<!doctype html><html lang="{speaks.tag}"><meta charset="utf-8"><title>{escape(subject)}</title>'
        f"<body><h1>{escape(subject)}</h1>{body}</body></html>"
    )
    return Message(subject, "\n".join([*lines, *foot]) + "\n", html)


def _order(one: Mapping[str, Any]) -> tuple[str, str, int]:
    return str(one["name"]).casefold(), str(one["medicine"]), int(one["sequence"])


def _said(speaks: Language, one: Mapping[str, Any]) -> list[str]:
    """A change in lines: what it is and its day, then each field before and after."""
    kind = word(speaks, "change", one["kind"]) or one["kind"]
    observed = speaks.gettext("first observed %(day)s") % {"day": speaks.day(one["observed_at"][:10])}
    lines = [f"{kind} ({speaks.day(one['date'])}; {observed})" if one["date"] else f"{kind} ({observed})"]
    for field in one["fields"]:
        before, after = (_value(speaks, field["field"], field[side]) for side in ("before", "after"))
        lines.append(f"{field_word(speaks, field['field'])}: {before} → {after}")
    return lines


def _value(speaks: Language, name: str, value: Any) -> str:
    text = " ".join(as_text(value).split())
    if name == "status.code":
        text = word(speaks, "status", text) or text
    elif name.startswith("dates."):
        text = speaks.day(text)
    return (text if len(text) <= LONGEST_VALUE else text[:LONGEST_VALUE] + "…") or "–"
