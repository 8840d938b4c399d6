"""Applications made for tests."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from portal import Portal, create_app
from portal.extensions import db
from portal.settings import read_settings
from tests.support.compiled import COMPILED
from tests.support.databases import Urls, environment
from tests.support.rules_of_addresses import RememberingRule

Portal.url_rule_class = RememberingRule


def build_app(instance: Path, urls: Urls, **extra: str) -> Flask:
    """An application on these databases; `extra` are further settings."""
    app = create_app(read_settings(environment(instance, urls, **extra)))
    app.config["TESTING"] = True
    app.jinja_env.bytecode_cache = COMPILED
    return app


def close_app(app: Flask) -> None:
    """Give every connection back, so that the databases can be dropped."""
    with app.app_context():
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()
