"""Reading medicines: as a document, and as the bytes of it."""

import msgspec

from medpath.store.read import Register
from tests.sample_store import SampleStore


def test_the_bytes_of_a_medicine_are_the_document(sample_store: SampleStore) -> None:
    register = Register(sample_store.database)
    for medicine in register.all_medicines():
        found = register.medicine_bytes(medicine["product_number"])
        assert found is not None
        assert found == (medicine["sequence"], msgspec.json.encode(medicine))


def test_nothing_is_known_of_other_numbers(sample_store: SampleStore) -> None:
    register = Register(sample_store.database)
    assert register.medicine("EMEA/H/C/999999") is register.medicine_bytes("EMEA/H/C/999999") is None
