"""the desk's queues are read in their order

Revision: 0017
Follows: 0016
"""

from __future__ import annotations

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

ORDERS = ("saved_at", "submitted_at", "decided_at")


def upgrade() -> None:
    for column in ORDERS:
        op.create_index(f"ix_drafts_state_{column}", "drafts", ["state", column])


def downgrade() -> None:
    for column in ORDERS:
        op.drop_index(f"ix_drafts_state_{column}", table_name="drafts")
