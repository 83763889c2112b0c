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
from medpath.web.medicine import cut


@dataclass(frozen=True)
class Row:
    """A fact of each of the medicines; a cell is empty where nothing is stated. ``own``: none has another's value."""

    label: str
    cells: list[Markup]
    own: bool = False

    @property
    def differs(self) -> bool:
        """Whether the medicines differ in what they could have in common."""
        return not self.own and len(set(self.cells)) > 1


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
    rows.append(Row(_("Holder or applicant"), [_linked(language, "organisation", _holders(one)) for one in medicines]))
    rows.append(Row(_("Flags"), [_flags(language, one["flags"]) for one in medicines]))
    for name in DATES:
        if any(one["dates"][name] for one in medicines):
            rows.append(Row(field_word(language, f"dates.{name}"), [_day(language, name, one) for one in medicines]))
    rows.append(Row(field_word(language, "product_number"), [escape(one["product_number"]) for one in medicines], True))
    rows.append(Row(field_word(language, "authorisations.eu_numbers"), [_eu_numbers(one) for one in medicines], True))
    procedures = [own_words(language, one["latest_procedure"]) for one in medicines]
    rows.append(Row(field_word(language, "latest_procedure"), procedures))
    indications = [_folded(language, one["therapeutic_indication"]) for one in medicines]
    rows.append(Row(field_word(language, "therapeutic_indication"), indications))
    return [one for one in rows if any(one.cells)]


def _day(language: Language, name: str, medicine: Mapping[str, Any]) -> Markup:
    """A day of a medicine; that an authorisation goes on is no gap in the data."""
    stated = medicine["dates"][name]
    if stated is None and name == "withdrawal_expiry_revocation_lapse" and medicine["status"]["code"] == "authorised":
        return escape(language.gettext("not ended"))
    return day(language, stated)


def _folded(language: Language, text: str | None) -> Markup:
    """A text of the publisher, a long one as its beginning and a rest to open."""
    begin, rest = cut(text or "")
    if not rest:
        return own_words(language, begin)
    folded = Markup('{}<details class="rest"><summary>{}</summary>{}</details>')
    return folded.format(
        own_words(language, begin), language.gettext("The rest of the indication"), own_words(language, rest)
    )


def _holders(medicine: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    holders = [one["holder"] for one in medicine["authorisations"] if one["holder"]]
    return holders or ([medicine["applicant"]] if medicine["applicant"] else [])


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
    """The flags that a medicine has; that EMA gives it none is another thing than that nothing is said of them."""
    if any(told := [word(language, "flag", name) or name for name in FLAGS if flags.get(name)]):
        return escape(language.listed(told))
    none = all(flags.get(name) is False for name in FLAGS)
    return escape(language.gettext("none, according to EMA")) if none else Markup()


def _eu_numbers(medicine: Mapping[str, Any]) -> Markup:
    return escape("; ".join(number for one in medicine["authorisations"] for number in one["eu_numbers"]))
