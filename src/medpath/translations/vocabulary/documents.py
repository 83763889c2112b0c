"""Documents and their texts in words: groups, types, parts, questions, and why a text can't be shown."""

from __future__ import annotations

from medpath.translations import mark

GROUPS = {
    "overview": mark("Overview"),
    "risk-management-plan": mark("Risk management plan"),
    "product-information": mark("Product information"),
    "authorised-presentations": mark("Authorised presentations"),
    "initial-marketing-authorisation": mark("Initial marketing authorisation"),
    "changes-since-initial-authorisation": mark("Changes since initial authorisation"),
    "other": mark("Other documents"),
}
DOCUMENT_TYPES = {
    "all-authorised-presentations": mark("All authorised presentations"),
    "amended-product-information": mark("Amended product information"),
    "assessment-report": mark("Assessment report"),
    "chmp-annex": mark("Annex to an opinion"),
    "conditions-member-states": mark("Conditions for member states"),
    "covid-19-vaccine-safety-update": mark("COVID-19 vaccine safety update"),
    "leaflet": mark("Leaflet"),
    "medication-error": mark("Medication error"),
    "medicine-qa": mark("Questions and answers"),
    "opinion-any-scientific-matter": mark("Opinion on a scientific matter"),
    "orphan-maintenance-report": mark("Orphan maintenance assessment report"),
    "orphan-maintenance-report-post": mark("Orphan maintenance assessment report after authorisation"),
    "other": mark("Other"),
    "overview": mark("Medicine overview"),
    "pip-compliance": mark("Compliance with the paediatric plan"),
    "prac-recommendation": mark("PRAC recommendation"),
    "press-release": mark("Press release"),
    "procedural-steps": mark("Procedural steps"),
    "procedural-steps-before": mark("Procedural steps before authorisation"),
    "procedural-steps-after": mark("Procedural steps after authorisation"),
    "product-information": mark("Product information"),
    "product-information-tracked-changes": mark("Product information with tracked changes"),
    "public-statement": mark("Public statement"),
    "referral": mark("Referral"),
    "rmp": mark("Risk management plan"),
    "rmp-summary": mark("Summary of the risk management plan"),
    "scientific-conclusion": mark("Scientific conclusions"),
    "scientific-discussion": mark("Scientific discussion"),
    "scientific-discussion-variation": mark("Scientific discussion of a variation"),
    "smop": mark("Summary of opinion after authorisation"),
    "smop-initial": mark("Summary of opinion"),
    "steps-after-cutoff": mark("Steps after the cut-off date"),
    "variation-report": mark("Assessment report of a variation"),
    "withdrawal-letter": mark("Withdrawal letter"),
    "withdrawal-report": mark("Assessment report of a withdrawn application"),
}
DOCUMENT_STATUSES = {"adopted": mark("Adopted"), "draft": mark("Draft")}
QUESTIONS = {
    "what-is-it": mark("What is it and what is it used for?"),
    "what-is-it-used-for": mark("What is it used for?"),
    "how-is-it-used": mark("How is it used?"),
    "how-does-it-work": mark("How does it work?"),
    "how-was-it-studied": mark("How has it been studied?"),
    "benefits": mark("What benefits has it shown in studies?"),
    "risks": mark("What are the risks?"),
    "benefits-and-risks": mark("What are the benefits and risks?"),
    "why-authorised": mark("Why is it authorised in the EU?"),
    "safety-measures": mark("What is done to ensure safe and effective use?"),
    "information-awaited": mark("What information is still awaited?"),
    "other-information": mark("Other information"),
    "groups-of-people": mark("How does it suit particular groups of people?"),
    "stage-of-evaluation": mark("How far had the evaluation come?"),
    "evidence-presented": mark("What had the company presented?"),
    "reasons-for-withdrawal": mark("Why was the application withdrawn?"),
    "recommendation-at-the-time": mark("What had EMA recommended by then?"),
    "reasons-for-refusal": mark("Why was the authorisation refused?"),
    "consequences": mark("What does this mean for patients?"),
}
# The parts of a product information.
PARTS = {
    "smpc": mark("Summary of product characteristics"),
    "annex-ii": mark("Annex II"),
    "labelling": mark("Labelling"),
    "package-leaflet": mark("Package leaflet"),
}
EDITS = {"added": mark("added"), "removed": mark("removed"), "changed": mark("changed"), "moved": mark("moved")}
# Why a text can't be shown, by the reasons of `medpath.store.sections`.
NO_TEXT = {
    "no-medicine": mark("No medicine has the product number %(number)s."),
    "not-observed": mark("By %(day)s nothing had been observed of %(number)s."),
    "no-document": mark("%(name)s has no document “%(file)s”; its documents are listed on its page."),
    "no-information": mark("No text of a product information of %(name)s is held."),
    "no-text": mark("The text of this document is not held; EMA's file is at %(url)s."),
    "no-version": mark("Of this text there is no version %(version)s; the versions are %(versions)s."),
    "no-earlier": mark("There is no version of this text before version %(version)s."),
    "not-yet": mark("By %(day)s no text of this document had been seen; the first was on %(first)s."),
    "no-section": mark("The text has no section %(section)s in this part (%(part)s)."),
    "no-part": mark("The text has no such part (%(part)s)."),
}
