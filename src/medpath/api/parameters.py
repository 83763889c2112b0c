"""What may be asked: the parameters of the API's addresses, strictly read. A parameter that nobody knows is refused."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import Path
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from medpath.model import atc
from medpath.model.changes import CAUSES, KINDS
from medpath.model.terms import FLAGS, STATUSES
from medpath.model.times import today
from medpath.search.searching import Filters

LARGEST_LIMIT = 1_000
MOST_VALUES = 30
_PLAIN = r"^[^\x00-\x08\x0b-\x1f\x7f]*$"
_GAP = "[ ._/-]*"
_LETTER, _DIGIT = "[A-Za-z]" + _GAP, "[0-9]" + _GAP
_CODE = f"^{_GAP}([Qq]{_GAP})?{_LETTER}({_DIGIT}{_DIGIT}({_LETTER}({_LETTER}({_DIGIT}{_DIGIT})?)?)?)?$"
_CURSOR = "^[0-9]{1,3}-[0-9a-f]{8}-[A-Za-z0-9_-]+$"
_SECTION = "^[0-9A-Z][0-9.]{0,8}$"
_ANY_SECTION = "^((smpc|annex-ii|labelling|package-leaflet)/)?[0-9A-Z][0-9.]{0,8}$"
AREA = "Therapeutic area by its slug, or a place in MeSH's tree (`C14.280`) with everything below it."
_DAY = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"

MedicineId = Annotated[
    str,
    Path(
        description="Product number with hyphens; other spellings, EU numbers and names lead to it.",
        examples=["EMEA-H-C-004258"],
    ),
]
ClassCode = Annotated[str, Path(description="Code of a class of any level.", examples=["L04"])]
SubstanceSlug = Annotated[str, Path(description="Slug or id.", examples=["darvadstrocel"])]
ConditionSlug = Annotated[str, Path(description="Slug or id.", examples=["rectal-fistula"])]
OrganisationSlug = Annotated[str, Path(description="Slug or id.", examples=["takeda-pharma-a-s"])]
DocumentFile = Annotated[
    str,
    Path(
        description="File name of the document at its publisher.",
        examples=["alofisel-epar-product-information_en.pdf"],
    ),
]
RedlinedId = Annotated[str, Path(description="Product number with hyphens.", examples=["EMEA-H-C-006024"])]
RedlinedFile = Annotated[
    str,
    Path(
        description="File name of the document at its publisher.",
        examples=["kisunla-epar-product-information_en.pdf"],
    ),
]
DatasetName = Annotated[str, Path(description="Name of a dataset.", examples=["ema.medicines"])]

Form = Annotated[
    Literal["json", "csv", "jsonl"],
    Field(
        description="`csv` and `jsonl` are the whole list, whatever `limit` and `cursor` say, each row with `source` "
        "and `data_date`."
    ),
]
Status = Literal[(*STATUSES, "unknown")]  # type: ignore[valid-type]
Flag = Literal[FLAGS]  # type: ignore[valid-type]
ChangeKind = Literal[KINDS]  # type: ignore[valid-type]
Cause = Literal[CAUSES]  # type: ignore[valid-type]
EntryKind = Literal["medicine", "substance", "condition", "organisation", "atc-class", "document"]
Sort = Literal["relevance", "name", "-name", "status", "authorised", "-authorised", "last_updated", "-last_updated"]


def _plain(text: str) -> str:
    if not re.search(_PLAIN, text):
        raise ValueError("it holds control characters")
    return text


def _code(text: str) -> str:
    code = atc.normal_code(text) if re.search(_CODE, text) else None
    if code is None:
        raise ValueError("it is no ATC code; codes look like L, L04, L04A, L04AC or L04AC05")
    return code


def _cursor(text: str) -> str:
    if not re.search(_CURSOR, text):
        raise ValueError("it is no place in a list; take it from “next” of the part before, or begin without it")
    return text


def _day(value: object) -> object:
    if isinstance(value, str) and not re.search(_DAY, value):
        raise ValueError("a day is written like 2026-03-14")
    return value


def _past(day: date) -> date:
    if day > today():
        raise ValueError("it lies in the future, and nothing is known of it yet; ask for today or an earlier day")
    return day


def _written(years: Iterable[int]) -> tuple[str, ...]:
    return tuple(str(year) for year in years)


Text = Annotated[str, Field(max_length=500, json_schema_extra={"pattern": _PLAIN}), AfterValidator(_plain)]
Slug = Annotated[str, Field(max_length=200, json_schema_extra={"pattern": _PLAIN}), AfterValidator(_plain)]
Code = Annotated[str, Field(max_length=30, json_schema_extra={"pattern": _CODE}), AfterValidator(_code)]
Cursor = Annotated[str, Field(max_length=600, json_schema_extra={"pattern": _CURSOR}), AfterValidator(_cursor)]
Day = Annotated[date, BeforeValidator(_day)]
PastDay = Annotated[date, BeforeValidator(_day), AfterValidator(_past)]
Version = Annotated[int, Field(ge=1, le=1_000_000)]
Year = Annotated[int, Field(ge=1900, le=2200)]
Limit = Annotated[int, Field(ge=1, le=LARGEST_LIMIT, description="How many items an answer has at most.")]
Position = Annotated[int, Field(ge=0, le=2**62)]


class Question(BaseModel):
    """The parameters of an address; others are refused."""

    model_config = ConfigDict(extra="forbid")

    def next_url(self, path: str, **place: str | int) -> str:
        """The address of the next part of a list: the same question from another place on."""
        given = self.model_dump(mode="json", exclude_unset=True, exclude=set(place))
        return f"{path}?{urlencode({**given, **place}, doseq=True)}"


class Empty(Question):
    """No parameters."""


class Formed(Question):
    """A list that is short enough to be one answer."""

    format: Form = "json"


class Pictured(Question):
    """The filters of a list of medicines. Several values of one filter are alternatives, several filters add up."""

    q: Text = Field("", description="Free text: names, numbers, codes, conditions, words of the indication.")
    status: list[Status] = Field([], max_length=MOST_VALUES, description="Authorisation status.")
    category: list[Literal["human", "veterinary"]] = Field([], max_length=2)
    atc: list[Code] = Field([], max_length=MOST_VALUES, description="ATC or ATCvet code of any level.")
    area: list[Slug] = Field([], max_length=MOST_VALUES, description=AREA)
    substance: list[Slug] = Field([], max_length=MOST_VALUES, description="Active substance, by its slug.")
    organisation: list[Slug] = Field([], max_length=MOST_VALUES, description="Holder or applicant, by its slug.")
    flag: list[Flag] = Field([], max_length=len(FLAGS), description="A flag that must be true.")
    year: list[Year] = Field([], max_length=MOST_VALUES, description="Year of the marketing authorisation.")
    status_year: list[Year] = Field([], max_length=MOST_VALUES, description="Year in which today's status began.")
    held: list[Year] = Field(
        [],
        max_length=MOST_VALUES,
        description="Authorised at the end of this year; in the year of the data, which is not over, authorised now.",
    )
    decision: list[Year] = Field(
        [],
        max_length=MOST_VALUES,
        description="Authorised in this year, with a stated day of the opinion from which the days can be counted.",
    )
    protection: list[Year] = Field(
        [], max_length=MOST_VALUES, description="Market protection ends in this year: an estimate."
    )
    exclusivity: list[Year] = Field(
        [], max_length=MOST_VALUES, description="Exclusivity as an orphan medicine ends in this year: an estimate."
    )
    format: Form = "json"

    def filters(self) -> Filters:
        """The filters as the search takes them, without the free text."""
        return Filters(
            status=tuple(self.status),
            category=tuple(self.category),
            atc=tuple(self.atc),
            area=tuple(self.area),
            substance=tuple(self.substance),
            organisation=tuple(self.organisation),
            flag=tuple(self.flag),
            year=_written(self.year),
            status_year=_written(self.status_year),
            held=_written(self.held),
            decision=_written(self.decision),
            protection=_written(self.protection),
            exclusivity=_written(self.exclusivity),
        )


class Filtered(Pictured):
    """A list of medicines: its filters, order and parts."""

    sort: Sort | None = Field(None, description="Default: relevance with `q`, else name.")
    limit: Limit = 100
    cursor: Cursor | None = Field(None, description="Where to continue; take it from `next` of the part before.")


class ListedThen(Filtered):
    """The list of medicines, now or then."""

    as_of: PastDay | None = Field(
        None,
        description="The medicines as they were at the end of this day (UTC). Read from the store: without words "
        "(`q`), and with counts of status and category alone.",
    )


class Searched(Filtered):
    """A search over everything, or over one kind of thing."""

    kind: EntryKind | Literal["section"] | None = Field(
        None, description="Only entries of this kind; `section` looks into the texts of the documents."
    )
    limit: Limit = 20


class Disagreed(Formed):
    """Which disagreements."""

    field: str | None = Field(None, max_length=100, pattern=_PLAIN, description="Only of this field, as `holder`.")


class Suggested(Question):
    """The beginning of a word or number."""

    q: Text = Field("", description="What has been typed so far.")
    limit: Annotated[int, Field(ge=1, le=20)] = 8


class AsOf(Question):
    """A medicine, now or then."""

    as_of: PastDay | None = Field(
        None,
        description="The medicine as known from all that was observed by the end of this day (UTC), today or before.",
    )


class FormedThen(AsOf):
    """A list that is short enough to be one answer, now or then."""

    format: Form = "json"


class Versioned(AsOf):
    """Which version of a text: the newest where nothing is said."""

    version: Version | None = Field(None, description="The version of the text, counted from 1.")


class Sectioned(Versioned):
    """Which sections of a product information."""

    part: Literal["smpc", "annex-ii", "labelling", "package-leaflet"] | None = None
    section: str | None = Field(
        None,
        max_length=9,
        pattern=_SECTION,
        description="The template's number: `4.8`, `A`; `0` stands before the first.",
    )
    format: Form = "json"


class Redlined(Question):
    """From which version of a text to which."""

    from_: Version | None = Field(None, alias="from", description="Default: the version before `to`.")
    to: Version | None = Field(None, description="Default: the newest version.")


class Compared(Question):
    """Which medicines, by their facts or by which section."""

    section: str | None = Field(
        None,
        max_length=25,
        pattern=_ANY_SECTION,
        description="A section of the SmPC (`4.8`), or of another part (`package-leaflet/4`); without it facts and "
        "days are compared.",
    )
    medicine: list[Text] = Field(
        [], max_length=5, description="Product number, EU number or name; two to five make a comparison."
    )
    format: Form = "json"


class Changed(Question):
    """Which changes."""

    after: Position = Field(0, description="Continue after this sequence (with `order=newest`: below it).")
    since: Day | None = Field(None, description="First day of observation (UTC).")
    until: Day | None = Field(None, description="Last day of observation (UTC).")
    kind: ChangeKind | None = None
    cause: Cause | None = Field(None, description="`source` is regulatory news, `layout` and `reader` are not.")
    order: Literal["oldest", "newest"] = Field("oldest", description="As written, or the newest first.")
    limit: Limit = 100
    format: Form = "json"


class ChangedThen(Changed, AsOf):
    """Which changes of a medicine, of those that had been observed by a day."""


class ChangedAnywhere(Changed):
    """Which changes, of which medicine."""

    medicine: Text | None = Field(None, description="Product number, EU number or name.")


class Faulty(Question):
    """Which issues."""

    dataset: Slug | None = None
    code: Slug | None = None
    record: Text | None = Field(None, description="Key of the record, such as a product number.")
    after: Position = Field(0, description="Continue after this id.")
    limit: Limit = 100
    format: Form = "json"


class Listed(Question):
    """A list by name."""

    q: Text = Field("", description="Only entries that fit this text.")
    limit: Limit = 100
    cursor: Cursor | None = Field(None, description="Where to continue; take it from `next` of the part before.")
    format: Form = "json"
