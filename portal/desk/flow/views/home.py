"""The desk's home, its queues and lists, and the region in view."""

from __future__ import annotations

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from portal.accounts.doors import safe_target
from portal.accounts.guard import current_actor, desk_view
from portal.core.addresses import require_known
from portal.core.errors import NotFound
from portal.core.i18n import gettext as _
from portal.core.labels import label
from portal.core.pages import page
from portal.core.paging import paginate, read_page
from portal.desk.flow.forms import EVERY_REGION, read_filter
from portal.desk.flow.frame import choose_region, chosen_region
from portal.desk.flow.queries import hints, lists, queues
from portal.desk.flow.views import flow_bp
from portal.desk.flow.words import HINTS, KINDS, MARKS, QUEUES
from portal.publishing.records import records


@flow_bp.get("/meja")
@desk_view()
def show_home() -> Response:
    """What awaits the account, and what needs attention in its regions."""
    actor = current_actor()
    region = chosen_region(actor)
    return page(
        "desk/flow/home.html",
        awaiting=queues.list_queues(actor, region, awaits=True),
        attention=queues.list_queues(actor, region, awaits=False),
        hints=hints.list_hints(actor, region),
        unserved=hints.list_regions_without_reviewer(actor),
        names=QUEUES,
        hint_names=HINTS,
        kinds=_kinds(),
        may_write=actor.holds("editor"),
    )


@flow_bp.post("/meja/wilayah")
@desk_view()
def choose() -> Response:
    """Put one region in view and go back."""
    choose_region(current_actor(), request.form.get("wilayah", ""))
    target = safe_target(request.form.get("lanjut"))
    return redirect(target or f"{request.script_root}/meja", 303)


@flow_bp.get("/meja/antrean/<name>")
@desk_view()
def show_queue(name: str) -> Response:
    """One queue, whole."""
    require_known(request.args, ("hal",))
    if name not in QUEUES:
        raise NotFound(_("There is no such queue. Go back to the desk."))
    actor = current_actor()
    region = chosen_region(actor)
    total = queues.count_queue(actor, name, region)
    pages = paginate(read_page(request.args), total, url_for("flow.show_queue", name=name))
    rows = queues.list_queue(actor, name, region, limit=pages.size, offset=pages.offset)
    return page("desk/flow/queue.html", name=name, names=QUEUES, rows=rows, pages=pages)


@flow_bp.get(f"/meja/<any{tuple(KINDS)}:kind>")
@desk_view()
def show_list(kind: str) -> Response:
    """Items of one kind that the account sees, those changed last first."""
    require_known(request.args, ("wilayah", "keadaan", "tanda", "q", "hal"))
    if kind not in records().kinds:
        raise NotFound(_("There is no such kind of record."))
    actor = current_actor()
    chosen = chosen_region(actor)
    wanted = read_filter(kind, {"wilayah": chosen, **request.args.to_dict()})
    total = lists.count_items(actor, wanted)
    parameters = {name: request.args.get(name, "") for name in ("wilayah", "keadaan", "tanda", "q")}
    pages = paginate(read_page(request.args), total, url_for("flow.show_list", kind=kind), parameters)
    return page(
        "desk/flow/list.html",
        fragments=("items",),
        kind=kind,
        kind_name=KINDS[kind],
        rows=lists.list_items(actor, wanted, limit=pages.size, offset=pages.offset),
        pages=pages,
        wanted=wanted,
        is_filtered=any(parameters.values()),
        regions=((EVERY_REGION if chosen else "", _("All")), *lists.list_regions_of(actor, kind)),
        states=tuple((state, label("item_state", state)) for state in lists.STATES),
        marks=tuple((mark, MARKS[mark]) for mark in lists.MARKS),
        may_write=actor.holds("editor"),
    )


def _kinds() -> tuple[tuple[str, str], ...]:
    return tuple((kind, str(words)) for kind, words in KINDS.items() if kind in records().kinds)
