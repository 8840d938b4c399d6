"""Numbers exist after an upgrade and follow the calendar, though no list moves."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import delete, func, select, update

from portal.core.content_version import ContentVersion, current_number
from portal.evidence.models import CrossCheck
from portal.extensions import db
from portal.registry.counts.models import published_cells, published_sums, published_totals
from portal.registry.counts.queries import get_counts, list_cells
from portal.registry.counts.services import count_uncounted, renew_pages
from portal.registry.services.keys import registry_engine
from portal.search.models import SearchDocument
from tests.registry.conftest import Stage
from tests.registry.counts.people import villagers
from tests.registry.people import BERAU

NOW = datetime(2026, 11, 30, 17, 0, tzinfo=UTC)


def number() -> int:
    db.session.rollback()
    return current_number(db.session())


def changed_at(moment: datetime) -> None:
    db.session.execute(update(ContentVersion).values(changed_at=moment))
    db.session.commit()


def test_lists_published_before_an_upgrade_are_counted_with_it_and_only_once(stage: Stage) -> None:
    stage(villagers([20, 30]), publish=True)
    before = (list_cells((BERAU,)), get_counts(BERAU))
    with registry_engine().begin() as connection:
        for table in (published_cells, published_totals, published_sums):
            connection.execute(delete(table))
    first = number()
    assert count_uncounted(db.session()) == 1
    assert (list_cells((BERAU,)), get_counts(BERAU)) == before
    second = number()
    assert second > first
    assert count_uncounted(db.session()) == 0
    assert number() == second


@pytest.mark.parametrize(
    ("changed", "renewed"),
    [
        (datetime(2026, 11, 29, 12, tzinfo=UTC), True),
        # The first of December has begun in Kalimantan.
        (datetime(2026, 11, 30, 16, 30, tzinfo=UTC), False),
        (datetime(2025, 12, 3, tzinfo=UTC), True),
    ],
)
def test_kept_pages_are_renewed_once_a_month_begins(stage: Stage, changed: datetime, renewed: bool) -> None:
    stage(villagers([20]), publish=True)
    changed_at(changed)
    before = number()
    renew_pages(db.session(), NOW)
    assert (number() > before) is renewed


def test_without_numbers_no_page_is_renewed(registry: Flask) -> None:
    changed_at(datetime(2025, 1, 1, tzinfo=UTC))
    before = number()
    renew_pages(db.session(), NOW)
    assert number() == before


def test_a_list_changes_checks_and_pages_and_leaves_the_search_alone(stage: Stage) -> None:
    for made in (SearchDocument, CrossCheck):
        db.session.execute(delete(made))
    db.session.commit()
    before = number()
    stage(villagers([30]), publish=True)
    assert number() > before
    assert db.session.scalar(select(func.count()).select_from(CrossCheck))
    assert not db.session.scalar(select(func.count()).select_from(SearchDocument))
