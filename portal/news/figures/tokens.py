"""Finding tokens in a text: only where readers would see them as words, never in code or in attributes."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from portal.news.figures.shapes import Token
from portal.news.markdown import to_html

TOKEN = re.compile(r"\[\[([a-z_]{1,40}):([A-Za-z0-9][A-Za-z0-9._-]{0,119}):([a-z_]{1,40})\]\]")
# A tag as the sanitiser writes it: values of attributes always stand in double quotes.
TAG = re.compile(r'<(?P<closing>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)[^>"]*(?:"[^"]*"[^>"]*)*>')
VERBATIM = frozenset(("code", "pre"))


def token_of(found: re.Match[str]) -> Token:
    """The token that TOKEN found."""
    return Token(found[1], found[2], found[3])


def pieces(html: str) -> Iterator[tuple[str, str]]:
    """Sanitised HTML cut into (kind, text): `tag`, `text`, `link` (text in a link) and `code`."""
    open_code = open_links = at = 0
    for tag in TAG.finditer(html):
        yield _kind(open_code, open_links), html[at : tag.start()]
        yield "tag", tag[0]
        at, step = tag.end(), -1 if tag["closing"] else 1
        name = tag["name"].lower()
        open_code += step * (name in VERBATIM)
        open_links += step * (name == "a")
    yield _kind(open_code, open_links), html[at:]


def _kind(open_code: int, open_links: int) -> str:
    if open_code > 0:
        return "code"
    return "link" if open_links > 0 else "text"


def may_hold(markdown: str) -> bool:
    """Whether it is worth looking for tokens; an editor may have written the brackets with backslashes."""
    return "[[" in markdown or "\\[" in markdown


def bound_in(markdown: str) -> tuple[Token, ...]:
    """The tokens that a reader of the text will see as figures, in order."""
    if not may_hold(markdown):
        return ()
    return tuple(
        token_of(found)
        for kind, text in pieces(to_html(markdown))
        if kind in ("text", "link")
        for found in TOKEN.finditer(text)
    )


def mentioned_in(markdown: str) -> tuple[Token, ...]:
    """The tokens that any reading of the text may show, each once, in order: found without rendering it, in code too."""
    if not may_hold(markdown):
        return ()
    found = written_in(markdown)
    if "\\" in markdown or "&" in markdown:
        found += written_in(html.unescape(markdown).replace("\\", ""))
    return tuple(dict.fromkeys(found))


def written_in(text: str) -> tuple[Token, ...]:
    """Every token in a text as it stands, in order."""
    return tuple(token_of(found) for found in TOKEN.finditer(text))


def read_token(text: str) -> Token | None:
    """The one token that the text is, with or without its brackets; None where it is anything else."""
    bare = text.strip()
    found = TOKEN.fullmatch(bare if bare.startswith("[[") else f"[[{bare}]]")
    return token_of(found) if found else None
