"""A sync from a site: EMA's (and every other publisher's own), or a mirror of them.

Reports come first, then pages within the budget. Each fails singly, and the old data stay. What is
stored names the publisher's own addresses, so that a mirror, a folder and the site give one store.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from urllib.parse import urlsplit

from medpath.errors import FetchFailed, SiteUnavailable, SourceFailed, UsageError
from medpath.fetch.files import SourceFile
from medpath.fetch.http import Answer, Site
from medpath.model.records import MESSAGE_LENGTH, Issue, Severity
from medpath.model.terms import PAGES
from medpath.model.times import instant, moment
from medpath.settings import Settings
from medpath.sources.facts import Dataset, datasets
from medpath.sources.keys import path_of
from medpath.sources.recognise import recognise
from medpath.store.writing import Counts
from medpath.sync.asked import Kept, Seen, Visits
from medpath.sync.outcome import Outcome, Pages, SyncResult
from medpath.sync.store_writer import StoreWriter
from medpath.sync.units import read_unit
from medpath.sync.visits import CHANGED, PAGE, Page, address_of, pages_in_turn

EMA = "www.ema.europa.eu"
GROUP = 10  # pages that are written together
SETTLE_SECONDS = 60.0


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
    ``progress`` with ("pages", done, of how many). Raises UsageError for an origin that is no
    address, and where nothing that is wanted can be asked for.
    """
    reports = [
        dataset
        for name, dataset in datasets().items()
        if name in wanted
        and dataset.kind in ("report", "vocabulary")
        and dataset.url.startswith(("http://", "https://"))
    ]
    visiting = pages and PAGES in wanted and PAGES in datasets()
    if not reports and not visiting:
        raise UsageError(
            f"{', '.join(sorted(wanted)) or 'Nothing'} can't be fetched from a site; give the folder of its files "
            "with --from PATH."
        )
    with ExitStack() as stack:
        sites = _Sites(origin, settings, stack)
        told: set[str] = set()
        for dataset in reports:
            _report(sites.of(dataset.url), dataset, settings, writer, result, told)
        if not visiting:
            return
        if reports:
            settle()
        visit = _Visit(sites.of(address_of(datasets()[PAGES], "/")), datasets()[PAGES], settings, writer, result)
        visit.all(settle, progress, told)


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
    kept = _conditions(writer.last(dataset, dataset.url), dataset)
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
        _say_failed(result, dataset, name, str(problem), told)
        return
    at = instant(answer.retrieved_at)
    file = _source_file(dataset, name, dataset.url, answer, answer.modified_at)
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


def _say_failed(result: SyncResult, dataset: Dataset, name: str, reason: str, told: set[str]) -> None:
    if reason in told:
        result.outcomes.append(Outcome(dataset.name, name, "failed", reason=reason))
    else:
        result.say_failed(dataset.name, name, reason)
    told.add(reason)


def _conditions(kept: Kept | None, dataset: Dataset) -> Kept | None:
    """The newest snapshot, where these readers read it: only then "not modified" means that nothing is to do."""
    return kept if kept is not None and kept.reader_version == dataset.reader else None


def _source_file(dataset: Dataset, name: str, url: str, answer: Answer, observed_at: datetime | None) -> SourceFile:
    return SourceFile(
        dataset.name,
        name,
        url,
        answer.data,
        media_type=answer.media_type,
        retrieved_at=answer.retrieved_at,
        observed_at=observed_at,
        etag=answer.etag,
        last_modified=answer.last_modified,
    )


class _Moved(Exception):
    """A page whose address leads elsewhere."""


class _Unread(SourceFailed):
    """A page that came whole and is none of a medicine, as far as its reader knows."""


