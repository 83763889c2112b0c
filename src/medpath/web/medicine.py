"""The page of a medicine: the answer first, then everything that is known, with where each value is from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from markupsafe import Markup

from medpath import urls
from medpath.documents.qrd import ENTRIES
from medpath.errors import StoreUnusable
from medpath.http.answers import Content
from medpath.http.state import Stamp, State
from medpath.model import atc
from medpath.model.grouping import by_day_and_medicine
from medpath.model.steps import is_procedure
from medpath.model.terms import ENDED
from medpath.store.editions import MOST_COMPARED
from medpath.store.sections import PRODUCT_INFORMATION, section_places, texts_held
from medpath.translations.differences import value_in_words
from medpath.translations.language import Language
from medpath.translations.vocabulary.documents import GROUPS
from medpath.translations.vocabulary.medicines import FLAGS, RELATED
from medpath.translations.words import field_word, word
from medpath.web.asked import Asked
from medpath.web.changes import ToldDay, told_day
from medpath.web.citing import FORMS, version_address
from medpath.web.environment import environment
from medpath.web.found import medicine_of, status_now
from medpath.web.json_ld import drug
from medpath.web.links import safe_url
from medpath.web.page import dataset_titles, page
from medpath.web.procedures import count_procedures, procedures_of
from medpath.web.protection import protection_of
from medpath.web.timeline import timeline_of

SHORT_INDICATION = 600
CHANGES_SHOWN = 6  # or more, where one day has more
CHANGES_READ = 30
ALTERNATIVES_SHOWN = 12
ALTERNATIVES_ASKED = 120
PROCEDURES_SHOWN = 5
ASKED_MOST = [
    (one.number, f"{one.number} {one.title}")
    for one in ENTRIES
    if one.part == "smpc" and one.number in ("4.1", "4.2", "4.3", "4.8", "5.1")
]
CHANGES_LOOKED_THROUGH = 100
STATED_BEFORE = (
    "dates.opinion_adopted",
    "dates.marketing_authorisation",
    "holder",
    "atc",
    "species",
    "therapeutic_indication",
)
NEVER_AUTHORISED = ("refused", "application-withdrawn", "withdrawn-from-rolling-review")
DAYS = (
    "start_of_rolling_review",
    "start_of_evaluation",
    "opinion_adopted",
    "marketing_authorisation",
    "suspension",
    "withdrawal_expiry_revocation_lapse",
    "refusal",
    "withdrawal_of_application",
    "latest_european_commission_decision",
)
# Where a sentence ends and the next, or an item of a list, begins without any blank.
_JOINT = re.compile(r"(?<=[a-zà-ÿ\d)\]%][.;:])(?=(?:[-–•]\s?)?[A-Z][a-z])|(?<=[.;:)])(?=[•–-]\s)")
_SENTENCE_END = re.compile(r"[.;:!?](?=[\s•A-Z])|\n")


@dataclass
class Sources:
    """The places that a page's values are from, numbered in order of first use, and which field is from which."""

    places: list[dict[str, Any]] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)

    notes: list[Markup] = field(default_factory=list)

    def of(self, *names: str) -> int | None:
        """The number (from 1) of the place that gave the first of these fields that has one."""
        for name in names:
            if (number := self.numbers.get(name)) is not None:
                return number
        return None

    def note(self, names: Sequence[str]) -> Markup | None:
        """What stands beside a value from the place that gave the first of these fields that has one."""
        number = self.of(*names)
        return self.notes[number - 1] if number is not None else None


def sources_of(
    provenance: Mapping[str, Mapping[str, Any]], titles: Mapping[str, str], written: Callable[[int, Any], Markup]
) -> Sources:
    """The sources of a medicine's fields. ``titles``: those of datasets by name; ``written``: the note of a place."""
    found = Sources()
    known: dict[tuple[Any, ...], int] = {}
    for name, place in provenance.items():
        key = (place["dataset"], place["key"], place["sha256"], place["place"])
        if key not in known:
            found.places.append({**place, "title": titles.get(place["dataset"], place["dataset"]), "fields": []})
            known[key] = len(found.places)
        found.numbers[name] = known[key]
        found.places[known[key] - 1]["fields"].append(name)
    found.notes = [written(number, place) for number, place in enumerate(found.places, 1)]
    return found


