"""The records of the data package one by one, for publishing: read, judged, written and removed as cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Table, delete, func, insert, select, update

from portal.areas.models import Region
from portal.core.database import AnySession
from portal.core.i18n import gettext as _
from portal.core.labels import label
from portal.opendata.naming import PARENTS, base_id, title_of
from portal.opendata.tables import BY_NAME, Column, PackageTable
from portal.opendata.values import Unfit, convert, shortened, write
from portal.publishing.models import Item
from portal.publishing.records import Change, Problem, Reference, StillCited
from portal.publishing.shapes import Cells

Row = dict[str, Any]

TRANSLATED = re.compile(r"^(.+)_en$")
# What readers take as a figure: another number, or another word on how sure it is.
FIGURES = {
    "commitments": ("fiscal_year", "funding_source"),
    "statements": (
        "stage",
        "workers",
        "workers_qualifier",
        "monthly_contribution_idr",
        "months",
        "amount_idr",
        "amount_qualifier",
    ),
    "lead_choices": ("statement_id",),
    "claims": ("metric", "value", "unit", "qualifier"),
}
NUMBERS = re.compile(r"\[\[[^\]]*\]\]|\d+(?:[.,]\d+)*")


class PackageRecords:
    """Implements publishing.records.Records over the tables of the package."""

    @property
    def kinds(self) -> tuple[str, ...]:
        """The tables, in the order of loading."""
        return tuple(BY_NAME)

    def cells(self, session: AnySession, kind: str, record_id: str) -> Cells | None:
        """See Records."""
        table = BY_NAME[kind]
        names = [name for name in table.names if name in table.stored.c]
        query = select(*(table.stored.c[name] for name in names)).where(table.stored.c.id == record_id)
        row = session.execute(query).one_or_none()
        if row is None:
            return None
        values = dict(zip(names, row, strict=True))
        if table.links is not None:
            values["source_ids"] = self._sources(session, table, record_id)
        return {name: write(values[name]) for name in table.names}

    def region(self, session: AnySession, kind: str, cells: Cells) -> str | None:
        """See Records; a parent that is not published yet is found among the items."""
        if kind in PARENTS:
            column, parent = PARENTS[kind]
            return self._region_of(session, parent, cells.get(column, ""))
        return cells.get("region_code") or None

    def title(self, kind: str, cells: Cells) -> str:
        """See Records."""
        return title_of(kind, cells)

    def marks(self, kind: str, cells: Cells) -> tuple[str, ...]:
        """See Records."""
        found = []
        if BY_NAME[kind].links is not None and not cells.get("source_ids", "").strip():
            found.append("no_source")
        pairs = [(match[1], name) for name in BY_NAME[kind].names if (match := TRANSLATED.match(name))]
        if any(
            cells.get(f"{base}_id", "").strip() and not cells.get(name, "").strip() for base, name in pairs
        ):
            found.append("untranslated")
        return tuple(found)

    def new_id(self, session: AnySession, kind: str, cells: Cells, region_code: str | None) -> str:
        """See Records."""
        slug = session.execute(select(Region.slug).where(Region.code == region_code)).scalar_one_or_none()
        base = base_id(kind, cells, slug)
        table = BY_NAME[kind].stored
        taken = set(session.execute(select(Item.record_id).where(Item.kind == kind)).scalars())
        taken |= set(session.execute(select(table.c.id).where(table.c.id.startswith(base))).scalars())
        return next(one for one in _numbered(base) if one not in taken)

    def problems(self, session: AnySession, kind: str, record_id: str, cells: Cells) -> list[Problem]:
        """See Records."""
        found = []
        for column in BY_NAME[kind].columns:
            try:
                value = convert(column, cells.get(column.name, ""))
            except Unfit as error:
                found.append(Problem(column.name, _named(column, str(error))))
                continue
            found += self._lost(session, column, value)
        return found

    def unpublished(self, session: AnySession, kind: str, cells: Cells) -> list[Reference]:
        """See Records."""
        return [
            Reference(column.target, item)
            for column in BY_NAME[kind].columns
            if column.target in BY_NAME
            for item in _references(column, cells)
            if not self._is_stored(session, column.target, item)
        ]

    def write(self, session: AnySession, kind: str, record_id: str, cells: Cells) -> list[Change]:
        """See Records."""
        table = BY_NAME[kind]
        row = {column.name: convert(column, cells.get(column.name, "")) for column in table.columns}
        row["id"] = record_id
        stored = {name: row[name] for name in table.names if name in table.stored.c}
        before = self.cells(session, kind, record_id)
        if before is None:
            last = session.execute(select(func.max(table.stored.c.sequence))).scalar() or 0
            session.execute(insert(table.stored).values(**stored, sequence=last + 1))
        else:
            values = {name: value for name, value in stored.items() if name != "id"}
            session.execute(update(table.stored).where(table.stored.c.id == record_id).values(**values))
        if table.links is not None and (before is None or before["source_ids"] != write(row["source_ids"])):
            self._link(session, table, record_id, row["source_ids"])
        if before is None:
            return []
        after = {name: write(row[name]) for name in table.names}
        return [
            Change(name, before[name], after[name]) for name in table.names if before[name] != after[name]
        ]

    def remove(self, session: AnySession, kind: str, record_id: str) -> None:
        """See Records."""
        table = BY_NAME[kind]
        by = tuple(self.cited_by(session, kind, record_id))
        if by:
            names = ", ".join(f"{label('record_kind', one.kind)} {one.record_id}" for one in by[:5])
            raise StillCited(
                _("Published records point at this: %(names)s. Change or withdraw them first.", names=names),
                by,
            )
        if table.links is not None:
            session.execute(delete(table.links).where(table.links.c[table.owner] == record_id))
        session.execute(delete(table.stored).where(table.stored.c.id == record_id))

    def figures_changed(self, kind: str, before: Cells, after: Cells) -> bool:
        """See Records; in a text every number and every bound figure counts."""
        if kind in FIGURES:
            return any(before.get(name, "") != after.get(name, "") for name in FIGURES[kind])
        names = [column.name for column in BY_NAME[kind].columns if column.kind == "text"]
        return any(
            sorted(NUMBERS.findall(before.get(name, ""))) != sorted(NUMBERS.findall(after.get(name, "")))
            for name in names
        )

    def cited_by(self, session: AnySession, kind: str, record_id: str) -> Iterator[Reference]:
        """The published records that point at this one."""
        for table in BY_NAME.values():
            for column in table.columns:
                if column.target != kind:
                    continue
                place, owner = (
                    (table.stored.c[column.name], table.stored.c.id)
                    if column.name in table.stored.c
                    else _link(table)
                )
                query = select(owner).where(place == record_id).order_by(owner)
                yield from (Reference(table.name, one) for one in session.execute(query).scalars())

    def _region_of(self, session: AnySession, kind: str, record_id: str) -> str | None:
        if not record_id:
            return None
        query = select(Item.region_code).where(Item.kind == kind, Item.record_id == record_id)
        row = session.execute(query).one_or_none()
        if row is not None:
            return row[0]
        cells = self.cells(session, kind, record_id)
        return self.region(session, kind, cells) if cells else None

    def _lost(self, session: AnySession, column: Column, value: Any) -> Iterator[Problem]:
        """References that lead neither to what is published nor to a draft."""
        if not column.target or not value:
            return
        for item in (value,) if isinstance(value, str) else value:
            if column.target == "regions":
                known = session.execute(select(Region.code).where(Region.code == item)).first() is not None
            else:
                known = self._is_stored(session, column.target, item) or self._is_drafted(
                    session, column.target, item
                )
            if not known:
                yield Problem(
                    column.name,
                    _(
                        "%(column)s: “%(value)s” does not exist; choose it from the list.",
                        column=label("column", column.name),
                        value=shortened(item),
                    ),
                )

    def _is_stored(self, session: AnySession, kind: str, record_id: str) -> bool:
        stored = BY_NAME[kind].stored
        return session.execute(select(stored.c.id).where(stored.c.id == record_id)).first() is not None

    def _is_drafted(self, session: AnySession, kind: str, record_id: str) -> bool:
        query = select(Item.id).where(Item.kind == kind, Item.record_id == record_id, Item.live == "no")
        return session.execute(query).first() is not None

    def _sources(self, session: AnySession, table: PackageTable, record_id: str) -> tuple[str, ...]:
        links = table.links
        assert links is not None
        query = select(links.c.source_id).where(links.c[table.owner] == record_id).order_by(links.c.position)
        return tuple(session.execute(query).scalars())

    def _link(
        self, session: AnySession, table: PackageTable, record_id: str, sources: tuple[str, ...]
    ) -> None:
        links = table.links
        assert links is not None
        session.execute(delete(links).where(links.c[table.owner] == record_id))
        rows = [
            {table.owner: record_id, "source_id": source, "position": position}
            for position, source in enumerate(sources, 1)
        ]
        if rows:
            session.execute(insert(links), rows)


def _link(table: PackageTable) -> tuple[Any, Any]:
    links: Table | None = table.links
    assert links is not None
    return links.c.source_id, links.c[table.owner]


def _named(column: Column, reason: str) -> str:
    return f"{label('column', column.name)}: {reason}"


def _references(column: Column, cells: Cells) -> tuple[str, ...]:
    return tuple(item.strip() for item in cells.get(column.name, "").split(";") if item.strip())


def _numbered(base: str) -> Iterator[str]:
    yield base
    number = 2
    while True:
        yield f"{base}-{number}"
        number += 1
