"""Lists nobody is found by any more are kept for a while, as they can be restored, and then purged.

Purging marks a list in one step: from then on it cannot come back. Its people are then removed in small transactions,
so that checks and other writers go on; a run that was cut short is taken up by the next. The list's own row stays.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from flask import Flask, current_app
from sqlalchemy import ColumnElement, Connection, delete, func, select, update

from portal.core.database import AnySession
from portal.core.jobs import chore
from portal.registry.digests import Versions
from portal.registry.models import enrolment_lists, enrolments, registry_state, uploads, village_counts
from portal.registry.queries import find_list, list_lists
from portal.registry.services.erasing import leave_nothing_behind, overwrite_deleted
from portal.registry.services.events import note_event, tell_events
from portal.registry.services.keys import read_state, registry_engine
from portal.registry.services.storing import patient_step
from portal.registry.shapes import EnrolmentList
from portal.settings import Settings

WORKER: Final = "worker"
# Rows looked at in one transaction: it takes some hundredths of a second.
ROWS_AT_ONCE: Final = 20_000
# Digests are told apart by their first two bytes at most.
MOST_PARTS: Final = 1 << 16
LONGEST_PAUSE: Final = 0.2
# Uploads that became no list, with reports of what was wrong with them.
ENDED: Final = ("held", "discarded", "expired")
_ONE_PURGES: Final = 0x7075_7267
_LISTS = enrolment_lists.c

Progress = Callable[[int], None]


def kept_until(one: EnrolmentList) -> datetime | None:
    """When the list may be purged (UTC); None for one that is published, or purged already."""
    if not one.idle_since:
        return None
    since = datetime.fromisoformat(one.idle_since)
    return (since if since.tzinfo else since.replace(tzinfo=UTC)) + retention()


def retention() -> timedelta:
    """How long a list is kept that nobody is found by."""
    app: Flask = current_app
    settings: Settings = app.config["PORTAL_SETTINGS"]
    return timedelta(days=settings.list_retention_days)


def list_due(now: datetime) -> list[EnrolmentList]:
    """The lists whose time is over, and those whose purge was cut short; oldest first."""
    with registry_engine().connect() as connection:
        found = list_lists(connection)
    return [one for one in reversed(found) if _is_due(one, now) or _is_half_gone(one)]


def purge_lists(now: datetime, *, actor: str, progress: Progress = lambda done: None) -> list[EnrolmentList]:
    """Purge what is due and give it as it is now; `progress` hears the per cent of the registry looked through.

    A list keeps an empty `purged_at` where the keys were changed meanwhile: the next run looks through it again.
    """
    forget_reports(now)
    due = [one.id for one in list_due(now) if _mark(one.id, now)]
    purged: list[EnrolmentList] = []
    if due:
        versions = _versions()
        _remove_people(due, progress)
        purged = [_finish(list_id, actor, versions) for list_id in due]
        leave_nothing_behind()
    # Also what a run that was cut short at the very end has left untold.
    tell_events()
    return purged


@chore("registry.purge", timedelta(days=1))
def purge_daily(session: AnySession, now: datetime) -> None:
    """Purge what is due."""
    purge_lists(now, actor=WORKER)


def forget_reports(now: datetime) -> None:
    """Remove reports on files that became no list: rows, reasons and last digits are of use while a file is mended."""
    old = (
        uploads.c.state.in_(ENDED),
        uploads.c.changed_at < now - retention(),
        uploads.c.report.is_not(None),
    )
    with registry_engine().connect() as connection:
        found = connection.execute(select(uploads.c.id).where(*old)).scalars().all()
    if found:
        with patient_step(registry_engine()) as connection:
            overwrite_deleted(connection)
            connection.execute(update(uploads).where(*old).values(report=None))


def _is_due(one: EnrolmentList, now: datetime) -> bool:
    until = kept_until(one)
    return until is not None and until <= now


def _is_half_gone(one: EnrolmentList) -> bool:
    return one.state == "purged" and not one.purged_at


def _versions() -> Versions:
    with registry_engine().connect() as connection:
        return read_state(connection).versions


def _queue(connection: Connection) -> None:
    """Queue behind other writers and count a change; no key is needed to remove what a lost key made."""
    connection.execute(update(registry_state).values(changes=registry_state.c.changes + 1))


def _mark(list_id: int, now: datetime) -> bool:
    """Decide for good; False where somebody has restored the list, or finished purging it, in the meantime."""
    with patient_step(registry_engine()) as connection:
        _queue(connection)
        found = find_list(connection, list_id)
        if found is None or not _is_due(found, now):
            return found is not None and _is_half_gone(found)
        connection.execute(update(enrolment_lists).where(_LISTS.id == list_id).values(state="purged"))
        return True


def _remove_people(lists: list[int], progress: Progress) -> None:
    parts = _count_parts()
    for number, part in enumerate(_parts(parts), start=1):
        begun = time.monotonic()
        with patient_step(registry_engine()) as connection:
            overwrite_deleted(connection)
            if connection.dialect.name == "postgresql":
                # Two that purge at once would wait for each other's rows in a circle.
                connection.execute(select(func.pg_advisory_xact_lock(_ONE_PURGES)))
            connection.execute(delete(enrolments).where(enrolments.c.list_id.in_(lists), part))
        progress(number * 100 // parts)
        if number < parts:
            # Others that write on SQLite get their turn.
            time.sleep(min(time.monotonic() - begun, LONGEST_PAUSE))


def _count_parts() -> int:
    """Into how many parts the registry is cut, a power of two, by the size of all lists together."""
    with registry_engine().connect() as connection:
        rows = connection.execute(select(func.sum(_LISTS.people))).scalar_one() or 0
    return min(1 << (int(rows) // ROWS_AT_ONCE).bit_length(), MOST_PARTS)


def _parts(number: int) -> Iterator[ColumnElement[bool]]:
    """Conditions that together hold for every row, by the first two bytes of the digest."""
    width = MOST_PARTS // number
    columns = enrolments.c
    for start in range(0, MOST_PARTS, width):
        end = start + width
        part: ColumnElement[bool] = columns.bucket.between(start >> 8, (end - 1) >> 8)
        if width < 256:
            part &= columns.nik_digest >= start.to_bytes(2, "big")
        if width < 256 and end < MOST_PARTS:
            part &= columns.nik_digest < end.to_bytes(2, "big")
        yield part


def _finish(list_id: int, actor: str, versions: Versions) -> EnrolmentList:
    """Write down that a list's people are gone, unless rows moved to another key, and hence place, meanwhile."""
    with patient_step(registry_engine()) as connection:
        _queue(connection)
        overwrite_deleted(connection)
        found = find_list(connection, list_id)
        if found is None or not _is_half_gone(found) or not _stood_still(connection, versions):
            return _known(found)
        connection.execute(delete(village_counts).where(village_counts.c.list_id == list_id))
        connection.execute(update(uploads).where(uploads.c.list_id == list_id).values(report=None))
        purged = update(enrolment_lists).where(_LISTS.id == list_id)
        connection.execute(purged.values(purged_at=datetime.now(UTC)))
        note_event(connection, list_id, "purged", actor)
        return _known(find_list(connection, list_id))


def _stood_still(connection: Connection, versions: Versions) -> bool:
    return versions == read_state(connection).versions == Versions(versions.newest)


def _known(found: EnrolmentList | None) -> EnrolmentList:
    if found is None:
        raise LookupError("a list's own row is never removed")
    return found
