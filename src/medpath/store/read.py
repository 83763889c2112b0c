"""All reading of the store: medicines, their history, what changed, what the sources are, what was wrong.

Doors (command line, API, web, feeds) read through `Register` alone; it knows the contract's JSON.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from medpath.model.compose import medicine_id
from medpath.model.terms import MEDICINES
from medpath.model.times import end_of
from medpath.store import changes as told
from medpath.store import comparing, entities, joined, medicines, operation, quality, reports, then, vocabularies
from medpath.store.database import Database
from medpath.store.resolving import resolve
from medpath.store.stamp import StoreStamp, stamp
from medpath.store.tables import medicine, medicine_version, snapshot, store_fact
from medpath.store.versions import as_contract, contract_bytes
from medpath.store.writing import chunks

BATCH = 500


class Register:
    """The register as it can be read. Every method sees the last committed state."""

    def __init__(self, database: Database) -> None:
        self.database = database

    # -- the store itself

    def sequence(self) -> int:
        """The newest sequence of a medicine's version; 0 for an empty store."""
        with self.database.reading() as connection:
            return int(connection.scalar(sa.select(sa.func.coalesce(sa.func.max(medicine_version.c.sequence), 0))) or 0)

    def stamp(self) -> StoreStamp:
        """In which state the store is: what was made from an equal state needs no reading."""
        with self.database.reading() as connection:
            return stamp(connection)

    def facts(self) -> dict[str, str]:
        """What the store knows of itself: ``store_id``, ``sample``, ``vocabularies``, …"""
        with self.database.reading() as connection:
            return {row.name: row.value for row in connection.execute(sa.select(store_fact))}

    def store_id(self) -> str:
        """The opaque id of this store."""
        return self.facts().get("store_id", "")

    def is_sample(self) -> bool:
        """Whether the store holds the bundled sample and no real data."""
        return self.facts().get("sample") == "yes"

    def data_date(self, as_of: date | None = None) -> str | None:
        """The instant at which EMA stood as the newest list of medicines that was read says; None without one.

        With ``as_of`` the newest of those observed by the end of that day.
        """
        with self.database.reading() as connection:
            query = sa.select(sa.func.max(snapshot.c.observed_at)).where(snapshot.c.dataset == MEDICINES)
            if as_of is not None:
                query = query.where(snapshot.c.observed_at <= end_of(as_of))
            newest: str | None = connection.scalar(query)
        return newest

    def horizon(self) -> str | None:
        """The first instant of which the store knows anything about medicines."""
        with self.database.reading() as connection:
            first: str | None = connection.scalar(sa.select(sa.func.min(medicine_version.c.observed_from)))
        return first

    def count(self) -> int:
        """How many medicines there are."""
        with self.database.reading() as connection:
            return int(connection.scalar(sa.select(sa.func.count()).select_from(medicine)) or 0)

    # -- medicines

    def medicine(self, number: str, as_of: date | None = None) -> dict[str, Any] | None:
        """The medicine as in chapter 3 of the contract, now or as of the end of a day (UTC); None where it is unknown.

        With ``as_of`` the answer also has ``as_of`` and ``horizon``, the first instant that was observed at all.
        """
        with self.database.reading() as connection:
            row = medicines.now(connection, number) if as_of is None else medicines.as_of(connection, number, as_of)
        if row is None:
            return None
        answer = as_contract(row)
        if as_of is not None:
            answer["as_of"], answer["horizon"] = as_of.isoformat(), self.horizon()
        return answer

    def medicine_bytes(self, number: str) -> tuple[int, bytes] | None:
        """(sequence of the version, contract JSON encoded) of a medicine as it is now; None where it is unknown."""
        with self.database.reading() as connection:
            row = medicines.now(connection, number)
        return (row.sequence, contract_bytes(row)) if row is not None else None

    def medicine_sequence(self, number: str) -> int | None:
        """The sequence of a medicine's current version, by which a copy can tell whether it is current."""
        with self.database.reading() as connection:
            return connection.scalar(sa.select(medicine.c.sequence).where(medicine.c.id == medicine_id(number)))

    def medicines_after(self, sequence: int, until: int | None = None) -> Iterator[tuple[int, dict[str, Any]]]:
        """(sequence, contract JSON) of every medicine whose current version is newer, in the order of sequences."""
        while True:
            with self.database.reading() as connection:
                rows = medicines.after(connection, sequence, until, BATCH)
            if not rows:
                return
            for row in rows:
                yield row.sequence, as_contract(row)
            sequence = rows[-1].sequence

    def all_medicines(self) -> Iterator[dict[str, Any]]:
        """The contract's JSON of every medicine, by product number."""
        yield from self.medicines_of(self.numbers())

    def numbers(self) -> list[str]:
        """The product numbers of all medicines, in order."""
        with self.database.reading() as connection:
            return list(connection.scalars(sa.select(medicine.c.product_number).order_by(medicine.c.product_number)))

    def medicines_of(self, numbers: Iterable[str]) -> Iterator[dict[str, Any]]:
        """The contract's JSON of the medicines with these product numbers, in their order, without unknown ones."""
        for some in chunks(numbers, BATCH):
            with self.database.reading() as connection:
                found = medicines.by_number(connection, some)
            yield from (as_contract(found[number]) for number in some if number in found)

    def medicines_then(self, day: date) -> list[then.Then]:
        """What lists show of every medicine as of the end of a day (UTC), in no order."""
        with self.database.reading() as connection:
            return then.medicines_then(connection, day)

    def medicines_of_then(self, numbers: Sequence[str], day: date) -> Iterator[dict[str, Any]]:
        """The contract's JSON of medicines as of the end of a day, in the order of their numbers; unknown ones miss."""
        with self.database.reading() as connection:
            sequences = then.sequences_then(connection, day)
        for some in chunks([sequences[one] for one in map(medicine_id, numbers) if one in sequences], BATCH):
            with self.database.reading() as connection:
                found = medicines.by_sequence(connection, some)
            yield from ({**as_contract(found[one]), "as_of": day.isoformat()} for one in some)

    def resolve(self, text: str) -> str:
        """The product number of the one medicine meant by a number in any usual spelling, or by a name.

        Raises NotFound where none fits, and with ``candidates`` where several do: nothing is picked for the user.
        """
        with self.database.reading() as connection:
            return resolve(connection, text)

    # -- history and changes

    def history(self, number: str, as_of: date | None = None) -> dict[str, Any]:
        """The versions of a medicine, oldest first, each with the inputs it was made from, and its changes.

        With ``as_of`` those that had been observed by the end of a day (UTC). Raises NotFound for an unknown number,
        and where nothing had been observed by then.
        """
        with self.database.reading() as connection:
            found = told.history(connection, number, as_of)
        return found if as_of is None else {**found, "as_of": as_of.isoformat()}

    def version(self, number: str, version: int) -> dict[str, Any] | None:
        """One version of a medicine as in the contract; None where there is none of that number."""
        with self.database.reading() as connection:
            row = medicines.version(connection, number, version)
        return as_contract(row) if row is not None else None

    def compare_versions(self, number: str, old: int, new: int) -> list[dict[str, Any]]:
        """What differs between two versions of a medicine: ``kind`` and ``fields``. Raises NotFound."""
        with self.database.reading() as connection:
            return comparing.compare_versions(connection, number, old, new)

    def changes(
        self,
        *,
        after: int = 0,
        since: date | None = None,
        until: date | None = None,
        medicine: str | None = None,
        kind: str | None = None,
        cause: str | None = None,
        limit: int = 100,
        newest_first: bool = False,
    ) -> told.ChangeList:
        """Changes by sequence; ``since`` and ``until`` are days of observation (UTC), both included.

        ``after`` continues a list: with ``newest_first`` it is the sequence to go on below. Raises UsageError for an
        unknown kind or cause.
        """
        wanted = told.Wanted(since, until, medicine, kind, cause)
        with self.database.reading() as connection:
            return told.changes(connection, wanted, after, limit, newest_first)

    def last_changes_of(self, number: str, cause: str, limit: int) -> list[dict[str, Any]]:
        """The changes of one cause of a medicine that were observed last, newest first."""
        with self.database.reading() as connection:
            return told.last_changes_of(connection, number, cause, limit)

    def last_changes(
        self,
        medicine: str | None,
        limit: int,
        *,
        since: date | None = None,
        until: date | None = None,
        kind: str | None = None,
        cause: str | None = None,
    ) -> list[dict[str, Any]]:
        """The changes, of a medicine or of all, that were observed last, newest first. Raises UsageError."""
        wanted = told.Wanted(since, until, medicine, kind, cause)
        with self.database.reading() as connection:
            return told.last_changes(connection, wanted, limit)

    def change_days(self, *, kind: str | None = None, cause: str | None = None) -> list[tuple[str, int]]:
        """(day of observation in UTC, number of changes) of every day with changes, the newest first.

        Raises UsageError for an unknown kind or cause.
        """
        with self.database.reading() as connection:
            return told.change_days(connection, told.Wanted(kind=kind, cause=cause))

    def change_places(
        self, since: date, until: date, kind: str | None = None, cause: str | None = None
    ) -> list[dict[str, Any]]:
        """sequence, medicine, name, kind and observed_at of the changes observed on these days. Raises UsageError."""
        with self.database.reading() as connection:
            return told.change_places(connection, told.Wanted(since, until, None, kind, cause))

    def change_keys(self) -> list[told.ChangeKey]:
        """Where every change that still holds stands in history, oldest observation first."""
        with self.database.reading() as connection:
            return told.change_keys(connection)

    def told_changes(self, sequences: Sequence[int]) -> list[tuple[dict[str, Any], str]]:
        """The changes with these sequences, in their order, each with the hash of its fields."""
        with self.database.reading() as connection:
            return told.told_changes(connection, sequences)

    def field_steps(self, kinds: Sequence[str], field: str) -> dict[str, list[tuple[str, Any, Any]]]:
        """(observed at, before, after) of every change of a field among changes of these kinds, by medicine."""
        with self.database.reading() as connection:
            return told.field_steps(connection, kinds, field)

    # -- sources, issues, vocabularies

    def named_datasets(self) -> list[dict[str, Any]]:
        """Name, source, title, attribution, licence_url of each dataset in order of reading, and whether it is held."""
        with self.database.reading() as connection:
            return reports.named_datasets(connection)

    def observed(self) -> dict[str, str]:
        """How new the newest file of each dataset that was read is, as its publisher says."""
        with self.database.reading() as connection:
            return reports.observed(connection)

    def datasets(self) -> list[dict[str, Any]]:
        """The datasets in order of reading, with counts, ages, the last run and the issues by code."""
        with self.database.reading() as connection:
            return reports.datasets(connection)

    def operation(self) -> dict[str, Any]:
        """What an operator looks at, from one state (see `medpath.store.operation`)."""
        with self.database.reading() as connection:
            return operation.operation(connection)

    def dataset(self, name: str) -> dict[str, Any] | None:
        """One dataset with its last runs; None where it is unknown."""
        with self.database.reading() as connection:
            return reports.dataset(connection, name)

    def issues(
        self,
        *,
        dataset: str | None = None,
        code: str | None = None,
        record: str | None = None,
        after: int = 0,
        limit: int = 100,
    ) -> reports.IssueList:
        """The issues that stand in the data as they are now, by id."""
        with self.database.reading() as connection:
            return reports.issues(connection, dataset, code, record, after, limit)

    def quality(self) -> dict[str, Any]:
        """Issues by kind and by day, disagreements by field, what is not joined (see `medpath.store.quality`)."""
        with self.database.reading() as connection:
            return quality.quality(connection)

    def disagreements(self) -> list[dict[str, Any]]:
        """Every field of a medicine in which sources say different things now, by field, then by name."""
        with self.database.reading() as connection:
            return quality.disagreements(connection)

    def atc_class(self, code: str) -> dict[str, Any] | None:
        """A class of ATC or ATCvet: names, path, classes below; None where nothing knows the code."""
        with self.database.reading() as connection:
            return vocabularies.atc_class(connection, code)

    def class_names(self, group: str) -> dict[str, dict[str, str | None]]:
        """The names by language of a class, of the classes above it, and of those below it down to level 4."""
        with self.database.reading() as connection:
            return vocabularies.class_names(connection, group)

    def atc_classes(self) -> dict[str, dict[str, Any]]:
        """Every class of ATC and ATCvet that anything here knows, by code: ``name`` by language, ``retired_at``."""
        with self.database.reading() as connection:
            return vocabularies.atc_classes(connection)

    def mesh_terms(self, names: Iterable[str]) -> dict[str, dict[str, Any]]:
        """MeSH id, entry terms and tree numbers of headings, where the vocabulary is there."""
        with self.database.reading() as connection:
            return vocabularies.mesh_terms(connection, names)

    def broader_headings(self, places: Iterable[str]) -> dict[str, list[str]]:
        """For places in MeSH's tree the names of all headings above them, where the vocabulary is there."""
        with self.database.reading() as connection:
            return vocabularies.broader_headings(connection, places)

    def headings_at(self, places: Iterable[str]) -> dict[str, dict[str, Any]]:
        """``id``, ``name`` and ``terms`` of the headings at places in MeSH's tree, where the vocabulary is there."""
        with self.database.reading() as connection:
            return vocabularies.headings_at(connection, places)

    def shortages_now(self) -> dict[str, Any]:
        """``observed_at`` of the list of shortages, and ``since`` when which medicines (by id) are short now."""
        with self.database.reading() as connection:
            return joined.shortages_now(connection)

    def related_to(self, kind: str, numbers: Iterable[str]) -> list[dict[str, Any]]:
        """The records of a kind (``orphan_designations``, …) joined to medicines, each with its ``medicines``."""
        with self.database.reading() as connection:
            return joined.related_to(connection, kind, numbers)

    def diseases(self) -> dict[str, dict[str, Any]]:
        """All headings of MeSH's trees of diseases by id, each ``name``, ``terms``, ``tree``."""
        with self.database.reading() as connection:
            return vocabularies.diseases(connection)

    def substance_terms(self, names: Iterable[str]) -> dict[str, dict[str, Any]]:
        """Ids and synonyms of substances, and the basis of each join, where the vocabulary is there."""
        with self.database.reading() as connection:
            return vocabularies.substance_terms(connection, names)

    def entity(self, kind: str, slug_or_id: str) -> dict[str, Any] | None:
        """A substance, condition or organisation with all spellings of its name; None where it is unknown."""
        with self.database.reading() as connection:
            return entities.entity_of(connection, kind, slug_or_id)

    def entities(self, kind: str) -> list[dict[str, Any]]:
        """All substances, conditions or organisations, by name."""
        with self.database.reading() as connection:
            return entities.entities_of(connection, kind)
