"""enrolments by bucket, the first byte of the digest; in partitions on PostgreSQL

Revision: 0004
Follows: 0003
"""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

BUCKETS = 256
BUCKETS_OF_A_PARTITION = 16
BYTES = {"sqlite": "BLOB", "postgresql": "BYTEA"}
# Both read the first byte of the digest; SQLite has no function for that but hex().
DIGIT = "(instr('0123456789ABCDEF', substr(hex(substr(nik_digest, 1, 1)), {place}, 1)) - 1)"
FIRST_BYTE = {
    "sqlite": f"{DIGIT.format(place=1)} * 16 + {DIGIT.format(place=2)}",
    "postgresql": "get_byte(nik_digest, 0)",
}
REST = "nik_digest, list_id, name_digests, village_code, occupation, key_version"


def upgrade() -> None:
    dialect = op.get_bind().dialect.name
    _replace(dialect, "bucket, nik_digest, list_id", f"bucket, {REST}", f"{FIRST_BYTE[dialect]}, {REST}")


def downgrade() -> None:
    _replace(op.get_bind().dialect.name, "nik_digest, list_id", REST, REST)


def _replace(dialect: str, key: str, columns: str, values: str) -> None:
    bucketed = columns != values
    body = _columns("bucket SMALLINT NOT NULL," if bucketed else "", BYTES[dialect])
    key = f"CONSTRAINT pk_enrolments PRIMARY KEY ({key})"
    # In the order of the old key, which is that of the new one too.
    copy = f"({columns}) SELECT {values} FROM %s ORDER BY nik_digest, list_id"
    if dialect == "sqlite":
        _replace_in_file(f"{body}, {key}", copy)
    else:
        _replace_on_server(body, key, copy, partitioned=bucketed)


def _columns(bucket: str, octets: str) -> str:
    return f"""
        {bucket}
        nik_digest {octets} NOT NULL,
        list_id INTEGER NOT NULL
            CONSTRAINT fk_enrolments_list_id_enrolment_lists REFERENCES enrolment_lists (id),
        name_digests {octets} NOT NULL,
        village_code VARCHAR(13),
        occupation VARCHAR(20),
        key_version SMALLINT NOT NULL
    """


def _replace_in_file(body: str, copy: str) -> None:
    # SQLite's transaction begins with the copy: a table left by a step that was cut short is thrown away.
    op.execute("DROP TABLE IF EXISTS enrolments_new")
    op.execute(f"CREATE TABLE enrolments_new ({body}) WITHOUT ROWID")
    op.execute("INSERT INTO enrolments_new " + copy % "enrolments")
    op.execute("DROP TABLE enrolments")
    op.execute("ALTER TABLE enrolments_new RENAME TO enrolments")


def _replace_on_server(body: str, key: str, copy: str, *, partitioned: bool) -> None:
    op.execute("ALTER TABLE enrolments RENAME TO enrolments_old")
    op.execute("ALTER TABLE enrolments_old DROP CONSTRAINT pk_enrolments")
    op.execute(f"CREATE TABLE enrolments ({body})" + (" PARTITION BY RANGE (bucket)" if partitioned else ""))
    for first in range(0, BUCKETS, BUCKETS_OF_A_PARTITION) if partitioned else ():
        op.execute(
            f"CREATE TABLE enrolments_{first:02x} PARTITION OF enrolments"
            f" FOR VALUES FROM ({first}) TO ({first + BUCKETS_OF_A_PARTITION})"
        )
    op.execute("INSERT INTO enrolments " + copy % "enrolments_old")
    op.execute("DROP TABLE enrolments_old")
    # After the rows: an index built at once is quicker and smaller than one that grows.
    op.execute(f"ALTER TABLE enrolments ADD {key}")
