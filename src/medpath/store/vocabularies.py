"""Reading the vocabularies of the store: classes of ATC and ATCvet, headings of MeSH, names of substances."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from medpath.model import atc
from medpath.model.mesh import BRANCHES, PLACES_OF_TOPS, TOPS, places_above
from medpath.model.names import fold
from medpath.model.terms import CLASSES, DESCRIPTORS, SUBSTANCE_NAMES
from medpath.store.packing import unpack
from medpath.store.tables import dataset, record_key, source_record, source_version
from medpath.store.writing import chunks

TREE_NUMBERS = "mesh.tree_numbers"
_OF_WHO = sa.select(dataset.c.name).where(dataset.c.source == "who_atc")


def atc_class(connection: Connection, code: str) -> dict[str, Any] | None:
    """A class with its names, the path to it, the classes below it, and what became of it where WHO retired it."""
    names, retired_at = _names(connection, [code])
    if not names.get(code):
        return None
    path = atc.ancestors(code)[:-1]
    below = _below(connection, code)
    others, _ = _names(connection, [*path, *below])
    found: dict[str, Any] = {
        "code": code,
        "system": "ATCvet" if atc.is_veterinary(code) else "ATC",
        "level": atc.level(code),
        "name": _both(names[code]),
        "zh_translated_by_us": atc.translated_by_us(code),
        "path": [{"code": one, "name": _both(others.get(one, {}))} for one in path],
        "children": [{"code": one, "name": _both(others.get(one, {}))} for one in below],
        "retired_at": retired_at.get(code),
        "replaced_by": [],
        "vocabulary": _has_vocabulary(connection),
    }
    if found["retired_at"] is not None:
        found["replaced_by"] = _replacements(connection, code, names[code].get("en"), found["retired_at"])
    return found


def class_names(connection: Connection, group: str) -> dict[str, dict[str, str | None]]:
    """The names by language of a class, of the classes above it, and of those below it down to level 4."""
    below = connection.scalars(
        sa.select(source_record.c.source_key).where(
            source_record.c.dataset.in_(_OF_WHO), source_record.c.source_key.like(f"{group}%")
        )
    )
    codes = {*atc.ancestors(group), *(code for code in below if 0 < atc.level(code) < 5)}
    names, _ = _names(connection, sorted(codes))
    return {code: _both(held) for code, held in names.items()}


def atc_classes(connection: Connection) -> dict[str, dict[str, Any]]:
    """Every class that the vocabularies or the package know: names by language, and since when retired."""
    dataset = source_record.c.dataset.like("who\\_atc.%", escape="\\")
    codes = set(connection.scalars(sa.select(source_record.c.source_key).where(dataset))) | set(atc.built_in_codes())
    names, retired = _names(connection, sorted(codes))
    return {code: {"name": _both(names[code]), "retired_at": retired.get(code)} for code in sorted(codes)}


def _both(names: dict[str, str]) -> dict[str, str | None]:
    return {"en": names.get("en"), "zh": names.get("zh"), **{key: names[key] for key in sorted(names)}}


def _has_vocabulary(connection: Connection) -> bool:
    query = sa.select(source_record.c.id).where(source_record.c.dataset == CLASSES).limit(1)
    return connection.scalar(query) is not None


def _names(connection: Connection, codes: list[str]) -> tuple[dict[str, dict[str, str]], dict[str, str]]:
    """(names by code and language, since when retired by code)."""
    names: dict[str, dict[str, str]] = {code: {} for code in codes}
    retired: dict[str, str] = {}
    for some in chunks(codes):
        rows = connection.execute(
            sa.select(
                source_record.c.dataset,
                source_record.c.source_key,
                source_record.c.no_longer_listed_at,
                source_version.c.body,
            )
            .join(source_version, source_version.c.record_id == source_record.c.id)
            .where(
                source_record.c.dataset.in_(_OF_WHO),
                source_record.c.source_key.in_(some),
                source_version.c.body.is_not(None),
            )
            .order_by(source_record.c.dataset, source_version.c.observed_from, source_version.c.id)
        )
        for row in rows:
            names[row.source_key].update(unpack(row.body)["names"])
            if row.dataset == CLASSES and row.no_longer_listed_at is not None:
                retired[row.source_key] = row.no_longer_listed_at
    for code in codes:
        names[code].update(atc.built_in_names(code))
    return names, retired


def _below(connection: Connection, code: str) -> list[str]:
    """The codes one level below that WHO lists today, or of those built in."""
    level = atc.level(code)
    keys = connection.scalars(
        sa.select(source_record.c.source_key).where(
            source_record.c.dataset == CLASSES,
            source_record.c.no_longer_listed_at.is_(None),
            source_record.c.source_key.like(f"{code}%"),
        )
    )
    found = {key for key in keys if atc.level(key) == level + 1}
    found |= {one for one in atc.built_in_codes() if one.startswith(code) and atc.level(one) == level + 1}
    return sorted(found)


def _replacements(connection: Connection, code: str, name: str | None, retired_at: str) -> list[str]:
    """The code that carries the name of a retired one today (see `medpath.model.atc.replacement`), if there is one."""
    if not name:
        return []
    rows = connection.execute(
        sa.select(source_record.c.source_key, source_record.c.first_seen, source_version.c.body)
        .join(source_version, source_version.c.id == source_record.c.current_version)
        .where(
            source_record.c.dataset == CLASSES,
            source_record.c.no_longer_listed_at.is_(None),
            sa.func.length(source_record.c.source_key) == len(code),
        )
    ).all()
    today = [(row.source_key, unpack(row.body)["names"].get("en", "")) for row in rows if row.body is not None]
    before = {row.source_key for row in rows if row.first_seen < retired_at}
    found = atc.replacement(code, name, today, before)
    return [found] if found else []


def mesh_terms(connection: Connection, names: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Headings by their names as given: id, entry terms, tree numbers; those that MeSH does not have are left out."""
    wanted = {fold(name)[:200]: name for name in names}
    found: dict[str, dict[str, Any]] = {}
    for some in chunks(wanted):
        rows = connection.execute(
            sa.select(record_key.c.value, source_version.c.body)
            .join(source_record, source_record.c.id == record_key.c.record_id)
            .join(source_version, source_version.c.id == source_record.c.current_version)
            .where(
                record_key.c.role == "offers",
                record_key.c.kind == "mesh",
                record_key.c.value.in_(some),
                source_record.c.dataset == DESCRIPTORS,
            )
        )
        for row in rows:
            if row.body is None:
                continue
            body = unpack(row.body)
            name = wanted[row.value]
            exact = fold(body["name"])[:200] == row.value
            if not exact and all(fold(term)[:200] != row.value for term in body["terms"]):
                continue  # a name of the past
            if name not in found or exact:
                found[name] = {"id": body["id"], "name": body["name"], "terms": body["terms"], "tree": []}
    places = _tree_numbers(connection, {one["id"] for one in found.values()})
    for one in found.values():
        top = PLACES_OF_TOPS.get(one["name"])
        one["tree"] = places.get(one["id"]) or ([top] if top else [])
    return found


