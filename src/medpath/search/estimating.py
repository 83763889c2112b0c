"""The estimates of protection for the index, from the facts of all medicines in the store."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from medpath.model.names import fold
from medpath.model.protection import VACCINES, Estimates, Facts
from medpath.store.read import Register
from medpath.store.then import Then

MONITORING = "flags.additional_monitoring"
FLAG_CHANGES = ("flag-changed", "value-vanished", "value-reverted", "other-changed")


def estimates(register: Register) -> Estimates:
    """The estimates of every medicine as it is now; whether EMA ever monitored it, its history and pages tell, too."""
    monitored = {
        medicine
        for medicine, steps in register.field_steps(FLAG_CHANGES, MONITORING).items()
        if any(True in (before, after) for _, before, after in steps)
    }
    return Estimates(_facts(one, one.id in monitored) for one in register.medicines_then(date.max))


def _facts(one: Then, monitored: bool) -> Facts:
    named = [held.name for held in one.active_substances if held.name]
    substances = _folded(one.inn_or_common_names or named)
    flags = one.flags
    return Facts(
        number=one.product_number,
        name=one.name,
        category=one.category,
        status=one.status.code,
        authorised_on=one.dates.get("marketing_authorisation"),
        holders=frozenset(held.slug for held in one.holders if held.slug),
        substances=substances,
        all_names=substances | _folded(named),
        vaccine=any(held.code.startswith(VACCINES) for held in one.atc),
        copy=bool(flags.get("generic_or_hybrid") or flags.get("biosimilar")),
        special=bool(flags.get("conditional_approval") or flags.get("exceptional_circumstances")),
        monitored=monitored or flags.get("additional_monitoring") is True or "yes" in one.said(MONITORING),
    )


def _folded(names: Iterable[str]) -> frozenset[str]:
    return frozenset(filter(None, map(fold, names)))
