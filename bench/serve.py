"""How quick the server is: pages and JSON of medicines drawn at random, cold and warm, unchanged answers, search.

    python bench/serve.py DATA [--database-url URL] [--seconds 8] [--connections 32] [--datasette PROGRAM]

One worker on the loopback, uncompressed answers, keep-alive, each connection asks again as soon as it has its answer.
Server and client share the machine's cores. Cold: a new server process, each address once; warm: the same addresses at
random. Beside them stand a bare ASGI application in the same server (the floor) and, with ``--datasette``, Datasette
over one table of the same medicines. Ends with 1 where a bound is missed.
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import random
import re
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from medpath import urls
from medpath.search.searching import Filters, Search
from medpath.settings import Settings, load_settings
from medpath.store.database import Database
from medpath.store.read import Register
from medpath.tabular import MEDICINE_COLUMNS, medicine_row

PAGE_MS, JSON_MS, LOOKUP_MS, UNCHANGED = 100.0, 60.0, 5.0, 4_000.0
DATASETTE_TIMES, SEARCH_SHARE = 3.0, 0.1

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_ETAG = re.compile(rb"\r\netag: *([^\r]+)", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding: *chunked", re.IGNORECASE)

FLOOR = """
async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        return
    await send({"type": "http.response.start", "status": 304, "headers": [(b"etag", b'"floor"')]})
    await send({"type": "http.response.body", "body": b""})
"""


@dataclass
class Round:
    """What one round measured; times in milliseconds."""

    name: str
    seconds: float
    times: list[float]
    sizes: list[int]
    statuses: dict[int, int] = field(default_factory=dict)

    @property
    def rate(self) -> float:
        return len(self.times) / self.seconds

    def at(self, share: float) -> float:
        return self.times[min(len(self.times) - 1, int(len(self.times) * share))]

    def line(self) -> str:
        size = sum(self.sizes) / len(self.sizes) / 1000
        statuses = " ".join(f"{status}×{number}" for status, number in sorted(self.statuses.items()))
        return (
            f"{self.name:34} {self.rate:8.0f}/s {self.at(0.5):8.2f} {self.at(0.95):8.2f} {self.at(0.99):8.2f} "
            f"{self.times[-1]:8.2f} {size:8.1f} kB  {statuses}"
        )


HEADING = f"{'':34} {'rate':>10} {'median':>8} {'95 %':>8} {'99 %':>8} {'most':>8} {'size':>8}"


async def ask(
    port: int, requests: Callable[[], bytes | None], connections: int, name: str
) -> tuple[Round, list[bytes]]:
    """Asks over so many connections until ``requests`` has no more; the round, and the tags of the answers."""
    times: list[float] = []
    sizes: list[int] = []
    statuses: dict[int, int] = {}
    tags: list[bytes] = []

    async def connection() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**24)
        while (request := requests()) is not None:
            begun = time.perf_counter()
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            status = int(head[9:12])
            length = int(found[1]) if (found := _LENGTH.search(head)) else 0
            if length and status != 304:
                await reader.readexactly(length)
            elif _CHUNKED.search(head):
                while (size := int((await reader.readline()).split(b";")[0], 16)) > 0:
                    await reader.readexactly(size + 2)
                    length += size
                await reader.readexactly(2)
            times.append((time.perf_counter() - begun) * 1000)
            sizes.append(length)
            statuses[status] = statuses.get(status, 0) + 1
            if found := _ETAG.search(head):
                tags.append(found[1])
        writer.close()

    begun = time.perf_counter()
    await asyncio.gather(*(connection() for _ in range(connections)))
    return Round(name, time.perf_counter() - begun, sorted(times), sizes, statuses), tags


def request(path: str, tag: bytes | None = None) -> bytes:
    """The bytes of a GET."""
    condition = b"If-None-Match: " + tag + b"\r\n" if tag else b""
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\n".encode() + condition + b"\r\n"


def once(paths: Sequence[str]) -> Callable[[], bytes | None]:
    """Each address once, in random order."""
    drawn = iter(random.sample(list(paths), len(paths)))
    return lambda: next((request(path) for path in drawn), None)


def for_seconds(seconds: float, requests: Sequence[bytes]) -> Callable[[], bytes | None]:
    """Addresses at random until the time is over."""
    end = time.perf_counter() + seconds
    return lambda: random.choice(requests) if time.perf_counter() < end else None


@contextmanager
def running(command: Sequence[str], pattern: str) -> Iterator[int]:
    """A server process that says its address on standard error; its port."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        for line in process.stderr:
            if found := re.search(pattern, line):
                threading.Thread(target=_pass_on, args=(process.stderr,), daemon=True).start()
                time.sleep(1.0)
                yield int(found[1])
                return
        raise SystemExit(f"The server did not start: {' '.join(command)}")
    finally:
        process.terminate()
        process.wait()


