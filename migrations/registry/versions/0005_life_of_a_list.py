"""lists that were purged; since when a list is replaced; what happened to each list

Revision: 0005
Follows: 0004
"""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

PAYERS: Final = "'apbd_regency', 'apbd_province', 'apbdes', 'dbh_sawit', 'dbhcht', 'csr', 'donation', 'apbn', 'mixed', 'unknown'"
ALWAYS: Final = {
    "funding_source": f"funding_source IN ({PAYERS})",
    "period": "first_month <= last_month",
    "people": "people BETWEEN 1 AND rows_accepted",
    "rows": "rows_accepted + rows_rejected = rows_read",
    "published": "state NOT IN ('published', 'superseded') OR published_at IS NOT NULL",
}
FORMER: Final = {
    "state": "state IN ('staged', 'published', 'superseded', 'withdrawn')",
    "superseded": "(state = 'superseded') = (superseded_by IS NOT NULL)",
    "withdrawn": "(state = 'withdrawn') = (withdrawn_at IS NOT NULL)",
}
NEW: Final = {
    "state": "state IN ('staged', 'published', 'superseded', 'withdrawn', 'purged')",
    "superseded": "state = 'purged' OR (state = 'superseded') = (superseded_by IS NOT NULL)",
    "superseded_at": "(superseded_by IS NULL) = (superseded_at IS NULL)",
    "withdrawn": "state = 'purged' OR (state = 'withdrawn') = (withdrawn_at IS NOT NULL)",
    "purged": "state = 'purged' OR purged_at IS NULL",
}
COLUMNS: Final = (
    "id, program, funding_source, first_month, last_month, sha256, rows_read, rows_accepted, rows_rejected, people,"
    " synthetic, state, staged_at, staged_by, published_at, published_by, withdrawn_at, withdrawn_by, superseded_by,"
    " withdrawn_reason"
)
# Replaced since its successor came out, as far as that is known.
SINCE: Final = """(SELECT coalesce(later.published_at, old.published_at)
    FROM enrolment_lists AS later WHERE later.id = old.superseded_by)"""
# A purged list is a withdrawn one to whom purging is unknown.
AS_WITHDRAWN: Final = {
    "state": "'withdrawn'",
    "withdrawn_at": "coalesce(withdrawn_at, purged_at, staged_at)",
    "superseded_by": "NULL",
}
FILE: Final = "sha256, program, funding_source, first_month, last_month"


def upgrade() -> None:
    if op.get_context().dialect.name == "sqlite":
        _copy_file(
            NEW, f"{COLUMNS}, superseded_at", f"{COLUMNS}, {SINCE}", "state NOT IN ('withdrawn', 'purged')"
        )
    else:
        _open_states()
    op.create_table(
        "list_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=120), nullable=False),
        sa.Column("others", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "action IN ('staged', 'published', 'restored', 'withdrawn', 'discarded', 'purged')",
            name=op.f("ck_list_events_action"),
        ),
        sa.ForeignKeyConstraint(
            ["list_id"], ["enrolment_lists.id"], name=op.f("fk_list_events_list_id_enrolment_lists")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_events")),
    )
    op.create_index("ix_list_events_told_at", "list_events", ["told_at"], unique=False)


def downgrade() -> None:
    if op.get_context().dialect.name == "sqlite":
        values = COLUMNS
        for column, value in AS_WITHDRAWN.items():
            taken = f" CASE WHEN state = 'purged' THEN {value} ELSE {column} END,"
            values = values.replace(f" {column},", taken)
        _copy_file(FORMER, COLUMNS, values, "state <> 'withdrawn'")
    else:
        _close_states()
    op.drop_index("ix_list_events_told_at", table_name="list_events")
    op.drop_table("list_events")


def _open_states() -> None:
    op.add_column("enrolment_lists", sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("enrolment_lists", sa.Column("purged_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(f"UPDATE enrolment_lists AS old SET superseded_at = {SINCE} WHERE superseded_by IS NOT NULL")
    _change_checks(FORMER, NEW, "state NOT IN ('withdrawn', 'purged')")


def _close_states() -> None:
    _drop_checks(NEW)
    changes = ", ".join(f"{column} = {value}" for column, value in AS_WITHDRAWN.items())
    op.execute(f"UPDATE enrolment_lists SET {changes} WHERE state = 'purged'")
    _change_checks({}, FORMER, "state <> 'withdrawn'")
    op.drop_column("enrolment_lists", "superseded_at")
    op.drop_column("enrolment_lists", "purged_at")


def _drop_checks(checks: dict[str, str]) -> None:
    for name in checks:
        op.execute(f"ALTER TABLE enrolment_lists DROP CONSTRAINT ck_enrolment_lists_{name}")


def _change_checks(former: dict[str, str], new: dict[str, str], live: str) -> None:
    _drop_checks(former)
    for name, check in new.items():
        op.execute(f"ALTER TABLE enrolment_lists ADD CONSTRAINT ck_enrolment_lists_{name} CHECK ({check})")
    op.execute("DROP INDEX uq_enrolment_lists_file")
    op.execute(f"CREATE UNIQUE INDEX uq_enrolment_lists_file ON enrolment_lists ({FILE}) WHERE {live}")


def _copy_file(checks: dict[str, str], columns: str, values: str, live: str) -> None:
    """SQLite changes a check by writing the table anew, which others may point at only while keys are not watched."""
    op.execute("PRAGMA foreign_keys = OFF")
    # In one transaction, which ends with the note of this step; the driver would begin it with the copy only.
    op.execute("BEGIN IMMEDIATE")
    moments = "superseded_at DATETIME, purged_at DATETIME," if "purged" in checks else ""
    listed = ", ".join(
        f"CONSTRAINT ck_enrolment_lists_{name} CHECK ({text})" for name, text in (ALWAYS | checks).items()
    )
    op.execute(
        f"""CREATE TABLE enrolment_lists_new (
            id INTEGER NOT NULL, program VARCHAR(120) NOT NULL, funding_source VARCHAR(20) NOT NULL,
            first_month INTEGER NOT NULL, last_month INTEGER NOT NULL, sha256 VARCHAR(64) NOT NULL,
            rows_read INTEGER NOT NULL, rows_accepted INTEGER NOT NULL, rows_rejected INTEGER NOT NULL,
            people INTEGER NOT NULL, synthetic BOOLEAN NOT NULL, state VARCHAR(10) NOT NULL,
            staged_at DATETIME NOT NULL, staged_by VARCHAR(120) NOT NULL, published_at DATETIME,
            published_by VARCHAR(120), withdrawn_at DATETIME, withdrawn_by VARCHAR(120),
            superseded_by INTEGER, withdrawn_reason VARCHAR(500), {moments} {listed},
            CONSTRAINT fk_enrolment_lists_superseded_by_enrolment_lists
                FOREIGN KEY (superseded_by) REFERENCES enrolment_lists (id),
            CONSTRAINT pk_enrolment_lists PRIMARY KEY (id))"""
    )
    op.execute(f"INSERT INTO enrolment_lists_new ({columns}) SELECT {values} FROM enrolment_lists AS old")
    op.execute("DROP TABLE enrolment_lists")
    op.execute("ALTER TABLE enrolment_lists_new RENAME TO enrolment_lists")
    op.execute("CREATE INDEX ix_enrolment_lists_superseded_by ON enrolment_lists (superseded_by)")
    op.execute(f"CREATE UNIQUE INDEX uq_enrolment_lists_file ON enrolment_lists ({FILE}) WHERE {live}")
