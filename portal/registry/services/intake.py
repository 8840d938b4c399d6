"""One pass over a file: people become digests, and what looks odd becomes a warning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Final

from portal.registry import nik as niks
from portal.registry.digests import KeyRing, Versions, bucket_of
from portal.registry.keying.rows import BUCKETS, KeyedPerson, KeyedRows, PlainPerson
from portal.registry.keying.second_core import Keying
from portal.registry.lists import ListFile
from portal.registry.lists.header import Choice
from portal.registry.lists.occupations import occupation_group
from portal.registry.lists.rows import Person, Reading
from portal.registry.queries import place_key
from portal.registry.services.storing import EnrolmentRow
from portal.registry.shapes import Finding, ImportReport

ROWS_IN_A_CHUNK: Final = 1_000
CHUNKS_BETWEEN_PROGRESS: Final = 20
MOST_KEPT_WORDS: Final = 200_000
MOST_KEPT_CELLS: Final = 50_000
# Of a KeyedPerson.
_DIGEST: Final = itemgetter(0)
_VILLAGE: Final = itemgetter(3)

Progress = Callable[[int], None]


@dataclass(slots=True)
class Intake:
    """One pass over a file; nothing of it is stored before the whole file has been read and judged."""

    file: ListFile
    region: str
    villages: dict[tuple[str, str], str]
    ring: KeyRing
    progress: Progress
    choice: Choice | None = None
    warnings: list[Finding] = field(default_factory=list)
    by_village: Counter[str | None] = field(default_factory=Counter)
    reading: Reading = field(init=False)
    _start: str = field(init=False)
    _told: dict[tuple[str, ...], tuple[int, int, bool]] = field(default_factory=dict)
    _places: dict[tuple[str, str, str], int] = field(default_factory=dict)
    _codes: list[str | None] = field(default_factory=lambda: [None])
    _kinds: dict[str, int] = field(default_factory=dict)
    _groups: list[str | None] = field(default_factory=lambda: [None])

    def __post_init__(self) -> None:
        self.reading = Reading(self.file.table, self.choice)
        self._start = niks.region_digits(self.region)

    def read(self) -> KeyedRows:
        """Read the file to its end; raises FileHeld, KeyingStopped."""
        with Keying(self.ring.keys[0], self.file.size) as keying:
            for number, chunk in enumerate(self._chunks(), start=1):
                keying.add(chunk)
                if number % CHUNKS_BETWEEN_PROGRESS == 0:
                    self.progress(self.file.table.bytes_read)
            keyed = keying.finish()
        self.progress(self.file.size)
        return keyed

    def rows(
        self, keyed: KeyedRows, list_id: int, versions: Versions, least: int
    ) -> Iterator[list[EnrolmentRow]]:
        """The people as rows to store, in the order of the table, in batches of at least so many."""
        batch: list[EnrolmentRow] = []
        moves = versions != Versions(1)
        villages: Counter[int] = Counter()
        for bucket in range(BUCKETS):
            people = self._distinct(keyed.take(bucket))
            villages.update(map(_VILLAGE, people))
            if moves:
                batch += self._moved(people, list_id, versions)
            else:
                codes, groups = self._codes, self._groups
                batch += [
                    (bucket, digest, list_id, names, codes[village], groups[group], 1)
                    for digest, _row, _last_four, village, group, names in people
                ]
            if len(batch) >= least:
                yield batch if not moves else sorted(batch)
                batch = []
        if batch:
            yield batch if not moves else sorted(batch)
        self.by_village.update({self._codes[village]: number for village, number in villages.items()})
        self.warnings.sort()

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
            header_row=self.reading.header_row,
            columns=self.reading.found_columns(),
        )

    def _chunks(self) -> Iterator[list[PlainPerson]]:
        chunk: list[PlainPerson] = []
        told, start, may_be_born = self._told, self._start, niks.has_possible_birth_date
        for person in self.reading.people():
            row, nik, name, *_more = person
            village, group, is_lost = told.get(person[3:]) or self._tell(person)
            if is_lost or not (nik.startswith(start) and may_be_born(nik)):
                self._look(person, is_lost=is_lost)
            chunk.append((nik, name, row, village, group))
            if len(chunk) >= ROWS_IN_A_CHUNK:
                yield chunk
                chunk = []
        if chunk:
            yield chunk

    def _moved(self, people: list[KeyedPerson], list_id: int, versions: Versions) -> Iterator[EnrolmentRow]:
        """People as rows where the first key is no longer the one in use."""
        for digest, _row, _last_four, village, group, names in people:
            placed, names, version = versions.place(self.ring, digest, names)
            codes = self._codes[village], self._groups[group]
            yield bucket_of(placed), placed, list_id, names, *codes, version

    def _distinct(self, people: list[KeyedPerson]) -> list[KeyedPerson]:
        """Each NIK once, by its first row."""
        if len(set(map(_DIGEST, people))) == len(people):
            return people
        once, before = [], b""
        for one in people:
            digest, row, last_four, *_rest = one
            if digest == before:
                self.warnings.append(Finding(row, "duplicate_in_file", f"{last_four:04}"))
                continue
            before = digest
            once.append(one)
        return once

    def _look(self, person: Person, *, is_lost: bool) -> None:
        """Warn of what is odd but may be right."""
        nik = person.nik
        if not niks.has_possible_birth_date(nik):
            self.warnings.append(Finding(person.row, "birth_date_impossible", nik[-4:]))
        if not nik.startswith(self._start):
            self.warnings.append(Finding(person.row, "region_foreign", nik[-4:]))
        if is_lost:
            self.warnings.append(Finding(person.row, "village_unknown", nik[-4:]))

    def _tell(self, person: Person) -> tuple[int, int, bool]:
        """What a person's other cells stand for: village, occupation group, and whether a village is not known."""
        village, group = self._village(person), self._group(person.occupation)
        told = village, group, not village and bool(person.village or person.village_code)
        if len(self._told) > MOST_KEPT_CELLS:
            self._told.clear()
        self._told[person[3:]] = told
        return told

    def _village(self, person: Person) -> int:
        """The village's number among those of this file, 0 for none."""
        written = (person.village_code, person.district, person.village)
        if written not in self._places:
            code, district, village = (place_key(part) for part in written)
            found = (self.villages.get(("", code)) if code else None) or self.villages.get(
                (district, village)
            )
            if len(self._places) > MOST_KEPT_WORDS:
                self._places.clear()
            self._places[written] = _number_of(found, self._codes)
        return self._places[written]

    def _group(self, words: str) -> int:
        """The number of a group of occupations among those of this file, 0 for none."""
        if words not in self._kinds:
            if len(self._kinds) > MOST_KEPT_WORDS:
                self._kinds.clear()
            self._kinds[words] = _number_of(occupation_group(words), self._groups)
        return self._kinds[words]


def _number_of(found: str | None, known: list[str | None]) -> int:
    if found not in known:
        known.append(found)
    return known.index(found)
