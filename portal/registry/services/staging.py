"""Taking a list in: read and judged first, then stored in one transaction, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, insert, update

from portal.core.i18n import gettext as _
from portal.registry.digests import Versions
from portal.registry.errors import UnknownProgram
from portal.registry.keying.rows import KeyedRows
from portal.registry.lists import FileHeld, ListFile, open_list
from portal.registry.lists.header import Choice
from portal.registry.lists.sources import Source
from portal.registry.models import enrolment_lists, village_counts
from portal.registry.queries import find_program_region, find_same_file, read_villages
from portal.registry.services.events import note_event, tell_events
from portal.registry.services.intake import Intake, Progress
from portal.registry.services.keys import bind_key, key_ring, registry_engine
from portal.registry.services.storing import prepare_load, store_rows
from portal.registry.shapes import Cover, EnrolmentList, ImportReport

# Handed to the database at once; all batches together are in the order of the table.
ROWS_IN_A_BATCH: Final = 20_000

# Called inside the transaction that stores the list, with its report.
Then = Callable[[Connection, ImportReport], None]


def stage_list(
    origin: Path | Source,
    cover: Cover,
    *,
    actor: str,
    check_only: bool = False,
    progress: Progress | None = None,
    choice: Choice | None = None,
    then: Then | None = None,
) -> ImportReport:
    """Read a file and, unless it is only checked, stage it as a list; `progress` hears the bytes read so far.

    `choice` holds confirmed columns; without it the header row is looked for. Raises UnknownProgram,
    RegistryKeyDiffers, KeyingStopped, OSError. A file that is held back is told in the report.
    """
    region = find_program_region(cover.program)
    if region is None:
        raise UnknownProgram(
            _("There is no programme %(slug)s: see the addresses under /program.", slug=cover.program)
        )
    try:
        file = open_list(origin)
    except FileHeld as held:
        return ImportReport(held.sha256, held.file_format, held.reason)
    intake = Intake(file, region, read_villages(region), key_ring(), progress or (lambda done: None), choice)
    try:
        report = _check(intake) if check_only else _stage(intake, cover, actor, then)
    except FileHeld as held:
        return ImportReport(
            file.sha256,
            file.file_format,
            held.reason,
            held_row=held.row,
            header_row=intake.reading.header_row,
            columns=intake.reading.found_columns(),
        )
    if report.list_id is not None:
        tell_events()
    return report


def _check(intake: Intake) -> ImportReport:
    """Read everything and store nothing."""
    for _batch in intake.rows(intake.read(), 0, Versions(1), ROWS_IN_A_BATCH):
        pass
    return intake.report()


def _stage(intake: Intake, cover: Cover, actor: str, then: Then | None) -> ImportReport:
    with registry_engine().connect() as connection:
        known = find_same_file(connection, intake.file.sha256, cover)
    return _known(intake, known) if known else _store(intake, intake.read(), cover, actor, then)


def _known(intake: Intake, known: EnrolmentList) -> ImportReport:
    return ImportReport(
        intake.file.sha256, intake.file.file_format, list_id=known.id, people=known.people, is_known=True
    )


def _store(intake: Intake, keyed: KeyedRows, cover: Cover, actor: str, then: Then | None) -> ImportReport:
    with registry_engine().connect() as connection, connection.begin() as transaction:
        # Not given back to the pool: a load sets it up for itself.
        connection.detach()
        prepare_load(connection)
        intake.ring, versions = bind_key(connection, intake.ring)
        known = find_same_file(connection, intake.file.sha256, cover)
        if known is not None:
            transaction.rollback()
            return _known(intake, known)
        list_id = _insert_list(connection, intake.file, cover, actor)
        for batch in intake.rows(keyed, list_id, versions, ROWS_IN_A_BATCH):
            store_rows(connection, batch)
        report = intake.report()
        if not report.accepted:
            transaction.rollback()
            return report
        report.list_id = list_id
        _count(connection, list_id, intake, report)
        if then is not None:
            then(connection, report)
        note_event(connection, list_id, "staged", actor)
        transaction.commit()
        return report


def _insert_list(connection: Connection, file: ListFile, cover: Cover, actor: str) -> int:
    """The list's row, with counts that `_count` mends in the same transaction."""
    statement = insert(enrolment_lists).values(
        program=cover.program,
        funding_source=cover.funding_source,
        first_month=cover.first_month,
        last_month=cover.last_month,
        sha256=file.sha256,
        rows_read=1,
        rows_accepted=1,
        rows_rejected=0,
        people=1,
        synthetic=False,
        state="staged",
        staged_at=datetime.now(UTC),
        staged_by=actor,
    )
    (list_id,) = connection.execute(statement).inserted_primary_key or (0,)
    return int(list_id)


def _count(connection: Connection, list_id: int, intake: Intake, report: ImportReport) -> None:
    connection.execute(
        update(enrolment_lists)
        .where(enrolment_lists.c.id == list_id)
        .values(
            rows_read=report.rows,
            rows_accepted=report.accepted,
            rows_rejected=len(report.rejected),
            people=report.people,
            synthetic=report.synthetic,
        )
    )
    counts = [
        {"list_id": list_id, "village_code": code or "", "people": people}
        for code, people in sorted(intake.by_village.items(), key=str)
    ]
    connection.execute(insert(village_counts), counts)
