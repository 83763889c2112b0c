"""Words by which a paragraph of a summary of product characteristics shows what section it is from.

They serve for one thing only: to find the place of a block on a page whose order is lost (see
`medpath.documents.reading_order`). The sub-headings are the template's own.
"""

from __future__ import annotations

import re

from medpath.documents.blocks import Block
from medpath.documents.qrd import ENTRIES, squeeze

SURE = 3  # what a sub-heading or an organ class table counts; so many words at most

_WORDS: dict[str, tuple[str, ...]] = {
    "4.1": (r"(?:is|are) indicated",),
    "4.2": (
        "posology", "recommended dos", "starting dose", "dose adjust|dos(?:e|age) reduc", "missed dose",
        "physicians? experienced", "no relevant use", "should be (?:taken|given|administered)",
        "once daily|twice daily",
    ),
    "4.3": ("hypersensitivity to", "excipients listed"),
    "4.4": (
        "should be monitored", "caution", "sodium-free", "should be (?:discontinued|informed|considered)",
        "warning", "traceability|batch number",
    ),
    "4.5": (
        "interaction", "co-?administ", "concomitant", r"cyp\s?\d", "inhibitors?", "inducers?", "substrate", "p-gp",
    ),
    "4.6": (
        "pregnan", "breast-?\\s?feed", "human milk|breast milk", "childbearing", "contracepti", "lactat", "fertility",
        "reproductive toxicity", "foet|embryo",
    ),
    "4.7": ("ability to drive", "machine", r"\bdriv(?:e|ing)\b"),
    "4.8": (
        "adverse (?:drug )?reaction|adverse event", "undesirable effects", "very common|uncommon", "medDRA", "frequenc",
        "suspected adverse", "most commonly reported|most frequent",
    ),
    "4.9": ("overdos", "antidote", "dialysis", "gastric lavage", "supportive|symptomatic treatment"),
    "5.1": (
        "pharmacotherapeutic group", "atc code", "mechanism of action", "randomi[sz]ed", "placebo", "endpoint",
        "double-blind", "efficacy", "baseline", "receptor", "in vitro",
    ),
    "5.2": (
        "half-life", "bioavailab", "volume of distribution", "plasma concentration|serum concentration",
        "pharmacokinetic", "c\\s?max", r"\bauc\b", "clearance", "excret|eliminat", "metaboli", "steady.state",
        "protein bind|bound to plasma", "absor(?:bed|ption)",
    ),
    "5.3": (
        r"\brats?\b", r"\brabbits?\b", r"\bmonkeys?\b", r"\bdogs?\b", r"\bmice\b|\bmouse\b",
        "genotox|mutagen|clastogen",
        "carcinogen", "non-?clinical|pre-?clinical", "safety pharmacology", "repeat(?:ed)?.dose", "animal",
    ),
    "6.1": (
        "stearate", "cellulose", "titanium dioxide", "polysorbate", "hydroxide|hydrochloric", "water for injection",
        "povidone", "macrogol", "starch", "lactose|mannitol",
    ),
    "6.2": ("must not be mixed", "incompatib"),
    "6.3": ("chemical and physical", "microbiological", r"\d (?:years|months)", "in-use"),
    "6.4": (
        r"\bstore (?:in|below|at|the)\b", "do not (?:store|freeze|refrigerate)", "refrigerator", "protect from",
        "storage condition", "original (?:package|container)|outer carton",
    ),
    "6.5": (
        "pack size", r"\bglass\b", "stopper", "blister", r"\bcartons?\b|\bpacks?\b|\bpackages? containing\b",
        r"\bvials?\b|\bbottles?\b|\bsyringes?\b", "hdpe|pvc|polyethylene|aluminium", r"containing \d+",
    ),
    "6.6": (
        "waste", "dispos", "local requirements", "aseptic", "reconstitut", "withdraw", "dilut", "needle", "discard",
    ),
}  # fmt: skip
_SUB_HEADINGS = {
    "4.2": ("Posology", "Method of administration"),
    "4.4": ("Traceability",),
    "4.6": ("Pregnancy", "Breast-feeding", "Lactation", "Fertility", "Women of childbearing potential"),
    "4.8": (
        "Summary of the safety profile",
        "Tabulated list of adverse reactions",
        "Description of selected adverse reactions",
        "Reporting of suspected adverse reactions",
    ),
    "5.1": ("Mechanism of action", "Pharmacodynamic effects", "Clinical efficacy and safety"),
    "5.2": ("Absorption", "Distribution", "Biotransformation", "Metabolism", "Elimination", "Excretion", "Linearity"),
}
_ORDERS = {entry.number: entry.order for entry in ENTRIES if entry.part == "smpc"}
_PATTERNS = {
    _ORDERS[number]: [re.compile(words, re.IGNORECASE) for words in patterns] for number, patterns in _WORDS.items()
}
_SECTION_OF = {squeeze(words): _ORDERS[number] for number, headings in _SUB_HEADINGS.items() for words in headings}
_ORGAN_CLASS = re.compile(r"\bdisorders|\binfestations|\bneoplasms benign", re.IGNORECASE)


def fitness(block: Block, order: int) -> int:
    """How well a block fits in a section (by its order in the summary): -3 to 3, 0 where nothing speaks for it."""
    if block.rows:
        classes = sum(_ORGAN_CLASS.search(row[0]) is not None for row in block.rows if row)
        if classes > 1:
            return SURE if order == _ORDERS["4.8"] else -SURE
        return 0
    if len(block.text) < 60 and (section := _SECTION_OF.get(squeeze(block.text))):
        return SURE if order == section else -SURE
    return text_fitness(block.text, order)


def text_fitness(text: str, order: int) -> int:
    """How many of a section's words a text has, three at most."""
    return min(SURE, sum(pattern.search(text) is not None for pattern in _PATTERNS.get(order, ())))
