"""What search engines may list: ``/robots.txt`` and the sitemap, each page in every language.

The sitemap needs the register's address from outside; the sample is listed nowhere.
"""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from medpath import urls
from medpath.errors import NotFound
from medpath.http.answers import Content
from medpath.http.state import Stamp, State
from medpath.search.pictures import PICTURES
from medpath.translations.language import language

XML = "application/xml; charset=utf-8"
TEXT = "text/plain; charset=utf-8"
PAGES_IN_PART = 10_000  # each in every language; a part may hold 50,000 addresses (sitemaps.org)
FIXED = (
    "/", "/medicines", "/conditions", "/substances", "/organisations", "/atc",
    "/pictures", *(f"/pictures/{name}" for name in PICTURES),
    "/changes", "/sources", "/quality", "/about",
)  # fmt: skip
PARTS = ("pages", "medicines", "substances", "conditions", "organisations", "classes")
# What is no page, is one reader's own, or goes on and on; lists with a question say themselves not to be followed.
NOT_FOR_ROBOTS = ("/suggest", "/watches", "/offline.json", "/*cursor=", "/*after=")

_KINDS = {"substances": "substance", "conditions": "condition", "organisations": "organisation"}
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def robots(state: State, stamp: Stamp) -> Content:
    """``/robots.txt``: the pages without end are kept from robots, the sitemap is named where there is one."""
    lines = ["User-agent: *"]
    lines += [f"Disallow: {urls.prefixed(path, code)}" for code in urls.LANGUAGES for path in NOT_FOR_ROBOTS]
    if _is_listed(state, stamp):
        lines += ["", f"Sitemap: {state.settings.public_url}/sitemap.xml"]
    return Content(("\n".join(lines) + "\n").encode(), TEXT)


def index(state: State, stamp: Stamp) -> Content:
    """``/sitemap.xml``: the parts. Raises NotFound where the register is listed nowhere."""
    _must_be_listed(state, stamp)
    parts = [
        f"{state.settings.public_url}/sitemap-{name}-{number}.xml"
        for name in PARTS
        for number in range(1, -(-len(addresses(state, name, "en")) // PAGES_IN_PART) + 1)
    ]
    inner = "".join(f"<sitemap><loc>{escape(part)}</loc></sitemap>\n" for part in parts)
    return Content(f'{_HEAD}<sitemapindex xmlns="{_SPACE}">\n{inner}</sitemapindex>\n'.encode(), XML)


def part(state: State, stamp: Stamp, name: str) -> Content:
    """``/sitemap-medicines-1.xml``: a part. Raises NotFound where there is none of that name."""
    _must_be_listed(state, stamp)
    kind, _, number = name.rpartition("-")
    place = int(number) - 1 if number.isascii() and number.isdigit() and len(number) < 5 else -1
    if kind not in PARTS or place < 0:
        raise NotFound("The sitemap has no such part.")
    from_, to = place * PAGES_IN_PART, (place + 1) * PAGES_IN_PART
    tongues = [
        (language(code).tag, [state.settings.public_url + one for one in addresses(state, kind, code)[from_:to]])
        for code in urls.LANGUAGES
    ]
    if not tongues[0][1]:
        raise NotFound("The sitemap has no such part.")
    written = []
    for same in zip(*(found for _, found in tongues), strict=True):
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{tag}" href={quoteattr(address)}/>'
            for tag, address in [*zip((tag for tag, _ in tongues), same, strict=True), ("x-default", same[0])]
        )
        written += [f"<url><loc>{escape(address)}</loc>{links}</url>\n" for address in same]
    begin = f'<urlset xmlns="{_SPACE}" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
    return Content(f"{_HEAD}{begin}{''.join(written)}</urlset>\n".encode(), XML)


def addresses(state: State, part: str, code: str) -> list[str]:
    """The addresses of a part of the sitemap in a language, in a lasting order."""
    if part == "pages":
        return [urls.prefixed(path, code) for path in FIXED]
    if part == "medicines":
        return [urls.medicine(number, code) for number in state.register.numbers()]
    if part == "classes":
        return [urls.atc_class(one, code) for one in state.register.atc_classes()]
    kind = _KINDS[part]
    return [urls.ENTITY_PATHS[kind](one["slug"], code) for one in state.register.entities(kind)]


def _is_listed(state: State, stamp: Stamp) -> bool:
    return bool(state.settings.public_url) and not stamp.store.sample


def _must_be_listed(state: State, stamp: Stamp) -> None:
    if not _is_listed(state, stamp):
        raise NotFound("There is no sitemap: it needs MEDPATH_PUBLIC_URL, and sample data have none.")
