"""Filling the index from the store: which medicines are new in it, and everything that is derived from all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import tantivy

from medpath.model import atc
from medpath.model.mesh import BRANCHES, places_above
from medpath.model.names import fold, names_in
from medpath.search.entries import (
    Entry,
    Named,
    document_entries,
    holders_of,
    medicine_entry,
    named_entry,
    spoken_keys,
    status_code,
)
from medpath.search.estimating import estimates
from medpath.search.lay_words import WORDS_OF
from medpath.search.schema import KINDS
from medpath.search.spelling import allowed_errors, has_han, normal, squeeze, without_legal_form
from medpath.store.read import Register


def entries(register: Register) -> Iterator[Entry]:
    """Every entry that the index must hold for the store as it is now."""
    classes = register.atc_classes()
    class_names = {code: found["name"] for code, found in classes.items()}
    conditions = [found["name"] for found in register.entities("condition")]
    mesh = register.mesh_terms(conditions)
    terms = {name: found["terms"] for name, found in mesh.items()}
    places = all_places(mesh)
    substances = [one["name"] for one in register.entities("substance")]
    substances += [str(names["en"]) for code, names in class_names.items() if atc.level(code) == 5 and names.get("en")]
    synonyms = {fold(name): found["terms"] for name, found in register.substance_terms(substances).items()}
    broader = broader_names(register, mesh)
    estimated, data_day = estimates(register), register.data_date()
    lay = {name: lay_words(name, mesh.get(name, {}).get("name")) for name in conditions}
    derived = Derived(classes, terms, synonyms, broader, lay, places)
    for body in register.all_medicines():
        derived.add(body)
        estimate = estimated.of(body["product_number"])
        yield medicine_entry(body, class_names, terms, synonyms, broader, estimate, data_day, places, lay)
        yield from document_entries(body)
    for kind in ("substance", "condition", "organisation"):
        for found in register.entities(kind):
            derived.named(kind, found)
    yield from derived.entries()
    headings = list(heading_entries(register, mesh, places))
    yield from headings
    yield from known_entries(register, mesh, {one.key: one.item["name"] for one in headings})


def all_places(mesh: Mapping[str, Mapping[str, Any]]) -> dict[str, list[str]]:
    """For headings of MeSH their places in its tree, and all places above these."""
    return {
        name: list(dict.fromkeys(one for place in found["tree"] for one in (place, *places_above(place))))
        for name, found in mesh.items()
    }


def heading_entries(
    register: Register, mesh: Mapping[str, Mapping[str, Any]], places: Mapping[str, Iterable[str]]
) -> Iterator[Entry]:
    """An entry for each place of MeSH's tree with a condition: ``here``, or at or below it (``conditions``)."""
    below: dict[str, list[str]] = {}
    here: dict[str, list[str]] = {}
    for one in register.entities("condition"):
        for place in places.get(one["name"], ()):
            below.setdefault(place, []).append(one["slug"])
            if place in mesh[one["name"]]["tree"]:
                here.setdefault(place, []).append(one["slug"])
    names = register.headings_at(below)
    for place, slugs in below.items():
        named = names.get(place, {"id": None, "name": BRANCHES.get(place, place)})
        item = {"kind": "heading", "place": place, "id": named["id"], "name": named["name"]}
        yield Entry("heading", place, {**item, "conditions": slugs, "here": here.get(place, [])})


def known_entries(
    register: Register, mesh: Mapping[str, Mapping[str, Any]], above: Mapping[str, str]
) -> Iterator[Entry]:
    """An entry for each disease of MeSH that is nobody's area, with the nearest headings above that have medicines.

    ``mesh`` are the headings that are areas, ``above`` the names of the places at or below which one of them stands.
    """
    held = {found["id"] for found in mesh.values()}
    for identity, found in register.diseases().items():
        if identity in held:
            continue
        nearest = (next((one for one in places_above(place) if one in above), None) for place in found["tree"])
        broader = sorted(
            {place for place in nearest if place is not None}, key=lambda place: (-place.count("."), place)
        )
        names = [found["name"], *found["terms"], *lay_words(found["name"])]
        item = {"kind": "known", "id": identity, "name": found["name"], "broader": [above[place] for place in broader]}
        entry = Entry("known", identity, item)
        entry.add("known_name", (key for name in names for key in spoken_keys(name)))
        yield entry


def broader_names(register: Register, mesh: Mapping[str, Mapping[str, Any]]) -> dict[str, list[str]]:
    """For headings of MeSH the names of all headings above them."""
    above = register.broader_headings(place for found in mesh.values() for place in found["tree"])
    names = {
        name: list(dict.fromkeys(one for place in found["tree"] for one in above.get(place, ())))
        for name, found in mesh.items()
    }
    return {name: [*found, *lay_words(*found)] for name, found in names.items()}


def lay_words(*headings: str | None) -> list[str]:
    """What people call these headings."""
    return list(dict.fromkeys(word for one in headings if one is not None for word in WORDS_OF.get(one, ())))


def fill(writer: tantivy.IndexWriter, wanted: Iterable[Entry], held: Mapping[str, str]) -> int:
    """Brings the index from the entries that it holds (id → mark) to those wanted, and commits; returns how many
    were written."""
    gone = dict(held)
    written = 0
    for entry in wanted:
        if gone.pop(entry.id, None) == entry.mark():
            continue
        if entry.id in held:
            writer.delete_documents_by_term("key", entry.id)
        writer.add_document(entry.document())
        written += 1
    for identity in gone:
        writer.delete_documents_by_term("key", identity)
    writer.commit()
    return written


