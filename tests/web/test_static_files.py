"""Style and script: kept for a year, found only under the mark of their contents."""

import gzip

from medpath.web.static_files import address_of, static_files
from tests.web.pages import Pages


def test_a_file_is_kept_for_a_year_and_compressed(sample: Pages) -> None:
    page = sample.get(address_of("style.css"))
    assert page.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert page.headers["content-type"] == "text/css; charset=utf-8"
    assert page.headers["content-encoding"] == "gzip"
    assert page.html == static_files()["style.css"].body.decode()


def test_it_is_answered_304_where_the_browser_has_it(sample: Pages) -> None:
    etag = sample.get(address_of("suggestions.js")).headers["etag"]
    answer = sample.client.get(address_of("suggestions.js"), headers={"if-none-match": etag})
    assert answer.status_code == 304


def test_an_old_mark_is_not_found(sample: Pages) -> None:
    sample.get("/static/style.000000000000.css", 404)
    sample.get("/static/..%2f..%2fpage.py", 404)


def test_all_files_together_are_small() -> None:
    assert sum(len(gzip.compress(file.body)) for file in static_files().values()) < 9_000
