"""A draft as the public will read it: for colleagues, and by a link for people without an account."""

from __future__ import annotations

from typing import Any

from flask import redirect, request
from werkzeug.wrappers import Response

from portal.accounts.guard import current_actor, desk_view
from portal.core.i18n import gettext as _
from portal.core.pages import page
from portal.desk.flow import services
from portal.desk.flow.fields import list_fields, references_of
from portal.desk.flow.item_page import public_address
from portal.desk.flow.previews import preview_post
from portal.desk.flow.queries import items
from portal.desk.flow.views import flow_bp
from portal.desk.flow.words import KINDS
from portal.publishing.shapes import ItemShape


@flow_bp.get("/meja/butir/<int:item_id>/pratinjau")
@desk_view()
def preview(item_id: int) -> Response:
    """The newest words of an item in the look of the public pages."""
    return _render(items.get_item(current_actor(), item_id), is_open=False)


@flow_bp.get("/pratinjau/<token>")
def show_preview(token: str) -> Response:
    """The same by a preview link. Every link that isn't good gets one and the same answer."""
    refusal = _("This preview link is not good, or no longer. Ask whoever sent it to you for a new one.")
    item = services.open_preview(token, refusal)
    if item.draft is None:
        address = public_address(item, items.find_live(item)) or "/"
        return _unseen(redirect(request.script_root + address, 303))
    return _unseen(_render(item, is_open=True))


def _render(item: ItemShape, *, is_open: bool) -> Response:
    live = items.find_live(item)
    cells = items.newest_cells(item, live)
    common: dict[str, Any] = {"item": item, "is_open": is_open, "is_draft": item.draft is not None}
    if item.kind == "news":
        return page(
            "desk/flow/preview_post.html", post=preview_post(cells, permitted=is_open), change=None, **common
        )
    names = items.list_names(references_of(item.kind, cells), item.region_code)
    return page(
        "desk/flow/preview.html",
        fields=list_fields(item.kind, cells, None, names),
        kind_name=KINDS.get(item.kind, item.kind),
        **common,
    )


def _unseen(response: Response) -> Response:
    """Neither kept, nor listed, nor told to the next site."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
