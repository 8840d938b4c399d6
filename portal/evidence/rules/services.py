"""Loading `data/rules`: rates and rules of benefit are replaced together or not at all."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Table, delete, insert, select
from sqlalchemy.orm import Session

from portal.core.errors import PortalError
from portal.core.i18n import gettext as _
from portal.evidence.models import BenefitRule, ContributionRate
from portal.publishing.services import publish_change

SURE = ("H", "M-H", "M", "L", "unverified")
FILES: dict[str, Any] = {"rates.csv": ContributionRate, "benefits.csv": BenefitRule}
VOCABULARIES = {
    "payer": ("any", "private"),
    "sector": ("any", "transport", "other"),
    "programme": ("JKK", "JKM", "JKK+JKM", "JHT", "general"),
    "topic": ("contribution", "pays", "claim", "where", "term"),
    "sure": SURE,
}
Row = dict[str, Any]


class RuleFileDamaged(PortalError):
    """A file of rules can't be read or has a value it may not have; nothing was loaded."""


def load_rules(session: Session, folder: Path) -> bool:
    """Load the rules of `folder`; False where the database has just these. Commits; raises RuleFileDamaged."""
    tables: list[tuple[Table, list[Row]]] = [
        (model.__table__, _read(folder / name, model.__table__)) for name, model in FILES.items()
    ]
    if all(_stored(session, table) == rows for table, rows in tables):
        return False
    for table, rows in tables:
        session.execute(delete(table))
        session.execute(insert(table), rows)
    publish_change(session)
    session.commit()
    return True


def _stored(session: Session, table: Table) -> list[Row]:
    return _ordered(dict(row) for row in session.execute(select(table)).mappings())


def _ordered(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row.get("sequence", 0), str(row["id"])))


def _read(path: Path, table: Table) -> list[Row]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            rows = [_row(path, reader.line_num, row, table) for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise RuleFileDamaged(_("%(file)s cannot be read: bring the file back.", file=path)) from error
    if not rows:
        raise RuleFileDamaged(_("%(file)s has no rows: bring the file back.", file=path))
    return _ordered(rows)


def _row(path: Path, line: int, row: dict[str, str], table: Table) -> Row:
    """The row with its types; columns are those of the table, empty cells are None where the table allows it."""
    if list(row) != [column.name for column in table.c]:
        raise RuleFileDamaged(
            _(
                "%(file)s, line %(line)s: the columns must be %(columns)s.",
                file=path,
                line=line,
                columns=",".join(column.name for column in table.c),
            )
        )
    values = {}
    for column in table.c:
        text = row[column.name]
        try:
            values[column.name] = _value(text, column.type.python_type, bool(column.nullable))
        except (ValueError, TypeError) as error:
            raise RuleFileDamaged(_bad(path, line, column.name, text)) from error
        if column.name in VOCABULARIES and text not in VOCABULARIES[column.name]:
            raise RuleFileDamaged(_bad(path, line, column.name, text))
    return values


def _value(text: str, kind: type, nullable: bool) -> Any:
    converters: dict[type, Callable[[str], Any]] = {int: int, date: date.fromisoformat, str: str}
    return None if text == "" and nullable else converters[kind](text)


def _bad(path: Path, line: int, column: str, text: str) -> str:
    return _(
        "%(file)s, line %(line)s, %(column)s: “%(value)s” is not allowed here.",
        file=path,
        line=line,
        column=column,
        value=text,
    )
