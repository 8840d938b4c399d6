"""Published counts: each person and each person-month of a programme once, however many lists pay for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from sqlalchemy import BigInteger, ColumnElement, Connection, case, delete, func, insert, literal, select

from portal.registry.models import enrolments, published_counts, village_counts
from portal.registry.queries import list_published
from portal.registry.shapes import EnrolmentList

# Lists are told apart by the bits of whole numbers; both databases count to 2^63.
BITS: Final = 60


def recount(connection: Connection, program: str) -> None:
    """Count a programme's published lists anew, in the caller's transaction."""
    connection.execute(delete(published_counts).where(published_counts.c.program == program))
    lists = [one for one in list_published(connection).values() if one.cover.program == program]
    for synthetic in (False, True):
        group = sorted((one for one in lists if one.synthetic is synthetic), key=lambda one: one.id)
        rows = _count_one(connection, group[0]) if len(group) == 1 else _count_many(connection, group)
        if rows:
            same = {"program": program, "synthetic": synthetic}
            connection.execute(insert(published_counts), [same | row for row in rows])


def _count_one(connection: Connection, only: EnrolmentList) -> list[dict[str, object]]:
    """A single list was counted when it was staged."""
    months = only.cover.last_month - only.cover.first_month + 1
    query = select(village_counts.c.village_code, village_counts.c.people).where(
        village_counts.c.list_id == only.id
    )
    return [
        {"village_code": code, "people": people, "person_months": people * months, "months_paid_twice": 0}
        for code, people in connection.execute(query)
    ]


def _count_many(connection: Connection, lists: Sequence[EnrolmentList]) -> list[dict[str, object]]:
    """People by the set of lists they are in; one pass over the registry in digest order."""
    if not lists:
        return []
    masks = _masks(lists)
    ids = [one.id for one in lists]
    village = func.coalesce(func.min(enrolments.c.village_code), "").label("village")
    people = (
        select(village, *masks)
        .where(enrolments.c.list_id.in_(ids))
        .group_by(enrolments.c.bucket, enrolments.c.nik_digest)
        .subquery()
    )
    columns = list(people.c)
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for row in connection.execute(select(*columns, func.count()).group_by(*columns)):
        code, bits, number = row[0], row[1:-1], row[-1]
        once, paid = _months(lists, bits)
        cell = counts[code]
        cell[0] += number
        cell[1] += number * once
        cell[2] += number * (paid - once)
    return [
        {"village_code": code, "people": cell[0], "person_months": cell[1], "months_paid_twice": cell[2]}
        for code, cell in sorted(counts.items())
    ]


def _masks(lists: Sequence[EnrolmentList]) -> list[ColumnElement[int]]:
    """Sums that hold one bit for each list a person is in."""
    masks: list[ColumnElement[int]] = []
    for start in range(0, len(lists), BITS):
        bits = {one.id: 1 << place for place, one in enumerate(lists[start : start + BITS])}
        # PostgreSQL sums bigint to numeric; the cast keeps a whole number that groups fast.
        one_bit = case(bits, value=enrolments.c.list_id, else_=literal(0, BigInteger))
        masks.append(func.sum(one_bit).cast(BigInteger).label(f"mask_{start}"))
    return masks


def _months(lists: Sequence[EnrolmentList], bits: Sequence[int]) -> tuple[int, int]:
    """Months covered once, and months paid in all, for people in this set of lists."""
    covered: set[int] = set()
    paid = 0
    for place, one in enumerate(lists):
        if bits[place // BITS] >> (place % BITS) & 1:
            months = range(one.cover.first_month, one.cover.last_month + 1)
            covered.update(months)
            paid += len(months)
    return len(covered), paid
