"""What the register says of itself."""

from tests.web.pages import Pages


def test_it_says_what_it_is_for_and_what_not(sample: Pages) -> None:
    text = sample.get("/about").text("main")
    assert "It gives no medical advice." in text
    assert "no medical device" in text
    assert "not yet been proven on EMA's own markup" in text
    assert "Apache-2.0" in text


def test_every_publisher_is_named_with_its_terms(sample: Pages) -> None:
    page = sample.get("/about")
    datasets = sample.client.get("/api/v1/datasets").json()["items"]
    assert {one["publisher"] for one in datasets} == set(page.facts())
    assert {one["licence_url"] for one in datasets} <= set(page.links("dl.facts a"))
