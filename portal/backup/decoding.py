"""A backup's lines as values for SQLite; PostgreSQL reads them itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from portal.backup.shapes import Column

Value = int | str | bytes | None
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
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
    plain = value.removesuffix("+00")
    whole, _dot, fraction = plain.partition(".")
    return f"{whole}.{fraction:0<6}"


_READERS: dict[str, Callable[[str], Value]] = {
    "int": int,
    "text": _text,
    "blob": _blob,
    "bool": lambda value: int(value == "t"),
    "day": str,
    "moment": _moment,
}
