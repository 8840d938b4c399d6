"""The page of an item and the steps that can be taken there."""

from __future__ import annotations

from datetime import datetime

from flask import current_app, redirect, request, session, url_for
from werkzeug.wrappers import Response

from portal.accounts.guard import current_actor, desk_view
from portal.accounts.permissions import NotAllowed
from portal.accounts.shapes import Actor
from portal.areas.clocks import clock_of
from portal.core.errors import NotFound, PortalError
from portal.core.pages import page
from portal.desk.flow import services
from portal.desk.flow.forms import read_moment, read_number
from portal.desk.flow.item_page import item_context
from portal.desk.flow.queries import items
from portal.desk.flow.steps import STEPS
from portal.desk.flow.views import flow_bp
from portal.publishing.outcomes import BaseChanged, StaleDraft, WrongState
from portal.publishing.records import StillCited
from portal.publishing.shapes import ItemShape

NEW_LINK = "desk_new_link"
ASKED_FIRST = ("tarik-terbitan", "buang")
# Handing in and discarding belong to the form, which saves what was typed first.
TAKEN_HERE = tuple(name for name in STEPS if name not in ("ajukan", "buang"))


@flow_bp.get("/meja/butir/<int:item_id>")
@desk_view()
def show_item(item_id: int) -> Response:
    """Where an item stands, what it says, what may be done with it and what colleagues say of it."""
    actor = current_actor()
    items.get_item(actor, item_id)
    services.be_present(actor, item_id, is_writing=False)
    return render_item(actor, items.get_item(actor, item_id))


@flow_bp.post("/meja/butir/<int:item_id>/mulai")
@desk_view("editor")
def begin(item_id: int) -> Response:
    """Begin a draft of what is published and go to its form."""
    services.begin_change(current_actor(), item_id)
    return redirect(f"{request.script_root}/meja/butir/{item_id}/sunting", 303)


@flow_bp.post("/meja/butir/<int:item_id>/sesuaikan")
@desk_view("editor")
def rebase(item_id: int) -> Response:
    """Keep the draft although what is published changed meanwhile."""
    actor = current_actor()
    try:
        services.rebase(actor, item_id, read_number(request.form.get("version")))
    except (StaleDraft, WrongState) as error:
        return render_item(actor, items.get_item(actor, item_id), error, "sesuaikan")
    return to_item(item_id, "sesuaikan")


@flow_bp.get(f"/meja/butir/<int:item_id>/<any{ASKED_FIRST}:step>")
@desk_view("editor", "reviewer")
def ask(item_id: int, step: str) -> Response:
    """Ask before something goes away."""
    actor = current_actor()
    return _render_question(actor, items.get_item(actor, item_id), step)


@flow_bp.post(f"/meja/butir/<int:item_id>/<any{TAKEN_HERE}:step>")
@desk_view("editor", "reviewer")
def take(item_id: int, step: str) -> Response:
    """Take a step; what was refused is told on the page, with everything that was typed."""
    actor = current_actor()
    item = items.get_item(actor, item_id)
    version = read_number(request.form.get("version"))
    try:
        services.take_step(actor, item_id, step, version, request.form, _moment(item, step))
    except (NotAllowed, NotFound):
        raise
    except PortalError as error:
        fresh = items.get_item(actor, item_id)
        if step in ASKED_FIRST and not isinstance(error, StaleDraft | WrongState):
            return _render_question(actor, fresh, step, error)
        return render_item(actor, fresh, error, step)
    return to_item(item_id, step)


def render_item(actor: Actor, item: ItemShape, error: PortalError | None = None, step: str = "") -> Response:
    """The page; with `error` the sentence beside the form of `step` and the status that fits."""
    done = request.args.get("selesai", "")
    return page(
        "desk/flow/item.html",
        status=_status(error),
        **item_context(actor, item, request.form if error else None),
        error=str(error) if error else "",
        step=step,
        done=STEPS[done].done if done in STEPS else None,
        new_link=_new_link(item.id),
    )


def to_item(item_id: int, done: str = "", anchor: str | None = None) -> Response:
    """Back to the page after something was done."""
    return redirect(url_for("flow.show_item", item_id=item_id, selesai=done or None, _anchor=anchor), 303)


def _render_question(actor: Actor, item: ItemShape, step: str, error: PortalError | None = None) -> Response:
    citing = items.list_citing(item) if step == "tarik-terbitan" else ()
    names = items.list_names({(one.kind, one.record_id) for one in citing})
    return page(
        f"desk/flow/{'withdraw' if step == 'tarik-terbitan' else 'discard'}.html",
        status=_status(error),
        **item_context(actor, item, request.form if error else None),
        error=str(error) if error else "",
        citing=[(one, names.get((one.kind, one.record_id), one.record_id)) for one in citing],
    )


def _status(error: PortalError | None) -> int:
    if error is None:
        return 200
    return 409 if isinstance(error, StaleDraft | WrongState | BaseChanged | StillCited) else 422


def _moment(item: ItemShape, step: str) -> datetime | None:
    return None if step != "jadwalkan" else _typed_moment(item)


def _typed_moment(item: ItemShape) -> datetime:
    return read_moment(
        request.form.get("tanggal", ""), request.form.get("jam", ""), clock_of(item.region_code)
    )


def _new_link(item_id: int) -> str:
    """The address of a preview link just made, told once."""
    kept = session.pop(NEW_LINK, None)
    if not isinstance(kept, list) or kept[0] != item_id:
        return ""
    # Not the host that the browser names: the link goes to people who trust the portal's own.
    base: str = current_app.config["PORTAL_SETTINGS"].base_url
    return base + url_for("flow.show_preview", token=kept[1])
