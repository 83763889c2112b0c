"""Pictures: the numbers in them are the numbers of the lists."""

import csv
import io
import re
from collections.abc import Callable

import pytest
from selectolax.lexbor import LexborHTMLParser

from medpath.search.pictures import PICTURES, quartiles
from medpath.web import charts
from tests.lists import authorised, row
from tests.web.pages import Pages
from tests.web.test_hostile import ATTACK

ENDED = "withdrawal_expiry_revocation_lapse_of_marketing_authorisation_date"
# A picture with a filter that it takes; words are looked for in one of each shape.
FILTERED = [
    *PICTURES,
    "approvals?category=human",
    "pathways?category=human",
    "holders?q=adalimumab",
    "landscape?area=rectal-fistula",
    "decision?flag=orphan",
    "approvals?held=2025",
]


@pytest.mark.parametrize("asked", FILTERED)
def test_counts_in_the_picture_are_those_of_the_lists_and_of_the_json(sample: Pages, asked: str) -> None:
    page = sample.get(f"/pictures/{asked}")
    told = sample.client.get(f"/api/v1/pictures/{asked}").json()
    numbers = [one for row in told["items"] for one in (row, *row["cells"])]
    shown = [int(text.replace(",", "")) for text in page.texts("main .counts tbody .n")]
    assert shown == [one["count"] for one in numbers]
    linked = [one for one in numbers if one["count"]]
    for link, one in zip(page.links("main .counts tbody a"), linked, strict=True):
        assert link == one["url"].removeprefix("/api/v1")
        assert sample.client.get(f"{one['url']}&limit=1").json()["total"] == one["count"]
    if linked:
        shortest = min(linked, key=lambda one: int(one["count"]))
        page = sample.get(shortest["url"].removeprefix("/api/v1"))
        assert page.text(".total").split()[0] == str(shortest["count"])
    joint = "&" if "?" in asked else "?"
    rows = list(csv.DictReader(io.StringIO(sample.client.get(f"/api/v1/pictures/{asked}{joint}format=csv").text)))
    assert [int(row["count"]) for row in rows] == shown
    assert all(row["source"] and row["data_date"] for row in rows)


@pytest.mark.parametrize("name", ["approvals", "ends", "held", "decision", "protection", "exclusivity"])
def test_every_medicine_is_in_a_row_or_left_out_with_a_reason(sample: Pages, name: str) -> None:
    told = sample.client.get(f"/api/v1/pictures/{name}").json()
    left_out = [one["product_number"] for one in told["left_out"]]
    assert len(left_out) == len(set(left_out))
    listed: set[str] = set()
    for one in told["items"]:
        listed |= {item["product_number"] for item in sample.client.get(f"{one['url']}&limit=1000").json()["items"]}
    assert not listed & set(left_out)
    assert len(listed) + len(left_out) == told["medicines"]
    page = sample.get(f"/pictures/{name}")
    assert len(page.links("main .columns a")) == len(left_out)
    reasons = list(dict.fromkeys(one["reason"] for one in told["left_out"]))
    assert len(page.texts("main details:has(.columns) summary")) == len(reasons)


