"""What every publication does, whoever publishes."""

from __future__ import annotations

from sqlalchemy.orm import Session, scoped_session

from portal.core.content_version import raise_content_version


def publish_change(session: Session | scoped_session[Session]) -> None:
    """Make kept pages of all workers outdated; call it in the transaction that changes content."""
    raise_content_version(session)
