"""`portal serve` and `portal db`."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from portal.core import migrate
from portal.core.revisions import DATABASES
from portal.registry.services.keys import key_ring
from portal.settings import Settings


def _settings() -> Settings:
    settings: Settings = current_app.config["PORTAL_SETTINGS"]
    return settings


@click.command()
@with_appcontext
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Worker processes.")
def serve(workers: int) -> None:
    """Serve the portal (production settings)."""
    from granian.constants import Interfaces
    from granian.server import Server

    settings = _settings()
    key_ring()
    Server(
        "wsgi:app",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=1,
        websockets=False,
    ).serve()


db = AppGroup("db", help="Migrations of both databases.")


@db.command("upgrade")
def db_upgrade() -> None:
    """Bring both databases to the newest tables."""
    migrate.upgrade(_settings())
    click.echo("Both databases are up to date.", err=True)


@db.command("downgrade")
@click.argument("name", type=click.Choice(DATABASES))
@click.argument("revision")
def db_downgrade(name: str, revision: str) -> None:
    """Take one database back to REVISION (`base` for empty)."""
    migrate.downgrade(_settings(), name, revision)