def show(state: State, asked: Asked, stamp: Stamp, number: str) -> Content:
    """The page of a medicine, now or as of a day. Raises NotFound, UsageError."""
    language, _ = asked.language, asked.language.gettext
    as_of = asked.day_of_the_past("as_of")
    medicine = medicine_of(state, language, number, as_of)
    code = medicine["status"]["code"]
    titles = dataset_titles(state, language)
    data_date = stamp.store.data_date if as_of is None else state.register.data_date(as_of)
    documents = grouped_documents(medicine["documents"])
    held = texts_held(state.database, [one["url"] for one in medicine["documents"]], as_of)
    substances = language.listed([one["name"] for one in medicine["active_substances"]])
    status = word(language, "status", code or "") or medicine["status"]["source_value"] or _("Status not stated")
    title = f"{medicine['name']} ({substances})" if 0 < len(substances) < 60 else medicine["name"]
    if code != "authorised":
        title = f"{title} – {status}"
    if as_of is not None:
        title = f"{title} – {language.day(as_of.isoformat())}"
    return page(
        state,
        stamp,
        asked,
        "medicine.html",
        title,
        description=_description(language, medicine, status),
        indexed=as_of is None,
        until=as_of,
        medicine=medicine,
        as_of=as_of.isoformat() if as_of is not None else None,
        version_address=version_address(medicine, language.code),
        citations={form: urls.citation(number, form, as_of) for form in FORMS},
        now=status_now(state, medicine, as_of),
        authorised=code == "authorised",
        ended=code in ENDED,
        holders=[one for one in medicine["authorisations"] if one["holder"]],
        short=shortage_of(state, medicine) if as_of is None else None,
        day_notes=day_notes(language, medicine),
        earlier=stated_before(language, medicine, changes_of(state, medicine)) if as_of is None else [],
        days=[name for name in DAYS if medicine["dates"][name]],
        flags=flags_of(medicine["flags"]),
        protection=protection_of(state, language, medicine) if as_of is None else None,
        class_paths=class_paths(medicine["atc"], state),
        indication=[paragraphs(part, medicine["name"]) for part in cut(medicine["therapeutic_indication"] or "")],
        wanted=wanted_documents(medicine["documents"]),
        documents=documents,
        texts=text_addresses(language, medicine, held, as_of),
        reading=reading_links(state, language, medicine, held, as_of),
        related=[(kind, medicine["related"][kind]) for kind in RELATED if medicine["related"].get(kind)],
        events=[one for one in medicine["events"] if not is_procedure(one)],
        procedures=procedures_of(language, medicine, PROCEDURES_SHOWN),
        all_procedures=count_procedures(medicine),
        presentations=[pack for one in medicine["authorisations"] for pack in one.get("presentations") or []],
        timeline=timeline_of(medicine["events"], code, known_until(medicine, data_date)),
        alternatives=alternatives_to(state, medicine) if as_of is None else None,
        changes=last_changes(state, language, number) if as_of is None else [],
        sources=sources_of(medicine["provenance"], titles, _place_note(language)),
        titles=titles,
        disagreements=disagreements_in_words(language, medicine["disagreements"], titles),
        drug=drug(medicine, language, state.settings.public_url) if as_of is None else None,
    )


def known_until(medicine: Mapping[str, Any], data_date: str | None) -> str | None:
    """The day up to which a medicine is known: that of the data, or of the version where a page came later."""
    return max(filter(None, (data_date, medicine["observed_from"])), default=None)


