"""The parts and numbered sections of a product information, as the QRD templates of all versions name them.

QRD is EMA's group on the quality of review of documents; its template for human medicines fixes which
section bears which number and heading. Wordings changed between the versions (4.6 was "Pregnancy and
lactation" until 2009, annex II had A to C until 2011, the leaflet's headings were in capitals), so each
section has a title, that of the present version, and a pattern for all wordings.

Patterns are matched on squeezed text (see `squeeze`): capitals without blanks and signs. So headings
are recognised whatever became of their blanks, hyphens and brackets.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Part = Literal["smpc", "annex-ii", "labelling", "package-leaflet", "other"]

GROUPS = ("4", "5", "6")  # of the summary: they hold sections and rarely text of their own
HEAD = "0"  # our number for what stands before the first numbered section of a part

PART_TITLES: dict[Part, str] = {
    "smpc": "summary of product characteristics",
    "annex-ii": "annex II",
    "labelling": "labelling",
    "package-leaflet": "package leaflet",
}


class Entry(NamedTuple):
    """A section of the template: its part, number, present title, pattern, and whether each document has it.

    ``order`` is its place within the part, from 1; ``capitals`` says that the template writes it so.
    """

    part: Part
    number: str
    title: str
    pattern: re.Pattern[str]
    required: bool
    order: int
    capitals: bool


def squeeze(text: str) -> str:
    """The letters and digits of a text in capitals, ``Z`` as ``S`` (authorization), Greek look-alikes as Latin."""
    return "".join(filter(str.isalnum, text)).upper().translate(_LETTERS)


def index_behind(text: str, start: int, signs: int) -> int:
    """Where in a text that many signs of ``squeeze(text[start:])`` end."""
    index = start
    while signs > 0 and index < len(text):
        if text[index].isalnum():
            signs -= len(text[index].upper())
        index += 1
    return index


_LETTERS = str.maketrans("ZΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "SABEZHIKMNOPTYX")


def _entry(part: Part, number: str, title: str, pattern: str, required: bool, order: int) -> Entry:
    compiled = re.compile("(?:" + (pattern or _plain(title)).replace(" ", "") + ")")
    capitals = title.upper() == title
    return Entry(part, number, title, compiled, required, order, capitals)


def _plain(title: str) -> str:
    """A title's own words as a pattern; what stands in brackets may miss ("NUMBER(S)")."""
    words = title.replace("(S)", "_").upper().replace("Z", "S")
    return "".join(sign for sign in words if sign.isalnum() or sign == "_").replace("_", "S?")


