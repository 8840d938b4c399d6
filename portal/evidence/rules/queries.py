"""Reads of contribution rates and rules of benefit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select

from portal.core.i18n import language
from portal.evidence.models import BenefitRule, ContributionRate
from portal.evidence.rules.shapes import Benefit, Rate
from portal.extensions import db

_RATE = ContributionRate.__table__.c
_RULE = BenefitRule.__table__.c


def list_rates() -> tuple[Rate, ...]:
    """Every contribution rate, the standing one first."""
    columns = [_RATE[name] for name in Rate.__dataclass_fields__]
    rows = db.session.execute(select(*columns).order_by(_RATE.payer, _RATE.id))
    return tuple(Rate(*row) for row in rows)


def list_benefits(topics: Iterable[str] = (), *, on: date | None = None) -> tuple[Benefit, ...]:
    """Facts on these topics (default: all) in this request's language; with `on`, those valid that day."""
    wanted = [
        _RULE["text_" + language()].label("text") if n == "text" else _RULE[n]
        for n in Benefit.__dataclass_fields__
    ]
    query = select(*wanted).order_by(_RULE.sequence)
    if chosen := tuple(topics):
        query = query.where(_RULE.topic.in_(chosen))
    if on:
        query = query.where((_RULE.valid_from.is_(None)) | (_RULE.valid_from <= on))
        query = query.where((_RULE.valid_to.is_(None)) | (_RULE.valid_to >= on))
    return tuple(Benefit(*row) for row in db.session.execute(query))
