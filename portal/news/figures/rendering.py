"""Tokens as readers see them: on the page with link and source, in plain text as the bare number."""

from __future__ import annotations

import re
from collections.abc import Mapping

from markupsafe import Markup, escape

from portal.core.formatting import date_short
from portal.core.i18n import gettext as _
from portal.core.i18n import language
from portal.core.labels import label
from portal.evidence.shapes import SourceShape
from portal.news.figures.shapes import Figure, Token, ledger
from portal.news.figures.tokens import TOKEN, may_hold, pieces, token_of
from portal.news.markdown import LONGEST_SUMMARY, summarise

Known = Mapping[Token, Figure]

# More sources than this are a click away, on the page of the line or the programme.
MOST_SOURCES = 2
WHOLE = 1_000_000


def to_page(html: Markup, figures: Known) -> Markup:
    """Sanitised HTML with its tokens shown; within a link as the bare number, in code and attributes untouched."""
    parts = [_shown(kind, text, figures) for kind, text in pieces(str(html))]
    return Markup("".join(parts))  # noqa: S704  (sanitised before; what is put in is escaped below)


def _shown(kind: str, text: str, figures: Known) -> str:
    if kind == "text":
        return TOKEN.sub(lambda found: _chip(found, figures), text)
    if kind == "link":
        return TOKEN.sub(lambda found: escape(_words(figures.get(token_of(found)))), text)
    return text


def to_text(text: str, figures: Known) -> str:
    """Plain text with each token as its number and qualifier."""
    return TOKEN.sub(lambda found: _words(figures.get(token_of(found))), text)


def to_summary(markdown: str, figures: Known, longest: int = LONGEST_SUMMARY) -> str:
    """The first paragraph in plain text with its figures, cut at a word."""
    if not may_hold(markdown):
        return summarise(markdown, longest)
    plain = to_text(summarise(markdown, WHOLE), figures)
    if len(plain) <= longest:
        return plain
    return plain[:longest].rsplit(" ", 1)[0].rstrip(",;:. ") + " …"


def _words(figure: Figure | None) -> str:
    return figure.words if figure else _("(figure withdrawn)")


def _chip(found: re.Match[str], figures: Known) -> str:
    token = token_of(found)
    figure, root = figures.get(token), "/en" if language() == "en" else ""
    if figure is None:
        return Markup('<span class="bound withdrawn"><a href="{}{}">{}</a></span>').format(
            root, ledger(token), _("figure withdrawn")
        )
    return Markup(
        '<span class="bound"><a class="number" href="{}{}">{}<span class="hide"> ({})</span></a>'
        ' <span class="chip">({}: {})</span></span>'
    ).format(root, figure.address, figure.words, figure.record, figure.said, _sources(root, figure.sources))


def _sources(root: str, sources: tuple[SourceShape, ...]) -> Markup:
    if not sources:
        return escape(_("no source"))
    shown = Markup("; ").join(_source(root, source) for source in sources[:MOST_SOURCES])
    more = len(sources) - MOST_SOURCES
    return shown + (Markup(" {}").format(_("and %(num)s more", num=more)) if more > 0 else "")


def _source(root: str, source: SourceShape) -> Markup:
    link = Markup('<a href="{}/sumber/{}">{}</a>').format(root, source.id, source.publisher)
    if source.published_on:
        day = source.published_on
        link += Markup(', <time datetime="{}">{}</time>').format(day.isoformat(), date_short(day))
    if source.is_advertorial:
        link += Markup(' <span class="tag warn">{}</span>').format(label("source_kind", "advertorial"))
    return link
