"""The service worker at the root, from where it may keep any page of the portal."""

from __future__ import annotations

from flask import Blueprint, Response, send_from_directory

from portal.settings import ROOT

offline_bp = Blueprint("offline", __name__)


@offline_bp.get("/sw.js")
def service_worker() -> Response:
    """The script that keeps pages already seen; asked for anew each time, so that a repair arrives."""
    response = send_from_directory(ROOT / "static" / "js", "sw.js", mimetype="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    return response
