"""Kinds of issues in words: what is wrong, and what became of it.

A kind without an entry is shown by its code and its message.
"""

from __future__ import annotations

from medpath.translations import mark

# What became of what was wrong.
TREATMENTS = {
    "mended": mark("Mended: the value is put right, the original kept"),
    "left-out": mark("Left out: the value is unknown here, or the row was rejected"),
    "noted": mark("Noted: nothing was changed for it"),
}
# code → (treatment, words)
CODES = {
    "repaired-number": ("mended", mark("A product number is written in an unusual way")),
    "no-product-number": ("mended", mark("A row has no usable product number; the address of its page stands for it")),
    "order-mended": ("mended", mark("A watermark tore paragraphs apart; they were put back in order")),
    "doubled-document": ("mended", mark("A document stands twice on a page")),
    "doubled-question": ("mended", mark("A question stands twice on a page")),
    "doubled-number": ("mended", mark("A number stands twice and says different things; the first is used")),
    "doubled-key": ("mended", mark("Two records have the same key")),
    "doubled-record": ("mended", mark("The same record comes twice")),
    "repeated-rows": ("mended", mark("Rows are repeated")),
    "bad-atc-code": ("left-out", mark("A code is none of the ATC classification")),
    "bad-date": ("left-out", mark("A day is impossible")),
    "odd-date": ("left-out", mark("A text that should be a day is none")),
    "bad-number": ("left-out", mark("A number is no EU number of a pack")),
    "bad-eu-number": ("left-out", mark("A number is no EU number")),
    "bad-product-number": ("left-out", mark("A number is no product number")),
    "days-out-of-order": ("left-out", mark("Days are not in the order of the procedure")),
    "several-days": ("left-out", mark("Several days are stated for one step")),
    "several-dates": ("noted", mark("Several days of the first authorisation are stated")),
    "several-eu-numbers": ("noted", mark("Several EU numbers are stated")),
    "merged-rows": ("left-out", mark("Rows of a table were run together")),
    "torn-cell": ("left-out", mark("A cell of a table was torn apart")),
    "row-without-number": ("left-out", mark("A row has no number to know it by")),
    "no-number": ("noted", mark("A row states no number of a procedure")),
    "no-date": ("noted", mark("A row states no day")),
    "no-identity": ("left-out", mark("A row has nothing to know it by")),
    "no-status": ("noted", mark("A row states no status")),
    "no-country": ("left-out", mark("An address ends in no country")),
    "no-holder": ("left-out", mark("No holder with an address was found in a text")),
    "no-eu-number": ("left-out", mark("No EU number was found in a text")),
    "nothing-found": ("left-out", mark("Neither holder nor EU number was found in a text")),
    "holder-run-together": (
        "left-out",
        mark("A page does not say where the holder's name ends and the address begins"),
    ),
    "no-text": ("left-out", mark("A document holds no text, or not the sections that are sought")),
    "scanned": ("left-out", mark("A document is a picture of its pages")),
    "no-head": ("noted", mark("A table has no head")),
    "no-table": ("left-out", mark("A document has no list of procedures")),
    "no-steps": ("left-out", mark("A document has none of the sentences that state steps")),
    "no-presentations": ("left-out", mark("A document has no row of a pack")),
    "no-sections": ("left-out", mark("A text has no heading of the template; it is not split")),
    "no-translation": ("noted", mark("A page lists the English file for other languages")),
    "other-document": ("left-out", mark("A document is one of another kind")),
    "order-doubtful": ("noted", mark("A watermark ran paragraphs together; their order is doubtful")),
    "heading-repeated": ("noted", mark("The heading of a section comes more than once")),
    "section-empty": ("noted", mark("A section is empty")),
    "section-lost": ("noted", mark("A section of the template was not found")),
    "unknown-kind": ("noted", mark("What kind of procedure it was is not said")),
    "unknown-section": ("noted", mark("A page has a section that is not known")),
    "unusual-section": ("noted", mark("A document stands in an unusual section")),
    "unknown-field": ("noted", mark("A field is not known here")),
    "unknown-value": ("noted", mark("A value of a closed list is not known here")),
    "updated-before-published": ("noted", mark("A last update lies before the first publication")),
    "future-day": ("noted", mark("A day lies after the page that states it")),
    "future-time": ("noted", mark("A time lies in the future")),
    "long-text": ("left-out", mark("A text is longer than a field may be")),
    "missing-cells": ("noted", mark("A row has fewer cells than its head")),
    "surplus-cells": ("noted", mark("A row has more cells than its head")),
    "not-a-record": ("left-out", mark("A row is no record")),
    "unsafe-url": ("left-out", mark("An address is none of the web's")),
    "unreadable": ("left-out", mark("A file can't be read")),
    "broken-json": ("mended", mark("A file is no valid JSON; it was read by a more tolerant second try")),
    "differing-name": ("noted", mark("One thing has two names in one file")),
}
