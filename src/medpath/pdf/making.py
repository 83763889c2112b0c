"""Makes a PDF of a page or digest: its HTML with a style for paper, a head and foot on every page, and bounds."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from importlib.resources import files

from markupsafe import Markup

from medpath.bounded import Breach, call_apart
from medpath.errors import MedPathError, UsageError

LONGEST = 2_000_000  # bytes of HTML: about 650 pages, 1.4 GB of memory and more than a minute of one core
SECONDS = 600.0
MEMORY = 2_500_000_000
LARGEST = 200_000_000
INSTEAD = "--format html can be printed from any browser."
NOT_INSTALLED = (
    f"PDF files need WeasyPrint, which is not installed: make pdf in a clone, else pip install weasyprint. {INSTEAD}"
)
NO_PANGO = (
    "PDF files need the library Pango, which can't be loaded here; on Debian and Ubuntu: "
    f"apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0. {INSTEAD}"
)
NO_FONT = (
    "No font here has the letters of this text ({letters}), so no PDF was made; on Debian and Ubuntu: "
    f"apt install {{font}}. {INSTEAD}"
)
WITHOUT_FONT = "No font here has these signs, which stand as boxes: {signs}"


@dataclass(frozen=True)
class Frame:
    """What stands on every page of a PDF: what it is about, a warning, the date of its data, and whom they are from.

    ``made_at`` is the instant of the data (RFC 3339), which is the file's date too; None where nothing says it.
    """

    head: str
    warning: str
    dated: str
    source: str
    made_at: str | None


@dataclass(frozen=True)
class Made:
    """A PDF, and a sentence about signs that no font has, ``""`` where all are printed."""

    body: bytes
    remark: str


def make_pdf(html: str, frame: Frame) -> Made:
    """The PDF of a whole HTML document, tagged, with its title, language, links and an outline of its headings.

    Raises UsageError where what makes PDFs or a font is missing or the document is too long, MedPathError where it
    can't be made within the bounds.
    """
    document = _framed(html, frame).encode()
    if len(document) > LONGEST:
        raise UsageError(f"This is too long for one PDF; choose less of it. {INSTEAD}")
    try:
        answer = call_apart("medpath.pdf.rendering:render", document, seconds=SECONDS, memory=MEMORY, answer=LARGEST)
    except Breach as breach:
        why = {"time": f"it took more than {SECONDS:.0f} seconds", "memory": "it took too much memory"}
        said = why.get(breach.reason, "the program that makes it failed")
        raise MedPathError(f"The PDF could not be made: {said}. {INSTEAD}") from breach
    line, _, body = answer.partition(b"\n")
    said = json.loads(line)
    if "problem" in said:
        raise UsageError(NOT_INSTALLED if said["problem"] == "library" else NO_PANGO)
    missing = [chr(code) for code in said["without_font"]]
    _refuse_boxes(missing)
    return Made(body, WITHOUT_FONT.format(signs=" ".join(missing)) if missing else "")


def _refuse_boxes(missing: list[str]) -> None:
    """A text whose letters are boxes is none; a rare sign that is one can be borne. Raises UsageError."""
    for script, font in (("CJK", "fonts-wqy-microhei"), ("LATIN", "fonts-dejavu-core")):
        letters = [one for one in missing if unicodedata.name(one, "").startswith(script)]
        if letters:
            raise UsageError(NO_FONT.format(letters=" ".join(letters[:5]), font=font))


def _framed(html: str, frame: Frame) -> str:
    """The document with the style for paper and the elements that every page's margins show."""
    style = files("medpath.pdf").joinpath("paper.css").read_text(encoding="utf-8")
    made_at = Markup('<meta name="dcterms.created" content="{}">\n').format(frame.made_at) if frame.made_at else ""
    warning = Markup('<p class="warning">{}</p>').format(frame.warning) if frame.warning else ""
    margins = Markup(
        '<div class="on-each-page head"><p><span class="right">{}</span>{}</p>{}</div>'
        '<div class="on-each-page source"><p>{}</p></div>'
    ).format(frame.dated, frame.head, warning, frame.source)
    return html.replace("</head>", f"{made_at}<style>\n{style}\n</style>\n</head>", 1).replace(
        "<body>", f"<body>\n{margins}", 1
    )
