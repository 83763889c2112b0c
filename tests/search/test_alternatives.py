"""Medicines that share a substance or a code: the authorised of one category, each once, by name."""

from medpath.search.searching import Filters, Search


def names(search: Search, substance: str | None, codes: list[str], limit: int = 50) -> list[str]:
    return [item["name"] for item in search.sharing("human", substance, codes, limit)[0]]


def test_they_are_those_of_the_list_with_that_substance_or_code(search: Search) -> None:
    authorised = {"status": ("authorised",), "category": ("human",)}
    by_substance = search.medicines(Filters(**authorised, substance=("adalimumab",))).items
    by_code = search.medicines(Filters(**authorised, atc=("L04AB05",))).items
    assert by_substance
    assert by_code
    expected = sorted({one["name"] for one in by_substance} | {one["name"] for one in by_code}, key=str.casefold)
    assert names(search, "adalimumab", ["L04AB04", "L04AB05"]) == expected


def test_it_is_said_where_there_are_more(search: Search) -> None:
    few, more = search.sharing("human", "adalimumab", [], 1)
    assert (len(few), more) == (1, True)
    assert search.sharing("human", "adalimumab", [], 50)[1] is False


def test_nothing_is_shared_with_nothing(search: Search) -> None:
    assert search.sharing("human", None, [], 50) == ([], False)
    assert names(search, "no-such-substance", ["L04AB04 OR status:refused"]) == []
