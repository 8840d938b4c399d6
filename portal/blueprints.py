"""Every blueprint of the site, in the order of the navigation."""

from __future__ import annotations

from flask import Blueprint

from portal.accounts.views.doors import doors_bp
from portal.accounts.views.factors import factors_bp
from portal.accounts.views.own import own_bp
from portal.accounts.views.passwords import passwords_bp
from portal.accounts.views.team import team_bp
from portal.citations.views import citations_bp
from portal.desk.audit.views import desk_audit_bp
from portal.desk.figures.views import desk_figures_bp
from portal.desk.flow.views import flow_bp
from portal.desk.lists.views import lists_bp, uploads_bp
from portal.desk.records.bulk.views import bulk_bp
from portal.desk.records.views import records_bp
from portal.desk.settings.views import desk_settings_bp
from portal.documents.views import documents_bp
from portal.funding.views import funding_bp
from portal.ledger.views import ledger_bp
from portal.media.views import media_bp
from portal.news.views import news_bp
from portal.profiles.views import profiles_bp
from portal.registry.counts.views import counts_bp
from portal.registry.proofs.views import proofs_bp
from portal.registry.views import registry_bp
from portal.search.views import search_bp
from portal.site.components import components_bp
from portal.site.machines import machines_bp
from portal.site.offline import offline_bp
from portal.site.views import site_bp

BLUEPRINTS: tuple[Blueprint, ...] = (
    site_bp,
    registry_bp,
    proofs_bp,
    counts_bp,
    profiles_bp,
    news_bp,
    funding_bp,
    citations_bp,
    ledger_bp,
    search_bp,
    documents_bp,
    doors_bp,
    passwords_bp,
    own_bp,
    factors_bp,
    team_bp,
    flow_bp,
    desk_settings_bp,
    desk_audit_bp,
    lists_bp,
    uploads_bp,
    media_bp,
    records_bp,
    bulk_bp,
    components_bp,
    offline_bp,
    machines_bp,
    desk_figures_bp,
)
