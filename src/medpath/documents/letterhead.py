"""What EMA prints around the text of its reports: its address at the foot, running heads, numbers of pages."""

from __future__ import annotations

import re
from collections.abc import Sequence

from medpath.documents.blocks import Block, tidy

LONGEST = 400  # signs of a block that can be nothing but an address

# Phrases that no text but an address of EMA has; the others count only beside one of these.
_SURE = re.compile(
    r"(?:7,?\s)?Westferry Circus|(?:30,?\s)?Churchill Place|Domenico Scarlattilaan(?:\s6)?"
    r"|Official address|Address for visits and deliveries|Refer to www\.ema\.europa\.eu/how-to-find-us"
    r"|Send (?:us )?a question(?: via our website)?|Go to www\.ema\.europa\.eu/contact"
    r"|(?:info|mail)@em\w*\.(?:europa\.eu|eu\.int)"
    r"|An agency of the European Union"
    r"|©\s?(?:European Medicines Agency|EMEA|EMA)(?:,?\s(?:\d{4}|20XX))?\.?"
    r"|Reproduction (?:and/or distribution of this document )?is authori[sz]ed"
    r"(?: for non[- ]commercial purposes only)?,? provided the \w+ is acknowledged",
    re.IGNORECASE,
)
_LOOSE = re.compile(
    r"Canary Wharf|London|E14 (?:4HB|5EU|5DU)|United Kingdom|\bUK\b|(?:1083 HS )?Amsterdam|1083 HS|The Netherlands"
    r"|(?:https?://)?www\.eme?a\.(?:europa\.eu|eu\.int)(?:/contact)?|Telephone|Facsimile|\bTel\b|\bFax\b|\bE-?mail\b|\bWebsite\b"
    r"|\(\d\d-\d\d\)(?:\s?\d\d){4}|\+\d\d\s?\(0\)\s?\d\d\s?\d{3,4}\s?\d{3,4}",
    re.IGNORECASE,
)
_RUNNING = re.compile(
    r"(?:(?:CHMP |CVMP |PRAC |Rapporteurs?.? )*(?:[\w-]+ )?(?:assessment )?report\b[^.]{0,90}|(?:EMA|EMEA)/[\w/.-]+)?"
    r"\s*Page \d{1,4}\s?(?:/|of)\s?\d{1,4}",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"(?:EMA|EMEA)/[\w/.-]{3,40}")
_OF_PAGES = re.compile(r"(\d{1,4})(?:\s?/\s?\d{1,4})?")


def printed_around(blocks: Sequence[Block]) -> set[int]:
    """The indexes of the blocks that are EMA's address, a running head or the number of their page."""
    found: set[int] = set()
    run: list[int] = []
    sure = False
    for index, block in enumerate(blocks):
        kind = _address(block)
        if kind is None:
            found.update(run if sure else ())
            run, sure = [], False
            continue
        run.append(index)
        sure = sure or kind
    found.update(run if sure else ())
    return found | _running(blocks)


def _address(block: Block) -> bool | None:
    """Whether a block is for certain a piece of the address; None for one that is none."""
    if block.rows or block.kind == "heading" or len(block.text) > LONGEST:
        return None
    rest, sure = _SURE.subn(" ", tidy(block.text))
    rest = _LOOSE.sub(" ", rest)
    return sure > 0 if not re.search(r"\w", rest) else None


def _running(blocks: Sequence[Block]) -> set[int]:
    found: set[int] = set()
    references: list[int] = []
    for index, block in enumerate(blocks):
        if block.rows or len(block.text) > LONGEST:
            continue
        text = tidy(block.text)
        edge = (
            index in (0, len(blocks) - 1)
            or blocks[index - 1].page != block.page
            or blocks[index + 1].page != block.page
        )
        if _RUNNING.fullmatch(text) or (
            edge and (number := _OF_PAGES.fullmatch(text)) and int(number[1]) == block.page
        ):
            found.add(index)
        elif edge and block.page > 1 and _REFERENCE.fullmatch(text):
            references.append(index)
    return found | set(references if len(references) > 2 else ())
