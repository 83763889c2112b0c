"""Small editions of EMA's list of medicines in EMA's own form, and stores made from them through the real code."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from medpath.settings import Settings
from medpath.store.database import Database
from medpath.store.read import Register
from medpath.sync import SyncResult, sync
from tests.sources.ema.test_medicines import ALOFISEL, KEYS

NAME = "medicines-output-medicines_json-report_en"
OLD = {
    "Category": "category",
    "Medicine name": "name_of_medicine",
    "Therapeutic area": "therapeutic_area_mesh",
    "International non-proprietary name (INN) / common name": "international_non_proprietary_name_common_name",
    "Active substance": "active_substance",
    "Product number": "ema_product_number",
    "Authorisation status": "medicine_status",
    "ATC code": "atc_code_human",
    "Marketing authorisation date": "marketing_authorisation_date",
    "Marketing authorisation holder/company name": "marketing_authorisation_developer_applicant_holder",
    "Condition / indication": "therapeutic_indication",
    "Decision date": "european_commission_decision_date",
    "URL": "medicine_url",
}


def row(number: int = 4258, **changed: str) -> dict[str, str]:
    """A row of the JSON report: Alofisel, or another medicine of that number."""
    given = dict(ALOFISEL)
    if number != 4258:
        given["name_of_medicine"] = f"Medicine {number}"
        given["ema_product_number"] = f"EMEA/H/C/{number:06d}"
        given["medicine_url"] = f"https://www.ema.europa.eu/en/medicines/human/EPAR/medicine-{number}"
    return given | changed


def authorised(number: int = 4258, **changed: str) -> dict[str, str]:
    """A row of an authorised medicine."""
    ended = "withdrawal_expiry_revocation_lapse_of_marketing_authorisation_date"
    return row(number, **{"medicine_status": "Authorised", ended: ""} | changed)


def write_report(folder: Path, day: str, rows: Iterable[dict[str, str]]) -> Path:
    """Writes the JSON report as of six in the morning of a day, Amsterdam time."""
    records = list(rows)
    meta = {"total_records": len(records), "timestamp": f"{day}T06:00:00Z"}
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{NAME}_{day}.json"
    path.write_text(json.dumps({"meta": meta, "data": records}), encoding="utf-8")
    return path


def write_table(folder: Path, day: str, rows: Iterable[dict[str, str]], layout: str = "2024") -> Path:
    """Writes the table of a day as CSV: in the layout since 2024, or with the columns of 2018 to 2023."""
    text = io.StringIO()
    if layout == "2018":
        headings = list(OLD)
        lines = [[one[OLD[heading]] for heading in headings] for one in rows]
    else:
        names = {"generic": "generic_or_hybrid"} if layout == "2024" else {}
        headings = [names.get(key, key) for key in KEYS]
        lines = [[one[key] for key in KEYS] for one in rows]
    csv.writer(text).writerows([headings, *lines])
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"medicines_table_{day}.csv"
    path.write_text(text.getvalue(), encoding="utf-8")
    return path


class Store:
    """A store in a folder of its own, filled through `medpath.sync.sync` (the bounds for whole reports left aside)."""

    def __init__(self, folder: Path, url: str = "") -> None:
        self.settings = Settings(data=folder / "data", database_url=url, sample=True)
        self.database = Database(self.settings.database)
        self.register = Register(self.database)

    def sync(self, origin: Path, *names: str, **options: Any) -> SyncResult:
        """One sync from a folder or file."""
        return sync(self.settings, self.database, names, origin=str(origin), **options)

    def replay(self) -> SyncResult:
        """Reads everything again from the kept bytes."""
        return sync(self.settings, self.database, from_snapshots=True)

    def told(self) -> list[dict[str, Any]]:
        """All changes in order of observation, without their sequence."""
        items = self.register.changes(limit=1_000_000).items
        for item in items:
            del item["sequence"]
        return sorted(items, key=lambda item: (item["observed_at"], item["medicine"], item["kind"], item["cause"]))

    def shown(self) -> list[dict[str, Any]]:
        """All medicines as the contract has them, without what belongs to this store alone."""
        return [comparable(one) for one in self.register.all_medicines()]


def comparable(medicine: dict[str, Any] | None) -> dict[str, Any]:
    """A medicine without its sequence in the store and what `as_of` adds."""
    assert medicine is not None
    return {key: value for key, value in medicine.items() if key not in ("sequence", "as_of", "horizon")}
