"""items, drafts, revisions and change notes of the desk

Revision: 0008
Follows: 0007
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
LIVE = "live IN ('no', 'yes', 'withdrawn')"
STATES = "state IN ('draft', 'in_review', 'returned', 'approved', 'scheduled')"
EVENTS = (
    "event IN ('loaded', 'saved', 'submitted', 'returned', 'approved', 'published', 'withdrawn', 'discarded')"
)
NOTED = "event IN ('published', 'corrected', 'withdrawn')"


def _account(name: str, table: str) -> tuple[sa.Column[int], sa.ForeignKeyConstraint]:
    key = sa.ForeignKeyConstraint([name], ["accounts.id"], name=f"fk_{table}_{name}_accounts")
    return sa.Column(name, sa.Integer(), nullable=True), key


def upgrade() -> None:
    _items()
    _drafts()
    _revisions()
    _change_notes()
    with op.batch_alter_table("corrections") as batch:
        batch.add_column(sa.Column("note_id", sa.Integer(), nullable=True))
        batch.create_foreign_key("fk_corrections_note_id_change_notes", "change_notes", ["note_id"], ["id"])
        batch.create_index("ix_corrections_note_id", ["note_id"])


def _items() -> None:
    op.create_table(
        "items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("record_id", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.Column("live", sa.String(), nullable=False),
        sa.Column("live_number", sa.Integer(), nullable=True),
        sa.Column("nonce", sa.String(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        *_account("created_by_id", "items"),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.CheckConstraint(LIVE, name=op.f("ck_items_live")),
        sa.CheckConstraint(
            "(live = 'withdrawn') = (withdrawn_at IS NOT NULL)", name=op.f("ck_items_withdrawn")
        ),
        sa.ForeignKeyConstraint(["region_code"], ["regions.code"], name=op.f("fk_items_region_code_regions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_items")),
        sa.UniqueConstraint("kind", "record_id", name=op.f("uq_items_kind_record_id")),
        sa.UniqueConstraint("nonce", name=op.f("uq_items_nonce")),
    )
    op.create_index("ix_items_region_code_kind_changed_at", "items", ["region_code", "kind", "changed_at"])
    op.create_index("ix_items_kind_changed_at", "items", ["kind", "changed_at"])


def _drafts() -> None:
    op.create_table(
        "drafts",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("base_number", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("return_note", sa.Text(), nullable=True),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
        *_account("saved_by_id", "drafts"),
        sa.Column("submitted_at", MOMENT, nullable=True),
        *_account("submitted_by_id", "drafts"),
        sa.Column("decided_at", MOMENT, nullable=True),
        *_account("decided_by_id", "drafts"),
        sa.Column("publish_at", MOMENT, nullable=True),
        sa.CheckConstraint(STATES, name=op.f("ck_drafts_state")),
        sa.CheckConstraint("version > 0", name=op.f("ck_drafts_version")),
        sa.CheckConstraint(
            "(state = 'scheduled') = (publish_at IS NOT NULL)", name=op.f("ck_drafts_scheduled")
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'returned') OR submitted_at IS NOT NULL", name=op.f("ck_drafts_submitted")
        ),
        sa.CheckConstraint(
            "state NOT IN ('approved', 'scheduled') OR decided_at IS NOT NULL", name=op.f("ck_drafts_decided")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["items.id"], name=op.f("fk_drafts_item_id_items"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_drafts")),
    )
    op.create_index("ix_drafts_state_publish_at", "drafts", ["state", "publish_at"])
    op.create_table(
        "draft_authors",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["drafts.item_id"], name=op.f("fk_draft_authors_item_id_drafts"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_draft_authors_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint("item_id", "account_id", name=op.f("pk_draft_authors")),
    )


def _revisions() -> None:
    op.create_table(
        "revisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        *_account("made_by_id", "revisions"),
        sa.Column("note", sa.Text(), nullable=True),
        sa.CheckConstraint(EVENTS, name=op.f("ck_revisions_event")),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_revisions_item_id_items")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revisions")),
        sa.UniqueConstraint("item_id", "number", name=op.f("uq_revisions_item_id_number")),
    )


def _change_notes() -> None:
    op.create_table(
        "change_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=True),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("figures_changed", sa.Boolean(), nullable=False),
        sa.Column("urgent_reason", sa.Text(), nullable=True),
        sa.Column("scheduled_for", MOMENT, nullable=True),
        sa.CheckConstraint(NOTED, name=op.f("ck_change_notes_event")),
        sa.CheckConstraint("event = 'published' OR reason IS NOT NULL", name=op.f("ck_change_notes_reason")),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_change_notes_item_id_items")),
        sa.ForeignKeyConstraint(
            ["region_code"], ["regions.code"], name=op.f("fk_change_notes_region_code_regions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_notes")),
    )
    op.create_index(op.f("ix_change_notes_made_at"), "change_notes", ["made_at"])
    op.create_index(op.f("ix_change_notes_region_code"), "change_notes", ["region_code"])
    op.create_index("ix_change_notes_subject_subject_id", "change_notes", ["subject", "subject_id"])


def downgrade() -> None:
    with op.batch_alter_table("corrections") as batch:
        batch.drop_index("ix_corrections_note_id")
        batch.drop_constraint("fk_corrections_note_id_change_notes", type_="foreignkey")
        batch.drop_column("note_id")
    for table in ("change_notes", "revisions", "draft_authors", "drafts", "items"):
        op.drop_table(table)
