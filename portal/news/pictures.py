"""Pictures in posts: which ones a text shows, and the texts whose pictures are public."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import or_, select

from portal.core.database import AnySession
from portal.media.queries import find_text_pictures
from portal.media.shapes import TextPicture
from portal.media.uses import PublishedText, look_for_pictures_in, names_in
from portal.news.models import Post

_PLACE = "/gambar/"
_POSTS = select(Post.id, Post.body_id, Post.body_en).where(
    or_(Post.body_id.contains(_PLACE), Post.body_en.contains(_PLACE))
)


def init() -> None:
    """Have published posts looked through for pictures."""
    look_for_pictures_in(published_texts)


def published_texts(session: AnySession) -> Iterator[PublishedText]:
    """Every published post's text that shows a picture, each language by itself."""
    for row in session.execute(_POSTS):
        yield "news", row.id, row.body_id
        yield "news", row.id, row.body_en


def pictures_in(*texts: str, permitted: bool = False) -> tuple[TextPicture, ...]:
    """The pictures of these texts for `to_html`; `permitted`: for a preview that is read without an account."""
    names = frozenset[str]().union(*(names_in(text) for text in texts if _PLACE in text))
    return find_text_pictures(names, permitted=permitted)
