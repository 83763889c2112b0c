"""Searching in the texts of documents: what is found where, how the index follows the store, hostile questions."""

import json
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from medpath.documents.blocks import Block
from medpath.documents.text_sections import TextSection
from medpath.errors import StoreUnusable, UsageError
from medpath.search.asked import Filters
from medpath.search.index import Index, current_folder
from medpath.search.passages import FOLDER, LENGTH, STATE, PassageIndex, passages
from medpath.search.reading_passages import Passages, marked
from medpath.search.searching import Search
from medpath.store.tables import snapshot
from tests.documents.qrd_documents import summary, whole
from tests.lists import Store
from tests.sample_store import SampleStore
from tests.store.test_documents import write


@pytest.fixture
def texts(sample_store: SampleStore) -> Passages:
    """The texts of the sample."""
    return Passages(sample_store.settings.index, Search(sample_store.settings.index))


def names(texts: Passages, query: str, **more) -> set[str]:
    return {item["name"] for item in texts.search(query, limit=1_000, **more).items}


def test_a_find_says_medicine_section_page_and_where_it_stands(texts: Passages) -> None:
    found = texts.search("section:4.1 medicine:alofisel sample", limit=1)
    (item,) = found.items
    assert (item["kind"], item["name"], item["status"]["code"]) == ("section", "Alofisel", "withdrawn")
    assert (item["part"], item["section"]) == ("smpc", "4.1")
    assert item["url"] == "/medicines/EMEA-H-C-004258/smpc/4.1"
    assert item["source_url"].endswith(f".pdf#page={item['page']}")
    assert any(run["marked"] and run["text"].lower() == "sample" for run in item["passage"])
    assert [part["as"] for part in found.understood] == ["section", "medicine"]


def test_words_are_found_in_every_form_and_all_of_them_must_stand_there(texts: Passages) -> None:
    assert texts.search("sample texts").total == texts.search("SAMPLES text").total > 0
    assert texts.search("sample xqzwvkj").total == 0
    assert texts.search('"text sample"').total == 0 < texts.search('"sample text"').total
    assert texts.search("sample -text").total < texts.search("sample").total


def test_a_minus_before_a_number_is_a_part_of_it_and_what_is_said_twice_counts_once(texts: Passages) -> None:
    assert texts.search("sample -1").total == texts.search("sample 1").total
    assert texts.search("sample sample").total == texts.search("sample").total
    assert {item["section"][:2] for item in texts.search("section:4 sample", limit=100).items} == {"4."}


def test_sections_documents_and_medicines_narrow_it_down(texts: Passages) -> None:
    parts = {item["part"] for item in texts.search("section:leaflet sample", limit=100).items}
    assert parts == {"package-leaflet"}
    assert {item["section"] for item in texts.search("section:smpc/4.8 sample", limit=100).items} == {"4.8"}
    kinds = {item["document"]["type"] for item in texts.search("type:product-information sample").items}
    assert kinds == {"product-information"}
    assert names(texts, "medicine:alofisel sample") == {"Alofisel"}
    assert names(texts, "status:withdrawn sample") == names(texts, "sample", filters=Filters(status=("withdrawn",)))
    assert "Alofisel" in names(texts, "atc:L04 sample")
    assert names(texts, "holder:takeda sample") == {"Alofisel"}


def test_every_section_comes_once_and_the_list_goes_on_to_its_end(texts: Passages) -> None:
    seen: list[str] = []
    cursor = None
    while True:
        found = texts.search("sample", limit=7, cursor=cursor, counts=False)
        seen += [f"{item['product_number']} {item['id']}" for item in found.items]
        cursor = found.next
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) > 20
    every = texts.search("sample", limit=1_000)
    assert {f"{item['product_number']} {item['id']}" for item in every.items} == set(seen)
    assert sum(one["count"] for one in every.facets["status"]) == every.total


def test_where_nothing_is_found_it_says_what_would_be(texts: Passages) -> None:
    nearest = texts.search("sample xqzwvkj").nearest
    assert [one["query"] for one in nearest] == ["sample"]


@pytest.mark.parametrize("cursor", ["x", "7", "-1-12345678", "5-00000000"])
def test_a_cursor_of_another_question_is_refused(texts: Passages, cursor: str) -> None:
    with pytest.raises(UsageError, match="start again without it"):
        texts.search("sample", cursor=cursor)


@settings(max_examples=150, deadline=None)
@given(query=st.one_of(st.text(max_size=60), st.text(alphabet='section:4.8"-()*?~^\\/ atype', max_size=40)))
def test_no_question_raises(sample_store: SampleStore, query: str) -> None:
    found = Passages(sample_store.settings.index, Search(sample_store.settings.index)).search(query, limit=3)
    assert found.total >= len(found.items)