def test_years_follow_from_the_stated_days(pages_of: Callable[..., Pages]) -> None:
    opinion, granted = "opinion_adopted_date", "marketing_authorisation_date"
    rows = [
        authorised(1, **{opinion: "01/02/2019", granted: "02/04/2019"}),
        authorised(2, **{opinion: "01/02/2019", granted: "21/02/2019"}),
        authorised(3, **{opinion: "01/05/2019", granted: "02/04/2019"}),
        authorised(4, **{opinion: "", granted: ""}),
        row(5, **{opinion: "01/02/2015", granted: "02/04/2019", ENDED: "31/12/2021"}),
        row(6, **{opinion: "", granted: "02/04/2019", ENDED: ""}),
        row(7, **{opinion: "", granted: "02/04/2019", ENDED: "01/01/2018"}),
        row(8, **{opinion: "", granted: "02/04/2019", ENDED: "05/05/2019"}),
    ]
    pages = pages_of({"2022-06-01": rows})

    def told(name: str) -> tuple[dict[str, int], dict[str, str]]:
        found = pages.client.get(f"/api/v1/pictures/{name}").json()
        counts = {one["value"]: one["count"] for one in found["items"]}
        return counts, {one["product_number"][-1]: one["reason"] for one in found["left_out"]}

    counts, reasons = told("held")
    assert counts == {"2019": 4, "2020": 4, "2021": 3, "2022": 3}
    assert reasons == {
        "4": "no-authorisation-day",
        "6": "no-end-day",
        "7": "end-before-authorisation",
        "8": "ended-in-its-first-year",
    }
    counts, reasons = told("decision")
    assert counts == {"2019": 2}
    assert reasons == {
        "3": "opinion-after-authorisation",
        "4": "no-authorisation-day",
        "5": "longer-than-three-years",
        **dict.fromkeys("678", "no-opinion-day"),
    }
    days = pages.client.get("/api/v1/pictures/decision").json()["items"][0]["days"]
    assert days == {"shortest": 20, "lower": 30.0, "median": 40.0, "upper": 50.0, "longest": 60}
    ends = pages.client.get("/api/v1/pictures/ends-by-year").json()
    assert [(one["value"], one["count"], one["cells"][0]["count"]) for one in ends["items"]] == [
        ("2018", 1, 1),
        ("2019", 1, 1),
        ("2021", 1, 1),
    ]
    assert "The year 2022 is not over." in pages.get("/pictures/held").text("main")


def test_quartiles_are_taken_in_proportion() -> None:
    found = quartiles({10: 1, 20: 2, 40: 1})
    assert (found.shortest, found.lower, found.median, found.upper, found.longest) == (10, 17.5, 20, 25, 40)
    assert quartiles({7: 1}).median == 7


def test_the_landscape_of_a_condition_is_that_of_its_medicines(sample: Pages) -> None:
    everything = sample.client.get("/api/v1/pictures/landscape").json()
    assert [one["column"] for one in everything["items"][0]["cells"]] == [
        "granted",
        "opinion",
        "refused",
        "application-withdrawn",
        "ended",
    ]
    one = sample.client.get("/api/v1/pictures/landscape?area=rectal-fistula").json()
    ended = {row["value"]: row["cells"][4]["count"] for row in one["items"]}
    assert ended["2024"] == 1
    assert one["medicines"] < everything["medicines"]


@pytest.mark.parametrize("name", PICTURES)
def test_the_chart_is_an_image_with_a_policy_of_its_own(sample: Pages, name: str) -> None:
    page = sample.get(f"/pictures/{name}?category=human" if name == "landscape" else f"/pictures/{name}")
    for element, attribute in ((".chart img", "src"), (".chart source", "srcset")):
        drawn = sample.client.get(page.attribute(element, attribute))
        assert drawn.headers["content-type"] == "image/svg+xml"
        policies = drawn.headers.get_list("content-security-policy")
        assert len(policies) == 1, "with the policy of pages beside its own, a chart opened alone has no colours"
        assert "style-src 'sha256-" in policies[0]
        assert "unsafe-inline" not in policies[0]
        width, height = page.attribute(element, "width"), page.attribute(element, "height")
        assert drawn.text.startswith(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        )


def test_a_chart_draws_each_row(sample: Pages) -> None:
    for name in ("holders", "approvals", "protection"):
        told = sample.client.get(f"/api/v1/pictures/{name}").json()["items"]
        assert sample.client.get(f"/pictures/{name}.svg").text.count("<rect") == min(25, len(told))
    told = sample.client.get("/api/v1/pictures/pathways").json()["items"]
    numbers = [one["count"] for row in told for one in (row, *row["cells"])]
    assert sample.client.get("/pictures/pathways.svg").text.count("<rect") == len(numbers) - numbers.count(0)


