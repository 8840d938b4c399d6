"""Whether what a package points at is there: in the package itself or among what is published."""

from __future__ import annotations

from collections.abc import Mapping, Set

from portal.core.i18n import gettext as _
from portal.opendata.reading import ReadTable
from portal.opendata.values import shortened


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
