"""Which medicine a number or a name means."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from medpath import urls
from medpath.errors import NotFound
from medpath.model.names import fold
from medpath.model.numbers import eu_number, product_number
from medpath.store.lookups import LONGEST_NAME
from medpath.store.packing import unpack
from medpath.store.tables import identifier, medicine, medicine_version


def resolve(connection: Connection, text: str) -> str:
    """The product number of the one medicine meant by a number in any usual spelling, or by a name.

    Raises NotFound where none fits, and with ``candidates`` where several do: nothing is picked for the user.
    """
    text = text.strip()
    if number := product_number(text):
        found = _identified(connection, "ema-product-number", number)
        if not found:
            raise NotFound(f"No medicine has the product number {number}.")
    elif number := eu_number(text):
        found = _identified(connection, "eu-number", number)
        if not found:
            raise NotFound(f"No medicine with the EU number {number} is known here.")
    else:
        found = _named(connection, fold(text)[:LONGEST_NAME])
        if not found:
            raise NotFound(f"No medicine is called “{text[:80]}”; try a search.")
    if len(found) == 1:
        return found[0]
    candidates = _candidates(connection, found)
    raise NotFound(
        f"“{text[:80]}” fits {len(candidates)} medicines; use the product number of the one that is meant.",
        candidates,
    )


def _named(connection: Connection, name: str) -> list[str]:
    """Whole names first, then names without their brackets, then former ones."""
    for system in ("name", "short-name", "former-name"):
        if name and (found := _identified(connection, system, name)):
            return found
    return []


def _identified(connection: Connection, system: str, value: str) -> list[str]:
    query = (
        sa.select(medicine.c.product_number)
        .join(identifier, identifier.c.medicine == medicine.c.id)
        .where(identifier.c.system == system, identifier.c.value == value)
        .order_by(medicine.c.product_number)
    )
    return list(connection.scalars(query))


def _candidates(connection: Connection, numbers: list[str]) -> list[dict[str, Any]]:
    rows = connection.execute(
        sa.select(medicine.c.product_number, medicine_version.c.body)
        .join(medicine, medicine.c.sequence == medicine_version.c.sequence)
        .where(medicine.c.product_number.in_(numbers))
        .order_by(medicine.c.product_number)
    )
    candidates = []
    for row in rows:
        body = unpack(row.body)
        candidates.append(
            {
                "product_number": row.product_number,
                "name": body["name"],
                "status": body["status"],
                "active_substances": [item["name"] for item in body["active_substances"]],
                "url": urls.medicine(row.product_number),
            }
        )
    return candidates