def test_the_overview_has_a_glance_at_each_and_is_small(sample: Pages) -> None:
    page = sample.get("/pictures")
    assert page.links("main h2 a") == [f"/pictures/{name}" for name in PICTURES]
    drawn = [sample.client.get(one.attributes["src"] or "") for one in page.tree.css(".chart img")]
    assert len(drawn) == len(PICTURES)
    assert sum(len(one.content) for one in drawn) < 60_000
    told = sample.client.get("/api/v1/pictures").json()
    assert [one["name"] for one in told["items"]] == list(PICTURES)
    assert {one["name"] for one in told["items"] if one["estimate"]} == {"protection", "exclusivity"}


def test_a_list_tells_by_which_years_it_is_filtered(sample: Pages) -> None:
    page = sample.get("/medicines?held=2025&status=authorised&protection=2030")
    assert {
        "Authorised at the end of: 2025 × (take away)",
        "Market protection ends (estimate): 2030 × (take away)",
    } <= {" ".join(text.split()) for text in page.texts(".chips li")}
    assert "rel=alternate type" not in page.html
    assert page.tree.css("link[type='application/atom+xml']") == []


def test_a_filter_that_a_picture_settles_itself_is_refused_by_the_api(sample: Pages) -> None:
    assert sample.client.get("/api/v1/pictures/classes?status=withdrawn").status_code == 409
    assert sample.client.get("/api/v1/pictures/landscape?status_year=2020").status_code == 409
    assert sample.client.get("/api/v1/pictures/nothing").status_code == 404
    sample.get("/pictures/nothing", 404)
    sample.get("/pictures/nothing.svg", 404)
    sample.get("/medicines?held=always", 400)


def test_hostile_names_are_text_in_table_chart_and_csv(pages_of: Callable[..., Pages]) -> None:
    hostile = dict.fromkeys(
        ("marketing_authorisation_developer_applicant_holder", "therapeutic_area_mesh", "name_of_medicine"), ATTACK
    )
    pages = pages_of({"2026-01-01": [authorised(**hostile)]})
    for name in ("holders", "areas", "decision", "protection"):
        page = pages.get(f"/pictures/{name}")
        assert "<script>alert" not in page.html
        drawn = pages.client.get(f"/pictures/{name}.svg").text
        assert "<script" not in drawn
        assert "onerror" not in {key for one in LexborHTMLParser(drawn).css("*") for key in one.attributes}


def test_signs_that_xml_does_not_have_are_left_out() -> None:
    drawn = charts.bars([("a\x00b\x1fc", 3)], "t", "en", narrow=True).decode()
    assert "abc" in drawn
    assert not re.search(r"[\x00-\x08]", drawn)


@pytest.mark.parametrize("name", ["protection", "exclusivity"])
def test_estimates_can_be_had_by_day_and_as_a_list_of_medicines(sample: Pages, name: str) -> None:
    page = sample.get(f"/pictures/{name}")
    named = page.texts("main .plain li a")
    told = sample.client.get(f"/api/v1/pictures/{name}").json()["items"]
    assert len(named) == sum(one["count"] for one in told) > 0
    days = [one.attributes["datetime"] for one in page.tree.css("main .plain li time")]
    assert days == sorted(days)
    address = next(link for link in page.links("main .exports a") if link.startswith("/api/v1/protection?"))
    rows = list(csv.DictReader(io.StringIO(sample.client.get(address).text)))
    column = {"protection": "market_protection_until", "exclusivity": "orphan_exclusivity_until"}[name]
    assert {row["name"]: row[column] for row in rows if row[column]} == dict(zip(named, days, strict=True))
    assert all(row["estimate"] == "true" and row["source"] for row in rows)
    listed = sample.client.get(f"/api/v1/protection?{name}={told[0]['value']}&limit=1").json()
    assert listed["total"] == told[0]["count"]
