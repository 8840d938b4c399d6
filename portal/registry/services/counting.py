"""Published counts, made anew in the transaction that publishes or withdraws a list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    bindparam,
    case,
    delete,
    func,
    insert,
    literal,
    select,
)

from portal.registry.counts.models import published_cells, published_sums, published_totals
from portal.registry.counts.suppression import Shown, protect
from portal.registry.counts.unions import (
    ANY_PAYER,
    Column,
    PaidList,
    added_up,
    columns_of,
    people_in,
)
from portal.registry.models import enrolment_lists, enrolments, village_counts
from portal.registry.queries import list_published
from portal.registry.shapes import EnrolmentList

# Lists are told apart by the bits of whole numbers; both databases count to 2^63.
BITS: Final = 60
# A partition of PostgreSQL's.
AT_ONCE: Final = 16
BUCKETS: Final = 256
TABLES: Final = (published_cells, published_totals, published_sums)
Row = dict[str, object]


def recount(connection: Connection, program: str) -> None:
    """Count a programme's published lists anew, in the caller's transaction."""
    for table in TABLES:
        connection.execute(delete(table).where(table.c.program == program))
    lists = [one for one in list_published(connection).values() if one.cover.program == program]
    made_up = [one for one in lists if one.synthetic]
    if made_up:
        people = _people(connection, made_up)
        _store(connection, published_sums, program, [_sum_row(ANY_PAYER, people, synthetic=True)])
    real = sorted((one for one in lists if not one.synthetic), key=lambda one: one.id)
    if real:
        _count_real(connection, program, real)


def recount_all(connection: Connection) -> int:
    """Count every programme with a published list anew; gives how many there are."""
    programs = sorted({one.cover.program for one in list_published(connection).values()})
    for program in programs:
        recount(connection, program)
    return len(programs)


def has_uncounted_lists(connection: Connection) -> bool:
    """Whether lists were published before counts were kept as they are now."""
    counted = select(published_sums.c.program)
    query = select(enrolment_lists.c.id).where(
        enrolment_lists.c.state == "published", enrolment_lists.c.program.not_in(counted)
    )
    return connection.execute(query.limit(1)).first() is not None


def _count_real(connection: Connection, program: str, lists: Sequence[EnrolmentList]) -> None:
    """Store what may be shown of a programme's real lists."""
    atoms = _count(connection, lists)
    covers = [one.cover for one in lists]
    paid = [PaidList(one.funding_source, one.first_month, one.last_month) for one in covers]
    columns = columns_of(paid)
    kept = tuple(column for column in columns if column.payer or _payers(column, columns) > 1)
    everybody = {
        payer: _members(columns, payer) for payer in (ANY_PAYER, *sorted({one.payer for one in paid}))
    }
    shown = protect(atoms, kept, frozenset(everybody.values()) | {column.members for column in columns})
    whole = added_up(atoms)
    since = [_published_at(connection, one.id) for one in lists]
    _store(connection, published_cells, program, list(_cell_rows(kept, shown)))
    _store(
        connection, published_totals, program, [_total_row(column, whole, shown, since) for column in columns]
    )
    villages = len([code for code in atoms if code])
    sums = [
        _sum_row(payer, people_in(whole, members) if members in shown.unions else None, villages)
        | _months_row([column for column in columns if column.payer == payer], columns, whole, shown)
        for payer, members in everybody.items()
    ]
    _store(connection, published_sums, program, sums)


def _store(connection: Connection, table: object, program: str, rows: Sequence[Row]) -> None:
    if rows:
        connection.execute(insert(table), [{"program": program, **row} for row in rows])  # type: ignore[arg-type]


def _published_at(connection: Connection, list_id: int) -> datetime:
    query = select(enrolment_lists.c.published_at).where(enrolment_lists.c.id == list_id)
    moment: datetime = connection.execute(query).scalar_one()
    return moment


def _payers(column: Column, columns: Sequence[Column]) -> int:
    return sum(1 for other in columns if other.payer != ANY_PAYER and other.shares_months(column))


def _members(columns: Sequence[Column], payer: str) -> int:
    members = 0
    for column in columns:
        if payer in (ANY_PAYER, column.payer):
            members |= column.members
    return members


