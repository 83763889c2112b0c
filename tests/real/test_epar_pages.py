"""All EMA pages that are held, read from the Markdown conversion and, some of them, from the mirror's HTML."""

from __future__ import annotations

import random
import sys
import urllib.request
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from medpath.fetch.files import SourceFile
from medpath.fetch.folder import load
from medpath.fetch.snapshots import members
from medpath.model.records import Report
from medpath.model.terms import ENDED
from medpath.sources.ema import epar_pages, medicines
from medpath.sources.recognise import recognise

NEWEST = "epar_pages_md_2026-08-17.tar.gz"
ARCHIVES = {
    NEWEST: 2090,
    "epar_pages_md_2026-01-06_pages-that-changed-later.tar.gz": 800,
    "epar_pages_md_2026-04-30_pages-that-changed-later.tar.gz": 459,
}
PLACE = "/en/medicines/human/EPAR/"


class Pages:
    """The pages of an archive: bodies by path, and all issues."""

    def __init__(self, path: Path) -> None:
        self.rows = self.rejected = 0
        self.bodies: dict[str, dict[str, Any]] = {}
        self.issues: list[tuple[str, str]] = []
        for name, data in members(load(path, path.name), path.name):
            found = recognise(data, name)
            assert found is not None, name
            self.add(found.url, data)

    def add(self, url: str, data: bytes) -> None:
        report = Report("ema.epar_pages")
        for record in epar_pages.read(SourceFile("ema.epar_pages", url, url, data), report):
            assert record.key not in self.bodies
            self.bodies[record.key] = record.body
        self.rows += report.rows
        self.rejected += report.rejected
        self.issues += [(issue.code, url) for issue in report.issues]

    def body(self, slug: str) -> dict[str, Any]:
        return self.bodies[PLACE + slug]

    def documents(self) -> list[dict[str, Any]]:
        return [document for body in self.bodies.values() for document in body["documents"]]


@pytest.fixture(scope="module")
def archives(shared: Path) -> dict[str, Pages]:
    """Every archive of pages, read once."""
    return {name: Pages(shared / "data" / "ema" / "epar_pages" / name) for name in ARCHIVES}


@pytest.fixture(scope="module")
def newest(archives: dict[str, Pages]) -> Pages:
    """The pages of August 2026."""
    return archives[NEWEST]


def test_every_page_is_a_record_or_rejected(archives: dict[str, Pages]) -> None:
    for name, pages in archives.items():
        assert pages.rows == ARCHIVES[name] == len(pages.bodies) + pages.rejected
        assert pages.rejected == 0


def test_what_the_reader_finds_wrong_is_known(archives: dict[str, Pages]) -> None:
    """Few, and each looked at: slips of EMA's, or of the conversion."""
    assert Counter(code for pages in archives.values() for code, _ in pages.issues) == {
        "holder-run-together": 8,  # names without a legal form, before the first line of the address
        "bad-atc-code": 5,  # VO4D, LX1XX02, L01XE3
        "doubled-question": 5,
        "unknown-section": 4,  # "Relatd content", "Mora information", "Other information"
        "updated-before-published": 4,
        "doubled-document": 3,
        "no-translation": 2,  # 24 languages, each with the English file
        "bad-date": 1,  # the year 0023
        "future-day": 1,
        "repaired-number": 1,
        "unusual-section": 1,
    }


def test_statuses_and_the_sentences_about_them(newest: Pages) -> None:
    bodies = newest.bodies.values()
    assert Counter(body["status"]["code"] for body in bodies) == {
        "authorised": 1412,
        "withdrawn": 333,
        "application-withdrawn": 237,
        "refused": 52,
        "lapsed": 24,
        "expired": 15,
        "revoked": 8,
        "opinion": 4,
        "opinion-under-re-examination": 2,
        "withdrawn-from-rolling-review": 2,
        "suspended": 1,
    }
    assert len({(body["status"]["code"], *body["status_statement"]) for body in bodies}) == 11
    assert all(len(body["status_statement"]) == 1 for body in bodies)


def test_layouts_and_how_much_of_the_addresses_they_keep(newest: Pages) -> None:
    bodies = newest.bodies.values()
    assert Counter(
        (body["layout"], bool(body["holder_address"]), body["holder_address_complete"]) for body in bodies
    ) == {
        ("inline", True, False): 887,
        ("inline", True, True): 259,
        ("inline", False, False): 355,
        ("lines", True, False): 186,
        ("lines", True, True): 113,
        ("lines", False, False): 11,
        ("list", True, True): 261,
        ("list", False, False): 18,
    }


