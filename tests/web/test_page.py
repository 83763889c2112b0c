"""The frame of a page."""

import pytest

from medpath.errors import UsageError
from medpath.settings import load_settings
from medpath.translations.language import language
from medpath.web.asked import Asked
from medpath.web.page import Frame

HERE = Asked(language("zh"), "/medicines", (("status", "withdrawn"),))


def test_a_page_names_itself_and_itself_in_other_languages() -> None:
    frame = Frame(HERE, "x")
    assert frame.canonical == "/zh/medicines?status=withdrawn"
    assert frame.alternates == [
        ("en", "/medicines?status=withdrawn"),
        ("zh-Hans", "/zh/medicines?status=withdrawn"),
        ("x-default", "/medicines?status=withdrawn"),
    ]
    assert frame.others == [("en", "English", "/medicines?status=withdrawn")]


def test_with_the_public_address_where_that_is_set() -> None:
    frame = Frame(HERE, "x", public_url=load_settings(public_url="https://medpath.example.org/").public_url)
    assert frame.canonical == "https://medpath.example.org/zh/medicines?status=withdrawn"


@pytest.mark.parametrize("address", ["medpath.example.org", "javascript:alert(1)", 'https://x.org/"onload="'])
def test_a_public_address_must_be_one(address: str) -> None:
    with pytest.raises(UsageError, match="MEDPATH_PUBLIC_URL can't be used"):
        load_settings(public_url=address)
