"""The filters of news and awards, as the address gives them."""

from __future__ import annotations

from collections.abc import Mapping

from portal.core.errors import BadQuery
from portal.core.i18n import gettext as _
from portal.core.vocabulary import AWARD_RESULTS, NEWS_KINDS
from portal.news.queries import NO_YEAR, award_years
from portal.news.shapes import AwardFilter, Choices, PostFilter


def read_post_filter(arguments: Mapping[str, str], regions: Choices) -> PostFilter:
    """The filter of `/berita`; raises BadQuery for a region or kind that no list here has."""
    kinds = tuple((kind, "") for kind in NEWS_KINDS)
    return PostFilter(_one_of(arguments, "wilayah", regions), _one_of(arguments, "jenis", kinds))


def read_award_filter(arguments: Mapping[str, str], regions: Choices, years: Choices) -> AwardFilter:
    """The filter of `/penghargaan`; raises BadQuery for a region, year or result that no list here has."""
    results = tuple((result, "") for result in AWARD_RESULTS)
    return AwardFilter(
        _one_of(arguments, "wilayah", regions),
        _one_of(arguments, "tahun", years),
        _one_of(arguments, "hasil", results),
    )


def year_choices() -> Choices:
    """Assessment years as (value, words)."""
    return tuple(
        (NO_YEAR, _("Year not published")) if year is None else (str(year), str(year))
        for year in award_years()
    )


def _one_of(arguments: Mapping[str, str], name: str, choices: Choices) -> str:
    value = arguments.get(name, "").strip()
    if value and value not in (code for code, _words in choices):
        raise BadQuery(
            _("The filter “%(name)s” has no such value here. Choose one from the list.", name=name)
        )
    return value
