"""figures of posts that are bound to records, and the flags of those that were corrected

Revision: 0012
Follows: 0011
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

OPEN = sa.text("cleared_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "post_figures",
        sa.Column("post_id", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("record_id", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("shown", sa.String(), nullable=True),
        sa.CheckConstraint("language IN ('id', 'en')", name=op.f("ck_post_figures_language")),
        sa.ForeignKeyConstraint(
            ["post_id"], ["posts.id"], name=op.f("fk_post_figures_post_id_posts"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("post_id", "language", "position", name=op.f("pk_post_figures")),
    )
    op.create_index("ix_post_figures_kind_record_id", "post_figures", ["kind", "record_id"])
    op.create_table(
        "post_flags",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("record_id", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("old", sa.String(), nullable=True),
        sa.Column("new", sa.String(), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cleared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cleared_by_id", sa.Integer(), nullable=True),
        sa.Column("word", sa.Text(), nullable=True),
        sa.CheckConstraint("cleared_at IS NOT NULL OR word IS NULL", name=op.f("ck_post_flags_word")),
        sa.ForeignKeyConstraint(
            ["cleared_by_id"], ["accounts.id"], name=op.f("fk_post_flags_cleared_by_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["posts.id"], name=op.f("fk_post_flags_post_id_posts"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post_flags")),
    )
    op.create_index(
        "uq_post_flags_open",
        "post_flags",
        ["post_id", "kind", "record_id", "field"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )


def downgrade() -> None:
    op.drop_table("post_flags")
    op.drop_table("post_figures")
