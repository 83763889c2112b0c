"""Product information of a medicine that does not exist, in the shape of EMA's template, written for the tests."""

from medpath.documents.blocks import Block
from medpath.documents.markdown import read_markdown
from medpath.documents.product_information import ProductInformation, Section

BREAK = '<div style="page-break-after: always"></div>'
WATERMARK = "Medicinal product no longer authorised"

SUMMARY = {
    "1": ("NAME OF THE MEDICINAL PRODUCT", "Examplin 10 mg tablets"),
    "2": ("QUALITATIVE AND QUANTITATIVE COMPOSITION", "Each tablet holds 10 mg of examplin."),
    "3": ("PHARMACEUTICAL FORM", "Tablet. White and round."),
    "4": ("CLINICAL PARTICULARS", ""),
    "4.1": ("Therapeutic indications", "Examplin is for tests of readers in adults."),
    "4.2": ("Posology and method of administration", "One tablet for each test (see section 4.4)."),
    "4.3": ("Contraindications", "Hypersensitivity to the examplin of the tablet."),
    "4.4": ("Special warnings and precautions for use", "Readers can be misled by section 4.8 of other texts."),
    "4.5": ("Interaction with other medicinal products and other forms of interaction", "None was looked for."),
    "4.6": ("Fertility, pregnancy and lactation", "Nobody has borne a reader yet."),
    "4.7": ("Effects on ability to drive and use machines", "Examplin has no influence on machines."),
    "4.8": ("Undesirable effects", "The most common one was yawning."),
    "4.9": ("Overdose", "Too many tests were endured without symptoms."),
    "5": ("PHARMACOLOGICAL PROPERTIES", ""),
    "5.1": ("Pharmacodynamic properties", "Pharmacotherapeutic group: test substances."),
    "5.2": ("Pharmacokinetic properties", "Absorption is quick where the test is."),
    "5.3": ("Preclinical safety data", "No animal was told of it."),
    "6": ("PHARMACEUTICAL PARTICULARS", ""),
    "6.1": ("List of excipients", "Chalk and sugar."),
    "6.2": ("Incompatibilities", "Not applicable."),
    "6.3": ("Shelf life", "2 years."),
    "6.4": ("Special precautions for storage", "Keep it in the drawer."),
    "6.5": ("Nature and contents of container", "A box of 10 tablets."),
    "6.6": ("Special precautions for disposal and other handling", "No special requirements."),
    "7": ("MARKETING AUTHORISATION HOLDER", "Sample Ltd, 1 Test Street, Dublin, Ireland"),
    "8": ("MARKETING AUTHORISATION NUMBER(S)", "EU/1/00/999/001"),
    "9": ("DATE OF FIRST AUTHORISATION/RENEWAL OF THE AUTHORISATION", "1 January 2001"),
    "10": ("DATE OF REVISION OF THE TEXT", "Nothing is said of it."),
}
ANNEX_II = {
    "A": ("MANUFACTURER(S) RESPONSIBLE FOR BATCH RELEASE", "Sample Works, 2 Test Street, Dublin, Ireland"),
    "B": ("CONDITIONS OR RESTRICTIONS REGARDING SUPPLY AND USE", "For testers only."),
    "C": ("OTHER CONDITIONS AND REQUIREMENTS OF THE MARKETING AUTHORISATION", "Reports are due each year."),
    "D": (
        "CONDITIONS OR RESTRICTIONS WITH REGARD TO THE SAFE AND EFFECTIVE USE OF THE MEDICINAL PRODUCT",
        "A plan for tests is kept.",
    ),
}
LABEL = {
    "1": ("NAME OF THE MEDICINAL PRODUCT", "Examplin 10 mg tablets"),
    "2": ("STATEMENT OF ACTIVE SUBSTANCE(S)", "10 mg examplin"),
    "3": ("LIST OF EXCIPIENTS", ""),
    "4": ("PHARMACEUTICAL FORM AND CONTENTS", "10 tablets"),
    "8": ("EXPIRY DATE", "EXP"),
    "13": ("BATCH NUMBER", "Lot"),
    "18": ("UNIQUE IDENTIFIER - HUMAN READABLE DATA", "PC SN NN"),
}
LEAFLET = {
    "1": ("What Examplin is and what it is used for", "Examplin is a word. It is used to see whether readers read."),
    "2": ("What you need to know before you take Examplin", "Do not take Examplin if you have no test at hand today."),
    "3": ("How to take Examplin", "Always take it as the test tells you. One tablet is enough for one test."),
    "4": ("Possible side effects", "Like all tests, this one can fail, although not every one does so."),
    "5": ("How to store Examplin", "Keep it out of the reach of those who would change it without a reason."),
    "6": ("Contents of the pack and other information", "The active substance is examplin. The rest is chalk."),
}


