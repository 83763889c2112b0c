"""What EMA prints around its reports, and what only looks like it."""

from medpath.documents.blocks import Block
from medpath.documents.letterhead import printed_around


def around(*texts: str, page: int = 1) -> list[str]:
    blocks = [Block("paragraph", text, place, page=page) for place, text in enumerate(texts, 1)]
    return [texts[index] for index in sorted(printed_around(blocks))]


def test_the_address_is_recognised_in_pieces_and_in_one_line():
    pieces = (
        "30 Churchill Place",
        "●",
        "Canary Wharf",
        "London E14 5EU",
        "United Kingdom",
        "Telephone",
        "+44 (0)20 3660 6000",
    )
    assert around("A sentence.", *pieces, "Another.") == list(pieces)
    line = "Official address Domenico Scarlattilaan 6 ● 1083 HS Amsterdam ● The Netherlands"
    assert around("A.", line, "B.") == [line]


def test_words_of_an_address_without_an_address_stay():
    assert around("A.", "United Kingdom", "The Netherlands", "B.") == []
    assert around("A.", "The trial took place in Amsterdam, The Netherlands.", "B.") == []


def test_running_heads_and_the_number_of_the_page_go():
    blocks = [
        Block("paragraph", "Some words.", 1, page=11),
        Block("paragraph", "Assessment report EMA/CHMP/1/2012 Page 11/80", 2, page=11),
        Block("paragraph", "12", 3, page=12),
        Block("paragraph", "Page one of the diary was lost.", 4, page=12),
        Block("paragraph", "13", 5, page=12),
        Block("paragraph", "End.", 6, page=12),
    ]
    assert printed_around(blocks) == {1, 2}
