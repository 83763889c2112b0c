"""All lists of procedural steps before the authorisation, and until the cut-off date, in the real data."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from medpath.documents.blocks import Document
from medpath.documents.cutoff_steps import is_cutoff_list, read_cutoff_steps
from medpath.documents.earlier_steps import read_milestones
from medpath.documents.markdown import read_markdown
from medpath.documents.procedural_steps import is_list
from medpath.fetch.snapshots import members

FOLDER = Path("data") / "ema" / "epar_documents"


def _documents(path: Path) -> Iterator[Document]:
    for _, data in members(path.read_bytes(), path.name):
        yield read_markdown(data.decode("utf-8"))


def test_nearly_every_document_before_the_authorisation_gives_its_days(shared: Path) -> None:
    documents = list(_documents(shared / FOLDER / "procedural_steps_before_md_2026-08-17.tar.gz"))
    lists = sum(map(is_list, documents))
    found = [read_milestones(document) for document in documents if not is_list(document)]
    assert (len(documents), lists) == (368, 8)
    assert Counter(one.kind for each in found for one in each.milestones) == Counter(
        {
            "start-of-evaluation": 323,
            "application-submitted": 300,
            "opinion-adopted": 299,
            "commission-decision": 225,
            "application-received": 114,
        }
    )
    assert Counter(fault.code for each in found for fault in each.issues) == Counter(
        {"no-steps": 15, "several-days": 6, "days-out-of-order": 5, "other-document": 2}
    )


def test_nearly_every_row_until_the_cutoff_date_gives_number_day_and_kind(shared: Path) -> None:
    documents = list(_documents(shared / FOLDER / "steps_after_cutoff_md_2026-08-17.tar.gz"))
    found = [read_cutoff_steps(document) for document in documents if is_cutoff_list(document)]
    steps = [step for each in found for step in each.steps]
    assert (len(documents), len(found), len(steps)) == (164, 120, 1737)
    shares = [
        sum(bool(step.procedure_numbers) for step in steps) / len(steps),
        sum(step.date is not None for step in steps) / len(steps),
        sum(step.kind is not None for step in steps) / len(steps),
    ]
    assert [round(share * 100, 1) for share in shares] == [98.9, 99.3, 94.7]
    assert {step.date[:4] for step in steps if step.date} <= {str(year) for year in range(1996, 2006)} | {"2010"}
