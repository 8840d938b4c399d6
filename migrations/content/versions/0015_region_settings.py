"""settings of regions

Revision: 0015
Follows: 0014
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "region_settings",
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("overdue_days", sa.Integer(), nullable=False),
        sa.Column("preview_days", sa.Integer(), nullable=False),
        sa.Column("mails_notices", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("overdue_days BETWEEN 1 AND 60", name=op.f("ck_region_settings_overdue_days")),
        sa.CheckConstraint("preview_days BETWEEN 1 AND 30", name=op.f("ck_region_settings_preview_days")),
        sa.ForeignKeyConstraint(
            ["region_code"], ["regions.code"], name=op.f("fk_region_settings_region_code_regions")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["accounts.id"], name=op.f("fk_region_settings_changed_by_id_accounts")
        ),
        sa.PrimaryKeyConstraint("region_code", name=op.f("pk_region_settings")),
    )


def downgrade() -> None:
    op.drop_table("region_settings")
