"""Taking a list in: read, judged, keyed and stored in one transaction, or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, insert, update

from portal.core.i18n import gettext as _
from portal.registry import nik as niks
from portal.registry.digests import IdentityHasher, KeyRing, Versions, bucket_of
from portal.registry.errors import UnknownProgram
from portal.registry.lists import FileHeld, ListFile, open_list
from portal.registry.lists.header import Choice
from portal.registry.lists.occupations import occupation_group
from portal.registry.lists.rows import Person, Reading
from portal.registry.lists.sources import Source
from portal.registry.models import enrolment_lists, village_counts
from portal.registry.names import match_tokens
from portal.registry.queries import find_program_region, find_same_file, place_key, read_villages
from portal.registry.services.events import note_event, tell_events
from portal.registry.services.keys import bind_key, key_ring, registry_engine
from portal.registry.services.storing import EnrolmentRow, prepare_load, store_rows
from portal.registry.shapes import Cover, Finding, ImportReport

# Sorted before they are stored: large enough to be kind to the index, small enough for memory.
ROWS_IN_A_BATCH: Final = 100_000
MOST_KEPT_FOLDINGS: Final = 200_000

Progress = Callable[[int], None]
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
    RegistryKeyDiffers, OSError. A file that is held back is told in the report.
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
        report = intake.check() if check_only else _store(intake, cover, actor, then)
    except FileHeld as held:
        return ImportReport(file.sha256, file.file_format, held.reason)
    if report.list_id is not None:
        tell_events()
    return report


def _store(intake: Intake, cover: Cover, actor: str, then: Then | None) -> ImportReport:
    with registry_engine().connect() as connection, connection.begin() as transaction:
        # Not given back to the pool: a load sets it up for itself.
        connection.detach()
        prepare_load(connection)
        intake.ring, intake.versions = bind_key(connection, intake.ring)
        known = find_same_file(connection, intake.file.sha256, cover)
        if known is not None:
            transaction.rollback()
            return ImportReport(
                intake.file.sha256,
                intake.file.file_format,
                list_id=known.id,
                people=known.people,
                is_known=True,
            )
        list_id = _insert_list(connection, intake.file, cover, actor)
        for batch in intake.batches(list_id):
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


@dataclass(slots=True)
class Intake:
    """One pass over a file: people become digests, and what looks odd becomes a warning."""

    file: ListFile
    region: str
    villages: dict[tuple[str, str], str]
    ring: KeyRing
    progress: Progress
    choice: Choice | None = None
    # How rows are keyed; known for certain once the registry waits for this list.
    versions: Versions = field(default_factory=lambda: Versions(1))
    warnings: list[Finding] = field(default_factory=list)
    by_village: Counter[str | None] = field(default_factory=Counter)
    reading: Reading = field(init=False)
    _hasher: IdentityHasher = field(init=False)
    _start: str = field(init=False)
    # First half of each digest: enough to tell a NIK that comes twice, and small.
    _seen: set[int] = field(default_factory=set)
    _foldings: dict[str, str] = field(default_factory=dict)
    _places: dict[tuple[str, str, str], str | None] = field(default_factory=dict)
    _groups: dict[str, str | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.reading = Reading(self.file.table, self.choice)
        self._hasher = self.ring.hasher
        self._start = niks.region_digits(self.region)

    def check(self) -> ImportReport:
        """Read everything and store nothing."""
        for _batch in self.batches(0):
            pass
        return self.report()

    def report(self) -> ImportReport:
        """What has been found; call it after the last batch."""
        return ImportReport(
            sha256=self.file.sha256,
            file_format=self.file.file_format,
            rows=self.reading.rows,
            accepted=self.reading.accepted,
            people=self.by_village.total(),
            synthetic=self.reading.synthetic,
            rejected=self.reading.rejected,
            warnings=self.warnings,
            hidden_sheets=self.file.table.hidden_sheets,
            hidden_rows=self.file.table.hidden_rows,
            unread_sheets=self.file.table.unread_sheets,
        )

    def batches(self, list_id: int) -> Iterator[list[EnrolmentRow]]:
        """The people of the file as rows to store, sorted by digest within each batch."""
        batch: list[EnrolmentRow] = []
        for person in self.reading.people():
            row = self._row(person, list_id)
            if row is not None:
                batch.append(row)
            if len(batch) >= ROWS_IN_A_BATCH:
                yield sorted(batch)
                batch = []
                self.progress(self.file.table.bytes_read)
        if batch:
            yield sorted(batch)
        self.progress(self.file.size)

    def _row(self, person: Person, list_id: int) -> EnrolmentRow | None:
        """The row of a person, or None for a NIK that this file had already."""
        nik = person.nik.encode()
        digest = self._hasher.nik(nik)
        village = self._village(person)
        self._look(person, village)
        half = int.from_bytes(digest[:8], "big")
        if half in self._seen:
            self.warnings.append(Finding(person.row, "duplicate_in_file", person.nik[-4:]))
            return None
        self._seen.add(half)
        self.by_village[village] += 1
        tokens = match_tokens(person.name, self._foldings)
        names = self._hasher.names(nik, tokens)
        digest, names, version = self.versions.place(self.ring, digest, names)
        if len(self._foldings) > MOST_KEPT_FOLDINGS:
            self._foldings.clear()
        return bucket_of(digest), digest, list_id, names, village, self._group(person.occupation), version

    def _look(self, person: Person, village: str | None) -> None:
        """Warn of what is odd but may be right."""
        nik = person.nik
        if not niks.has_possible_birth_date(nik):
            self.warnings.append(Finding(person.row, "birth_date_impossible", nik[-4:]))
        if not nik.startswith(self._start):
            self.warnings.append(Finding(person.row, "region_foreign", nik[-4:]))
        if village is None and (person.village or person.village_code):
            self.warnings.append(Finding(person.row, "village_unknown", nik[-4:]))

    def _village(self, person: Person) -> str | None:
        written = (person.village_code, person.district, person.village)
        if written not in self._places:
            code, district, village = (place_key(part) for part in written)
            self._places[written] = (self.villages.get(("", code)) if code else None) or self.villages.get(
                (district, village)
            )
        return self._places[written]

    def _group(self, words: str) -> str | None:
        if words not in self._groups:
            self._groups[words] = occupation_group(words)
            if len(self._groups) > MOST_KEPT_FOLDINGS:
                self._groups = {words: self._groups[words]}
        return self._groups[words]