def _description(language: Language, medicine: Mapping[str, Any], status: str) -> str:
    _ = language.gettext
    day = medicine["status"]["date"]
    parts = [f"{medicine['name']}: {status}" + (f" ({language.day(day)})" if day else "")]
    if medicine["active_substances"]:
        names = language.listed([one["name"] for one in medicine["active_substances"]])
        parts.append(_("Active substance: %(names)s") % {"names": names})
    if medicine["therapeutic_areas"]:
        names = language.listed([one["name"] for one in medicine["therapeutic_areas"]])
        parts.append(_("Therapeutic area: %(names)s") % {"names": names})
    return ". ".join(parts)[:300]


def cut(text: str) -> tuple[str, str]:
    """A long text as its beginning, up to the end of a sentence, and the rest; a short one whole, and nothing."""
    if len(text) <= SHORT_INDICATION * 1.25:
        return text, ""
    ends = [match.end() for match in _SENTENCE_END.finditer(text, SHORT_INDICATION // 3, SHORT_INDICATION)]
    place = ends[-1] if ends else text.rfind(" ", 0, SHORT_INDICATION) + 1 or SHORT_INDICATION
    return text[:place], text[place:]


def paragraphs(text: str, name: str) -> list[str]:
    """The paragraphs of a text of EMA's list, whose breaks it loses: ``adults.Treatment of`` were two of them.

    So were ``PsoriasisUzpruvo is``, where a heading runs into the medicine's name.
    """
    own = name.partition(" (")[0]
    if own[:1].isupper() and len(own) > 3:
        text = re.sub(rf"(?<=[a-z)])(?={re.escape(own)}\b)", "\n", text)
    return [part.strip() for line in text.split("\n") for part in _JOINT.split(line) if part.strip()]


def _place_note(language: Language) -> Callable[[int, Any], Markup]:
    parts: Any = environment(language.code).get_template("medicine/parts.html").module
    written: Callable[[int, Any], Markup] = parts.place_note
    return written


def flags_of(flags: Mapping[str, bool | None]) -> dict[str, tuple[str, ...]]:
    """The flags by what the source says of them: ``yes``, ``no``, ``not_stated``."""
    return {
        "yes": tuple(name for name in FLAGS if flags.get(name) is True),
        "no": tuple(name for name in FLAGS if flags.get(name) is False),
        "not_stated": tuple(name for name in FLAGS if flags.get(name) is None),
    }


def class_paths(codes: list[dict[str, Any]], state: State) -> list[dict[str, Any]]:
    """Each code with the classes that it stands in, from the top; without a vocabulary levels 1 and 2 have names."""
    return [{**item, "path": class_path(state, item["code"])} for item in codes]


def class_path(state: State, code: str) -> list[dict[str, Any]]:
    """The classes above a class, from the top."""
    *above, _ = classes = atc.ancestors(code)
    group = classes[:2][-1]  # the classes of a group of level 2 are read at once
    names = state.once(("classes", group), lambda: state.register.class_names(group))
    return [{"code": one, "name": names.get(one, {"en": None, "zh": None})} for one in above]


def grouped_documents(documents: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """The documents by group, in the groups' order."""
    groups = [(group, [item for item in documents if item["group"] == group]) for group in GROUPS]
    return [(group, items) for group, items in groups if items]


def text_addresses(
    language: Language, medicine: Mapping[str, Any], held: Mapping[str, str], as_of: date | None
) -> dict[str, str]:
    """The addresses of the pages of those documents that have a text, by EMA's address."""
    number, below = medicine["product_number"], f"?as_of={as_of}" if as_of is not None else ""
    return {url: urls.document_text(number, urls.file_name(url), language.code) + below for url in held}


def reading_links(
    state: State, language: Language, medicine: Mapping[str, Any], held: Mapping[str, str], as_of: date | None
) -> list[tuple[str, str, str]]:
    """(language, words, address) of the sections that people ask for most, the leaflet and the contents.

    Only of what the text has; nothing where no text is divided into sections.
    """
    split = [
        one["url"]
        for one in medicine["documents"]
        if one["type"] == PRODUCT_INFORMATION and held.get(one["url"]) == "split"
    ]
    places = section_places(state.database, split[0], as_of) if split else set()
    number, below = medicine["product_number"], f"?as_of={as_of}" if as_of is not None else ""
    links = [
        ("en", title, urls.section(number, "smpc", section, 1, language.code))
        for section, title in ASKED_MOST
        if ("smpc", section) in places
    ]
    parts = (("package-leaflet", word(language, "part", "package-leaflet")), ("smpc", language.gettext("All sections")))
    links += [
        (language.tag, words or part, urls.section(number, part, language=language.code))
        for part, words in parts
        if any(one == part for one, _ in places)
    ]
    return [(tongue, words, address + below) for tongue, words, address in links]


def wanted_documents(documents: list[dict[str, Any]]) -> dict[str, dict[str, Any] | None]:
    """The two that most people come for: product information and assessment report."""

    def newest(*types: str) -> dict[str, Any] | None:
        for kind in types:
            for item in documents:
                if item["type"] == kind and safe_url(item["url"]):
                    return item
        return None

    return {
        "product_information": newest("product-information"),
        "assessment_report": newest("assessment-report", "scientific-discussion", "withdrawal-report"),
    }


def shortage_of(state: State, medicine: Mapping[str, Any]) -> tuple[str | None, str] | None:
    """(since when, the day of EMA's list) where EMA's newest list calls a shortage of the medicine ongoing."""
    shortages = state.once(("shortages",), state.register.shortages_now)
    if medicine["id"] not in shortages["since"]:
        return None
    return shortages["since"][medicine["id"]], shortages["observed_at"][:10]


def changes_of(state: State, medicine: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The last changes of a medicine of which EMA's list may state less than it did, newest first; else none."""
    if medicine["dates"]["marketing_authorisation"] is not None or medicine["category"] != "veterinary":
        return []
    return state.register.last_changes(medicine["product_number"], CHANGES_LOOKED_THROUGH)


def stated_before(
    language: Language, medicine: Mapping[str, Any], changes: Iterable[Mapping[str, Any]]
) -> list[tuple[str, list[tuple[str, Markup]]]]:
    """(day of the first list without, [(field in words, value)]) of what EMA's list stated until its format dropped it.

    Only where the last change of the field was that one: what the publisher itself took away is not held up as known.
    ``changes`` are newest first.
    """
    holders = any(one["holder"] for one in medicine["authorisations"])
    stated = {"holder": holders, **{name: medicine[name] for name in ("atc", "species", "therapeutic_indication")}}
    stated |= {f"dates.{name}": day for name, day in medicine["dates"].items()}
    last: dict[str, tuple[str, Any] | None] = {}
    for change in changes:
        for one in change["fields"]:
            dropped = change["cause"] == "layout" and one["before"] and not one["after"]
            last.setdefault(one["field"], (change["observed_at"][:10], one["before"]) if dropped else None)
    found: dict[str, list[tuple[str, Markup]]] = {}
    for name in STATED_BEFORE:
        if not stated.get(name) and (told := last.get(name)) is not None:
            label, value = field_word(language, name), value_in_words(language, name, told[1])
            found.setdefault(told[0], []).append((label, value))
    return sorted(found.items(), reverse=True)


def day_notes(language: Language, medicine: Mapping[str, Any]) -> dict[str, str]:
    """What stands beside days of EMA's that contradict each other or say another thing than their name."""
    _, dates, code = language.gettext, medicine["dates"], medicine["status"]["code"]
    opinion, granted = dates["opinion_adopted"], dates["marketing_authorisation"]
    notes = {}
    if opinion and granted and opinion > granted:
        notes["opinion_adopted"] = _("EMA states a day after the authorisation: another opinion, or a mistake.")
    if granted and code in NEVER_AUTHORISED:
        notes["marketing_authorisation"] = _("EMA states this day beside a status that says it was never authorised.")
    if code == "authorised":
        said = _("EMA states this day of an authorised medicine; it can be that of a change that was applied for.")
        notes |= {name: said for name in ("refusal", "withdrawal_of_application") if dates[name]}
    if note := decision_note(language, medicine):
        notes["latest_european_commission_decision"] = note
    return notes


def decision_note(language: Language, medicine: Mapping[str, Any]) -> str | None:
    """What EMA's own documents of procedural steps say of the day that its list calls the latest decision's.

    That day is often the one on which the committee's opinion or a notification was issued, and a decision came later
    or never. Both are EMA's statements; neither is put right.
    """
    _, day = language.gettext, medicine["dates"]["latest_european_commission_decision"]
    if day is None or day == medicine["dates"]["marketing_authorisation"]:
        return None
    steps = [one for one in medicine["events"] if is_procedure(one)]
    decided = max((one["commission_decision_date"] for one in steps if one["commission_decision_date"]), default=day)
    if decided > day:
        numbers = _numbers(one for one in steps if one["commission_decision_date"] == decided)
        said = _("EMA's document of procedural steps states a later one: %(day)s (%(numbers)s).")
        return said % {"day": language.day(decided), "numbers": numbers or "–"}
    if any(one["commission_decision_date"] == day for one in steps):
        return None
    if not (numbers := _numbers(one for one in steps if one["date"] == day)):
        return None
    said = _("In EMA's document of procedural steps this is the day of the opinion or notification on %(numbers)s.")
    return said % {"numbers": numbers}


def _numbers(steps: Iterable[Mapping[str, Any]]) -> str:
    return ", ".join(dict.fromkeys(number for one in steps for number in one["procedure_numbers"]))


def last_changes(state: State, language: Language, number: str) -> list[ToldDay]:
    """The last changes that are the publisher's own doing, by day, newest first, in words."""
    told: list[ToldDay] = []
    for one in by_day_and_medicine(state.register.last_changes_of(number, "source", CHANGES_READ)):
        if sum(len(some.changes) for some in told) < CHANGES_SHOWN:
            told.append(told_day(language, one))
    return told


def alternatives_to(state: State, medicine: Mapping[str, Any]) -> dict[str, Any] | None:
    """Authorised medicines with the same substances or the same complete code; None while the index can't be read.

    No advice: whether one medicine can take another's place is not for a list to say.
    """
    own = sorted(one["slug"] for one in medicine["active_substances"])
    names = sorted(one["name"].casefold() for one in medicine["active_substances"])
    codes = [one["code"] for one in medicine["atc"] if one["complete"]]
    substance = own[0] if own else None
    try:
        listed, more = state.search.sharing(medicine["category"], substance, codes, ALTERNATIVES_ASKED)
    except StoreUnusable:
        return None
    found = []
    for item in listed:
        same = sorted(name.casefold() for name in item["active_substances"]) == names
        shared = [code for code in codes if code in item["atc"]]
        if item["product_number"] != medicine["product_number"] and (same or shared):
            found.append({**item, "same_substance": same, "shared": shared})
    items = sorted(found, key=lambda item: (not item["same_substance"], item["name"].casefold()))
    return {
        "items": items[:ALTERNATIVES_SHOWN],
        "numbers": [one["product_number"] for one in items[: MOST_COMPARED - 1]],
        "more": more or len(items) > ALTERNATIVES_SHOWN,
        "substance": substance,
        "codes": codes,
    }


def disagreements_in_words(
    language: Language, disagreements: list[dict[str, Any]], titles: Mapping[str, str]
) -> list[dict[str, Any]]:
    """What sources say differently: the field, and each source with its value."""
    return [
        {
            "label": field_word(language, one["field"]),
            "values": [
                {
                    "dataset": said["dataset"],
                    "title": titles.get(said["dataset"], said["dataset"]),
                    "value": value_in_words(language, one["field"], said["value"]),
                    "last_updated": said["last_updated"],
                }
                for said in one["values"]
            ],
        }
        for one in disagreements
    ]
