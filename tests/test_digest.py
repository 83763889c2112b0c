"""A digest, as it is pasted into a report."""

from typing import Any

from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from medpath.digest import Digest, as_html, as_markdown
from medpath.translations.language import language

MEDICINE = "ema:medicine:EMEA-H-C-000001"
ATTACK = "<script>alert(1)</script> [a](javascript:x) **b** ~~c~~ `d` & <img src=x>"


def change(kind: str, field: str, before: Any, after: Any, **more: Any) -> dict[str, Any]:
    told = {
        "sequence": 1, "medicine": MEDICINE, "name": "Alpha", "kind": kind, "cause": "source", "date": None,
        "observed_at": "2026-03-14T05:00:00Z", "fields": [{"field": field, "before": before, "after": after}],
        "versions": [1, 2], "dataset": "ema.medicines", "url": "/medicines/EMEA-H-C-000001/history#2",
    }  # fmt: skip
    return told | more


def digest(*changes: dict[str, Any], status: str = "authorised", **more: Any) -> Digest:
    given: dict[str, Any] = {
        "changes": changes, "statuses": {MEDICINE: {"code": status}}, "since": "2026-03-01", "until": None,
        "data_date": "2026-03-14T05:00:00Z", "sources": ["Source: European Medicines Agency"],
    }  # fmt: skip
    return Digest(**(given | more))


def test_days_medicines_kinds_sources_and_the_date_of_the_data_are_told() -> None:
    made = as_markdown(
        language("en"),
        digest(
            change("holder-changed", "holder", "A", "B"),
            change("status-changed", "status.code", "authorised", "withdrawn", date="2026-02-28"),
            status="withdrawn",
        ),
    )
    assert made.splitlines()[0] == "# Changes of medicines since 1 March 2026"
    assert "2 changes of 1 medicine" in made
    assert made[made.index("## 14 March") :].startswith(
        "## 14 March 2026\n\n### Alpha (Withdrawn)\n\n"
        "- **Marketing authorisation withdrawn** (stated for 28 February 2026)\n  - Status: Authorised → Withdrawn\n"
        "- **Holder changed**\n  - Marketing authorisation holder: A → B\n"
    )
    assert "Source: European Medicines Agency" in made
    assert "Date of the data: 14 March 2026, 05:00 UTC, the newest list of EMA that was read." in made


def test_a_long_text_shows_what_went_and_what_came() -> None:
    one = change("indication-changed", "therapeutic_indication", "for adults here", "for children here")
    assert "for ~~adults~~ **children** here" in as_markdown(language("en"), digest(one))
    html = LexborHTMLParser(as_html(language("en"), digest(one)))
    assert [html.css_first(tag).text() for tag in ("del", "ins")] == ["adults", "children"]


def test_without_an_address_of_its_own_the_register_links_the_publishers_page() -> None:
    given = digest(change("holder-changed", "holder", "A", "B"), pages={MEDICINE: "https://example.org/alpha"})
    assert "### [Alpha](https://example.org/alpha)\n" in as_markdown(language("en"), given)
    assert LexborHTMLParser(as_html(language("en"), given)).css_first("h3 a").attributes["href"].endswith("/alpha")


def test_nothing_that_a_source_says_becomes_markup() -> None:
    hostile = [
        change("name-changed", "name", ATTACK, ATTACK + "x", name=ATTACK),
        change("indication-changed", "therapeutic_indication", ATTACK, ATTACK + " y", name=ATTACK),
    ]
    rendered = MarkdownIt("commonmark", {"html": True}).enable("strikethrough")
    for html in (
        as_html(language("en"), digest(*hostile)),
        rendered.render(as_markdown(language("en"), digest(*hostile))),
    ):
        page = LexborHTMLParser(html)
        assert page.css("script, img, a, code") == []
        assert ATTACK in " ".join(page.text().split())


def test_addresses_are_there_where_the_register_knows_its_own() -> None:
    one = change("holder-changed", "holder", "A", "B")
    address = "https://register.example/zh/medicines/EMEA-H-C-000001/history#2"
    assert f"]({address})" in as_markdown(language("zh"), digest(one, register="https://register.example"))
    html = as_html(language("zh"), digest(one, register="https://register.example"))
    assert f'href="{address}"' in html
    assert '<html lang="zh-Hans">' in html
    assert "持有人" in html
