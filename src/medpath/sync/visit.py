"""A visit to pages or documents of a site: one after the other within a budget, written in small groups."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import datetime

from medpath.errors import SiteUnavailable, SourceFailed
from medpath.fetch.files import SourceFile
from medpath.fetch.http import Answer, Site
from medpath.model.records import MESSAGE_LENGTH, Issue, Severity
from medpath.model.times import instant, moment
from medpath.settings import Settings
from medpath.sources.facts import Dataset
from medpath.store.writing import Counts
from medpath.sync.asked import Kept, Seen, Visits
from medpath.sync.outcome import Outcome, Pages, SyncResult
from medpath.sync.store_writer import StoreWriter
from medpath.sync.units import read_unit
from medpath.sync.visits import CHANGED, Page

GROUP = 10  # pages that are written together
SETTLE_SECONDS = 60.0


class Moved(Exception):
    """A page whose address leads elsewhere."""


class Unread(SourceFailed):
    """An answer that came whole and is not what was asked for, as far as its reader knows."""


class Visit(ABC):
    """One visit to the pages (or documents: ``noun``) of a site: as many as the budget allows."""

    noun = "page"
    wanted = "page of a medicine"
    budget_setting = "MEDPATH_BUDGET"

    def __init__(
        self, site: Site, dataset: Dataset, settings: Settings, writer: StoreWriter, result: SyncResult
    ) -> None:
        self.site, self.dataset, self.settings, self.writer, self.result = site, dataset, settings, writer, result
        self.pages = Pages()
        self.group = Visits()
        self.counts = Counts()
        self.budget = settings.budget
        self._unread = ""

    @abstractmethod
    def turns(self) -> list[Page]:
        """What to ask for, in turn."""

    @abstractmethod
    def ask(self, page: Page) -> None:
        """Asks for one address and takes what it answers.

        Raises Moved or SourceFailed where that is nothing to take, SiteUnavailable where it makes no sense to go on.
        """

    def all(self, settle: Callable[[], None], progress: Callable[[str, int, int], None] | None, told: set[str]) -> None:
        """Asks in turn until the budget, the run's time or the site's patience ends."""
        turns = self.turns()
        last = self.site.requests + self.budget
        total = min(len(turns), self.budget)
        settled = time.monotonic()
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
                    progress(f"{self.noun}s", min(self.pages.asked, total), total)
                if len(self.group) >= GROUP:
                    self._write()
                    if time.monotonic() - settled > SETTLE_SECONDS:
                        settle()
                        settled = time.monotonic()
        finally:
            self._write()
        self._finish(turns, reason, told)

    def take(self, path: str, url: str, answer: Answer, kept: Kept | None, known: Kept | None) -> None:
        """Reads what an address answered. Raises SourceFailed where it is not what was asked for."""
        at = instant(answer.retrieved_at)
        file = source_file(self.dataset, path, url, answer, observed(path, answer, kept, self.noun))
        if known is not None and known.sha256 == file.sha256:
            self.pages.unchanged += 1
            self.group.seen.append(Seen(url, at, answer.etag, answer.last_modified))
            return
        try:
            unit = read_unit(file, self.dataset)
        except SourceFailed as problem:
            self._note_unread(file)
            raise Unread(f"{self.site.base}{path} is not used and the old data are kept: {problem}") from problem
        if not unit.records:
            why = next((one.message for one in unit.report.issues if one.severity == "error"), "It holds no record.")
            self._note_unread(file)
            raise Unread(f"{self.site.base}{path} is not used and the old data are kept: {why}")
        self.writer.snapshots.put(answer.data)
        self.pages.read += 1
        self.group.units.append(unit)

    def trouble(self, page: Page, code: str, message: str, severity: Severity) -> None:
        """Notes what stood in the way of an address; ``code`` goes behind the noun: ``page-gone``."""
        issue = Issue(severity, f"{self.noun}-{code}", page.path, page.path, message[:MESSAGE_LENGTH])
        self.group.troubles.append((page.url, issue))

    def _note_unread(self, file: SourceFile) -> None:
        """Stops the visit where a site shows the same for whatever is asked."""
        if file.sha256 == self._unread:
            raise SiteUnavailable(
                f"{self.site.host} shows the same for different {self.noun}s, and no {self.wanted}; "
                "it is not asked further in this run."
            )
        self._unread = file.sha256

    def _one(self, page: Page) -> None:
        try:
            self.ask(page)
        except SiteUnavailable:
            raise
        except Moved as moved:
            self.trouble(page, "moved", str(moved), "warning")
        except SourceFailed as problem:
            self.pages.failed += 1
            self.result.say_failed(self.dataset.name, page.path, str(problem))
            self.trouble(page, "unread" if isinstance(problem, Unread) else "failed", str(problem), "error")

    def _write(self) -> None:
        group, self.group = self.group, Visits()
        if len(group):
            self.counts.add(self.writer.write_visits(group, self.dataset, f"{self.noun}s"))

    def _stopped(self, reason: str) -> None:
        said = self.result.stopped
        if reason != said:
            self.result.stopped = f"{said} {reason}" if said else reason

    def _finish(self, turns: list[Page], reason: str | None, told: set[str]) -> None:
        """Records and tells the whole of the visit."""
        pages, result, site = self.pages, self.result, self.site
        pages.waiting = sum(page.turn <= CHANGED for page in turns[pages.asked :])
        self.writer.note_waiting(self.dataset, pages.waiting)
        if reason is not None:
            self._stopped(reason)
            if not site.out_of_time and not site.refused:
                say_failed_once(result, self.dataset, f"{self.noun}s", reason, told)
        elif pages.waiting:
            reason = (
                f"The budget of {self.budget} requests ({self.budget_setting}) is used up; "
                f"{pages.waiting} {self.noun}s wait for the next sync."
            )
            self._stopped(reason)
        if not pages.asked:
            return
        good = pages.read + pages.unchanged + pages.gone
        name = f"{pages.asked} {self.noun}s"
        self.writer.finish_visits(self.dataset, name, self.counts, "ok" if good else "failed", reason)
        if good:
            result.outcomes.append(Outcome.of(self.dataset.name, name, self.counts))
        result.say(
            f"{self.dataset.name}  {name}: {pages.read} read, {pages.unchanged} unchanged, {pages.gone} gone, "
            f"{pages.failed} failed; {self.counts.changed} new or changed"
        )


def conditions(kept: Kept | None, dataset: Dataset) -> Kept | None:
    """The newest snapshot, where these readers read it: only then "not modified" means that nothing is to do."""
    return kept if kept is not None and kept.reader_version == dataset.reader else None


def source_file(dataset: Dataset, name: str, url: str, answer: Answer, observed_at: datetime | None) -> SourceFile:
    """An answer as the file of a dataset."""
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


def observed(path: str, answer: Answer, kept: Kept | None, noun: str = "page") -> datetime | None:
    """When the publisher stood so: Last-Modified, or None for the time of asking.

    A page unchanged for longer than our copy from elsewhere is old is what the publisher shows
    now; one older than the copy that the publisher gave us himself has fallen back (SourceFailed).
    """
    if answer.modified_at is None or kept is None or answer.modified_at >= moment(kept.observed_at):
        return answer.modified_at
    if kept.last_modified is None:
        return None
    raise SourceFailed(
        f"{path}: the publisher shows a {noun} of {instant(answer.modified_at)}, older than the one of "
        f"{kept.observed_at} that is kept; the newer data are kept."
    )


def say_failed_once(result: SyncResult, dataset: Dataset, name: str, reason: str, told: set[str]) -> None:
    """Notes a failure; tells it where its reason was not ``told`` before."""
    if reason in told:
        result.outcomes.append(Outcome(dataset.name, name, "failed", reason=reason))
    else:
        result.say_failed(dataset.name, name, reason)
    told.add(reason)
