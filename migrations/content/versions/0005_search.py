"""search over everything published

Revision: 0005
Follows: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

KINDS = "'region', 'program', 'commitment', 'news', 'award', 'regulation', 'source', 'page'"


def upgrade() -> None:
    op.create_table(
        "search_documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("boost", sa.Float(), nullable=False),
        sa.CheckConstraint("language IN ('id', 'en')", name=op.f("ck_search_documents_language")),
        sa.CheckConstraint(f"kind IN ({KINDS})", name=op.f("ck_search_documents_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_documents")),
    )
    op.create_table(
        "search_words",
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("word", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("language", "word", name=op.f("pk_search_words")),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE TABLE search_index (rowid bigint PRIMARY KEY, tokens tsvector NOT NULL)")
        op.execute("CREATE INDEX search_index_tokens ON search_index USING gin (tokens)")
    else:
        # Only words are kept here: what a result shows stands in search_documents.
        op.execute(
            "CREATE VIRTUAL TABLE search_index USING fts5"
            "(title, body, content='', tokenize=\"unicode61 remove_diacritics 2\")"
        )


def downgrade() -> None:
    op.execute("DROP TABLE search_index")
    op.drop_table("search_words")
    op.drop_table("search_documents")
