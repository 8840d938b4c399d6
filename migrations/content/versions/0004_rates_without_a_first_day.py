"""a rate may have no known first day

Revision: 0004
Follows: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("contribution_rates") as batch:
        batch.alter_column("valid_from", existing_type=sa.Date(), nullable=True)


def downgrade() -> None:
    # The earliest day there is stands for "always" where the column must hold one.
    op.execute("UPDATE contribution_rates SET valid_from = '0001-01-01' WHERE valid_from IS NULL")
    with op.batch_alter_table("contribution_rates") as batch:
        batch.alter_column("valid_from", existing_type=sa.Date(), nullable=False)