def broader_headings(connection: Connection, places: Iterable[str]) -> dict[str, list[str]]:
    """For places in MeSH's tree the names and entry terms of all headings above them, the nearest first."""
    above = {place: places_above(place) for place in dict.fromkeys(places)}
    named = headings_at(connection, {one for found in above.values() for one in found})
    return {
        place: list(
            dict.fromkeys(
                name
                for one in found
                if one in named and ("." in one or one in TOPS)
                for name in (named[one]["name"], *named[one]["terms"])
            )
        )
        for place, found in above.items()
    }


def headings_at(connection: Connection, places: Iterable[str]) -> dict[str, dict[str, Any]]:
    """``id``, ``name`` and ``terms`` of the headings at places in MeSH's tree, where the vocabulary is there."""
    wanted = set(places)
    if not wanted:
        return {}
    rows = connection.execute(
        sa.select(source_record.c.source_key, source_version.c.body)
        .join(source_version, source_version.c.id == source_record.c.current_version)
        .where(source_record.c.dataset == TREE_NUMBERS, source_version.c.body.is_not(None))
    )
    headings = {place: row.source_key for row in rows for place in unpack(row.body)["tree"] if place in wanted}
    tops = mesh_terms(connection, [BRANCHES[place] for place in wanted if place in BRANCHES])
    headings |= {PLACES_OF_TOPS[name]: one["id"] for name, one in tops.items()}
    found: dict[str, dict[str, Any]] = {}
    for some in chunks(set(headings.values())):
        found |= _bodies(connection, DESCRIPTORS, some)
    return {place: found[identity] for place, identity in headings.items() if identity in found}


def diseases(connection: Connection) -> dict[str, dict[str, Any]]:
    """All headings of MeSH's trees of diseases (C) and of mental disorders (F03) by id: name, entry terms, places."""
    rows = connection.execute(
        sa.select(source_record.c.source_key, source_version.c.body)
        .join(source_version, source_version.c.id == source_record.c.current_version)
        .where(source_record.c.dataset == TREE_NUMBERS, source_version.c.body.is_not(None))
    )
    places = {row.source_key: unpack(row.body)["tree"] for row in rows}
    places = {
        key: held for key, tree in places.items() if (held := [one for one in tree if one.startswith(("C", "F03"))])
    }
    found: dict[str, dict[str, Any]] = {}
    for some in chunks(places):
        for identity, body in _bodies(connection, DESCRIPTORS, some).items():
            found[identity] = {"name": body["name"], "terms": body["terms"], "tree": places[identity]}
    return found


