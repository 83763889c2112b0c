"""The database: connections, the writer's lock, and all that differs between SQLite and PostgreSQL."""

from __future__ import annotations

import fcntl
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, make_url

from medpath.errors import StoreUnusable, UsageError

WRITER_LOCK = 0x6D656470  # "medp": the number of PostgreSQL's advisory lock
ADVICE = {  # by what SQLite says
    "malformed": "move medpath.sqlite away and restore a backup, or sync anew",
    "not a database": "move medpath.sqlite away and restore a backup, or sync anew",
    "readonly": "who uses it must be able to write to the data folder, for reading too",
    "unable to open": "who uses it must be able to write to the data folder, for reading too",
    "is full": "make room on the disk",
    "is locked": "another process is writing; try again",
}


class Database:
    """One store's database, by its URL.

    Raises UsageError for an address that is neither SQLite's nor PostgreSQL's, and StoreUnusable
    where the database can't be opened.
    """

    def __init__(self, url: str) -> None:
        try:
            parsed = make_url(url)
        except sa.exc.ArgumentError as problem:
            raise UsageError(
                "The database URL can't be understood; it looks like sqlite:////folder/medpath.sqlite or "
                "postgresql://user@host/database."
            ) from problem
        if parsed.drivername in ("postgresql", "postgres"):
            parsed = parsed.set(drivername="postgresql+psycopg")
        self.dialect = parsed.get_backend_name()
        if parsed.drivername not in ("sqlite", "postgresql+psycopg"):
            raise UsageError(f"The database “{parsed.drivername}” is not supported; use sqlite or postgresql.")
        self.url = parsed
        options: dict[str, Any] = {"pool_pre_ping": self.dialect == "postgresql"}
        if self.dialect == "sqlite":
            options["connect_args"] = {"check_same_thread": False, "timeout": 30}
            options["poolclass"] = sa.pool.QueuePool
        self.engine: Engine = sa.create_engine(parsed, **options)
        if self.dialect == "sqlite":
            sa.event.listen(self.engine, "connect", _prepare_sqlite)
            sa.event.listen(self.engine, "begin", _begin_sqlite)
        self._local = threading.local()

    @property
    def file(self) -> Path | None:
        """The database's file where it has one."""
        if self.dialect != "sqlite" or self.url.database in (None, "", ":memory:"):
            return None
        return Path(str(self.url.database))

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees the last committed state and never waits for a writer."""
        held: Connection | None = getattr(self._local, "held", None)
        try:
            if held is not None:
                yield held
                return
            with self.engine.connect() as connection:
                yield connection
        except sa.exc.DBAPIError as problem:
            raise unusable(problem) from problem

    @contextmanager
    def reading_together(self) -> Iterator[None]:
        """Within it all that this thread reads comes over one connection; with SQLite it so is of one state."""
        before = getattr(self._local, "held", None)
        with self.reading() as connection:
            self._local.held = connection
            try:
                yield
            finally:
                self._local.held = before

    @contextmanager
    def reading_one_state(self) -> Iterator[Connection]:
        """A connection that sees one committed state throughout, whatever is written meanwhile."""
        with self.reading() as connection:
            if self.dialect == "postgresql":  # SQLite reads so by itself
                connection.exec_driver_sql("set transaction isolation level repeatable read, read only")
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction, committed whole or not at all."""
        try:
            with self.engine.connect().execution_options(medpath_write=True) as connection, connection.begin():
                yield connection
        except sa.exc.DBAPIError as problem:
            raise unusable(problem) from problem

    @contextmanager
    def lock(self, folder: Path) -> Iterator[None]:
        """The writer's lock of the data folder, and of the database where machines share it.

        Raises StoreUnusable where another process holds it.
        """
        folder.mkdir(parents=True, exist_ok=True)
        held: IO[str] = (folder / "writer.lock").open("w")
        busy = f"Another process is writing to {folder}; wait until it ends, then try again."
        try:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as problem:
                raise StoreUnusable(busy) from problem
            if self.dialect != "postgresql":
                yield
                return
            with self.reading() as connection:
                taken = connection.scalar(sa.text("select pg_try_advisory_lock(:number)"), {"number": WRITER_LOCK})
                connection.commit()
                if not taken:
                    raise StoreUnusable("Another machine is writing to the database; wait until it ends.")
                try:
                    yield
                finally:
                    connection.execute(sa.text("select pg_advisory_unlock(:number)"), {"number": WRITER_LOCK})
                    connection.commit()
        finally:
            held.close()

    def insert_missing(self, connection: Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Inserts the rows whose primary key or unique columns are not there yet."""
        if not rows:
            return
        connection.execute(self._insert(table).on_conflict_do_nothing(), list(rows))

    def upsert(
        self, connection: Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]], key: Sequence[str]
    ) -> None:
        """Inserts rows, or sets the other columns of those whose ``key`` is there."""
        if not rows:
            return
        statement = self._insert(table)
        others = {name: statement.excluded[name] for name in rows[0] if name not in key}
        connection.execute(statement.on_conflict_do_update(index_elements=list(key), set_=others), list(rows))

    def _insert(self, table: sa.Table) -> Any:
        """The dialect's own insert, which knows what to do in a conflict."""
        if self.dialect == "sqlite":
            from sqlalchemy.dialects.sqlite import insert
        else:
            from sqlalchemy.dialects.postgresql import insert  # type: ignore[assignment]
        return insert(table)

    def dispose(self) -> None:
        """Closes all connections."""
        self.engine.dispose()


def unusable(problem: sa.exc.DBAPIError) -> StoreUnusable:
    """The error of a database as one sentence, without addresses or statements."""
    first = (str(problem.orig).splitlines() or [type(problem.orig).__name__])[0]
    advice = next((f"; {what}" for said, what in ADVICE.items() if said in first), "")
    return StoreUnusable(f"The store can't be used: {first[:200]}{advice}.")


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions are begun by us, so that a writer begins as one
    cursor = connection.cursor()
    cursor.execute("pragma journal_mode = wal")
    cursor.execute("pragma synchronous = normal")
    cursor.execute("pragma busy_timeout = 30000")
    cursor.execute("pragma cache_size = -65536")
    cursor.execute("pragma temp_store = memory")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    connection.exec_driver_sql("begin immediate" if options.get("medpath_write") else "begin")
