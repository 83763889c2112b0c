"""The tables, declared once for SQLite and PostgreSQL.

Instants are RFC 3339 text in UTC with whole seconds (``2026-03-14T05:00:00Z``) and days are ISO
text: both sort as text and mean the same in every database. Bodies are JSON, compressed with zlib.
Ids are given by the single writer, counting up.
"""

from __future__ import annotations

import sqlalchemy as sa

UNREAD = 0  # reader_version of a snapshot that came late and is not read in its place yet

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _id(name: str = "id") -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, primary_key=True, autoincrement=False)


store_fact = sa.Table(
    "store_fact",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

# What each source says of itself, as of the last sync: readers of the store need no source.yml.
dataset = sa.Table(
    "dataset",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("place", sa.Integer, nullable=False),  # order of reading
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("publisher", sa.Text, nullable=False),
    sa.Column("homepage", sa.Text, nullable=False),
    sa.Column("licence", sa.Text, nullable=False),
    sa.Column("licence_url", sa.Text, nullable=False),
    sa.Column("attribution", sa.Text, nullable=False),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("schedule", sa.Text, nullable=False),
    sa.Column("minimum", sa.Integer, nullable=False),
    sa.Column("maximum", sa.Integer, nullable=False),
)

snapshot = sa.Table(
    "snapshot",
    metadata,
    _id(),
    sa.Column("dataset", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("sha256", sa.Text, nullable=False),
    sa.Column("archive", sa.Text),  # sha256 of the archive that holds the bytes as ``member``
    sa.Column("member", sa.Text),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("media_type", sa.Text, nullable=False),
    sa.Column("retrieved_at", sa.Text),
    sa.Column("observed_at", sa.Text, nullable=False),
    sa.Column("observed_to", sa.Text, nullable=False),
    sa.Column("observed_precision", sa.Text, nullable=False),
    sa.Column("etag", sa.Text),
    sa.Column("last_modified", sa.Text),
    sa.Column("licence", sa.Text, nullable=False),
    sa.Column("licence_url", sa.Text, nullable=False),
    sa.Column("attribution", sa.Text, nullable=False),
    sa.Column("reader_version", sa.Integer, nullable=False),
    sa.Column("layout", sa.Text, nullable=False),
    sa.Column("columns", sa.Text, nullable=False),  # JSON: what happened to whole columns here (model.columns)
    sa.Column("dropped_at", sa.Text),
    sa.Index(None, "dataset", "observed_at"),
    sa.Index(None, "dataset", "url"),
    sa.Index(None, "url"),
    sa.Index(None, "sha256"),
)

run = sa.Table(
    "run",
    metadata,
    _id(),
    sa.Column("dataset", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("sha256", sa.Text),
    sa.Column("snapshot_id", sa.BigInteger),
    sa.Column("reader_version", sa.Integer, nullable=False),
    sa.Column("software_version", sa.Text, nullable=False),
    sa.Column("layout", sa.Text, nullable=False),
    sa.Column("started_at", sa.Text, nullable=False),
    sa.Column("finished_at", sa.Text, nullable=False),
    sa.Column("observed_at", sa.Text),
    sa.Column("result", sa.Text, nullable=False),
    sa.Column("reason", sa.Text),
    sa.Column("rows", sa.Integer, nullable=False),
    sa.Column("records", sa.Integer, nullable=False),
    sa.Column("rejected", sa.Integer, nullable=False),
    sa.Column("issues", sa.Integer, nullable=False),
    sa.Column("changed", sa.Integer, nullable=False),
    sa.Index(None, "dataset", "id"),
)

issue = sa.Table(
    "issue",
    metadata,
    _id(),
    sa.Column("run_id", sa.BigInteger, nullable=False),
    sa.Column("dataset", sa.Text, nullable=False),
    sa.Column("severity", sa.Text, nullable=False),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("record", sa.Text),
    sa.Column("message", sa.Text, nullable=False),
    sa.Column("unit", sa.Text, nullable=False),  # the report, page or document that the fault stands in
    sa.Column("current", sa.Integer, nullable=False),  # 0 when the unit has been read again since
    sa.Index(None, "dataset", "current", "code"),
    sa.Index(None, "dataset", "unit"),
    sa.Index(None, "run_id"),
    sa.Index(None, "record"),
)

source_record = sa.Table(
    "source_record",
    metadata,
    _id(),
    sa.Column("dataset", sa.Text, nullable=False),
    sa.Column("source_key", sa.Text, nullable=False),
    sa.Column("medicine", sa.Text),
    sa.Column("first_seen", sa.Text, nullable=False),
    sa.Column("no_longer_listed_at", sa.Text),
    sa.Column("current_version", sa.BigInteger, nullable=False),
    sa.Column("current_hash", sa.Text, nullable=False),
    sa.UniqueConstraint("dataset", "source_key"),
    sa.Index(None, "medicine"),
)

source_version = sa.Table(
    "source_version",
    metadata,
    _id(),
    sa.Column("record_id", sa.BigInteger, nullable=False),
    sa.Column("snapshot_id", sa.BigInteger, nullable=False),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("hash", sa.Text, nullable=False),
    sa.Column("medicine", sa.Text),  # whom the version speaks about
    sa.Column("offers", sa.Text),  # JSON: [kind, value] of each key
    sa.Column("seeks", sa.Text),
    sa.Column("body", sa.LargeBinary),  # null: the whole report no longer listed the record
    sa.Column("issues", sa.Text),
    sa.Column("observed_from", sa.Text, nullable=False),
    sa.Column("observed_to", sa.Text, nullable=False),
    sa.Index(None, "record_id", "observed_from"),
    sa.Index(None, "snapshot_id"),
)

# Every key that any version of a record has had, to look records up by. Which of them holds at an
# instant, the version of that instant says.
record_key = sa.Table(
    "record_key",
    metadata,
    sa.Column("record_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("role", sa.Text, primary_key=True),  # offers, seeks, about (kind medicine, value its number)
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, primary_key=True),
    sa.Index(None, "kind", "value", "role"),
)

# Medicines whose sources moved and that are not composed anew yet: written with the sources, emptied
# with the new versions, so that a stop between the two loses nothing.
pending = sa.Table(
    "pending",
    metadata,
    sa.Column("medicine", sa.Text, primary_key=True),
    sa.Column("since", sa.Text, nullable=False),
    sa.Column("cause", sa.Text, nullable=False),  # source or reader
)

medicine = sa.Table(
    "medicine",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("product_number", sa.Text, nullable=False),
    sa.Column("sequence", sa.BigInteger, nullable=False),
    sa.Column("changed_at", sa.Text, nullable=False),
    sa.Index(None, "sequence"),
)

medicine_version = sa.Table(
    "medicine_version",
    metadata,
    _id("sequence"),
    sa.Column("medicine", sa.Text, nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("hash", sa.Text, nullable=False),
    sa.Column("inputs", sa.LargeBinary, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.Column("observed_from", sa.Text, nullable=False),
    sa.Column("written_at", sa.Text, nullable=False),
    sa.Column("superseded_at", sa.Text),
    sa.Index(None, "medicine", "observed_from"),
)

entity = sa.Table(
    "entity",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("slug", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.UniqueConstraint("kind", "slug"),
)

entity_name = sa.Table(
    "entity_name",
    metadata,
    sa.Column("entity_id", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("basis", sa.Text, nullable=False),
)

identifier = sa.Table(
    "identifier",
    metadata,
    sa.Column("system", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, primary_key=True),
    sa.Column("medicine", sa.Text, primary_key=True),
    sa.Index(None, "value"),
    sa.Index(None, "medicine"),
)

relation = sa.Table(
    "relation",
    metadata,
    sa.Column("medicine", sa.Text, primary_key=True),
    sa.Column("type", sa.Text, primary_key=True),
    sa.Column("target", sa.Text, primary_key=True),
    sa.Column("dataset", sa.Text, nullable=False),
    sa.Column("basis", sa.Text, nullable=False),
    sa.Index(None, "dataset", "target"),
)

change = sa.Table(
    "change",
    metadata,
    _id("sequence"),
    sa.Column("medicine", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("cause", sa.Text, nullable=False),
    sa.Column("date", sa.Text),
    sa.Column("observed_at", sa.Text, nullable=False),
    sa.Column("fields", sa.LargeBinary, nullable=False),
    sa.Column("fields_hash", sa.Text, nullable=False),
    sa.Column("before_number", sa.Integer),
    sa.Column("after_number", sa.Integer, nullable=False),
    sa.Column("dataset", sa.Text, nullable=False),
    sa.Column("superseded_at", sa.Text),
    sa.Index(None, "medicine", "observed_at"),
    sa.Index(None, "observed_at"),
)


# The text of kept bytes, derived: made again where the conversion is a newer one. The same bytes may be
# documents of two types, which are parted differently.
document_text = sa.Table(
    "document_text",
    metadata,
    _id(),
    sa.Column("sha256", sa.Text, nullable=False),
    sa.Column("type", sa.Text, nullable=False),
    sa.Column("conversion", sa.Integer, nullable=False),
    sa.Column("result", sa.Text, nullable=False),
    sa.Column("title", sa.Text),
    sa.Column("pages", sa.Integer, nullable=False),
    sa.Column("hash", sa.Text, nullable=False),  # of the text without its blanks
    sa.Column("faults", sa.Text, nullable=False),  # JSON: code, message, place of each
    sa.UniqueConstraint("sha256", "type"),
)

section = sa.Table(
    "section",
    metadata,
    sa.Column("text_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("part", sa.Text, nullable=False),
    sa.Column("number", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("product", sa.Text),
    sa.Column("unit", sa.Integer, nullable=False),
    sa.Column("level", sa.Integer, nullable=False),
    sa.Column("page", sa.Integer, nullable=False),
    sa.Column("confidence", sa.Float, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
)

# What somebody wants to be told of, and up to where it was looked for: the last sequence of a change and
# the last id of a snapshot that were there then.
watch = sa.Table(
    "watch",
    metadata,
    _id(),
    sa.Column("name", sa.Text, nullable=False, unique=True),
    sa.Column("body", sa.Text, nullable=False),  # JSON: medpath.store.watches.Watch
    sa.Column("created_at", sa.Text, nullable=False),
    sa.Column("sequence", sa.BigInteger, nullable=False),
    sa.Column("snapshot", sa.BigInteger, nullable=False),
    sa.Column("due_at", sa.Text, nullable=False),
    sa.Column("paused", sa.Integer, nullable=False),
)

# What is to be sent, written with the new place of its watch: neither is ever there without the other.
delivery = sa.Table(
    "delivery",
    metadata,
    _id(),
    sa.Column("watch_id", sa.BigInteger, nullable=False),
    sa.Column("key", sa.Text, nullable=False),  # by which a receiver knows one that comes twice
    sa.Column("made_at", sa.Text, nullable=False),
    sa.Column("changes", sa.LargeBinary, nullable=False),  # sequences
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("due_at", sa.Text),  # null: sent, or given up
    sa.Column("sent_at", sa.Text),
    sa.Column("problem", sa.Text),
    sa.Index(None, "watch_id"),
    sa.Index(None, "due_at"),
)