def _bodies(connection: Connection, dataset: str, keys: Iterable[str]) -> dict[str, dict[str, Any]]:
    rows = connection.execute(
        sa.select(source_record.c.source_key, source_version.c.body)
        .join(source_version, source_version.c.id == source_record.c.current_version)
        .where(source_record.c.dataset == dataset, source_record.c.source_key.in_(keys))
    )
    return {row.source_key: unpack(row.body) for row in rows if row.body is not None}


def substance_terms(connection: Connection, names: Iterable[str]) -> dict[str, dict[str, Any]]:
    """What the vocabulary of substances says of those that it has: id, CAS, UNII, synonyms, and how they were joined.

    ``basis`` is ``common-name`` where the spelling of the common name is the same, ``synonym`` where the name is a
    synonym of one record, which has none other of these names, and no record's common name. A synonym that other
    records or others of these names have, too, is left out.
    """
    wanted = {fold(name)[:200]: name for name in names}
    owners = _named_so(connection, wanted)
    exact: dict[str, set[str]] = {}
    for some in chunks({identity for found in owners.values() for identity in found}):
        for identity, body in _bodies(connection, SUBSTANCE_NAMES, some).items():
            exact.setdefault(fold(body["name"])[:200], set()).add(identity)
    joined: dict[str, tuple[str, str]] = {}
    for key, found in owners.items():
        for basis, fitting in (("common-name", exact.get(key, set())), ("synonym", found)):
            if fitting:
                if len(fitting) == 1:
                    joined[key] = (next(iter(fitting)), basis)
                break
    spread = Counter(identity for identity, _ in joined.values())  # a record of several names is wider than each
    joined = {key: found for key, found in joined.items() if found[1] == "common-name" or spread[found[0]] == 1}
    held: dict[str, dict[str, Any]] = {}
    for some in chunks({identity for identity, _ in joined.values()}):
        held |= _bodies(connection, SUBSTANCE_NAMES, some)
    spoken = {one["id"]: [one["name"], *one["synonyms"]] for one in held.values()}
    shared = _named_so(connection, {fold(name)[:200] for found in spoken.values() for name in found})
    return {
        wanted[key]: {
            **{name: held[identity][name] for name in ("id", "name", "cas", "unii")},
            "basis": basis,
            "terms": [
                name
                for name in spoken[identity]
                if (folded := fold(name)[:200]) and folded not in wanted and len(shared.get(folded, ())) == 1
            ],
        }
        for key, (identity, basis) in joined.items()
        if identity in held
    }


def _named_so(connection: Connection, keys: Iterable[str]) -> dict[str, set[str]]:
    """The records of the vocabulary of substances that have a folded name, as common name or synonym."""
    found: dict[str, set[str]] = {}
    for some in chunks(keys):
        rows = connection.execute(
            sa.select(record_key.c.value, source_record.c.source_key)
            .join(source_record, source_record.c.id == record_key.c.record_id)
            .where(
                record_key.c.role == "offers",
                record_key.c.kind == "synonym",
                record_key.c.value.in_(some),
                source_record.c.dataset == SUBSTANCE_NAMES,
                source_record.c.no_longer_listed_at.is_(None),
            )
        )
        for row in rows:
            found.setdefault(row.value, set()).add(row.source_key)
    spoken: dict[str, set[str]] = {}
    for some in chunks({identity for these in found.values() for identity in these}):
        for identity, body in _bodies(connection, SUBSTANCE_NAMES, some).items():
            spoken[identity] = {fold(name)[:200] for name in (body["name"], *body["synonyms"])}
    # a name of the past is none
    return {key: {one for one in these if key in spoken.get(one, ())} for key, these in found.items()}


def _tree_numbers(connection: Connection, ids: Iterable[str]) -> dict[str, list[str]]:
    """The places of descriptors in MeSH's tree."""
    found: dict[str, list[str]] = {}
    for some in chunks(ids):
        rows = connection.execute(
            sa.select(source_record.c.source_key, source_version.c.body)
            .join(source_version, source_version.c.id == source_record.c.current_version)
            .where(source_record.c.dataset == TREE_NUMBERS, source_record.c.source_key.in_(some))
        )
        found.update({row.source_key: unpack(row.body)["tree"] for row in rows if row.body is not None})
    return found
