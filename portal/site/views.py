"""The home page and the pages about the portal."""

from __future__ import annotations

from flask import Blueprint, Response, current_app

from portal.core.pages import kept, page
from portal.core.vocabulary import CHECK_KINDS
from portal.evidence.rules.queries import list_rates
from portal.search.glossary import TERMS
from portal.settings import Settings
from portal.site import queries

site_bp = Blueprint("site", __name__)


@site_bp.get("/")
@kept
def home() -> Response:
    """Am I covered? And beneath it what is published."""
    return page("site/home.html", home=queries.get_home_page())


@site_bp.get("/metode")
@kept
def method() -> Response:
    """How figures are stated, chosen, added up and checked."""
    return page(
        "site/method.html", rates=list_rates(), counts=queries.count_checks(), check_kinds=CHECK_KINDS
    )


@site_bp.get("/privasi")
@kept
def privacy() -> Response:
    """What is kept about visitors and people on the lists."""
    settings: Settings = current_app.config["PORTAL_SETTINGS"]
    return page("site/privacy.html", kept_days=settings.list_retention_days)


@site_bp.get("/aksesibilitas")
@kept
def accessibility() -> Response:
    """How the portal can be used."""
    return page("site/accessibility.html")


@site_bp.get("/tentang")
@kept
def about() -> Response:
    """What the portal is, its data and licences."""
    return page("site/about.html")


@site_bp.get("/bantuan")
@kept
def show_help() -> Response:
    """Questions and answers, the glossary, and how to cite."""
    terms = tuple((address.partition("#")[2], str(title), str(text)) for address, title, text in TERMS)
    settings: Settings = current_app.config["PORTAL_SETTINGS"]
    example = queries.find_citation(settings.site_name, settings.base_url)
    return page("site/help.html", help=queries.get_help_page(), terms=terms, citation=example)
