"""What a server does beside its first answers."""

import asyncio

from medpath.http.state import State
from medpath.web.environment import environment
from medpath.web.preparing import prepare
from tests.sample_store import SampleStore


def test_templates_and_classes_are_there_before_they_are_asked_for(sample_store: SampleStore) -> None:
    state = State(sample_store.settings)
    prepare(state, asyncio.run(state.stamp()))
    for code in ("en", "zh"):
        read = {name for _loader, name in environment(code).cache or {}}
        assert read == set(environment(code).list_templates())
    names = state.once(("classes", "L04"), lambda: {"L04": {"en": "read anew"}})
    assert names["L04"]["en"] == "Immunosuppressants"
    state.close()
