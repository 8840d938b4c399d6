"""A backup's lines as values for SQLite; PostgreSQL reads them itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from typing import Final

from portal.backup.shapes import Column

Value = int | str | bytes | None
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)(?:\.(\d{1,6}))?(?:\+00)?", re.ASCII)
MOST: Final = 2**63 - 1
_SIGNS = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v"}


def decode_rows(lines: Iterable[str], columns: tuple[Column, ...]) -> Iterator[tuple[Value, ...]]:
    """Rows out of lines; raises ValueError for a line that has not these columns."""
    readers = [_READERS[column.kind] for column in columns]
    for line in lines:
        yield tuple(
            None if value == r"\N" else reader(value)
            for reader, value in zip(readers, line.removesuffix("\n").split("\t"), strict=True)
        )


def _text(value: str) -> str:
    if "\\" not in value:
        return value
    return _ESCAPED.sub(lambda found: _SIGNS.get(found[1], found[1]), value)


def _blob(value: str) -> bytes:
    return bytes.fromhex(value.removeprefix("\\\\x"))


def _moment(value: str) -> str:
    """As SQLAlchemy keeps moments in SQLite: UTC, without saying so, with six digits of a second."""
    found = _MOMENT.fullmatch(value)
    if not found:
        raise ValueError("no moment")
    datetime.fromisoformat(found[1])
    return f"{found[1]}.{found[2] or '':0<6}"


def _day(value: str) -> str:
    date.fromisoformat(value)
    return value


def _number(value: str) -> int:
    number = int(value)
    if not -MOST - 1 <= number <= MOST:
        raise ValueError("too large for a database")
    return number


def _truth(value: str) -> int:
    if value not in ("t", "f"):
        raise ValueError("neither true nor false")
    return int(value == "t")


_READERS: dict[str, Callable[[str], Value]] = {
    "int": _number,
    "text": _text,
    "blob": _blob,
    "bool": _truth,
    "day": _day,
    "moment": _moment,
}
