"""Everything a page with a form shows, put together from what was typed or stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from secrets import token_urlsafe

from portal.accounts.shapes import Actor
from portal.core.i18n import gettext as _
from portal.core.labels import LABELS, label
from portal.desk.flow.queries.titles import told_title
from portal.desk.records.building import Said, build_sections, fields_of
from portal.desk.records.description import BODIES, columns
from portal.desk.records.previews import CHECKED, Candidate, preview
from portal.desk.records.queries import list_chosen_sources, list_regions_of, list_sources_for
from portal.desk.records.services import problems_of
from portal.desk.records.shapes import CheckReport, Choice, FormView, NewSource, SourcePicker, Typed
from portal.news.figures.queries import find_figures
from portal.news.figures.tokens import written_in
from portal.publishing.records import Problem
from portal.publishing.shapes import Cells, ItemShape

SUMMARY = "main"
REASON = "isi-reason"
FRESH = "baru"


@dataclass(frozen=True, slots=True)
class State:
    """What a form is in: the item (None: a new record), the version it was opened from, and what was typed.

    `finding` has the words of the search boxes; `problems` those of a refused submission; `refusals` other
    sentences by the id of what they are about.
    """

    kind: str
    typed: Typed
    item: ItemShape | None = None
    version: int = 0
    nonce: str = ""
    reason: str = ""
    team: str = ""
    finding: Mapping[str, str] = field(default_factory=dict)
    problems: Sequence[Problem] = ()
    refusals: Sequence[tuple[str, str]] = ()
    new_source: Cells = field(default_factory=dict)
    new_source_errors: Sequence[tuple[str, str]] = ()
    new_source_nonce: str = ""
    just_saved: bool = False

    @property
    def record_id(self) -> str:
        """The id of the record, or one that no record has."""
        return self.item.record_id if self.item else FRESH


def assemble(actor: Actor, state: State) -> FormView:
    """The form with hints, what is missing before review, and the cross-checks as they would be."""
    item = state.item
    found = problems_of(state.kind, state.record_id, _whole(state))
    errors = {one.column: one.sentence for one in reversed(state.problems) if one.blocking}
    said = Said({**errors, **_only(state.typed.unclear, errors)}, found, state.finding)
    built = build_sections(actor, state.kind, state.typed, said)
    known = columns(state.kind)
    has_sources = "source_ids" in known
    return FormView(
        kind=state.kind,
        title=told_title(item.title, item.kind) if item else "",
        base=f"/meja/butir/{item.id}" if item else f"/meja/{state.kind}",
        version=state.version,
        nonce=state.nonce or token_urlsafe(18),
        sections=built,
        fields=fields_of(built),
        sources=_picker(actor, state) if has_sources else None,
        new_source=_new_source(state) if has_sources else None,
        teams=_teams(actor, state),
        errors=(*_summary(state, known), *state.refusals, *state.new_source_errors),
        missing=tuple(_place(one, known) for one in found if one.blocking),
        hints=tuple(one.sentence for one in found if not one.blocking and one.column not in known),
        checks=checks_of(actor, state),
        is_checked=state.kind in CHECKED,
        item_id=item.id if item else None,
        is_public=bool(item and item.live != "no"),
        reason=state.reason,
        return_note=(item.draft.return_note or "") if item and item.draft else "",
        saved_at=item.draft.saved_at if item and item.draft else None,
        body_region=state.typed.cells.get("region_code", ""),
        figure_labels=_labels_in(" ".join(state.typed.cells.get(name, "") for name in sorted(BODIES))),
        just_saved=state.just_saved,
    )


def checks_of(actor: Actor, state: State) -> CheckReport | None:
    """The cross-checks with what is typed in place; None for a kind that none is about."""
    if state.kind not in CHECKED:
        return None
    return preview(actor, [Candidate(state.kind, state.record_id, _whole(state))])


def _whole(state: State) -> Cells:
    return {**state.typed.cells, "id": state.record_id}


def _only(unclear: Mapping[str, str], errors: Mapping[str, str]) -> dict[str, str]:
    """What isn't understood is said better than that it doesn't fit."""
    return {name: sentence for name, sentence in unclear.items() if name in errors}


def _summary(state: State, known: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    blocking = [one for one in state.problems if one.blocking]
    return tuple(
        (_place(one, known)[0], state.typed.unclear.get(one.column, one.sentence)) for one in blocking
    )


def _place(problem: Problem, known: Mapping[str, object]) -> tuple[str, str]:
    """The id of the field a problem is about, and its sentence."""
    return (f"isi-{problem.column}" if problem.column in known else SUMMARY), problem.sentence


def _labels_in(text: str) -> dict[str, str]:
    found = find_figures(written_in(text)) if "[[" in text else {}
    return {str(token).strip("[]"): figure.label for token, figure in found.items()}


def _picker(actor: Actor, state: State) -> SourcePicker:
    ids = [one for one in state.typed.cells.get("source_ids", "").split(";") if one]
    words = state.finding.get("source_ids", "")
    found, more = list_sources_for(actor, words, ids)
    return SourcePicker(list_chosen_sources(actor, ids), found, words, more)


def _new_source(state: State) -> NewSource:
    typed = state.new_source
    return NewSource(
        typed=typed,
        kinds=_labels("source_kind", typed.get("kind", "")),
        readings=_labels("read_as", typed.get("read_as", "")),
        nonce=state.new_source_nonce or token_urlsafe(18),
        errors=tuple(state.new_source_errors),
        is_open=bool(state.new_source_errors),
    )


def _labels(words: str, chosen: str) -> tuple[Choice, ...]:
    return tuple(Choice(code, label(words, code), code == chosen) for code in LABELS[words])


def _teams(actor: Actor, state: State) -> tuple[Choice, ...]:
    """Where a source is kept is asked only of who works for several regions."""
    if state.kind != "sources" or state.item:
        return ()
    own = list_regions_of(actor)
    if actor.may("editor", None):
        own = (Choice("", _("The whole country")), *own)
    return tuple(Choice(one.value, one.words, one.value == state.team) for one in own) if len(own) > 1 else ()
