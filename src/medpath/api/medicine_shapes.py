"""What a medicine looks like: chapter 3 of the contract as models, from which the OpenAPI document is made.

Answers are not checked against the models when they are sent, but by the tests. Keys may be added to
answers at any time; none is dropped or changes its meaning.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

Day = Annotated[date | None, Field(description="A day that the agency states, without time zone.")]
Instant = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", examples=["2026-03-14T05:00:00Z"])]
Url = Annotated[str | None, Field(description="The publisher's address.")]


class Named(BaseModel):
    """A substance, organisation or condition: `id` never changes, `slug` is for addresses."""

    name: str
    id: str
    slug: str


class Coded(BaseModel):
    """Our code beside the publisher's own value; `code` is null for a value that has none yet."""

    code: str | None
    source_value: str | None


class Status(Coded):
    """The authorisation status, since when, and the publisher's words about it."""

    date: Day
    statement: list[str] = []
    first_observed_at: Instant | None


class Opinion(BaseModel):
    """The committee's opinion on the application."""

    outcome: Literal["positive", "negative"] | None
    date: Day


class AtcClass(BaseModel):
    """A class of the ATC or ATCvet classification. `complete`: it is of level 5."""

    system: Literal["ATC", "ATCvet"]
    code: str
    level: int
    complete: bool
    name: dict[str, str | None] = Field(description="Names by language; `en` and `zh` are always there.")
    retired: bool = False


class TherapeuticArea(Named):
    """A therapeutic area; `mesh` is its descriptor where MeSH was read and has the heading."""

    mesh: str | None


class Flags(BaseModel):
    """True, false, or null where the source says nothing. Generics include hybrids."""

    orphan: bool | None
    advanced_therapy: bool | None
    biosimilar: bool | None
    generic_or_hybrid: bool | None
    conditional_approval: bool | None
    exceptional_circumstances: bool | None
    accelerated_assessment: bool | None
    additional_monitoring: bool | None
    prime: bool | None
    patient_safety: bool | None


class Question(BaseModel):
    """A question of the overview. `archived`: the publisher has since removed it."""

    kind: str | None
    question: str
    answer: list[str]
    archived: bool


class Overview(BaseModel):
    """The publisher's lay overview, in its order."""

    summary: list[str]
    questions: list[Question]
    observed_at: Instant | None
    archived_at: Instant | None = Field(description="When archived questions were last seen.")
    no_longer_shown: bool = Field(description="The authorisation has ended and no held version had any questions.")
    questions_document: Url = Field(description="The overview document that gave archived questions; else null.")
    questions_month: str | None = Field(description="The month (YYYY-MM) that this document states for its text.")
    document: Url


class Holder(Named):
    """The holder of an authorisation, or who applied for one."""

    address: list[str]
    address_complete: bool | None
    country: str | None = Field(description="ISO 3166-1 alpha-2")


class Presentation(BaseModel):
    """A pack. `text` is its whole row where the columns of EMA's list could not be told apart."""

    eu_number: str
    name: str | None
    strength: str | None
    pharmaceutical_form: str | None
    route_of_administration: str | None
    packaging: str | None
    content: str | None
    pack_size: str | None
    text: str | None


class Authorisation(BaseModel):
    """An authorisation of the medicine."""

    product_number: str
    eu_numbers: list[str]
    presentations: list[Presentation]
    region: str
    status: str | None
    holder: Holder | None
    marketing_authorisation_date: Day


class Dates(BaseModel):
    """The days that the agency states."""

    opinion_adopted: Day
    marketing_authorisation: Day
    withdrawal_expiry_revocation_lapse: Day
    latest_european_commission_decision: Day
    refusal: Day
    suspension: Day
    withdrawal_of_application: Day
    start_of_evaluation: Day
    start_of_rolling_review: Day
    first_published: Day
    last_updated: Day


class Document(BaseModel):
    """A document of the publisher."""

    id: str
    title: str | None
    type: str | None
    group: Literal[
        "overview",
        "risk-management-plan",
        "product-information",
        "authorised-presentations",
        "initial-marketing-authorisation",
        "changes-since-initial-authorisation",
        "other",
    ]
    status: str | None = None
    consultation_date: Day = None
    first_published: Day
    last_updated: Day
    reference_number: str | None
    language: str
    url: str
    translations: dict[str, str] = Field(description="Addresses by language.")
    source: str = Field(description="The dataset that states the document's last day.")


class Event(BaseModel):
    """What happened on a day."""

    date: date
    kind: str
    title: str | None
    source: str = Field(description="The dataset that says so.")
    procedure_numbers: list[str] = Field(description="Of the procedures after authorisation (`II/0044/G`).")
    commission_decision_date: Day = Field(description="Of the Commission's decision on the procedure.")
    document: str | None = Field(description="The `id` of the document that states it.")
    page: int | None = Field(description="The page of the document, from 1.")


