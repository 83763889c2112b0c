"""Every source states its facts, and every dataset has its reader."""

from fnmatch import fnmatch
from pathlib import Path

import pytest

from medpath.sources import facts


@pytest.mark.parametrize("name", facts.datasets())
def test_each_dataset_has_a_reader_and_an_address(name: str) -> None:
    dataset = facts.datasets()[name]
    assert callable(facts.reader_of(name))
    assert dataset.url.startswith("https://")
    assert dataset.files
    assert facts.source_of(name).attribution


def test_no_file_of_the_real_tables_belongs_to_two_datasets(shared: Path) -> None:
    unrecognised = []
    for path in sorted((shared / "data" / "ema" / "tables").iterdir()):
        found = [
            name
            for name, dataset in facts.datasets().items()
            if any(fnmatch(path.name.lower(), pattern) for pattern in dataset.files)
        ]
        assert len(found) <= 1
        if not found:
            unrecognised.append(path.name)
    assert all(name.startswith("authorised_human_medicines_derived_") for name in unrecognised)
    assert len(unrecognised) == 3
