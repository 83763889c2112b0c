"""One made-up page of a medicine, rendered as EMA's HTML and in the three layouts of the Markdown conversion.

The text is ours; the forms (headings, labels, order, blanks) are those of the real pages.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from html import escape
from typing import Any

from medpath.fetch.files import SourceFile
from medpath.model.records import Report, SourceRecord
from medpath.sources.ema import epar_pages

URL = "https://www.ema.europa.eu/en/medicines/human/EPAR/examplin"
MARK = "\ue000"
HOLDER = "Marketing authorisation holder"
FLAGS = ("Orphan", "Biosimilar", "Generic", "Additional monitoring")


@dataclass(frozen=True)
class Doc:
    """A document block. ``days`` are dd/mm/yyyy."""

    title: str
    path: str
    first: str = "04/04/2018"
    last: str | None = None
    reference: str | None = None
    status: str | None = None
    others: dict[str, str] = field(default_factory=dict)


OVERVIEW = Doc(
    "Examplin : EPAR - Medicine overview",
    "/en/documents/overview/examplin-epar-medicine-overview_en.pdf",
    last="21/01/2025",
    reference="EMA/1/2018",
    others={"български (BG)": "/bg/documents/overview/x_bg.pdf", "dansk (DA)": "/da/documents/overview/x_da.pdf"},
)
RISKS = Doc("Examplin : EPAR - Risk-management-plan summary", "/en/documents/rmp-summary/examplin-rmp_en.pdf")
INFORMATION = Doc("Examplin : EPAR - Product information", "/en/documents/product-information/examplin_en.pdf-0")
PACKS = Doc("Examplin : EPAR - All authorised presentations", "/en/documents/all-authorised-presentations/x_en.pdf")
VARIATION = Doc(
    "Examplin-H-C-9999-II-1 : EPAR - Assessment report - Variation",
    "/en/documents/variation-report/examplin-ii-1_en.pdf",
    reference="EMA/3/2024",
)
REPORT = Doc(
    "Examplin : EPAR - Public assessment report",
    "/en/documents/assessment-report/examplin_en.pdf",
    reference="EMA/2/2018",
    status="Adopted",
)


@dataclass(frozen=True)
class Content:
    """What the page says, whatever its form."""

    name: str = "Examplin"
    status: str = "Authorised"
    sentence: str = "This medicine is authorised for use in the European Union"
    substance: str = "examplinum"
    notice: str | None = None
    summary: tuple[str, ...] = ("Examplin is made up.", "It treats nothing **at all** .")
    questions: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("How is Examplin used?", ("It is not used.", "- not by mouth", "- not otherwise")),
        ("How does Examplin work?", ("See the [package leaflet](/en/documents/leaflet/x_en.pdf) .",)),
    )
    areas: tuple[str, ...] = ("Arthritis, Psoriatic", "Psoriasis")
    codes: tuple[str, ...] = ("L04AC05",)
    number: str = "EMEA/H/C/009999"
    flags: tuple[str, ...] = ("Orphan",)
    holder: str = "Example Pharma B.V."
    address: tuple[str, ...] = ("Voorbeeldstraat 1", "1000 AA Amsterdam", "The Netherlands")
    procedure: str | None = "II/0001 14/09/2023"
    dates: tuple[tuple[str, str], ...] = (
        ("Opinion adopted", "14/12/2017"),
        ("Marketing authorisation issued", "23/03/2018"),
    )
    revision: str = "12"
    indication: tuple[str, ...] = ("Examplin is indicated for nothing:", "- in adults;", "- in children.")
    changes: tuple[Doc, ...] = (VARIATION,)
    initial: tuple[Doc, ...] = (REPORT,)
    updated: str = "29/04/2025"
    related: tuple[tuple[str, str], ...] = (
        ("EMEA-1 - paediatric investigation plan", "/en/medicines/human/paediatric-investigation-plans/emea-1"),
        ("Examplin - direct healthcare professional communication", "/en/medicines/dhpc/examplin"),
    )


def markdown(content: Content, layout: str) -> str:
    """The page as docling writes it, in the layout ``inline``, ``lines`` or ``list``."""
    new = layout == "list"
    out = ["---", "document_datetime: 2025-07-01 12:30:00", f"document_pathfilename: {URL[8:]}.html", "---"]
    out += [f"# {content.name}", "[RSS](/en/individual-human-medicine.xml/1)"]
    out += [f"##### {content.status}" if layout == "inline" else content.status, content.sentence]
    labels = f"Medicine Human {content.status}"
    out += [f"{content.substance} {labels}"] if layout == "inline" else [content.substance, labels]
    out += [content.notice] if content.notice else []
    out += ["Page contents", "## Page contents", "- [Overview](#overview)\n- [Product details](#product-details)"]
    out += ["- CHMP opinion\n- European Commission decision", "## Overview", *content.summary]
    out += ["Expand section", "Collapse section"]
    for question, answer in content.questions:
        out += [f"{'###' if new else '##'} {question}", *answer]
    for doc in (OVERVIEW, RISKS):
        out += _markdown_doc(doc, layout)
    out += ["## Product information", *_markdown_doc(INFORMATION, layout)]
    if content.procedure:
        procedure, day = content.procedure.split(" ")
        label = "**Latest procedure affecting product information:**"
        out += [f"{label} {procedure}", day] if new else [f"{label} {procedure} {day}"]
    out += ["icon globe", "<!-- image -->", *_markdown_doc(PACKS, layout), "## Product details"]
    out += _markdown_details(_product(content), layout)
    out += ["### Pharmacotherapeutic group", "Immunosuppressants", "### Therapeutic indication", *content.indication]
    out += ["## Authorisation details", *_markdown_details(_authorisation(content, layout), layout)]
    out += ["## Assessment history", "Expand section", "Collapse section"]
    level = "###" if new else "##"
    out += [f"{level} Changes since initial authorisation of medicine"]
    out += [line for doc in content.changes for line in _markdown_doc(doc, layout)]
    out += [f"{level} Initial marketing authorisation documents"]
    out += [line for doc in content.initial for line in _markdown_doc(doc, layout)]
    out += [f"#### News on {content.name}", "[Some news](/en/news/some-news) 13/12/2024"]
    out += [f"#### More information on {content.name}", *(f"- [{words}]({path})" for words, path in content.related)]
    foot = "**This page was last updated on**"
    out += [foot, content.updated] if new else [f"{foot} {content.updated}"]
    return "\n\n".join([*out, "## Share this page", "[Back to top](#main-content)", ""]).replace("\n\n", "\n", 3)


def _product(content: Content) -> list[tuple[str, list[str]]]:
    return [
        ("Name of medicine", [content.name]),
        ("Active substance", [content.substance]),
        ("International non-proprietary name (INN) or common name", [content.substance]),
        ("Therapeutic area (MeSH)", list(content.areas)),
        ("Anatomical therapeutic chemical (ATC) code", list(content.codes)),
    ]


def _authorisation(content: Content, layout: str) -> list[tuple[str, list[str]]]:
    if layout == "list":
        holder = [f"{content.holder} {f' {MARK} '.join(content.address)}"]
    else:
        holder = [content.holder, *content.address[:1]]
    return [
        ("EMA product number", [content.number]),
        *((flag, ["This medicine is so. For more information, see [a page](/node/1) ."]) for flag in content.flags),
        (HOLDER, holder),
        *((label, [day]) for label, day in content.dates),
        ("Revision", [content.revision]),
    ]


def _markdown_details(entries: list[tuple[str, list[str]]], layout: str) -> list[str]:
    if layout == "list":
        return ["\n".join("\n    - ".join([f"- **{label}**", *values]) for label, values in entries)]
    out: list[str] = []
    line = ""  # of the layout "inline", to which labels and values are added
    for label, values in entries:
        several = [f"- {value}" for value in values]
        apart = label == HOLDER or label in FLAGS
        if layout == "lines" or label in FLAGS:
            out += [line] if line else []
            out += [label, *(several if len(values) > 1 and not apart else values)]
            line = ""
        elif apart or len(values) > 1:
            out += [f"{line} {label}".strip(), *(values if apart else several)]
            line = ""
        else:
            line = f"{line} {label} {values[0]}".strip()
    return [*out, line] if line else out


def _markdown_doc(doc: Doc, layout: str) -> list[str]:
    out = [doc.title]
    reference = f"Reference Number: {doc.reference}" if doc.reference else None
    if layout == "inline":
        out += [line for line in (doc.status, reference) if line]
    elif doc.status or reference:
        out += [" ".join(part for part in (doc.status, reference) if part)]
    out += _markdown_file("English (EN)", doc.path, doc, layout)
    if doc.others:
        out += [f"[Other languages ({len(doc.others)})](#file-language-dropdown-1)"]
        for language, path in doc.others.items():
            out += _markdown_file(language, path, doc, layout)
    return out


def _markdown_file(language: str, path: str, doc: Doc, layout: str) -> list[str]:
    days = [f"**First published:** {doc.first}"] + ([f"**Last updated:** {doc.last}"] if doc.last else [])
    if layout == "list":
        days = [" ".join(days)]
    elif language != "English (EN)":
        days = [part for day in days for part in (day[:-11], day[-10:])]
    return [f"{language} (164.68 KB - PDF)", *days, f"[View]({path})"]


def html(content: Content) -> str:
    """The page as a site may write it: other markup than any other sample, the same headings, labels and links."""
    sections = f"<h2>Overview</h2>{_paragraphs(content.summary)}"
    for question, answer in content.questions:
        sections += f"<h2><button>\n{question}\n</button></h2><div>{_paragraphs(answer)}</div>"
    sections += _html_doc(OVERVIEW) + _html_doc(RISKS) + "<h2>Product information</h2>" + _html_doc(INFORMATION)
    if content.procedure:
        sections += f"<p><b>Latest procedure affecting product information:</b> {content.procedure}</p>"
    sections += _html_doc(PACKS) + "<h2>Product details</h2>" + _html_details(_product(content))
    sections += "<h3>Pharmacotherapeutic group</h3><p>Immunosuppressants</p><h3>Therapeutic indication</h3>"
    details = [entry for entry in _authorisation(content, "html") if entry[0] != HOLDER]
    place = next(place for place, (label, _) in enumerate(details) if label == content.dates[0][0])
    sections += _paragraphs(content.indication) + "<h2>Authorisation details</h2>" + _html_details(details[:place])
    sections += f"<dl><dt>{HOLDER}</dt><dd><div>{escape(content.holder)}</div>"
    sections += f"<p>{'<br>'.join(content.address)}</p></dd></dl>" + _html_details(details[place:])
    sections += "<h2>Assessment history</h2><div><h2>Changes since initial authorisation of medicine</h2>"
    sections += "".join(_html_doc(doc) for doc in content.changes)
    sections += "<div><h2>Initial marketing authorisation documents</h2>"
    sections += "".join(_html_doc(doc) for doc in content.initial) + "</div></div>"
    sections += f"<h2>News on {content.name}</h2><p><a href='/en/news/some-news'>Some news</a> 13/12/2024</p>"
    links = "".join(f"<li><a href='{path}'>{words}</a></li>" for words, path in content.related)
    sections += f"<h2>More information on {content.name}</h2><ul>{links}</ul>"
    notice = f"<div>{content.notice}</div>" if content.notice else ""
    return f"""<!doctype html><html><head><title>{content.name}</title><link rel="canonical" href="{URL}"></head><body>
