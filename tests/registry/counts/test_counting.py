"""Published numbers follow the lists: people once, months once, each payer apart, small ones hidden."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from portal.registry.counts.models import published_cells, published_sums, published_totals
from portal.registry.counts.queries import get_counts, list_cells, list_counts
from portal.registry.models import enrolment_lists, enrolments
from portal.registry.services.counting import has_uncounted_lists, recount, recount_all
from portal.registry.services.keys import registry_engine
from portal.registry.services.publication import withdraw_list
from tests.registry.conftest import Stage
from tests.registry.counts.people import village_codes, villagers
from tests.registry.people import BERAU, RUSDI, month, somebody


def cells(in_month: str, payer: str = "apbd_regency") -> dict[str, int | None]:
    """People by village in one month."""
    found = list_cells((BERAU,), month(in_month))
    return {cell.village_code: cell.people for cell in found if cell.payer == payer}


def test_a_list_is_counted_by_village_for_each_of_its_months(stage: Stage) -> None:
    stage(villagers([12, 30, 9]), first="2026-01", last="2026-06", publish=True)
    codes = village_codes(3)
    assert cells("2026-01") == cells("2026-06") == dict(zip(codes, (12, 30, 9), strict=True))
    assert cells("2026-07") == {}
    counts = get_counts(BERAU)
    assert [found.people for found in counts.series(month("2026-03"))] == [51] * 6
    assert counts.villages == 3
    assert counts.whole is not None
    assert (counts.whole.people, counts.whole.person_months, counts.whole.months_paid_twice) == (51, 306, 0)


def test_small_villages_are_hidden_with_another_and_the_total_stays(stage: Stage) -> None:
    stage(villagers([12, 3, 40]), publish=True)
    assert sorted(cells("2026-01").values(), key=str) == [40, None, None]
    now = get_counts(BERAU).month(month("2026-01"))
    assert now is not None
    assert now.people == 55


def test_a_person_month_of_two_payers_is_counted_once_and_told_as_paid_twice(stage: Stage) -> None:
    people = villagers([30])
    stage(people[:20], publish=True)
    stage(people[10:], funding="csr", first="2026-07", last="2027-03", publish=True)
    counts = get_counts(BERAU)
    before, both, after = (counts.month(month(one)) for one in ("2026-06", "2026-07", "2027-01"))
    assert before
    assert both
    assert after
    assert (before.people, both.people, after.people) == (20, 30, 20)
    assert (both.paid_twice, [payer.people for payer in both.payers]) == (10, [20, 20])
    assert counts.whole is not None
    assert (counts.whole.people, counts.whole.person_months) == (30, 20 * 6 + 30 * 6 + 20 * 3)
    assert counts.whole.months_paid_twice == 60
    assert {one.payer: one.people for one in counts.by_payer} == {"apbd_regency": 20, "csr": 20}
    (code,) = village_codes(1)
    assert cells("2026-08", "") == {code: 30}
    assert cells("2026-08", "csr") == {code: 20}


def test_few_people_on_the_lists_of_two_payers_do_not_show(stage: Stage) -> None:
    people = villagers([40])
    stage(people[:22], publish=True)
    stage(people[20:], funding="csr", publish=True)
    counts = get_counts(BERAU)
    now = counts.month(month("2026-05"))
    assert now is not None
    assert (now.people, now.paid_twice) == (None, None)
    assert (now.least, now.most) == (22, 42)
    assert counts.whole is not None
    assert (counts.whole.people, counts.whole.person_months, counts.whole.months_paid_twice) == (
        None,
        None,
        None,
    )
    (code,) = village_codes(1)
    assert [cells("2026-05", payer) for payer in ("", "apbd_regency", "csr")] == [{}, {code: 22}, {code: 20}]


def test_a_person_has_one_village_whatever_two_lists_say(stage: Stage) -> None:
    first, second = villagers([20]), villagers([20], skip=1)
    assert [one.nik for one in first] == [one.nik for one in second]
    stage(first, publish=True)
    stage(second, funding="csr", publish=True)
    code = village_codes(1)[0]
    assert cells("2026-02") == cells("2026-02", "csr") == {code: 20}


def test_people_without_a_known_village_have_a_row_of_their_own(stage: Stage) -> None:
    stage([*villagers([30]), *(somebody(100 + number) for number in range(7))], publish=True)
    assert cells("2026-01")[""] == 7
    assert get_counts(BERAU).villages == 1


def test_a_new_list_takes_the_place_of_the_numbers_and_withdrawing_brings_them_back(stage: Stage) -> None:
    stage(villagers([20]), publish=True)
    other = stage(villagers([35]), publish=True)
    assert list(cells("2026-01").values()) == [35]
    withdraw_list(other.list_id or 0, actor="test", reason="salah berkas")
    assert list(cells("2026-01").values()) == [20]


def test_without_a_published_list_there_is_no_number(stage: Stage) -> None:
    report = stage([RUSDI], publish=True)
    withdraw_list(report.list_id or 0, actor="test", reason="salah berkas")
    assert list_counts() == {}
    assert list_cells((BERAU,)) == ()


def test_made_up_people_are_in_no_number(stage: Stage) -> None:
    stage(f"DATA SINTETIS\n\nNIK,Nama\n{RUSDI.nik},{RUSDI.name}\n", publish=True)
    counts = get_counts(BERAU)
    assert (counts.synthetic, counts.totals, counts.whole) == (1, (), None)
    assert list_cells((BERAU,)) == ()


def test_a_list_of_too_few_people_shows_no_number_at_all(stage: Stage) -> None:
    stage(villagers([2, 1]), publish=True)
    counts = get_counts(BERAU)
    assert {total.people for total in counts.totals} == {None}
    assert set(cells("2026-01").values()) == {None}


def test_lists_published_before_are_counted_when_asked(stage: Stage) -> None:
    stage(villagers([20, 30]), publish=True)
    before = list_cells((BERAU,))
    with registry_engine().begin() as connection:
        for table in (published_cells, published_totals, published_sums):
            connection.execute(delete(table))
        assert has_uncounted_lists(connection)
        assert recount_all(connection) == 1
        assert not has_uncounted_lists(connection)
    assert list_cells((BERAU,)) == before


def test_counting_again_changes_nothing(stage: Stage) -> None:
    people = villagers([20, 8, 3, 40])
    stage(people[:50], publish=True)
    stage(people[15:], funding="csr", publish=True)
    before = (list_cells((BERAU,)), get_counts(BERAU))
    with registry_engine().begin() as connection:
        recount(connection, BERAU)
    assert (list_cells((BERAU,)), get_counts(BERAU)) == before


@pytest.mark.parametrize("table", [published_cells, published_totals, published_sums])
def test_the_database_itself_takes_no_small_number(stage: Stage, table: object) -> None:
    stage(villagers([20]), publish=True)
    with pytest.raises(IntegrityError), registry_engine().begin() as connection:
        connection.execute(update(table).values(people=4))  # type: ignore[arg-type]


def test_more_lists_than_bits_of_a_number_are_told_apart(stage: Stage) -> None:
    people = villagers([30])
    report = stage(people, first="2020-01", last="2020-01", publish=True)
    with registry_engine().begin() as connection:
        _copy_list(connection, report.list_id or 0, 69)
        recount(connection, BERAU)
    counts = get_counts(BERAU)
    assert counts.whole is not None
    assert (counts.whole.people, counts.whole.person_months) == (30, 30 * 70)


def _copy_list(connection: object, list_id: int, times: int) -> None:
    """The same people on further published lists, each of the month after."""
    execute = connection.execute  # type: ignore[attr-defined]
    columns = enrolment_lists.c
    row = dict(execute(select(enrolment_lists).where(columns.id == list_id)).mappings().one())
    rows = [dict(one) for one in execute(select(enrolments)).mappings()]
    for number in range(1, times + 1):
        first = row["first_month"] + number
        new = row | {"id": list_id + number, "first_month": first, "last_month": first}
        execute(insert(enrolment_lists).values(**new))
        execute(insert(enrolments), [one | {"list_id": list_id + number} for one in rows])


def test_numbers_of_several_programmes_are_read_at_once(stage: Stage, registry: Flask) -> None:
    other = "bengkayang-satu-desa-100-pekerja-rentan"
    stage(villagers([20]), publish=True)
    stage(villagers([25], start=500), program=other, publish=True)
    assert set(list_counts()) == set(list_counts((BERAU, other))) == {BERAU, other}
    assert set(list_counts((other,))) == {other}
    assert get_counts("tidak-ada").totals == ()
