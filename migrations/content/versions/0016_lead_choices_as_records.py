"""an editor's choice of a lead becomes a record with id and place in the order

Revision: 0016
Follows: 0015
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

STAGES = "stage IN ('planned', 'budgeted', 'disbursed', 'enrolled')"
FIELDS = "commitment_id, stage, statement_id, reason_id, reason_en"


def _fields(name: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("commitment_id", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("statement_id", sa.String(), nullable=False),
        sa.Column("reason_id", sa.Text(), nullable=False),
        sa.Column("reason_en", sa.Text(), nullable=False),
        sa.CheckConstraint(STAGES, name=op.f(f"ck_{name}_stage")),
        sa.ForeignKeyConstraint(
            ["commitment_id"], ["commitments.id"], name=op.f(f"fk_{name}_commitment_id_commitments")
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["statements.id"], name=op.f(f"fk_{name}_statement_id_statements")
        ),
    ]


def upgrade() -> None:
    op.rename_table("lead_choices", "former_lead_choices")
    _drop_former_names()
    op.create_table(
        "lead_choices",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        *_fields("lead_choices"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead_choices")),
        sa.UniqueConstraint("sequence", name=op.f("uq_lead_choices_sequence")),
        sa.UniqueConstraint("commitment_id", "stage", name=op.f("uq_lead_choices_commitment_id_stage")),
    )
    op.execute(
        f"INSERT INTO lead_choices (id, sequence, {FIELDS}) "
        "SELECT commitment_id || '-' || stage, row_number() OVER (ORDER BY commitment_id, stage), "
        f"{FIELDS} FROM former_lead_choices"
    )
    op.drop_table("former_lead_choices")


def _drop_former_names() -> None:
    """On PostgreSQL a renamed table keeps the names of its constraints, which the new one needs."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for name in ("pk_lead_choices", "uq_lead_choices_sequence", "uq_lead_choices_commitment_id_stage"):
        op.execute(f"ALTER TABLE former_lead_choices DROP CONSTRAINT IF EXISTS {name}")


def downgrade() -> None:
    op.rename_table("lead_choices", "former_lead_choices")
    _drop_former_names()
    op.create_table(
        "lead_choices",
        *_fields("lead_choices"),
        sa.PrimaryKeyConstraint("commitment_id", "stage", name=op.f("pk_lead_choices")),
    )
    op.execute(f"INSERT INTO lead_choices ({FIELDS}) SELECT {FIELDS} FROM former_lead_choices")
    op.drop_table("former_lead_choices")
