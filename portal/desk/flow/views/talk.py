"""Comments, presence and preview links of an item."""

from __future__ import annotations

from flask import request, session
from werkzeug.wrappers import Response

from portal.accounts.guard import current_actor, desk_view
from portal.core.pages import page
from portal.desk.flow import services
from portal.desk.flow.forms import read_number
from portal.desk.flow.item_page import present_others
from portal.desk.flow.queries import items
from portal.desk.flow.views import flow_bp
from portal.desk.flow.views.item import NEW_LINK, render_item, to_item
from portal.publishing.outcomes import WrongState
from portal.publishing.talk.services import CommentUnfit, TooManyLinks


@flow_bp.post("/meja/butir/<int:item_id>/komentar")
@desk_view()
def comment(item_id: int) -> Response:
    """Say something about an item."""
    actor = current_actor()
    try:
        services.comment(actor, item_id, request.form.get("komentar", ""), request.form.get("sekali", ""))
    except CommentUnfit as error:
        return render_item(actor, items.get_item(actor, item_id), error, "komentar")
    return to_item(item_id, anchor="komentar")


@flow_bp.post("/meja/butir/<int:item_id>/komentar/<int:comment_id>/selesai")
@desk_view()
def resolve(item_id: int, comment_id: int) -> Response:
    """Settle a comment."""
    services.resolve(current_actor(), item_id, comment_id)
    return to_item(item_id, anchor="komentar")


@flow_bp.post("/meja/butir/<int:item_id>/hadir")
@desk_view()
def attend(item_id: int) -> Response:
    """The heartbeat of an open page; answers with who else is there."""
    actor = current_actor()
    is_writing = request.form.get("menulis") == "1"
    services.be_present(actor, item_id, is_writing=is_writing)
    others = present_others(actor, item_id)
    return page("desk/flow/presence.html", item_id=item_id, others=others, is_writing=is_writing)


@flow_bp.post("/meja/butir/<int:item_id>/tautan")
@desk_view("editor", "reviewer")
def make_link(item_id: int) -> Response:
    """Make a preview link for people without an account."""
    actor = current_actor()
    try:
        token = services.make_link(actor, item_id, read_number(request.form.get("hari")))
    except (TooManyLinks, WrongState) as error:
        return render_item(actor, items.get_item(actor, item_id), error, "tautan")
    session[NEW_LINK] = [item_id, token]
    return to_item(item_id, anchor="pratinjau")


@flow_bp.post("/meja/butir/<int:item_id>/tautan/<int:link_id>/cabut")
@desk_view("editor", "reviewer")
def revoke_link(item_id: int, link_id: int) -> Response:
    """Make a preview link useless."""
    services.revoke_link(current_actor(), item_id, link_id)
    return to_item(item_id, anchor="pratinjau")
