"""Datasets and their runs in words."""

from __future__ import annotations

from medpath.translations import mark

DATASET_KINDS = {
    "report": mark("Report"),
    "pages": mark("Pages"),
    "documents": mark("Documents"),
    "vocabulary": mark("Vocabulary"),
}
DATASETS = {
    "ema.medicines": mark("EMA: medicines"),
    "ema.epar_documents": mark("EMA: EPAR documents"),
    "ema.document_files": mark("EMA: documents (PDF)"),
    "ema.epar_pages": mark("EMA: EPAR pages"),
    "ema.orphan_designations": mark("EMA: orphan designations"),
    "ema.paediatric_investigation_plans": mark("EMA: paediatric investigation plans"),
    "ema.referrals": mark("EMA: referrals"),
    "ema.shortages": mark("EMA: shortages"),
    "ema.safety_communications": mark("EMA: direct healthcare professional communications"),
    "ema.periodic_safety_assessments": mark("EMA: periodic safety update single assessments"),
    "ema.post_authorisation_opinions": mark("EMA: opinions after authorisation"),
    "ema.medicines_outside_eu": mark("EMA: medicines for use outside the EU"),
    "ema.herbal_medicines": mark("EMA: herbal medicines"),
    "union_register.products": mark("European Commission: Union Register"),
    "emamds.product_information": mark("Product information: holder and EU numbers"),
    "emamds.authorised_presentations": mark("Authorised presentations"),
    "emamds.procedural_steps": mark("Procedural steps after authorisation"),
    "emamds.product_information_sections": mark("Product information: sections 7 to 10"),
    "emamds.steps_after_cutoff": mark("Procedural steps after authorisation, until about 2004"),
    "emamds.steps_before_authorisation": mark("Procedural steps before authorisation"),
    "emamds.overviews": mark("Overviews for the public"),
    "emamds.reports": mark("Reports and other documents, for their text"),
    "who_atc.classes": mark("WHO: ATC classes"),
    "who_atc.names_zh": mark("Chinese names of ATC classes"),
    "who_atc.names_fr": mark("French names of ATC classes"),
    "drugbank.vocabulary": mark("Names of substances with their synonyms"),
    "mesh.descriptors": mark("MeSH headings"),
    "mesh.tree_numbers": mark("MeSH tree"),
}
RESULTS = {"ok": mark("Read"), "unchanged": mark("Unchanged"), "failed": mark("Failed")}
SEVERITIES = {"error": mark("Error"), "warning": mark("Warning"), "info": mark("Note")}
