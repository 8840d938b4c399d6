"""Who brought a list, by the name colleagues see, and when by the region's own clock."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from portal.accounts.models import Account
from portal.core.i18n import gettext as _
from portal.desk.flow.moments import moment_long
from portal.extensions import db

_STAFF = re.compile(r"staff:(\d{1,9})")


def name_people(written: Iterable[str]) -> dict[str, str]:
    """What to show for each `staff:12`, `cli:name` or `setup` that a list carries."""
    texts = set(written) - {""}
    numbers = {text: int(found[1]) for text in texts if (found := _STAFF.fullmatch(text))}
    query = select(Account.id, Account.name, Account.email).where(Account.id.in_(numbers.values()))
    labels = {row.id: row.name or row.email for row in db.session.execute(query)}
    shown = {text: _("command line (%(name)s)", name=text.partition(":")[2] or text) for text in texts}
    return shown | {
        text: labels.get(number, _("account %(number)s", number=number)) for text, number in numbers.items()
    }


def local_moment(moment: datetime | str, region_code: str) -> str:
    """A stored moment as the region's clock shows it: `5 Agustus 2026, 09.30 WITA`; empty for none."""
    if not moment:
        return ""
    stored = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return moment_long(stored, region_code)
