"""One list of procedures in Markdown gives one record."""

from medpath.fetch.files import SourceFile
from medpath.sources.emamds import procedural_steps
from medpath.sources.reading import Report, SourceRecord

NAME = "procedural-steps-after/velmora-epar-procedural-steps-taken-scientific-information-after-authorisation_en.pdf"
URL = f"https://www.ema.europa.eu/en/documents/{NAME}"
FRONT = "---\ndocument_datetime: 2025-06-30 09:15:00\n---\n"
HEAD = (
    "| Application number | Scope | Opinion/ Notification 1 issued on | Commission Decision Issued 2 / amended on "
    "| Product Information affected 3 | Summary |\n|---|---|---|---|---|---|\n"
)


def read(text: str) -> tuple[list[SourceRecord], Report]:
    report = Report("emamds.procedural_steps")
    file = SourceFile("emamds.procedural_steps", "velmora.md", URL, (FRONT + text).encode())
    return list(procedural_steps.read(file, report)), report


def test_a_list_is_one_record_under_its_address() -> None:
    (record,), report = read(HEAD + "| II/0044 | A change | 20/07/2023 | 14/09/2023 | SmPC | New data. |\n")
    key = f"/en/documents/{NAME}"
    assert (record.key, record.offers) == (key, (("document", key),))
    assert record.body == {
        "steps": [
            {
                "procedure_numbers": ["II/0044"],
                "kind": "variation-ii",
                "grouped": False,
                "worksharing": False,
                "scope": "A change",
                "opinion_date": "2023-07-20",
                "commission_decision_date": "2023-09-14",
                "effect_date": None,
                "product_information_affected": "SmPC",
                "summary": "New data.",
                "place": "line 4",
                "pages": [1, 1],
            }
        ],
        "url": URL,
    }
    assert (report.rows, report.rejected, report.issues) == (1, 0, [])


def test_what_rows_do_not_say_are_issues_of_the_document() -> None:
    (record,), report = read(HEAD + "| I1/0044 | A change | 20/07/2023 | n/a | | |\n| IB/0045 | Another | | | | |\n")
    assert len(record.body["steps"]) == 2
    assert [(issue.code, issue.record) for issue in report.issues] == [
        ("no-number", record.key),
        ("no-date", record.key),
    ]


def test_a_document_without_a_list_is_rejected() -> None:
    records, report = read("Some text.\n")
    assert records == []
    assert (report.rejected, [issue.code for issue in report.issues]) == (1, ["no-table"])
