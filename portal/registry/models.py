"""Tables of the registry's own database: Core tables, because look-ups and loads need no objects.

No NIK, no name, no birth date and no address is stored: only keyed digests (see `digests`).
Months are numbered year × 12 + month − 1, so a period is two whole numbers.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    SmallInteger,
    String,
    Table,
    Text,
    text,
)

from portal.core.database import one_of, registry_metadata
from portal.core.vocabulary import FUNDING_SOURCES

STATES = ("staged", "published", "superseded", "withdrawn", "purged")
EVENTS = ("staged", "published", "restored", "withdrawn", "discarded", "purged")
UPLOAD_STATES = ("received", "reading", "staged", "held", "discarded", "expired")
LIVE = "state NOT IN ('withdrawn', 'purged')"

registry_state = Table(
    "registry_state",
    registry_metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("key_fingerprint", LargeBinary(8)),
    Column("key_version", SmallInteger, nullable=False),
    # Every change of a list raises it first: writers queue on this row on both databases.
    Column("changes", BigInteger, nullable=False),
    # While rows move to `key_version`: the version they come from, and the last of its NIK digests that has moved.
    Column("rekeying_from", SmallInteger),
    Column("rekeyed_to", LargeBinary(16)),
    CheckConstraint("id = 1", name="one_row"),
)

enrolment_lists = Table(
    "enrolment_lists",
    registry_metadata,
    Column("id", Integer, primary_key=True),
    # A slug of the content database: no foreign key leads across.
    Column("program", String(120), nullable=False),
    Column("funding_source", String(20), nullable=False),
    Column("first_month", Integer, nullable=False),
    Column("last_month", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("rows_read", Integer, nullable=False),
    Column("rows_accepted", Integer, nullable=False),
    Column("rows_rejected", Integer, nullable=False),
    Column("people", Integer, nullable=False),
    Column("synthetic", Boolean, nullable=False),
    Column("state", String(10), nullable=False),
    Column("staged_at", DateTime(timezone=True), nullable=False),
    Column("staged_by", String(120), nullable=False),
    Column("published_at", DateTime(timezone=True)),
    Column("published_by", String(120)),
    Column("withdrawn_at", DateTime(timezone=True)),
    Column("withdrawn_by", String(120)),
    Column("withdrawn_reason", String(500)),
    Column("superseded_by", ForeignKey("enrolment_lists.id")),
    Column("superseded_at", DateTime(timezone=True)),
    # Set once every row of a purged list is gone.
    Column("purged_at", DateTime(timezone=True)),
    CheckConstraint(one_of("state", STATES), name="state"),
    CheckConstraint(one_of("funding_source", FUNDING_SOURCES), name="funding_source"),
    CheckConstraint("first_month <= last_month", name="period"),
    CheckConstraint("people BETWEEN 1 AND rows_accepted", name="people"),
    CheckConstraint("rows_accepted + rows_rejected = rows_read", name="rows"),
    CheckConstraint(
        "state = 'purged' OR (state = 'superseded') = (superseded_by IS NOT NULL)", name="superseded"
    ),
    CheckConstraint("(superseded_by IS NULL) = (superseded_at IS NULL)", name="superseded_at"),
    CheckConstraint("state NOT IN ('published', 'superseded') OR published_at IS NOT NULL", name="published"),
    CheckConstraint(
        "state = 'purged' OR (state = 'withdrawn') = (withdrawn_at IS NOT NULL)", name="withdrawn"
    ),
    CheckConstraint("state = 'purged' OR purged_at IS NULL", name="purged"),
    # The same file for the same cover is one list; a withdrawn or purged one may be brought again.
    Index(
        "uq_enrolment_lists_file",
        "sha256",
        "program",
        "funding_source",
        "first_month",
        "last_month",
        unique=True,
        sqlite_where=text(LIVE),
        postgresql_where=text(LIVE),
    ),
    Index("ix_enrolment_lists_superseded_by", "superseded_by"),
)

# What happened to each list, written with the step itself; told to the audit trail and the kept pages after it,
# which live in the other database, so that a crash in between loses neither.
list_events = Table(
    "list_events",
    registry_metadata,
    Column("id", Integer, primary_key=True),
    Column("list_id", ForeignKey("enrolment_lists.id"), nullable=False),
    Column("action", String(20), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("actor", String(120), nullable=False),
    # Lists that it replaced or brought back.
    Column("others", Integer, nullable=False),
    Column("told_at", DateTime(timezone=True)),
    CheckConstraint(one_of("action", EVENTS), name="action"),
    Index("ix_list_events_told_at", "told_at"),
)

# Files on their way to a list; the file itself lies encrypted in the spool until it is read or discarded.
uploads = Table(
    "list_uploads",
    registry_metadata,
    Column("id", Integer, primary_key=True),
    # Comes with the form: a form posted twice is one upload.
    Column("form_token", String(64), nullable=False, unique=True),
    # An account of the content database: no foreign key leads across.
    Column("account_id", Integer, nullable=False),
    Column("state", String(10), nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
    Column("program", String(120), nullable=False),
    Column("funding_source", String(20), nullable=False),
    Column("first_month", Integer, nullable=False),
    Column("last_month", Integer, nullable=False),
    Column("spool", String(64)),
    Column("file_size", BigInteger, nullable=False),
    Column("file_format", String(10), nullable=False),
    Column("sha256", String(64), nullable=False),
    # JSON: numbers of columns; counts, rows, reasons and last four digits.
    Column("choice", Text),
    Column("report", Text),
    Column("list_id", ForeignKey("enrolment_lists.id")),
    CheckConstraint(one_of("state", UPLOAD_STATES), name="state"),
    CheckConstraint(one_of("funding_source", FUNDING_SOURCES), name="funding_source"),
    CheckConstraint("first_month <= last_month", name="period"),
    CheckConstraint("state NOT IN ('received', 'reading') OR spool IS NOT NULL", name="spool"),
    CheckConstraint("(state = 'staged') = (list_id IS NOT NULL)", name="staged"),
    Index("ix_list_uploads_state", "state"),
)

# Clustered by digest (WITHOUT ROWID on SQLite, partitions of sixteen buckets on PostgreSQL): a look-up reads one place,
# and neighbours are random people.
enrolments = Table(
    "enrolments",
    registry_metadata,
    # First byte of the digest (see `digests.bucket_of`): what partitions and shards are chosen by.
    Column("bucket", SmallInteger, nullable=False),
    Column("nik_digest", LargeBinary(16), nullable=False),
    Column("list_id", Integer, ForeignKey("enrolment_lists.id"), nullable=False),
    # 8 bytes for each match token of the name, keyed together with the NIK.
    Column("name_digests", LargeBinary, nullable=False),
    Column("village_code", String(13)),
    Column("occupation", String(20)),
    Column("key_version", SmallInteger, nullable=False),
    PrimaryKeyConstraint("bucket", "nik_digest", "list_id"),
    sqlite_with_rowid=False,
    postgresql_partition_by="RANGE (bucket)",
)

village_counts = Table(
    "enrolment_village_counts",
    registry_metadata,
    Column("list_id", Integer, ForeignKey("enrolment_lists.id"), primary_key=True),
    # Empty for rows whose village was not given or not recognised.
    Column("village_code", String(13), primary_key=True),
    Column("people", Integer, nullable=False),
    CheckConstraint("people > 0", name="people"),
    sqlite_with_rowid=False,
)

# Counters of the check: keyed digests of an address or a NIK digest, gone when their window is over. Used on PostgreSQL;
# on SQLite they are in a file of their own (price/stores).
check_allowances = Table(
    "check_allowances",
    registry_metadata,
    Column("subject", LargeBinary(16), primary_key=True),
    Column("window_end", BigInteger, primary_key=True),
    Column("used", Integer, nullable=False),
    Index("ix_check_allowances_window_end", "window_end"),
    sqlite_with_rowid=False,
)
