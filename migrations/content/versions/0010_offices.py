"""offices of regions

Revision: 0010
Follows: 0009
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

KINDS = "'government_office', 'bpjs_branch', 'help_desk'"


def upgrade() -> None:
    op.create_table(
        "offices",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name_id", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("website", sa.String(), nullable=True),
        sa.Column("hours_id", sa.String(), nullable=True),
        sa.Column("hours_en", sa.String(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.CheckConstraint(f"kind IN ({KINDS})", name=op.f("ck_offices_kind")),
        sa.ForeignKeyConstraint(
            ["region_code"], ["regions.code"], name=op.f("fk_offices_region_code_regions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offices")),
        sa.UniqueConstraint("sequence", name=op.f("uq_offices_sequence")),
    )
    op.create_index(op.f("ix_offices_region_code"), "offices", ["region_code"])
    op.create_table(
        "office_sources",
        sa.Column("office_id", sa.String(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_office_sources_office_id_offices")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_office_sources_source_id_sources")
        ),
        sa.PrimaryKeyConstraint("office_id", "source_id", name=op.f("pk_office_sources")),
    )
    op.create_index(op.f("ix_office_sources_source_id"), "office_sources", ["source_id"])


def downgrade() -> None:
    op.drop_table("office_sources")
    op.drop_table("offices")
