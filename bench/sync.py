"""How long a sync of the agencies' real files takes, beside the floor: reading the same files with the bare libraries.

    python bench/sync.py ../shared/data

Prints seconds, peak memory and ratios, all measured in one run; the numbers of one machine mean little elsewhere.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from pathlib import Path

import python_calamine

TABLES = ("epar_table_", "medicines_table_")


def read_tables(folder: Path) -> int:
    """The cells of every dated table, with calamine and csv alone; returns the rows."""
    rows = 0
    for path in sorted(folder.iterdir()):
        if not path.name.startswith(TABLES):
            continue
        data = path.read_bytes()
        if path.suffix == ".gz":
            rows += sum(1 for _ in csv.reader(io.StringIO(gzip.decompress(data).decode("utf-8-sig"))))
        else:
            rows += len(
                python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
            )
    return rows


def read_pages(folder: Path) -> int:
    """The lines of every page; returns the pages."""
    pages = 0
    for path in sorted(folder.glob("*.tar.gz")):
        with tarfile.open(path) as archive:
            for member in archive:
                stream = archive.extractfile(member) if member.isfile() else None
                if stream is not None:
                    stream.read().decode("utf-8").splitlines()
                    pages += 1
    return pages


def timed_sync(data: Path, *origins: Path) -> tuple[float, float, dict[str, int]]:
    """(seconds, peak memory in MB of the process and its children, counts) of syncs in processes of their own."""
    seconds, peak, counts = 0.0, 0.0, {"changed": 0, "failed": 0}
    for origin in origins:
        program = [sys.executable, "-m", "medpath", "--data", str(data), "sync", "--from", str(origin), "--json"]
        started = time.perf_counter()
        process = subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        assert process.stdout is not None
        answer = json.loads(process.stdout.read())
        _, _, usage = os.wait4(process.pid, 0)
        process.returncode = 0
        seconds += time.perf_counter() - started
        peak = max(peak, usage.ru_maxrss / 1024)
        counts["changed"] += answer["changes"]
        counts["failed"] += answer["failed"]
    return seconds, peak, counts


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path, help="the folder with the agencies' data (ema, atc, mesh)")
    given = parser.parse_args()
    ema = given.shared / "ema"
    started = time.perf_counter()
    rows = read_tables(ema / "tables")
    tables_floor = time.perf_counter() - started
    started = time.perf_counter()
    pages = read_pages(ema / "epar_pages")
    pages_floor = time.perf_counter() - started
    print(f"floor: {rows} rows of all tables {tables_floor:.1f} s, {pages} pages by lines {pages_floor:.1f} s")
    with tempfile.TemporaryDirectory(prefix="medpath-bench-") as folder:
        work = Path(folder)
        everything = [given.shared / name for name in ("atc", "mesh")] + [ema]
        for title, data, origins in (
            ("everything from nothing", work / "all", everything),
            ("a second sync without news", work / "all", everything),
        ):
            _print(title, *timed_sync(data, *origins), tables_floor + pages_floor)
        newest = work / "newest"
        newest.mkdir()
        shutil.copy(ema / "tables" / "medicines_table_2026-03-14.xlsx", newest)
        shutil.copy(ema / "epar_pages" / "epar_pages_md_2026-08-17.tar.gz", newest)
        _print("the newest table and all pages", *timed_sync(work / "new", newest), tables_floor + pages_floor)


def _print(title: str, seconds: float, peak: float, counts: dict[str, int], floor: float) -> None:
    print(
        f"{title}: {seconds:.1f} s ({seconds / floor:.1f} times the floor), peak {peak:.0f} MB in one process, "
        f"{counts['changed']} changes, {counts['failed']} failed"
    )


if __name__ == "__main__":
    main()