# number, title, pattern where it is more than the title, whether each summary has it
_SMPC = (
    ("1", "NAME OF THE MEDICINAL PRODUCT", "NAME OF (?:THE )?MEDICINAL PRODUCTS?", True),
    ("2", "QUALITATIVE AND QUANTITATIVE COMPOSITION", "", True),
    ("2.1", "General description", "", False),
    ("2.2", "Qualitative and quantitative composition", "", False),
    ("3", "PHARMACEUTICAL FORM", "PHARMACEUTICAL FORMS?", True),
    ("4", "CLINICAL PARTICULARS", "CLINICAL PARTICULARS?", True),
    ("4.1", "Therapeutic indications", "(?:THERAPEUTIC|CLINICAL) INDICATIONS?", True),
    ("4.2", "Posology and method of administration", "POSOLOGY AND METHODS? (?:OF|FOR) ADMINISTRATION", True),
    ("4.3", "Contraindications", "CONTRA INDICATIONS?", True),
    (
        "4.4",
        "Special warnings and precautions for use",
        "SPECIAL WARNINGS? AND (?:SPECIAL )?PRECAUTIONS? (?:FOR|OF|IN) USE",
        True,
    ),
    (
        "4.5",
        "Interaction with other medicinal products and other forms of interaction",
        "INTERACTIONS? WITH OTHER (?:MEDICINAL PRODUCTS?|MEDICAMENTS|MEDICINES) AND OTHER FORMS? OF INTERACTIONS?",
        True,
    ),
    (
        "4.6",
        "Fertility, pregnancy and lactation",
        "(?:USE (?:DURING|IN) )?(?:FERTILITY )?PREGNANCY AND (?:LACTATION|BREAST FEEDING)",
        True,
    ),
    (
        "4.7",
        "Effects on ability to drive and use machines",
        "EFFECTS? ON (?:THE )?ABILITY TO DRIVE (?:AND|OR) (?:TO )?(?:USE|OPERATE)(?: OF)? MACHIN(?:ES|ERY)",
        True,
    ),
    ("4.8", "Undesirable effects", "UNDESIRABLE EFFECTS?", True),
    ("4.9", "Overdose", "OVERDOS(?:E|AGE)", True),
    ("5", "PHARMACOLOGICAL PROPERTIES", "", True),
    ("5.1", "Pharmacodynamic properties", "PHARMACODYNAMICS? PROPERTIES", True),
    ("5.2", "Pharmacokinetic properties", "PHARMACOKINETICS? PROPERTIES", True),
    ("5.3", "Preclinical safety data", "(?:PRE|NON)CLINICAL SAFETY DATA", True),
    ("6", "PHARMACEUTICAL PARTICULARS", "PHARMACEUTICAL PARTICULARS?", True),
    ("6.1", "List of excipients", "LIST OF EXCIPIENTS?", True),
    ("6.2", "Incompatibilities", "INCOMPATIBILIT(?:IES|Y)", True),
    ("6.3", "Shelf life", "SHELF LIFE", True),
    ("6.4", "Special precautions for storage", "SPECIAL PRECAUTIONS? FOR STORAGE", True),
    (
        "6.5",
        "Nature and contents of container",
        "NATURE AND CONTENTS? OF (?:THE )?(?:IMMEDIATE )?(?:CONTAINERS?|PACK(?:AGING)?)"
        "(?: AND SPECIAL EQUIPMENT FOR(?: (?:OR |AND )?(?:USE|ADMINISTRATION|IMPLANTATION))+)?",
        True,
    ),
    (
        "6.6",
        "Special precautions for disposal and other handling",
        "SPECIAL PRECAUTIONS? FOR DISPOSAL"
        "(?: OF (?:A )?USED MEDICINAL PRODUCTS? OR WASTE MATERIALS DERIVED FROM SUCH MEDICINAL PRODUCTS?)?"
        "(?: AND (?:OTHER )?HANDL?ING(?: OF THE PRODUCT)?)?"
        "|(?:INSTRUCTIONS|PRECAUTIONS|SPECIAL|INSTRUCTIONS PRECAUTIONS|SPECIAL INSTRUCTIONS|SPECIAL PRECAUTIONS) FOR"
        " (?:USE AND HANDLING AND DISPOSAL|USE AND HANDLING|USE HANDLING AND DISPOSAL"
        "|HANDLING AND DISPOSAL|DISPOSAL AND OTHER HANDLING|HANDLING)",
        True,
    ),
    ("7", "MARKETING AUTHORISATION HOLDER", "MARKETING AUTHORISATION HOLDERS?", True),
    ("8", "MARKETING AUTHORISATION NUMBER(S)", "MARKETING AUTHORISATION NUMBERS?", True),
    (
        "9",
        "DATE OF FIRST AUTHORISATION/RENEWAL OF THE AUTHORISATION",
        "DATES? OF (?:THE )?FIRST AUTHORISATION"
        "(?: (?:AND )?(?:DATES? OF )?(?:THE )?(?:LATEST |LAST )?RENEWAL(?: OF (?:THE )?AUTHORISATION)?)?",
        True,
    ),
    ("10", "DATE OF REVISION OF THE TEXT", "DATES? OF (?:THE )?(?:LAST )?(?:PARTIAL )?REVISION OF THE TEXT", True),
    ("11", "DOSIMETRY", "(?:INTERNAL )?(?:RADIATION )?DOSIMETRY", False),
    (
        "12",
        "INSTRUCTIONS FOR PREPARATION OF RADIOPHARMACEUTICALS",
        "INSTRUCTIONS? FOR (?:THE )?PREPARATION OF RADIOPHARMACEUTICALS?",
        False,
    ),
)

