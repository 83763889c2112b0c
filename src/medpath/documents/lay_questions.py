"""The headings of EMA's lay overview, whatever name of the medicine stands in them and however they are worded."""

from __future__ import annotations

import re

# In order: the first that fits counts.
_KINDS: tuple[tuple[str, str], ...] = (
    ("what-is-it", r"what (?:is|are) .+ and (?:what (?:is|was|were|are) (?:it|they)|how (?:is|are) (?:it|they)) .+"),
    ("benefits-and-risks", r"what (?:are|is) the benefits? and risks? .+"),
    ("what-is-it-used-for", r"what (?:is|was|were) .+ (?:used|evaluated|intended) for"),
    ("how-is-it-used", r"how (?:is|are) .+ used"),
    ("how-does-it-work", r"how (?:does|is|was|are) .+ work"),
    ("how-was-it-studied", r"how has .+ been studied"),
    ("benefits", r"(?:what|which) benefits? .+"),
    ("risks", r"what (?:are|is) the (?:risks?|side effects) .+"),
    ("why-authorised", r"why (?:is|has) .+ (?:authorised|approved)\b.*"),
    ("safety-measures", r"(?:what|which) (?:extra )?measures are being taken .+"),
    ("information-awaited", r"what information is still awaited.*"),
    ("other-information", r"other information about .+"),
    ("groups-of-people", r"can .+ be vaccinated with .+|how well does .+ work for people .+"),
    ("stage-of-evaluation", r"how far .+"),
    ("evidence-presented", r"what (?:did the company present|documentation) .+"),
    ("reasons-for-withdrawal", r"what were the reasons given .+"),
    ("recommendation-at-the-time", r"what (?:was the recommendation|did the agency recommend) .+"),
    (
        "reasons-for-refusal",
        r"what were the (?:main|major|chmp's main) (?:concerns|reasons).*|why did the chmp not recommend .+",
    ),
    (
        "consequences",
        r"what (?:are the )?consequences .+|does this (?:withdrawal|refusal) affect .+|what is happening .+",
    ),
    ("what-is-it", r"what (?:is|are) .+"),
)  # fmt: skip
_LONGEST = 300
_PATTERNS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _KINDS)


def question_kind(heading: str) -> str | None:
    """What a heading asks (``how-is-it-used``), or None for a question that is not known."""
    text = heading[:_LONGEST].strip(" ?:")
    for kind, pattern in _PATTERNS:
        if pattern.match(text):
            return kind
    # A lost line break puts the end of a paragraph before the question.
    _, stop, rest = text.rpartition(". ")
    return question_kind(rest) if stop else None


def is_question(heading: str) -> bool:
    """Whether a heading is one of a question: it ends so, or begins as known questions do."""
    return heading.rstrip().endswith("?") or question_kind(heading) is not None
