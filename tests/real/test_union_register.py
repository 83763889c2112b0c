"""The Union Register in its own wire form: the few real entries that are held."""

from pathlib import Path

from medpath.fetch.files import SourceFile
from medpath.sources.reading import Report
from medpath.sources.union_register import products


def test_each_real_entry_is_read_without_an_issue(shared: Path) -> None:
    path = shared / "data" / "ema" / "json_samples" / "union_register_ods_products_sample_2026-09-25.json"
    report = Report("union_register.products")
    records = list(products.read(SourceFile(report.dataset, "ods_products.json", "", path.read_bytes()), report))
    assert (report.rows, report.rejected, len(records), report.issues) == (4, 0, 4, [])
    adcetris = next(record for record in records if record.key.endswith("/h794.htm"))
    assert adcetris.offers == (("page", "/en/medicines/human/EPAR/adcetris"),)
    assert adcetris.body["eu_numbers"] == ["EU/1/12/794"]
    assert (adcetris.body["holder_country"], adcetris.body["holder_address"][-1]) == ("DK", "Danmark")
    assert [link["end_date"] for link in adcetris.body["orphan_designations"]] == ["2024-06-20"] * 3
    assert len(adcetris.body["annexes"]) == 23
