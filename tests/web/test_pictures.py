"""Pictures: the numbers in them are the numbers of the lists."""

import csv
import io
import re
from collections.abc import Callable

import pytest
from selectolax.lexbor import LexborHTMLParser

from medpath.search.pictures import PICTURES
from medpath.web.charts import chart
from tests.lists import authorised
from tests.web.pages import Pages
from tests.web.test_hostile import ATTACK, harmless

FILTERED = [name + query for name in PICTURES for query in ("", "?category=human", "?q=adalimumab")]


@pytest.mark.parametrize("asked", FILTERED)
def test_counts_in_the_picture_are_those_of_the_lists_and_of_the_json(sample: Pages, asked: str) -> None:
    page = sample.get(f"/pictures/{asked}")
    told = sample.client.get(f"/api/v1/pictures/{asked}").json()
    shown = [int(text.replace(",", "")) for text in page.texts("main .counts tbody td")]
    assert shown == [row["count"] for row in told["items"]]
    for link, row in zip(page.links("main .counts tbody a"), told["items"], strict=True):
        assert link == row["url"].removeprefix("/api/v1")
        assert sample.client.get(row["url"]).json()["total"] == row["count"]
    joint = "&" if "?" in asked else "?"
    rows = list(csv.DictReader(io.StringIO(sample.client.get(f"/api/v1/pictures/{asked}{joint}format=csv").text)))
    assert [int(row["count"]) for row in rows] == shown
    assert all(row["source"] and row["data_date"] for row in rows)


@pytest.mark.parametrize("name", ["approvals", "ends"])
def test_rows_and_what_is_left_out_make_the_whole_where_a_medicine_has_one_value(sample: Pages, name: str) -> None:
    told = sample.client.get(f"/api/v1/pictures/{name}").json()
    assert sum(row["count"] for row in told["items"]) + len(told["left_out"]) == told["medicines"]
    assert len(sample.get(f"/pictures/{name}").links("main .columns a")) == len(told["left_out"])


def test_the_chart_is_an_image_with_a_policy_of_its_own(sample: Pages) -> None:
    page = sample.get("/pictures/holders?category=human")
    for address in (page.attribute(".chart img", "src"), page.attribute(".chart source", "srcset")):
        drawn = sample.client.get(address)
        assert drawn.headers["content-type"] == "image/svg+xml"
        assert "unsafe-inline" not in str(drawn.headers.get_list("content-security-policy"))
        assert drawn.text.startswith("<svg")
        policies = drawn.headers.get_list("content-security-policy")
        assert len(policies) == 1, "with the policy of pages beside its own, a chart opened alone has no colours"
        assert "style-src 'sha256-" in policies[0]
        assert drawn.text.count("<rect") == min(25, len(page.texts(".counts tbody tr")))


def test_a_filter_that_a_picture_settles_itself_is_refused_by_the_api(sample: Pages) -> None:
    assert sample.client.get("/api/v1/pictures/classes?status=withdrawn").status_code == 409
    assert sample.client.get("/api/v1/pictures/nothing").status_code == 404
    sample.get("/pictures/nothing", 404)
    sample.get("/pictures/nothing.svg", 404)


def test_hostile_names_are_text_in_table_chart_and_csv(pages_of: Callable[..., Pages]) -> None:
    hostile = dict.fromkeys(
        ("marketing_authorisation_developer_applicant_holder", "therapeutic_area_mesh", "name_of_medicine"), ATTACK
    )
    pages = pages_of({"2026-01-01": [authorised(**hostile)]})
    for name in ("holders", "areas"):
        page = pages.get(f"/pictures/{name}")
        assert "<script>alert" not in page.html
        drawn = pages.client.get(f"/pictures/{name}.svg").text
        assert "<script" not in drawn
        assert "onerror" not in {key for one in LexborHTMLParser(drawn).css("*") for key in one.attributes}
    harmless(pages.get("/pictures"))


def test_signs_that_xml_does_not_have_are_left_out() -> None:
    drawn = chart([("a\x00b\x1fc", 3)], "t", "en", years=False, narrow=True).decode()
    assert "abc" in drawn
    assert not re.search(r"[\x00-\x08]", drawn)
