"""Offices for tests, made up: the starter data has none."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from portal.extensions import db
from portal.offices.models import Office, OfficeSource
from portal.publishing.services import publish_change

SOURCE = "aksaraloka-kalbar-2025"


def add_office(name: str, **fields: Any) -> None:
    """Publish an office of Berau with only what is given besides its name."""
    values = {"region_code": "64.03", "kind": "government_office", "name_id": name.title(), **fields}
    last = db.session.execute(select(func.max(Office.sequence))).scalar_one() or 0
    db.session.add(Office(id=name, sequence=last + 1, **values))
    db.session.flush()
    db.session.add(OfficeSource(office_id=name, source_id=SOURCE, position=1))
    publish_change(db.session)
    db.session.commit()
