"""Changes in words: what a field was and is, for people; long texts word by word."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Any

from medpath.translations.language import Language
from medpath.translations.vocabulary import field_word, word

LONG = 90  # a longer text is compared word by word
MOST_WORDS = 3_000
CONTEXT = 12  # words of what stayed the same that are shown on each side
_WORDS = re.compile(r"\S+")
TEXTS = ("therapeutic_indication", "overview.summary")


def changes_in_words(language: Language, changes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The changes with labels: kind, cause, and each field before and after."""
    return [
        {
            **one,
            "kind_word": word(language, "change", one["kind"]) or one["kind"],
            "cause_word": word(language, "cause", one["cause"]) or one["cause"],
            "differences": [difference(language, field) for field in one["fields"]],
        }
        for one in changes
    ]


def difference(language: Language, field: Mapping[str, Any]) -> dict[str, Any]:
    """One field before and after; ``parts`` where two texts are compared word by word.

    ``unclear``: both read the same, for what differs is not among what a change tells of a record.
    """
    name, before, after = field["field"], field["before"], field["after"]
    told: dict[str, Any] = {"label": field_word(language, name), "before": "", "after": "", "parts": []}
    told["unclear"] = False
    if name in TEXTS and before and after:
        told["parts"] = word_difference(_text(before), _text(after))
        return told
    told["before"] = value_in_words(language, name, before)
    told["after"] = value_in_words(language, name, after)
    told["unclear"] = told["before"] == told["after"] != ""
    return told


def _text(value: Any) -> str:
    return "\n".join(str(item) for item in value) if isinstance(value, list) else str(value)


def value_in_words(language: Language, name: str, value: Any) -> str:
    """A value of a field for people: codes as words, days in the reader's form, lists with commas."""
    _ = language.gettext
    if value in (None, "", []):
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return language.listed([value_in_words(language, name, item) for item in value])
    if isinstance(value, dict):
        return _record(language, value)
    text = str(value)
    if name.startswith("flags."):
        return {"yes": _("Yes"), "no": _("No")}.get(text, text)
    if name == "status.code":
        return word(language, "status", text) or text
    if name == "opinion.outcome":
        return word(language, "outcome", text) or text
    if name == "category":
        return word(language, "category", text) or text
    if name == "overview.questions":
        return word(language, "question", text) or text
    if name.startswith("dates."):
        return language.day(text)
    return language.instant(text) if name == "no_longer_listed_at" else text


def _record(language: Language, value: Mapping[str, Any]) -> str:
    """A document or a related record: its title, its status, and its days."""
    parts = [str(value.get("title") or value.get("name") or value.get("id") or "")]
    if status := value.get("status"):
        parts.append(word(language, "related_status", str(status)) or str(status))
    parts += [language.day(day) for day in (value.get("last_updated") or value.get("date"),) if day]
    return language.listed([part for part in parts if part])


def word_difference(before: str, after: str) -> list[tuple[str, str]]:
    """What was taken away (``del``), what came (``ins``), what stayed (``same``) and what is left out (``skip``).

    Texts of more than `MOST_WORDS` words are shown whole, one after the other.
    """
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if len(old) > MOST_WORDS or len(new) > MOST_WORDS:
        return [("del", before), ("ins", after)]
    parts: list[tuple[str, str]] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    steps = matcher.get_opcodes()
    for place, (step, i, j, k, m) in enumerate(steps):
        if step == "equal":
            parts += _same(old[i:j], place == 0, place == len(steps) - 1)
            continue
        if j > i:
            parts.append(("del", " ".join(old[i:j])))
        if m > k:
            parts.append(("ins", " ".join(new[k:m])))
    return parts


def _same(words: list[str], first: bool, last: bool) -> list[tuple[str, str]]:
    """What stayed the same, with its middle left out where that is long."""
    head, tail = (0 if first else CONTEXT), (0 if last else CONTEXT)
    if len(words) <= head + tail + CONTEXT:
        return [("same", " ".join(words))]
    found: list[tuple[str, str]] = []
    if head:
        found.append(("same", " ".join(words[:head])))
    found.append(("skip", ""))
    if tail:
        found.append(("same", " ".join(words[-tail:])))
    return found
