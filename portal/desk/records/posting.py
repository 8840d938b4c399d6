"""What becomes of a posted form: the page to show, or where to go."""

from __future__ import annotations

from dataclasses import replace

from flask import Response, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from portal.accounts.permissions import NotAllowed
from portal.accounts.queries import get_actor
from portal.accounts.shapes import Actor
from portal.core.errors import NotFound, PortalError
from portal.core.i18n import gettext as _
from portal.core.id_numbers import IdNumberTyped
from portal.core.pages import page
from portal.desk.flow.item_page import present_others
from portal.desk.flow.services import be_present
from portal.desk.records import forms, services
from portal.desk.records.assembling import FRESH, REASON, SUMMARY, State, assemble
from portal.desk.records.reading import open_cells, read_form
from portal.desk.records.shapes import Typed
from portal.desk.records.stale import compare_versions, take_picks
from portal.publishing.outcomes import HasProblems, IdTaken, ReasonMissing, StaleDraft, WrongState

FRAGMENTS = ("thinking", "source_picker")


def show(actor: Actor, state: State, status: int = 200) -> Response:
    """The page of a form, or the part of it that HTMX asked for."""
    if state.item:
        be_present(actor, state.item.id, is_writing=True)
    others = present_others(actor, state.item.id) if state.item else []
    form = assemble(actor, state)
    return page("desk/records/form.html", fragments=FRAGMENTS, status=status, form=form, others=others)


def posted_state(kind: str, opened: services.OpenItem | None = None) -> State:
    """The form as it was posted."""
    form = request.form
    before = opened.cells if opened else {}
    reason = forms.read_reason(form)
    if reason is None:
        reason = (opened.draft.reason or "") if opened and opened.draft else ""
    return State(
        kind=kind,
        typed=read_form(kind, form, before),
        item=opened.item if opened else None,
        version=forms.read_version(form),
        nonce=forms.read_word(form, "nonce"),
        reason=reason,
        team=forms.read_word(form, "team"),
        finding=forms.read_finding(form),
        new_source=forms.read_new_source(form),
        new_source_nonce=forms.read_word(form, "baru-nonce"),
    )


def stored_state(opened: services.OpenItem, *, just_saved: bool = False) -> State:
    """The form as it is stored."""
    return State(
        kind=opened.item.kind,
        typed=open_cells(opened.item.kind, opened.cells),
        item=opened.item,
        version=opened.version,
        reason=(opened.draft.reason or "") if opened.draft else "",
        just_saved=just_saved,
    )


def save_posted(actor: Actor, opened: services.OpenItem, *, hand_in: bool) -> BaseResponse:
    """Save what was posted over an item and, if asked, hand it in; else the form or both versions, nothing lost."""
    state = posted_state(opened.item.kind, opened)
    typed, reason = state.typed, forms.read_reason(request.form)
    version = state.version
    if request.form.get("berbeda"):
        typed, reason, is_open = take_picks(opened, typed, reason, forms.read_picks(request.form))
        state = replace(state, typed=typed, reason=reason or "")
        if is_open:
            return _show_versions(opened, typed, reason, unchosen=True)
    try:
        version = services.save(actor, opened.item.id, version, typed.cells, reason)
        if state.new_source:
            return _ask_about_source(actor, state, opened.item.id)
        if hand_in:
            services.hand_in(actor, opened.item.id, version)
    except StaleDraft as stale:
        return _show_versions(services.stored_of(stale, actor, opened.item.id), typed, reason)
    except NotAllowed:
        raise
    except PortalError as refusal:
        return _show_refusal(actor, refusal, state, version)
    return _go(opened.item.id, handed_in=hand_in)


