"""As of a day is what a fresh store shows that was filled with all files observed up to the end of that day.

Lists, vocabularies, reports and pages change whatever can change by which a medicine finds others, and
come in any order: nothing that was said later may be seen before.
"""

import json
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.lists import Store, authorised, comparable, write_report
from tests.sync.test_folder import PAGE

DAYS = [f"2026-0{month}-10" for month in range(1, 6)]
NUMBERS = ("EMEA/H/C/000001", "EMEA/H/C/000002")
SUBSTANCES = ("alpha", "beta")
CODES = ("L04", "L01XL", "A10BA02")
AREAS = ("Rectal Fistula", "Anal Fistula", "Asthma")
HOLDER = "marketing_authorisation_developer_applicant_holder"
ASSESSMENTS = "medicines-output-periodic_safety_update_report_single_assessments-output-json-report_en"
ORPHANS = "medicines-output-orphan_designations-json-report_en"
URL = "https://www.ema.europa.eu/en/medicines"

row = st.fixed_dictionaries(
    {
        "name_of_medicine": st.sampled_from(["First", "Second (previously First)"]),
        "active_substance": st.sampled_from(SUBSTANCES),
        "atc_code_human": st.sampled_from(CODES),
        "therapeutic_area_mesh": st.sampled_from(AREAS),
        HOLDER: st.sampled_from(["Takeda Pharma A/S", "Other Pharma B.V."]),
        "medicine_url": st.sampled_from([f"{URL}/human/EPAR/one", f"{URL}/human/EPAR/two"]),
    }
)
changing = st.fixed_dictionaries(
    {
        "rows": st.tuples(row, row),
        "garbled": st.booleans(),
        "assessed": st.sampled_from(SUBSTANCES),
        "designated": st.sampled_from([("", "First"), ("", "Second"), *((number, "") for number in NUMBERS)]),
        "class name": st.sampled_from(["IMMUNOSUPPRESSANTS", "OTHER"]),
        "term": st.sampled_from(AREAS[1:]),
        "page of": st.sampled_from(NUMBERS),
    }
)


def write_day(folder: Path, day: str, said: dict) -> None:
    """The files of a day, each in its publisher's own form."""
    first, second = said["rows"]
    garbled = {"ema_product_number": "H/C/WS1"} if said["garbled"] else {}
    others = [authorised(number) for number in range(10, 13)]
    write_report(folder, day, [authorised(1, **first), authorised(2, **second) | garbled, *others])
    number, name = said["designated"]
    for stem, one in (
        (
            ASSESSMENTS,
            {
                "category": "", "active_substances_in_scope_of_procedure": "", "active_substance": said["assessed"],
                "related_medicines": "", "procedure_number": "PSUSA/00009319/202208",
                "regulatory_outcome": "Maintenance", "first_published_date": "05/12/2023", "last_updated_date": "",
                "psusa_url": f"{URL}/psusa/psusa-00009319-202208",
            },
        ),
        (
            ORPHANS,
            {
                "medicine_name": name, "related_ema_product_number": number, "active_substance": "alpha",
                "date_of_designation_or_refusal": "16/10/2017", "intended_use": "Treatment of a thing",
                "eu_designation_number": "EU/3/17/1925", "status": "Positive", "first_published_date": "08/01/2018",
                "last_updated_date": "", "orphan_designation_url": f"{URL}/human/orphan-designations/eu-3-17-1925",
            },
        ),
    ):  # fmt: skip
        report = {"meta": {"total_records": 1, "timestamp": f"{day}T06:00:00Z"}, "data": [one]}
        (folder / f"{stem}_{day}.json").write_text(json.dumps(report), encoding="utf-8")
    classes = ["atc_code,atc_name,ddd,uom,adm_r,note", f"L04,{said['class name']},NA,NA,NA,NA"]
    (folder / f"who-atc-ddd-{day}.csv").write_text("\n".join(classes) + "\n", encoding="utf-8")
    terms = ["DescriptorUI\tDescriptorName\tTermName\tRecordPreferredTermYN"]
    terms += [f"D012003\tRectal Fistula\t{term}\t{yes}" for term, yes in (("Rectal Fistula", "Y"), (said["term"], "N"))]
    (folder / f"mesh-{day}-entry-terms.tsv").write_text("\n".join(terms) + "\n", encoding="utf-8")
    page = PAGE.read_text(encoding="utf-8").replace("EMEA/H/C/006421", said["page of"])
    (folder / f"page_{day}.html").write_text(page, encoding="utf-8")