_ANNEX_II = (
    (
        "A",
        "MANUFACTURER(S) OF THE BIOLOGICAL ACTIVE SUBSTANCE(S) AND MANUFACTURER(S) RESPONSIBLE FOR BATCH RELEASE",
        "(?:HOLDERS? OF THE )?MANUFACTUR(?:ERS?|ING AUTHORISATIONS?) .{0,130}? RESPONSIBLE FOR (?:THE )?BATCH RELEASE",
        True,
    ),
    (
        "B",
        "CONDITIONS OR RESTRICTIONS REGARDING SUPPLY AND USE",
        "CONDITIONS? (?:OR|AND) RES?TRICTIONS? (?:REGARDING|CONCERNING)(?: THE)? SUPPLY AND USE"
        "|CONDITIONS? OF THE MARKETING AUTHORISATION",
        True,
    ),
    (
        "C",
        "OTHER CONDITIONS AND REQUIREMENTS OF THE MARKETING AUTHORISATION",
        "OTHER CONDITIONS? AND REQUIREMENTS? OF THE MARKETI?NG AUTHORISATION"
        "|SPECIFIC OBLIGATIONS? TO BE FULFILLED BY THE MARKETING AUTHORISATION HOLDER",
        True,
    ),
    (
        "D",
        "CONDITIONS OR RESTRICTIONS WITH REGARD TO THE SAFE AND EFFECTIVE USE OF THE MEDICINAL PRODUCT",
        "CONDITIONS? (?:OR|AND) RES?TRICTIONS? WITH REGARDS? TO (?:THE )?SAFE AND EFFECTIVE USE"
        "(?: OF THE MEDICINAL PRODUCT)?(?: TO BE IMPLEMENTED BY THE MEMBER STATES)?",
        True,
    ),
    (
        "E",
        "SPECIFIC OBLIGATION TO COMPLETE POST-AUTHORISATION MEASURES",
        "SPECIFIC OBLIGATIONS? TO COMPLETE POSTAUTHORISATION MEASURES(?: FOR THE (?:CONDITIONAL )?MARKETING"
        " AUTHORISATION(?: UNDER EXCEPTIONAL CIRCUMSTANCES)?)?",
        False,
    ),
)

# The outer packaging's order; the labels of small units and blisters have numbers of their own.
_LABELLING = (
    ("1", "NAME OF THE MEDICINAL PRODUCT AND ROUTE(S) OF ADMINISTRATION",
     "NAME OF (?:THE )?MEDICINAL PRODUCT AND(?: IF NECESSARY)? ROUTES? OF ADMINI?STRATION"),
    ("1", "NAME OF THE MEDICINAL PRODUCT", "NAME OF (?:THE )?MEDICINAL PRODUCTS?"),
    ("2", "STATEMENT OF ACTIVE SUBSTANCE(S)", "STATEMENT OF (?:THE )?ACTIVE SUBSTANCES?"),
    ("3", "LIST OF EXCIPIENTS", "LIST OF EXCIPIENTS?"),
    ("4", "PHARMACEUTICAL FORM AND CONTENTS", "PHARMACEUTICAL FORMS? AND CONTENTS?"),
    ("5", "METHOD AND ROUTE(S) OF ADMINISTRATION", "METHODS? AND ROUTES? OF ADMINI?STRATION"),
    ("6", "SPECIAL WARNING THAT THE MEDICINAL PRODUCT MUST BE STORED OUT OF THE SIGHT AND REACH OF CHILDREN",
     "SPECIAL WARNINGS? THAT THE MEDICINAL PRODUCT MUST BE (?:STORED|KEPT) OUT OF"
     " (?:THE )?(?:SIGHT|REACH)(?: AND)?(?: (?:SIGHT|REACH))?(?: OF)? CHILDREN"),
    ("7", "OTHER SPECIAL WARNING(S), IF NECESSARY", "OTHER SPECIAL WARNINGS?(?: IF NECESSARY)?"),
    ("8", "EXPIRY DATE", "EXPIRY DATE(?: AND OTHER BATCH SPECIFIC INFORMATION)?"),
    ("9", "SPECIAL STORAGE CONDITIONS", "SPECIAL STORAGE CONDITIONS?"),
    ("10", "SPECIAL PRECAUTIONS FOR DISPOSAL OF UNUSED MEDICINAL PRODUCTS OR WASTE MATERIALS DERIVED FROM SUCH"
     " MEDICINAL PRODUCTS, IF APPROPRIATE",
     "SPECIAL PRECAU[TS]IONS? FOR (?:THE )?DISPOSAL OF UNUSED MEDICINAL PRODUCTS? OR WASTE MATERIALS?"
     " DERIVED FROM SUCH MEDICINAL PRODUCTS?(?: IF APPROPRIATE)?"),
    ("11", "NAME AND ADDRESS OF THE MARKETING AUTHORISATION HOLDER",
     "NAME AND ADDRESS OF (?:THE )?MARKETING AUTHORISATION HOLDERS?"),
    ("12", "MARKETING AUTHORISATION NUMBER(S)", "MARKETING AUTHORISATION NUMBERS?"),
    ("13", "BATCH NUMBER", "BATCH NUMBERS?(?: DONATION AND PRODUCT CODES?)?|MANUFACTURERS? BATCH NUMBERS?"),
    ("14", "GENERAL CLASSIFICATION FOR SUPPLY", "GENERAL CLASSIFICATION FOR SUPPLY"),
    ("15", "INSTRUCTIONS ON USE", "INSTRUCTIONS? (?:ON|FOR) USE"),
    ("16", "INFORMATION IN BRAILLE", "(?:INFORMATION IN )?BRAILLE"),
    ("17", "UNIQUE IDENTIFIER - 2D BARCODE", "UNIQUE IDENTIFIER 2D BARCODE"),
    ("18", "UNIQUE IDENTIFIER - HUMAN READABLE DATA", "UNIQUE IDENTIFIER HUMAN READABLE DATA"),
    ("2", "NAME OF THE MARKETING AUTHORISATION HOLDER", "NAME OF (?:THE )?MARKETING AUTHORISATION HOLDERS?"),
    ("2", "METHOD OF ADMINISTRATION", "METHODS? OF ADMINI?STRATION"),
    ("5", "CONTENTS BY WEIGHT, BY VOLUME OR BY UNIT",
     "CONTENTS? BY WEIGHT BY VOLUME OR BY UNIT(?: AND DOSE OF THE MEDICINAL PRODUCT)?"),
    ("6", "OTHER", "OTHER"),
)  # fmt: skip

