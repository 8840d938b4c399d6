"""lead figures, one row per funding line and stage

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

STAGES = "stage IN ('planned', 'budgeted', 'disbursed', 'enrolled')"


def upgrade() -> None:
    op.create_table(
        "lead_figures",
        sa.Column("commitment_id", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("statement_id", sa.String(), nullable=False),
        sa.Column("workers", sa.BigInteger(), nullable=True),
        sa.Column("workers_qualifier", sa.String(), nullable=True),
        sa.Column("amount_idr", sa.BigInteger(), nullable=True),
        sa.Column("amount_qualifier", sa.String(), nullable=True),
        sa.Column("statement_count", sa.Integer(), nullable=False),
        sa.Column("rival_count", sa.Integer(), nullable=False),
        sa.CheckConstraint(STAGES, name=op.f("ck_lead_figures_stage")),
        sa.ForeignKeyConstraint(
            ["commitment_id"],
            ["commitments.id"],
            name=op.f("fk_lead_figures_commitment_id_commitments"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"],
            ["statements.id"],
            name=op.f("fk_lead_figures_statement_id_statements"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("commitment_id", "stage", name=op.f("pk_lead_figures")),
    )
    op.create_index(op.f("ix_lead_figures_statement_id"), "lead_figures", ["statement_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_lead_figures_statement_id"), table_name="lead_figures")
    op.drop_table("lead_figures")
