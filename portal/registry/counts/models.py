"""Tables of what is published as numbers; hidden numbers are not in them, so no reader can let them out.

Months are numbered as in the registry. Payer '' stands for any payer, each person once.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, DateTime, Integer, String, Table

from portal.core.database import registry_metadata

# Over the whole time of a programme. Made-up lists have one row, for people to see that they are made up.
published_sums = Table(
    "published_sums",
    registry_metadata,
    Column("program", String(120), primary_key=True),
    Column("synthetic", Boolean, primary_key=True),
    Column("payer", String(20), primary_key=True),
    Column("people", Integer),
    Column("person_months", BigInteger),
    # Months of a person that a second payer also pays for.
    Column("months_paid_twice", BigInteger),
    # Known villages that have a cell.
    Column("villages", Integer, nullable=False),
    CheckConstraint("synthetic OR people >= 5", name="people"),
    sqlite_with_rowid=False,
)

# From `first_month` to `last_month` the same people are covered.
published_totals = Table(
    "published_totals",
    registry_metadata,
    Column("program", String(120), primary_key=True),
    Column("first_month", Integer, primary_key=True),
    Column("payer", String(20), primary_key=True),
    Column("last_month", Integer, nullable=False),
    Column("people", Integer),
    Column("published_at", DateTime(timezone=True), nullable=False),
    CheckConstraint("first_month <= last_month", name="period"),
    CheckConstraint("people >= 5", name="people"),
    sqlite_with_rowid=False,
)

# Any payer has cells only where two or more pay at once; else they are those of the only payer.
published_cells = Table(
    "published_cells",
    registry_metadata,
    Column("program", String(120), primary_key=True),
    Column("first_month", Integer, primary_key=True),
    Column("payer", String(20), primary_key=True),
    # Empty for people whose village no list names.
    Column("village_code", String(13), primary_key=True),
    Column("last_month", Integer, nullable=False),
    Column("people", Integer),
    CheckConstraint("first_month <= last_month", name="period"),
    CheckConstraint("people >= 5", name="people"),
    sqlite_with_rowid=False,
)
