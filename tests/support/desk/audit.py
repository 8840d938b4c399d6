"""Who may read the audit trail."""

from __future__ import annotations

from tests.support.desk_routes import DeskRoute

ROUTES = (
    DeskRoute("desk_audit.show_entries", "GET", "/meja/jejak", ("berau_administrator", "administrator")),
)
