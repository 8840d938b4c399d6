"""The steps of a draft as the item's page offers them: who may take which, in which state, and what it is called."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask_babel.speaklater import LazyString

from portal.accounts.shapes import Actor
from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext
from portal.core.vocabulary import OPEN_STATES
from portal.desk.flow.moments import moment_long, will_come_out
from portal.publishing.shapes import DraftShape, ItemShape

DECIDED = ("approved", "scheduled")
HANDED_IN = ("in_review", *DECIDED)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: states of the draft in which it can be taken, the role it asks for, and what is said afterwards."""

    states: tuple[str, ...]
    role: str
    done: LazyString
    to: str


STEPS: dict[str, Step] = {
    "ajukan": Step(OPEN_STATES, "editor", lazy_gettext("Handed in for review."), "in_review"),
    "tarik": Step(HANDED_IN, "editor", lazy_gettext("Taken back: the draft can be changed again."), "draft"),
    "kembalikan": Step(HANDED_IN, "reviewer", lazy_gettext("Returned with your note."), "returned"),
    "setujui": Step(("in_review",), "reviewer", lazy_gettext("Approved."), "approved"),
    "jadwalkan": Step(DECIDED, "reviewer", lazy_gettext("The schedule is set."), "scheduled"),
    "batal-jadwal": Step(("scheduled",), "reviewer", lazy_gettext("The schedule is taken back."), "approved"),
    "terbitkan": Step(DECIDED, "reviewer", lazy_gettext("Published."), "published"),
    "terbit-segera": Step(
        (*OPEN_STATES, "in_review"), "reviewer", lazy_gettext("Published as urgent."), "published"
    ),
    "tarik-terbitan": Step((), "reviewer", lazy_gettext("Withdrawn from the public portal."), "withdrawn"),
    "buang": Step(
        OPEN_STATES, "editor", lazy_gettext("The draft is discarded; its words stay in the history."), ""
    ),
}


def steps_open_to(actor: Actor, item: ItemShape) -> frozenset[str]:
    """The steps that this account may take now."""
    return frozenset(name for name, step in STEPS.items() if _may(actor, item, name, step))


def wrote_in(actor: Actor, draft: DraftShape | None) -> bool:
    """Whether the account wrote in the draft or handed it in, so that somebody else must approve it."""
    return draft is not None and (actor.id in draft.authors or actor.id == draft.submitted_by_id)


def _may(actor: Actor, item: ItemShape, name: str, step: Step) -> bool:
    if not actor.may(step.role, item.region_code):
        return False
    if name == "tarik-terbitan":
        return item.live == "yes"
    if item.draft is None or item.draft.state not in step.states:
        return False
    return name != "setujui" or not wrote_in(actor, item.draft)


def who_next(item: ItemShape) -> str | None:
    """The role that takes the next step; None where nothing waits."""
    state = item.state
    if state in OPEN_STATES:
        return "editor"
    return "reviewer" if state in ("in_review", "approved") else None


def stands(item: ItemShape, labels: dict[int, str]) -> str:
    """Where the item stands, in a sentence."""
    return _SENTENCES[item.state](item, labels)


def next_step(item: ItemShape) -> str:
    """What comes next, in a sentence."""
    return {
        "draft": _("Next: an editor completes it and hands it in for review."),
        "returned": _("Next: an editor makes the changes and hands it in again."),
        "in_review": _("Next: a reviewer who did not write in it approves or returns it."),
        "approved": _("Next: a reviewer publishes it or sets a time for it."),
        "scheduled": _("Nothing has to be done: it comes out by itself at that time."),
        "published": _(
            "To change it, an editor begins a draft; the public goes on reading the present version."
        ),
        "withdrawn": _("To bring it back, an editor begins a draft; it goes the same way as a new one."),
    }.get(item.state, _("Nothing waits. A former state can be restored from the history."))


def who_can(people: Sequence[str], role: str, has_wrote: bool) -> str:
    """Who may take the next step, or that nobody can and whom to ask."""
    if people:
        names = ", ".join(people)
        return _("Who can do it: %(names)s.", names=names)
    if role == "reviewer" and has_wrote:
        return _(
            "Every reviewer of this region wrote in it: ask an administrator to name another reviewer. In an emergency it can be published as urgent."
        )
    return _("Nobody holds the role for this in the region: ask an administrator to name somebody.")


def _person(labels: dict[int, str], account_id: int | None) -> str:
    return labels.get(account_id or 0, _("the portal"))


def _new(item: ItemShape, labels: dict[int, str]) -> str:
    return _("Not published, and no draft is open.")


def _draft(item: ItemShape, labels: dict[int, str]) -> str:
    draft = _of(item)
    when = moment_long(draft.saved_at, item.region_code)
    return _("A draft, last saved on %(when)s by %(who)s.", when=when, who=_person(labels, draft.saved_by_id))


def _returned(item: ItemShape, labels: dict[int, str]) -> str:
    return _("Returned for changes.")


def _in_review(item: ItemShape, labels: dict[int, str]) -> str:
    draft = _of(item)
    when = moment_long(draft.submitted_at or draft.saved_at, item.region_code)
    return _(
        "In review: handed in on %(when)s by %(who)s.", when=when, who=_person(labels, draft.submitted_by_id)
    )


def _approved(item: ItemShape, labels: dict[int, str]) -> str:
    draft = _of(item)
    when = moment_long(draft.decided_at or draft.saved_at, item.region_code)
    return _(
        "Approved on %(when)s by %(who)s, not yet published.",
        when=when,
        who=_person(labels, draft.decided_by_id),
    )


def _scheduled(item: ItemShape, labels: dict[int, str]) -> str:
    sentence = will_come_out(_of(item).publish_at or item.changed_at, item.region_code)
    return sentence[0].upper() + sentence[1:] + "."


def _published(item: ItemShape, labels: dict[int, str]) -> str:
    return _("Published. Last changed on %(when)s.", when=moment_long(item.changed_at, item.region_code))


def _withdrawn(item: ItemShape, labels: dict[int, str]) -> str:
    when = moment_long(item.withdrawn_at or item.changed_at, item.region_code)
    return _("Withdrawn from the public portal on %(when)s.", when=when)


def _of(item: ItemShape) -> DraftShape:
    assert item.draft is not None
    return item.draft


_SENTENCES: dict[str, Callable[[ItemShape, dict[int, str]], str]] = {
    "new": _new,
    "draft": _draft,
    "returned": _returned,
    "in_review": _in_review,
    "approved": _approved,
    "scheduled": _scheduled,
    "published": _published,
    "withdrawn": _withdrawn,
}
