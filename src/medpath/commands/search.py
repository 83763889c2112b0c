"""`medpath search`: find medicines, substances, conditions, organisations, classes and documents."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from medpath import printing
from medpath.commands.given import AsJSON, Codes, Statuses, given_of

NEAREST = {
    "without": "with fewer conditions",
    "wider": "a wider kind",
    "part": "a part of the words",
    "spelling": "another spelling",
}


def search(
    context: typer.Context,
    query: Annotated[list[str], typer.Argument(metavar="QUERY", help="Words, a name, a number or a code.")],
    kind: Annotated[
        str | None,
        typer.Option(
            metavar="K",
            help="medicine, substance, condition, organisation, atc-class or document [default: all]; section looks "
            "into the texts of the documents.",
        ),
    ] = None,
    status: Statuses = None,
    atc: Codes = None,
    limit: Annotated[int, typer.Option(metavar="N", min=1, max=1000, help="At most so many.")] = 20,
    as_json: AsJSON = False,
) -> None:
    """Find medicines, substances, conditions, organisations, classes and documents."""
    from medpath.search.searching import Filters

    given = given_of(context)
    given.register()
    filters = Filters(status=tuple(status or ()), atc=tuple(atc or ()))
    text = " ".join(query)
    medicines = given.search()
    if kind == "section":
        from medpath.search.reading_passages import Passages

        found = Passages(given.settings().index, medicines).search(text, filters=filters, limit=limit)
    else:
        found = medicines.search(text, kind=kind, filters=filters, limit=limit)
    if as_json:
        printing.write_json(
            {
                "query": text,
                "understood": found.understood,
                "total": found.total,
                "next": found.next,
                "items": found.items,
                "facets": found.facets,
                "nearest": found.nearest,
            }
        )
        return
    for part in found.understood:
        printing.say(_understood(part))
    if not found.items:
        printing.say("Nothing was found." + ("" if found.nearest else " Look at the spelling, or try fewer words."))
        for one in found.nearest:
            printing.say(f"“{one['query']}” finds {one['total']:,} ({NEAREST[one['as']]}).")
        return
    if kind == "section":
        _tell_passages(found.items, found.total)
        return
    printing.table(("what", "name", "substance or number of medicines", "id"), [_row(item) for item in found.items])
    if found.total > len(found.items):
        printing.say(f"{len(found.items)} of {found.total:,}; --limit shows more.")


def _tell_passages(items: list[dict[str, Any]], total: int) -> None:
    for item in items:
        section = " ".join(part for part in (item["part"], item["section"], item["title"]) if part)
        printing.out(
            f"{item['name']} ({status_words(item['status'])}) · {item['document']['title']} · {section}, "
            f"page {item['page']}"
        )
        said = "".join(f"[{run['text']}]" if run["marked"] else run["text"] for run in item["passage"])
        printing.paragraph(" ".join(said.split()), "  ")
        printing.out(f"  {item['source_url']}")
    if total > len(items):
        printing.say(f"{len(items)} sections of {total:,} passages; --limit shows more.")


def _understood(part: dict[str, Any]) -> str:
    """In one sentence, for what a part of the query was taken."""
    text, value = part["text"], part["value"]
    if part["as"] == "spelling":
        return f"Nothing is called “{text}”; shown is “{value}”."
    if part["as"] == "some-words":
        return "Nothing has all of these words; shown is what has most of them."
    if part["as"] == "left-out":
        return f"What is shown need not have the word “{text}”."
    if part["as"] == "synonym":
        return f"“{text}” is a name of {value} ({part['means'][0]})."
    if part["as"] == "broader":
        return f"Shown is also what is filed below “{text}” ({part['means'][0]})."
    if part["as"] == "without" and "name" not in part:
        return f"“{value}” is not in what is shown."
    if part["as"] == "phrase":
        return f"“{value}” stands together in what is shown."
    if part["as"] == "not-understood":
        return f"“{text}” could not be taken as a filter and is searched as words."
    called = f" {part['name']}" if part.get("name") and part["name"] != value else ""
    means = f": {'; '.join(part['means'])}" if part.get("means") else ""
    return f"“{text}” is taken for {part['as']} {value}{called}{means}."


def _row(item: dict[str, Any]) -> tuple[str, str, str, str]:
    if item["kind"] == "medicine":
        return (
            status_words(item["status"]) + (", no longer listed" if item["no_longer_listed_at"] else ""),
            item["name"],
            "; ".join(item["active_substances"]),
            item["product_number"],
        )
    about = f"{item['medicines']:,} medicines" if item.get("medicines") is not None else ""
    return item["kind"], item["name"], about, item.get("slug") or item.get("product_number") or item["id"]


def status_words(status: dict[str, Any]) -> str:
    """The status in a list: what is not authorised says so first."""
    if status["code"] == "authorised":
        return "authorised"
    return f"NOT AUTHORISED: {status['code'] or status.get('source_value') or 'status unknown'}"
