"""Which addresses of sources are linked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medpath.web.links import form_of, safe_url


@pytest.mark.parametrize("url", ["https://www.ema.europa.eu/en/x?a=b#c", "http://example.org/"])
def test_addresses_of_the_web_are_followed(url: str) -> None:
    assert safe_url(url) == url


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " https://example.org",
        "https://example.org/a b",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "//example.org/x",
        "/en/x",
        "https://",
        "https://user@example.org/",
        "https://example.org/\"onmouseover='x",
        "https://[::1",
        "https://example.org/" + "a" * 2000,
        "ftp://example.org/",
    ],
)
def test_others_are_shown_as_text(url: str | None) -> None:
    assert safe_url(url) is None


@given(st.text())
def test_what_is_followed_begins_with_http(text: str) -> None:
    assert safe_url(text) is None or text.lower().startswith(("http://", "https://"))


@pytest.mark.parametrize(
    ("url", "form"),
    [
        ("https://x.eu/a_en.pdf", "PDF"),
        ("https://x.eu/a_en.pdf-0", "PDF"),
        ("https://x.eu/a.docx", "Word"),
        ("https://x.eu/a", None),
        ("https://x.eu/a.b/c", None),
    ],
)
def test_the_form_of_a_file_by_its_address(url: str, form: str | None) -> None:
    assert form_of(url) == form
