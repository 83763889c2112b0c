"""How quickly many watches are matched with the changes of a sync.

    python bench/watches.py DATA [--watches 10000]

Copies the database of a filled store, puts so many watches into it that have the newest 500 changes before them (a
third of them lists of medicines, a third filters, a third words), and finds what each is told. Beside it stands the
floor: reading the changes alone.
"""

from __future__ import annotations

import argparse
import random
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

import msgspec

from medpath.search.searching import Search
from medpath.settings import load_settings
from medpath.store import watches as kept
from medpath.store.database import Database
from medpath.store.migrate import upgrade
from medpath.store.read import Register
from medpath.store.tables import watch
from medpath.store.watches import Wanted
from medpath.watches.delivering import look

SECONDS, CHANGES = 10.0, 500


def wanted(bodies: list[dict[str, Any]], chance: random.Random) -> Wanted:
    """A watch as somebody might add it."""
    some = chance.sample(bodies, 20)
    kind = chance.randrange(3)
    if kind == 0:
        return Wanted(medicines=tuple(one["product_number"] for one in some), address="bench")
    if kind == 1:
        codes = [code["code"].lower() for one in some for code in one["atc"]][:2] or ["l"]
        return Wanted(filters={"atc": codes, "status": ["authorised"]}, address="bench")
    return Wanted(filters={"q": " ".join(some[0]["active_substances"][0]["name"].split()[:2])}, address="bench")


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure how quickly watches are matched.")
    parser.add_argument("data", type=Path)
    parser.add_argument("--watches", type=int, default=10_000)
    given = parser.parse_args()
    settings = load_settings(data=given.data)
    with tempfile.TemporaryDirectory(prefix="medpath-bench-") as name:
        shutil.copy(given.data / "medpath.sqlite", Path(name) / "medpath.sqlite")
        database = Database(f"sqlite:///{name}/medpath.sqlite")
        upgrade(database)
        bodies = [one for one in Register(database).all_medicines() if one["active_substances"]]
        chance = random.Random(1)
        with database.writing() as connection:
            news = kept.news_after(connection, 0, 0)
            before = news[-CHANGES - 1]["sequence"] if len(news) > CHANGES else 0
            rows = [
                {
                    "id": number,
                    "name": f"watch {number}",
                    "body": msgspec.json.encode(wanted(bodies, chance)).decode(),
                    "created_at": "2026-01-01T00:00:00Z",
                    "sequence": before,
                    "snapshot": 0,
                    "due_at": "2026-01-01T00:00:00Z",
                    "paused": 0,
                }
                for number in range(1, given.watches + 1)
            ]
            connection.execute(watch.insert(), rows)
        begun = time.perf_counter()
        with database.reading() as connection:
            changes = kept.news_after(connection, rows[0]["sequence"], rows[0]["snapshot"])
        floor = time.perf_counter() - begun
        begun = time.perf_counter()
        found = look(database, Search(settings.index))
        seconds = time.perf_counter() - begun
        database.dispose()
    print(f"{found.watches:,} watches, {len(changes):,} changes, {found.made:,} deliveries made in {seconds:.1f} s")
    print(f"reading the changes alone {floor:.2f} s; ratio {seconds / floor:.0f}")
    raise SystemExit(seconds > SECONDS)


if __name__ == "__main__":
    main()