def test_fields_are_filled_as_the_pages_have_them(newest: Pages) -> None:
    bodies = newest.bodies.values()
    filled = {name: sum(body[name] not in (None, []) for body in bodies) for name in (
        "holder", "active_substances", "atc", "therapeutic_indication", "pharmacotherapeutic_group", "revision",
        "latest_procedure", "last_updated",
    )}  # fmt: skip
    dates = {name: sum(body["dates"][name] is not None for body in bodies) for name in next(iter(bodies))["dates"]}
    assert filled == {
        "holder": 2079,
        "active_substances": 2020,
        "atc": 1965,
        "therapeutic_indication": 1792,
        "pharmacotherapeutic_group": 1819,
        "revision": 1684,
        "latest_procedure": 1659,
        "last_updated": 2090,
    }
    assert {name: count for name, count in dates.items() if count} == {
        "opinion_adopted": 1282,
        "marketing_authorisation": 1787,
        "withdrawal_expiry_revocation_lapse": 300,
        "latest_european_commission_decision": 1755,
        "refusal": 50,
        "withdrawal_of_application": 238,
        "start_of_rolling_review": 2,
    }


def test_documents_by_type(newest: Pages) -> None:
    documents = newest.documents()
    assert len(documents) == 20422
    assert Counter(document["type"] for document in documents) == {
        "variation-report": 2778, "procedural-steps-after": 2631, "product-information": 1751, "overview": 1749,
        "all-authorised-presentations": 1741, "assessment-report": 1462, "scientific-conclusion": 1459,
        "smop-initial": 1452, "smop": 1082, "rmp": 683, "rmp-summary": 596, "medicine-qa": 358,
        "scientific-discussion": 335, "procedural-steps": 330, "product-information-tracked-changes": 292,
        "withdrawal-letter": 235, "other": 220, "withdrawal-report": 200, "orphan-maintenance-report": 165,
        "scientific-discussion-variation": 158, "steps-after-cutoff": 139, "covid-19-vaccine-safety-update": 137,
        "pip-compliance": 110, "conditions-member-states": 105, "press-release": 84,
        "orphan-maintenance-report-post": 55, "referral": 34, "opinion-any-scientific-matter": 29,
        "medication-error": 24, "public-statement": 10, "prac-recommendation": 10, "leaflet": 6,
        "amended-product-information": 1, "chmp-annex": 1,
    }  # fmt: skip
    assert all(document["title"] and document["first_published"] for document in documents)


def test_documents_by_group(newest: Pages) -> None:
    assert Counter(document["group"] for document in newest.documents()) == {
        "changes-since-initial-authorisation": 8446,
        "initial-marketing-authorisation": 3744,
        "product-information": 1856,
        "overview": 1749,
        "authorised-presentations": 1741,
        "other": 1607,
        "risk-management-plan": 1279,
    }


def test_no_page_lists_an_address_twice(archives: dict[str, Pages]) -> None:
    for pages in archives.values():
        for body in pages.bodies.values():
            urls = [document["url"] for document in body["documents"]]
            assert len(urls) == len(set(urls))


def test_questions_by_kind_and_number(newest: Pages) -> None:
    bodies = newest.bodies.values()
    kinds = Counter(question["kind"] for body in bodies for question in body["overview"]["questions"])
    assert kinds == {
        "how-does-it-work": 1691, "how-is-it-used": 1414, "why-authorised": 1413, "other-information": 1410,
        "safety-measures": 1230, "benefits": 1185, "risks": 1184, "what-is-it": 778, "how-was-it-studied": 462,
        "what-is-it-used-for": 458, "evidence-presented": 281, "consequences": 263, "reasons-for-withdrawal": 235,
        "stage-of-evaluation": 234, "recommendation-at-the-time": 233, "benefits-and-risks": 228,
        "reasons-for-refusal": 92, "information-awaited": 49, "groups-of-people": 35,
    }  # fmt: skip
    assert all(question["answer"] for body in bodies for question in body["overview"]["questions"])
    numbers = Counter(len(body["overview"]["questions"]) for body in bodies)
    assert (numbers[0], numbers[7], numbers[8]) == (394, 963, 378)
    assert [body["name"] for body in bodies if not body["overview"]["summary"]] == ["Daxas", "Ucedane", "Zinplava"]


def test_medicines_that_ended_lost_their_questions(archives: dict[str, Pages], newest: Pages) -> None:
    ended = [body for body in newest.bodies.values() if body["status"]["code"] in ENDED]
    assert len(ended) == 380
    assert [body["name"] for body in ended if body["overview"]["questions"]] == ["Zynrelef"]
    before = archives["epar_pages_md_2026-01-06_pages-that-changed-later.tar.gz"]
    for slug in ("copiktra", "mimpara", "xevudy"):
        assert before.body(slug)["overview"]["questions"]
        assert not newest.body(slug)["overview"]["questions"]


