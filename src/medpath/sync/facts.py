"""What the sources say of themselves (source.yml), written into the store for those who only read it."""

from __future__ import annotations

import sqlalchemy as sa

from medpath.errors import StoreUnusable
from medpath.sources.facts import datasets, source_of
from medpath.store.database import Database
from medpath.store.tables import dataset as dataset_table
from medpath.store.tables import store_fact


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
                "licence": source.licence,
                "licence_url": source.licence_url,
                "attribution": source.attribution,
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
