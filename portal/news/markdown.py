"""Markdown of posts as safe HTML: raw HTML is off, and what comes out is sanitised all the same.

CommonMark with tables; a picture only from `/gambar/`, and only one that is on record. The desk's editor reads and
writes the same grammar (frontend/editor/markdown.js).
"""

from __future__ import annotations

import html
import re
from collections.abc import MutableMapping, Sequence
from functools import lru_cache
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup, escape

from portal.media.shapes import TextPicture, picture_address
from portal.media.uses import ADDRESS

TAGS = {
    *("p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "a", "h2", "h3", "code", "img"),
    *("div", "table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {
    "a": {"href"},
    "ol": {"start"},
    "th": {"scope"},
    "div": {"class", "tabindex"},
    "img": {"src", "srcset", "sizes", "width", "height", "alt", "loading", "decoding"},
}
# A picture is as wide as the text, at most 66 characters or about 40 rem.
SIZES = "(min-width: 45rem) 40rem, 100vw"
OWN_PICTURE = re.compile(r"/gambar/[0-9a-f]{32}-[0-9]{1,5}\.webp(\?izin=[\w.-]+)?( [0-9]{1,5}w)?", re.ASCII)
LONGEST_SUMMARY = 180
_PICTURES = "pictures"

Environment = MutableMapping[str, Any]


@lru_cache(maxsize=256)
def to_html(text: str, pictures: tuple[TextPicture, ...] = ()) -> Markup:
    """The text as HTML with headings from level two; links only to http, https and addresses of the portal.

    `pictures` are those on record of the ones it shows; another picture becomes its alternative text.
    """
    clean = nh3.clean(
        _parser.render(text, {_PICTURES: {picture.name: picture for picture in pictures}}),
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=_filter,
        url_schemes={"http", "https"},
        link_rel="noopener nofollow",
    )
    return Markup(clean)  # noqa: S704  (sanitised on the line above)


@lru_cache(maxsize=512)
def summarise(text: str, longest: int = LONGEST_SUMMARY) -> str:
    """The first paragraph that has words, without markup, cut at a word."""
    plain = _first_words(_parser.parse(text))
    if len(plain) <= longest:
        return plain
    return plain[:longest].rsplit(" ", 1)[0].rstrip(",;:. ") + " …"


def _first_words(tokens: Sequence[Token]) -> str:
    opened = ""
    for token in tokens:
        if token.type == "inline" and opened == "paragraph_open":
            words = " ".join(_words(token.children or ()).split())
            if words:
                return words
        opened = token.type
    return ""


def _words(tokens: Sequence[Token]) -> str:
    """Text and code, a space for a line's end; nothing of a picture."""
    return "".join(
        token.content
        if token.type in ("text", "code_inline")
        else " "
        if token.type.endswith("break")
        else ""
        for token in tokens
    )


def _filter(tag: str, name: str, value: str) -> str | None:
    """What an attribute may say; nh3 leaves the attribute out where this gives None."""
    if tag == "img" and name in ("src", "srcset"):
        entries = value.split(", ") if name == "srcset" else [value]
        return value if all(OWN_PICTURE.fullmatch(entry) for entry in entries) else None
    if tag == "div":
        return value if (name, value) in (("class", "scroll"), ("tabindex", "0")) else None
    return value


def _picture(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Environment
) -> str:
    token = tokens[index]
    found = ADDRESS.fullmatch(str(token.attrGet("src") or ""))
    picture: TextPicture | None = env.get(_PICTURES, {}).get(found[1]) if found else None
    if picture is None:
        return html.escape(renderer.renderInlineAsText(token.children, options, env))
    width, height = picture.sizes[-1]
    files = ", ".join(f"{_address(picture, wide)} {wide}w" for wide, _high in picture.sizes)
    return str(
        Markup(
            '<img src="{}" srcset="{}" sizes="{}" width="{}" height="{}" alt="{}" loading="lazy" decoding="async">'
        ).format(_address(picture, width), files, SIZES, width, height, escape(picture.alt))
    )


def _address(picture: TextPicture, width: int) -> str:
    return picture_address(picture.name, width) + picture.query


def _heading(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Environment
) -> str:
    """The page's title is level one, so a text begins at two, and goes no deeper than three."""
    tokens[index].tag = "h2" if tokens[index].tag in ("h1", "h2") else "h3"
    return renderer.renderToken(tokens, index, options, env)


def _head_cell(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Environment
) -> str:
    tokens[index].attrSet("scope", "col")
    return renderer.renderToken(tokens, index, options, env)


def _table(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Environment
) -> str:
    """A wide table scrolls by itself, with the keyboard too."""
    opening = tokens[index].nesting == 1
    tag = renderer.renderToken(tokens, index, options, env)
    return f'<div class="scroll" tabindex="0">\n{tag}' if opening else f"{tag}</div>\n"


def _make_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    for name, rule in (
        ("image", _picture),
        ("heading_open", _heading),
        ("heading_close", _heading),
        ("th_open", _head_cell),
        ("table_open", _table),
        ("table_close", _table),
    ):
        parser.add_render_rule(name, rule)
    return parser


_parser = _make_parser()
