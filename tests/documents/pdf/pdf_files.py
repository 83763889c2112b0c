"""PDF files written for the tests, object by object: text at its places, ruled lines, pictures, faults.

Letters are Courier's, 0.6 of their size wide, so that a test knows where each stands. ``Flow`` writes paragraphs down
the page as a word processor does, with the page's number at its foot.
"""

from __future__ import annotations

import textwrap
import zlib
from dataclasses import dataclass, field

from tests.documents.qrd_documents import ANNEX_II, LABEL, LEAFLET, SUMMARY

WIDTH, HEIGHT, MARGIN = 595, 842, 71
SIZE = 11.0
LEADING = 12.6
LETTER = 0.6
ROOM = int((WIDTH - 2 * MARGIN) / (LETTER * SIZE))  # letters in a line
WATERMARK = "Medicinal product no longer authorised"


@dataclass
class Page:
    """What is drawn on a page; points, from the lower left corner."""

    rotate: int = 0
    drawn: list[bytes] = field(default_factory=list)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float = SIZE,
        *,
        bold: bool = False,
        grey: float = 0.0,
        direction: tuple[float, float] = (1, 0),
    ) -> None:
        """Text that begins at a place and runs in a direction (cosine, sine)."""
        a, b = direction
        shown = "".join(map(chr, _codes(text))).encode("latin-1")
        shown = shown.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        font = "F2" if bold else "F1"
        if any(sign in OTHERS for sign in text):
            font = "F3"
        place = f"{a:.4f} {b:.4f} {-b:.4f} {a:.4f} {x:.2f} {y:.2f}"
        self.drawn.append(f"{grey} g BT /{font} {size} Tf {place} Tm (".encode() + shown + b") Tj ET")

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A ruled line, stroked."""
        self.drawn.append(f"0.5 w {x0} {y0} m {x1} {y1} l S".encode())

    def box(self, x: float, y: float, width: float, height: float) -> None:
        """A frame, stroked."""
        self.drawn.append(f"0.5 w {x} {y} {width} {height} re S".encode())

    def picture(self, x: float, y: float, width: float, height: float) -> None:
        """An image."""
        self.drawn.append(f"q {width} 0 0 {height} {x} {y} cm /I1 Do Q".encode())


# Signs that WinAnsi lacks, and the codes that stand for them in the font F3.
OTHERS = {sign: code for code, sign in enumerate("אבגדהוזחטיכלמנסעפצקרשתםןףץך\ufb01\u00ad", 128)}


def _codes(text: str) -> list[int]:
    return [OTHERS[sign] if sign in OTHERS else sign.encode("cp1252", "replace")[0] for sign in text]


@dataclass
class Pdf:
    """A file of pages. ``title`` is what it states of itself; ``locked``: it needs a password that nobody knows."""

    pages: list[Page] = field(default_factory=list)
    title: str = ""
    locked: bool = False

    def page(self, rotate: int = 0) -> Page:
        """A new page at the end."""
        self.pages.append(Page(rotate))
        return self.pages[-1]

    def bytes(self) -> bytes:
        """The file."""
        differences = " ".join(f"{code} /uni{ord(sign):04X}" for sign, code in OTHERS.items())
        pairs = "\n".join(f"<{code:02X}> <{ord(sign):04X}>" for sign, code in OTHERS.items())
        ascii_pairs = "\n".join(f"<{code:02X}> <{code:04X}>" for code in range(32, 127))
        cmap = (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /M def /CMapType 2 def\n"
            "1 begincodespacerange <00> <FF> endcodespacerange\n"
            f"{len(OTHERS)} beginbfchar\n{pairs}\nendbfchar\n95 beginbfchar\n{ascii_pairs}\nendbfchar\n"
            "endcmap CMapName currentdict /CMap defineresource pop end end"
        )
        widths = " ".join(["600"] * 224)
        font = "<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding %s /FirstChar 32 /LastChar 255 /Widths [%s]%s >>"
        others = f"<< /Type /Encoding /BaseEncoding /WinAnsiEncoding /Differences [{differences}] >>"
        kids = " ".join(f"{10 + 2 * number} 0 R" for number in range(len(self.pages)))
        objects = [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            f"<< /Type /Pages /Kids [{kids}] /Count {len(self.pages)} >>".encode(),
            (font % ("Courier", "/WinAnsiEncoding", widths, "")).encode(),
            (font % ("Courier-Bold", "/WinAnsiEncoding", widths, "")).encode(),
            (font % ("Courier", others, widths, " /ToUnicode 6 0 R")).encode(),
            stream(cmap.encode()),
            stream(
                b"\xc0", "/Type /XObject /Subtype /Image /Width 2 /Height 1 /BitsPerComponent 1 /ColorSpace /DeviceGray"
            ),
            f"<< /Title ({self.title}) >>".encode("latin-1"),
            b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <" + b"5A" * 32 + b"> /U <" + b"A5" * 32 + b"> >>",
        ]
        for number, page in enumerate(self.pages):
            objects.append(
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Rotate {page.rotate} /Resources "
                "<< /Font << /F1 3 0 R /F2 4 0 R /F3 5 0 R >> /XObject << /I1 7 0 R >> >> "
                f"/Contents {11 + 2 * number} 0 R >>".encode()
            )
            objects.append(stream(b"\n".join(page.drawn)))
        return assembled(objects, "/Info 8 0 R" + (" /Encrypt 9 0 R /ID [<00> <00>]" if self.locked else ""))


def stream(content: bytes, entries: str = "") -> bytes:
    """A stream object, packed."""
    packed = zlib.compress(content)
    return f"<< /Length {len(packed)} /Filter /FlateDecode {entries} >>\nstream\n".encode() + packed + b"\nendstream"


def assembled(objects: list[bytes], trailer: str = "") -> bytes:
    """A file of these objects, the first of them its catalogue."""
    out = bytearray(b"%PDF-1.6\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{table}\n%%EOF\n".encode()
    return bytes(out)


class Flow:
    """Writes text down the pages. ``pages`` of ``where`` say on which page each heading came to stand."""

    def __init__(self, *, watermark: bool = False, head: str = "") -> None:
        self.pdf = Pdf()
        self.where: dict[str, int] = {}
        self._watermark, self._head = watermark, head
        self.turn()

    def turn(self) -> None:
        """A new page."""
        page = self.pdf.page()
        if self._watermark:
            page.text(120, 250, WATERMARK, 40, grey=0.8, direction=(0.6428, 0.766))
        if self._head:
            page.text(MARGIN, HEIGHT - 40, self._head, 9)
        page.text(WIDTH / 2 - 4, 30, str(len(self.pdf.pages)), 9)
        self.y = HEIGHT - MARGIN - SIZE

    @property
    def page(self) -> Page:
        """The page in hand."""
        return self.pdf.pages[-1]

    def write(self, text: str, *, bold: bool = False, indent: float = 0.0, mark: str = "", size: float = SIZE) -> None:
        """A paragraph; ``mark`` stands before it at the margin, what follows is indented."""
        room = int((WIDTH - 2 * MARGIN - indent) / (LETTER * size))
        for number, line in enumerate(textwrap.wrap(text, room, break_on_hyphens=False)):
            if self.y < MARGIN:
                self.turn()
            if mark and number == 0:
                self.page.text(MARGIN, self.y, mark, size, bold=bold)
            self.page.text(MARGIN + indent, self.y, line, size, bold=bold)
            self.y -= LEADING * size / SIZE
        self.y -= LEADING

    def heading(self, number: str, title: str) -> None:
        """A numbered heading in the body's size, bold, its title behind a tab."""
        if self.y < MARGIN + 3 * LEADING:
            self.turn()
        self.where[f"{number} {title}"] = len(self.pdf.pages)
        self.write(title, bold=True, indent=42, mark=number)


