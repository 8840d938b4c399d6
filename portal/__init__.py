"""Portal of BPJS Ketenagakerjaan cover for vulnerable workers; `create_app` wires it."""

from __future__ import annotations

from typing import Any

from flask import Flask, request
from werkzeug.middleware.proxy_fix import ProxyFix

import portal.accounts.forgery
import portal.accounts.guard
import portal.core.engines
import portal.core.headers
import portal.core.record_numbers
import portal.core.templating
import portal.core.uploads
import portal.desk.notices.services
import portal.documents.warming
import portal.evidence.advice
import portal.funding.lead_rules
import portal.funding.rules
import portal.news.pictures
import portal.news.registration
import portal.publishing.audit.services
import portal.site.errors
import portal.work.starting
from portal.blueprints import BLUEPRINTS
from portal.core.assets import Assets
from portal.core.content_watch import watch
from portal.core.folding import TranslatedEnvironment
from portal.core.i18n import language, set_language
from portal.core.language_path import KEY, LanguagePath
from portal.core.pagecache import PageCache
from portal.extensions import babel, db, htmx
from portal.funding.services import count_enrolment_by, refresh_figures
from portal.media.uses import refresh_uses
from portal.opendata.records import PackageRecords
from portal.publishing.records import check_before_review, keep_records_in
from portal.publishing.services import follow
from portal.registry.door import CheckDoor
from portal.registry.listed import count_for_checks
from portal.search.services import rebuild
from portal.settings import ROOT, Settings, read_settings
from portal.site.links import check_links

LARGEST_POST = 64 * 1024
# Seconds: two hundred people may save at once and none may lose what they typed; a citizen's check waits less.
SAVE_WAITS, CHECK_WAITS = 20, 5


class Portal(Flask):
    """Flask with templates compiled once per language."""

    jinja_environment = TranslatedEnvironment


def create_app(settings: Settings | None = None) -> Flask:
    """The application for `settings` (default: the environment); raises SettingError."""
    settings = settings or read_settings()
    app = Portal("portal", template_folder=str(ROOT / "templates"), static_folder=None)
    _configure(app, settings)
    assets = Assets(ROOT / "static")
    db.init_app(app)
    babel.init_app(app, locale_selector=language)
    htmx.init_app(app)
    portal.core.uploads.init_app(app)
    portal.core.record_numbers.init_app(app)
    portal.core.headers.init_app(app)
    portal.core.templating.init_app(app, assets)
    app.before_request(_speak)
    portal.accounts.guard.init_app(app)
    portal.accounts.forgery.init_app(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    portal.site.errors.init_app(app)
    portal.publishing.audit.services.init()
    portal.work.starting.init()
    portal.documents.warming.init()
    count_enrolment_by(count_for_checks)
    keep_records_in(PackageRecords())
    check_before_review("news", check_links)
    portal.desk.notices.services.init()
    portal.evidence.advice.init()
    portal.funding.lead_rules.init()
    portal.funding.rules.init()
    portal.news.pictures.init()
    follow(refresh_figures, heeds_counts=True)
    portal.news.registration.init()
    follow(rebuild)
    follow(refresh_uses)
    _add_layers(app, settings, assets)
    return app


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        PORTAL_SETTINGS=settings,
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_BINDS={
            "registry": {"url": settings.registry_url, **_engine_options(settings.registry_url, CHECK_WAITS)}
        },
        SQLALCHEMY_ENGINE_OPTIONS=_engine_options(settings.database_url, SAVE_WAITS),
        MAX_CONTENT_LENGTH=LARGEST_POST,
        MAX_FORM_MEMORY_SIZE=LARGEST_POST,
        BABEL_DEFAULT_LOCALE="id",
    )


def _engine_options(url: str, seconds: int) -> dict[str, Any]:
    """How to connect; `seconds` are how long SQLite waits for another writer.

    A database error's message must not carry what somebody typed, hence `hide_parameters`.
    """
    waiting = {"connect_args": {"timeout": seconds}} if url.startswith("sqlite") else {}
    return {"pool_pre_ping": url.startswith("postgresql"), "hide_parameters": True, **waiting}


def _speak() -> None:
    set_language(request.environ.get(KEY, "id"))


def _add_layers(app: Flask, settings: Settings, assets: Assets) -> None:
    """Outermost first: proxies, kept pages, language, checks, application."""
    watcher = app.extensions["portal.content_watch"] = watch(settings.database_url)
    unkept = app.extensions["portal.unkept"] = LanguagePath(CheckDoor(app, watcher))
    layers = PageCache(unkept, watcher, assets)
    hops = settings.trusted_proxies
    wrapped = ProxyFix(layers, x_for=hops, x_proto=hops, x_host=hops) if hops else layers
    app.wsgi_app = wrapped  # type: ignore[method-assign]
