"""Publishing a list in one step, withdrawing it so that the list it replaced is back, and restoring one directly."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection, select, update

from portal.core.i18n import gettext as _
from portal.registry.errors import ListCannotMove, ReplacesOthers, UnknownList
from portal.registry.models import enrolment_lists
from portal.registry.queries import find_list, find_same_file
from portal.registry.services.counting import recount
from portal.registry.services.events import note_event, tell_events
from portal.registry.services.keys import bind_key, key_ring, registry_engine
from portal.registry.services.storing import patient_step
from portal.registry.shapes import EnrolmentList

_LISTS = enrolment_lists.c


def publish_list(list_id: int, *, actor: str, replaces: frozenset[int] | None = None) -> EnrolmentList:
    """Publish a staged (or withdrawn) list; it replaces those of the same programme and payer whose months it touches.

    `replaces` are the lists it may replace, where somebody was shown them. Raises UnknownList, ListCannotMove,
    ReplacesOthers.
    """
    with patient_step(registry_engine()) as connection:
        found = _take(connection, list_id)
        if found.state == "superseded":
            raise ListCannotMove(
                _(
                    "List %(id)s has been replaced by list %(other)s: restore it, or withdraw that one.",
                    id=found.id,
                    other=found.superseded_by,
                )
            )
        published = _publish(connection, found, actor, replaces)
    tell_events()
    return published


def restore_list(list_id: int, *, actor: str, replaces: frozenset[int] | None = None) -> EnrolmentList:
    """Publish a replaced or withdrawn list again; whoever has its months now is replaced by it, and kept in its turn.

    Raises UnknownList, ListCannotMove, ReplacesOthers.
    """
    with patient_step(registry_engine()) as connection:
        found = _take(connection, list_id)
        if found.state == "staged":
            raise ListCannotMove(_("List %(id)s was never published: publish it.", id=found.id))
        restored = _publish(connection, found, actor, replaces)
    tell_events()
    return restored


def withdraw_list(list_id: int, *, actor: str, reason: str = "") -> EnrolmentList:
    """Take a list back; what it replaced is published again unless a third list has its months by now.

    Raises UnknownList, ListCannotMove.
    """
    with patient_step(registry_engine()) as connection:
        found = _take(connection, list_id)
        _require_kept(found)
        if found.state == "withdrawn":
            raise ListCannotMove(_("List %(id)s is withdrawn already.", id=list_id))
        _set(connection, list_id, "withdrawn", actor, reason)
        former = _superseded_by(connection, list_id)
        for one in former:
            _bring_back(connection, one)
        recount(connection, found.cover.program)
        action = "discarded" if found.state == "staged" else "withdrawn"
        note_event(connection, list_id, action, actor, len(former))
        withdrawn = _get(connection, list_id)
    tell_events()
    return withdrawn


def _publish(
    connection: Connection, found: EnrolmentList, actor: str, replaces: frozenset[int] | None
) -> EnrolmentList:
    _require_publishable(connection, found)
    rivals = _rivals(connection, found, "published")
    if replaces is not None and frozenset(rivals) != replaces:
        raise ReplacesOthers(
            _("What this list replaces has changed since you opened the page. Read it again, then publish.")
        )
    if rivals:
        values = {"state": "superseded", "superseded_by": found.id, "superseded_at": datetime.now(UTC)}
        connection.execute(update(enrolment_lists).where(_LISTS.id.in_(rivals)).values(values))
    _set(connection, found.id, "published", actor)
    recount(connection, found.cover.program)
    action = "published" if found.state == "staged" else "restored"
    note_event(connection, found.id, action, actor, len(rivals))
    return _get(connection, found.id)


def _take(connection: Connection, list_id: int) -> EnrolmentList:
    """The list, once every writer before us is done."""
    bind_key(connection, key_ring())
    return _get(connection, list_id)


def _get(connection: Connection, list_id: int) -> EnrolmentList:
    found = find_list(connection, list_id)
    if found is None:
        raise UnknownList(_("There is no list %(id)s: `portal registry lists` shows them.", id=list_id))
    return found


def _require_kept(found: EnrolmentList) -> None:
    if found.state == "purged":
        raise ListCannotMove(
            _(
                "The people of list %(id)s were removed, as it was kept long enough: bring its file again.",
                id=found.id,
            )
        )


def _require_publishable(connection: Connection, found: EnrolmentList) -> None:
    _require_kept(found)
    if found.state == "published":
        raise ListCannotMove(_("List %(id)s is published already.", id=found.id))
    same = find_same_file(connection, found.sha256, found.cover) if found.state == "withdrawn" else None
    if same is not None:
        raise ListCannotMove(
            _("The same file was brought again as list %(other)s: publish that one.", other=same.id)
        )


def list_replaced(list_id: int) -> list[EnrolmentList]:
    """The published lists that publishing this one would replace. Raises UnknownList."""
    with registry_engine().connect() as connection:
        found = _get(connection, list_id)
        return [_get(connection, rival) for rival in _rivals(connection, found, "published")]


def list_brought_back(list_id: int) -> list[EnrolmentList]:
    """The lists that this one replaced, which come back when it is withdrawn. Raises UnknownList."""
    with registry_engine().connect() as connection:
        _get(connection, list_id)
        return [_get(connection, former) for former in _superseded_by(connection, list_id)]


def list_past_recall(list_id: int) -> list[EnrolmentList]:
    """The lists that this one replaced and that were purged since: withdrawing it brings them back no more."""
    with registry_engine().connect() as connection:
        return [_get(connection, former) for former in _superseded_by(connection, list_id, "purged")]


def _rivals(connection: Connection, found: EnrolmentList, state: str) -> list[int]:
    """Other lists of the same programme and payer that share a month with this one."""
    cover = found.cover
    query = select(_LISTS.id).where(
        _LISTS.state == state,
        _LISTS.id != found.id,
        _LISTS.program == cover.program,
        _LISTS.funding_source == cover.funding_source,
        _LISTS.first_month <= cover.last_month,
        _LISTS.last_month >= cover.first_month,
    )
    return list(connection.execute(query.order_by(_LISTS.id)).scalars())


def _superseded_by(connection: Connection, list_id: int, state: str = "superseded") -> list[int]:
    """What a list replaced, latest published first."""
    query = select(_LISTS.id).where(_LISTS.superseded_by == list_id, _LISTS.state == state)
    return list(connection.execute(query.order_by(_LISTS.published_at.desc(), _LISTS.id.desc())).scalars())


def _bring_back(connection: Connection, list_id: int) -> None:
    """Publish a replaced list again, or leave it replaced by whoever has its months now."""
    rivals = _rivals(connection, _get(connection, list_id), "published")
    values: dict[str, object] = {"superseded_by": None, "superseded_at": None, "state": "published"}
    if rivals:
        # Kept for the whole time anew: until now it could have come back.
        values = {"superseded_by": rivals[-1], "superseded_at": datetime.now(UTC)}
    connection.execute(update(enrolment_lists).where(_LISTS.id == list_id).values(values))


def _set(connection: Connection, list_id: int, state: str, actor: str, reason: str = "") -> None:
    now = datetime.now(UTC)
    values: dict[str, object] = {"state": state, "superseded_by": None, "superseded_at": None}
    if state == "published":
        values |= {"published_at": now, "published_by": actor, "withdrawn_at": None, "withdrawn_by": None}
        values |= {"withdrawn_reason": None}
    else:
        values |= {"withdrawn_at": now, "withdrawn_by": actor, "withdrawn_reason": reason or None}
    connection.execute(update(enrolment_lists).where(_LISTS.id == list_id).values(values))