def said(**changed: object) -> dict:
    one = {
        "name_of_medicine": "First", "active_substance": "alpha", "atc_code_human": "L04",
        "therapeutic_area_mesh": "Anal Fistula", HOLDER: "Other Pharma B.V.", "medicine_url": f"{URL}/human/EPAR/one",
    }  # fmt: skip
    return {
        "rows": (one, one | {"medicine_url": f"{URL}/human/EPAR/two"}), "garbled": False, "assessed": "beta",
        "designated": ("", "Second"), "class name": "OTHER", "term": "Asthma", "page of": NUMBERS[0],
    } | changed  # fmt: skip


def with_first(**changed: str) -> dict:
    first, second = said()["rows"]
    return said(rows=(first | changed, second))


def check(new_url: Callable[[], str], days: list[dict], order: list[int]) -> None:
    """A store that read the days in this order, seen as of each of them, against one that has read no further."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        living, growing = Store(folder / "living", new_url()), Store(folder / "growing", new_url())
        for day, what in zip(DAYS, days, strict=False):
            write_day(folder / day, day, what)
        for number in order:
            assert not living.sync(folder / DAYS[number]).failures
        for number in range(len(days)):
            assert not growing.sync(folder / DAYS[number]).failures
            now = {one["product_number"]: comparable(one) for one in growing.register.all_medicines()}
            as_of = date.fromisoformat(DAYS[number])
            then = {one: living.register.medicine(one, as_of) for one in living.register.numbers()}
            assert {one: comparable(what) for one, what in then.items() if what is not None} == now
            for one in now:
                assert history(living, one, as_of) == history(growing, one)
        assert living.told() == growing.told()
        for store in (living, growing):
            store.database.dispose()


def history(store: Store, number: str, as_of: date | None = None) -> tuple[list[dict], list[dict]]:
    """The versions and changes of a medicine, without the order and time of writing."""
    found = store.register.history(number, as_of)
    written = ("sequence", "written_at")
    versions, changes = (
        [{key: value for key, value in one.items() if key not in written} for one in found[name]]
        for name in ("versions", "changes")
    )
    for one in versions:
        one["inputs"] = [{key: value for key, value in made.items() if key != "retrieved_at"} for made in one["inputs"]]
    return versions, sorted(changes, key=lambda one: (one["observed_at"], one["kind"], one["cause"]))


def histories() -> Callable:
    drawn = st.lists(changing, min_size=2, max_size=4).flatmap(
        lambda days: st.tuples(st.just(days), st.permutations(range(len(days))))
    )
    return given(drawn)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@example(([said(), with_first(active_substance="beta")], [0, 1]))
@example(([said(), said(assessed="alpha")], [1, 0]))
@example(([said(), with_first(therapeutic_area_mesh="Asthma")], [0, 1]))
@example(([said(), said(**{"page of": NUMBERS[1]}), said()], [0, 1, 2]))
@example(([said(), said(garbled=True), said(garbled=True, designated=(NUMBERS[1], ""))], [2, 0, 1]))
@example(
    (
        [said(garbled=True, designated=("", "First")), said(garbled=True), said(designated=("", "First"))],
        [2, 0, 1],
    )
)
@histories()
def test_on_sqlite(case: tuple[list[dict], list[int]]) -> None:
    check(lambda: "", *case)


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@example(([said(), with_first(active_substance="beta")], [0, 1]))
@histories()
def test_on_postgresql(postgresql_cluster, case: tuple[list[dict], list[int]]) -> None:
    check(postgresql_cluster.new_database, *case)
