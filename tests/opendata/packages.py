"""Random valid packages, written in random ways, for properties of load and export."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from hypothesis import strategies as st

from portal.opendata.layout import resource
from portal.opendata.tables import TABLES, Column, PackageTable

REGIONS = ("61", "61.07", "64.03", "64.09", "65", "65.71")
LETTERS = st.one_of(
    st.sampled_from("\",;\n=+-@|'“é"), st.characters(exclude_categories=("Cs", "Cc", "Cf", "Cn"))
)
text = st.one_of(
    st.text(LETTERS, min_size=1, max_size=12), st.sampled_from(["a\r\nb", "a\rb", ' "x"', "x\t"])
).filter(str.strip)
identifiers = st.from_regex(r"\A[a-z0-9][a-z0-9._-]{0,8}\Z")
whole = st.one_of(st.integers(0, 2**31 - 1).map(str), st.sampled_from(["0", "007", "+5", "-0"]))
numbers = st.one_of(whole, st.decimals(0, 10**6, places=2).map(str))


@dataclass(frozen=True)
class Written:
    """The bytes of each file of a package."""

    files: dict[str, bytes]

    def save(self, folder: Path) -> Path:
        """Write the package to an empty folder."""
        folder.mkdir()
        for name, data in self.files.items():
            (folder / name).write_bytes(data)
        return folder


@st.composite
def packages(draw: st.DrawFn) -> Written:
    """A package whose references all lead somewhere; columns and tables in any order, quotes and line ends mixed."""
    ids: dict[str, list[str]] = {"regions": list(REGIONS)}
    rows: dict[str, list[dict[str, str]]] = {}
    for table in TABLES:
        parents = [c.target for c in table.columns if c.required and c.target]
        most = 3 if all(ids[parent] for parent in parents) else 0
        ids[table.name] = draw(st.lists(identifiers, max_size=most, unique=True))
        rows[table.name] = [_row(draw, table, identity, ids) for identity in ids[table.name]]
        _agree(table, rows)
        ids[table.name] = [row["id"] for row in rows[table.name]]
    order = draw(st.permutations(TABLES))
    name = draw(st.sampled_from(["starter", "laporan-2026"]))
    content = {"name": name, "resources": [resource(table, f"{table.name}.csv") for table in order]}
    files = {"datapackage.json": json.dumps(content, indent=draw(st.integers(0, 4))).encode()}
    return Written(files | {f"{table.name}.csv": _file(draw, table, rows[table.name]) for table in order})


def _row(draw: st.DrawFn, table: PackageTable, identity: str, ids: dict[str, list[str]]) -> dict[str, str]:
    return {column.name: _cell(draw, column, identity, ids) for column in table.columns}


def _agree(table: PackageTable, rows: dict[str, list[dict[str, str]]]) -> None:
    """Let rows say what the row they point at says, and leave out those that say what another one does."""
    if table.agrees:
        column, names = table.agrees
        target = next(one.target for one in table.columns if one.name == column)
        pointed = {row["id"]: row for row in rows[target]}
        for row in rows[table.name]:
            row.update({name: pointed[row[column]][name] for name in names})
    if table.unique:
        first = {tuple(row[name] for name in table.unique): row for row in reversed(rows[table.name])}
        rows[table.name] = list(reversed(first.values()))


def _cell(draw: st.DrawFn, column: Column, identity: str, ids: dict[str, list[str]]) -> str:
    if column.kind == "id":
        return identity
    if not column.required and (draw(st.booleans()) or (column.target and not ids[column.target])):
        return ""
    if column.choices:
        return draw(st.sampled_from(column.choices))
    if column.kind == "reference":
        return draw(st.sampled_from(ids[column.target]))
    if column.kind == "references":
        return ";".join(
            draw(st.lists(st.sampled_from(ids[column.target]), min_size=1, max_size=3, unique=True))
        )
    return draw(PLAIN[column.kind])


PLAIN = {
    "text": text,
    "url": st.sampled_from(["https://example.org/a?b=c,d", "HTTP://example.org"]),
    "email": st.sampled_from(["disnaker@berau.go.id", "kc+berau@bpjs.example"]),
    "phone": st.sampled_from(["175", "(0554) 21101", "+62 554-21101"]),
    "integer": whole,
    "number": numbers,
    "year": st.integers(1900, 2100).map(str),
    "date": st.dates().map(str),
    "codes": st.lists(identifiers, min_size=1, max_size=3, unique=True).map(";".join),
}


def _file(draw: st.DrawFn, table: PackageTable, rows: list[dict[str, str]]) -> bytes:
    columns = draw(st.permutations(table.names))
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    quotes = draw(st.sampled_from(["all", "needed", "mixed"]))
    lines = [",".join(columns) + newline]
    for row in rows:
        always = quotes == "all" or (quotes == "mixed" and draw(st.booleans()))
        lines.append(",".join(_quoted(row[name], always) for name in columns) + newline)
    joined = "".join(lines)
    if draw(st.booleans()):
        joined = joined.removesuffix(newline)
    return (("\ufeff" if draw(st.booleans()) else "") + joined).encode()


def _quoted(cell: str, always: bool) -> str:
    return '"' + cell.replace('"', '""') + '"' if always or set(cell) & set('",\r\n') else cell
