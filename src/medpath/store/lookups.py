"""What medicines are looked up by: identifiers, names, relations, and the entities that they name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.engine import Connection

from medpath.model.compose import Composed
from medpath.model.names import fold, names_in
from medpath.store.database import Database
from medpath.store.tables import entity, entity_name, identifier, relation
from medpath.store.writing import chunks

LONGEST_NAME = 200


def write_lookups(database: Database, connection: Connection, composed: Mapping[str, Composed]) -> None:
    """Replaces the lookups of medicines (by id) with those of what they are now."""
    if not composed:
        return
    entities: dict[str, dict[str, str]] = {}
    names: list[dict[str, str]] = []
    identifiers: list[dict[str, str]] = []
    relations: list[dict[str, str]] = []
    for identity, made in composed.items():
        for kind, item in _entities(made.body):
            row = {"id": item["id"], "kind": kind, "slug": item["slug"], "name": item["name"]}
            entities.setdefault(item["id"], row)
            names.append({"entity_id": item["id"], "name": item["name"], "basis": "same-spelling"})
        identifiers += [
            {"system": system, "value": value, "medicine": identity} for system, value in _identifiers(made.body)
        ]
        relations += [{"medicine": identity, **one} for one in made.relations]
    for some in chunks(list(composed)):
        connection.execute(identifier.delete().where(identifier.c.medicine.in_(some)))
        connection.execute(relation.delete().where(relation.c.medicine.in_(some)))
    database.insert_missing(connection, entity, list(entities.values()))
    database.insert_missing(connection, entity_name, names)
    database.insert_missing(connection, identifier, identifiers)
    database.insert_missing(connection, relation, relations)


def _identifiers(body: dict[str, Any]) -> list[tuple[str, str]]:
    found = [("ema-product-number", body["product_number"])]
    for authorisation in body["authorisations"]:
        found += [("eu-number", number) for number in authorisation["eu_numbers"]]
    today, former = names_in(body["name"])
    found += [("name" if item == body["name"] else "short-name", fold(item)[:LONGEST_NAME]) for item in today]
    found += [("former-name", fold(item)[:LONGEST_NAME]) for item in former]
    return found


def _entities(body: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    found = [("substance", item) for item in body["active_substances"]]
    found += [("condition", item) for item in body["therapeutic_areas"]]
    holders = [authorisation["holder"] for authorisation in body["authorisations"]] + [body["applicant"]]
    found += [("organisation", holder) for holder in holders if holder]
    return found