def test_without_an_index_it_says_what_makes_it(tmp_path: Path) -> None:
    with pytest.raises(StoreUnusable, match="medpath sync"):
        Passages(tmp_path, Search(tmp_path)).search("sample")


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=3_000), st.integers(1, 5)), max_size=12))
def test_passages_hold_all_of_a_section_in_order(blocks: list[tuple[str, int]]) -> None:
    made = tuple(
        Block("paragraph", text.replace("\n", " "), place, page=page) for place, (text, page) in enumerate(blocks)
    )
    found = list(passages(TextSection("smpc", "4.8", "Undesirable effects", None, 1, 2, 1, 1.0, made)))
    assert "".join(text for _, text in found).replace("\n", "") == "".join(one.text for one in made)
    assert all(len(text) <= LENGTH or text.count("\n") == 0 for _, text in found)


@given(st.text(max_size=600), st.sets(st.sampled_from(["sampl", "text", "a"])))
def test_marking_changes_no_word(text: str, stems: set[str]) -> None:
    runs = marked(text, stems)
    said = "".join(run["text"] for run in runs)
    assert said.removeprefix("… ").removesuffix(" …") in text
    assert not any(run["marked"] and run["text"] not in text for run in runs)


def test_the_index_follows_the_store_and_is_made_again_when_damaged(database_url: str, tmp_path: Path) -> None:
    from medpath.sample import editions

    store = Store(tmp_path, database_url)
    try:
        store.sync(editions()[0])
        index, texts = PassageIndex(store.settings.index), Passages(store.settings.index, Search(store.settings.index))
        assert index.follow(store.database) == 0
        before = texts.search("medicine:alofisel yawning").total
        path = "www.ema.europa.eu/en/documents/product-information/alofisel-epar-product-information_en.pdf"
        store.sync(write(tmp_path / "files", "2026-11-01", whole(summary(s4_8="Yawning was seen by nobody.")), path))
        after = texts.search("medicine:alofisel section:4.8 yawning")
        assert (before, after.total) == (0, 1)
        assert after.items[0]["document"]["version"] >= 2
        folder = current_folder(store.settings.index / FOLDER)
        assert folder is not None
        (folder / "meta.json").write_text("{")
        with pytest.raises(StoreUnusable):
            Passages(store.settings.index, Search(store.settings.index)).search("yawning")
        assert index.follow(store.database) > 0
        assert texts.search("medicine:alofisel section:4.8 yawning").total == 1
        Index(store.settings.index).follow(store.database)
    finally:
        store.database.dispose()


def test_a_text_that_comes_back_is_the_newest_again(database_url: str, tmp_path: Path) -> None:
    """EMA may show a file again that it had replaced: no text is new then, but another one is the newest."""
    from medpath.sample import editions

    store = Store(tmp_path, database_url)
    path = "www.ema.europa.eu/en/documents/product-information/alofisel-epar-product-information_en.pdf"
    try:
        store.sync(editions()[0])
        for day, said in (("2026-11-01", "Yawning"), ("2026-11-02", "Sneezing")):
            store.sync(write(tmp_path / "files", day, whole(summary(s4_8=f"{said} was seen by nobody.")), path))
        index, texts = PassageIndex(store.settings.index), Passages(store.settings.index, Search(store.settings.index))
        assert texts.search("section:4.8 medicine:alofisel sneezing").total == 1
        with store.database.writing() as connection:
            first = connection.execute(
                sa.select(snapshot)
                .where(snapshot.c.url == f"https://{path}", snapshot.c.observed_at < "2026-11-02")
                .order_by(snapshot.c.observed_at.desc())
            ).first()
            assert first is not None
            number = connection.scalar(sa.select(sa.func.max(snapshot.c.id))) + 1
            seen = {"id": number, "observed_at": "2026-11-03T00:00:00Z", "observed_to": "2026-11-03T00:00:00Z"}
            connection.execute(snapshot.insert(), {**first._mapping, **seen})
        assert index.follow(store.database) == 1
        assert texts.search("section:4.8 medicine:alofisel sneezing").total == 0
        assert texts.search("section:4.8 medicine:alofisel yawning").total == 1
    finally:
        store.database.dispose()


def test_after_a_stop_between_a_commit_and_its_note_nothing_is_there_twice(
    sample_store: SampleStore, tmp_path: Path
) -> None:
    index, texts = PassageIndex(tmp_path), Passages(tmp_path, Search(sample_store.settings.index))
    index.follow(sample_store.database)
    before = texts.search("sample", limit=1).total
    folder = current_folder(tmp_path / FOLDER)
    assert folder is not None
    state = json.loads((folder / STATE).read_bytes())  # as it was before the medicines were written
    (folder / STATE).write_text(json.dumps({**state, "sequence": 0, "texts": 0, "marks": {}}))
    assert index.follow(sample_store.database) > 0
    assert texts.search("sample", limit=1).total == before
