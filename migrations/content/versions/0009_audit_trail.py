"""the audit trail

Revision: 0009
Follows: 0008
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

SENTENCE = "the audit trail is only added to"
HEAD_MOVES_ON = "NEW.count < OLD.count OR NEW.id <> OLD.id"
FUNCTION = f"""
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'restrict_violation'; END $$
"""


def on_sqlite(table: str, event: str, condition: str = "") -> str:
    when = f"WHEN {condition}" if condition else ""
    name = f"{table}_{event.lower()}"
    return (
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} {when} BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
    )


def on_postgresql(table: str, event: str, condition: str = "") -> str:
    each = "STATEMENT" if event == "TRUNCATE" else "ROW"
    when = f"WHEN ({condition})" if condition else ""
    start = f"CREATE TRIGGER {table}_{event.lower()} BEFORE {event} ON {table} FOR EACH {each} {when}"
    return f"{start} EXECUTE FUNCTION refuse_audit_change()"


def refuse_changes() -> None:
    refuse = on_sqlite
    if op.get_bind().dialect.name == "postgresql":
        refuse = on_postgresql
        op.execute(FUNCTION)
        op.execute(refuse("audit_entries", "TRUNCATE"))
        op.execute(refuse("audit_head", "TRUNCATE"))
    op.execute(refuse("audit_entries", "UPDATE"))
    op.execute(refuse("audit_entries", "DELETE"))
    op.execute(refuse("audit_head", "UPDATE", HEAD_MOVES_ON))
    op.execute(refuse("audit_head", "DELETE"))


def upgrade() -> None:
    op.create_table(
        "audit_entries",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=80), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_audit_entries_number")),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["accounts.id"], name=op.f("fk_audit_entries_actor_id_accounts")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_entries")),
    )
    for column in ("at", "actor_id", "action", "subject"):
        op.create_index(op.f(f"ix_audit_entries_{column}"), "audit_entries", [column])
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_audit_head_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    op.execute("INSERT INTO audit_head (id, count, hash, seal) VALUES (1, 0, '', '')")
    refuse_changes()


def downgrade() -> None:
    op.drop_table("audit_head")
    op.drop_table("audit_entries")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_audit_change()")
