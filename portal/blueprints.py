"""Every blueprint of the site, in the order of the navigation."""

from __future__ import annotations

from flask import Blueprint

from portal.citations.views import citations_bp
from portal.news.views import news_bp
from portal.registry.views import registry_bp
from portal.search.views import search_bp
from portal.site.components import components_bp
from portal.site.offline import offline_bp

BLUEPRINTS: tuple[Blueprint, ...] = (
    registry_bp,
    news_bp,
    citations_bp,
    search_bp,
    components_bp,
    offline_bp,
)
