"""Several people and the worker at the same lists at once: some order of their steps comes out, and nothing twice."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import func, select

from portal.registry.models import enrolment_lists, enrolments
from portal.registry.services.counting import recount
from portal.registry.services.keys import registry_engine
from tests.registry.crash.conftest import COVER, PEOPLE, WriteList
from tests.registry.crash.killing import Ended, Runner
from tests.registry.crash.registers import bring_back, essence, read_contents, untold
from tests.registry.people import BERAU

Lists = tuple[int, int, int]
ROUNDS = 5


def all_at_once(runner: Runner, *commands: tuple[str, ...]) -> list[Ended]:
    """Begin the commands together and let all end; what is refused is told in one line."""
    ended = [one.wait() for one in [runner.start(*command) for command in commands]]
    assert all(one.status in (0, 1) and "Traceback" not in one.said for one in ended), ended
    return ended


def states() -> Counter[str]:
    """How many of the regency's own lists are in each state."""
    query = select(enrolment_lists.c.state).where(enrolment_lists.c.funding_source == "apbd_regency")
    with registry_engine().connect() as connection:
        return Counter(connection.execute(query).scalars())


def require_sound() -> None:
    """At most one list for these months, everybody in each list that is kept, nobody in others, counts as counted anew."""
    assert states()["published"] <= 1
    people = (
        select(enrolments.c.list_id, func.count().label("people")).group_by(enrolments.c.list_id).subquery()
    )
    query = select(enrolment_lists.c.state, enrolment_lists.c.people, people.c.people.label("stored"))
    joined = query.join(people, people.c.list_id == enrolment_lists.c.id, isouter=True)
    with registry_engine().connect() as connection:
        for row in connection.execute(joined):
            assert (row.stored or 0) == (0 if row.state == "purged" else row.people)
    stored = essence(read_contents())
    with registry_engine().begin() as connection:
        recount(connection, BERAU)
    assert essence(read_contents()) == stored
    assert untold() == []


def test_two_files_brought_and_published_at_once_are_two_lists_and_one_is_found(
    lists: Lists, runner: Runner, write_list: WriteList
) -> None:
    paths = [write_list(f"{number}.csv", 150 + number * 30) for number in range(3)]
    ended = all_at_once(runner, *(("registry", "import", str(path), *COVER, "--publish") for path in paths))
    assert [one.status for one in ended] == [0, 0, 0], ended
    assert states() == {"published": 1, "superseded": 4, "staged": 1}
    require_sound()


def test_the_same_file_brought_at_once_is_one_list(
    lists: Lists, runner: Runner, write_list: WriteList
) -> None:
    path = write_list("same.csv", 200)
    ended = all_at_once(runner, *[("registry", "import", str(path), *COVER)] * 3)
    assert [one.status for one in ended] == [0, 0, 0], ended
    assert states() == {"published": 1, "superseded": 1, "staged": 2}
    with registry_engine().connect() as connection:
        newest = connection.execute(select(func.max(enrolment_lists.c.people))).scalar_one()
    assert newest == PEOPLE
    require_sound()


def test_publishing_withdrawing_restoring_and_purging_at_once_come_out_in_some_order(
    lists: Lists, runner: Runner
) -> None:
    first, second, third = map(str, lists)
    before = read_contents()
    seen = set()
    for _round in range(ROUNDS):
        ended = all_at_once(
            runner,
            ("registry", "publish", third),
            ("registry", "withdraw", second),
            ("registry", "restore", first),
            ("registry", "purge"),
            ("registry", "purge"),
        )
        assert ended[3].status == ended[4].status == 0, ended
        require_sound()
        seen.add(tuple(one.status for one in ended))
        bring_back(before)
    assert seen


def test_a_list_is_purged_while_another_is_brought(
    lists: Lists, runner: Runner, write_list: WriteList
) -> None:
    path = write_list("new.csv", 300)
    purge, bring = all_at_once(
        runner, ("registry", "purge"), ("registry", "import", str(path), *COVER, "--publish")
    )
    assert (purge.status, bring.status) == (0, 0), (purge, bring)
    assert states()["purged"] == 1
    require_sound()
