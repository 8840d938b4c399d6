"""A registry of any size to measure with: published lists of people who are nobody, in the order of the table.

Digests and names are random bytes: a look-up, a page of the index or a count can't tell them from real ones, and taking
real digests of ten million numbers would take longer than everything else. `python -m benchmarks.registry_fill 10000000`
fills the registry of PORTAL_INSTANCE and PORTAL_REGISTRY_URL, unless it has as many people already.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

from sqlalchemy import Connection, func, insert, select, text, update

from portal import create_app
from portal.core import migrate
from portal.registry.keying.rows import BUCKETS
from portal.registry.models import enrolment_lists, village_counts
from portal.registry.services.keys import bind_key, key_ring, registry_engine
from portal.registry.services.storing import EnrolmentRow, prepare_load, store_rows
from portal.settings import read_settings

PEOPLE_IN_A_LIST = 100_000
VILLAGES_OF_A_LIST = 110
WORK = ("farmers", "fishers", "traders", None)
NAME_BYTES = 24
JANUARY = 2026 * 12


def fill(people: int) -> float:
    """Add so many people in lists of 100.000, each of a programme of its own; seconds it took to store them."""
    numbers = random.Random(people)
    lists, counts = max(1, people // PEOPLE_IN_A_LIST), Counter[tuple[int, str]]()
    with registry_engine().connect() as connection:
        connection.detach()
        prepare_load(connection)
        ids = [_new_list(connection, number, people) for number in range(lists)]
        connection.commit()
        seconds = 0.0
        for rows in _rows(people, ids, numbers):
            counts.update((row[2], row[4] or "") for row in rows)
            begun = time.perf_counter()
            with connection.begin():
                store_rows(connection, rows)
            seconds += time.perf_counter() - begun
        _count(connection, ids, counts)
        bind_key(connection, key_ring())
        connection.commit()
    if registry_engine().dialect.name == "postgresql":
        with registry_engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE enrolments"))
    return seconds


def _new_list(connection: Connection, number: int, people: int) -> int:
    now = datetime.now(UTC)
    values = {
        "program": f"bench-{number}",
        "funding_source": "apbd_regency",
        "first_month": JANUARY,
        "last_month": JANUARY + 11,
        "sha256": f"{people:032x}{number:032x}",
        "rows_read": 1,
        "rows_accepted": 1,
        "rows_rejected": 0,
        "people": 1,
        "synthetic": False,
        "state": "published",
        "staged_at": now,
        "staged_by": "bench",
        "published_at": now,
        "published_by": "bench",
    }
    (list_id,) = connection.execute(insert(enrolment_lists).values(values)).inserted_primary_key or (0,)
    return int(list_id)


def _rows(people: int, ids: list[int], numbers: random.Random) -> Iterator[list[EnrolmentRow]]:
    """A bucket's people after another's, each in the order of their digests."""
    codes = [f"64.03.{number // 10 + 1:02}.{2000 + number % 10}" for number in range(VILLAGES_OF_A_LIST)]
    for bucket in range(BUCKETS):
        number = people // BUCKETS + (bucket < people % BUCKETS)
        if not number:
            continue
        start, digests, names = bytes((bucket,)), os.urandom(15 * number), os.urandom(NAME_BYTES * number)
        keyed = sorted(start + digests[at * 15 : at * 15 + 15] for at in range(number))
        drawn = zip(
            keyed,
            numbers.choices(ids, k=number),
            numbers.choices(codes, k=number),
            numbers.choices(WORK, k=number),
            range(0, NAME_BYTES * number, NAME_BYTES),
            strict=True,
        )
        yield [
            (bucket, digest, list_id, names[at : at + NAME_BYTES], code, work, 1)
            for digest, list_id, code, work, at in drawn
        ]


def _count(connection: Connection, ids: list[int], counts: Counter[tuple[int, str]]) -> None:
    people = Counter[int]()
    for (list_id, _code), number in counts.items():
        people[list_id] += number
    for list_id in ids:
        number = people[list_id] or 1
        change = update(enrolment_lists).where(enrolment_lists.c.id == list_id)
        connection.execute(change.values(people=number, rows_accepted=number, rows_read=number))
    values = [
        {"list_id": list_id, "village_code": code, "people": number}
        for (list_id, code), number in counts.items()
    ]
    connection.execute(insert(village_counts), values)


def main() -> int:
    """Fill the registry of the environment; exit status 2 without a number."""
    if len(sys.argv) != 2 or not sys.argv[1].isdigit():
        print("usage: python -m benchmarks.registry_fill PEOPLE", file=sys.stderr)
        return 2
    settings = read_settings(dict(os.environ))
    app = create_app(settings)
    with app.app_context():
        migrate.upgrade(settings)
        wanted = int(sys.argv[1])
        with registry_engine().connect() as connection:
            there = connection.execute(select(func.sum(enrolment_lists.c.people))).scalar_one() or 0
        seconds = fill(wanted) if there < wanted else 0.0
        with registry_engine().connect() as connection:
            lists = connection.execute(select(enrolment_lists.c.id)).all()
    print(f"{sys.argv[1]} people stored in {seconds:.1f} s; the registry has {len(lists)} lists now")
    return 0


if __name__ == "__main__":
    sys.exit(main())
