"""What a delivery says: JSON for programs, a digest in plain text and HTML for people."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from medpath.digest import Digest, as_html, as_markdown
from medpath.translations.language import language


@dataclass(frozen=True)
class Message:
    """A letter: its subject, and the same said in plain text and in HTML."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class Told:
    """What a delivery is about: the watch's name, the delivery's key and time, and what changed."""

    watch: str
    key: str
    made_at: str
    digest: Digest


def as_json(told: Told) -> bytes:
    """The delivery for programs; ``delivery`` is its key, the same whenever it is sent again."""
    digest = told.digest
    changes = [{**one, "status": (digest.statuses.get(one["medicine"]) or {}).get("code")} for one in digest.changes]
    return msgspec.json.encode(
        {
            "delivery": told.key,
            "watch": told.watch,
            "made_at": told.made_at,
            "data_date": digest.data_date,
            "register": digest.register or None,
            "attributions": list(digest.sources),
            "total": len(changes),
            "changes": changes,
        }
    )


def as_message(told: Told, code: str) -> Message:
    """The delivery for people, in a language."""
    speaks, count = language(code), len(told.digest.changes)
    said = speaks.ngettext("%(count)s change", "%(count)s changes", count) % {"count": speaks.number(count)}
    subject = f"MedPath: {said} ({told.watch})"
    return Message(subject, as_markdown(speaks, told.digest), as_html(speaks, told.digest))
