"""What posts and awards must keep to before review: a nomination is never told as a win, and nothing lacks a source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlalchemy import select

from portal.core.database import AnySession
from portal.core.i18n import gettext as _
from portal.core.labels import label
from portal.news.models import Award
from portal.publishing.models import Draft, Item
from portal.publishing.records import Problem
from portal.publishing.shapes import Cells

PLACES = ("winner", "second", "third")
NOMINATION = re.compile(
    r"\b(?:nominasi\w*|nominator|dinominasikan|nomine\w*|nominat\w+|unggulan|finalis\w*|shortlist\w*)\b",
    re.IGNORECASE,
)
WIN = re.compile(
    r"\b(?:(?:me|di|pe)?raih|juara|pemenang|(?:me)?menang(?:kan|i)?|kemenangan|(?:me)?nyabet|sabet|gondol|menggondol|"
    r"memboyong|boyong|peringkat\s+(?:pertama|kedua|ketiga|[1-3]|I{1,3})|won|wins?|winning|winners?|victory|"
    r"runner[- ]up|(?:first|second|third)\s+(?:place|prize))\b",
    re.IGNORECASE,
)
# "Not a win" may be said; "not only won" says that it was one.
DENIED = re.compile(
    r"\b(?:bukan(?:lah)?|belum|tidak|tak|tanpa|not|no|never|without|yet to|\w+n['’]t)\b(?!\s+(?:hanya|sekadar|cuma|only|just))"
    r"(?:\s+\w+){0,2}\s*\W?\s*$",
    re.IGNORECASE,
)
# "Raih nominasi" says what was received.
OF_NOMINATION = re.compile(rf"\s+(?:\w+\s+){{0,2}}{NOMINATION.pattern}", re.IGNORECASE)
TEXTS = ("title_id", "title_en", "body_id", "body_en")


def check_award(session: AnySession, record_id: str, cells: Cells) -> Iterator[Problem]:
    """An award with a place must not be told as a nomination, and every award needs its source."""
    yield from _sourced(cells, _("An award needs the source that reports it: choose or add one."))
    if cells.get("result") not in PLACES:
        return
    for column in ("award", "category", "note", "recipient"):
        found = NOMINATION.search(cells.get(column, ""))
        if found:
            yield Problem(
                column,
                _(
                    "The result says “%(result)s”, this says “%(word)s”. A nomination is not a win: correct one of the two.",
                    result=label("award_result", cells["result"]),
                    word=found[0],
                ),
            )


def check_post(session: AnySession, record_id: str, cells: Cells) -> Iterator[Problem]:
    """A post needs its source; one about an award needs its record and tells a nomination as one."""
    yield from _sourced(cells, _("A post needs the source it rests on: choose or add one."))
    award_id = cells.get("award_id", "").strip()
    if not award_id:
        if cells.get("kind") == "award":
            yield Problem(
                "award_id", _("A post about an award needs the award's record: choose it from the list.")
            )
        return
    if _result_of(session, award_id) == "nominee":
        yield from _claimed_wins(cells)


def _sourced(cells: Cells, sentence: str) -> Iterator[Problem]:
    if not cells.get("source_ids", "").strip():
        yield Problem("source_ids", sentence)


def _claimed_wins(cells: Cells) -> Iterator[Problem]:
    for column in TEXTS:
        word = claimed_win(cells.get(column, ""))
        if word:
            yield Problem(
                column,
                _(
                    "The award's record says nominee, this text says “%(word)s”. Write it as a nomination, or correct the record first.",
                    word=word,
                ),
            )


def claimed_win(text: str) -> str | None:
    """The first word by which a text says that something was won; None where none does or it is denied."""
    for found in WIN.finditer(text):
        before = re.split(r"[.!?\n]", text[max(0, found.start() - 60) : found.start()])[-1]
        if not DENIED.search(before) and not OF_NOMINATION.match(text, found.end()):
            return found[0]
    return None


def _result_of(session: AnySession, award_id: str) -> str | None:
    """The result in the award's published record, else in its draft."""
    published = session.execute(select(Award.result).where(Award.id == award_id)).scalar_one_or_none()
    if published is not None:
        return published
    draft = session.execute(
        select(Draft.cells)
        .join(Item, Item.id == Draft.item_id)
        .where(Item.kind == "awards", Item.record_id == award_id)
    ).scalar_one_or_none()
    return draft.get("result") if draft else None
