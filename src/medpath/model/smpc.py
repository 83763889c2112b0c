"""What sections 7 and 9 of the summary of product characteristics (SmPC) say otherwise than EMA's lists.

Both are shown; none is silently right. What is explained is no disagreement: a day of authorisation some days apart
(the decision and its notification to the holder), a renewal on the anniversary of the authorisation, from which it
holds (so many summaries until about 2013), and an address that is written otherwise or less whole. (Section 8,
the EU numbers: see `medpath.model.presentations`.)
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from medpath.model.addresses import country_of, lines_of, postal_codes
from medpath.model.company_names import company_in, same_name, without_name
from medpath.model.disagreements import NOTIFICATION_DAYS, days_apart
from medpath.model.histories import Inputs, Source
from medpath.model.terms import PROCEDURAL_STEPS, PRODUCT_INFORMATION

ANNIVERSARY_DAYS = 5
SAME_RENEWAL_DAYS = 150
RENEWAL = "renewal"


def smpc_disagreements(
    inputs: Inputs,
    holder: dict[str, Any] | None,
    gave: tuple[Source | None, Source | None, Source | None],
    authorised: str | None,
) -> list[dict[str, Any]]:
    """The fields in which the product information differs, as `medpath.model.disagreements` tells them.

    ``gave`` are the sources of the holder's name, of the address and of the day of authorisation (``authorised``).
    """
    smpc = _newest(inputs)
    if smpc is None:
        return []
    by_name, by_address, by_day = gave
    found: list[dict[str, Any]] = []
    text = smpc.body.get("holder_text") or ""
    if holder is not None and by_name is not None:
        company = company_in(text)
        named = without_name(text, holder["name"]) is not None
        if company is not None and not named and not same_name(company, holder["name"]):
            found.append(_told("holder", (by_name, holder["name"]), (smpc, company)))
        if named and by_address is not None and by_address.dataset not in PRODUCT_INFORMATION:
            found += _address(holder, by_address, smpc, text)
    first = smpc.body.get("first_authorisation_date")
    if by_day is not None and authorised and first and days_apart(authorised, first) > NOTIFICATION_DAYS:
        found.append(_told("dates.marketing_authorisation", (by_day, authorised), (smpc, first)))
    return found + _renewal(inputs, smpc, [day for day in (first, authorised) if day])


def _newest(inputs: Inputs) -> Source | None:
    """The product information that was observed last; whole documents before what was cut out of them."""
    for dataset in PRODUCT_INFORMATION:
        documents = [found.source for found in inputs.found_in(dataset)]
        if documents:
            return max(documents, key=lambda source: (source.version.observed_from, source.key))
    return None


def _told(field: str, *said: tuple[Source, Any]) -> dict[str, Any]:
    values = [
        {
            "dataset": source.dataset,
            "value": value,
            "last_updated": source.body.get("last_updated") or source.version.observed_from[:10],
        }
        for source, value in said
    ]
    return {"field": field, "values": values}


def _address(holder: dict[str, Any], by_address: Source, smpc: Source, text: str) -> list[dict[str, Any]]:
    """Two whole addresses of one holder disagree where they have other postal codes."""
    ours = holder["address"]
    theirs = lines_of(text, holder["name"], ours[0] if ours else None)
    if not (ours and holder["address_complete"] and country_of(theirs)):
        return []
    codes, other_codes = postal_codes(ours), postal_codes(theirs)
    if not codes or not other_codes or codes & other_codes:
        return []
    return [_told("authorisations.holder.address", (by_address, ours), (smpc, theirs))]


def _renewal(inputs: Inputs, smpc: Source, authorised: Iterable[str]) -> list[dict[str, Any]]:
    """The latest renewal of section 9 against the decision on it among the procedural steps.

    A renewal far from all of theirs is one that the lists don't have: they end earlier, or leave it out.
    """
    stated = smpc.body.get("renewal_date")
    renewals = [
        (source, step)
        for source in (found.source for found in inputs.found_in(PROCEDURAL_STEPS))
        for step in source.body["steps"]
        if step["kind"] == RENEWAL
    ]
    decided = {day: source for source, step in renewals if (day := step["commission_decision_date"])}
    if not stated or not decided:
        return []
    days = [*decided, *(day for _, step in renewals if (day := step["opinion_date"]))]
    if any(days_apart(day, stated) <= NOTIFICATION_DAYS for day in days):
        return []
    nearest = min(decided, key=lambda day: days_apart(day, stated))
    if days_apart(nearest, stated) > SAME_RENEWAL_DAYS or any(_is_anniversary(stated, day) for day in authorised):
        return []
    return [_told("renewal_date", (decided[nearest], nearest), (smpc, stated))]


def _is_anniversary(stated: str, authorised: str) -> bool:
    """Whether a day lies a whole number of years after the authorisation, some days aside."""
    day, begun = date.fromisoformat(stated).toordinal(), date.fromisoformat(authorised).toordinal()
    years = round((day - begun) / 365.25)
    return years > 0 and abs(day - begun - years * 365.25) <= ANNIVERSARY_DAYS
