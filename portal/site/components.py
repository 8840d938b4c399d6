"""The page `/komponen`: every component with an example, for those who build pages; off in production."""

from __future__ import annotations

from flask import Blueprint, Response, abort, current_app

from portal.core.pages import page
from portal.site import examples

components_bp = Blueprint("components", __name__)


@components_bp.get("/komponen")
def show() -> Response:
    """Show the components; 404 in production."""
    if current_app.config["PORTAL_SETTINGS"].production:
        abort(404)
    return page("site/components.html", example=examples.build())
