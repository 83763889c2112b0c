"""A medicine's codes in words: statuses, flags, dates, events, and what belongs to it."""

from __future__ import annotations

from medpath.translations import mark

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
# What EMA's day of an end is the day of: its list has that day for a rolling review, too.
ENDED_BY = {**ENDINGS, "withdrawn-from-rolling-review": mark("Withdrawn from the rolling review")}
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
