"""What is remembered of versions is what stands in them, not where they stood."""

from datetime import date
from pathlib import Path

import sqlalchemy as sa

from medpath.store import quality
from medpath.store.read import Register
from medpath.store.tables import store_fact
from tests.lists import Store, authorised, write_report


def test_copies_of_one_store_that_went_apart_are_not_taken_for_each_other(tmp_path: Path) -> None:
    names = ["Alofisel", "Humira"]
    registers = []
    for name in names:
        write_report(tmp_path / name, "2026-01-10", [authorised(1, name_of_medicine=name)])
        store = Store(tmp_path / f"store of {name}")
        store.sync(tmp_path / name)
        with store.database.writing() as connection:
            connection.execute(sa.update(store_fact).where(store_fact.c.name == "store_id").values(value="the same"))
        registers.append(Register(store.database))
    assert len({register.sequence() for register in registers}) == 1
    for name, register in zip(names, registers, strict=True):
        assert [one.name for one in register.medicines_then(date(2026, 1, 10))] == [name]
        with register.database.reading() as connection:
            assert quality.disagreements(connection) == []
