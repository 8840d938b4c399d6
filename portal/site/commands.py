"""`portal serve` and `portal db`."""

from __future__ import annotations

import socket
import sys

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from portal.core import migrate
from portal.core.errors import SettingError
from portal.core.i18n import gettext as _
from portal.core.revisions import DATABASES
from portal.extensions import db as database
from portal.opendata.services import adopt_published
from portal.registry.counts.services import count_uncounted
from portal.registry.services.keys import key_ring
from portal.search.services import refresh_search
from portal.settings import ROOT, Settings
from portal.work.beside import serve_beside_worker, stop_with_parent


def _settings() -> Settings:
    settings: Settings = current_app.config["PORTAL_SETTINGS"]
    return settings


@click.command()
@with_appcontext
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Worker processes.")
@click.option(
    "--with-worker", is_flag=True, help="Run the background worker beside it, until the server ends."
)
@click.option("--tied", is_flag=True, hidden=True, help="Stop when standard input closes.")
def serve(workers: int, with_worker: bool, tied: bool) -> None:
    """Serve the portal (production settings)."""
    if with_worker:
        sys.exit(serve_beside_worker(workers))
    if tied:
        stop_with_parent()
    from granian.constants import Interfaces
    from granian.server import Server

    settings = _settings()
    key_ring()
    address = _free_address(settings.host, settings.port)
    server = Server(
        "wsgi:app",
        working_dir=ROOT,
        address=address,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=1,
        websockets=False,
    )
    server.serve()


def _free_address(host: str, port: int) -> str:
    """The IP address behind `host`; raises SettingError where nothing can be served there.

    The server itself would share a port with whatever answers there already, and each would get some visitors.
    """
    try:
        family, _type, _protocol, _name, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, socket.SOCK_STREAM) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind((host, port))
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise SettingError(
            _(
                "HOST, PORT: nothing can be served at %(host)s:%(port)s (%(reason)s). Stop what runs there or set others.",
                host=host,
                port=port,
                reason=reason,
            )
        ) from None
    return str(place[0])


db = AppGroup("db", help="Migrations of both databases.")


@db.command("upgrade")
def db_upgrade() -> None:
    """Bring both databases to the newest tables, what is published to the desk, and the search to its newest rules."""
    migrate.upgrade(_settings())
    adopt_published(database.session())
    count_uncounted(database.session())
    refresh_search(database.session())
    click.echo("Both databases are up to date.", err=True)


@db.command("downgrade")
@click.argument("name", type=click.Choice(DATABASES))
@click.argument("revision")
def db_downgrade(name: str, revision: str) -> None:
    """Take one database back to REVISION (`base` for empty)."""
    migrate.downgrade(_settings(), name, revision)
