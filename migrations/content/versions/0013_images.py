"""images, their files and where they are used

Revision: 0013
Follows: 0012
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "images",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("alt_id", sa.Text(), nullable=False),
        sa.Column("alt_en", sa.Text(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "length(trim(alt_id)) > 0 AND length(trim(alt_en)) > 0", name=op.f("ck_images_alt")
        ),
        sa.CheckConstraint("length(name) = 32", name=op.f("ck_images_name")),
        sa.CheckConstraint("width > 0 AND height > 0", name=op.f("ck_images_size")),
        sa.ForeignKeyConstraint(
            ["region_code"], ["regions.code"], name=op.f("fk_images_region_code_regions")
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"], ["accounts.id"], name=op.f("fk_images_uploaded_by_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_images")),
        sa.UniqueConstraint("name", name=op.f("uq_images_name")),
    )
    op.create_index("ix_images_region_code_uploaded_at", "images", ["region_code", "uploaded_at"])
    op.create_index(op.f("ix_images_uploaded_at"), "images", ["uploaded_at"])
    op.create_table(
        "image_files",
        sa.Column("image_id", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("width > 0 AND height > 0", name=op.f("ck_image_files_size")),
        sa.ForeignKeyConstraint(
            ["image_id"], ["images.id"], name=op.f("fk_image_files_image_id_images"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("image_id", "width", name=op.f("pk_image_files")),
    )
    op.create_table(
        "image_uses",
        sa.Column("image_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("record_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["image_id"], ["images.id"], name=op.f("fk_image_uses_image_id_images")),
        sa.PrimaryKeyConstraint("image_id", "kind", "record_id", name=op.f("pk_image_uses")),
    )


def downgrade() -> None:
    op.drop_table("image_uses")
    op.drop_table("image_files")
    op.drop_table("images")
