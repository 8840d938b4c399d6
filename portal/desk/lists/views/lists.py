"""`/meja/daftar`: the lists of the registrar's regions; one list, its publication and its withdrawal."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from portal.accounts.guard import current_actor, desk_view
from portal.core.i18n import gettext as _
from portal.core.pages import page
from portal.core.typed_text import one_line
from portal.desk.lists import words
from portal.desk.lists.forms import read_seen
from portal.desk.lists.queries import local_moment, name_people
from portal.registry.errors import ListCannotMove, ReplacesOthers
from portal.registry.services.publication import list_brought_back, list_past_recall, list_replaced
from portal.registry.services.retention import kept_until, retention
from portal.registry.uploads import queries
from portal.registry.uploads.services import releasing

lists_bp = Blueprint("lists", __name__, url_prefix="/meja/daftar")
ROLE = queries.ROLE
PUBLISHABLE = ("staged", "superseded", "withdrawn")


@lists_bp.context_processor
def _words() -> dict[str, Any]:
    return {
        "list_states": words.LIST_STATES,
        "upload_states": words.UPLOAD_STATES,
        "local_moment": local_moment,
        "kept_until": kept_until,
        "retention_days": retention().days,
    }


@lists_bp.get("")
@desk_view(ROLE)
def show_lists() -> Response:
    """Lists and open uploads of the regions the account may read."""
    actor = current_actor()
    rows, waiting = queries.list_rows(actor), queries.list_open_uploads(actor)
    brought = [row.list.staged_by for row in rows]
    return page(
        "desk/lists/lists.html",
        rows=rows,
        waiting=waiting,
        people=name_people(brought + [f"staff:{row.upload.account_id}" for row in waiting]),
        may_bring=bool(queries.list_programs(actor, to_write=True)),
    )


@lists_bp.get("/<int:list_id>")
@desk_view(ROLE)
def show_list(list_id: int) -> Response:
    """Step 5: what a list holds, what publishing it replaces, and what withdrawing it brings back."""
    return _show(list_id)


def _show(
    list_id: int, status: int = 200, errors: dict[str, str] | None = None, reason: str = ""
) -> Response:
    actor = current_actor()
    row = queries.get_list_row(actor, list_id)
    one = row.list
    return page(
        "desk/lists/list.html",
        status=status,
        row=row,
        replaces=list_replaced(list_id) if one.state in PUBLISHABLE else [],
        brings_back=list_brought_back(list_id) if one.state == "published" else [],
        past_recall=list_past_recall(list_id) if one.state == "published" else [],
        may_publish=actor.may(ROLE, row.region_code) and one.state in PUBLISHABLE,
        people=name_people([one.staged_by, one.published_by, one.withdrawn_by]),
        upload_id=queries.find_upload_of_list(list_id),
        may_change=actor.may(ROLE, row.region_code),
        is_same="sama" in request.args,
        errors=errors or {},
        reason=reason,
    )


@lists_bp.post("/<int:list_id>/terbit")
@desk_view(ROLE)
def publish(list_id: int) -> BaseResponse:
    """Publish, once the officer has confirmed what she was shown."""
    actor = current_actor()
    queries.get_list_row(actor, list_id)
    if request.form.get("yakin") != "ya":
        return _show(
            list_id, 422, {"yakin": _("Tick the box once you have compared the figures with the file.")}
        )
    try:
        releasing.publish(actor, list_id, read_seen(request.form.get("menggantikan", "")))
    except ReplacesOthers as error:
        return _show(list_id, 409, {"yakin": str(error)})
    except ListCannotMove as error:
        return _show(list_id, 422, {"yakin": str(error)})
    return redirect(url_for(".show_list", list_id=list_id), 303)


@lists_bp.post("/<int:list_id>/tarik")
@desk_view(ROLE)
def withdraw(list_id: int) -> BaseResponse:
    """Withdraw a list with a reason, or throw away one that was never published."""
    actor = current_actor()
    row = queries.get_list_row(actor, list_id)
    reason = one_line(request.form.get("alasan"))[: releasing.LONGEST_REASON]
    if row.list.state != "staged" and request.form.get("yakin") != "ya":
        return _show(list_id, 422, {"yakin-tarik": _("Tick the box to withdraw the list.")}, reason)
    try:
        releasing.withdraw(actor, list_id, reason)
    except ListCannotMove as error:
        return _show(list_id, 422, {"alasan": str(error)}, reason)
    return redirect(url_for(".show_list", list_id=list_id), 303)
