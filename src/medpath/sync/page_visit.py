"""A visit to the pages of medicines."""

from __future__ import annotations

from medpath.errors import FetchFailed
from medpath.fetch.http import Answer, Site
from medpath.model.times import instant
from medpath.settings import Settings
from medpath.sources.facts import Dataset
from medpath.sources.keys import path_of
from medpath.sources.recognise import recognise
from medpath.sync.asked import Seen
from medpath.sync.outcome import SyncResult
from medpath.sync.store_writer import StoreWriter
from medpath.sync.visit import Moved, Visit, conditions
from medpath.sync.visits import PAGE, Page, address_of, pages_in_turn


class PageVisit(Visit):
    """One visit to the pages of medicines."""

    def __init__(
        self, site: Site, dataset: Dataset, settings: Settings, writer: StoreWriter, result: SyncResult
    ) -> None:
        super().__init__(site, dataset, settings, writer, result)
        result.pages = self.pages

    def turns(self) -> list[Page]:
        """The pages worth asking for."""
        with self.writer.database.reading() as connection:
            return pages_in_turn(connection, self.dataset, self.settings.page_days)

    def ask(self, page: Page) -> None:
        """Asks for one page; one that moved to another page of a medicine is read there."""
        kept = self.writer.last(self.dataset, page.url)
        known = conditions(kept, self.dataset)
        answer = self.site.get(
            page.path, limit=self.settings.page_limit, interval=self.settings.page_interval,
            etag=known.etag if known else None, last_modified=known.last_modified if known else None,
        )  # fmt: skip
        if answer.status in (404, 410):
            self.pages.gone += 1
            message = f"The site has no such page any more ({answer.status}); what it last said is kept."
            self.trouble(page, "gone", message, "warning")
            return
        path, url = page.path, page.url
        if answer.path.partition("?")[0] != path:
            path = answer.path.partition("?")[0].rstrip("/")
            if not PAGE.fullmatch(path):
                self.pages.gone += 1
                raise Moved(f"The address leads to {path[:200]}, which is no page of a medicine; nothing was read.")
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
            known = conditions(kept, self.dataset)
        self.take(path, url, answer, kept, known)
        if path != page.path:
            raise Moved(f"The page has moved to {path}.")


def _check_whole(address: str, answer: Answer) -> None:
    """Raises FetchFailed for a body that is no whole web page: taken as one, its missing half would be news."""
    if not answer.data:
        raise FetchFailed(f"{address} is empty; the old data are kept.")
    if "html" in answer.media_type and b"</html" not in answer.data[-4096:].lower():
        raise FetchFailed(f"{address} breaks off before its end; the old data are kept.")
