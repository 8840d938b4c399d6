"""counts by village, payer and month, with small ones hidden, instead of counts by village

Revision: 0007
Follows: 0006
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# A step back counts from the lists themselves; people of several lists are told apart at the next publication.
COUNT_AGAIN = """
    INSERT INTO published_counts (program, synthetic, village_code, people, person_months, months_paid_twice)
    SELECT l.program, l.synthetic, c.village_code, SUM(c.people),
           SUM(c.people * (l.last_month - l.first_month + 1)), 0
    FROM enrolment_lists l JOIN enrolment_village_counts c ON c.list_id = l.id
    WHERE l.state = 'published'
    GROUP BY l.program, l.synthetic, c.village_code
"""


def upgrade() -> None:
    op.drop_table("published_counts")
    op.create_table(
        "published_sums",
        sa.Column("program", sa.String(length=120), nullable=False),
        sa.Column("synthetic", sa.Boolean(), nullable=False),
        sa.Column("payer", sa.String(length=20), nullable=False),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("person_months", sa.BigInteger(), nullable=True),
        sa.Column("months_paid_twice", sa.BigInteger(), nullable=True),
        sa.Column("villages", sa.Integer(), nullable=False),
        sa.CheckConstraint("synthetic OR people >= 5", name=op.f("ck_published_sums_people")),
        sa.PrimaryKeyConstraint("program", "synthetic", "payer", name=op.f("pk_published_sums")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "published_totals",
        sa.Column("program", sa.String(length=120), nullable=False),
        sa.Column("first_month", sa.Integer(), nullable=False),
        sa.Column("payer", sa.String(length=20), nullable=False),
        sa.Column("last_month", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("first_month <= last_month", name=op.f("ck_published_totals_period")),
        sa.CheckConstraint("people >= 5", name=op.f("ck_published_totals_people")),
        sa.PrimaryKeyConstraint("program", "first_month", "payer", name=op.f("pk_published_totals")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "published_cells",
        sa.Column("program", sa.String(length=120), nullable=False),
        sa.Column("first_month", sa.Integer(), nullable=False),
        sa.Column("payer", sa.String(length=20), nullable=False),
        sa.Column("village_code", sa.String(length=13), nullable=False),
        sa.Column("last_month", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.CheckConstraint("first_month <= last_month", name=op.f("ck_published_cells_period")),
        sa.CheckConstraint("people >= 5", name=op.f("ck_published_cells_people")),
        sa.PrimaryKeyConstraint(
            "program", "first_month", "payer", "village_code", name=op.f("pk_published_cells")
        ),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("published_cells")
    op.drop_table("published_totals")
    op.drop_table("published_sums")
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
    op.execute(COUNT_AGAIN)
