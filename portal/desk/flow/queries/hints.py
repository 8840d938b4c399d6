"""What needs attention outside the queues: checks that differ, corrected figures, and what runs out."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.exc import DBAPIError

from portal.accounts.shapes import EVERYWHERE, Actor
from portal.areas.queries import list_region_names
from portal.core.formatting import month_year
from portal.core.i18n import gettext as _
from portal.core.i18n import language
from portal.core.labels import label
from portal.desk.flow.moments import moment_short
from portal.desk.flow.queries.people import list_unserved
from portal.desk.flow.queries.scope import in_sight
from portal.desk.flow.queries.titles import told_title
from portal.desk.flow.shapes import Hint, HintGroup
from portal.evidence.models import CrossCheck
from portal.extensions import db, read
from portal.funding.models import Commitment
from portal.news.figures.queries import list_flagged
from portal.programs.models import Program
from portal.publishing.models import Item
from portal.publishing.talk.models import PreviewLink
from portal.registry.queries import list_published

SHOWN = 5
# From October on the budget of the coming year is being made.
BUDGET_MONTH = 10
LINK_SOON = timedelta(days=2)
ITEM_KINDS = {"program": "programs", "commitment": "commitments", "award": "awards", "claim": "claims"}


def list_hints(actor: Actor, region: str) -> tuple[HintGroup, ...]:
    """Every sort of hint that there is something of."""
    found = (
        _flagged(actor, region),
        _differing(actor, region),
        _without_next_year(actor, region),
        _lists_running_out(actor, region),
        _links_running_out(actor, region),
    )
    return tuple(group for group in found if group.hints)


def list_regions_without_reviewer(actor: Actor) -> tuple[str, ...]:
    """The names of the account's regions where nobody can approve."""
    codes = [code for code in actor.regions("editor", "reviewer", "administrator") if code != EVERYWHERE]
    return tuple(list_region_names(list_unserved("reviewer", codes)).values())


def _flagged(actor: Actor, region: str) -> HintGroup:
    posts = [post for post in list_flagged(actor) if not region or _is_within(post.region_code, region)]
    hints = tuple(
        Hint(
            post.title_en if language() == "en" else post.title_id,
            f"/meja/butir/{post.item_id}" if post.item_id else f"/berita/{post.post_id}",
        )
        for post in posts[:SHOWN]
    )
    return HintGroup("flagged", hints, len(posts))


def _is_within(code: str, region: str) -> bool:
    return code == region or code.startswith(region + ".")


def _differing(actor: Actor, region: str) -> HintGroup:
    where = (CrossCheck.verdict == "differs") & in_sight(actor, region, CrossCheck.region_code)
    sentence = CrossCheck.sentence_en if language() == "en" else CrossCheck.sentence_id
    rows = read(
        select(CrossCheck.kind, sentence.label("sentence"), Item.id.label("item_id"), func.count().over())
        .outerjoin(
            Item,
            (Item.kind == case(ITEM_KINDS, value=CrossCheck.subject_kind, else_=""))
            & (Item.record_id == CrossCheck.subject_id),
        )
        .where(where)
        .order_by(CrossCheck.id)
        .limit(SHOWN)
    ).all()
    hints = tuple(
        Hint(
            f"{label('check_kind', row.kind)}: {row.sentence}",
            f"/meja/butir/{row.item_id}" if row.item_id else "",
        )
        for row in rows
    )
    return HintGroup("differs", hints, rows[0][3] if rows else 0)


def _without_next_year(actor: Actor, region: str) -> HintGroup:
    """Running programmes whose newest fiscal year is over, or will be before long."""
    today = datetime.now(UTC).date()
    needed = today.year + (1 if today.month >= BUDGET_MONTH else 0)
    name = Program.name_en if language() == "en" else Program.name_id
    newest = func.max(Commitment.fiscal_year)
    query = (
        select(Program.id, name.label("name"), newest.label("year"), Item.id.label("item_id"))
        .join(Commitment, Commitment.program_id == Program.id)
        .outerjoin(Item, (Item.kind == "programs") & (Item.record_id == Program.id))
        .where(Program.status == "running", in_sight(actor, region, Program.region_code))
        .group_by(Program.id, name, Item.id)
        .having(newest < needed)
        .order_by(newest, Program.id)
    )
    rows = read(query).all()
    hints = tuple(
        Hint(
            _("%(name)s: no funding line after %(year)s", name=row.name, year=row.year),
            f"/meja/butir/{row.item_id}" if row.item_id else f"/program/{row.id}",
        )
        for row in rows[:SHOWN]
    )
    return HintGroup("without_next_year", hints, len(rows))


def _lists_running_out(actor: Actor, region: str) -> HintGroup:
    """Covers whose newest published list ends with this month or the next one, or has ended."""
    today = datetime.now(UTC).date()
    soon = today.year * 12 + today.month  # the month after this one, numbered from 0
    ending = [(key, last) for key, last in _last_months().items() if last <= soon]
    names = _program_names(actor, region, {program for (program, _payer), _last in ending})
    kept = sorted((last, program, payer) for (program, payer), last in ending if program in names)
    hints = tuple(
        Hint(
            _(
                "%(name)s (%(payer)s): the list covers people until %(month)s",
                name=names[program],
                payer=label("funding_source", payer),
                month=_month(last),
            ),
            "/meja/daftar",
        )
        for last, program, payer in kept[:SHOWN]
    )
    return HintGroup("lists", hints, len(kept))


def _last_months() -> dict[tuple[str, str], int]:
    try:
        with db.engines["registry"].connect() as connection:
            lists = list_published(connection).values()
    except DBAPIError:
        # The desk works without the registry's database; its own page tells of it.
        return {}
    found: dict[tuple[str, str], int] = {}
    for one in lists:
        if not one.synthetic:
            key = (one.cover.program, one.cover.funding_source)
            found[key] = max(found.get(key, 0), one.cover.last_month)
    return found


def _program_names(actor: Actor, region: str, slugs: set[str]) -> dict[str, str]:
    if not slugs:
        return {}
    name = Program.name_en if language() == "en" else Program.name_id
    query = select(Program.id, name).where(
        Program.id.in_(slugs), in_sight(actor, region, Program.region_code)
    )
    return {row[0]: row[1] for row in read(query)}


def _month(number: int) -> str:
    return month_year(date(number // 12, number % 12 + 1, 1))


def _links_running_out(actor: Actor, region: str) -> HintGroup:
    """Preview links that are good for two more days at the most."""
    now = datetime.now(UTC)
    query: Any = (
        select(Item.id, Item.kind, Item.title, Item.region_code, PreviewLink.expires_at)
        .join(PreviewLink, PreviewLink.item_id == Item.id)
        .where(
            PreviewLink.revoked_at.is_(None),
            PreviewLink.expires_at > now,
            PreviewLink.expires_at < now + LINK_SOON,
            in_sight(actor, region),
        )
        .order_by(PreviewLink.expires_at)
    )
    rows = read(query).all()
    hints = tuple(
        Hint(
            _(
                "%(title)s: until %(when)s",
                title=told_title(row.title, row.kind),
                when=moment_short(row.expires_at, row.region_code),
            ),
            f"/meja/butir/{row.id}#pratinjau",
        )
        for row in rows[:SHOWN]
    )
    return HintGroup("links", hints, len(rows))
