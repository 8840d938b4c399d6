"""One CSV file of a package, read into values with every fault noted where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from portal.core.i18n import gettext as _
from portal.opendata.csvtext import BrokenRecord, Dialect, Record, detect, records, without_end
from portal.opendata.problems import Problem
from portal.opendata.tables import PackageTable
from portal.opendata.values import Unfit, convert, shortened, write

Row = dict[str, Any]


@dataclass
class ReadTable:
    """A table as read. `complete` is False where ids may be missing because the file could not be read on."""

    table: PackageTable
    file: str
    rows: list[Row] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    dialect: Dialect | None = None
    as_written: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    complete: bool = True

    def blame(self, line: int, column: str, reason: str) -> None:
        """Note a fault."""
        self.problems.append(Problem(self.file, line, column, reason))


def read_table(table: PackageTable, file: str, data: bytes) -> ReadTable:
    """Read one file; faults are noted in the result, never raised."""
    read = ReadTable(table, file)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        read.blame(line, "", _("this is not UTF-8 text; save the file as “CSV UTF-8”."))
        read.complete = False
        return read
    stream = records(text)
    try:
        _read_records(read, text, stream)
    except BrokenRecord as error:
        read.blame(error.line, "", _("the quotes of this row do not pair, or a cell is too long."))
        read.complete = False
    return read


def _read_records(read: ReadTable, text: str, stream: Iterator[Record]) -> None:
    header = next(stream, None)
    if header is None or not any(header.cells):
        read.blame(1, "", _("the file is empty; its first line must name the columns."))
        read.complete = False
        return
    if not _check_header(read, header.cells):
        read.complete = False
        return
    dialect = read.dialect = detect(text, header)
    columns = {column.name: column for column in read.table.columns}
    ordered = [columns[name] for name in header.cells]
    for record in stream:
        _read_record(read, ordered, record, dialect)


def _check_header(read: ReadTable, cells: list[str]) -> bool:
    expected, found = read.table.names, set(cells)
    before = len(read.problems)
    for name in dict.fromkeys(cells):
        if name not in expected:
            read.blame(
                1, shortened(name), _("the table %(table)s has no such column.", table=read.table.name)
            )
        elif cells.count(name) > 1:
            read.blame(1, name, _("the column is there twice."))
    for name in expected:
        if name not in found:
            read.blame(1, name, _("the column is missing."))
    return len(read.problems) == before


def _read_record(read: ReadTable, ordered: list[Any], record: Record, dialect: Dialect) -> None:
    if len(record.cells) != len(ordered):
        reason = (
            _(
                "the row has %(found)s cells, the header %(expected)s.",
                found=len(record.cells),
                expected=len(ordered),
            )
            if any(record.cells)
            else _("the row is empty; delete it.")
        )
        read.blame(record.line, "", reason)
        _note_id(read, record, [column.name for column in ordered])
        return
    row: Row = {}
    for column, cell in zip(ordered, record.cells, strict=True):
        try:
            row[column.name] = convert(column, cell)
        except Unfit as error:
            read.blame(record.line, column.name, str(error))
    identity = _note_id(read, record, [column.name for column in ordered])
    read.rows.append(row)
    read.lines.append(record.line)
    written = dialect.write([write(row.get(column.name)) for column in ordered])
    if written != record.raw and without_end(written) != record.raw:
        read.as_written[identity] = record.raw


def _note_id(read: ReadTable, record: Record, names: list[str]) -> str:
    """Remember the row's id, also of a row with faults: others may point at it."""
    position = names.index("id")
    identity = record.cells[position] if position < len(record.cells) else ""
    if identity and identity in read.ids:
        read.blame(record.line, "id", _("“%(value)s” was given to a row above.", value=shortened(identity)))
    read.ids.add(identity)
    return identity
