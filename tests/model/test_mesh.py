"""Places in MeSH's tree, and the names of its tops."""

import pytest

from medpath.model.mesh import BRANCHES, CHINESE, TOPS, is_of_diseases, is_place, places_above


def test_the_places_above_a_place() -> None:
    assert places_above("C14.280.647") == ["C14.280", "C14"]
    assert places_above("C14") == []


@pytest.mark.parametrize("text", ["C14", "C14.280", "F03.600.150"])
def test_what_is_written_as_a_place(text: str) -> None:
    assert is_place(text)


@pytest.mark.parametrize(
    "text", ["", "c14", "C14.", "C14.28", "C1", "cystic-fibrosis", "C14.280/x", "C14" + ".280" * 99, "C٣٤"]
)
def test_what_is_none(text: str) -> None:
    assert not is_place(text)


def test_every_top_has_a_name_in_both_languages() -> None:
    assert set(TOPS) <= set(BRANCHES) == set(CHINESE)
    assert all(is_place(place) and "." not in place for place in BRANCHES)
    assert is_of_diseases("F03.1")
    assert not is_of_diseases("E01")
