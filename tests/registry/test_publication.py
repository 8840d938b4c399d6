"""A list is published and withdrawn in one step, and every person-month is counted once."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.core.content_version import current_number
from portal.extensions import db
from portal.registry.errors import ListCannotMove, UnknownList
from portal.registry.queries import list_lists
from portal.registry.services.checking import check_cover
from portal.registry.services.keys import registry_engine
from portal.registry.services.publication import publish_list, withdraw_list
from portal.registry.shapes import FoundCover
from tests.registry.conftest import Stage
from tests.registry.people import AMINAH, BERAU, RUSDI, Somebody, month, somebody


def states() -> dict[int, str]:
    with registry_engine().connect() as connection:
        return {one.id: one.state for one in list_lists(connection)}


def ask(person: Somebody) -> tuple[FoundCover, ...]:
    return check_cover(person.nik, person.name, "203.0.113.5")


def test_a_staged_list_is_found_only_once_it_is_published(stage: Stage) -> None:
    report = stage([RUSDI])
    assert ask(RUSDI) == ()
    publish_list(report.list_id or 0, actor="test")
    assert ask(RUSDI) == (FoundCover(BERAU, "apbd_regency", ((month("2026-01"), month("2026-12")),), False),)


def test_a_new_list_replaces_the_one_whose_months_it_touches(stage: Stage) -> None:
    first = stage([RUSDI], publish=True)
    second = stage([AMINAH], first="2026-06", publish=True)
    assert states() == {first.list_id: "superseded", second.list_id: "published"}
    assert (ask(RUSDI), bool(ask(AMINAH))) == ((), True)


def test_withdrawing_brings_the_replaced_list_back(stage: Stage) -> None:
    first = stage([RUSDI], publish=True)
    second = stage([AMINAH], publish=True)
    withdraw_list(second.list_id or 0, actor="test")
    assert states() == {first.list_id: "published", second.list_id: "withdrawn"}
    assert (bool(ask(RUSDI)), ask(AMINAH)) == (True, ())


@pytest.mark.parametrize(
    "other",
    [
        {"funding": "csr"},
        {"first": "2025-01", "last": "2025-12"},
        {"program": "bengkayang-satu-desa-100-pekerja-rentan"},
    ],
    ids=["another payer", "other months", "another programme"],
)
def test_a_list_of_another_cover_stays(stage: Stage, other: dict[str, str]) -> None:
    stage([RUSDI], publish=True)
    stage([AMINAH], publish=True, **other)  # type: ignore[arg-type]
    assert set(states().values()) == {"published"}


def test_a_replaced_list_does_not_come_back_over_a_third_one(stage: Stage) -> None:
    year = stage([RUSDI], publish=True)
    spring = stage([AMINAH], last="2026-06", publish=True)
    autumn = stage([somebody(9)], first="2026-07", publish=True)
    withdraw_list(spring.list_id or 0, actor="test")
    assert states()[year.list_id or 0] == "superseded"
    withdraw_list(autumn.list_id or 0, actor="test")
    assert states()[year.list_id or 0] == "published"


def test_a_withdrawn_list_can_be_published_again(stage: Stage) -> None:
    report = stage([RUSDI], publish=True)
    withdraw_list(report.list_id or 0, actor="test")
    publish_list(report.list_id or 0, actor="test")
    assert ask(RUSDI)


def test_steps_that_make_no_sense_are_refused_with_a_sentence(stage: Stage) -> None:
    first, second = stage([RUSDI], publish=True), stage([AMINAH], publish=True)
    with pytest.raises(ListCannotMove):
        publish_list(second.list_id or 0, actor="test")
    with pytest.raises(ListCannotMove, match=str(second.list_id)):
        publish_list(first.list_id or 0, actor="test")
    with pytest.raises(UnknownList, match="999"):
        withdraw_list(999, actor="test")
    withdraw_list(second.list_id or 0, actor="test")
    with pytest.raises(ListCannotMove):
        withdraw_list(second.list_id or 0, actor="test")


def test_a_list_brought_again_after_withdrawal_cannot_be_doubled(stage: Stage) -> None:
    first = stage([RUSDI], publish=True)
    withdraw_list(first.list_id or 0, actor="test")
    again = stage([RUSDI], publish=True)
    assert again.list_id != first.list_id
    with pytest.raises(ListCannotMove, match=str(again.list_id)):
        publish_list(first.list_id or 0, actor="test")


def test_publishing_renews_the_pages_that_show_counts(stage: Stage, registry: Flask) -> None:
    report = stage([RUSDI])
    before = current_number(db.session())
    publish_list(report.list_id or 0, actor="test")
    db.session.rollback()
    assert current_number(db.session()) > before


def test_months_that_follow_one_another_are_one_span(stage: Stage) -> None:
    stage([RUSDI], last="2026-03", publish=True)
    stage([RUSDI], first="2026-04", last="2026-06", publish=True)
    stage([RUSDI], first="2026-09", last="2026-09", publish=True)
    (found,) = ask(RUSDI)
    assert found.months == ((month("2026-01"), month("2026-06")), (month("2026-09"), month("2026-09")))


def test_somebody_in_more_lists_than_one_look_up_reads_is_found_in_all(stage: Stage) -> None:
    for number in range(1, 12):
        stage([RUSDI], first=f"2026-{number:02}", last=f"2026-{number:02}", publish=True)
    (found,) = ask(RUSDI)
    assert found.months == ((month("2026-01"), month("2026-11")),)