_LEAFLET = (
    ("1", "What X is and what it is used for",
     "WHAT .{1,150}? (?:IS|ARE)(?: AND| OR)?(?: WHAT)?(?: IT| THEY)?(?: IS| ARE)? USED FOR"),
    ("2", "What you need to know before you take X",
     "WHAT .{0,60}? KNOW BEFORE|BEFORE (?:YOU|YOUR|TAKING|USING|.{1,100}? (?:IS|ARE) (?:USED|GIVEN))"),
    ("3", "How to take X", "HOW(?!TOSTORE)"),
    ("4", "Possible side effects", "POSSIBLE SIDE EFFECTS?"),
    ("5", "How to store X", "HOW TO STORE|STORING|HOW .{1,100}? (?:IS|ARE) STORED|STORAGE OF"),
    ("6", "Contents of the pack and other information",
     "CONTENTS? OF THE PACK AND OTHER INFORMATION|FURTHER INFORMATION|OTHER INFORMATION"),
    ("7", "Instructions for use", "INSTRUCTIONS? FOR USE"),
)  # fmt: skip

ENTRIES: tuple[Entry, ...] = (
    *(_entry("smpc", *row, order) for order, row in enumerate(_SMPC, 1)),
    *(_entry("annex-ii", *row, order) for order, row in enumerate(_ANNEX_II, 1)),
    *(_entry("labelling", *row, False, order) for order, row in enumerate(_LABELLING, 1)),
    *(_entry("package-leaflet", *row, int(row[0]) < 7, order) for order, row in enumerate(_LEAFLET, 1)),
)

# A part's own title, and those of each label and leaflet in it; looked for at the beginning of a block only.
_HEADS: tuple[tuple[Part, str, str], ...] = (
    ("smpc", "SUMMARY OF PRODUCT CHARACTERISTICS",
     "ANNEX ?[I1](?![IV1])|(?:ANNEX ?[I1])?SUMMARY OF (?:THE )?PRODUCT CHARACTERISTICS?"),
    ("annex-ii", "ANNEX II", "ANNEX ?(?:II|2)(?![IV])"),
    ("labelling", "LABELLING",
     "ANNEX ?(?:III|3)(?![IV])(?:LABELLING AND PACKAG(?:E|ING) LEAFLET)?|LABELLING AND PACKAG(?:E|ING) LEAFLET"
     "|(?:A ?)?LABELLING$"),
    ("labelling", "PARTICULARS TO APPEAR ON THE PACKAGING", "(?:MINIMUM )?PARTICULARS? (?:TO|THAT) "),
    ("package-leaflet", "PACKAGE LEAFLET", "(?:B ?)?PACKAG(?:E|ING) LEAFLET(?: INFORMATION FOR THE (?:USER|PATIENT))?"),
    ("other", "ANNEX IV", "ANNEX ?(?:IV|4|V)"),
    ("other", "ANNEX", "ANNEX$|ANNEX (?:CONDITIONS|SCIENTIFIC|RELATED)|(?:SCIENTIFIC )?CONCLUSIONS AND GROUNDS FOR"),
)  # fmt: skip

HEADS: tuple[Entry, ...] = tuple(_entry(part, HEAD, title, pattern, False, 0) for part, title, pattern in _HEADS)
