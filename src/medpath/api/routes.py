"""All addresses of the API."""

from __future__ import annotations

from fastapi import APIRouter

from medpath.api import (
    changes,
    datasets,
    documentation,
    health,
    medicines,
    metrics,
    pictures,
    protection,
    search,
    texts,
    vocabularies,
)

router = APIRouter()
for part in (
    texts,
    medicines,
    pictures,
    protection,
    search,
    changes,
    vocabularies,
    datasets,
    health,
    metrics,
    documentation,
):
    router.include_router(part.router)
