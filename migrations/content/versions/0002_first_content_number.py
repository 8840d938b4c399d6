"""first content number

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
    op.execute("INSERT INTO content_version (id, number) VALUES (1, 1)")


def downgrade() -> None:
    op.execute("DELETE FROM content_version")
