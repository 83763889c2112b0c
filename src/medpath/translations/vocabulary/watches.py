"""Watches in words: by which way they tell, and how often."""

from __future__ import annotations

from medpath.translations import mark

WAYS = {
    "email": mark("E-mail"),
    "webhook": mark("Web address (signed JSON)"),
    "file": mark("Files in a folder"),
}
EVERY = {
    "sync": mark("At once"),
    "day": mark("Once a day"),
    "week": mark("Once a week"),
    "month": mark("Once a month"),
}
