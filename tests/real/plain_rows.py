"""Rows of EMA's tables as plain values, to be compared field by field without what makes changes."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

TEXTS = ("name", "holder", "therapeutic_indication", "latest_procedure", "pharmacotherapeutic_group", "url", "category")
LISTS = ("active_substances", "inn_or_common_names", "therapeutic_areas", "species")


def plain(body: dict[str, Any]) -> dict[str, Any]:
    """The fields of a cleaned row by the names that changes have for them; nothing is None."""
    found: dict[str, Any] = {name: body.get(name) or None for name in TEXTS}
    found["revision"] = body.get("revision")
    for name in LISTS:
        found[name] = _parts(body.get(name) or [])
    found["atc"] = (Counter(body.get("atc") or []), Counter(body.get("atcvet") or []))
    status = body.get("status") or {}
    found["status.code"] = status.get("code") or status.get("source_value")
    for name, day in body["dates"].items():
        if name not in ("first_published", "last_updated"):
            found[f"dates.{name}"] = day
    return found | {f"flags.{name}": value for name, value in body["flags"].items()}


def differing(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    """The names of the fields that differ."""
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def _parts(items: list[Any]) -> Counter[str]:
    """A list whatever its order, and whether its items are parted or run together."""
    texts = [item["name"] if isinstance(item, dict) else item for item in items]
    return Counter(part.strip() for text in texts for part in re.split("[;,]", text) if part.strip())
