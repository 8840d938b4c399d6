"""What happened to a list: written with the step itself, and told to trail and pages once it is done.

The audit trail and the number that kept pages live by stand in the other database, so no one transaction holds both.
The step and its event are one transaction of the registry; the telling follows, and is made up for by the worker
where a process died or the content database was away in between. Each event is told once, whoever tells it.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, insert, select, update
from sqlalchemy.exc import DBAPIError

from portal.core.audit import Detail, record
from portal.core.database import AnySession
from portal.core.jobs import chore
from portal.extensions import db
from portal.publishing.audit.models import AuditEntry
from portal.publishing.audit.services import hold_trail
from portal.publishing.services import publish_counts
from portal.registry.models import enrolment_lists, list_events
from portal.registry.queries import find_program_region
from portal.registry.services.keys import registry_engine
from portal.registry.services.storing import patient_step

log = logging.getLogger("portal.registry")
# Steps after which counts and cross-checks are others.
SHOWN_ON_PAGES: Final = frozenset({"published", "restored", "withdrawn"})
MOST_AT_ONCE: Final = 500
_STAFF: Final = re.compile(r"staff:(\d{1,9})")
_UNTOLD = (
    select(list_events, enrolment_lists.c.program, enrolment_lists.c.people)
    .join(enrolment_lists, enrolment_lists.c.id == list_events.c.list_id)
    .where(list_events.c.told_at.is_(None))
    .order_by(list_events.c.id)
    .limit(MOST_AT_ONCE)
)
Event = Row[*tuple[Any, ...]]


def note_event(connection: Connection, list_id: int, action: str, actor: str, others: int = 0) -> None:
    """Write down a step within its transaction; `others` are the lists it replaced or brought back."""
    values = {"list_id": list_id, "action": action, "at": datetime.now(UTC), "actor": actor, "others": others}
    connection.execute(insert(list_events).values(values))


def tell_events() -> None:
    """Tell what was not told yet. A content database that is away delays the telling and never undoes a step."""
    try:
        _tell(db.session())
    except DBAPIError as error:
        db.session.rollback()
        log.warning("The audit trail is told of this later, by the worker (%s).", type(error).__name__)


@chore("registry.tell_events", timedelta(minutes=1))
def tell_late(session: AnySession, now: datetime) -> None:
    """Tell what a process that died has left untold."""
    _tell(session)


def _tell(session: AnySession) -> None:
    with registry_engine().connect() as connection:
        events = connection.execute(_UNTOLD).all()
    if not events:
        return
    if any(event.action in SHOWN_ON_PAGES for event in events):
        publish_counts(session)
    # From here on nobody else writes to the trail: what is not in it now is told by us alone.
    hold_trail(session)
    told = _told(session, {event.list_id for event in events})
    for event in events:
        if (event.action, _moment(event)) not in told:
            _record(session, event)
    session.commit()
    _mark(events)


def _told(session: AnySession, lists: set[int]) -> set[tuple[str, str]]:
    """What stands in the trail of these lists already: actions and their moments."""
    subjects = [f"list:{number}" for number in lists]
    query = select(AuditEntry.action, AuditEntry.details).where(AuditEntry.subject.in_(subjects))
    found = [(row.action, json.loads(row.details)) for row in session.execute(query)]
    return {(action.removeprefix("list."), details.get("at", "")) for action, details in found}


def _moment(event: Event) -> str:
    """When it happened, in UTC: the trail notes when it was told."""
    at: datetime = event.at if event.at.tzinfo else event.at.replace(tzinfo=UTC)
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _record(session: AnySession, event: Event) -> None:
    details: dict[str, Detail] = {
        "program": event.program,
        "region": find_program_region(event.program),
        "people": event.people,
        "replaced": event.others,
        "at": _moment(event),
    }
    staff = _STAFF.fullmatch(event.actor)
    if staff is None:
        details["by"] = event.actor
    record(
        session, int(staff[1]) if staff else None, f"list.{event.action}", f"list:{event.list_id}", details
    )


def _mark(events: Sequence[Event]) -> None:
    numbers = [event.id for event in events]
    untold = update(list_events).where(list_events.c.id.in_(numbers), list_events.c.told_at.is_(None))
    with patient_step(registry_engine()) as connection:
        connection.execute(untold.values(told_at=datetime.now(UTC)))
