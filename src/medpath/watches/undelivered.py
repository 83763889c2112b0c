"""The failure of one delivery."""

from __future__ import annotations


class Undelivered(Exception):
    """A delivery did not arrive; the message says why, in one sentence without secrets. It is tried again."""
