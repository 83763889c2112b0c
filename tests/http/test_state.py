"""The stamp of the data: recent without reading, new when the store has moved."""

import asyncio
from pathlib import Path

import pytest

from medpath import sample
from medpath.errors import StoreUnusable
from medpath.http.state import State
from medpath.settings import Settings
from medpath.sync import sync
from tests.sample_store import SampleStore, editions


@pytest.mark.parametrize("sample_store", ["sqlite", "postgresql"], indirect=True)
def test_the_stamp_tells_how_far_store_and_index_have_come(sample_store: SampleStore) -> None:
    state = State(sample_store.settings)
    stamp = asyncio.run(state.stamp())
    assert stamp.index is not None
    assert stamp.store.sequence == stamp.index.sequence == state.register.sequence()
    assert stamp.store.sample is True
    assert stamp.store.data_date == state.register.data_date()
    assert stamp.store.store_id == state.register.store_id()
    assert state.recent_stamp() == stamp
    state._stamp_until = 0.0  # half a second has passed
    assert state.recent_stamp() is None
    assert state.last_stamp() == stamp, "what takes long is still told with the date of its data"
    state.close()


def test_the_stamp_moves_when_the_store_does_and_only_then(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, sample=True)
    state = State(settings)
    first, second = editions()
    seen = []
    for edition in (first, second, second):
        sync(settings, state.database, origin=str(edition))
        state._stamp_until = 0.0  # half a second has passed
        seen.append(asyncio.run(state.stamp()))
    assert seen[0].store.sequence < seen[1].store.sequence
    assert seen[1] == seen[2]
    state.close()


def test_without_a_store_there_is_no_stamp_and_one_comes_with_it(tmp_path: Path) -> None:
    state = State(Settings(data=tmp_path / "missing"))
    with pytest.raises(StoreUnusable):
        asyncio.run(state.stamp())
    assert state.recent_stamp() is None


def test_the_attribution_is_that_of_the_source(sample_store: SampleStore) -> None:
    state = State(sample_store.settings)
    assert state.attribution("ema.medicines") == sample.NOTE  # its texts are nobody's but ours
    assert state.attribution("mesh.descriptors").startswith("Source: Medical Subject Headings")
    assert state.attribution("nobody.nothing") == ""
    state.close()


def test_what_many_pages_need_is_read_once_for_each_state_of_the_data(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, sample=True)
    state = State(settings)
    counted = []
    for edition in editions():
        sync(settings, state.database, origin=str(edition))
        state._stamp_until = 0.0  # half a second has passed
        asyncio.run(state.stamp())
        counted += [state.once(("medicines",), state.register.sequence) for _ in range(2)]
    assert counted[0] == counted[1] < counted[2] == counted[3] == state.register.sequence()
    state.close()
