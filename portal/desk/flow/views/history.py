"""The history of an item: every revision, two of them side by side, and a former state restored."""

from __future__ import annotations

from flask import request
from werkzeug.wrappers import Response

from portal.accounts.guard import current_actor, desk_view
from portal.accounts.shapes import Actor
from portal.core.errors import NotFound
from portal.core.i18n import gettext as _
from portal.core.pages import page
from portal.desk.flow import services
from portal.desk.flow.comparing import compare
from portal.desk.flow.forms import read_number
from portal.desk.flow.queries import items, people
from portal.desk.flow.views import flow_bp
from portal.desk.flow.views.item import to_item
from portal.publishing.outcomes import WrongState
from portal.publishing.shapes import RevisionShape


@flow_bp.get("/meja/butir/<int:item_id>/riwayat")
@desk_view()
def show_history(item_id: int) -> Response:
    """Every revision, newest first; with `dari` and `ke` in the address these two side by side."""
    return _render(current_actor(), item_id)


@flow_bp.post("/meja/butir/<int:item_id>/riwayat")
@desk_view("editor")
def restore(item_id: int) -> Response:
    """Begin a draft with a former state."""
    actor = current_actor()
    try:
        services.restore(actor, item_id, read_number(request.form.get("nomor")))
    except WrongState as error:
        return _render(actor, item_id, str(error), 409)
    return to_item(item_id)


def _render(actor: Actor, item_id: int, error: str = "", status: int = 200) -> Response:
    item = items.get_item(actor, item_id)
    history = items.list_history(item)
    older, newer = _chosen(history)
    return page(
        "desk/flow/history.html",
        status=status,
        item=item,
        history=history,
        labels=people.list_labels(one.made_by_id for one in history),
        older=older,
        newer=newer,
        differences=compare(item.kind, older.cells, newer.cells) if older and newer else (),
        may_restore=item.draft is None and actor.may("editor", item.region_code),
        error=error,
    )


def _chosen(history: tuple[RevisionShape, ...]) -> tuple[RevisionShape | None, RevisionShape | None]:
    """The two revisions in the address, the older one first."""
    wanted = [request.args.get(name, "") for name in ("dari", "ke")]
    if not any(wanted):
        return None, None
    numbers = sorted(read_number(text) for text in wanted)
    found = {one.number: one for one in history}
    if not all(number in found for number in numbers):
        raise NotFound(_("This item has no such revision."))
    return found[numbers[0]], found[numbers[1]]
