"""Migrations of both databases, each with its own scripts, run through Alembic."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config

from portal.settings import ROOT, Settings


def alembic_config(name: str, url: str) -> Config:
    """The Alembic configuration of one database (`content` or `registry`)."""
    folder: Path = ROOT / "migrations" / name
    config = Config()
    config.set_main_option("script_location", str(folder))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


def upgrade(settings: Settings, revision: str = "head") -> None:
    """Bring both databases to `revision`."""
    command.upgrade(alembic_config("content", settings.database_url), revision)
    command.upgrade(alembic_config("registry", settings.registry_url), revision)


def downgrade(settings: Settings, name: str, revision: str) -> None:
    """Take one database back to `revision`."""
    url = settings.database_url if name == "content" else settings.registry_url
    command.downgrade(alembic_config(name, url), revision)