<header><h1>Search</h1><nav><ul><li><a href="/en/medicines">Medicines</a></li></ul></nav></header><main>
<h1>{content.name}</h1><a href="/en/individual-human-medicine.xml/1">RSS</a><p>{content.status}</p>
<p>{content.sentence}</p><div><span>{content.substance}</span> <span>Medicine</span> <span>Human</span>
<span>{content.status}</span></div>{notice}
<nav><h2>Page contents</h2><ul><li><a href="#overview">Overview</a></li></ul></nav>
{sections}<p><strong>This page was last updated on</strong> <time>{content.updated}</time></p></main>
<footer><h2>How to find us</h2></footer><script>"<h2>Key facts</h2>"</script></body></html>"""


def _paragraphs(texts: tuple[str, ...]) -> str:
    out, items = "", ""
    for text in texts:
        text = text.replace("**at all** .", "<b>at all</b>.")
        if "](" in text:
            words, _, path = text.partition("](")
            text = f"See the <a href='{path[:-3]}'>{words.removeprefix('See the [')}</a>."
        if text.startswith("- "):
            items += f"<li>{text[2:]}</li>"
        else:
            out += f"<p>{text}</p>"
    return out + (f"<ul>{items}</ul>" if items else "")


def _html_details(entries: list[tuple[str, list[str]]]) -> str:
    def value(values: list[str]) -> str:
        shown = [one.replace("[a page](/node/1) .", "<a href='/node/1'>a page</a>.") for one in values]
        return "<ul>" + "".join(f"<li>{one}</li>" for one in shown) + "</ul>" if len(shown) > 1 else shown[0]

    return "<dl>" + "".join(f"<dt>{label}</dt><dd>{value(values)}</dd>" for label, values in entries) + "</dl>"


def _html_doc(doc: Doc) -> str:
    out = f"<div><p>{escape(doc.title)}</p>" + (f"<span>{doc.status}</span>" if doc.status else "")
    out += f"<p>Reference Number: {doc.reference}</p>" if doc.reference else ""
    out += _html_file("English (EN)", doc.path, doc)
    if doc.others:
        files = "".join(f"<li>{_html_file(language, path, doc)}</li>" for language, path in doc.others.items())
        out += f"<a href='#dropdown'>Other languages ({len(doc.others)})</a><ul>{files}</ul>"
    return out + "</div>"


def _html_file(language: str, path: str, doc: Doc) -> str:
    last = f" <strong>Last updated:</strong> <time>{doc.last}</time>" if doc.last else ""
    days = f"<p><strong>First published:</strong> <time>{doc.first}</time>{last}</p>"
    return f"<p>{language} (164.68&nbsp;KB - PDF)</p>{days}<a href='{path}'>View</a>"


def read(page: str | bytes, url: str = URL) -> tuple[list[SourceRecord], Report]:
    """What the reader makes of a page."""
    data = page.encode() if isinstance(page, str) else page
    report = Report("ema.epar_pages")
    return list(epar_pages.read(SourceFile("ema.epar_pages", "page", url, data), report)), report


def body_of(page: str | bytes) -> dict[str, Any]:
    """The body of the page's record; the page must have one."""
    (record,), _ = read(page)
    return record.body


def codes_of(report: Report) -> list[str]:
    """The codes of the issues, in order."""
    return [issue.code for issue in report.issues]


CONTENT = Content()
with_ = replace
