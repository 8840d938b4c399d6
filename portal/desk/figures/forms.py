"""The search for a figure, as the address gives it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from portal.core.errors import BadQuery
from portal.core.i18n import gettext as _
from portal.desk.figures.shapes import FigureQuestion
from portal.news.figures.tokens import read_token

LONGEST_QUESTION = 200


def read_question(arguments: Mapping[str, str], places: Sequence[tuple[str, str, str]]) -> FigureQuestion:
    """The question of `/meja/angka`; `wilayah` is a code or a slug of `places`. Raises BadQuery for another."""
    text = arguments.get("q", "").replace("\0", "").strip()[:LONGEST_QUESTION]
    region = arguments.get("wilayah", "").strip()
    codes = {name: code for code, slug, _name in places for name in (code, slug)}
    if region and region not in codes:
        raise BadQuery(
            _("The filter “%(name)s” has no such value here. Choose one from the list.", name="wilayah")
        )
    return FigureQuestion(text, codes.get(region, ""), read_token(text))
