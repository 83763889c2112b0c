"""`medpath sections`, `document`, `compare` and `diff`: the texts of documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from medpath import printing
from medpath.commands.given import AsJSON, Medicine, day_of_the_past, given_of
from medpath.errors import NotFound, UsageError

if TYPE_CHECKING:
    from medpath.documents.blocks import Block
    from medpath.documents.editions import Difference
    from medpath.documents.redline import Edit
    from medpath.documents.text_sections import TextSection
    from medpath.store.sections import Text, Texts

File = Annotated[
    str | None, typer.Argument(metavar="FILE", help="EMA's file name of the document, or its type where only one fits.")
]
Version = Annotated[
    int | None, typer.Option("--version", metavar="N", min=1, help="The version of the text [default: the newest].")
]
AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="DATE", help="As it was seen by the end of this day (UTC).")
]
MARKS = {"same": ("", ""), "added": ("{+", "+}"), "removed": ("[-", "-]")}
LONG = 300  # signs; a longer unchanged stretch is shown by its ends
END = 100
SHORT = 40  # signs; facts up to there stand side by side


def sections(
    context: typer.Context,
    medicine: Medicine,
    part: Annotated[
        str | None, typer.Option(metavar="P", help="smpc, annex-ii, labelling or package-leaflet [default: all].")
    ] = None,
    section: Annotated[
        str | None, typer.Option(metavar="N", help="One section, like 4.8 [default: without --json the contents].")
    ] = None,
    version: Version = None,
    as_of: AsOf = None,
    as_json: AsJSON = False,
) -> None:
    """Show sections of a medicine's product information, or list them."""
    from medpath.store.sections import PARTS, section_item

    if part is not None and part not in PARTS:
        raise UsageError(f"--part is one of {', '.join(PARTS)}, not “{part[:40]}”.")
    texts = _texts(context)
    text = texts.product_information(texts.register.resolve(medicine), version, day_of_the_past(as_of, "--as-of"))
    found = [one for one in texts.asked_sections(text, part, section) if one.part]
    if as_json:
        printing.write_json([section_item(text, one) for one in found])
        return
    _head(text)
    if section is None:
        rows = [(one.part, one.number, one.title, str(one.page), _doubt(one), one.product or "") for one in found]
        printing.table(("part", "section", "title", "page", "", "product"), rows, right=(3,))
    else:
        for one in found:
            _section(one)
    _origin(texts, text)


def document(
    context: typer.Context,
    medicine: Medicine,
    file: File = None,
    version: Version = None,
    as_of: AsOf = None,
    as_json: AsJSON = False,
) -> None:
    """Print the text of a document as Markdown, or list the documents of a medicine that have a text."""
    from medpath.commands.dossier import say_not_authorised
    from medpath.store.sections import text_head, text_item, version_item

    texts = _texts(context)
    number, when = texts.register.resolve(medicine), day_of_the_past(as_of, "--as-of")
    if file is None:
        if version is not None:
            raise UsageError("--version is of one document; name its FILE as well.")
        held = texts.of_medicine(number, when)
        if as_json:
            printing.write_json([{**text_head(one), "version": version_item(one.version)} for one in held])
            return
        if not held:
            raise NotFound(f"No text of a document of {number} is held.")
        say_not_authorised(held[0].medicine)
        rows = [
            (one.file, one.document["type"] or "", f"{one.version.number} of {one.versions[-1].number}",
             one.version.observed_from[:10], str(one.version.pages), one.version.result)
            for one in held
        ]  # fmt: skip
        printing.table(("file", "type", "version", "as of", "pages", "sections"), rows, right=(4,))
        return
    text = texts.document(number, _file(texts, number, file), version, when)
    found = texts.sections(text)
    if as_json:
        printing.write_json(text_item(text, found))
        return
    _head(text)
    before: tuple[str, int] | None = None
    for one in found:
        if one.part and (one.part, one.unit) != before:
            before = (one.part, one.unit)
            printing.out()
            printing.out(f"## {one.part}" + (f": {one.product}" if one.product else ""), "bold")
        _section(one, one.level + (2 if one.part else 1))
    _origin(texts, text)


