"""What the index holds: one entry for each medicine, substance, condition, class, organisation and document of EMA.

An entry is what is shown in a list (``item``, JSON as in the contract) with the words and codes by which it is found.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import msgspec
import tantivy

from medpath import urls
from medpath.model import atc
from medpath.model.names import fold, names_in
from medpath.model.protection import Estimate
from medpath.search.schema import KINDS, backwards, sort_key
from medpath.search.spelling import (
    eu_spellings,
    normal,
    number_spellings,
    squeeze,
    stem,
    whole_keys,
    without_excluded,
    without_legal_form,
    words_to_index,
)
from medpath.search.years import told_estimates, years_of

STATUS_ORDER = (
    "authorised",
    "opinion",
    "opinion-under-re-examination",
    "suspended",
    "withdrawn",
    "lapsed",
    "expired",
    "revoked",
    "refused",
    "application-withdrawn",
    "withdrawn-from-rolling-review",
)
_RANKS = {code: "0" if code == "authorised" else "1" if place < 4 else "2" if place < 8 else "3"
          for place, code in enumerate(STATUS_ORDER)}  # fmt: skip
LAST = "~"
_SUFFIX = re.compile(r"(?<=[a-z]{4})-[a-z]{4}$")
_ISOTOPE = re.compile(r"(\w+) \((\d{1,3})[A-Z][a-z]?\)")
NUMBER_WIDTH = 6


@dataclass
class Entry:
    """One entry: its kind, its key within the kind, what is shown, and the values of the index's fields."""

    kind: str
    key: str
    item: Any
    fields: dict[str, list[str]] = field(default_factory=dict)
    estimates: Any = None

    def add(self, name: str, values: Iterable[str]) -> None:
        """Adds values to a field, none twice."""
        held = self.fields.get(name, [])
        self.fields[name] = [value for value in dict.fromkeys((*held, *values)) if value]

    @property
    def id(self) -> str:
        """What no other entry is called."""
        return f"{self.kind}/{self.key}"

    def mark(self) -> str:
        """A mark of everything in the entry: one that has the same in the index need not be written again."""
        return f"{zlib.crc32(msgspec.json.encode((self.item, self.fields, self.estimates))):08x}"

    def document(self) -> tantivy.Document:
        """The entry as the index takes it."""
        document = tantivy.Document()
        document.add_text("kind", self.kind)
        document.add_text("key", self.id)
        for name, values in self.fields.items():
            for value in values:
                document.add_text(name, value)
        document.add_bytes("item", msgspec.json.encode(self.item))
        document.add_bytes("mark", f"{self.mark()} {self.id}".encode())
        if self.estimates is not None:
            document.add_bytes("estimates", msgspec.json.encode(self.estimates))
        return document


def status_code(body: Mapping[str, Any]) -> str:
    """The code of a medicine's status; ``unknown`` for a value of EMA's that has none yet."""
    return (body.get("status") or {}).get("code") or "unknown"


