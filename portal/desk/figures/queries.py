"""Reads for the figure pages of the desk."""

from __future__ import annotations

from portal.accounts.shapes import EVERYWHERE, Actor
from portal.desk.figures.shapes import FigureQuestion
from portal.news.figures.lookup import list_figures
from portal.news.figures.queries import find_figures
from portal.news.figures.shapes import Figure
from portal.news.figures.wishes import read_wish


def answer(question: FigureQuestion, actor: Actor) -> tuple[Figure, ...]:
    """Published figures of any region that fit the question, those of the region asked for or one's own first."""
    if question.token:
        return tuple(find_figures([question.token]).values())
    own = [code for code in actor.regions("editor", "reviewer") if code != EVERYWHERE]
    first = [question.region_code] if question.region_code else own
    return list_figures(read_wish(question.text), first)