def compare(
    context: typer.Context,
    medicines: Annotated[list[str], typer.Argument(metavar="MEDICINE", help="Two to five numbers or names.")],
    section: Annotated[
        str | None,
        typer.Option(metavar="N", help="A section like 4.8, or package-leaflet/4 [default: facts and days]."),
    ] = None,
    as_json: AsJSON = False,
) -> None:
    """Show facts and days of several medicines side by side, or the same section of each."""
    from medpath.commands.dossier import say_not_authorised
    from medpath.store.editions import LEAST_COMPARED, MOST_COMPARED, asked_section, side_by_side, side_item

    if not LEAST_COMPARED <= len(medicines) <= MOST_COMPARED:
        raise UsageError(f"Name {LEAST_COMPARED} to {MOST_COMPARED} medicines to compare, not {len(medicines)}.")
    part, number = asked_section(section) if section is not None else ("", "")
    texts = _texts(context)
    numbers = list(dict.fromkeys(texts.register.resolve(one) for one in medicines))
    if len(numbers) < LEAST_COMPARED:
        raise UsageError(f"These are one medicine, {numbers[0]}; name {LEAST_COMPARED} to {MOST_COMPARED} to compare.")
    if section is None:
        _compare_facts(list(texts.register.medicines_of(numbers)), as_json)
        return
    sides = side_by_side(texts, numbers, part, number)
    if not any(side.sections for side in sides):
        raise NotFound(" ".join(f"{side.medicine['name']}: {side.missing}" for side in sides))
    if as_json:
        medicines_told = [side_item(one) for one in sides]
        printing.write_json({"part": part, "section": number, "medicines": medicines_told})
        return
    for side in sides:
        printing.out()
        if side.text is None or not side.sections:
            printing.out(f"{side.medicine['name']}  {side.medicine['product_number']}", "bold")
            say_not_authorised(side.medicine)
            printing.say(f"{side.medicine['name']}: {side.missing}")
            continue
        _head(side.text)
        for one in side.sections:
            _section(one)
        _origin(texts, side.text)


def _compare_facts(medicines: list[dict[str, Any]], as_json: bool) -> None:
    from medpath.commands.dossier import say_not_authorised
    from medpath.tabular import as_text, facts_compared

    found = facts_compared(medicines)
    if as_json:
        printing.write_json(found)
        return
    for one in medicines:
        printing.out(f"{one['name']}  {one['product_number']}", "bold")
        say_not_authorised(one)
    rows = [
        (one["field"].replace("_", " "), *(as_text(value) or "not stated" for value in one["values"]))
        for one in found["facts"]
    ]
    printing.out()
    short = [row for row in rows if max(map(len, row)) <= SHORT]
    printing.table(("", *(one["name"] for one in medicines)), short)
    for field, *values in [row for row in rows if row not in short]:
        printing.out()
        printing.out(field, "bold")
        for one, value in zip(medicines, values, strict=True):
            printing.paragraph(f"{one['name']}: {value}", "  ")
    printing.out()
    printing.out(" · ".join(dict.fromkeys(one["licence"]["attribution"] for one in medicines)), "quiet")


def diff(
    context: typer.Context,
    medicine: Medicine,
    file: File = None,
    old: Annotated[
        int | None, typer.Option("--from", metavar="N", min=1, help="The older version [default: the one before].")
    ] = None,
    new: Annotated[
        int | None, typer.Option("--to", metavar="N", min=1, help="The newer version [default: the newest].")
    ] = None,
    as_json: AsJSON = False,
) -> None:
    """Show what changed between two versions of a document (default: of the product information)."""
    from medpath.store.editions import redline_item, redline_of

    texts = _texts(context)
    number = texts.register.resolve(medicine)
    found = redline_of(texts, number, _file(texts, number, file) if file is not None else None, old, new)
    if as_json:
        printing.write_json(redline_item(found))
        return
    _head(found.new)
    before, after = found.old.version, found.new.version
    printing.out(
        f"From version {before.number} ({before.observed_from[:10]}) to version {after.number} "
        f"({after.observed_from[:10]}): {_number(len(found.differences))}."
    )
    printing.out("{+added+} [-removed-]; sections that are not named are the same.", "quiet")
    for one in found.differences:
        _difference(one)
    _origin(texts, found.new)


def _number(differences: int) -> str:
    return "1 section differs" if differences == 1 else f"{differences:,} sections differ"


