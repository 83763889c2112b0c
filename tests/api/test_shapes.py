"""The models of the OpenAPI document have every key that answers have, and answers have no other."""

from collections.abc import Iterator

import pytest
from pydantic import BaseModel
from starlette.testclient import TestClient

from medpath.api import medicine_shapes, shapes, text_shapes


@pytest.fixture
def closed() -> Iterator[None]:
    """While a test runs, the models refuse keys that they do not declare."""
    named = [one for module in (medicine_shapes, shapes, text_shapes) for one in vars(module).values()]
    models = [one for one in named if isinstance(one, type) and issubclass(one, BaseModel) and one is not BaseModel]
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
    shapes.History.model_validate(client.get(f"{path}/history").json())
    for address, model in {
        "medicines": shapes.ListOf[shapes.MedicineEntry],
        "search?limit=1000": shapes.SearchAnswer,
        "search?q=nothing-has-this-name": shapes.SearchAnswer,
        "suggest?q=a": shapes.ListOf[shapes.Suggestion],
        "changes?limit=1000": shapes.ListOf[shapes.Change],
        "datasets": shapes.ListOf[shapes.Dataset],
        "datasets/ema.medicines": shapes.DatasetWithRuns,
        "datasets/ema.shortages": shapes.DatasetWithRuns,
        "issues": shapes.ListOf[shapes.Issue],
        "quality": shapes.Quality,
        "disagreements": shapes.ListOf[shapes.DisagreementOf],
        "atc/L04": shapes.AtcClassDetail,
        "substances/darvadstrocel": shapes.EntityDetail,
        "medicines/EMEA-H-C-004258/documents": shapes.ListOf[medicine_shapes.Document],
        "medicines/EMEA-H-C-006101/sections": shapes.ListOf[text_shapes.Section],
        "medicines/EMEA-H-C-004258/documents/alofisel-epar-product-information_en.pdf": text_shapes.DocumentText,
        "medicines/EMEA-H-C-006024/documents/kisunla-epar-product-information_en.pdf/diff": (
            text_shapes.DocumentDifference
        ),
        "compare?section=4.8&medicine=alofisel&medicine=humira&medicine=hulio": text_shapes.Comparison,
        "compare?medicine=alofisel&medicine=humira&medicine=hulio": text_shapes.FactComparison,
        "medicines/nothing": shapes.Problem,
    }.items():
        model.model_validate(client.get(f"/api/v1/{address}").json())
    for kind in ("substance", "condition", "organisation", "atc-class", "document"):
        shapes.SearchAnswer.model_validate(client.get(f"/api/v1/search?limit=1000&kind={kind}").json())
    shapes.Readiness.model_validate(client.get("/readyz").json())
