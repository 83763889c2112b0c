"""The whole way of a record: fetch, keep, read, check, write, compose, index. Only this package knows all of it."""

from medpath.sync.outcome import Outcome, SyncResult
from medpath.sync.run import sync

__all__ = ["Outcome", "SyncResult", "sync"]
