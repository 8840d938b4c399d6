"""the search is changed by what changed, not made anew: documents have fingerprints, words a number, rows can be deleted

Revision: 0018
Follows: 0017

What was findable stays so, and `portal db upgrade` and the next publication replace every document, since none has
a fingerprint. Until then, on SQLite only, the index has the words as they are written: its former table kept no text.
A word is found whole or by its beginning, but not by its stem, a number with separators not as one word, and what
is searched without being shown (such as the later paragraphs of a post) not at all. PostgreSQL loses nothing.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

TOKENS = 'tokenize="unicode61 remove_diacritics 2"'


def upgrade() -> None:
    op.add_column("search_documents", sa.Column("position", sa.Integer(), server_default="0", nullable=False))
    op.add_column("search_documents", sa.Column("fingerprint", sa.String(), nullable=True))
    op.add_column("search_words", sa.Column("documents", sa.Integer(), server_default="1", nullable=False))
    op.execute("UPDATE search_documents SET position = id")
    if op.get_bind().dialect.name != "postgresql":
        op.execute("DROP TABLE search_index")
        op.execute(f"CREATE VIRTUAL TABLE search_index USING fts5(title, body, {TOKENS})")
        op.execute(
            "INSERT INTO search_index (rowid, title, body) SELECT id, title, text FROM search_documents"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        op.execute(f"CREATE VIRTUAL TABLE former_index USING fts5(title, body, content='', {TOKENS})")
        op.execute(
            "INSERT INTO former_index (rowid, title, body) SELECT rowid, title, body FROM search_index"
        )
        op.execute("DROP TABLE search_index")
        op.execute("ALTER TABLE former_index RENAME TO search_index")
    op.drop_column("search_words", "documents")
    op.drop_column("search_documents", "fingerprint")
    op.drop_column("search_documents", "position")
