"""Reads of the audit trail: everything for administrators of the whole portal, their regions' for the others."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select, true

from portal.accounts.queries import list_labels
from portal.accounts.shapes import EVERYWHERE, Actor
from portal.core.i18n import gettext as _
from portal.core.paging import Pages, paginate
from portal.desk.audit.shapes import EntryLine
from portal.desk.audit.words import GROUPS, action_words
from portal.desk.flow.moments import moment_short
from portal.extensions import db
from portal.publishing.audit.models import AuditEntry

SIZE = 50
ITEM = re.compile(r"item:([0-9]{1,9})", re.ASCII)


def list_entries(
    actor: Actor, group: str, subject: str, page: int, path: str
) -> tuple[tuple[EntryLine, ...], Pages]:
    """The newest first; `group` is a group of actions, `subject` one thing; both may be empty."""
    wanted = _seen_by(actor)
    if group in GROUPS:
        wanted &= AuditEntry.action.startswith(f"{group}.", autoescape=True)
    if subject:
        wanted &= AuditEntry.subject == subject
    total = db.session.execute(select(func.count()).select_from(AuditEntry).where(wanted)).scalar_one()
    pages = paginate(page, total, path, {"jenis": group, "butir": subject}, size=SIZE)
    columns = (AuditEntry.number, AuditEntry.at, AuditEntry.actor_id, AuditEntry.action)
    query = select(*columns, AuditEntry.subject, AuditEntry.details).where(wanted)
    rows = db.session.execute(query.order_by(AuditEntry.number.desc()).limit(SIZE).offset(pages.offset)).all()
    names = list_labels({row.actor_id for row in rows if row.actor_id is not None})
    return tuple(_line(row, names) for row in rows), pages


def _seen_by(actor: Actor) -> ColumnElement[bool]:
    """Entries name their region among the details; those without one are for the whole portal's administrators."""
    regions = actor.regions("administrator")
    if EVERYWHERE in regions:
        return true()
    named = (AuditEntry.details.contains(f'"region":"{code}"', autoescape=True) for code in regions)
    return or_(*named)


def _line(row: Any, names: dict[int, str]) -> EntryLine:
    details: dict[str, Any] = json.loads(row.details)
    found = ITEM.fullmatch(row.subject)
    at = row.at if row.at.tzinfo else row.at.replace(tzinfo=UTC)
    return EntryLine(
        number=row.number,
        at=_moment(at, details.get("region")),
        who=names.get(row.actor_id, "") if row.actor_id is not None else "",
        action=action_words(row.action),
        subject=row.subject,
        address=f"/meja/butir/{found[1]}/riwayat" if found else "",
        details=tuple((name, _value(value)) for name, value in details.items() if value not in (None, "")),
    )


def _moment(at: datetime, region: object) -> str:
    return moment_short(at, region if isinstance(region, str) else None)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value)
