"""A visit to the files of documents: which are asked for next, and what becomes of them.

Every medicine that was composed lists its documents. In the order of types that help most (the product information
first), those come first that were never fetched, then those that EMA states to have changed since; what is known and
unchanged is asked for again when all others were, the longest unseen first.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from medpath.errors import FetchFailed
from medpath.fetch.http import Site
from medpath.model.terms import IN_FORCE
from medpath.model.times import instant
from medpath.settings import Settings
from medpath.sources.facts import Dataset
from medpath.sources.keys import path_of
from medpath.store.packing import unpack
from medpath.store.tables import medicine, medicine_version
from medpath.sync.asked import Seen
from medpath.sync.outcome import SyncResult
from medpath.sync.store_writer import StoreWriter
from medpath.sync.visit import Visit, conditions
from medpath.sync.visits import CHANGED, NEVER_SEEN, OLDEST, Page, address_of, seen_addresses, troubles_of

TYPES = (
    "product-information",
    "overview",
    "all-authorised-presentations",
    "procedural-steps-after",
    "assessment-report",
    "variation-report",
)
DOCUMENT = re.compile(r"/en/documents/([a-z0-9-]{1,80})/[A-Za-z0-9][A-Za-z0-9._~%-]{0,250}\.pdf(?:-\d{1,3})?")
TAIL = 65_536
RETRY_DAYS = 7  # what failed or is gone is asked again after so many days


class FileVisit(Visit):
    """One visit to the files of documents."""

    noun = "document"
    wanted = "PDF file"
    budget_setting = "MEDPATH_DOCUMENT_BUDGET"

    def __init__(
        self, site: Site, dataset: Dataset, settings: Settings, writer: StoreWriter, result: SyncResult
    ) -> None:
        super().__init__(site, dataset, settings, writer, result)
        self.budget = settings.document_budget
        result.documents = self.pages

    def turns(self) -> list[Page]:
        """The documents worth asking for."""
        if not self.budget:
            return []
        with self.writer.database.reading() as connection:
            return documents_in_turn(connection, self.dataset, self.settings.document_days)

    def ask(self, page: Page) -> None:
        """Asks for one document. Where its address leads to another, that is what the publisher shows at it."""
        kept = self.writer.last(self.dataset, page.url)
        known = conditions(kept, self.dataset)
        answer = self.site.get(
            page.path, limit=self.settings.document_limit, interval=self.settings.page_interval,
            etag=known.etag if known else None, last_modified=known.last_modified if known else None,
        )  # fmt: skip
        if answer.status in (404, 410):
            self.pages.gone += 1
            message = f"The site has no such document any more ({answer.status}); what was fetched before is kept."
            self.trouble(page, "gone", message, "warning")
            return
        if answer.status == 304:
            self.pages.unchanged += 1
            self.group.seen.append(Seen(page.url, instant(answer.retrieved_at)))
            return
        if not answer.data:
            raise FetchFailed(f"{self.site.base}{page.path} is empty; the old data are kept.")
        if answer.data.startswith(b"%PDF") and b"%%EOF" not in answer.data[-TAIL:]:
            raise FetchFailed(f"{self.site.base}{page.path} breaks off before its end; the old data are kept.")
        self.take(page.path, page.url, answer, kept, known)


def documents_in_turn(connection: Connection, dataset: Dataset, days: float) -> list[Page]:
    """All documents worth asking for, first those of most use.

    One seen less than so many ``days`` ago is left out unless EMA states that it changed since.
    """
    seen = seen_addresses(connection, dataset)
    troubles = troubles_of(connection, dataset)
    recent = instant(datetime.now(UTC) - timedelta(days=days))
    retry = instant(datetime.now(UTC) - timedelta(days=RETRY_DAYS))
    turns: dict[str, tuple[Any, ...]] = {}
    for document, in_force in _listed(connection):
        path = path_of(document["url"] or "")
        match = DOCUMENT.fullmatch(path)
        if match is None:
            continue
        url = address_of(dataset, path)
        stated = document.get("last_updated") or document.get("first_published") or ""
        code, tried = troubles.get(url, ("", ""))
        last = max(seen.get(url, ""), tried)
        if not last:
            turn = NEVER_SEEN
        elif code.endswith("-failed") or (stated and stated >= last[:10]):
            turn = CHANGED
        elif last > (retry if tried else recent):
            continue
        else:
            turn = OLDEST
        rank = TYPES.index(match[1]) if match[1] in TYPES else len(TYPES)
        newest_first = -int(stated.replace("-", "") or 0)
        place = (False, rank, turn, not in_force, newest_first) if turn != OLDEST else (True, last, rank, False, 0)
        turns[url] = min(turns.get(url, (True, "~")), (*place, path, url, turn))
    return [Page(path, url, turn) for *_, path, url, turn in sorted(turns.values())]


def _listed(connection: Connection) -> list[tuple[dict[str, Any], bool]]:
    """The documents that the composed medicines list, each with whether its medicine is authorised."""
    query = sa.select(medicine_version.c.body).join(medicine, medicine.c.sequence == medicine_version.c.sequence)
    found: list[tuple[dict[str, Any], bool]] = []
    for packed in connection.scalars(query):
        body = unpack(packed)
        in_force = (body.get("status") or {}).get("code") in IN_FORCE
        found += [(document, in_force) for document in body.get("documents") or []]
    return found
