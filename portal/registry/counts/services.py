"""Keeping the published numbers current where no list moves: after an upgrade, and when a month begins."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from portal.core.content_version import WITA, content_date
from portal.core.database import AnySession
from portal.core.jobs import chore
from portal.publishing.services import publish_counts
from portal.registry.counts.queries import list_counts
from portal.registry.services.counting import has_uncounted_lists, recount_all
from portal.registry.services.keys import registry_engine
from portal.registry.services.storing import patient_step


def count_uncounted(session: AnySession) -> int:
    """Count every programme where lists were published before numbers were kept; gives how many programmes.

    It commits in both databases: numbers first, then the pages and cross-checks that show them.
    """
    with registry_engine().connect() as connection:
        if not has_uncounted_lists(connection):
            return 0
    with patient_step(registry_engine()) as connection:
        programs = recount_all(connection)
    publish_counts(session)
    session.commit()
    return programs


@chore("registry.new_month", timedelta(minutes=10))
def renew_pages(session: AnySession, now: datetime) -> None:
    """Renew kept pages once in each month: they tell the numbers of the present one."""
    published = content_date(session)
    today = now.replace(tzinfo=now.tzinfo or UTC).astimezone(WITA).date()
    if published is None or (published.year, published.month) == (today.year, today.month):
        return
    if any(one.totals for one in list_counts().values()):
        publish_counts(session)
        session.commit()
