"""how far the registry has moved to a newer key

Revision: 0006
Follows: 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("registry_state", sa.Column("rekeying_from", sa.SmallInteger(), nullable=True))
    op.add_column("registry_state", sa.Column("rekeyed_to", sa.LargeBinary(length=16), nullable=True))


def downgrade() -> None:
    # Not in a batch: SQLite drops these columns as they are, and a batch would lose the name of the table's check.
    op.drop_column("registry_state", "rekeyed_to")
    op.drop_column("registry_state", "rekeying_from")
