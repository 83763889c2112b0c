"""Documents beside product information, presentations and present lists of procedures: one record each."""

import pytest

from medpath.fetch.files import SourceFile
from medpath.sources.emamds import overviews, reports, steps_after_cutoff, steps_before_authorisation
from medpath.sources.reading import Report, SourceRecord
from tests.documents.test_cutoff_steps import HEAD
from tests.documents.test_overviews import NEW, OLD

FRONT = "---\ndocument_datetime: 2025-06-30 09:15:00\n---\n"
PRESENT = (
    "| Application number | Scope | Opinion/ Notification issued on | Commission Decision Issued / amended on "
    "| Product Information affected | Summary |\n|---|---|---|---|---|---|\n"
    "| II/0044 | A change | 20/07/2023 | n/a | | |\n"
)


def read(reader, folder: str, text: str) -> tuple[SourceRecord, Report]:
    report = Report("emamds")
    url = f"https://www.ema.europa.eu/en/documents/{folder}/velmora-epar_en.pdf"
    (record,) = reader.read(SourceFile("emamds", "velmora.md", url, (FRONT + text).encode()), report)
    assert record.key == f"/en/documents/{folder}/velmora-epar_en.pdf"
    assert (report.rows, report.rejected) == (1, 0)
    assert report.observed_at is not None
    return record, report


def test_a_list_until_the_cutoff_date_gives_its_procedures():
    text = f"{HEAD}| A change | I/0001 | I | 30.03.01 | - |\n"
    record, report = read(steps_after_cutoff, "steps-after-cutoff", text)
    assert [(step["procedure_numbers"], step["opinion_date"]) for step in record.body["steps"]] == [
        (["I/0001"], "2001-03-30")
    ]
    assert record.offers == (("document", record.key),)
    assert report.issues == []


def test_running_text_in_its_place_is_a_record_without_steps_and_an_issue():
    record, report = read(steps_after_cutoff, "steps-after-cutoff", "On 1 March 1999 a variation was applied for.\n")
    assert record.body["steps"] == []
    assert [(issue.code, issue.record) for issue in report.issues] == [("no-table", record.key)]


@pytest.mark.parametrize(
    ("reader", "folder"), [(steps_after_cutoff, "steps-after-cutoff"), (steps_before_authorisation, "procedural-steps")]
)
def test_a_present_list_in_its_place_is_read_as_such(reader, folder):
    record, _ = read(reader, folder, PRESENT)
    assert [step["procedure_numbers"] for step in record.body["steps"]] == [["II/0044"]]


def test_steps_before_authorisation_give_their_days():
    record, report = read(steps_before_authorisation, "procedural-steps", "- The procedure started on 1 March 2001.\n")
    assert record.body["milestones"] == [
        {
            "kind": "start-of-evaluation",
            "date": "2001-03-01",
            "text": "The procedure started on 1 March 2001.",
            "place": "line 4",
            "page": 1,
        }
    ]
    assert (record.body["steps"], report.issues) == ([], [])


@pytest.mark.parametrize(("text", "month"), [(OLD, "2018-06"), (NEW, "2021-03")])
def test_an_overview_gives_its_questions_and_its_month(text, month):
    record, _ = read(overviews, "overview", text)
    assert len(record.body["questions"]) > 3
    assert record.body["last_updated_month"] == month
    assert record.offers == (("document", record.key),)


def test_a_report_offers_nothing_and_says_what_it_is():
    record, report = read(reports, "assessment-report", "## Assessment report\n\nA text.\n")
    assert record.body == {
        "type": "assessment-report",
        "title": "Assessment report",
        "url": "https://www.ema.europa.eu/en/documents/assessment-report/velmora-epar_en.pdf",
    }
    assert (record.offers, record.seeks, record.medicine, report.issues) == ((), (), None, [])


def test_a_scanned_report_is_an_issue():
    _, report = read(reports, "referral", "<!-- image -->\n")
    assert [issue.code for issue in report.issues] == ["scanned"]
