"""The audit trail's page."""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.wrappers import Response

from portal.accounts.guard import current_actor, desk_view
from portal.core.pages import page
from portal.core.paging import read_page
from portal.desk.audit import queries
from portal.desk.audit.words import GROUPS

desk_audit_bp = Blueprint("desk_audit", __name__)


@desk_audit_bp.get("/meja/jejak")
@desk_view("administrator")
def show_entries() -> Response:
    """Who did what, the newest first."""
    group, subject = (
        request.args.get("jenis", ""),
        request.args.get("butir", "").replace("\0", "").strip()[:200],
    )
    path = request.script_root + request.path
    entries, pages = queries.list_entries(current_actor(), group, subject, read_page(request.args), path)
    return page(
        "desk/audit.html",
        fragments=("entries",),
        entries=entries,
        pages=pages,
        path=path,
        group=group,
        subject=subject,
        groups=tuple(GROUPS.items()),
    )
