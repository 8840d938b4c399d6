"""What a post's figures must keep to before review, and hints at numbers typed by hand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from portal.core.database import AnySession
from portal.core.i18n import gettext as _
from portal.news.figures.loose import find_in_texts
from portal.news.figures.queries import Figures, find_figures
from portal.news.figures.shapes import LooseNumber
from portal.news.figures.tokens import bound_in, written_in
from portal.publishing.records import Problem
from portal.publishing.shapes import Cells

TITLES, BODIES = ("title_id", "title_en"), ("body_id", "body_en")
# Words shown on each side of a number, so that its writer finds the place.
AROUND = 30
# A picture's description; a token in it would stand in an attribute.
PICTURE = re.compile(r"!\[((?:[^\[\]\n]|\[\[[^\[\]\n]*\]\]){0,1000})\]\(")


def check_tokens(session: AnySession, record_id: str, cells: Cells) -> Iterator[Problem]:
    """Every bound figure of a text must be one that is published, and stand where it can be shown."""
    for column in TITLES:
        for token in written_in(cells.get(column, "")):
            yield Problem(
                column,
                _("A title can't hold %(token)s: put the figure into the text.", token=str(token)),
            )
    for column in BODIES:
        yield from _in_body(session, column, cells.get(column, ""))


def _in_body(session: AnySession, column: str, body: str) -> Iterator[Problem]:
    shown = bound_in(body)
    known = find_figures(shown, session=session)
    for token in dict.fromkeys(shown):
        if token not in known:
            yield Problem(
                column,
                _(
                    "%(token)s leads to no published figure. Publish its record first, or take it out.",
                    token=str(token),
                ),
            )
    described = [token for found in PICTURE.finditer(body) for token in written_in(found[1])]
    for token in (*(Counter(written_in(body)) - Counter(shown)).elements(), *described):
        yield Problem(
            column,
            _(
                "%(token)s stands in code, in a link or in an image's description and can't be shown there.",
                token=str(token),
            ),
        )


def check_typed_numbers(session: AnySession, record_id: str, cells: Cells) -> Iterator[Problem]:
    """Hints at numbers that are typed instead of inserted; they keep nothing from review."""
    texts = {column: cells.get(column, "") for column in (*TITLES, *BODIES)}
    found = find_in_texts(session, cells.get("region_code") or None, texts)
    tokens = {token for numbers in found.values() for one in numbers for token in one.suggestions[:1]}
    figures = find_figures(tokens, session=session)
    for column, numbers in found.items():
        for one in numbers:
            yield Problem(column, _hint(texts[column], one, figures), blocking=False)


def _hint(text: str, one: LooseNumber, figures: Figures) -> str:
    place = surroundings(text, one)
    figure = figures.get(one.suggestions[0]) if one.suggestions else None
    if figure is None:
        return _(
            "“%(number)s” (%(place)s) matches no published figure of this region. Check it, or publish its record first.",
            number=one.text,
            place=place,
        )
    return _(
        "“%(number)s” (%(place)s) can follow its record: insert %(token)s (%(figure)s, %(said)s, %(record)s).",
        number=one.text,
        place=place,
        token=str(figure.token),
        figure=figure.words,
        said=figure.said,
        record=figure.record,
    )


def surroundings(text: str, one: LooseNumber) -> str:
    """The line the number stands in and the words around it: `line 3: … for 12.200 people …`."""
    start, end = one.position, one.position + len(one.text)
    line = text.count("\n", 0, start) + 1
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end) if "\n" in text[end:] else len(text)
    before, after = text[first:start], text[end:last]
    if len(before) > AROUND:
        before = "…" + before[-AROUND:].partition(" ")[2]
    if len(after) > AROUND:
        after = after[:AROUND].rpartition(" ")[0] + "…"
    words = " ".join(f"{before}{one.text}{after}".split())
    return _("line %(line)s: %(words)s", line=line, words=words)
