"""Several medicines by their facts and days: one row for each fact, in the words of their own pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from medpath import urls
from medpath.translations.language import Language
from medpath.translations.marked import own_words
from medpath.translations.vocabulary.medicines import DATES, FLAGS
from medpath.translations.words import field_word, word
from medpath.web.environment import day, entity_url


@dataclass(frozen=True)
class Row:
    """A fact of each of the medicines; ``cells`` is empty where nothing is stated."""

    label: str
    cells: list[Markup]

    @property
    def differs(self) -> bool:
        """Whether the medicines differ in it."""
        return len(set(self.cells)) > 1


def facts(language: Language, medicines: Sequence[Mapping[str, Any]]) -> list[Row]:
    """The facts that at least one of the medicines has; what is not stated of another is left empty, never guessed."""
    _ = language.gettext

    rows = [
        Row(
            field_word(language, name),
            [_linked(language, kind, one[name]) for one in medicines],
        )
        for name, kind in (("active_substances", "substance"), ("therapeutic_areas", "condition"))
    ]
    rows.insert(1, Row(field_word(language, "atc"), [_classes(language, one) for one in medicines]))
    rows.append(
        Row(field_word(language, "holder"), [_linked(language, "organisation", _holders(one)) for one in medicines])
    )
    rows.append(Row(_("Flags"), [_flags(language, one["flags"]) for one in medicines]))
    for name in DATES:
        rows.append(
            Row(field_word(language, f"dates.{name}"), [day(language, one["dates"][name]) for one in medicines])
        )
    rows.append(Row(field_word(language, "product_number"), [escape(one["product_number"]) for one in medicines]))
    rows.append(Row(field_word(language, "authorisations.eu_numbers"), [_eu_numbers(one) for one in medicines]))
    for name in ("latest_procedure", "therapeutic_indication"):
        rows.append(Row(field_word(language, name), [own_words(language, one[name]) for one in medicines]))
    return [one for one in rows if any(one.cells)]


def _holders(medicine: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [one["holder"] for one in medicine["authorisations"] if one["holder"]]


def _linked(language: Language, kind: str, things: Sequence[Mapping[str, Any]]) -> Markup:
    """Names of substances, conditions or organisations as links to their pages."""
    link = Markup('<a href="{}" lang="en">{}</a>')
    return Markup("; ").join(link.format(entity_url(language.code, kind, one["slug"]), one["name"]) for one in things)


def _classes(language: Language, medicine: Mapping[str, Any]) -> Markup:
    link = Markup('<a href="{}">{}</a> {}')
    return Markup("; ").join(
        link.format(
            urls.atc_class(one["code"], language.code),
            one["code"],
            one["name"].get(language.code) or own_words(language, one["name"].get("en")),
        )
        for one in medicine["atc"]
    )


def _flags(language: Language, flags: Mapping[str, bool | None]) -> Markup:
    return escape(language.listed([word(language, "flag", name) or name for name in FLAGS if flags.get(name)]))


def _eu_numbers(medicine: Mapping[str, Any]) -> Markup:
    return escape("; ".join(number for one in medicine["authorisations"] for number in one["eu_numbers"]))
