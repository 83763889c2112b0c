"""What the sources say of themselves (source.yml), written into the store for those who only read it."""

from __future__ import annotations

import sqlalchemy as sa

from medpath import sample as bundled
from medpath.errors import StoreUnusable
from medpath.model.compose import COMPOSITION
from medpath.sources.facts import Dataset, datasets, source_of
from medpath.store.database import Database
from medpath.store.tables import dataset as dataset_table
from medpath.store.tables import medicine, medicine_version, store_fact
from medpath.store.writing import note_pending


def terms_of(dataset: Dataset, sample: bool) -> dict[str, str]:
    """Licence, its address and attribution under which the data of a dataset are shown.

    The bundled sample's texts are nobody's but ours and claim no publisher; its vocabularies are WHO's and NLM's.
    """
    if sample and dataset.kind != "vocabulary":
        return {"licence": bundled.LICENCE, "licence_url": bundled.LICENCE_URL, "attribution": bundled.NOTE}
    source = source_of(dataset.name)
    return {"licence": source.licence, "licence_url": source.licence_url, "attribution": source.attribution}


def write_facts(database: Database, sample: bool) -> None:
    """Brings the table of datasets up to date, and marks a store that holds the bundled sample.

    Raises StoreUnusable where sample data would be mixed with real ones.
    """
    rows = []
    for place, (name, one) in enumerate(datasets().items()):
        source = source_of(name)
        rows.append(
            {
                "name": name,
                "place": place,
                "source": source.name,
                "title": one.title,
                "kind": one.kind,
                "publisher": source.publisher,
                "homepage": source.homepage,
                **terms_of(one, sample),
                "url": one.url,
                "schedule": one.schedule,
                "minimum": one.bounds.minimum,
                "maximum": one.bounds.maximum,
            }
        )
    with database.writing() as connection:
        held = connection.scalar(sa.select(store_fact.c.value).where(store_fact.c.name == "sample"))
        if held is not None and held != ("yes" if sample else "no"):
            holds, other = ("the bundled sample", "real data") if held == "yes" else ("real data", "the bundled sample")
            raise StoreUnusable(
                f"This store holds {holds}, which is never mixed with {other}; use another data folder."
            )
        database.insert_missing(connection, store_fact, [{"name": "sample", "value": "yes" if sample else "no"}])
        database.upsert(connection, dataset_table, rows, ["name"])
        connection.execute(dataset_table.delete().where(dataset_table.c.name.not_in([row["name"] for row in rows])))


def note_newer_composition(database: Database) -> None:
    """Has every medicine composed anew where this software makes medicines otherwise than the one that made them."""
    with database.writing() as connection:
        held = connection.scalar(sa.select(store_fact.c.value).where(store_fact.c.name == "composition"))
        if held == str(COMPOSITION):
            return
        database.upsert(connection, store_fact, [{"name": "composition", "value": str(COMPOSITION)}], ["name"])
        first = connection.scalar(sa.select(sa.func.min(medicine_version.c.observed_from)))
        if first is not None:
            numbers = connection.scalars(sa.select(medicine.c.product_number))
            note_pending(database, connection, dict.fromkeys(numbers, first), "reader")