def product_information(*, watermark: bool = False, filling: int = 6) -> Flow:
    """A whole product information in the shape of EMA's template, each section with some more sentences."""
    flow = Flow(watermark=watermark)
    flow.write("ANNEX I", bold=True)
    flow.write("SUMMARY OF PRODUCT CHARACTERISTICS", bold=True)
    flow.turn()
    for number, (title, text) in SUMMARY.items():
        flow.heading(number if "." in number else f"{number}.", title)
        if text:
            flow.write(text)
        if number in ("4.4", "4.8", "5.1"):
            for count in range(filling):
                flow.write(
                    f"Sentence {count} of {title.lower()} goes on over more than one line of the page, as most do."
                )
            flow.write("a point of a list that goes on over more than one line of the page", indent=28, mark="-")
    flow.turn()
    flow.write("ANNEX II", bold=True)
    flow.turn()
    for number, (title, text) in ANNEX_II.items():
        flow.heading(f"{number}.", title)
        flow.write(text)
    flow.turn()
    flow.write("ANNEX III", bold=True)
    flow.write("LABELLING AND PACKAGE LEAFLET", bold=True)
    flow.turn()
    flow.write("A. LABELLING", bold=True)
    flow.turn()
    flow.page.box(MARGIN - 5, flow.y - 2.5 * LEADING, WIDTH - 2 * MARGIN + 10, 3.8 * LEADING)
    flow.write("PARTICULARS TO APPEAR ON THE OUTER PACKAGING", bold=True)
    flow.write("CARTON", bold=True)
    for number, (title, text) in LABEL.items():
        flow.page.box(MARGIN - 5, flow.y - 5, WIDTH - 2 * MARGIN + 10, LEADING + 5)
        flow.heading(f"{number}.", title)
        if text:
            flow.write(text)
    flow.turn()
    flow.write("B. PACKAGE LEAFLET", bold=True)
    flow.turn()
    flow.write("Package leaflet: Information for the user", bold=True)
    flow.write("Read all of this leaflet carefully before you begin.")
    for number, (title, text) in LEAFLET.items():
        flow.heading(f"{number}.", title)
        flow.write(text)
    return flow


