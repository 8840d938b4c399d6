"""The settings of regions, for their administrators."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.accounts.guard import current_actor, desk_view
from portal.core.pages import page
from portal.desk.settings import forms, queries, services
from portal.desk.settings.shapes import Settings

desk_settings_bp = Blueprint("desk_settings", __name__)


@desk_settings_bp.get("/meja/pengaturan")
@desk_view("administrator")
def show_settings() -> Response:
    """The settings of the chosen region, or of the first one."""
    return _show(request.args.get("wilayah", ""), None, {})


@desk_settings_bp.post("/meja/pengaturan")
@desk_view("administrator")
def save_settings() -> Response:
    """Keep the settings."""
    code = request.form.get("wilayah", "")
    settings, errors = forms.read_settings(request.form)
    if settings is None:
        return _show(code, request.form, errors, status=422)
    services.save_settings(current_actor(), code, settings)
    return redirect(url_for("desk_settings.show_settings", wilayah=code, tersimpan=1), 303)


def _show(code: str, typed: Mapping[str, str] | None, errors: dict[str, str], status: int = 200) -> Response:
    regions = queries.list_settable(current_actor().regions("administrator"))
    code = code or (regions[0][0] if regions else "")
    if code not in dict(regions):
        abort(404)
    return page(
        "desk/settings/page.html",
        status=status,
        regions=regions,
        code=code,
        name=dict(regions)[code],
        values=typed or _as_typed(queries.settings_of(code)),
        errors=errors,
        saved=request.args.get("tersimpan") == "1" and not errors,
    )


def _as_typed(settings: Settings) -> dict[str, str]:
    return {
        "tenggat": str(settings.overdue_days),
        "pratinjau": str(settings.preview_days),
        "surel": "ya" if settings.mails_notices else "",
    }
