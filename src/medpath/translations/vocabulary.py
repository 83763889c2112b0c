"""The words for the model's codes: statuses, flags, dates, groups and types of documents, events, changes.

Each table maps codes to English texts, which are the keys of the catalogues. A code without an entry
is shown as it is: what a source adds later must not vanish.
"""

from __future__ import annotations


def mark(text: str) -> str:
    """Marks a text for the catalogues."""
    return text


STATUSES = {
    "authorised": mark("Authorised"),
    "withdrawn": mark("Withdrawn"),
    "application-withdrawn": mark("Application withdrawn"),
    "refused": mark("Refused"),
    "lapsed": mark("Lapsed"),
    "expired": mark("Expired"),
    "revoked": mark("Revoked"),
    "suspended": mark("Suspended"),
    "opinion": mark("Opinion given"),
    "opinion-under-re-examination": mark("Opinion under re-examination"),
    "withdrawn-from-rolling-review": mark("Withdrawn from rolling review"),
    "unknown": mark("Status not known"),
}
# What the status means for somebody who asks whether the medicine is authorised now.
STATUS_SENTENCES = {
    "authorised": mark("Authorised in the European Union"),
    "withdrawn": mark("Not authorised now: the marketing authorisation was withdrawn"),
    "application-withdrawn": mark("Not authorised: the application was withdrawn before a decision"),
    "refused": mark("Not authorised: the marketing authorisation was refused"),
    "lapsed": mark("Not authorised now: the marketing authorisation has lapsed"),
    "expired": mark("Not authorised now: the marketing authorisation has expired"),
    "revoked": mark("Not authorised now: the marketing authorisation was revoked"),
    "suspended": mark("Not authorised now: the marketing authorisation is suspended"),
    "opinion": mark("Not authorised yet: the committee has given its opinion, a decision is not known here"),
    "opinion-under-re-examination": mark("Not authorised: the committee's opinion is being re-examined"),
    "withdrawn-from-rolling-review": mark("Not authorised: it was withdrawn from the rolling review"),
}
# How a status looks: the colour's name, and the sign beside the words.
STATUS_LOOKS = {
    "authorised": ("good", "check"),
    "suspended": ("bad", "pause"),
    "withdrawn": ("bad", "cross"),
    "lapsed": ("bad", "cross"),
    "expired": ("bad", "cross"),
    "revoked": ("bad", "cross"),
    "refused": ("bad", "bar"),
    "application-withdrawn": ("bad", "bar"),
    "withdrawn-from-rolling-review": ("bad", "bar"),
    "opinion": ("wait", "clock"),
    "opinion-under-re-examination": ("wait", "clock"),
}
# The groups in which medicines stand on the pages of substances, conditions, organisations and classes.
STATUS_GROUPS = {
    mark("Authorised now"): ("authorised",),
    mark("Opinion given, not decided"): ("opinion", "opinion-under-re-examination"),
    mark("Suspended"): ("suspended",),
    mark("No longer authorised"): ("withdrawn", "lapsed", "expired", "revoked"),
    mark("Refused"): ("refused",),
    mark("Application withdrawn"): ("application-withdrawn", "withdrawn-from-rolling-review"),
}
CATEGORIES = {"human": mark("Human medicine"), "veterinary": mark("Veterinary medicine")}
OUTCOMES = {"positive": mark("Positive"), "negative": mark("Negative")}