# -- files that no reader should trust


def too_much_to_unpack(size: int = 600 << 20) -> bytes:
    """A page whose content unpacks to hundreds of megabytes of text."""
    packer = zlib.compressobj(9)
    step = b"BT /F1 9 Tf 71 700 Td (aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) Tj ET\n" * 12_000
    packed = b"".join(packer.compress(step) for _ in range(size // len(step))) + packer.flush()
    content = f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n".encode() + packed + b"\nendstream"
    return _one_page(content)


def forms_within_forms(levels: int = 40) -> bytes:
    """A page that draws a form ten times, which draws the next one ten times, and so on."""
    forms = []
    for level in range(levels):
        draw = b"/X Do " * 10 if level < levels - 1 else b"BT /F1 9 Tf (a) Tj ET"
        entries = (
            "/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F1 4 0 R >> "
            f"/XObject << /X {7 + level} 0 R >> >>"
        )
        forms.append(stream(draw, entries))
    return _one_page(stream(b"/X Do"), "/XObject << /X 6 0 R >>", forms)


def pages_without_end(form: str) -> bytes:
    """A tree of pages that has itself among its leaves, is very deep, or claims two thousand million pages."""
    if form == "loop":
        kids, more = "2 0 R 3 0 R", []
    elif form == "deep":
        kids = "6 0 R"
        more = [f"<< /Type /Pages /Kids [{7 + n} 0 R] /Count 1 /Parent {5 + n} 0 R >>".encode() for n in range(50_000)]
    else:
        kids, more = "3 0 R", []
    count = {"loop": 2, "deep": 1, "claim": 2_000_000_000}[form]
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"
    return assembled(
        [b"<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode(), page, page,
         page, *more]
    )  # fmt: skip


def objects_in_a_ring() -> bytes:
    """A page whose content, fonts and sizes all refer to each other."""
    return assembled([
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 3 0 R /MediaBox 4 0 R /Resources 3 0 R /Contents 5 0 R >>",
        b"[4 0 R 4 0 R 4 0 R 4 0 R]", b"[5 0 R 6 0 R]", b"6 0 R",
    ])  # fmt: skip


def _one_page(content: bytes, resources: str = "", more: list[bytes] | None = None) -> bytes:
    page = (
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> "
        f"{resources} >> >>"
    )
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>"
    head = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page.encode(), font]
    return assembled([*head, content, *(more or [])])