def _pass_on(lines: Iterable[str]) -> None:
    """Shows what a server says, but for what it tells of each request."""
    sys.stderr.writelines(line for line in lines if not line.startswith("INFO:"))


def rounds(settings: Settings, command: Sequence[str], seconds: float, connections: int) -> dict[str, Round]:
    """All rounds over the medicines of a store."""
    numbers = Register(Database(settings.database)).numbers()
    kinds = {"JSON": [urls.api_medicine(number) for number in numbers], "page": [urls.medicine(one) for one in numbers]}
    found: dict[str, Round] = {}

    def note(done: Round) -> Round:
        found[done.name] = done
        print(done.line(), flush=True)
        return done

    print(f"{len(numbers)} medicines, {connections} connections\n{HEADING}")
    for kind, paths in kinds.items():
        with running(command, r"http://127\.0\.0\.1:(\d+)") as port:
            note(asyncio.run(ask(port, once(paths), connections, f"{kind}, cold"))[0])
            warm = [request(path) for path in paths]
            note(asyncio.run(ask(port, for_seconds(seconds, warm), connections, f"{kind}, warm"))[0])
            conditional = []
            for path in random.sample(paths, min(500, len(paths))):
                _, tags = asyncio.run(ask(port, once([path]), 1, ""))
                conditional.append(request(path, tags[0]))
            note(asyncio.run(ask(port, for_seconds(seconds, conditional), connections, f"{kind}, unchanged (304)"))[0])
    lists = [f"/api/v1/search?{urlencode({'q': words})}" for words in QUESTIONS]
    lists += [f"/api/v1/medicines?{urlencode(filters)}" for filters in FILTERS]
    with running(command, r"http://127\.0\.0\.1:(\d+)") as port:
        note(asyncio.run(ask(port, once(lists), 1, "search and lists, cold, one by one"))[0])
        warm = [request(path) for path in lists]
        note(asyncio.run(ask(port, for_seconds(seconds, warm), connections, "search and lists, warm"))[0])
    return found


QUESTIONS = (
    "alofisel", "EMEA/H/C/004258", "insulin", "breast cancer", "L04AC", "withdrawn", "pfizer", "darvadstrocel",
    "orphan veterinary", "Keytruda", "keytrda", "epilepsy", "EU/1/17/1261", "influenza", "biosimilar adalimumab",
)  # fmt: skip
FILTERS: tuple[dict[str, str], ...] = (
    {"status": "withdrawn"}, {"category": "veterinary"}, {"atc": "L"}, {"atc": "L01", "status": "authorised"},
    {"flag": "orphan"}, {"year": "2020"}, {"flag": "biosimilar", "status": "authorised"}, {"sort": "-last_updated"},
    {"q": "diabetes"}, {"category": "human", "status": "refused"},
)  # fmt: skip


def inside(settings: Settings) -> dict[str, Round]:
    """Look-ups and questions with counts, inside the process."""
    register, search = Register(Database(settings.database)), Search(settings.index)
    numbers = register.numbers()

    def look_up() -> None:
        register.medicine_bytes(random.choice(numbers))

    def find() -> None:
        search.search(random.choice(QUESTIONS))

    def narrow() -> None:
        given = random.choice(FILTERS)
        filters = Filters(**{key: value if key == "q" else (value,) for key, value in given.items() if key != "sort"})
        search.medicines(filters, sort=given.get("sort"), limit=20)

    print(f"\ninside the process, one by one\n{HEADING}")
    found = {}
    for name, work in {"look-up": look_up, "search with counts": find, "filters with counts": narrow}.items():
        work()
        times = []
        for _ in range(300):
            begun = time.perf_counter()
            work()
            times.append((time.perf_counter() - begun) * 1000)
        found[name] = Round(name, sum(times) / 1000, sorted(times), [0])
        print(found[name].line())
    return found


