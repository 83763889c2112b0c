"""The closed lists of the model: datasets that it knows by name, flags, dates, statuses."""

from __future__ import annotations

MEDICINES = "ema.medicines"
PAGES = "ema.epar_pages"
DOCUMENTS = "ema.epar_documents"
DOCUMENT_FILES = "ema.document_files"
UNION_REGISTER = "union_register.products"
# the whole documents first: they hold what the sections cut out of them may lack
PRODUCT_INFORMATION = ("emamds.product_information", "emamds.product_information_sections")
PRESENTATIONS = "emamds.authorised_presentations"
PROCEDURAL_STEPS = "emamds.procedural_steps"
# Lists of procedures that end before the present one begins, and what EMA put in their place.
EARLIER_STEPS = ("emamds.steps_after_cutoff", "emamds.steps_before_authorisation")
STEPS_BEFORE = "emamds.steps_before_authorisation"
# EMA's own file before its conversion by others
OVERVIEWS = ("ema.document_files", "emamds.overviews")
DESCRIPTORS = "mesh.descriptors"
SUBSTANCE_NAMES = "drugbank.vocabulary"
CLASSES = "who_atc.classes"

# Layouts of EMA's pages in a conversion that lost sentences (7 of 100 indications; HTML and `list` have them).
LOSSY_LAYOUTS = ("inline", "lines")

FLAGS = (
    "orphan",
    "advanced_therapy",
    "biosimilar",
    "generic_or_hybrid",
    "conditional_approval",
    "exceptional_circumstances",
    "accelerated_assessment",
    "additional_monitoring",
    "prime",
    "patient_safety",
)
DATES = (
    "opinion_adopted",
    "marketing_authorisation",
    "withdrawal_expiry_revocation_lapse",
    "latest_european_commission_decision",
    "refusal",
    "suspension",
    "withdrawal_of_application",
    "start_of_evaluation",
    "start_of_rolling_review",
)
STATUSES = (
    "authorised",
    "withdrawn",
    "application-withdrawn",
    "refused",
    "lapsed",
    "expired",
    "revoked",
    "suspended",
    "opinion",
    "opinion-under-re-examination",
    "withdrawn-from-rolling-review",
)
STATUS_DATES = {
    "authorised": "marketing_authorisation",
    "withdrawn": "withdrawal_expiry_revocation_lapse",
    "lapsed": "withdrawal_expiry_revocation_lapse",
    "expired": "withdrawal_expiry_revocation_lapse",
    "revoked": "withdrawal_expiry_revocation_lapse",
    "refused": "refusal",
    "suspended": "suspension",
    "application-withdrawn": "withdrawal_of_application",
    "opinion": "opinion_adopted",
}
ENDED = ("withdrawn", "lapsed", "expired", "revoked")
IN_FORCE = ("authorised", "suspended")
HAD_AUTHORISATION = (*IN_FORCE, *ENDED)
APPLICATIONS = (
    "application-withdrawn",
    "refused",
    "opinion",
    "opinion-under-re-examination",
    "withdrawn-from-rolling-review",
)
