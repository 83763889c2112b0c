"""The models of the OpenAPI document have every key that answers have, and answers have no other."""

from collections.abc import Iterator

import pytest
from pydantic import BaseModel
from starlette.testclient import TestClient

from medpath.api import (
    change_shapes,
    dataset_shapes,
    health_shapes,
    list_shapes,
    medicine_shapes,
    problem_shapes,
    search_shapes,
    text_shapes,
    vocabulary_shapes,
)

MODULES = (
    change_shapes,
    dataset_shapes,
    health_shapes,
    list_shapes,
    medicine_shapes,
    problem_shapes,
    search_shapes,
    text_shapes,
    vocabulary_shapes,
)


@pytest.fixture
def closed() -> Iterator[None]:
    """While a test runs, the models refuse keys that they do not declare."""
    named = dict.fromkeys(one for module in MODULES for one in vars(module).values() if isinstance(one, type))
    models = [one for one in named if issubclass(one, BaseModel) and one is not BaseModel]
    for one in models:
        one.model_config["extra"] = "forbid"
    for one in models:
        one.model_rebuild(force=True)
    yield
    for one in models:
        one.model_config.pop("extra", None)
    for one in models:
        one.model_rebuild(force=True)


@pytest.mark.usefixtures("closed")
def test_no_answer_has_a_key_that_is_not_declared(client: TestClient) -> None:
    medicines = client.get("/api/v1/medicines?limit=1000").json()["items"]
    for item in medicines:
        path = f"/api/v1/medicines/{item['product_number'].replace('/', '-')}"
        medicine_shapes.Medicine.model_validate(client.get(path).json())
    change_shapes.History.model_validate(client.get(f"{path}/history").json())
    for address, model in {
        "medicines": list_shapes.ListOf[list_shapes.MedicineEntry],
        "search?limit=1000": search_shapes.SearchAnswer,
        "search?q=nothing-has-this-name": search_shapes.SearchAnswer,
        "suggest?q=a": list_shapes.ListOf[search_shapes.Suggestion],
        "changes?limit=1000": list_shapes.ListOf[change_shapes.Change],
        "datasets": list_shapes.ListOf[dataset_shapes.Dataset],
        "datasets/ema.medicines": dataset_shapes.DatasetWithRuns,
        "datasets/ema.shortages": dataset_shapes.DatasetWithRuns,
        "issues": list_shapes.ListOf[dataset_shapes.Issue],
        "quality": dataset_shapes.Quality,
        "disagreements": list_shapes.ListOf[dataset_shapes.DisagreementOf],
        "atc/L04": vocabulary_shapes.AtcClassDetail,
        "substances/darvadstrocel": vocabulary_shapes.EntityDetail,
        "medicines/EMEA-H-C-004258/documents": list_shapes.ListOf[medicine_shapes.Document],
        "medicines/EMEA-H-C-006101/sections": list_shapes.ListOf[text_shapes.Section],
        "medicines/EMEA-H-C-004258/documents/alofisel-epar-product-information_en.pdf": text_shapes.DocumentText,
        "medicines/EMEA-H-C-006024/documents/kisunla-epar-product-information_en.pdf/diff": (
            text_shapes.DocumentDifference
        ),
        "compare?section=4.8&medicine=alofisel&medicine=humira&medicine=hulio": text_shapes.Comparison,
        "compare?medicine=alofisel&medicine=humira&medicine=hulio": text_shapes.FactComparison,
        "medicines/nothing": problem_shapes.Problem,
    }.items():
        model.model_validate(client.get(f"/api/v1/{address}").json())
    for kind in ("substance", "condition", "organisation", "atc-class", "document"):
        search_shapes.SearchAnswer.model_validate(client.get(f"/api/v1/search?limit=1000&kind={kind}").json())
    health_shapes.Readiness.model_validate(client.get("/readyz").json())
