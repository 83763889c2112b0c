"""Composing anew where what was told before no longer holds."""

from datetime import date
from pathlib import Path

import pytest

from medpath.errors import NotFound
from medpath.model.records import Report, SourceRecord
from medpath.store.composing import compose_pending
from medpath.store.kept import drop_empty_records, forget
from medpath.store.writing import Origin, Unit, UnitWriter, note_pending
from tests.lists import Store, authorised, write_report
from tests.model.sources import page_body
from tests.model.test_steps import DOCUMENT, STEP

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


def test_a_document_that_the_page_does_not_link_any_more_still_tells_what_happened(
    tmp_path: Path, database_url: str
) -> None:
    """Not before the page linked it, though; and not of another medicine of which the page spoke before."""
    store, other = Store(tmp_path, database_url), "EMEA/H/C/000002"
    store.sync(write_report(tmp_path, "2026-01-01", [authorised(), authorised(2)]))
    steps = {"steps": [STEP], "url": f"https://www.ema.europa.eu/en/documents/{DOCUMENT}"}
    key = ("document", f"/en/documents/{DOCUMENT}")
    written = [
        ("emamds.procedural_steps", "2026-01-02", SourceRecord(key[1], steps, "", offers=(key,))),
        (PAGES, "2026-02-01", SourceRecord(PATH, page_body(), "", other, seeks=(key,))),
        (PAGES, "2026-03-01", SourceRecord(PATH, page_body(revision=13), "", NUMBER)),
        (PAGES, "2026-04-01", SourceRecord(PATH, page_body(revision=14), "", NUMBER, seeks=(key,))),
        (PAGES, "2026-05-01", SourceRecord(PATH, page_body(revision=15), "", NUMBER)),
    ]
    with store.database.writing() as connection:
        for dataset, day, record in written:
            origin = Origin(dataset, "a file", f"https://www.ema.europa.eu{record.key}", day, 1, f"{day}T00:00:00Z")
            UnitWriter(store.database, connection).write(Unit(origin, Report(dataset, rows=1), [record]))
        compose_pending(store.database, connection)

    def told(number: str, month: int) -> int:
        medicine = store.register.medicine(number, date(2026, month, 15))
        assert medicine is not None
        return len([event for event in medicine["events"] if event["source"] == "emamds.procedural_steps"])

    assert [told(other, month) for month in (1, 2, 3, 4, 5)] == [0, 1, 0, 0, 0]
    assert [told(NUMBER, month) for month in (1, 2, 3, 4, 5)] == [0, 0, 0, 1, 1]
