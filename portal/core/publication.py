"""What every publication does, whoever publishes and whichever floor they stand on."""

from __future__ import annotations

from collections.abc import Callable

from portal.core.content_version import raise_content_version
from portal.core.database import AnySession

Follower = Callable[[AnySession], None]

_followers: dict[Follower, bool] = {}


def follow(follower: Follower, *, heeds_counts: bool = False) -> None:
    """Have `follower` called within each publication; for floors above, which publishers may not import.

    One that heeds counts is called as well where nothing but the numbers of enrolment lists changed.
    """
    _followers[follower] = heeds_counts


def publish_change(session: AnySession) -> None:
    """Bring what is derived up to date and make kept pages of all workers outdated.

    Call it in the transaction that changes content, after the changes and before the commit.
    """
    _publish(session, list(_followers))


def publish_counts(session: AnySession) -> None:
    """The same where an enrolment list was published or withdrawn, which changes no text: search need not be looked through."""
    _publish(session, [follower for follower, heeds_counts in _followers.items() if heeds_counts])


def _publish(session: AnySession, followers: list[Follower]) -> None:
    session.flush()
    for follower in followers:
        follower(session)
    raise_content_version(session)
