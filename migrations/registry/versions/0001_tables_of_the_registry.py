"""tables of the registry

Revision: 0001
Follows:
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "check_allowances",
        sa.Column("subject", sa.LargeBinary(length=16), nullable=False),
        sa.Column("window_end", sa.BigInteger(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("subject", "window_end", name=op.f("pk_check_allowances")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_check_allowances_window_end", "check_allowances", ["window_end"], unique=False)
    op.create_table(
        "enrolment_lists",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("program", sa.String(length=120), nullable=False),
        sa.Column("funding_source", sa.String(length=20), nullable=False),
        sa.Column("first_month", sa.Integer(), nullable=False),
        sa.Column("last_month", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("rows_read", sa.Integer(), nullable=False),
        sa.Column("rows_accepted", sa.Integer(), nullable=False),
        sa.Column("rows_rejected", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("synthetic", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("staged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("staged_by", sa.String(length=120), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by", sa.String(length=120), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.String(length=120), nullable=True),
        sa.Column("superseded_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(state = 'superseded') = (superseded_by IS NOT NULL)", name=op.f("ck_enrolment_lists_superseded")
        ),
        sa.CheckConstraint(
            "(state = 'withdrawn') = (withdrawn_at IS NOT NULL)", name=op.f("ck_enrolment_lists_withdrawn")
        ),
        sa.CheckConstraint(
            "funding_source IN ('apbd_regency', 'apbd_province', 'apbdes', 'dbh_sawit', 'dbhcht', 'csr', 'donation', 'apbn', 'mixed', 'unknown')",
            name=op.f("ck_enrolment_lists_funding_source"),
        ),
        sa.CheckConstraint(
            "state IN ('staged', 'published', 'superseded', 'withdrawn')",
            name=op.f("ck_enrolment_lists_state"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('published', 'superseded') OR published_at IS NOT NULL",
            name=op.f("ck_enrolment_lists_published"),
        ),
        sa.CheckConstraint("first_month <= last_month", name=op.f("ck_enrolment_lists_period")),
        sa.CheckConstraint("people BETWEEN 1 AND rows_accepted", name=op.f("ck_enrolment_lists_people")),
        sa.CheckConstraint("rows_accepted + rows_rejected = rows_read", name=op.f("ck_enrolment_lists_rows")),
        sa.ForeignKeyConstraint(
            ["superseded_by"],
            ["enrolment_lists.id"],
            name=op.f("fk_enrolment_lists_superseded_by_enrolment_lists"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment_lists")),
    )
    op.create_index("ix_enrolment_lists_superseded_by", "enrolment_lists", ["superseded_by"], unique=False)
    op.create_index(
        "uq_enrolment_lists_file",
        "enrolment_lists",
        ["sha256", "program", "funding_source", "first_month", "last_month"],
        unique=True,
        sqlite_where=sa.text("state <> 'withdrawn'"),
        postgresql_where=sa.text("state <> 'withdrawn'"),
    )
    op.create_table(
        "published_counts",
        sa.Column("program", sa.String(length=120), nullable=False),
        sa.Column("synthetic", sa.Boolean(), nullable=False),
        sa.Column("village_code", sa.String(length=13), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("person_months", sa.BigInteger(), nullable=False),
        sa.Column("months_paid_twice", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("people > 0", name=op.f("ck_published_counts_people")),
        sa.PrimaryKeyConstraint("program", "synthetic", "village_code", name=op.f("pk_published_counts")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "registry_state",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key_fingerprint", sa.LargeBinary(length=8), nullable=True),
        sa.Column("key_version", sa.SmallInteger(), nullable=False),
        sa.Column("changes", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_registry_state_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registry_state")),
    )
    op.create_table(
        "enrolment_village_counts",
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("village_code", sa.String(length=13), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.CheckConstraint("people > 0", name=op.f("ck_enrolment_village_counts_people")),
        sa.ForeignKeyConstraint(
            ["list_id"],
            ["enrolment_lists.id"],
            name=op.f("fk_enrolment_village_counts_list_id_enrolment_lists"),
        ),
        sa.PrimaryKeyConstraint("list_id", "village_code", name=op.f("pk_enrolment_village_counts")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "enrolments",
        sa.Column("nik_digest", sa.LargeBinary(length=16), nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("name_digests", sa.LargeBinary(), nullable=False),
        sa.Column("village_code", sa.String(length=13), nullable=True),
        sa.Column("occupation", sa.String(length=20), nullable=True),
        sa.Column("key_version", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["list_id"], ["enrolment_lists.id"], name=op.f("fk_enrolments_list_id_enrolment_lists")
        ),
        sa.PrimaryKeyConstraint("nik_digest", "list_id", name=op.f("pk_enrolments")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("enrolments")
    op.drop_table("enrolment_village_counts")
    op.drop_table("registry_state")
    op.drop_table("published_counts")
    op.drop_index(
        "uq_enrolment_lists_file",
        table_name="enrolment_lists",
        sqlite_where=sa.text("state <> 'withdrawn'"),
        postgresql_where=sa.text("state <> 'withdrawn'"),
    )
    op.drop_index("ix_enrolment_lists_superseded_by", table_name="enrolment_lists")
    op.drop_table("enrolment_lists")
    op.drop_index("ix_check_allowances_window_end", table_name="check_allowances")
    op.drop_table("check_allowances")