def headed(number: str, title: str, text: str) -> str:
    """A section with its heading and its text as blocks of their own."""
    dot = "" if "." in number else "."
    return f"## {number}{dot} {title}\n\n{text}\n" if text else f"## {number}{dot} {title}\n"


def summary(**texts: str) -> str:
    """A summary in clean form; a text can be replaced by its number ("s4_8")."""
    lines = []
    for number, (title, text) in SUMMARY.items():
        lines.append(headed(number, title, texts.get("s" + number.replace(".", "_"), text)))
    return "\n".join(lines)


def part(sections: dict[str, tuple[str, str]]) -> str:
    """Any other part's sections in clean form."""
    return "\n".join(headed(number, title, text) for number, (title, text) in sections.items())


def contents(sections: dict[str, tuple[str, str]]) -> str:
    """The list of a part's headings that stands before it."""
    return "\n".join(f"- {number}. {title}\n" for number, (title, _) in sections.items())


def whole(smpc: str | None = None) -> str:
    """A whole product information in clean form."""
    return "\n\n".join(
        (
            "## ANNEX I\n\n## SUMMARY OF PRODUCT CHARACTERISTICS",
            BREAK,
            summary() if smpc is None else smpc,
            BREAK,
            "## ANNEX II",
            contents(ANNEX_II),
            BREAK,
            part(ANNEX_II),
            BREAK,
            "## ANNEX III\n\n## LABELLING AND PACKAGE LEAFLET",
            BREAK,
            "## A. LABELLING",
            BREAK,
            "## PARTICULARS TO APPEAR ON THE OUTER PACKAGING\n\nCARTON",
            part(LABEL),
            BREAK,
            "## B. PACKAGE LEAFLET",
            BREAK,
            "## Package leaflet: Information for the user\n\nExamplin 10 mg tablets\n\nexamplin\n\n"
            "Read all of this leaflet before you begin.\n\n## What is in this leaflet",
            contents(LEAFLET),
            part(LEAFLET),
        )
    )


def blocks_of(markdown: str) -> list[Block]:
    """The blocks of a text in docling's Markdown."""
    return read_markdown(markdown).blocks


def text_of(section: Section) -> str:
    """The words of a section, blocks and cells joined by a blank."""
    cells = [[block.text, *(cell for row in block.rows for cell in row)] for block in section.blocks]
    return " ".join(word for block in cells for word in block if word)


def numbers(found: ProductInformation, part: str, unit: int = 1) -> list[str]:
    """The numbers of a unit's sections, in order."""
    return [section.number for section in found.sections if section.part == part and section.unit == unit]


def section(found: ProductInformation, part: str, number: str, unit: int = 1) -> Section:
    """The one section with that number."""
    (one,) = (s for s in found.sections if (s.part, s.number, s.unit) == (part, number, unit))
    return one


def codes(found: ProductInformation) -> list[str]:
    """The codes of what is wrong."""
    return [issue.code for issue in found.issues]
