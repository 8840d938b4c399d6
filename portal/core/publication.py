"""What every publication does, whoever publishes and whichever floor they stand on."""

from __future__ import annotations

from collections.abc import Callable

from portal.core.content_version import raise_content_version
from portal.core.database import AnySession

Follower = Callable[[AnySession], None]

_followers: list[Follower] = []


def follow(follower: Follower) -> None:
    """Have `follower` called within each publication; for floors above, which publishers may not import."""
    if follower not in _followers:
        _followers.append(follower)


def publish_change(session: AnySession) -> None:
    """Bring what is derived up to date and make kept pages of all workers outdated.

    Call it in the transaction that changes content, after the changes and before the commit.
    """
    session.flush()
    for follower in _followers:
        follower(session)
    raise_content_version(session)
