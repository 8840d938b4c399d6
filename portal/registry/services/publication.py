"""Publishing a list in one step, and withdrawing it so that the list it replaced is back."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection, select, update

from portal.core.i18n import gettext as _
from portal.extensions import db
from portal.publishing.services import publish_change
from portal.registry.errors import ListCannotMove, UnknownList
from portal.registry.models import enrolment_lists
from portal.registry.queries import find_list, find_same_file
from portal.registry.services.counting import recount
from portal.registry.services.keys import bind_key, key_ring, registry_engine
from portal.registry.services.storing import patient_step
from portal.registry.shapes import EnrolmentList

_LISTS = enrolment_lists.c


def publish_list(list_id: int, *, actor: str) -> EnrolmentList:
    """Publish a staged (or withdrawn) list; it replaces those of the same programme and payer whose months it touches.

    Raises UnknownList, ListCannotMove.
    """
    with patient_step(registry_engine()) as connection:
        found = _take(connection, list_id)
        _require_publishable(connection, found)
        rivals = _rivals(connection, found, "published")
        if rivals:
            connection.execute(
                update(enrolment_lists)
                .where(_LISTS.id.in_(rivals))
                .values(state="superseded", superseded_by=list_id)
            )
        _set(connection, list_id, "published", actor)
        recount(connection, found.cover.program)
        published = _get(connection, list_id)
    _tell_pages()
    return published


def withdraw_list(list_id: int, *, actor: str, reason: str = "") -> EnrolmentList:
    """Take a list back; what it replaced is published again unless a third list has its months by now.

    Raises UnknownList, ListCannotMove.
    """
    with patient_step(registry_engine()) as connection:
        found = _take(connection, list_id)
        if found.state == "withdrawn":
            raise ListCannotMove(_("List %(id)s is withdrawn already.", id=list_id))
        _set(connection, list_id, "withdrawn", actor, reason)
        for former in _superseded_by(connection, list_id):
            _bring_back(connection, former)
        recount(connection, found.cover.program)
        withdrawn = _get(connection, list_id)
    _tell_pages()
    return withdrawn


def _take(connection: Connection, list_id: int) -> EnrolmentList:
    """The list, once every writer before us is done."""
    bind_key(connection, key_ring())
    return _get(connection, list_id)


def _get(connection: Connection, list_id: int) -> EnrolmentList:
    found = find_list(connection, list_id)
    if found is None:
        raise UnknownList(_("There is no list %(id)s: `portal registry lists` shows them.", id=list_id))
    return found


def _require_publishable(connection: Connection, found: EnrolmentList) -> None:
    if found.superseded_by is not None:
        raise ListCannotMove(
            _(
                "List %(id)s has been replaced by list %(other)s: withdraw that one to bring it back.",
                id=found.id,
                other=found.superseded_by,
            )
        )
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


def _superseded_by(connection: Connection, list_id: int) -> list[int]:
    """What a list replaced, latest published first."""
    query = select(_LISTS.id).where(_LISTS.superseded_by == list_id)
    return list(connection.execute(query.order_by(_LISTS.published_at.desc(), _LISTS.id.desc())).scalars())


def _bring_back(connection: Connection, list_id: int) -> None:
    """Publish a replaced list again, or leave it replaced by whoever has its months now."""
    rivals = _rivals(connection, _get(connection, list_id), "published")
    values = {"superseded_by": rivals[-1]} if rivals else {"superseded_by": None, "state": "published"}
    connection.execute(update(enrolment_lists).where(_LISTS.id == list_id).values(**values))


def _set(connection: Connection, list_id: int, state: str, actor: str, reason: str = "") -> None:
    now = datetime.now(UTC)
    values: dict[str, object] = {"state": state, "superseded_by": None}
    if state == "published":
        values |= {"published_at": now, "published_by": actor, "withdrawn_at": None, "withdrawn_by": None}
        values |= {"withdrawn_reason": None}
    else:
        values |= {"withdrawn_at": now, "withdrawn_by": actor, "withdrawn_reason": reason or None}
    connection.execute(update(enrolment_lists).where(_LISTS.id == list_id).values(**values))


def _tell_pages() -> None:
    """Counts stand on kept pages, which live by the content's number in the other database."""
    publish_change(db.session())
    db.session.commit()