FLAGS = {
    "orphan": mark("Orphan medicine"),
    "advanced_therapy": mark("Advanced therapy"),
    "biosimilar": mark("Biosimilar"),
    "generic_or_hybrid": mark("Generic or hybrid"),
    "conditional_approval": mark("Conditional approval"),
    "exceptional_circumstances": mark("Exceptional circumstances"),
    "accelerated_assessment": mark("Accelerated assessment"),
    "additional_monitoring": mark("Additional monitoring"),
    "prime": mark("PRIME"),
    "patient_safety": mark("Patient safety"),
}
FLAG_MEANINGS = {
    "orphan": mark("EMA lists it now as a medicine for a rare disease."),
    "advanced_therapy": mark("Based on genes, cells or tissues."),
    "biosimilar": mark("Highly similar to a biological medicine that was authorised before it."),
    "generic_or_hybrid": mark("Relies wholly or partly on the data of a reference medicine; EMA's flag covers both."),
    "conditional_approval": mark(
        "Authorised on less complete data for an unmet need; the holder must supply the rest."
    ),
    "exceptional_circumstances": mark("Authorised although complete data can't be expected, as in very rare diseases."),
    "accelerated_assessment": mark("Assessed in a shorter time because of its interest for public health."),
    "additional_monitoring": mark("Watched more closely than other medicines: the black triangle ▼."),
    "prime": mark("Developed with EMA's early support for medicines that meet an unmet need."),
    "patient_safety": mark("EMA's list marks it with “patient safety”."),
}
DATES = {
    "start_of_rolling_review": mark("Start of rolling review"),
    "start_of_evaluation": mark("Start of evaluation"),
    "opinion_adopted": mark("Opinion adopted"),
    "marketing_authorisation": mark("Marketing authorisation"),
    "latest_european_commission_decision": mark("Latest European Commission decision"),
    "suspension": mark("Suspension"),
    "withdrawal_expiry_revocation_lapse": mark("End of the marketing authorisation"),
    "refusal": mark("Refusal"),
    "withdrawal_of_application": mark("Withdrawal of the application"),
    "first_published": mark("First published by EMA"),
    "last_updated": mark("Last updated by EMA"),
}
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
EVENTS = {
    "application-submitted": mark("Application submitted"),
    "application-received": mark("Application received"),
    "start-of-rolling-review": mark("Rolling review started"),
    "start-of-evaluation": mark("Evaluation started"),
    "opinion-adopted": mark("Opinion adopted"),
    "marketing-authorisation": mark("Marketing authorisation granted"),
    "latest-european-commission-decision": mark("Latest European Commission decision"),
    "commission-decision": mark("European Commission decision"),
    "suspension": mark("Marketing authorisation suspended"),
    "withdrawal-expiry-revocation-lapse": mark("Marketing authorisation ended"),
    "refusal": mark("Marketing authorisation refused"),
    "withdrawal-of-application": mark("Application withdrawn"),
    "orphan-designation": mark("Orphan designation"),
    "paediatric-plan-decision": mark("Decision on the paediatric plan"),
    "referral": mark("Referral"),
    "shortage": mark("Shortage"),
    "safety-communication": mark("Safety communication"),
    "procedure": mark("Procedure"),
    "variation-i": mark("Variation of type I"),
    "variation-ia": mark("Variation of type IA"),
    "variation-iain": mark("Variation of type IA, notified at once"),
    "variation-ib": mark("Variation of type IB"),
    "variation-ii": mark("Variation of type II"),
    "group": mark("Group of variations"),
    "worksharing": mark("Worksharing procedure"),
    "line-extension": mark("Extension of the marketing authorisation"),
    "renewal": mark("Renewal"),
    "annual-reassessment": mark("Annual reassessment"),
    "transfer": mark("Transfer of the marketing authorisation"),
    "notification": mark("Notification"),
    "psusa": mark("Single assessment of periodic safety reports"),
    "psur": mark("Periodic safety report"),
    "safety-study": mark("Post-authorisation safety study"),
    "plasma-master-file": mark("Plasma master file"),
    "pandemic-strain-update": mark("Update of the pandemic strain"),
    "suspension-procedure": mark("Suspension procedure"),
    "switch-to-full-authorisation": mark("Switch from conditional to full authorisation"),
}
# The end of an authorisation is named by what ended it.
ENDINGS = {
    "withdrawn": mark("Marketing authorisation withdrawn"),
    "lapsed": mark("Marketing authorisation lapsed"),
    "expired": mark("Marketing authorisation expired"),
    "revoked": mark("Marketing authorisation revoked"),
}
RELATED = {
    "orphan_designations": mark("Orphan designations"),
    "paediatric_plans": mark("Paediatric plans"),
    "referrals": mark("Referrals"),
    "shortages": mark("Shortages"),
    "safety_communications": mark("Safety communications"),
    "periodic_safety_assessments": mark("Periodic safety assessments"),
    "post_authorisation_opinions": mark("Opinions after authorisation"),
}
BASES = {
    "product-number": mark("joined by product number"),
    "page-link": mark("joined by a link on EMA's page"),
    "name": mark("joined by the medicine's name"),
    "former-name": mark("joined by a former name of the medicine"),
    "substance": mark("joined by active substance"),
}
RELATED_STATUSES = {
    "positive": mark("Positive"),
    "negative": mark("Negative"),
    "withdrawn": mark("Withdrawn"),
    "expired": mark("Expired"),
    "ongoing": mark("Ongoing"),
    "resolved": mark("Resolved"),
    "european-commission-final-decision": mark("European Commission final decision"),
    "cmdh-final-position": mark("CMDh final position"),
    "under-evaluation": mark("Under evaluation"),
    "chmp-opinion": mark("CHMP opinion"),
    "maintenance": mark("Maintenance"),
    "variation": mark("Variation"),
    "suspension": mark("Suspension"),
    "revocation": mark("Revocation"),
    "withdrawal": mark("Withdrawal"),
}
DECISION_TYPES = {
    "p": mark("Plan agreed"),
    "pm": mark("Modification of an agreed plan"),
    "w": mark("Waiver granted"),
    "rp": mark("Plan refused"),
    "rpm": mark("Modification refused"),
    "rw": mark("Waiver refused"),
}
REFERRAL_STEPS = {
    "procedure_start": mark("Start of the procedure"),
    "prac_recommendation": mark("PRAC recommendation"),
    "cmdh_position": mark("CMDh position"),
    "chmp_cvmp_opinion": mark("CHMP or CVMP opinion"),
    "european_commission_decision": mark("European Commission decision"),
}
CHANGES = {
    "newly-listed": mark("Newly listed"),
    "no-longer-listed": mark("No longer listed"),
    "listed-again": mark("Listed again"),
    "status-changed": mark("Status changed"),
    "safety-communication": mark("Safety communication"),
    "referral-step": mark("Referral step"),
    "shortage-opened": mark("Shortage opened"),
    "shortage-changed": mark("Shortage changed"),
    "shortage-resolved": mark("Shortage resolved"),
    "name-changed": mark("Name changed"),
    "substance-changed": mark("Substance changed"),
    "indication-changed": mark("Indication changed"),
    "holder-changed": mark("Holder changed"),
    "atc-changed": mark("ATC code changed"),
    "area-changed": mark("Therapeutic area changed"),
    "flag-changed": mark("Flag changed"),
    "orphan-designation": mark("Orphan designation"),
    "paediatric-decision": mark("Decision on the paediatric plan"),
    "date-changed": mark("Date changed"),
    "procedure-added": mark("New procedure"),
    "procedure-changed": mark("Procedure completed"),
    "document-added": mark("Document added"),
    "document-updated": mark("Document updated"),
    "document-removed": mark("Document removed"),
    "overview-changed": mark("Overview changed"),
    "related-changed": mark("Related record changed"),
    "other-changed": mark("Other change"),
    "value-vanished": mark("Value no longer given"),
    "value-reverted": mark("Value as it was before"),
}
CAUSES = {
    "source": mark("the publisher changed it"),
    "layout": mark("the publisher changed its format or rules of listing"),
    "reader": mark("MedPath reads the same bytes better"),
}
FIELDS = {
    "name": mark("Name"),
    "category": mark("Kind of medicine"),
    "status": mark("Status"),
    "status.code": mark("Status"),
    "opinion.outcome": mark("Outcome of the opinion"),
    "active_substances": mark("Active substance"),
    "inn_or_common_names": mark("INN or common name"),
    "atc": mark("ATC code"),
    "atcvet": mark("ATCvet code"),
    "therapeutic_areas": mark("Therapeutic area"),
    "pharmacotherapeutic_group": mark("Pharmacotherapeutic group"),
    "species": mark("Species"),
    "therapeutic_indication": mark("Therapeutic indication"),
    "holder": mark("Marketing authorisation holder"),
    "applicant": mark("Applicant"),
    "authorisations.holder": mark("Marketing authorisation holder"),
    "authorisations.holder.address": mark("Postal address of the holder"),
    "authorisations.eu_numbers": mark("EU numbers"),
    "renewal_date": mark("Latest renewal"),
    "authorisations.presentations": mark("Presentations"),
    "revision": mark("Revision"),
    "latest_procedure": mark("Latest procedure"),
    "url": mark("Address of EMA's page"),
    "documents": mark("Documents"),
    "events": mark("Procedures after authorisation"),
    "overview": mark("Overview"),
    "overview.summary": mark("Overview: summary"),
    "overview.questions": mark("Overview: questions and answers"),
    "no_longer_listed_at": mark("No longer listed"),
    "product_number": mark("Product number"),
    "source_product_number": mark("Product number as the list prints it"),
}
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
RESULTS = {"ok": mark("Read"), "unchanged": mark("Unchanged"), "failed": mark("Failed")}
SEVERITIES = {"error": mark("Error"), "warning": mark("Warning"), "info": mark("Note")}
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

WAYS = {
    "email": mark("E-mail"),
    "webhook": mark("Web address (signed JSON)"),
    "file": mark("Files in a folder"),
}

EVERY = {
    "sync": mark("At once"),
    "day": mark("Once a day"),
    "week": mark("Once a week"),
    "month": mark("Once a month"),
}
