"""How quickly and how well the search finds medicines of a filled store, in this process and without a server.

    python bench/search.py ~/.local/share/medpath

Makes an index of the store in a temporary folder; prints how long that takes, then for each kind of question the
share whose first medicine is the right one, and the median, 95th and 99th percentile of the time in milliseconds.
Typing errors are a letter left out, put in, replaced or swapped with its neighbour, at random places.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from medpath.model.names import fold, names_in
from medpath.search.asked import YEARS
from medpath.search.index import Index
from medpath.search.passages import PassageIndex
from medpath.search.pictures import PICTURES, counted
from medpath.search.reading_passages import Passages
from medpath.search.searching import Filters, Search
from medpath.settings import load_settings
from medpath.store.database import Database

LETTERS = "abcdefghijklmnopqrstuvwxyz"
FACETS = ("status", "category", "atc", "area", "substance", "organisation", "flag", "year")
QUESTIONS = 2_000
TEXT_WORDS = [
    "neutropenia", "headache", "hepatotoxicity", "prolongation", "pregnancy", "lactation", "renal", "impairment",
    "paediatric", "adjustment", "overdose", "haemodialysis", "anaphylaxis", "insulin", "hypoglycaemia", "refrigerator",
    "excipients", "lactose", "driving", "toxicity", "survival",
]  # fmt: skip


def squeezed(name: str) -> str:
    """A name without case and blanks, to tell whether two are one."""
    return fold(name).replace(" ", "")


def short(item: dict[str, Any]) -> str:
    """A medicine's name without what stands in brackets."""
    return names_in(item["name"])[0][-1]


def mistyped(word: str, chance: random.Random) -> str:
    """A word with one typing error."""
    place, kind = chance.randrange(len(word)), chance.randrange(4)
    if kind == 0 or (kind == 3 and place + 1 == len(word)):
        return word[:place] + word[place + 1 :]
    if kind == 1:
        return word[:place] + chance.choice(LETTERS) + word[place:]
    if kind == 2:
        return word[:place] + chance.choice(LETTERS) + word[place + 1 :]
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def all_medicines(search: Search) -> list[dict[str, Any]]:
    """The items of all medicines."""
    items: list[dict[str, Any]] = []
    cursor = None
    while True:
        part = search.medicines(limit=1000, cursor=cursor, facet_values=0)
        items += part.items
        if part.next is None:
            return items
        cursor = part.next


def timed(label: str, questions: Sequence[Callable[[], Any]], rest: str = "") -> list[Any]:
    """Asks the questions one after the other and prints how long they took; returns the answers."""
    answers, times = [], []
    for question in questions:
        started = time.perf_counter()
        answers.append(question())
        times.append((time.perf_counter() - started) * 1000)
    times.sort()
    at = [times[min(len(times) - 1, int(len(times) * share))] for share in (0.5, 0.95, 0.99)]
    print(f"{label:38}{len(times):6} {at[0]:7.2f} {at[1]:7.2f} {at[2]:7.2f}  {rest}", end="", flush=True)
    return answers


def look_up(search: Search, label: str, asked: Iterable[tuple[str, dict[str, Any]]]) -> None:
    """Prints the share of questions whose first medicine is the right one, or one of the same name."""
    asked = list(asked)
    found = timed(label, [lambda query=query: search.search(query) for query, _ in asked])
    right = 0
    for (query, wanted), results in zip(asked, found, strict=True):
        first = next((item for item in results.items if item["kind"] == "medicine"), None)
        if first is not None:
            names = {squeezed(name) for part in names_in(first["name"]) for name in part}
            right += first["product_number"] == wanted["product_number"] or bool(
                {squeezed(short(wanted)), squeezed(query)} & names
            )
    print(f"{100 * right / max(len(asked), 1):6.2f} % right first")


