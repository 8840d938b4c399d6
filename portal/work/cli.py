"""`portal worker`."""

from __future__ import annotations

import click
from flask import Flask, current_app
from flask.cli import with_appcontext


@click.command()
@with_appcontext
@click.option("--tied", is_flag=True, hidden=True, help="Stop when standard input closes.")
def worker(tied: bool) -> None:
    """Publish at the hour set, do jobs and keep house, until SIGTERM or Ctrl-C."""
    # Imported here: the queue's libraries take a fifth of a second that no other command has to spend.
    from portal.work.consumer import work

    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    work(app, tied=tied)
