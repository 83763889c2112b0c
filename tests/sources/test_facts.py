"""Every source states its facts, and every dataset has its reader."""

from fnmatch import fnmatch
from pathlib import Path

import pytest

from medpath.fetch.folder import Pattern, list_folder
from medpath.sources import facts


@pytest.mark.parametrize("name", facts.datasets())
def test_each_dataset_has_a_reader_and_a_way_to_be_found(name: str) -> None:
    dataset = facts.datasets()[name]
    assert callable(facts.reader_of(name))
    assert dataset.url == "" or dataset.url.startswith("https://")
    assert dataset.files or dataset.kind in ("pages", "documents"), "pages and documents say themselves what they are"
    assert dataset.title
    assert facts.source_of(name).attribution
    assert facts.source_of(name).licence_url.startswith("https://")


@pytest.mark.parametrize("name", [name for name, dataset in facts.datasets().items() if dataset.kind == "report"])
def test_each_report_that_is_fetched_is_known_by_the_publishers_file_name_too(name: str) -> None:
    dataset = facts.datasets()[name]
    file = dataset.url.rpartition("/")[2]
    others = [other.name for other in facts.datasets().values() if any(fnmatch(file, one) for one in other.files)]
    assert others == ([name] if file else [])


@pytest.mark.parametrize(
    ("file", "dataset"),
    [
        ("medicines-output-post_authorisation-report_en.xlsx", "ema.post_authorisation_opinions"),
        ("medicine-use-outside-eu-output-report_en.xlsx", "ema.medicines_outside_eu"),
        ("medicines-output-herbal_medicines-report-output_en.xlsx", "ema.herbal_medicines"),
        ("ods_products_2026-09-25.json", "union_register.products"),
        ("WHO ATC-DDD 2026-04-25.csv", "who_atc.classes"),
        ("who-atc-ddd-2021-12-03.csv", "who_atc.classes"),
        ("mesh-2026-entry-terms.tsv", "mesh.descriptors"),
        ("product_information_sections_7_to_10_2026-08-17.jsonl", "emamds.product_information_sections"),
        # samples, and what others made of the publishers' files
        ("union_register_ods_products_sample_2026-09-25.json", None),
        ("medicines_sample_2026-09-26.json", None),
        ("authorised_human_medicines_derived_2026-08-12.json", None),
        ("who-atc-ddd-combinations-2026-04-25.csv", None),
    ],
)
def test_files_belong_to_one_dataset_or_none(file: str, dataset: str | None) -> None:
    found = [
        name for name, one in facts.datasets().items() if any(fnmatch(file.lower(), pattern) for pattern in one.files)
    ]
    assert found == ([dataset] if dataset else [])


def test_what_is_not_read_of_the_real_folders_is_known(shared: Path) -> None:
    patterns = [Pattern(dataset.name, dataset.files) for dataset in facts.datasets().values()]
    unread = set()
    for folder in ("ema", "atc", "mesh"):
        listing = list_folder(shared / "data" / folder, patterns)
        unread |= {f"{folder}/{name}" for name in listing.unrecognised}
    expected = (
        "ema/json_samples/",
        "ema/epi/",
        "ema/tables/authorised_human_medicines_derived_",
        "ema/PROVENANCE",
        "atc/who-atc-ddd-combinations-",
        *(f"mesh/{name}" for name in ("do_", "orphanet_", "mesh_scr-", "mesh_descriptors_c_f_tree-")),
    )
    assert {name for name in unread if not name.startswith(expected)} == set()