def test_alofisel(newest: Pages) -> None:
    body = newest.body("alofisel")
    assert (body["product_number"], body["status"]["code"], body["revision"]) == ("EMEA/H/C/004258", "withdrawn", 12)
    assert body["dates"]["withdrawal_expiry_revocation_lapse"] == "2024-12-13"
    assert body["dates"]["latest_european_commission_decision"] == "2023-09-14"
    assert body["flags"]["advanced_therapy"] is True
    assert (body["holder"], body["holder_address"]) == ("Takeda Pharma A/S", ["Delta Park 45"])
    assert body["holder_address_complete"] is False
    assert len(body["overview"]["summary"]) == 2
    assert body["overview"]["questions"] == []
    assert body["links"] == [
        "/en/medicines/human/orphan-designations/eu-3-09-667",
        "/en/medicines/human/paediatric-investigation-plans/emea-001561-pip01-13-m02",
        "/en/medicines/dhpc/alofisel",
    ]
    keys = ("type", "first_published", "last_updated", "reference_number", "status")
    initial, changes = "initial-marketing-authorisation", "changes-since-initial-authorisation"
    assert [(item["group"], *(item[key] for key in keys), len(item["translations"])) for item in body["documents"]] == [
        ("overview", "overview", "2018-04-04", "2025-01-21", "EMA/1380/2018", None, 22),
        ("risk-management-plan", "rmp-summary", "2019-07-29", "2025-01-21", None, None, 0),
        ("product-information", "product-information", "2018-04-04", "2025-01-21", None, None, 24),
        ("authorised-presentations", "all-authorised-presentations", "2018-04-04", "2025-01-21", None, None, 24),
        (changes, "procedural-steps-after", "2018-05-30", "2025-01-21", None, None, 0),
        (changes, "variation-report", "2025-03-26", None, "EMA/598555/2024", None, 0),
        (initial, "orphan-maintenance-report", "2018-04-04", "2025-01-21", "EMA/92608/2018", None, 0),
        (initial, "assessment-report", "2018-04-04", "2025-01-21", "EMA/CHMP/64055/2018", "adopted", 0),
        (initial, "smop-initial", "2017-12-15", "2025-01-21", "EMA/CHMP/815767/2017", "adopted", 0),
    ]


def test_pages_agree_with_the_list_that_was_updated_on_the_same_day(newest: Pages, shared: Path) -> None:
    """What differs was looked at: EMA's own slips, and text that the conversion lost."""
    (table,) = (shared / "data" / "ema" / "tables").glob("*medicines*2026-03-14.xlsx")
    file = SourceFile("ema.medicines", table.name, "", table.read_bytes())
    rows = {row.key: row.body for row in medicines.read(file, Report("ema.medicines"))}
    pairs = [
        (body, rows[body["product_number"]])
        for body in newest.bodies.values()
        if rows.get(body["product_number"], {}).get("last_updated") == body["last_updated"]
    ]
    assert len(pairs) == 1457
    assert differing(pairs, "status") == differing(pairs, "name") == differing(pairs, "url") == 0
    assert [differing(pairs, name) for name in ("inn_or_common_names", "therapeutic_areas", "atc")] == [0, 0, 0]
    assert differing(pairs, "active_substances") == 7  # apostrophes, hyphens, first letters
    assert differing(pairs, "holder") == 9  # "N.V. Organon" for "Organon N.V." seven times, two other companies
    of_dates = [(page["dates"], row["dates"]) for page, row in pairs]
    dates = {name: differing(of_dates, name) for name in of_dates[0][0]}
    assert {name: count for name, count in dates.items() if count} == {
        "opinion_adopted": 2,
        "latest_european_commission_decision": 3,
    }


def differing(pairs: list[tuple[dict[str, Any], dict[str, Any]]], name: str) -> int:
    """How many pairs both state the field, and differently."""
    return sum(
        ours[name] not in (None, []) and theirs[name] not in (None, []) and ours[name] != theirs[name]
        for ours, theirs in pairs
    )


def test_html_gives_the_same_record_but_for_the_holders_lines(newest: Pages, shared: Path) -> None:
    """60 pages of the mirror, which prints the stars and backslashes that it does not read as Markdown."""
    sys.path.insert(0, str(shared / "tools"))
    from ema_mirror import Mirror

    def plain(value: Any) -> str:
        return str(value).replace("*", "").replace("\\", "").replace('"', "'").replace(" ", "")

    chosen = random.Random(7).sample(sorted(newest.bodies), 60)
    with Mirror(limit_rate=0) as site:
        for path in chosen:
            with urllib.request.urlopen(site.url + path) as answer:
                data = answer.read()
            found = recognise(data, path)
            assert found is not None
            report = Report("ema.epar_pages")
            (record,) = epar_pages.read(SourceFile(found.dataset, path, found.url, data), report)
            ours, theirs = dict(record.body), dict(newest.bodies[path])
            for body in (ours, theirs):
                for name in ("layout", "holder_address", "holder_address_complete", "holder_text"):
                    body.pop(name)
            if theirs["holder"] is None:
                ours["holder"] = None
            assert {name for name in ours if plain(ours[name]) != plain(theirs[name])} == set(), path
