"""EMA's own files: a record that they are held, and of overviews their questions and answers."""

from medpath.fetch.files import SourceFile
from medpath.sources.ema import document_files
from medpath.sources.reading import Report, SourceRecord
from tests.documents.pdf.pdf_files import Flow

QUESTIONS = ("What is Ostrava and what is it used for?", "How is Ostrava used?", "Why is Ostrava authorised in the EU?")


def read(data: bytes, kind: str) -> tuple[SourceRecord, Report]:
    report = Report("ema.document_files")
    url = f"https://www.ema.europa.eu/en/documents/{kind}/ostrava-epar_en.pdf"
    (record,) = document_files.read(SourceFile("ema.document_files", "ostrava.pdf", url, data), report)
    return record, report


def overview() -> Flow:
    flow = Flow()
    flow.write("Ostrava (ostravin)", bold=True, size=14)
    flow.write("An overview of Ostrava and why it is authorised in the EU", bold=True)
    for number, question in enumerate(QUESTIONS):
        flow.write(question, bold=True)
        flow.write(f"This is the answer to question {number}, and it goes on over more than one line of the page here.")
    flow.write("This overview was last updated in 03-2021.")
    return flow


def test_an_overview_gives_its_questions_from_the_pdf_file() -> None:
    record, report = read(overview().pdf.bytes(), "overview")
    assert [one["question"] for one in record.body["questions"]] == list(QUESTIONS)
    assert record.body["questions"][1]["answer"] == [
        "This is the answer to question 1, and it goes on over more than one line of the page here."
    ]
    assert (record.body["kind"], record.body["last_updated_month"]) == ("medicine-overview", "2021-03")
    assert record.offers == (("document", "/en/documents/overview/ostrava-epar_en.pdf"),)
    assert report.issues == []


def test_another_document_offers_nothing() -> None:
    record, _ = read(overview().pdf.bytes(), "assessment-report")
    assert record.offers == ()
    assert sorted(record.body) == ["media_type", "sha256", "size", "url"]


def test_an_overview_that_cannot_be_read_is_a_record_with_an_issue() -> None:
    record, report = read(b"%PDF-1.4\nnothing more", "overview")
    assert record.body["questions"] == []
    assert [(issue.code, issue.record) for issue in report.issues] == [("damaged", record.key)]
    _, report = read(Flow().pdf.bytes(), "overview")
    assert [issue.code for issue in report.issues] == ["no-text"]
