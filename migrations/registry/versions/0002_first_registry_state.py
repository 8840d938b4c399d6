"""first registry state

Revision: 0002
Follows: 0001
"""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("INSERT INTO registry_state (id, key_version, changes) VALUES (1, 1, 0)")


def downgrade() -> None:
    op.execute("DELETE FROM registry_state")