def holders_of(body: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The holders of a medicine's authorisations, or who applied for one."""
    holders = [one.get("holder") for one in body.get("authorisations") or []] + [body.get("applicant")]
    return [holder for holder in holders if holder]


def medicine_entry(
    body: Mapping[str, Any],
    class_names: Mapping[str, Mapping[str, str | None]],
    terms: Mapping[str, Iterable[str]],
    synonyms: Mapping[str, Iterable[str]] = MappingProxyType({}),
    broader: Mapping[str, Iterable[str]] = MappingProxyType({}),
    estimate: Estimate | None = None,
    data_day: str | None = None,
    places: Mapping[str, Iterable[str]] = MappingProxyType({}),
    lay: Mapping[str, Iterable[str]] = MappingProxyType({}),
) -> Entry:
    """A medicine's entry, from the contract's JSON, the names of ATC classes and the entry terms of its areas.

    ``synonyms`` are other names of substances by folded names, ``broader`` the names of what is above areas in MeSH's
    tree, ``estimate`` that of its protection, ``data_day`` the day of the data, ``places`` where areas stand in MeSH's
    tree with all places above, ``lay`` what people call areas.
    """
    number, name = body["product_number"], body["name"]
    today, former = names_in(name)
    code = status_code(body)
    codes = [one["code"] for one in body["atc"]]
    classes = list(dict.fromkeys(above for one in codes for above in atc.ancestors(one)))
    areas = [one["name"] for one in body["therapeutic_areas"]]
    above = [place for area in areas for place in places.get(area, ())]
    holders = holders_of(body)
    substances = [one["name"] for one in body["active_substances"]]
    flags = [flag for flag, value in body["flags"].items() if value]
    granted = body["dates"]["marketing_authorisation"]
    updated = body["dates"].get("last_updated")
    eu_numbers = [one for held in body["authorisations"] for one in held["eu_numbers"]]
    item = {
        "kind": "medicine",
        "id": body["id"],
        "product_number": number,
        "name": name,
        "status": {key: body["status"].get(key) for key in ("code", "source_value", "date")},
        "category": body["category"],
        "active_substances": substances,
        "atc": codes,
        "therapeutic_areas": areas,
        "holder": holders[0]["name"] if holders else None,
        "eu_numbers": eu_numbers,
        "flags": flags,
        "marketing_authorisation_date": granted,
        "last_updated": updated,
        "no_longer_listed_at": body.get("no_longer_listed_at"),
        "url": urls.medicine(number),
    }
    entry = Entry("medicine", number, item)
    for facet, values in (
        ("status", [code]),
        ("category", [body["category"]]),
        ("atc", classes),
        ("atc_top", [one for one in classes if atc.level(one) <= 2]),
        ("area", [one["slug"] for one in body["therapeutic_areas"]]),
        ("mesh", above),
        ("mesh_top", [place for place in above if "." not in place]),
        ("organisation", [holder["slug"] for holder in holders]),
        ("substance", [one["slug"] for one in body["active_substances"]]),
        ("flag", flags),
    ):
        entry.add(facet, values)
    for years, values in years_of(body, estimate, data_day).items():
        entry.add(years, values)
    entry.estimates = told_estimates(estimate, body, data_day)

    numbers = set(number_spellings(number))
    for eu_number in eu_numbers:
        numbers |= eu_spellings(eu_number)
    if procedure := body.get("latest_procedure"):
        numbers.add(squeeze(procedure))
    entry.add("number", sorted(numbers))
    spoken = {
        "substance": with_isotopes([*substances, *body["inn_or_common_names"]]),
        "condition": [*areas, *(term for area in areas for term in terms.get(area, ()))],
        "class": [
            *classes,
            *(text for one in classes for text in names_of_class(one, class_names) if text),
            *_one(body.get("pharmacotherapeutic_group")),
        ],
        "holder": [holder["name"] for holder in holders],
    }
    entry.add("name", map(squeeze, today))
    entry.add("former_name", map(squeeze, former))
    for kind, texts in spoken.items():
        entry.add(f"{kind}_name", (key for text in texts for key in whole_keys(text)))
    entry.add("holder_name", (squeeze(without_legal_form(name)) for name in spoken["holder"]))
    spoken["class"] = list(map(without_excluded, spoken["class"]))
    also = [name for one in substances for name in synonyms.get(fold(one), ())]
    also += list(filter(None, map(without_suffix, also)))
    entry.add("substance_name", (key for name in also for key in whole_keys(name)))
    entry.add("broader_name", (key for area in areas for name in broader.get(area, ()) for key in spoken_keys(name)))
    called = [*spoken["condition"], *(text for area in areas for text in lay.get(area, ()))]
    entry.add("condition_name", (key for text in called for key in spoken_keys(text)))
    entry.add("name_words", map(plain_words, [*today, *former]))
    for kind, texts in spoken.items():
        entry.add(f"{kind}_words", map(stems, texts))
    keys = [*today, *former, *(text for texts in spoken.values() for text in texts)]
    keys += [number, *eu_numbers, *(body.get("species") or [])]
    keys += [name for name in also if is_one_word(name)]
    entry.add("key_words", map(stems, keys))
    entry.add("text_words", [*entry.fields["key_words"], *map(stems, _texts(body))])

    place = STATUS_ORDER.index(code) if code in STATUS_ORDER else len(STATUS_ORDER)
    _order(entry, _RANKS.get(code, "3"), name, number, status=f"{place:02}", updated=updated, authorised=granted)
    return entry


def names_of_class(code: str, class_names: Mapping[str, Mapping[str, str | None]]) -> Iterable[str | None]:
    """The names of a class; of one of ATCvet that has none here those of its namesake in ATC, as it is made of that."""
    names = class_names.get(code) or {}
    return names.values() if any(names.values()) else class_names.get(code.removeprefix("Q"), {}).values()


def document_entries(body: Mapping[str, Any]) -> Iterable[Entry]:
    """The entries of a medicine's documents."""
    number, name = body["product_number"], body["name"]
    for document in body["documents"]:
        title = document.get("title") or document["url"]
        day = document.get("last_updated") or document.get("first_published") or ""
        item = {
            "kind": "document",
            "id": document["id"],
            "name": title,
            "type": document.get("type"),
            "group": document.get("group"),
            "reference_number": document.get("reference_number"),
            "first_published": document.get("first_published"),
            "last_updated": document.get("last_updated"),
            "medicine": {
                "product_number": number,
                "name": name,
                "status": {"code": body["status"].get("code")},
                "url": urls.medicine(number),
            },
            "url": document["url"],
        }
        entry = Entry("document", f"{number}/{document['id']}", item)
        entry.add("number", [squeeze(document.get("reference_number") or "")])
        words = [title, name, document.get("type") or "", document.get("group") or "", number]
        entry.add("document_words", map(stems, words))
        short = hashlib.sha256(entry.key.encode()).hexdigest()[:16]
        _order(entry, f"0{backwards(day) or LAST}", title, short, updated=day)
        yield entry


@dataclass
class Named:
    """A substance, condition, organisation or class, with what its medicines say of it."""

    kind: str
    id: str
    slug: str
    name: str
    names: dict[str, None] = field(default_factory=dict)
    terms: list[str] = field(default_factory=list)
    lay: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    broader: list[str] = field(default_factory=list)
    details: dict[str, Any] = field(default_factory=dict)
    medicines: int = 0
    authorised: int = 0

    @property
    def terms_by_word(self) -> list[str]:
        """The terms that are found by each of their words: chemists' names of substances are not."""
        return [one for one in self.terms if self.kind == "condition" or is_one_word(one)]

    def count(self, authorised: bool) -> None:
        """Counts one medicine."""
        self.medicines += 1
        self.authorised += authorised


_ADDRESSES = {**urls.ENTITY_PATHS, "atc-class": urls.atc_class}


def named_entry(named: Named) -> Entry:
    """The entry of a substance, condition, organisation or class."""
    item = {
        "kind": named.kind,
        "id": named.id,
        "name": named.name,
        "slug": named.slug,
        **named.details,
        "medicines": named.medicines,
        "authorised": named.authorised,
        "url": _ADDRESSES[named.kind](named.slug),
    }
    entry = Entry(named.kind, named.slug, item)
    names = [named.name, *named.names]
    if named.kind == "organisation":
        names += list(map(without_legal_form, names))
    entry.add("slug", [named.slug])
    entry.add("name", (key for name in names for key in whole_keys(name)))
    entry.add("name_words", [*map(plain_words, names), *map(stems, names)])
    entry.add("former_name", (key for term in (*named.terms, *named.lay) for key in spoken_keys(term)))
    entry.add("branch", named.places)
    entry.add("broader_name", (key for name in named.broader for key in spoken_keys(name)))
    if named.kind == "atc-class":
        names = list(map(without_excluded, names))
    terms = named.terms_by_word
    entry.add("synonym_words", map(stems, terms))
    field_name = {"atc-class": "class", "organisation": "holder"}.get(named.kind, named.kind)
    entry.add(f"{field_name}_words", map(stems, [*names, *terms]))
    entry.add("key_words", map(stems, [*names, *terms]))
    rank = "0" if named.authorised else "1" if named.medicines else "2"
    most = backwards(f"{min(named.medicines, 999_999):0{NUMBER_WIDTH}}")
    level = str(named.details.get("level", 0))
    _order(entry, f"{rank}{level}{most}", named.name, named.id)
    return entry


def _order(entry: Entry, rank: str, name: str, last: str, **others: str | None) -> None:
    """Gives an entry its place in each order that it has; ``last`` is its own alone and settles what is equal.

    Every entry is ordered by rank and by name; ``others`` may give the place of its ``status`` and the days on which
    it was ``updated`` and ``authorised``.
    """
    folded = normal(name)
    entry.add("by_rank", [sort_key([f"{KINDS.index(entry.kind)}{rank}", folded, last])])
    entry.add("by_name", [sort_key([folded, last])])
    for order, value in others.items():
        entry.add(f"by_{order}", [sort_key([value or LAST, folded, last])])
        if order != "status":
            entry.add(f"by_{order}_last", [sort_key([backwards(value) if value else LAST, folded, last])])


def as_spoken(term: str) -> str:
    """A heading as it is said: ``Blood Pressure, High`` is high blood pressure."""
    first, comma, last = term.partition(", ")
    return f"{last} {first}" if comma and "," not in last else term


@lru_cache(maxsize=1 << 15)
def spoken_keys(term: str) -> list[str]:
    """The keys of a heading as it is written and as it is said, and of the abbreviation that it explains."""
    texts = [as_spoken(term), term, *_one(abbreviation(term))]
    return list(dict.fromkeys(key for text in texts for key in whole_keys(text)))


def abbreviation(term: str) -> str | None:
    """The abbreviation that a term explains: ``MS (Multiple Sclerosis)`` is MS; None where it explains none."""
    short, bracket, full = term.removesuffix(")").partition(" (")
    if not bracket or not short.isupper() or not short.isalpha():
        return None
    return short if "".join(word[0] for word in normal(full).split()) == short.lower() else None


def without_suffix(name: str) -> str | None:
    """The name of a biological substance without the four letters that it has in the United States; else None."""
    core = _SUFFIX.sub("", name)
    return core if core != name else None


def with_isotopes(names: Iterable[str]) -> list[str]:
    """Names, and those of isotopes as they are said, too: ``radium (223Ra) dichloride`` is radium 223."""
    held = list(names)
    return [*held, *(f"{match[1]} {match[2]}" for name in held if (match := _ISOTOPE.match(name)))]


def is_one_word(name: str) -> bool:
    """Whether a name is a word of letters, as names that people use are and those of chemists are not."""
    return name.isalpha() and len(name) > 3


def plain_words(text: str) -> str:
    """The words of a name as the index takes them."""
    return " ".join(words_to_index(text))


def stems(text: str) -> str:
    """The words of a text, without plurals and in American spelling, as the index takes them."""
    return _short_stems(text) if len(text) < 300 else " ".join(map(stem, words_to_index(text)))


@lru_cache(maxsize=1 << 15)
def _short_stems(text: str) -> str:
    return " ".join(map(stem, words_to_index(text)))


def _one(text: str | None) -> list[str]:
    return [text] if text else []


def _texts(body: Mapping[str, Any]) -> list[str]:
    overview = body.get("overview") or {}
    texts = [*_one(body.get("therapeutic_indication")), *(overview.get("summary") or [])]
    for question in overview.get("questions") or []:
        texts += [question["question"], *question["answer"]]
    return texts
