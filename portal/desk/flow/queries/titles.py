"""Titles as people read them: records are stored with a title of ids and codes where they have no words of their own."""

from __future__ import annotations

from collections.abc import Iterable

from flask import g
from sqlalchemy import select

from portal.core.formatting import integer
from portal.core.labels import LABELS, label
from portal.extensions import read
from portal.publishing.models import Item

# The record that comes first in a title of each kind, and the vocabularies of the words after it.
_PARENTS = {
    "commitments": "programs",
    "statements": "commitments",
    "lead_choices": "commitments",
    "claims": "programs",
}
_CODES = {
    "commitments": "funding_source",
    "statements": "stage",
    "lead_choices": "stage",
    "claims": "metric",
}
_BETWEEN = " · "
_YEAR = 4


def learn_titles(titles: Iterable[tuple[str, str]]) -> None:
    """Read what the titles (kind, title) of a list begin with in two queries, before each is put into words."""
    wanted = {(_PARENTS[kind], title.split(_BETWEEN)[0]) for kind, title in titles if kind in _PARENTS}
    for kind in ("commitments", "programs"):
        ids = {record_id for one, record_id in wanted if one == kind} - _known(kind).keys()
        if ids:
            query = select(Item.record_id, Item.title).where(Item.kind == kind, Item.record_id.in_(ids))
            _known(kind).update({record_id: record_id for record_id in ids})
            _known(kind).update({row.record_id: row.title for row in read(query)})
        wanted |= {("programs", title.split(_BETWEEN)[0]) for title in _known("commitments").values()}


def told_title(title: str, kind: str) -> str:
    """The title in words: names for ids, words for codes, numbers with their dots."""
    if kind not in _PARENTS:
        return title
    learn_titles([(kind, title)])
    first, *rest = title.split(_BETWEEN)
    parent = _PARENTS[kind]
    named = told_title(_known(parent).get(first, first), parent)
    return _BETWEEN.join([named, *(_told(word, kind) for word in rest)])


def _told(word: str, kind: str) -> str:
    if word in LABELS[_CODES[kind]]:
        return label(_CODES[kind], word)
    is_year = kind == "commitments" and len(word) == _YEAR
    return integer(int(word)) if word.isascii() and word.isdecimal() and not is_year else word


def _known(kind: str) -> dict[str, str]:
    kept: dict[str, dict[str, str]] = g.setdefault("desk_titles", {})
    return kept.setdefault(kind, {})