class _Visit:
    """One visit to the pages of a site: as many as the budget allows, written in small groups."""

    def __init__(
        self, site: Site, dataset: Dataset, settings: Settings, writer: StoreWriter, result: SyncResult
    ) -> None:
        self.site, self.dataset, self.settings, self.writer, self.result = site, dataset, settings, writer, result
        self.pages = Pages()
        self.group = Visits()
        self.counts = Counts()
        self._unread = ""

    def all(self, settle: Callable[[], None], progress: Callable[[str, int, int], None] | None, told: set[str]) -> None:
        """Asks for the pages in turn until the budget, the run's time or the site's patience ends."""
        with self.writer.database.reading() as connection:
            turns = pages_in_turn(connection, self.dataset, self.settings.page_days)
        last = self.site.requests + self.settings.budget
        total = min(len(turns), self.settings.budget)
        settled = time.monotonic()
        self.result.pages = self.pages
        reason = None
        try:
            for page in turns:
                if self.site.requests >= last:
                    break
                try:
                    self._one(page)
                except SiteUnavailable as problem:
                    reason = str(problem)
                    break
                self.pages.asked += 1
                if progress is not None:
                    progress("pages", min(self.pages.asked, total), total)
                if len(self.group) >= GROUP:
                    self._write()
                    if time.monotonic() - settled > SETTLE_SECONDS:
                        settle()
                        settled = time.monotonic()
        finally:
            self._write()
        self._finish(turns, reason, told)

    def _one(self, page: Page) -> None:
        """Asks for one page. Raises SiteUnavailable where it makes no sense to ask for another."""
        try:
            self._ask(page)
        except SiteUnavailable:
            raise
        except _Moved as moved:
            self._trouble(page, "page-moved", str(moved), "warning")
        except SourceFailed as problem:
            self.pages.failed += 1
            self.result.say_failed(self.dataset.name, page.path, str(problem))
            code = "page-unread" if isinstance(problem, _Unread) else "page-failed"
            self._trouble(page, code, str(problem), "error")

    def _ask(self, page: Page) -> None:
        kept = self.writer.last(self.dataset, page.url)
        known = _conditions(kept, self.dataset)
        answer = self.site.get(
            page.path, limit=self.settings.page_limit, interval=self.settings.page_interval,
            etag=known.etag if known else None, last_modified=known.last_modified if known else None,
        )  # fmt: skip
        if answer.status in (404, 410):
            self.pages.gone += 1
            message = f"The site has no such page any more ({answer.status}); what it last said is kept."
            self._trouble(page, "page-gone", message, "warning")
            return
        path, url = page.path, page.url
        if answer.path.partition("?")[0] != path:
            path = answer.path.partition("?")[0].rstrip("/")
            if not PAGE.fullmatch(path):
                self.pages.gone += 1
                raise _Moved(f"The address leads to {path[:200]}, which is no page of a medicine; nothing was read.")
        if answer.status == 304:
            self.pages.unchanged += 1
            self.group.seen.append(Seen(url, instant(answer.retrieved_at)))
            return
        _check_whole(self.site.base + path, answer)
        said = recognise(answer.data, path)
        if said is not None and PAGE.fullmatch(path_of(said.url)):
            path = path_of(said.url)  # its canonical address
        if path != page.path:
            url = address_of(self.dataset, path)
            kept = self.writer.last(self.dataset, url)
            known = _conditions(kept, self.dataset)
        self._take(path, url, answer, kept, known)
        if path != page.path:
            raise _Moved(f"The page has moved to {path}.")

    def _take(self, path: str, url: str, answer: Answer, kept: Kept | None, known: Kept | None) -> None:
        """Reads what a page answered. Raises SourceFailed where it is no page of a medicine."""
        at = instant(answer.retrieved_at)
        file = _source_file(self.dataset, path, url, answer, _observed(path, answer, kept))
        if known is not None and known.sha256 == file.sha256:
            self.pages.unchanged += 1
            self.group.seen.append(Seen(url, at, answer.etag, answer.last_modified))
            return
        try:
            unit = read_unit(file, self.dataset)
        except SourceFailed as problem:
            raise _Unread(str(problem)) from problem
        if not unit.records:
            why = next((one.message for one in unit.report.issues if one.severity == "error"), "It holds no page.")
            if file.sha256 == self._unread:
                raise SiteUnavailable(
                    f"{self.site.host} shows the same for different pages, and no page of a medicine; "
                    "it is not asked further in this run."
                )
            self._unread = file.sha256
            raise _Unread(f"{self.site.base}{path} is not used and the old data are kept: {why}")
        self.writer.snapshots.put(answer.data)
        self.pages.read += 1
        self.group.units.append(unit)

    def _trouble(self, page: Page, code: str, message: str, severity: Severity) -> None:
        trouble = Issue(severity, code, page.path, page.path, message[:MESSAGE_LENGTH])
        self.group.troubles.append((page.url, trouble))

    def _write(self) -> None:
        group, self.group = self.group, Visits()
        if len(group):
            self.counts.add(self.writer.write_visits(group, self.dataset, "pages"))

    def _finish(self, turns: list[Page], reason: str | None, told: set[str]) -> None:
        """Records and tells the whole of the visit."""
        pages, result, site = self.pages, self.result, self.site
        pages.waiting = sum(page.turn <= CHANGED for page in turns[pages.asked :])
        if reason is not None:
            result.stopped = reason
            if not site.out_of_time and not site.refused:
                _say_failed(result, self.dataset, "pages", reason, told)
        elif pages.waiting:
            reason = (
                f"The budget of {self.settings.budget} requests (MEDPATH_BUDGET) is used up; "
                f"{pages.waiting} pages wait for the next sync."
            )
            result.stopped = reason
        if not pages.asked:
            return
        good = pages.read + pages.unchanged + pages.gone
        name = f"{pages.asked} pages"
        self.writer.finish_visits(self.dataset, name, self.counts, "ok" if good else "failed", reason)
        if good:
            result.outcomes.append(Outcome.of(self.dataset.name, name, self.counts))
        result.say(
            f"{self.dataset.name}  {name}: {pages.read} read, {pages.unchanged} unchanged, {pages.gone} gone, "
            f"{pages.failed} failed; {self.counts.changed} new or changed"
        )


def _check_whole(address: str, answer: Answer) -> None:
    """Raises FetchFailed for a body that is no whole web page: taken as one, its missing half would be news."""
    if not answer.data:
        raise FetchFailed(f"{address} is empty; the old data are kept.")
    if "html" in answer.media_type and b"</html" not in answer.data[-4096:].lower():
        raise FetchFailed(f"{address} breaks off before its end; the old data are kept.")


def _observed(path: str, answer: Answer, kept: Kept | None) -> datetime | None:
    """When the publisher stood so: Last-Modified, or None for the time of asking.

    A page unchanged for longer than our copy from elsewhere is old is what the publisher shows
    now; one older than the copy that the publisher gave us himself has fallen back (SourceFailed).
    """
    if answer.modified_at is None or kept is None or answer.modified_at >= moment(kept.observed_at):
        return answer.modified_at
    if kept.last_modified is None:
        return None
    raise SourceFailed(
        f"{path}: the publisher shows a page of {instant(answer.modified_at)}, older than the one of "
        f"{kept.observed_at} that is kept; the newer data are kept."
    )
