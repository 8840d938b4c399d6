"""Whether the rows of a package fit one another and what is published: nothing points nowhere or says it twice."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from typing import Any

from portal.core.i18n import gettext as _
from portal.opendata.reading import ReadTable
from portal.opendata.values import shortened

Row = Mapping[str, Any]


def check_references(tables: Mapping[str, ReadTable], published: Mapping[str, Set[str]]) -> None:
    """Note every reference that leads nowhere; `published` has ids per table and the codes of `regions`."""
    for read in tables.values():
        for column in read.table.columns:
            target = tables.get(column.target)
            # Where the other file could not be read, its ids are unknown and blaming these rows would mislead.
            if not column.target or (target and not target.complete):
                continue
            known = published[column.target] | (target.ids if target else set())
            _check_column(read, column.name, column.target, known)


def _check_column(read: ReadTable, name: str, target: str, known: Set[str]) -> None:
    for line, row in zip(read.lines, read.rows, strict=True):
        value = row.get(name) or ()
        for item in (value,) if isinstance(value, str) else value:
            if item not in known:
                read.blame(line, name, _reason(target, item))


def _reason(target: str, item: str) -> str:
    if target == "regions":
        return _("no region has the code “%(value)s”.", value=shortened(item))
    return _("the table %(table)s has no row “%(value)s”.", table=target, value=shortened(item))


def check_agreement(tables: Mapping[str, ReadTable], stored: Callable[[str], Mapping[str, Row]]) -> None:
    """Note rows that say what another says already, and rows that contradict the one they point at.

    `stored` gives the published rows of a table by id; a row that the package has itself counts as it stands there.
    """
    for read in tables.values():
        if read.table.unique:
            _check_unique(read, stored(read.table.name))
        if read.table.agrees:
            _check_agrees(read, tables, stored)


def _check_unique(read: ReadTable, stored: Mapping[str, Row]) -> None:
    names = read.table.unique
    taken = {tuple(row[name] for name in names): key for key, row in stored.items() if key not in read.ids}
    for line, row in zip(read.lines, read.rows, strict=True):
        values = tuple(row.get(name) for name in names)
        if None not in values and taken.setdefault(values, row.get("id", "")) != row.get("id", ""):
            columns, other = ", ".join(names), shortened(taken[values])
            reason = _(
                "“%(other)s” has the same %(columns)s: leave out one of the two.",
                other=other,
                columns=columns,
            )
            read.blame(line, names[-1], reason)


def _check_agrees(
    read: ReadTable, tables: Mapping[str, ReadTable], stored: Callable[[str], Mapping[str, Row]]
) -> None:
    assert read.table.agrees
    column, names = read.table.agrees
    target = next(one.target for one in read.table.columns if one.name == column)
    brought = tables[target].rows if target in tables else []
    known = {**stored(target), **{row.get("id", ""): row for row in brought}}
    for line, row in zip(read.lines, read.rows, strict=True):
        pointed = known.get(row.get(column, ""))
        if pointed and any(row.get(name) != pointed.get(name) for name in names):
            reason = _(
                "“%(value)s” has another %(columns)s.", value=shortened(row[column]), columns=", ".join(names)
            )
            read.blame(line, column, reason)
