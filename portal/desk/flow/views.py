"""The desk's home and the region in view."""

from __future__ import annotations

from flask import Blueprint, redirect, request
from flask.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response

from portal.accounts.doors import safe_target
from portal.accounts.guard import current_actor, desk_view
from portal.core.pages import page
from portal.desk.flow.frame import choose_region, desk_frame

flow_bp = Blueprint("flow", __name__)


@flow_bp.record_once
def _offer_frame(state: BlueprintSetupState) -> None:
    state.app.jinja_env.globals["desk_frame"] = desk_frame


@flow_bp.get("/meja")
@desk_view()
def show_home() -> Response:
    """What awaits the account, and what needs attention in its regions."""
    return page("desk/flow/home.html")


@flow_bp.post("/meja/wilayah")
@desk_view()
def choose() -> Response:
    """Put one region in view and go back."""
    choose_region(current_actor(), request.form.get("wilayah", ""))
    target = safe_target(request.form.get("lanjut"))
    return redirect(target or f"{request.script_root}/meja", 303)
