"""A publication brings what is derived up to date, then makes kept pages outdated, or does neither."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select, update

import portal.core.publication
from portal.core.content_version import current_number
from portal.core.database import AnySession
from portal.evidence.models import CrossCheck
from portal.extensions import db
from portal.funding.models import Commitment
from portal.publishing.services import follow, publish_change


@pytest.fixture
def followers(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What followers noted, in the order they were called; those of the application are set aside."""
    monkeypatch.setattr(portal.core.publication, "_followers", {})
    return []


@pytest.mark.usefixtures("app_context")
def test_followers_are_called_in_order_before_the_number_is_raised(followers: list[str]) -> None:
    before = current_number(db.session)

    def first(session: AnySession) -> None:
        followers.append(f"first {current_number(session) - before}")

    def second(session: AnySession) -> None:
        followers.append(f"second {current_number(session) - before}")

    for follower in (first, second, first):
        follow(follower)
    publish_change(db.session)
    assert followers == ["first 0", "second 0"]
    assert current_number(db.session) == before + 1


@pytest.mark.usefixtures("app_context")
def test_a_follower_that_fails_stops_the_publication(followers: list[str]) -> None:
    before = current_number(db.session)

    def broken(session: AnySession) -> None:
        raise ValueError(f"cannot follow {before}")

    follow(broken)
    with pytest.raises(ValueError, match="cannot follow"):
        publish_change(db.session)
    db.session.rollback()
    assert current_number(db.session) == before


def test_followers_see_what_the_publication_changes(content: Flask, app_context: Flask) -> None:
    checks = select(func.count()).select_from(CrossCheck)
    before = db.session.execute(checks).scalar_one()
    db.session.execute(update(Commitment).values(fiscal_year=None))
    publish_change(db.session)
    assert before > 0
    assert db.session.execute(checks).scalar_one() > 0
    db.session.rollback()
    assert db.session.execute(checks).scalar_one() == before
