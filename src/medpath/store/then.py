"""Lists as of a day: what each medicine was at its end, read from the versions that held then."""

from __future__ import annotations

from datetime import date

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from medpath.model.times import end_of
from medpath.store.bodies import Bodies
from medpath.store.tables import medicine_version


class _Named(msgspec.Struct):
    name: str | None = None
    slug: str | None = None


class _Code(msgspec.Struct):
    code: str


class _Status(msgspec.Struct):
    code: str | None = None
    source_value: str | None = None
    date: str | None = None


class _Authorisation(msgspec.Struct):
    holder: _Named | None = None
    eu_numbers: list[str] = []


class _Said(msgspec.Struct):
    value: object = None


class _Disagreement(msgspec.Struct):
    field: str
    values: list[_Said] = []


class Then(msgspec.Struct):
    """What a list shows of a medicine as it was."""

    id: str
    product_number: str
    name: str
    status: _Status
    category: str
    active_substances: list[_Named]
    atc: list[_Code]
    therapeutic_areas: list[_Named]
    flags: dict[str, bool | None]
    dates: dict[str, str | None]
    authorisations: list[_Authorisation]
    inn_or_common_names: list[str] = []
    disagreements: list[_Disagreement] = []
    applicant: _Named | None = None
    no_longer_listed_at: str | None = None

    def said(self, field: str) -> list[object]:
        """What sources that disagree about a field say of it; nothing where none does."""
        return [said.value for one in self.disagreements if one.field == field for said in one.values]

    @property
    def holders(self) -> list[_Named]:
        """The holders of its authorisations, or who applied for one."""
        return [one for one in (*(held.holder for held in self.authorisations), self.applicant) if one is not None]


_THEN = Bodies(Then)


def sequences_then(connection: Connection, day: date) -> dict[str, int]:
    """The sequence of the version of each medicine that held at the end of a day (UTC), by the medicine's id."""
    return {row.medicine: row.sequence for row in connection.execute(_held(day))}


def medicines_then(connection: Connection, day: date) -> list[Then]:
    """Every medicine as it was at the end of a day (UTC), in no order."""
    held = _held(day).subquery()
    return _THEN.read(connection, sa.select(held.c.sequence))


def _held(day: date) -> sa.Select[tuple[str, int]]:
    columns = medicine_version.c
    held = (columns.superseded_at.is_(None)) & (columns.observed_from <= end_of(day))
    last = sa.select(columns.medicine, sa.func.max(columns.observed_from).label("at")).where(held)
    newest = last.group_by(columns.medicine).subquery()
    return (
        sa.select(columns.medicine, sa.func.max(columns.sequence).label("sequence"))
        .join(newest, (newest.c.medicine == columns.medicine) & (newest.c.at == columns.observed_from))
        .where(columns.superseded_at.is_(None))
        .group_by(columns.medicine)
    )