def floor(seconds: float, connections: int) -> Round:
    """A bare application in the same server."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "floor.py").write_text(FLOOR)
        command = [sys.executable, "-m", "uvicorn", "floor:app", "--app-dir", folder, "--port", "0", "--no-access-log"]
        with running(command, r"http://127\.0\.0\.1:(\d+)") as port:
            done, _ = asyncio.run(ask(port, for_seconds(seconds, [request("/")]), connections, "floor: a bare 304"))
    print(done.line())
    return done


def datasette(program: str, settings: Settings, seconds: float, connections: int) -> dict[str, Round]:
    """Datasette over one table of the same medicines, with full-text search."""
    found: dict[str, Round] = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.db"
        numbers = _write_table(path, settings)
        command = [program, "serve", str(path), "--port", "0"]
        print(f"\nDatasette over {len(numbers)} rows\n{HEADING}")
        with running(command, r"http://127\.0\.0\.1:(\d+)") as port:
            rows = [f"/table/medicines/{number.replace('/', '~2F')}" for number in numbers]
            for name, paths in {
                "Datasette row, JSON": [f"{row}.json" for row in rows],
                "Datasette row, page": rows,
                "Datasette search with two facets": [
                    f"/table/medicines.json?_search={words}&_facet=status&_facet=category"
                    for words in ("insulin", "cancer", "epilepsy", "vaccine", "diabetes")
                ],
            }.items():
                one_by_one = name.endswith("facets")
                asked = for_seconds(seconds, [request(one) for one in paths])
                found[name], _ = asyncio.run(ask(port, asked, 1 if one_by_one else connections, name))
                print(found[name].line(), flush=True)
    return found


def _write_table(path: Path, settings: Settings) -> list[str]:
    names = list(MEDICINE_COLUMNS)
    rows = [medicine_row(one) for one in Register(Database(settings.database)).all_medicines()]
    columns = ", ".join(f'"{name}"' for name in names)
    with sqlite3.connect(path) as connection:
        connection.execute(f'create table medicines ({columns}, primary key ("product_number"))')
        marks = ", ".join("?" * len(names))
        connection.executemany(
            f"insert into medicines values ({marks})", [[row[name] for name in names] for row in rows]
        )
        words = "name, active_substances, therapeutic_areas, therapeutic_indication, holders"
        connection.execute(f"create virtual table medicines_fts using fts5({words}, content='medicines')")
        connection.execute("insert into medicines_fts(medicines_fts) values ('rebuild')")
    connection.close()
    return [row["product_number"] for row in rows]


def judge(measured: dict[str, Round]) -> list[tuple[str, bool]]:
    """Each bound in words, and whether it holds."""
    judged = []
    for kind, bound in (("page", PAGE_MS), ("JSON", JSON_MS)):
        for state in ("cold", "warm"):
            value = measured[f"{kind}, {state}"].at(0.99)
            judged.append((f"{kind}, {state}: 99 % within {value:.1f} ms of {bound:.0f} ms", value <= bound))
        value = measured[f"{kind}, unchanged (304)"].rate
        share = value / measured["floor: a bare 304"].rate
        judged.append(
            (f"{kind}, unchanged: {value:,.0f}/s of {UNCHANGED:,.0f}/s ({share:.0%} of the floor)", value >= UNCHANGED)
        )
    for name in ("look-up", "search with counts", "filters with counts"):
        value = measured[name].at(0.95)
        judged.append((f"{name}: 95 % within {value:.2f} ms of {LOOKUP_MS:.0f} ms", value <= LOOKUP_MS))
    if "Datasette row, JSON" in measured:
        for kind in ("JSON", "page"):
            times = measured[f"{kind}, warm"].rate / measured[f"Datasette row, {kind}"].rate
            judged.append((f"{kind}: {times:.1f} times Datasette's throughput", times >= DATASETTE_TIMES))
        share = measured["search with counts"].at(0.5) / measured["Datasette search with two facets"].at(0.5)
        judged.append((f"search with counts: {share:.1%} of Datasette's time", share <= SEARCH_SHARE))
    return judged


def main() -> None:
    """Measures and judges."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path, help="the data folder of a filled store")
    parser.add_argument("--database-url", default=None)
    parser.add_argument("--seconds", type=float, default=8.0, help="how long a round at random takes")
    parser.add_argument("--connections", type=int, default=32)
    parser.add_argument("--datasette", metavar="PROGRAM", default=None, help="compare with this Datasette")
    parser.add_argument("--write", metavar="FILE", type=Path, default=None, help="write the figures as CSV")
    given = parser.parse_args()
    settings = load_settings(data=given.data, database_url=given.database_url)
    command = [sys.executable, "-m", "medpath", "--data", str(given.data)]
    command += ["--database-url", given.database_url] if given.database_url else []
    measured = rounds(settings, [*command, "serve", "--port", "0"], given.seconds, given.connections)
    bare = floor(given.seconds, given.connections)
    measured[bare.name] = bare
    measured |= inside(settings)
    if given.datasette:
        measured |= datasette(given.datasette, settings, given.seconds, given.connections)
    if given.write:
        with given.write.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(["round", "per_second", "median_ms", "p95_ms", "p99_ms", "most_ms"])
            writer.writerows(
                [one.name, round(one.rate), *(round(one.at(share), 3) for share in (0.5, 0.95, 0.99)), one.times[-1]]
                for one in measured.values()
            )
    print()
    judged = judge(measured)
    for text, holds in judged:
        print(f"{'holds ' if holds else 'MISSED'}  {text}")
    raise SystemExit(0 if all(holds for _, holds in judged) else 1)


if __name__ == "__main__":
    main()
