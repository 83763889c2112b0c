"""The numbers of an outline among all numbers that stand before headings."""

from medpath.documents.numbering import Number, ordered


def chosen(*numbers: str, listed: tuple[str, ...] = ()) -> list[str]:
    given = [Number(place, tuple(map(int, one.split("."))), one in listed) for place, one in enumerate(numbers)]
    return [numbers[place] for place in sorted(ordered(given))]


def test_numbers_in_order_are_the_outline():
    assert chosen("1", "1.1", "1.2", "2", "2.1", "2.1.1", "3") == ["1", "1.1", "1.2", "2", "2.1", "2.1.1", "3"]


def test_a_number_that_goes_ahead_or_back_is_left_out():
    assert chosen("2", "2.1", "4.8", "5.1", "2.2", "1", "2.3", "3") == ["2", "2.1", "2.2", "2.3", "3"]


def test_what_the_list_of_contents_names_counts_more():
    assert chosen("1", "2", "3", "1", "2", listed=()) == ["1", "2", "3"]
    assert chosen("4.1", "4.2", "1", "2", listed=("1", "2")) == ["1", "2"]


def test_missing_numbers_do_not_end_the_order():
    assert chosen("1", "1.3", "3.2") == ["1", "1.3", "3.2"]
    assert chosen() == []
