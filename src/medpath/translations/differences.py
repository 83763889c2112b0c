"""Changes in words: what a field was and is, for people; long texts word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from typing import Any

from markupsafe import Markup, escape

from medpath.translations.language import Language
from medpath.translations.marked import own_words
from medpath.translations.news import kind_in_words
from medpath.translations.vocabulary.medicines import REFERRAL_STEPS
from medpath.translations.words import field_word, word

LONG = 90  # a longer text is compared word by word
MOST_WORDS = 3_000
CONTEXT = 12  # words of what stayed the same that are shown on each side
_WORDS = re.compile(r"\S+")
TEXTS = ("therapeutic_indication", "overview.summary")
WORDED = {
    "status.code": "status",
    "opinion.outcome": "outcome",
    "category": "category",
    "overview.questions": "question",
}
# Parts of a record that are codes, with the table of their words; and what a shortage is of.
CODED = {"status": "related_status", "decision_type": "decision_type", "kind": "event"}
AFFECTED = ("pharmaceutical_forms", "strengths")


def changes_in_words(language: Language, changes: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The changes with labels: kind, cause, and each field before and after."""
    return [
        {
            **one,
            "kind_word": kind_in_words(language, one),
            "cause_word": word(language, "cause", one["cause"]) or one["cause"],
            "differences": [difference(language, field) for field in one["fields"]],
        }
        for one in changes
    ]


def difference(language: Language, field: Mapping[str, Any]) -> dict[str, Any]:
    """One field before and after; ``parts`` where two texts are compared word by word.

    Two states of one record stand under its title. ``unclear``: both read the same, for what differs is not among
    what a change tells of a record.
    """
    name, before, after = field["field"], field["before"], field["after"]
    told: dict[str, Any] = {"label": field_word(language, name), "before": Markup(""), "after": Markup(""), "parts": []}
    told["unclear"] = False
    if name in TEXTS and before and after:
        told["parts"] = word_difference(_text(before), _text(after))
        return told
    if isinstance(before, dict) and isinstance(after, dict) and _title(before) == _title(after):
        told["label"] = own_words(language, _title(after))
        if name.startswith("related."):
            before, after = _differing(before, after), _differing(after, before)
        told["before"], told["after"] = _state(language, before), _state(language, after)
        told["unclear"] = told["before"] == told["after"]
        return told
    told["before"] = value_in_words(language, name, before)
    told["after"] = value_in_words(language, name, after)
    told["unclear"] = told["before"] == told["after"] != ""
    return told


def _text(value: Any) -> str:
    return "\n".join(str(item) for item in value) if isinstance(value, list) else str(value)


def value_in_words(language: Language, name: str, value: Any) -> Markup:
    """A value of a field for people: codes as words, days in the reader's form, lists with commas.

    The publisher's own text is marked with its language.
    """
    if value in (None, "", []):
        return Markup("")
    if isinstance(value, list):
        return _listed(language, [value_in_words(language, name, item) for item in value])
    if isinstance(value, dict):
        return _record(language, value)
    words = _in_words(language, name, value)
    return escape(words) if words is not None else own_words(language, str(value))


def _in_words(language: Language, name: str, value: Any) -> str | None:
    """What is ours to say of a value; None for the publisher's own text."""
    _ = language.gettext
    text = str(value)
    if isinstance(value, bool) or name.startswith("flags."):
        return {"true": _("Yes"), "yes": _("Yes"), "false": _("No"), "no": _("No")}.get(text.lower())
    if name in WORDED:
        return word(language, WORDED[name], text)
    if name.startswith("dates."):
        return language.day(text)
    if name == "no_longer_listed_at":
        return language.instant(text)
    return text if name == "revision" else None


def _listed(language: Language, items: list[Markup]) -> Markup:
    return Markup("、" if language.code == "zh" else ", ").join(items)


def _title(value: Mapping[str, Any]) -> str:
    return str(value.get("title") or value.get("name") or value.get("id") or "")


def _record(language: Language, value: Mapping[str, Any]) -> Markup:
    """A document or a related record: its title, its status, and its day."""
    return _listed(language, [part for part in (own_words(language, _title(value)), _state(language, value)) if part])


def _differing(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """What one of two states of a record says that the other does not."""
    found = {key: value for key, value in one.items() if other.get(key) != value}
    if "steps" in found:
        known = other.get("steps") or {}
        found["steps"] = {step: day for step, day in one["steps"].items() if known.get(step) != day}
    return found


def _state(language: Language, value: Mapping[str, Any]) -> Markup:
    """What is told of a document, a related record or a procedure beside its title, or of it what differs."""
    _ = language.gettext

    def known(table: str, code: Any) -> Markup:
        text = word(language, table, str(code))
        return escape(text) if text else own_words(language, str(code))

    parts = [known(table, value[key]) for key, table in CODED.items() if value.get(key)]
    if number := value.get("decision_number"):
        parts.append(own_words(language, str(number)))
    if numbers := value.get("procedure_numbers"):
        parts.append(_listed(language, [own_words(language, str(one)) for one in numbers]))
    steps = value.get("steps") or {}
    parts += [
        escape(f"{language.gettext(text)} {language.day(steps[step])}")
        for step, text in REFERRAL_STEPS.items()
        if step in steps
    ]
    day = value.get("last_updated") or value.get("first_published") or value.get("date")
    if day and "steps" not in value:
        parts.append(escape(language.day(day)))
    if (current := value.get("current")) is not None:
        parts.append(escape(_("listed as an orphan medicine") if current else _("not listed as an orphan medicine")))
    parts += [_listed(language, [own_words(language, str(one)) for one in value.get(key) or ()]) for key in AFFECTED]
    if (alternatives := value.get("alternatives_available")) is not None:
        parts.append(escape(_("alternatives available") if alternatives else _("no alternatives available")))
    if text := value.get("expected_resolution"):
        parts.append(Markup(_("expected to end: %(text)s")) % {"text": own_words(language, text)})
    elif day := value.get("expected_resolution_date"):
        parts.append(escape(_("expected to end: %(text)s") % {"text": language.day(day)}))
    if at := value.get("no_longer_listed_at"):
        parts.append(escape(_("no longer listed: %(instant)s") % {"instant": language.instant(at)}))
    return _listed(language, [part for part in parts if part])


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
