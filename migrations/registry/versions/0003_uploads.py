"""uploads on their way to a list; why a list was withdrawn

Revision: 0003
Follows: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("enrolment_lists", sa.Column("withdrawn_reason", sa.String(length=500), nullable=True))
    op.create_table(
        "list_uploads",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("form_token", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("program", sa.String(length=120), nullable=False),
        sa.Column("funding_source", sa.String(length=20), nullable=False),
        sa.Column("first_month", sa.Integer(), nullable=False),
        sa.Column("last_month", sa.Integer(), nullable=False),
        sa.Column("spool", sa.String(length=64), nullable=True),
        sa.Column("file_size", sa.BigInteger(), nullable=False),
        sa.Column("file_format", sa.String(length=10), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("choice", sa.Text(), nullable=True),
        sa.Column("report", sa.Text(), nullable=True),
        sa.Column("list_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state IN ('received', 'reading', 'staged', 'held', 'discarded', 'expired')",
            name=op.f("ck_list_uploads_state"),
        ),
        sa.CheckConstraint(
            "funding_source IN ('apbd_regency', 'apbd_province', 'apbdes', 'dbh_sawit', 'dbhcht', 'csr', 'donation', 'apbn', 'mixed', 'unknown')",
            name=op.f("ck_list_uploads_funding_source"),
        ),
        sa.CheckConstraint("first_month <= last_month", name=op.f("ck_list_uploads_period")),
        sa.CheckConstraint(
            "state NOT IN ('received', 'reading') OR spool IS NOT NULL", name=op.f("ck_list_uploads_spool")
        ),
        sa.CheckConstraint("(state = 'staged') = (list_id IS NOT NULL)", name=op.f("ck_list_uploads_staged")),
        sa.ForeignKeyConstraint(
            ["list_id"], ["enrolment_lists.id"], name=op.f("fk_list_uploads_list_id_enrolment_lists")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_uploads")),
        sa.UniqueConstraint("form_token", name=op.f("uq_list_uploads_form_token")),
    )
    op.create_index("ix_list_uploads_state", "list_uploads", ["state"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_list_uploads_state", table_name="list_uploads")
    op.drop_table("list_uploads")
    # Not in a batch: SQLite would copy the table, which it may not drop while enrolments point at it.
    op.drop_column("enrolment_lists", "withdrawn_reason")
