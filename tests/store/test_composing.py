"""Composing anew where what was told before no longer holds."""

from pathlib import Path

import pytest

from medpath.errors import NotFound
from medpath.model.records import Report, SourceRecord
from medpath.store.composing import compose_pending
from medpath.store.kept import drop_empty_records, forget
from medpath.store.writing import Origin, Unit, UnitWriter, note_pending
from tests.lists import Store, authorised, write_report
from tests.model.sources import page_body

NUMBER, PAGES, AT = "EMEA/H/C/004258", "ema.epar_pages", "2026-02-01T00:00:00Z"
PATH = "/en/medicines/human/EPAR/alofisel"


def test_a_version_that_stands_again_is_found_by_what_it_says_and_not_by_what_the_other_said(
    tmp_path: Path, database_url: str
) -> None:
    store = Store(tmp_path, database_url)
    store.sync(write_report(tmp_path, "2026-01-01", [authorised()]))
    before = store.shown()
    body = page_body(name="Misread", last_updated="2026-02-01")
    origin = Origin(PAGES, "alofisel", f"https://www.ema.europa.eu{PATH}", "a" * 64, 1, AT)
    unit = Unit(origin, Report(PAGES, rows=1), [SourceRecord(PATH, body, "", NUMBER)])
    with store.database.writing() as connection:
        UnitWriter(store.database, connection).write(unit)
        compose_pending(store.database, connection)
    assert store.register.resolve("misread") == NUMBER
    with store.database.writing() as connection:  # a better reader knows that this was no page of a medicine
        forget(connection, PAGES)
        drop_empty_records(connection, PAGES)
        note_pending(store.database, connection, {NUMBER: AT}, "reader")
        compose_pending(store.database, connection)
    assert store.shown() == before
    assert store.register.resolve("alofisel") == NUMBER
    with pytest.raises(NotFound):
        store.register.resolve("misread")
