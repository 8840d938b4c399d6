"""Addresses of the forms: a new record, editing, saving by hand and by itself, handing in, discarding."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from portal.accounts.guard import current_actor, desk_view
from portal.core.id_numbers import IdNumberTyped
from portal.core.pages import page
from portal.desk.records import forms, posting, services
from portal.desk.records.assembling import State
from portal.desk.records.description import columns
from portal.desk.records.reading import open_cells
from portal.publishing.outcomes import IdTaken, StaleDraft, WrongState

records_bp = Blueprint("records", __name__)

# Two long texts with room to spare.
LARGEST = 1024 * 1024


@records_bp.get("/meja/<kind>/baru")
@desk_view("editor")
def show_new(kind: str) -> Response:
    """An empty form; what the address names (`?program_id=…`) is chosen already."""
    services.require_kind(kind)
    actor = current_actor()
    named = {
        name: request.args.get(name, "").replace("\0", "")
        for name, column in columns(kind).items()
        if column.kind == "reference"
    }
    if len(own := actor.regions("editor")) == 1 and "region_code" in named:
        named["region_code"] = named["region_code"] or own[0]
    return posting.show(actor, State(kind, open_cells(kind, named)))


@records_bp.post("/meja/<kind>/baru")
@desk_view("editor", largest=LARGEST)
def begin(kind: str) -> BaseResponse:
    """Keep the new record as a draft."""
    services.require_kind(kind)
    return posting.begin_posted(current_actor(), kind)


@records_bp.post("/meja/<kind>/periksa")
@desk_view("editor", largest=LARGEST)
def check_new(kind: str) -> Response:
    """The form as typed with hints, echoes and cross-checks; nothing is kept."""
    services.require_kind(kind)
    return posting.show(current_actor(), posting.posted_state(kind))


@records_bp.post("/meja/<kind>/sumber-baru")
@desk_view("editor", largest=LARGEST)
def add_source_new(kind: str) -> Response:
    """Keep a new source as a draft and choose it in the form."""
    services.require_kind(kind)
    return posting.add_source(current_actor(), posting.posted_state(kind))


@records_bp.post("/meja/<kind>/simpan-otomatis")
@desk_view("editor", largest=LARGEST)
def autosave_new(kind: str) -> BaseResponse:
    """Keep a new record while it is typed; answers JSON."""
    services.require_kind(kind)
    actor, state = current_actor(), posting.posted_state(kind)
    item_id = services.find_begun(actor, state.nonce)
    if item_id is None:
        if not any(cell.strip() for cell in state.typed.cells.values()):
            return _told(200, version=0, saved_at=None)
        try:
            item_id = services.begin(
                actor, kind, state.typed.cells, state.nonce, services.team_of(actor, state.team)
            )
        except (IdTaken, IdNumberTyped) as refusal:
            return _told(422, error=str(refusal))
        return _kept(services.open_item(actor, item_id))
    return _autosave(item_id)


@records_bp.get("/meja/butir/<int:item_id>/sunting")
@desk_view("editor")
def edit(item_id: int) -> Response:
    """The form of an item: its draft, or what is published until something is saved."""
    actor = current_actor()
    opened = services.open_item(actor, item_id)
    if not opened.may_be_written:
        return page("desk/records/locked.html", item=opened.item)
    return posting.show(actor, posting.stored_state(opened, just_saved="tersimpan" in request.args))


@records_bp.post("/meja/butir/<int:item_id>/simpan")
@desk_view("editor", largest=LARGEST)
def save(item_id: int) -> BaseResponse:
    """Save the draft; a save from an older form shows both versions."""
    actor = current_actor()
    return posting.save_posted(actor, services.open_item(actor, item_id), hand_in=False)


@records_bp.post("/meja/butir/<int:item_id>/periksa")
@desk_view("editor", largest=LARGEST)
def check(item_id: int) -> Response:
    """The form as typed with hints, echoes and cross-checks; nothing is kept."""
    actor = current_actor()
    opened = services.open_item(actor, item_id)
    return posting.show(actor, posting.posted_state(opened.item.kind, opened))


@records_bp.post("/meja/butir/<int:item_id>/sumber-baru")
@desk_view("editor", largest=LARGEST)
def add_source(item_id: int) -> Response:
    """Keep a new source as a draft and choose it in the form."""
    actor = current_actor()
    opened = services.open_item(actor, item_id)
    return posting.add_source(actor, posting.posted_state(opened.item.kind, opened))


@records_bp.post("/meja/butir/<int:item_id>/simpan-otomatis")
@desk_view("editor", largest=LARGEST)
def autosave(item_id: int) -> BaseResponse:
    """Save while somebody types; answers JSON: the version, or 409 where another save came first."""
    return _autosave(item_id)


@records_bp.post("/meja/butir/<int:item_id>/ajukan")
@desk_view("editor", largest=LARGEST)
def submit(item_id: int) -> BaseResponse:
    """Hand the draft in for review, after saving what was typed."""
    actor = current_actor()
    opened = services.open_item(actor, item_id)
    if forms.is_form(request.form):
        return posting.save_posted(actor, opened, hand_in=True)
    return posting.hand_in_stored(actor, opened)


@records_bp.post("/meja/butir/<int:item_id>/buang")
@desk_view("editor")
def discard(item_id: int) -> BaseResponse:
    """Give the draft up; it stays in the history."""
    actor = current_actor()
    opened = services.open_item(actor, item_id)
    try:
        gone = services.discard(actor, item_id, forms.read_version(request.form))
    except (StaleDraft, WrongState) as refusal:
        return page("desk/records/undone.html", status=409, item=opened.item, sentence=str(refusal))
    target = f"/meja/{opened.item.kind}" if gone else f"/meja/butir/{item_id}"
    return redirect(request.script_root + target, 303)


def _autosave(item_id: int) -> Response:
    actor = current_actor()
    opened = services.open_item(actor, item_id)
    state = posting.posted_state(opened.item.kind, opened)
    reason = forms.read_reason(request.form)
    try:
        services.save(actor, item_id, state.version, state.typed.cells, reason, is_autosave=True)
    except (StaleDraft, WrongState):
        return _told(409, stale=True, url=_edit_address(item_id))
    except (IdTaken, IdNumberTyped) as refusal:
        return _told(422, error=str(refusal))
    return _kept(services.open_item(actor, item_id))


def _told(status: int, **facts: Any) -> Response:
    answer = jsonify(**facts)
    answer.status_code = status
    return answer


def _kept(opened: services.OpenItem) -> Response:
    saved_at = opened.draft.saved_at.isoformat() if opened.draft else None
    return _told(200, version=opened.version, saved_at=saved_at, url=_edit_address(opened.item.id))


def _edit_address(item_id: int) -> str:
    return f"{request.script_root}/meja/butir/{item_id}/sunting"