def begin_posted(actor: Actor, kind: str) -> BaseResponse:
    """Begin a record from what was posted and, if asked, hand it in; the same form again goes to the same record."""
    hand_in = request.form.get("lanjut") == "ajukan"
    state = posted_state(kind)
    begun = services.find_begun(actor, state.nonce)
    if begun is not None:
        return save_posted(actor, services.open_item(actor, begun), hand_in=hand_in)
    team = services.team_of(actor, state.team)
    try:
        item_id = services.begin(actor, kind, state.typed.cells, state.nonce, team)
    except (IdTaken, IdNumberTyped) as refusal:
        return _show_refusal(actor, refusal, state, 0)
    if state.new_source:
        return _ask_about_source(actor, state, item_id)
    if hand_in:
        opened = services.open_item(actor, item_id)
        try:
            services.hand_in(actor, item_id, opened.version)
        except PortalError as refusal:
            return _show_refusal(actor, refusal, replace(state, item=opened.item), opened.version)
    return _go(item_id, handed_in=hand_in)


def hand_in_stored(actor: Actor, opened: services.OpenItem) -> BaseResponse:
    """Hand in the draft as it is stored, from a page that has no form."""
    try:
        services.hand_in(actor, opened.item.id, forms.read_version(request.form))
    except StaleDraft as stale:
        again = services.stored_of(stale, actor, opened.item.id)
        return show(actor, replace(stored_state(again), refusals=((SUMMARY, str(stale)),)), 409)
    except PortalError as refusal:
        return _show_refusal(actor, refusal, stored_state(opened), opened.version)
    return _go(opened.item.id, handed_in=True)


def add_source(actor: Actor, state: State) -> Response:
    """Begin a source from the small form within a form; everything else typed stays as it is."""
    cells = {name: state.new_source.get(name, "") for name in forms.NEW_SOURCE}
    errors = tuple(
        (f"{FRESH}-{one.column}", one.sentence)
        for one in services.problems_of("sources", "", cells)
        if one.blocking
    )
    if errors:
        return show(actor, replace(state, new_source_errors=errors), 422)
    region = state.item.region_code if state.item else state.typed.cells.get("region_code")
    item_id = services.begin(
        actor, "sources", cells, state.new_source_nonce, services.team_of(actor, region or "")
    )
    source_id = services.open_item(actor, item_id).item.record_id
    known = state.typed.cells.get("source_ids", "")
    chosen = ";".join(dict.fromkeys([*filter(None, known.split(";")), source_id]))
    typed = Typed({**state.typed.cells, "source_ids": chosen}, state.typed.typed, state.typed.unclear)
    return show(actor, replace(state, typed=typed, new_source={}, new_source_nonce=""))


def _ask_about_source(actor: Actor, state: State, item_id: int) -> Response:
    """All is saved but a source that was typed and not added: it is not thrown away."""
    saved = stored_state(services.open_item(actor, item_id))
    sentence = _(
        "The draft is saved, but the source typed here is not added yet: add it, or clear its fields."
    )
    errors = ((f"{FRESH}-publisher", sentence),)
    return show(actor, replace(saved, new_source=state.new_source, new_source_errors=errors), 422)


def _go(item_id: int, *, handed_in: bool) -> BaseResponse:
    target = f"/meja/butir/{item_id}" + ("" if handed_in else "/sunting?tersimpan=1")
    return redirect(request.script_root + target, 303)


def _show_refusal(actor: Actor, refusal: PortalError, state: State, version: int) -> Response:
    """The same form with what was typed, and why it didn't go on."""
    if state.item is not None:
        # What was saved on the way is there: the form goes on from it.
        opened = services.open_item(actor, state.item.id)
        state = replace(state, item=opened.item, version=version)
    if isinstance(refusal, HasProblems):
        return show(actor, replace(state, problems=refusal.problems), 422)
    place = REASON if isinstance(refusal, ReasonMissing) else SUMMARY
    status = 409 if isinstance(refusal, WrongState) else 422
    return show(actor, replace(state, refusals=((place, str(refusal)),)), status)


def _show_versions(
    stored: services.OpenItem, typed: Typed, reason: str | None, *, unchosen: bool = False
) -> Response:
    view = compare_versions(stored, typed, reason, _who(stored), unchosen)
    return page("desk/records/stale.html", status=422 if unchosen else 409, stale=view)


def _who(stored: services.OpenItem) -> str:
    account = stored.draft.saved_by_id if stored.draft else None
    try:
        return get_actor(account).label if account else _("somebody")
    except NotFound:
        return _("somebody")