class Derived:
    """What all medicines together say: named things with their counts, and spellings to compare mistakes with."""

    def __init__(
        self,
        classes: Mapping[str, Mapping[str, Any]],
        terms: Mapping[str, Iterable[str]],
        synonyms: Mapping[str, Iterable[str]],
        broader: Mapping[str, Iterable[str]],
        lay: Mapping[str, Iterable[str]],
        places: Mapping[str, Iterable[str]],
    ) -> None:
        self.terms: dict[str, Mapping[str, Iterable[str]]] = {"condition": terms, "substance": synonyms}
        self.broader = broader
        self.lay = lay
        self.places = places
        self.things: dict[tuple[str, str], Named] = {}
        self.spellings: dict[str, dict[str, Any]] = {}
        for code, found in classes.items():
            self._class(code, found["name"], found["retired_at"])

    def add(self, body: Mapping[str, Any]) -> None:
        """Counts a medicine under everything that it names."""
        authorised = status_code(body) == "authorised"
        named = {
            ("substance", one["slug"]): self.named("substance", one, one["name"]) for one in body["active_substances"]
        }
        named |= {
            ("condition", one["slug"]): self.named("condition", one, one["name"]) for one in body["therapeutic_areas"]
        }
        named |= {
            ("organisation", one["slug"]): self.named("organisation", one, one["name"]) for one in holders_of(body)
        }
        for item in body["atc"]:
            for code in atc.ancestors(item["code"]):
                name = item["name"] if code == item["code"] else {}
                named[("atc-class", code)] = self._class(code, name, None)
        for thing in named.values():
            thing.count(authorised)
        self._medicine_spellings(body["name"], authorised)

    def named(self, kind: str, found: Mapping[str, Any], name: str | None = None) -> Named:
        """The thing of a kind, made where it is new; ``name`` is one more spelling of its name."""
        thing = self.things.get((kind, found["slug"]))
        if thing is None:
            thing = Named(kind, found["id"], found["slug"], found["name"])
            name_of_terms = fold(found["name"]) if kind == "substance" else found["name"]
            thing.terms = list(self.terms.get(kind, {}).get(name_of_terms, ()))
            if kind == "condition":
                thing.broader = list(self.broader.get(found["name"], ()))
                thing.lay = list(self.lay.get(found["name"], ()))
                thing.places = list(self.places.get(found["name"], ()))
            self.things[kind, found["slug"]] = thing
        thing.names.setdefault(name or found["name"])
        return thing

    def _class(self, code: str, names: Mapping[str, str | None], retired_at: str | None) -> Named:
        thing = self.things.get(("atc-class", code))
        if thing is None:
            details = {
                "code": code,
                "names": {"en": names.get("en"), "zh": names.get("zh")},
                "level": atc.level(code),
                "system": "ATCvet" if atc.is_veterinary(code) else "ATC",
                "retired_at": retired_at,
            }
            thing = Named("atc-class", code, code, names.get("en") or code, details=details)
            thing.names[code] = None
            if thing.details["level"] == 5:
                thing.terms = list(self.terms["substance"].get(fold(thing.name), ()))
            self.things["atc-class", code] = thing
        elif thing.name == code and names.get("en"):
            thing.name = str(names["en"])
            thing.details["names"] = {"en": names.get("en"), "zh": names.get("zh")}
        for name in names.values():
            if name:
                thing.names.setdefault(name)
        return thing

    def entries(self) -> Iterator[Entry]:
        """The entries of the named things, and the spellings."""
        for thing in self.things.values():
            yield named_entry(thing)
            for name in [thing.name, *thing.names, *thing.lay, *thing.terms_by_word]:
                if not has_han(name):
                    self._spelling(name, thing.kind, thing.authorised > 0, name not in thing.terms)
            if thing.kind == "organisation":
                for name in thing.names:
                    self._spelling(without_legal_form(name), thing.kind, thing.authorised > 0, True)
        for key, spelling in self.spellings.items():
            yield Entry("spelling", key, spelling, {"spelling": [key]})

    def _medicine_spellings(self, name: str, authorised: bool) -> None:
        today, former = names_in(name)
        for one in [today[-1], *former]:
            self._spelling(one, "medicine", authorised, True)

    def _spelling(self, name: str, kind: str, authorised: bool, whole: bool) -> None:
        """Notes a name (where ``whole``) and its words as what a mistyped word may have meant."""
        rank = KINDS.index(kind)
        parts = [word for word in normal(name).split() if allowed_errors(word) and word.isalpha()]
        for text, is_word in [*([(name, False)] if whole else []), *((word, True) for word in parts)]:
            key = squeeze(text)
            if not allowed_errors(key) or len(key) > 60:
                continue
            held = self.spellings.get(key)
            if held is None:
                self.spellings[key] = {
                    "key": key,
                    "text": text,
                    "word": is_word,
                    "whole": not is_word,
                    "rank": rank,
                    "authorised": authorised,
                }
                continue
            held["word"] |= is_word
            if not is_word and (not held["whole"] or rank < held["rank"]):
                held["text"] = text
            held["whole"] |= not is_word
            held["rank"] = min(held["rank"], rank)
            held["authorised"] |= authorised
