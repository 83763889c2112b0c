"""A medicine for programs that read pages: schema.org/Drug."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from medpath import urls
from medpath.web.environment import as_json
from medpath.web.links import safe_url


def drug(medicine: Mapping[str, Any], public_url: str, data_date: str | None) -> Markup:
    """The medicine as schema.org has it, ready for the page."""
    eu_numbers = [number for one in medicine["authorisations"] for number in one["eu_numbers"]]
    holders = [one["holder"]["name"] for one in medicine["authorisations"] if one["holder"]]
    status = medicine["status"]
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Drug",
        "@id": public_url + urls.medicine(medicine["product_number"]),
        "url": public_url + urls.medicine(medicine["product_number"]),
        "name": medicine["name"],
        "proprietaryName": medicine["name"],
        "nonProprietaryName": medicine["inn_or_common_names"],
        "activeIngredient": [one["name"] for one in medicine["active_substances"]],
        "identifier": [medicine["product_number"], *eu_numbers],
        "code": [
            {"@type": "MedicalCode", "codeValue": one["code"], "codingSystem": one["system"]} for one in medicine["atc"]
        ],
        "manufacturer": [{"@type": "Organization", "name": name} for name in holders],
        "legalStatus": {
            "@type": "DrugLegalStatus",
            "name": status["source_value"] or status["code"],
            "applicableLocation": {"@type": "AdministrativeArea", "name": "European Union"},
        },
        "sameAs": safe_url(medicine["url"]),
        "isBasedOn": safe_url(medicine["url"]),
        "sdPublisher": {"@type": "Organization", "name": "European Medicines Agency"},
        "sdDatePublished": data_date,
        "sdLicense": safe_url(medicine["licence"]["url"]),
    }
    return as_json({key: value for key, value in told.items() if value not in (None, [], "")})
