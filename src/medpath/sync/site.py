"""A sync from a site: EMA's (and every other publisher's own), or a mirror of them.

Reports come first, then pages within their budget, then files of documents within theirs. Each fails singly, and
the old data stay. What is stored names the publisher's own addresses, so that a mirror, a folder and the site give
one store.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack
from urllib.parse import urlsplit

from medpath.errors import FetchFailed, SourceFailed, UsageError
from medpath.fetch.http import Site
from medpath.model.terms import DOCUMENT_FILES, PAGES
from medpath.model.times import instant
from medpath.settings import Settings
from medpath.sources.facts import Dataset, datasets
from medpath.sync.asked import Seen
from medpath.sync.file_visit import FileVisit
from medpath.sync.outcome import Outcome, SyncResult
from medpath.sync.page_visit import PageVisit
from medpath.sync.store_writer import StoreWriter
from medpath.sync.visit import conditions, say_failed_once, source_file
from medpath.sync.visits import address_of

EMA = "www.ema.europa.eu"


def sync_site(
    origin: str | None,
    wanted: set[str],
    settings: Settings,
    writer: StoreWriter,
    result: SyncResult,
    *,
    pages: bool = True,
    settle: Callable[[], None] = lambda: None,
    progress: Callable[[str, int, int], None] | None = None,
) -> None:
    """Asks for every wanted dataset that has an address.

    ``origin`` is a base URL at which everything is asked; None asks each publisher at home. ``settle``
    is called when the reports are written, and now and then while pages come, to make them visible;
    ``progress`` with ("pages" or "documents", done, of how many). Raises UsageError for an origin that is no
    address, and where nothing that is wanted can be asked for.
    """
    reports = [
        dataset
        for name, dataset in datasets().items()
        if name in wanted
        and dataset.kind in ("report", "vocabulary")
        and dataset.url.startswith(("http://", "https://"))
    ]
    visited = [name for name in (PAGES, DOCUMENT_FILES) if pages and name in wanted and name in datasets()]
    if not reports and not visited:
        raise UsageError(
            f"{', '.join(sorted(wanted)) or 'Nothing'} can't be fetched from a site; give the folder of its files "
            "with --from PATH."
        )
    with ExitStack() as stack:
        sites = _Sites(origin, settings, stack)
        told: set[str] = set()
        for dataset in reports:
            _report(sites.of(dataset.url), dataset, settings, writer, result, told)
        written = bool(reports)
        for name in visited:
            if written:
                settle()  # what to ask for next stands in what was composed
            dataset = datasets()[name]
            kind = PageVisit if name == PAGES else FileVisit
            visit = kind(sites.of(address_of(dataset, "/")), dataset, settings, writer, result)
            visit.all(settle, progress, told)
            written = True


class _Sites:
    """The sites that are asked in this run, each once."""

    def __init__(self, origin: str | None, settings: Settings, stack: ExitStack) -> None:
        self._origin, self._settings, self._stack = origin, settings, stack
        self._until = time.monotonic() + settings.run_seconds
        self._sites: dict[str, Site] = {}
        if origin is not None:
            self._site(origin, frozenset())

    def of(self, url: str) -> Site:
        """The site where the publisher's address is asked."""
        if self._origin is not None:
            return self._site(self._origin, frozenset())
        parts = urlsplit(url)
        host = parts.hostname or ""
        base = self._settings.ema_url if host == EMA else f"{parts.scheme}://{parts.netloc}"
        bare = host.removeprefix("www.")
        return self._site(base, frozenset({bare, f"www.{bare}"}))

    def _site(self, base: str, hosts: frozenset[str]) -> Site:
        if base not in self._sites:
            self._sites[base] = self._stack.enter_context(Site(base, self._settings, hosts, self._until))
        return self._sites[base]


def _report(
    site: Site, dataset: Dataset, settings: Settings, writer: StoreWriter, result: SyncResult, told: set[str]
) -> None:
    """Asks for one report, reads and writes it. What every further report would fail for is ``told`` once."""
    parts = urlsplit(dataset.url)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    name = parts.path.rsplit("/", 1)[-1] or dataset.url
    kept = conditions(writer.last(dataset, dataset.url), dataset)
    try:
        answer = site.get(
            path, limit=settings.report_limit, interval=settings.report_interval,
            etag=kept.etag if kept else None, last_modified=kept.last_modified if kept else None,
        )  # fmt: skip
        if answer.status in (404, 410):
            raise FetchFailed(f"{site.base}{path} is not there ({answer.status}); the old data are kept.")
        if answer.status == 200 and not answer.data:
            raise FetchFailed(f"{site.base}{path} is empty; the old data are kept.")
    except FetchFailed as problem:
        writer.failed(dataset.name, name, dataset.url, dataset.reader, str(problem))
        say_failed_once(result, dataset, name, str(problem), told)
        return
    at = instant(answer.retrieved_at)
    file = source_file(dataset, name, dataset.url, answer, answer.modified_at)
    try:
        if answer.status == 304:
            writer.unchanged(dataset, name, Seen(dataset.url, at))
        elif kept is not None and kept.sha256 == file.sha256:
            writer.unchanged(dataset, name, Seen(dataset.url, at, answer.etag, answer.last_modified))
        else:
            result.add(Outcome.of(dataset.name, name, writer.write_report(file, dataset, live=True)))
            return
    except SourceFailed as problem:  # the writer has recorded it
        result.say_failed(dataset.name, name, str(problem))
        return
    result.add(Outcome(dataset.name, name, "unchanged"))
