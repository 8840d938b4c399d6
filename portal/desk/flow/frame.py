"""What stands around every page of the desk: its navigation, who is signed in, and the region in view."""

from __future__ import annotations

from flask import current_app, request, session
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from portal.accounts.guard import signed_in
from portal.accounts.shapes import EVERYWHERE, Actor
from portal.areas.queries import list_region_names
from portal.core.i18n import gettext as _
from portal.desk.flow.shapes import DeskLink, Frame
from portal.desk.flow.words import KINDS
from portal.publishing.records import records

REGION_KEY = "desk_region"


def desk_frame() -> Frame | None:
    """The frame for who is signed in; None for nobody."""
    found = signed_in()
    if found is None:
        return None
    actor = found.actor
    groups = ((name, _links(actor, pairs)) for name, pairs in _navigation())
    return Frame(
        person=actor.label,
        links=tuple((name, links) for name, links in groups if links),
        regions=_regions(actor),
        region=chosen_region(actor),
    )


def chosen_region(actor: Actor) -> str:
    """The region that somebody with several has put in view; "" for all of them."""
    chosen = session.get(REGION_KEY)
    return chosen if isinstance(chosen, str) and chosen in actor.regions() else ""


def choose_region(actor: Actor, code: str) -> None:
    """Put one region in view, or all with ""; a region that isn't the account's is all."""
    session[REGION_KEY] = code if code in actor.regions() else ""


def _regions(actor: Actor) -> tuple[tuple[str, str], ...]:
    own = [code for code in actor.regions() if code != EVERYWHERE]
    if len(own) < 2:
        return ()
    return (("", _("All my regions")), *list_region_names(own).items())


def _navigation() -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    kinds = records().kinds
    return (
        ("", (("/meja", _("Desk")),)),
        (
            _("Records"),
            tuple((f"/meja/{kind}", str(words)) for kind, words in KINDS.items() if kind in kinds),
        ),
        (
            _("Tools"),
            (
                ("/meja/gambar", _("Pictures")),
                ("/meja/angka", _("Find a figure")),
                ("/meja/angka/koreksi", _("Texts whose figures were corrected")),
                ("/meja/daftar", _("Enrolment lists")),
                ("/meja/tim", _("Team")),
                ("/meja/jejak", _("Audit trail")),
                ("/meja/pengaturan", _("Settings")),
                ("/meja/akun", _("My account")),
            ),
        ),
    )


def _links(actor: Actor, pairs: tuple[tuple[str, str], ...]) -> tuple[DeskLink, ...]:
    root = request.script_root
    return tuple(
        DeskLink(root + path, words, _current(path)) for path, words in pairs if _is_open(actor, path)
    )


def _current(path: str) -> str | None:
    if request.path == path:
        return "page"
    return "true" if path != "/meja" and request.path.startswith(path + "/") else None


def _is_open(actor: Actor, path: str) -> bool:
    """Whether the page is there and asks for no role that the account lacks."""
    try:
        endpoint, _arguments = current_app.url_map.bind("").match(path, method="GET")
    except RequestRedirect:
        return True
    except HTTPException:
        return False
    roles = getattr(current_app.view_functions[endpoint], "desk_roles", ())
    return not roles or any(actor.holds(role) for role in roles)
