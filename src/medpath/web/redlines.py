"""What changed in the text of a document from one version to another, section by section."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup, escape

from medpath import urls
from medpath.documents.editions import Difference
from medpath.documents.redline import Edit, Run
from medpath.errors import NotFound
from medpath.http.answers import Content
from medpath.http.state import Stamp, State
from medpath.model.terms import ENDED
from medpath.store.editions import Redline, redline_of, text_of_difference
from medpath.store.sections import NoText
from medpath.translations.language import Language
from medpath.translations.words import word
from medpath.web.asked import Asked
from medpath.web.found import medicine_of
from medpath.web.page import page
from medpath.web.texts import in_words, named, texts_of, titled

PARAMETERS = ("from", "to", "portion")
PORTION = 80_000  # signs of changed text on a page
LONG = 400  # signs; a longer unchanged stretch is shown by its ends
END = 150
EDITS = ("added", "removed", "changed", "moved")


@dataclass(frozen=True)
class Section:
    """A section that changed: its anchor and address in this redline, and how many edits of each kind it has."""

    part: str
    unit: int
    product: str | None
    number: str
    title: str
    kind: str
    counts: dict[str, int]
    numbers: bool
    anchor: str
    address: str
    reading: str | None
    body: Markup


def compared(state: State, asked: Asked, number: str, file: str) -> Redline:
    """The redline that is asked for; it takes time, so that it is made beside the event loop. Raises NotFound."""
    medicine_of(state, asked.language, number)
    old, new = asked.count("from") or None, asked.count("to") or None
    try:
        return redline_of(texts_of(state), number, file, old, new)
    except NoText as problem:
        raise in_words(asked.language, problem) from problem


def show(state: State, asked: Asked, stamp: Stamp, found: Redline) -> Content:
    """The page of a redline. Raises NotFound, UsageError."""
    language, _ = asked.language, asked.language.gettext
    medicine, document = found.new.medicine, found.new.document
    parts = list(portions_of(found.differences))
    chosen = asked.count("portion") or 1
    if chosen > max(len(parts), 1):
        said = _("The text has %(number)s portions; there is no portion %(asked)s.")
        raise NotFound(said % {"number": len(parts), "asked": chosen})
    sections = list(_sections(asked, found, parts, chosen))
    name = document["title"] or found.new.file
    title = _("%(name)s: what changed from version %(old)s to version %(new)s") % {
        "name": medicine["name"],
        "old": found.old.version.number,
        "new": found.new.version.number,
    }
    return page(
        state,
        stamp,
        asked,
        "redline.html",
        named(language, title, dict(medicine)),
        description=_("The sections of a document of EMA on %(name)s that differ between two versions.")
        % {"name": medicine["name"]},
        indexed=chosen == 1,
        medicine=medicine,
        as_of=None,
        now=None,
        authorised=medicine["status"]["code"] == "authorised",
        ended=medicine["status"]["code"] in ENDED,
        document=document,
        document_name=name,
        document_address=urls.document_text(found.new.number, found.new.file, language.code),
        old=found.old.version,
        new=found.new.version,
        versions=found.new.versions,
        sections=sections,
        units=[list(some) for _unit, some in groupby(sections, key=lambda one: (one.part, one.unit))],
        shown=[one for one in sections if one.body],
        attributions=list(dict.fromkeys(state.attribution(one.version.dataset) for one in (found.old, found.new))),
        pages=[(index, _portion(asked, index)) for index in range(1, len(parts) + 1)],
        portion=chosen,
        tag=document["language"] or "en",
        json_address=_json_address(found),
    )


def portions_of(differences: Sequence[Difference]) -> Iterator[list[int]]:
    """The places of differences in portions of about `PORTION` signs, at least one each."""
    part: list[int] = []
    used = 0
    for place, one in enumerate(differences):
        size = sum(80 + len(edit.old or "") + len(edit.new or "") for edit in one.edits)
        size += sum(map(len, text_of_difference(one))) if not one.edits else 0
        if part and used + size > PORTION:
            yield part
            part, used = [], 0
        part.append(place)
        used += size
    if part:
        yield part


def _sections(asked: Asked, found: Redline, parts: list[list[int]], chosen: int) -> Iterator[Section]:
    name = found.new.medicine["name"]
    taken: set[str] = set()
    for index, places in enumerate(parts, 1):
        for place in places:
            one = found.differences[place]
            section = one.new or one.old
            assert section is not None
            anchor = f"{section.part}-{section.number}" if section.part and section.number else f"d{place + 1}"
            if anchor in taken:
                anchor = f"{anchor}-{place + 1}"
            taken.add(anchor)
            counts = {kind: sum(edit.kind == kind for edit in one.edits) for kind in EDITS}
            reading = None
            if one.new is not None and section.part and section.number:
                reading = urls.section(
                    found.new.number, section.part, section.number, section.unit, asked.language.code
                )
            yield Section(
                word(asked.language, "part", section.part) or section.part,
                section.unit,
                section.product,
                "" if section.number == "0" else section.number,
                titled(section, name),
                one.kind,
                {kind: count for kind, count in counts.items() if count},
                any(run.number for edit in one.edits for run in edit.runs),
                anchor,
                f"#{anchor}" if index == chosen else f"{_portion(asked, index)}#{anchor}",
                reading if found.new.is_newest else None,
                _body(asked.language, one) if index == chosen else Markup(""),
            )


def _portion(asked: Asked, index: int) -> str:
    return asked.changed(portion=str(index) if index > 1 else None)


def _json_address(found: Redline) -> str:
    address = urls.api_document(found.new.number, found.new.file)
    return f"{address}/diff?from={found.old.version.number}&to={found.new.version.number}"


def _body(language: Language, one: Difference) -> Markup:
    if one.edits:
        return Markup("").join(_edit(language, edit) for edit in one.edits)
    mark = "del" if one.new is None else "ins"
    return Markup("").join(Markup(f"<p><{mark}>%s</{mark}></p>") % text for text in text_of_difference(one))


def _edit(language: Language, edit: Edit) -> Markup:
    label = escape(word(language, "edit", edit.kind) or edit.kind)
    tag = f'<span class="tag" lang="{language.tag}">{label}</span> '
    if edit.runs:
        return Markup(f"<p>{tag}{''.join(_run(language, run) for run in edit.runs)}</p>")
    if edit.kind == "removed":
        return Markup(f"<p>{tag}<del>{escape(edit.old)}</del></p>")
    if edit.kind == "moved":
        return Markup(f"<p>{tag}{_shortened(language, edit.new or '')}</p>")
    return Markup(f"<p>{tag}<ins>{escape(edit.new)}</ins></p>")


def _run(language: Language, run: Run) -> str:
    if run.kind == "same":
        return _shortened(language, run.text)
    mark = "ins" if run.kind == "added" else "del"
    text = run.text.rstrip()
    number = ' class="number"' if run.number else ""
    return f"<{mark}{number}>{escape(text)}</{mark}>{' ' * (text != run.text)}"


def _shortened(language: Language, text: str) -> str:
    if len(text) <= LONG:
        return str(escape(text))
    start, end = text[:END].rpartition(" ")[0] or text[:END], text[-END:].partition(" ")[2] or text[-END:]
    note = escape(language.gettext("[… unchanged …]"))
    return f'{escape(start)} <span class="note" lang="{language.tag}">{note}</span> {escape(end)}'
