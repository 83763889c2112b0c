"""A medicine for programs that read pages: schema.org/Drug, with what that vocabulary has a property for.

The marketing authorisation holder is left out: it need not be the manufacturer, and a Drug has no other property for
it. Where the data are from and under which terms stands on the page, which is the work; the medicine is none.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from medpath import urls
from medpath.translations.language import Language
from medpath.web.environment import as_json
from medpath.web.links import safe_url


def drug(medicine: Mapping[str, Any], language: Language, public_url: str) -> Markup:
    """The medicine as schema.org has it, ready for its page in a language."""
    eu_numbers = [number for one in medicine["authorisations"] for number in one["eu_numbers"]]
    status = medicine["status"]
    address = public_url + urls.medicine(medicine["product_number"])
    page = public_url + urls.medicine(medicine["product_number"], language.code)
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Drug",
        "@id": f"{address}#medicine",
        "url": address,
        "name": medicine["name"],
        "proprietaryName": medicine["name"],
        "nonProprietaryName": medicine["inn_or_common_names"],
        "activeIngredient": [one["name"] for one in medicine["active_substances"]],
        "identifier": [medicine["product_number"], *eu_numbers],
        "code": [
            {"@type": "MedicalCode", "codeValue": one["code"], "codingSystem": one["system"]} for one in medicine["atc"]
        ],
        "legalStatus": {
            "@type": "DrugLegalStatus",
            "name": status["source_value"] or status["code"],
            "applicableLocation": {"@type": "AdministrativeArea", "name": "European Union"},
        },
        "sameAs": safe_url(medicine["url"]),
        "mainEntityOfPage": _stated(
            {
                "@type": "WebPage",
                "@id": page,
                "url": page,
                "inLanguage": language.tag,
                "isBasedOn": safe_url(medicine["url"]),
                "creditText": medicine["licence"]["attribution"],
                "license": safe_url(medicine["licence"]["url"]),
                "version": medicine["version"],
                "dateModified": medicine["observed_from"][:10],
            }
        ),
    }
    return as_json(_stated(told))


def _stated(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in (None, [], "")}
