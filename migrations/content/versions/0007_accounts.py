"""staff accounts, their roles, sessions, links and brakes

Revision: 0007
Follows: 0006
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
ROLES = "role IN ('editor', 'reviewer', 'registrar', 'administrator')"
PURPOSES = "purpose IN ('setup', 'reset')"


def upgrade() -> None:
    _accounts()
    _grants()
    _factors()
    _sessions()
    _links()
    _brakes()


def _id(table: str) -> tuple[sa.Column[int], sa.PrimaryKeyConstraint]:
    return sa.Column("id", sa.Integer(), nullable=False), sa.PrimaryKeyConstraint(
        "id", name=op.f(f"pk_{table}")
    )


def _account(
    table: str, name: str = "account_id", *, nullable: bool = False
) -> tuple[sa.Column[int], sa.ForeignKeyConstraint]:
    key = sa.ForeignKeyConstraint([name], ["accounts.id"], name=op.f(f"fk_{table}_{name}_accounts"))
    return sa.Column(name, sa.Integer(), nullable=nullable), key


def _accounts() -> None:
    op.create_table(
        "accounts",
        *_id("accounts"),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("fs_uniquifier", sa.String(64), nullable=False),
        sa.Column("passkey_handle", sa.String(64), nullable=False),
        sa.Column("totp_secret", sa.Text(), nullable=True),
        sa.Column("totp_counter", sa.BigInteger(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.CheckConstraint("email = lower(email) AND email LIKE '%_@_%'", name=op.f("ck_accounts_email")),
        sa.CheckConstraint("totp_counter IS NULL OR totp_secret IS NOT NULL", name=op.f("ck_accounts_totp")),
        sa.UniqueConstraint("email", name=op.f("uq_accounts_email")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_accounts_fs_uniquifier")),
        sa.UniqueConstraint("passkey_handle", name=op.f("uq_accounts_passkey_handle")),
    )


def _grants() -> None:
    table = "account_grants"
    op.create_table(
        table,
        *_id(table),
        *_account(table),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("region_code", sa.String(13), nullable=False),
        sa.Column("granted_at", MOMENT, nullable=False),
        *_account(table, "granted_by_id", nullable=True),
        sa.CheckConstraint(ROLES, name=op.f("ck_account_grants_role")),
        sa.UniqueConstraint(
            "account_id", "role", "region_code", name=op.f("uq_account_grants_account_id_role_region_code")
        ),
    )
    op.create_index("ix_account_grants_region_code", table, ["region_code"])


def _factors() -> None:
    op.create_table(
        "passkeys",
        *_id("passkeys"),
        *_account("passkeys"),
        sa.Column("credential_id", sa.Text(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("transports", sa.String(120), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkeys_credential_id")),
    )
    op.create_index("ix_passkeys_account_id", "passkeys", ["account_id"])
    op.create_table(
        "recovery_codes",
        *_id("recovery_codes"),
        *_account("recovery_codes"),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.UniqueConstraint("account_id", "digest", name=op.f("uq_recovery_codes_account_id_digest")),
    )


def _sessions() -> None:
    table = "staff_sessions"
    op.create_table(
        table,
        *_id(table),
        sa.Column("digest", sa.String(64), nullable=False),
        *_account(table),
        sa.Column("device", sa.String(80), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.UniqueConstraint("digest", name=op.f("uq_staff_sessions_digest")),
    )
    op.create_index("ix_staff_sessions_account_id", table, ["account_id"])
    op.create_index("ix_staff_sessions_seen_at", table, ["seen_at"])


def _links() -> None:
    table = "one_time_links"
    op.create_table(
        table,
        *_id(table),
        sa.Column("digest", sa.String(64), nullable=False),
        *_account(table),
        sa.Column("purpose", sa.String(10), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.CheckConstraint(PURPOSES, name=op.f("ck_one_time_links_purpose")),
        sa.UniqueConstraint("digest", name=op.f("uq_one_time_links_digest")),
    )
    op.create_index("ix_one_time_links_account_id", table, ["account_id"])


def _brakes() -> None:
    table = "sign_in_brakes"
    op.create_table(
        table,
        sa.Column("subject", sa.String(64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("free_at", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("failures >= 0", name=op.f("ck_sign_in_brakes_failures")),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_sign_in_brakes")),
    )
    op.create_index("ix_sign_in_brakes_seen_at", table, ["seen_at"])


def downgrade() -> None:
    for table in ("sign_in_brakes", "one_time_links", "staff_sessions", "recovery_codes", "passkeys"):
        op.drop_table(table)
    op.drop_table("account_grants")
    op.drop_table("accounts")
