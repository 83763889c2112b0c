"""What can go wrong, in one small tree.

    MedPathError            exit 1, HTTP 500   something unexpected
    ├── UsageError          exit 2, HTTP 400   the question can't be understood
    ├── NotFound            exit 3, HTTP 404   nothing fits, or several things do (``candidates``)
    ├── SourceFailed        exit 4, HTTP 502   a source failed, the old data were kept
    │   └── FetchFailed                        the bytes could not be had
    │       └── SiteUnavailable                the site can't be reached or refuses: come back later
    └── StoreUnusable       exit 5, HTTP 503   the store or the index can't be used

Every message is one sentence for a person: what is wrong, where, and what to do.
"""

from __future__ import annotations

from typing import Any


class MedPathError(Exception):
    """Something unexpected; the root of all errors that MedPath raises itself."""

    exit_code = 1
    http_status = 500


class UsageError(MedPathError):
    """The command, query or parameter can't be understood."""

    exit_code = 2
    http_status = 400


class NotFound(MedPathError):
    """Nothing fits the name or number; or several things do, and then ``candidates`` lists them."""

    exit_code = 3
    http_status = 404

    def __init__(self, message: str, candidates: list[dict[str, Any]] | None = None) -> None:
        super().__init__(message)
        self.candidates = candidates or []


class SourceFailed(MedPathError):
    """A report, page or file of a source could not be read or did not pass its check."""

    exit_code = 4
    http_status = 502


class FetchFailed(SourceFailed):
    """The bytes of a source could not be had."""


class SiteUnavailable(FetchFailed):
    """A publisher's site can't be reached, or it asks to be left alone for a while."""


class StoreUnusable(MedPathError):
    """The database, the data folder or the search index can't be used."""

    exit_code = 5
    http_status = 503