def _cell_rows(columns: Sequence[Column], shown: Shown) -> Iterator[Row]:
    for column, cells in zip(columns, shown.cells, strict=True):
        for code, people in sorted(cells.items()):
            yield {**_period(column), "village_code": code, "people": people}


def _total_row(column: Column, whole: dict[int, int], shown: Shown, since: Sequence[datetime]) -> Row:
    people = people_in(whole, column.members) if column.members in shown.unions else None
    newest = max(moment for place, moment in enumerate(since) if column.members >> place & 1)
    return {**_period(column), "people": people, "published_at": newest}


def _period(column: Column) -> Row:
    return {
        "payer": column.payer,
        "first_month": column.first_month,
        "last_month": column.last_month,
    }


def _sum_row(payer: str, people: int | None, villages: int = 0, *, synthetic: bool = False) -> Row:
    return {
        "payer": payer,
        "synthetic": synthetic,
        "people": people,
        "person_months": None,
        "months_paid_twice": None,
        "villages": villages,
    }


def _months_row(own: Sequence[Column], columns: Sequence[Column], whole: dict[int, int], shown: Shown) -> Row:
    """Months covered and months paid twice; hidden with any number that they are made of."""
    if any(column.members not in shown.unions for column in own):
        return {}
    months = sum(column.months * people_in(whole, column.members) for column in own)
    paying = [column for column in columns if column.payer != ANY_PAYER]
    if own[0].payer != ANY_PAYER:
        return {"person_months": months}
    if any(column.members not in shown.unions for column in paying):
        return {"person_months": months}
    paid = sum(column.months * people_in(whole, column.members) for column in paying)
    return {"person_months": months, "months_paid_twice": paid - months}


def _people(connection: Connection, lists: Sequence[EnrolmentList]) -> int:
    """How many people are on any of the lists, each once, wherever they live."""
    person = enrolments.c.bucket, enrolments.c.nik_digest
    once = select(*person).where(enrolments.c.list_id.in_([one.id for one in lists])).group_by(*person)
    number: int = connection.execute(select(func.count()).select_from(once.subquery())).scalar_one()
    return number


def _count(connection: Connection, lists: Sequence[EnrolmentList]) -> dict[str, dict[int, int]]:
    """People by village ('' unknown) and set of lists, in the lists' order."""
    if len(lists) > 1:
        return _count_many(connection, lists)
    # A single list was counted when it was staged.
    query = select(village_counts.c.village_code, village_counts.c.people).where(
        village_counts.c.list_id == lists[0].id
    )
    return {code: {1: people} for code, people in connection.execute(query)}


def _count_many(connection: Connection, lists: Sequence[EnrolmentList]) -> dict[str, dict[int, int]]:
    """One pass over the registry in digest order, a sixteenth at a time: what is sorted stays in memory."""
    village = func.coalesce(func.min(enrolments.c.village_code), "").label("village")
    people = (
        select(village, *_masks(lists))
        .where(
            enrolments.c.list_id.in_([one.id for one in lists]),
            enrolments.c.bucket.between(bindparam("first"), bindparam("last")),
        )
        .group_by(enrolments.c.bucket, enrolments.c.nik_digest)
        .subquery()
    )
    columns = list(people.c)
    query = select(*columns, func.count()).group_by(*columns)
    counts: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for first in range(0, BUCKETS, AT_ONCE):
        for row in connection.execute(query, {"first": first, "last": first + AT_ONCE - 1}):
            members = sum(bits << (BITS * place) for place, bits in enumerate(row[1:-1]))
            counts[row[0]][members] += row[-1]
    return counts


def _masks(lists: Sequence[EnrolmentList]) -> list[ColumnElement[int]]:
    """Sums that hold one bit for each list a person is in."""
    masks: list[ColumnElement[int]] = []
    for start in range(0, len(lists), BITS):
        bits = {one.id: 1 << place for place, one in enumerate(lists[start : start + BITS])}
        # PostgreSQL sums bigint to numeric; the cast keeps a whole number that groups fast.
        one_bit = case(bits, value=enrolments.c.list_id, else_=literal(0, BigInteger))
        masks.append(func.sum(one_bit).cast(BigInteger).label(f"mask_{start}"))
    return masks
