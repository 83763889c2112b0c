"""The holder of a medicine's authorisation, with the postal address from whichever source has it whole."""

from __future__ import annotations

from typing import Any

from medpath.model.addresses import country_of, lines_of
from medpath.model.company_names import same_company
from medpath.model.histories import Inputs, Source
from medpath.model.names import entity_id, fold, slug
from medpath.model.presentations import eu_numbers_of
from medpath.model.speakers import Said
from medpath.model.terms import PRODUCT_INFORMATION, UNION_REGISTER


def holder_of(
    inputs: Inputs, said: Said, page: Source | None
) -> tuple[dict[str, Any] | None, Source | None, Source | None, list[str], Source | None]:
    """(holder, who gave it, who gave the address, EU numbers, who gave those).

    An address counts only where its source names the same holder, spelling aside. The page's address is used where
    it is whole; else the Union Register's, else section 7 of the product information; else what the
    page has of it, with ``address_complete`` false. EU numbers: see `medpath.model.presentations`.
    """
    register = [found.source for found in inputs.found_in(UNION_REGISTER) if found.source.body.get("type") != "orphan"]
    information = [found.source for dataset in PRODUCT_INFORMATION for found in inputs.found_in(dataset)]
    eu_numbers, eu_source = eu_numbers_of(inputs)
    holder_name = said.value("holder")
    if holder_name is None or _says_otherwise(said.speakers[0].body, holder_name):
        said.gave.pop("holder", None)
        return None, None, None, eu_numbers, eu_source
    given_by = said.gave["holder"]
    lines, complete, address_source = [], False, None
    first_line = None
    if page is not None and same_company(page.body.get("holder"), holder_name) and page.body.get("holder_address"):
        lines, complete, address_source = page.body["holder_address"], bool(page.body["holder_address_complete"]), page
        first_line = lines[0]
    elif page is not None and (text := page.body.get("holder_text")):  # name and address run together
        found = lines_of(text, holder_name)
        if country_of(found):
            lines, complete, address_source = found, True, page
    if not complete:
        for source in [*register, *information]:
            found = source.body.get("holder_address") or []
            if source.dataset == UNION_REGISTER:
                if not same_company(source.body.get("holder"), holder_name):
                    continue
            else:
                found = lines_of(source.body.get("holder_text") or "", holder_name, first_line)
            if found and country_of(found):
                lines, complete, address_source = found, True, source
                break
    holder = {
        "name": holder_name,
        "address": lines,
        "address_complete": complete if lines else None,
        "country": country_of(lines),
        "id": entity_id("organisation", holder_name),
        "slug": slug(holder_name),
    }
    return holder, given_by, address_source, eu_numbers, eu_source


def _says_otherwise(leader: dict[str, Any], holder_name: str) -> bool:
    """Whether the leading source has name and address run together, of another company than the other source names.

    Where the name ends can't be told, but the older name is no longer true: the holder is unknown.
    """
    text = leader.get("holder_text") or ""
    return leader.get("holder") is None and bool(text) and fold(text).split()[:1] != fold(holder_name).split()[:1]