def question_of_texts(chance: random.Random) -> str:
    """A question to the texts of documents, as somebody might ask it."""
    words = " ".join(chance.sample(TEXT_WORDS, chance.randint(1, 3)))
    before = ("", "", f"section:{chance.choice(['4.1', '4.8', '5.1', 'leaflet'])} ", "status:withdrawn ", "atc:L04 ")
    return chance.choice(before) + words


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the data folder of a filled store")
    database = Database(load_settings(data=parser.parse_args().data).database)
    chance = random.Random(7)
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        entries = Index(Path(folder)).follow(database)
        print(f"index of {entries:,} entries made in {time.perf_counter() - started:.1f} s")
        started = time.perf_counter()
        Index(Path(folder)).follow(database)
        print(f"found up to date in {(time.perf_counter() - started) * 1000:.0f} ms")
        search = Search(Path(folder))
        medicines = all_medicines(search)
        print(f"{'':38}{'asked':>6} {'median':>7} {'95 %':>7} {'99 %':>7}  ms")

        look_up(search, "names", [(item["name"], item) for item in medicines])
        look_up(search, "names in small letters, no brackets", [(short(item).lower(), item) for item in medicines])
        former = [(name, item) for item in medicines for name in names_in(item["name"])[1]]
        look_up(search, "former names", former)
        spellings: dict[str, Callable[[str], str]] = {
            "with slashes": lambda number: number,
            "with hyphens": lambda number: number.replace("/", "-"),
            "small, blanks": lambda number: number.lower().replace("/", " "),
            "without zeros": lambda number: number[: number.rindex("/") + 1] + number.rpartition("/")[2].lstrip("0"),
            "run together": lambda number: number.replace("/", ""),
        }
        for name, spell in spellings.items():
            look_up(search, f"product numbers {name}", [(spell(item["product_number"]), item) for item in medicines])
        eu = [(number, item) for item in medicines for number in item["eu_numbers"]]
        if eu:
            look_up(search, "EU numbers", eu)
            look_up(
                search, "EU numbers with pack, hyphens", [(f"{one}/001".replace("/", "-"), item) for one, item in eu]
            )
        long = [item for item in medicines if len(squeezed(short(item))) >= 4]
        look_up(search, "names with one error", [(mistyped(short(item).lower(), chance), item) for item in long])
        longer = [item for item in long if len(squeezed(short(item))) >= 8]
        look_up(
            search,
            "names of 8 letters up, two errors",
            [(mistyped(mistyped(short(item).lower(), chance), chance), item) for item in longer],
        )

        facets = search.medicines(facet_values=300).facets
        areas = [facet["label"] for facet in facets["area"]]

        def filters() -> Filters:
            chosen = {
                facet: (chance.choice(facets[facet])["value"],) for facet in chance.sample(FACETS, chance.randrange(4))
            }
            if chance.random() < 0.2:
                chosen[chance.choice(YEARS)] = (str(chance.randint(1995, 2036)),)
            return Filters(**chosen, q=chance.choice(["", "", "cancer", "insulin", chance.choice(areas)]))

        asked = [filters() for _ in range(QUESTIONS)]
        timed(
            "lists of 100 with filters and facets", [lambda one=one: search.medicines(one, limit=100) for one in asked]
        )
        print()
        timed("pictures, whole", [lambda one=one: counted(search, one, Filters()) for one in PICTURES.values()] * 5)
        print()
        timed("areas as words", [lambda one=one: search.search(one) for one in areas])
        print()
        begun = [short(item)[: chance.randrange(1, 7)] for item in medicines]
        timed("suggestions", [lambda one=one: search.suggest(one) for one in begun])
        print()
        started = time.perf_counter()
        written = PassageIndex(Path(folder)).follow(database)
        if written:
            print(f"\nindex of the texts of {written:,} medicines made in {time.perf_counter() - started:.1f} s")
            texts = Passages(Path(folder), search)
            asked_texts = [question_of_texts(chance) for _ in range(QUESTIONS // 4)]
            timed("questions to the texts", [lambda one=one: texts.search(one) for one in asked_texts])
            print()


if __name__ == "__main__":
    main()
