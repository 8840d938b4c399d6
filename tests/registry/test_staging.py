"""A list is taken in whole, once, and nothing of it in plain text."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.areas.models import District, Village
from portal.extensions import db
from portal.registry.errors import UnknownProgram
from portal.registry.models import (
    check_allowances,
    enrolment_lists,
    enrolments,
    registry_state,
    village_counts,
)
from portal.registry.services.keys import registry_engine
from tests.registry.conftest import Stage
from tests.registry.people import AMINAH, RUSDI, somebody


def count_rows() -> dict[str, int]:
    with registry_engine().connect() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (enrolment_lists, enrolments, village_counts, check_allowances)
        }


def test_a_list_is_staged_with_its_counts(stage: Stage) -> None:
    report = stage([RUSDI, AMINAH])
    assert (report.rows, report.accepted, report.people, report.rejected, report.warnings) == (
        2,
        2,
        2,
        [],
        [],
    )
    with registry_engine().connect() as connection:
        row = connection.execute(select(enrolment_lists)).one()
    assert (row.id, row.state, row.people, row.staged_by, row.synthetic) == (
        report.list_id,
        "staged",
        2,
        "test",
        False,
    )


def test_the_same_file_is_one_list(stage: Stage) -> None:
    first = stage([RUSDI])
    again = stage([RUSDI])
    assert (again.list_id, again.is_known) == (first.list_id, True)
    assert count_rows()["enrolments"] == 1


def test_the_same_file_for_other_months_is_another_list(stage: Stage) -> None:
    first = stage([RUSDI], first="2025-01", last="2025-12")
    second = stage([RUSDI])
    assert (first.list_id == second.list_id, count_rows()["enrolments"]) == (False, 2)


def test_checking_stores_nothing(stage: Stage) -> None:
    report = stage([RUSDI, AMINAH], check_only=True)
    assert (report.accepted, report.list_id) == (2, None)
    assert set(count_rows().values()) == {0}


def test_bad_rows_are_reported_and_good_ones_taken(stage: Stage) -> None:
    report = stage([RUSDI, somebody(2, ""), somebody(3, "Budi")])
    assert [(finding.row, finding.reason) for finding in report.rejected] == [(3, "name_missing")]
    assert (report.rows, report.accepted, count_rows()["enrolments"]) == (3, 2, 2)


@pytest.mark.parametrize("text", ["NIK,Nama\n", "Alamat\nx\n", "NIK,Nama\n123,Rusdi\n"])
def test_a_file_without_a_good_row_makes_no_list(stage: Stage, text: str) -> None:
    report = stage(text)
    assert (report.list_id, report.accepted) == (None, 0)
    assert set(count_rows().values()) == {0}


def test_a_nik_that_comes_twice_is_one_person_and_a_warning(stage: Stage) -> None:
    report = stage([RUSDI, AMINAH, RUSDI])
    assert [tuple(finding) for finding in report.warnings] == [(4, "duplicate_in_file", RUSDI.nik[-4:])]
    assert (report.accepted, report.people, count_rows()["enrolments"]) == (3, 2, 2)


def test_odd_rows_are_taken_with_a_warning(stage: Stage) -> None:
    odd = [
        somebody(1, "Rusdi", village="Tidak Ada Kampung"),
        somebody(2, "Siti").__class__("6404992505859001", "Foreign"),
        somebody(3, "Budi").__class__("6403993102859001", "Impossible Date"),
    ]
    report = stage(odd)
    reasons = {(finding.row, finding.reason) for finding in report.warnings}
    assert reasons == {(2, "village_unknown"), (3, "region_foreign"), (4, "birth_date_impossible")}
    assert report.accepted == 3


def test_villages_are_known_by_name_district_or_code(stage: Stage) -> None:
    query = select(Village.code, Village.name, District.name).join(
        District, District.code == Village.district_code
    )
    code, village, district = db.session.execute(query.where(Village.code.like("64.03.%"))).first() or (
        "",
        "",
        "",
    )
    by_code = f"NIK,Nama,Kode Desa\n{somebody(9).nik},Budi,{code}\n"
    stage([somebody(1, "Rusdi", district=f"Kec. {district.upper()}", village=f"Kampung {village}")])
    stage(by_code)
    with registry_engine().connect() as connection:
        codes = connection.execute(select(enrolments.c.village_code)).scalars().all()
    assert codes == [code, code]


def test_an_occupation_is_kept_as_its_group_alone(stage: Stage) -> None:
    stage(
        [
            somebody(1, "Rusdi", work="Petani kebun milik H. Usman"),
            somebody(2, "Siti", work="zzz"),
            somebody(3, work=""),
        ]
    )
    with registry_engine().connect() as connection:
        groups = set(connection.execute(select(enrolments.c.occupation)).scalars())
    assert groups == {"farmers", "other", None}


def test_an_unknown_programme_is_refused_before_anything_is_read(stage: Stage) -> None:
    with pytest.raises(UnknownProgram, match="no-such-programme"):
        stage([RUSDI], program="no-such-programme")
    assert set(count_rows().values()) == {0}


def test_a_failure_in_the_middle_leaves_the_registry_as_it_was(
    stage: Stage, registry: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage([RUSDI])
    before = count_rows()
    monkeypatch.setattr("portal.registry.services.staging.ROWS_IN_A_BATCH", 10)
    text = (
        "NIK,Nama\n"
        + "".join(f"{somebody(number).nik},Budi\n" for number in range(55))
        + '6403992505859001,"Budi\n' * 9
    )
    report = stage(text)
    assert (report.reason, report.list_id) == ("unreadable", None)
    assert count_rows() == before
    with registry_engine().connect() as connection:
        assert connection.execute(select(registry_state.c.changes)).scalar_one() == 1
