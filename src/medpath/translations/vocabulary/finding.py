"""The search in words: kinds of what is found, facets, wordings, orders."""

from __future__ import annotations

from medpath.translations import mark

KINDS = {
    "medicine": mark("Medicines"),
    "substance": mark("Substances"),
    "condition": mark("Conditions"),
    "organisation": mark("Organisations"),
    "atc-class": mark("ATC classes"),
    "document": mark("Documents"),
    "section": mark("Sections"),
}
KINDS_OF_ONE = {
    "medicine": mark("Medicine"),
    "substance": mark("Substance"),
    "condition": mark("Condition"),
    "organisation": mark("Organisation"),
    "atc-class": mark("ATC class"),
    "document": mark("Document"),
    "section": mark("Section"),
}
FACETS = {
    "kind": mark("Kind"),
    "status": mark("Status"),
    "category": mark("Kind of medicine"),
    "atc": mark("ATC class"),
    "area": mark("Therapeutic area"),
    "mesh": mark("Branch of MeSH"),
    "substance": mark("Active substance"),
    "organisation": mark("Holder or applicant"),
    "flag": mark("Flag"),
    "year": mark("Year of authorisation"),
    "status_year": mark("Year of today's status"),
    "held": mark("Authorised at the end of"),
    "decision": mark("Time to decision known, authorised in"),
    "protection": mark("Market protection ends (estimate)"),
    "exclusivity": mark("Orphan exclusivity ends (estimate)"),
}
WORDINGS = {"car-t": mark("CAR-T cell therapy"), "antibody": mark("Monoclonal antibody")}
WORDING_MEANINGS = {
    "car-t": mark(
        "taken for it: names of substances with “-cabtagene”, tisagenlecleucel, and advanced therapies described as "
        "“CAR T” or “chimeric antigen receptor”"
    ),
    "antibody": mark("taken for it: names of substances that end in “-mab” or hold “monoclonal antibody”"),
}
NEAREST = {
    "without": mark("with fewer conditions"),
    "wider": mark("a wider kind"),
    "broader": mark("a wider condition"),
    "part": mark("a part of the words"),
    "spelling": mark("another spelling"),
}
SORTS = {
    "relevance": mark("Best match first"),
    "name": mark("Name"),
    "status": mark("Status"),
    "-authorised": mark("Newest authorisation first"),
    "authorised": mark("Oldest authorisation first"),
    "-last_updated": mark("Last updated first"),
}
