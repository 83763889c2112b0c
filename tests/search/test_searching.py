"""Searching the sample: look-ups, order, filters, facets, continued lists, and questions that mean harm."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medpath.errors import UsageError
from medpath.model import atc
from medpath.model.names import slug
from medpath.search.searching import Filters, Results, Search

ALOFISEL, HUMIRA, CIMZIA = "EMEA/H/C/004258", "EMEA/H/C/000481", "EMEA/H/C/001037"


def first_medicine(found: Results) -> str | None:
    return next((item["product_number"] for item in found.items if item["kind"] == "medicine"), None)


def numbers(found: Results) -> list[str]:
    return [item["product_number"] for item in found.items]


@pytest.fixture(scope="module")
def everything(search: Search) -> list[dict[str, Any]]:
    """The items of all medicines."""
    return search.medicines(limit=1000).items


@pytest.mark.parametrize(
    "query",
    [
        "Alofisel", "alofisel", "ALOFISEL", "alo-fisel", "Alofisél", "EMEA/H/C/004258", "emea-h-c-004258",
        "EMEA H C 4258", "h/c/4258", "004258", "4258", "EU/1/17/1261", "eu 1 17 1261", "EU/1/17/1261/001",
        "EMEA/H/C/004258/II/0044/G",
    ],
)  # fmt: skip
def test_a_name_or_number_in_any_spelling_finds_its_medicine_first(search: Search, query: str) -> None:
    found = search.search(query)
    assert first_medicine(found) == ALOFISEL
    assert found.items[0]["matched"] in ("name", "number")


def test_an_item_is_what_the_contract_says(search: Search) -> None:
    item = search.search("Alofisel").items[0]
    assert item == {
        "kind": "medicine",
        "id": "ema:medicine:EMEA-H-C-004258",
        "product_number": ALOFISEL,
        "name": "Alofisel",
        "status": {"code": "withdrawn", "source_value": "Withdrawn", "date": "2024-12-13"},
        "category": "human",
        "active_substances": ["darvadstrocel"],
        "atc": ["L04"],
        "therapeutic_areas": ["Rectal Fistula"],
        "holder": "Takeda Pharma A/S",
        "eu_numbers": ["EU/1/17/1261"],
        "flags": ["advanced_therapy"],
        "marketing_authorisation_date": "2018-03-23",
        "last_updated": item["last_updated"],
        "no_longer_listed_at": None,
        "matched": "name",
        "url": "/medicines/EMEA-H-C-004258",
    }


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("humria", HUMIRA),
        ("humera", HUMIRA),
        ("alofissel", ALOFISEL),
        ("alfoisle", ALOFISEL),
        ("clopidogrel zentva", "EMEA/H/C/000975"),
        ("zolgesma", "EMEA/H/C/004750"),
    ],
)
def test_one_or_two_typing_errors_still_find_it_and_are_said(search: Search, query: str, number: str) -> None:
    found = search.search(query)
    assert first_medicine(found) == number
    assert [part["as"] for part in found.understood] == ["spelling"]
    assert found.understood[0]["text"] == query


def test_a_former_name_finds_the_medicine_of_today(search: Search) -> None:
    found = search.search("Tofidence")
    assert first_medicine(found) == "EMEA/H/C/005984"
    assert found.items[0]["matched"] == "former-name"


def test_the_authorised_comes_before_the_other_of_the_same_name(search: Search) -> None:
    found = search.search("cimzia", kind="medicine")
    assert [item["status"]["code"] for item in found.items] == ["authorised", "refused"]


def test_a_substance_finds_its_page_then_its_medicines_the_authorised_first(search: Search) -> None:
    found = search.search("adalimumab")
    assert (found.items[0]["kind"], found.items[0]["medicines"], found.items[0]["authorised"]) == ("substance", 6, 4)
    medicines = [item for item in found.items if item["kind"] == "medicine"]
    assert {tuple(item["active_substances"]) for item in medicines[:6]} == {("adalimumab",)}
    codes = [item["status"]["code"] for item in medicines[:6]]
    assert codes == sorted(codes, key=lambda code: code != "authorised")


@pytest.mark.parametrize(
    "query", ["免疫抑制剂", "免疫", "Immunosuppressants", "immunosuppressant", "L04", "l04", "L 04"]
)
def test_a_class_is_found_by_code_and_name_in_both_languages(search: Search, query: str) -> None:
    found = search.search(query)
    assert ("atc-class", "L04") in [(item["kind"], item.get("code")) for item in found.items[:4]]
    assert ALOFISEL in [item.get("product_number") for item in search.search(query, limit=100).items]


def test_a_condition_is_found_in_the_words_of_people(search: Search) -> None:
    found = search.search("haemoglobin s disease")
    assert (found.items[0]["kind"], found.items[0]["name"]) == ("condition", "Anemia, Sickle Cell")
    assert found.items[0]["matched"] == "synonym"
    assert first_medicine(found) == "EMEA/H/C/004869"


def test_a_word_is_not_taken_for_the_beginning_of_another_where_it_stands_itself(search: Search) -> None:
    found = search.search("psoria", kind="condition")
    assert [item["name"] for item in found.items][:1] == ["Psoriasis"]
    exact = search.search("arthritis psoriatic", kind="condition")
    assert exact.items[0]["name"] == "Arthritis, Psoriatic"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("biosimilar adalimumab", {"EMEA/H/C/004865", "EMEA/H/C/004429", "EMEA/H/C/005188", "EMEA/H/C/004866"}),
        ("withdrawn adalimumab", {"EMEA/H/C/004866"}),
        ("orphan multiple myeloma", {"EMEA/H/C/004935", "EMEA/H/C/005095"}),
        ("authorised 2025 holder:Novo", {"EMEA/H/C/006279"}),
        ("CAR-T", {"EMEA/H/C/005095", "EMEA/H/C/004090"}),
        ("withdrawn 2024", {ALOFISEL}),
        ("孤儿药 L01XL", {"EMEA/H/C/005095", "EMEA/H/C/004090"}),
        ("veterinary suspended", {"EMEA/V/C/002235"}),
        ("substance:semaglutide", {"EMEA/H/C/006279", "EMEA/H/C/004953"}),
        ('area:"crohn disease" status:refused', {"EMEA/H/C/000740"}),
    ],
)
def test_mixtures_find_just_what_they_say(search: Search, query: str, expected: set[str]) -> None:
    found = search.search(query, limit=100)
    assert {item["product_number"] for item in found.items} == expected
    assert found.total == len(expected)
    assert found.understood


def test_advanced_therapies_that_only_mention_the_words_are_no_car_t(search: Search) -> None:
    names = [item["name"] for item in search.search("CAR-T", limit=100).items]
    assert "Zolgensma" not in names
    assert "Alofisel" not in names


def test_a_status_and_words_without_any_fit_say_what_is_nearest(search: Search) -> None:
    found = search.search("withdrawn CAR-T")
    assert (found.total, found.items, found.next) == (0, [], None)
    assert [(part["as"], part["value"]) for part in found.understood] == [("status", "withdrawn"), ("wording", "car-t")]
    assert {"as": "without", "query": "CAR-T", "total": 2} in found.nearest


def test_nothing_is_invented_for_words_that_nobody_has(search: Search) -> None:
    found = search.search("qqxxyyzz")
    assert (found.total, found.items) == (0, [])


def test_a_phrase_must_stand_as_it_is(search: Search) -> None:
    together = search.search('"crohn disease"', kind="medicine")
    assert {item["name"] for item in together.items} >= {"Cimzia", "Humira"}
    assert search.search('"disease crohn"', kind="medicine").total == 0
    assert search.search("disease crohn", kind="medicine").total > 0
    assert search.search('"COVID-19"', kind="medicine").total == search.search('"covid 19"', kind="medicine").total > 0


def test_documents_are_found_and_come_last(search: Search) -> None:
    found = search.search("alofisel", limit=100)
    kinds = [item["kind"] for item in found.items]
    assert kinds[0] == "medicine"
    assert kinds.count("document") == 9
    assert set(kinds[-9:]) == {"document"}
    document = found.items[-1]
    assert document["medicine"]["product_number"] == ALOFISEL
    assert document["medicine"]["status"]["code"] == "withdrawn"
    assert {facet["value"]: facet["count"] for facet in found.facets["kind"]} == Counter(kinds)


# -- lists


def fits(item: dict[str, Any], filters: Filters) -> bool:
    """Whether a medicine fits the filters, worked out from what is shown of it."""
    codes = {above for code in item["atc"] for above in atc.ancestors(code)}
    return all(
        not wanted or set(wanted) & has
        for wanted, has in (
            (filters.status, {item["status"]["code"]}),
            (filters.category, {item["category"]}),
            (filters.atc, codes),
            (filters.area, {slug(name) for name in item["therapeutic_areas"]}),
            (filters.substance, {slug(name) for name in item["active_substances"]}),
            (filters.organisation, {slug(item["holder"])} if item["holder"] else set()),
            (filters.flag, set(item["flags"])),
            (filters.year, {(item["marketing_authorisation_date"] or "")[:4]}),
        )
    )


def some(*values: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=2, unique=True).map(tuple)


@settings(max_examples=60, deadline=None)
@given(
    filters=st.builds(
        Filters,
        status=some("authorised", "withdrawn", "refused", "opinion"),
        category=some("human", "veterinary"),
        atc=some("L", "L04", "L04AB", "A10", "QI02"),
        area=some("psoriasis", "multiple-myeloma"),
        substance=some("adalimumab", "semaglutide"),
        organisation=some("sandoz-gmbh", "novo-nordisk-a-s"),
        flag=some("orphan", "biosimilar", "additional_monitoring"),
        year=some("2018", "2025"),
    )
)
def test_totals_and_facets_are_what_counting_by_hand_gives(
    search: Search, everything: list[dict[str, Any]], filters: Filters
) -> None:
    found = search.medicines(filters, limit=1000, facet_values=1000)
    expected = [item["product_number"] for item in everything if fits(item, filters)]
    assert numbers(found) == expected
    assert found.total == len(expected)

    without_status = [item for item in everything if fits(item, Filters(**{**vars(filters), "status": ()}))]
    statuses = Counter(item["status"]["code"] for item in without_status)
    statuses.update(dict.fromkeys(filters.status, 0))
    assert {facet["value"]: facet["count"] for facet in found.facets["status"]} == statuses

    without_class = [item for item in everything if fits(item, Filters(**{**vars(filters), "atc": ()}))]
    classes = Counter(
        code for item in without_class for code in {above for one in item["atc"] for above in atc.ancestors(one)}
    )
    shown = {facet["value"]: facet["count"] for facet in found.facets["atc"]}
    assert all(classes[code] == count for code, count in shown.items())
    assert {code for code in classes if atc.level(code) <= 2} <= set(shown)
    for chosen in filters.atc:
        below = {code for code in classes if code.startswith(chosen) and atc.level(code) == atc.level(chosen) + 1}
        assert below <= set(shown)

    fitting = [item for item in everything if fits(item, filters)]
    if not filters.area:
        areas = Counter(slug(name) for item in fitting for name in item["therapeutic_areas"])
        assert {facet["value"]: facet["count"] for facet in found.facets["area"]} == areas


def test_facets_carry_names_for_people(search: Search) -> None:
    facets = search.medicines().facets
    classes = {facet["value"]: facet for facet in facets["atc"]}
    assert classes["L04"]["label"] == "Immunosuppressants"
    assert classes["L04"]["names"] == {"en": "Immunosuppressants", "zh": "免疫抑制剂"}
    assert {facet["value"]: facet["label"] for facet in facets["area"]}["crohn-disease"] == "Crohn Disease"


def test_facets_of_many_values_are_cut_but_never_what_is_chosen(search: Search) -> None:
    whole = search.medicines(facet_values=1000).facets["substance"]
    assert len(search.medicines(facet_values=5).facets["substance"]) == 5
    assert search.medicines(facet_values=5).facets["substance"] == whole[:5]
    last = whole[-1]["value"]
    cut = search.medicines(Filters(substance=(last,)), facet_values=5).facets["substance"]
    assert [facet["value"] for facet in cut] == [*(facet["value"] for facet in whole[:5]), last]
    assert search.medicines(facet_values=0).facets == {}


@pytest.mark.parametrize(
    "sort", ["name", "-name", "status", "authorised", "-authorised", "last_updated", "-last_updated", None]
)
@pytest.mark.parametrize("limit", [1, 7, 66])
def test_a_list_in_parts_is_the_whole_list_in_its_order(search: Search, sort: str | None, limit: int) -> None:
    whole = numbers(search.medicines(sort=sort, limit=1000))
    assert len(whole) == len(set(whole)) == 66
    parts: list[str] = []
    cursor = None
    while True:
        part = search.medicines(sort=sort, limit=limit, cursor=cursor, facet_values=0)
        assert part.total == 66
        parts += numbers(part)
        cursor = part.next
        if cursor is None:
            break
    assert parts == whole


def test_sorts_are_what_they_say(search: Search) -> None:
    def values(sort: str, key: str) -> list[str | None]:
        return [item[key] for item in search.medicines(sort=sort, limit=1000).items]

    for sort, key in (("authorised", "marketing_authorisation_date"), ("last_updated", "last_updated")):
        up, down = values(sort, key), values(f"-{sort}", key)
        days = sorted(day for day in up if day)
        assert up == days + [None] * (len(up) - len(days))
        assert down == days[::-1] + [None] * (len(up) - len(days))
    assert (
        numbers(search.medicines(sort="-name", limit=1000)) == numbers(search.medicines(sort="name", limit=1000))[::-1]
    )


@pytest.mark.parametrize("query", ["adalimumab", "arthritis", "a", "humria", "insulin diabetes", ""])
@pytest.mark.parametrize("limit", [1, 3])
def test_results_in_parts_are_the_whole_without_repeats(search: Search, query: str, limit: int) -> None:
    whole = [(item["kind"], item["id"]) for item in search.search(query, limit=1000).items]
    parts: list[tuple[str, str]] = []
    cursor = None
    while True:
        part = search.search(query, limit=limit, cursor=cursor, facet_values=0)
        parts += [(item["kind"], item["id"]) for item in part.items]
        cursor = part.next
        if cursor is None:
            break
    assert parts == whole
    assert len(set(whole)) == len(whole) == part.total


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda search: search.search("x", kind="drug"), "kind"),
        (lambda search: search.search("x", sort="price"), "order"),
        (lambda search: search.search("x", limit=0), "limit"),
        (lambda search: search.search("x", limit=1001), "limit"),
        (lambda search: search.search("x", cursor="nonsense"), "cursor"),
        (lambda search: search.medicines(Filters(status=("gone",))), "gone"),
        (lambda search: search.medicines(Filters(flag=("shiny",))), "shiny"),
        (lambda search: search.medicines(Filters(atc=("L4",))), "ATC"),
        (lambda search: search.medicines(Filters(year=("last",))), "year"),
    ],
)
def test_what_makes_no_sense_is_said_in_a_sentence(search: Search, ask: Any, said: str) -> None:
    with pytest.raises(UsageError, match=said) as refused:
        ask(search)
    assert "\n" not in str(refused.value)


def test_a_cursor_is_for_its_own_question(search: Search) -> None:
    cursor = search.search("arthritis", limit=1).next
    assert cursor
    with pytest.raises(UsageError, match="another question"):
        search.search("psoriasis", limit=1, cursor=cursor)
    with pytest.raises(UsageError, match="another question"):
        search.search("arthritis", limit=1, cursor=cursor, sort="name")


def test_filters_take_codes_in_usual_spellings(search: Search) -> None:
    assert search.medicines(Filters(status=("Withdrawn",), atc=("l04",))).total == 2
    assert search.medicines(Filters(flag=("advanced-therapy",))).total == 5
    assert search.medicines(Filters(status=("unknown",))).total == 0


# -- questions that mean harm

HOSTILE = [
    "", " ", "\x00", "a\x00b", '"', '""', "'", "(", "((((", "a AND", "OR", "NOT x", "+a -b", "*", "a*", "?", "~", "a~2",
    "^", "[a TO b]", "{* TO *}", "by_rank:{a TO *}", "kind:spelling", "kind:state", "item:x", "\\", "\\\\\\", "/regex/",
    "name:/.*/", "status:", "status::", "holder:\"", "year:9999-0000", "year:0000-9999", "<script>alert(1)</script>",
    "'; drop table medicine; --", "../../etc/passwd", "%00", "\ud800", "\U0010ffff", "\u202eabc", "a" * 10_000,
    "a " * 5_000, "\"" * 999, "免" * 5_000, "🤒", "ﷺ" * 500, "a\u0301" * 500, ":" * 500, "holder:a " * 100,
]  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE)
def test_hostile_queries_are_only_text(search: Search, query: str) -> None:
    found = search.search(query)
    assert {item["kind"] for item in found.items} <= {
        "medicine", "substance", "condition", "organisation", "atc-class", "document",
    }  # fmt: skip
    assert len(search.suggest(query)) <= 8
    assert search.medicines(Filters(q=query)).total >= 0


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80), st.sampled_from([None, "medicine", "condition", "document"]))
def test_no_query_raises(search: Search, query: str, kind: str | None) -> None:
    found = search.search(query, kind=kind, limit=3)
    assert found.total >= len(found.items)
    assert (found.next is None) == (found.total <= 3)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["humira", "orphan", "L04", '"', "status:x", "2025", "CAR-T", "(", "免疫", "adalimumap", "in", "*"]
        ),
        max_size=7,
    )
)
def test_no_mixture_raises(search: Search, parts: list[str]) -> None:
    found = search.search(" ".join(parts), limit=2)
    assert (found.next is None) == (found.total <= 2)


def test_orders_of_medicines_leave_only_medicines_and_other_kinds_go_by_name(search: Search) -> None:
    assert {item["kind"] for item in search.search("arthritis", sort="-authorised", limit=100).items} == {"medicine"}
    by_name = search.search("", kind="substance", sort="name", limit=100).items
    assert search.search("", kind="substance", sort="-authorised", limit=100).items == by_name
    days = [item["last_updated"] or item["first_published"] for item in
            search.search("", kind="document", sort="-last_updated", limit=1000).items]  # fmt: skip
    assert days == sorted(days, reverse=True)


def test_a_place_in_meshs_tree_is_an_area_with_all_below_it(search: Search) -> None:
    items = search.medicines(limit=1_000).items
    cancers = {one["slug"] for one in search.search("", kind="condition", limit=1_000).items} & set(
        search.headings(["C04"])["C04"]["conditions"]
    )
    labels = {one["name"] for one in search.search("", kind="condition", limit=1_000).items if one["slug"] in cancers}
    by_hand = {item["id"] for item in items if labels.intersection(item["therapeutic_areas"])}
    found = search.medicines(Filters(area=("C04",)), limit=1_000)
    assert len(by_hand) > 3
    assert {item["id"] for item in found.items} == by_hand
    assert search.counts(Filters(), "mesh")["C04"] == found.total
    wider = search.medicines(Filters(area=("C04", "rectal-fistula")), limit=1_000)
    assert wider.total == found.total + 1
    assert set(search.spelt_out(Filters(area=("C04",))).area) == {"C04", *cancers}
    assert search.medicines(Filters(area=("Z99",))).total == 0


def test_branches_of_mesh_are_a_facet_that_opens_where_one_is_chosen(search: Search) -> None:
    tops = search.medicines().facets["mesh"]
    assert all(one["level"] == 1 for one in tops)
    assert next(one for one in tops if one["value"] == "C04")["label"] == "Neoplasms"
    chosen = search.medicines(Filters(area=("C04.588",))).facets["mesh"]
    assert {one["value"] for one in chosen if one["level"] == 1} == {one["value"] for one in tops}
    assert all(one["value"].startswith("C04.588") for one in chosen if one["level"] > 1)
    assert any(one["level"] == 3 for one in chosen)
    assert "C04.588" not in {one["value"] for one in search.medicines(Filters(area=("C04.588",))).facets["area"]}
