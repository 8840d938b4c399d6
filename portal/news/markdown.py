"""Markdown of posts as safe HTML: raw HTML is off, and what comes out is sanitised all the same."""

from __future__ import annotations

import re
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "a", "h2", "h3", "code"}
LONGEST_SUMMARY = 180

_parser = MarkdownIt("commonmark", {"html": False})


@lru_cache(maxsize=256)
def to_html(text: str) -> Markup:
    """The text as HTML with headings from level two; links only to http, https and addresses of the portal."""
    lowered = re.sub(r"^# ", "## ", text, flags=re.MULTILINE)
    clean = nh3.clean(
        _parser.render(lowered),
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https"},
        link_rel="noopener nofollow",
    )
    return Markup(clean)  # noqa: S704  (sanitised on the line above)


@lru_cache(maxsize=512)
def summarise(text: str, longest: int = LONGEST_SUMMARY) -> str:
    """The first paragraph without markup, cut at a word."""
    first = text.strip().split("\n\n", 1)[0]
    plain = " ".join(nh3.clean(_parser.render(first), tags=set()).split())
    plain = plain.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", " ")
    if len(plain) <= longest:
        return plain
    return plain[:longest].rsplit(" ", 1)[0].rstrip(",;:. ") + " …"