def markdown(blocks: Iterable[Block], level: int = 3) -> Iterator[str]:
    """Blocks as lines of Markdown, an empty one before each block but the items of a list."""
    in_list = False
    for block in blocks:
        if block.kind != "item" or not in_list:
            yield ""
        in_list = block.kind == "item"
        if block.rows:
            yield from _table(block.rows)
        elif block.kind == "heading":
            yield f"{'#' * min(level, 6)} {_one_line(block.text)}"
        elif block.kind == "item":
            yield f"{'  ' * min(block.level, 5)}{block.marker or '-'} {_one_line(block.text)}"
        else:
            yield from (f"**{line}**" if block.strong else line for line in block.text.split("\n"))


def _table(rows: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    width = max(map(len, rows))
    for place, row in enumerate(rows):
        cells = [_one_line(cell).replace("|", "\\|") for cell in (*row, *[""] * (width - len(row)))]
        yield f"| {' | '.join(cells)} |"
        if place == 0:
            yield "|" + "---|" * width


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _texts(context: typer.Context) -> Texts:
    from medpath.store.sections import Texts

    return Texts(given_of(context).register())


def _file(texts: Texts, number: str, file: str) -> str:
    """The file name of a document that is given by its name or by its type. Raises NotFound where several fit."""
    fitting = [one.file for one in texts.of_medicine(number) if one.document["type"] == file]
    if len(fitting) > 1:
        raise NotFound(f"{len(fitting)} documents of {number} are of the type {file}: {', '.join(fitting)[:2000]}.")
    return fitting[0] if fitting else file


def _head(text: Text) -> None:
    from medpath.commands.dossier import say_not_authorised

    say_not_authorised(text.medicine)
    version = text.version
    printing.out(f"# {text.document['title'] or text.file}", "bold")
    printing.out(
        f"{text.medicine['name']} {text.number}, version {version.number} of {text.versions[-1].number}, as it stood "
        f"on {version.observed_from[:10]}. {text.document['url']}"
    )


def _section(section: TextSection, level: int = 2) -> None:
    printing.out()
    number = f"{section.number} " if section.number not in ("", "0") else ""
    if section.title:
        printing.out(f"{'#' * min(level, 6)} {number}{section.title}", "bold")
    notes = [f"page {section.page}"]
    if section.product:
        notes.insert(0, section.product)
    if doubt := _doubt(section):
        notes.append(f"{doubt}; check it in EMA's file")
    if section.title:
        printing.out(f"({', '.join(notes)})", "quiet")
    for line in markdown(section.blocks, level + 1):
        printing.out(line) if line.startswith("|") else printing.paragraph(line)


def _doubt(section: TextSection) -> str:
    from medpath.store.sections import SURE

    return "not certain where it begins and ends" if section.confidence < SURE else ""


def _difference(difference: Difference) -> None:
    section = difference.new or difference.old
    assert section is not None
    printing.out()
    name = " ".join(filter(None, (section.part, section.number, section.title, section.product)))
    printing.out(f"## {name}", "bold")
    if not difference.edits:
        which = "newer" if difference.new is not None else "older"
        printing.out(f"(only in the {which} version, or not recognised in the other one)", "quiet")
        for line in markdown(section.blocks):
            printing.paragraph(line)
    for edit in difference.edits:
        printing.paragraph(f"{edit.kind}: {_edit(edit)}", "  ")


def _edit(edit: Edit) -> str:
    if not edit.runs:
        text = edit.old if edit.kind == "removed" else edit.new
        opening, closing = MARKS.get(edit.kind, ("", ""))
        return f"{opening}{text}{closing}"
    parts = []
    for run in edit.runs:
        opening, closing = MARKS[run.kind]
        body = run.text.rstrip()
        if run.kind == "same" and len(body) > LONG:
            body = f"{body[:END]} […] {body[-END:]}"
        parts.append(f"{opening}{body}{closing}{run.text[len(run.text.rstrip()) :]}")
    return "".join(parts)


def _origin(texts: Texts, text: Text) -> None:
    printing.out()
    register, name = texts.register, text.version.dataset
    if register.is_sample():
        made = "Sample text written for MedPath, not EMA's wording."
    elif text.version.is_own:
        made = "Text made by MedPath from EMA's own file."
    else:
        made = "Text from a conversion of EMA's file to Markdown by somebody else, not from EMA's file itself."
    stated = next((one["attribution"] for one in register.datasets() if one["name"] == name), name)
    printing.out(f"{made} Where it matters, read EMA's file. {stated}", "quiet")
    printing.out("MedPath informs. It gives no medical advice.", "quiet")