class RelatedItem(BaseModel):
    """What else the publisher says about the medicine. `basis`: by what it was joined."""

    id: str
    title: str | None
    date: Day
    basis: str
    url: Url
    no_longer_listed_at: Instant | None


class OrphanDesignation(RelatedItem):
    """An orphan designation; `current` false is history."""

    designation_number: str | None
    active_substance: str | None
    status: Coded | None
    current: bool


class PaediatricPlan(RelatedItem):
    """A paediatric investigation plan."""

    plan_number: str | None
    decision_number: str | None
    decision_type: str | Coded | None
    condition: str | None
    compliance_outcome: str | Coded | None


class Referral(RelatedItem):
    """A referral."""

    type: str | None
    status: Coded | None
    safety_referral: bool | None
    reference_number: str | None
    dates: dict[str, date | None]


class Shortage(RelatedItem):
    """A shortage."""

    status: Coded | None
    pharmaceutical_forms: list[str] | None
    strengths: list[str] | None
    alternatives_available: bool | None
    start_date: Day
    expected_resolution_date: Day
    expected_resolution: str | None
    last_updated: Day


class SafetyCommunication(RelatedItem):
    """A direct healthcare professional communication."""

    type: str | None
    medicine_names: list[str] | None
    regulatory_outcome: str | None
    procedure_number: str | None
    referral_name: str | None


class PeriodicSafetyAssessment(RelatedItem):
    """The outcome of a periodic safety update assessment."""

    procedure_number: str | None
    substances_in_scope: str | None
    regulatory_outcome: Coded | None


class PostAuthorisationOpinion(RelatedItem):
    """An opinion after the authorisation."""

    status: str | Coded | None
    outcome: str | Coded | None


class Related(BaseModel):
    """What is related to the medicine, by kind."""

    orphan_designations: list[OrphanDesignation]
    paediatric_plans: list[PaediatricPlan]
    referrals: list[Referral]
    shortages: list[Shortage]
    safety_communications: list[SafetyCommunication]
    periodic_safety_assessments: list[PeriodicSafetyAssessment]
    post_authorisation_opinions: list[PostAuthorisationOpinion] = []


class Stated(BaseModel):
    """What one dataset says of a field in which datasets differ."""

    dataset: str
    value: Any
    last_updated: Day = None


class Disagreement(BaseModel):
    """A field in which two sources differ; both are right until one of them is corrected."""

    field: str
    values: list[Stated]


class RecordIssue(BaseModel):
    """What was wrong in the data of this medicine."""

    dataset: str
    code: str
    place: str
    message: str


class Provenance(BaseModel):
    """Where something is from: the bytes and the place in them. `retrieved_at` null: somebody else fetched the file."""

    dataset: str
    url: Url
    file: str
    key: str
    place: str
    retrieved_at: Instant | None
    published_at: Instant
    sha256: str
    attribution: str
    licence_url: str


class Attribution(BaseModel):
    """Whom to name, and the terms."""

    attribution: str
    url: str


class Licence(Attribution):
    """Whom to name for the record as a whole, and everyone whose data are in it."""

    all: list[Attribution]


class Medicine(BaseModel):
    """A medicine; every key is always there, unknown is null or empty."""

    id: str
    agency: str
    product_number: str
    source_product_number: str | None = Field(description="As the publisher wrote it, where it was repaired.")
    name: str
    category: Literal["human", "veterinary"] | None
    status: Status
    opinion: Opinion
    active_substances: list[Named]
    inn_or_common_names: list[str]
    atc: list[AtcClass]
    therapeutic_areas: list[TherapeuticArea]
    pharmacotherapeutic_group: str | None
    species: list[str]
    therapeutic_indication: str | None
    flags: Flags
    overview: Overview
    authorisations: list[Authorisation]
    applicant: Holder | None = Field(description="Who applied, where there never was an authorisation.")
    dates: Dates
    revision: int | None
    latest_procedure: str | None
    documents: list[Document]
    events: list[Event]
    related: Related
    url: Url
    disagreements: list[Disagreement]
    issues: list[RecordIssue]
    provenance: dict[str, Provenance] = Field(description="Which source gave which field.")
    version: int
    sequence: int
    observed_from: Instant
    no_longer_listed_at: Instant | None
    licence: Licence
    as_of: date | None = Field(None, description="Only where the question had `as_of`.")
    horizon: Instant | None = Field(None, description="With `as_of`: the first instant of which the register knows.")
