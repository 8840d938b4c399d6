"""Where tables are declared: the content base, the registry's metadata, and their column types."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, MetaData, Text
from sqlalchemy.orm import DeclarativeBase, Session, scoped_session
from sqlalchemy.types import TypeDecorator

AnySession = Session | scoped_session[Any]

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

# The registry is a database of its own: no foreign key leads from one to the other.
registry_metadata = MetaData(naming_convention=NAMING, info={"bind_key": "registry"})


class ContentBase(DeclarativeBase):
    """Base of every table of published content."""

    metadata = MetaData(naming_convention=NAMING)


class StringList(TypeDecorator[tuple[str, ...]]):
    """A short ordered list of codes, kept as one `;`-joined text, as the data package writes it."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:
        """Join the codes; a missing list is an empty one."""
        return ";".join(value or ())

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[str, ...]:
        """Split the text again."""
        return tuple(value.split(";")) if value else ()


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, kept in UTC and read back as such; SQLite itself keeps no time zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn it into UTC; a moment without its zone is a mistake."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Say that it is UTC."""
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


def one_of(column: str, values: tuple[str, ...], *, optional: bool = False) -> str:
    """SQL of a CHECK that holds `column` to `values` (or NULL when optional)."""
    listed = ", ".join(f"'{value}'" for value in values)
    check = f"{column} IN ({listed})"
    return f"{column} IS NULL OR {check}" if optional else check
