"""Posts with bound figures, on databases of the test's own."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import update

from portal.extensions import db
from portal.news.models import Post
from portal.publishing.services import publish_change

POST = "berau-nominasi-paritrana-2025"
WORKERS = "[[statements:berau-2025-apbd-1:workers]]"
WritePost = Callable[..., None]


@pytest.fixture
def write_post(content: Flask) -> WritePost:
    """Put a body into the post of Berau, as a data package would, and publish."""

    def write(body_id: str, body_en: str = "Plain.", post: str = POST) -> None:
        with content.app_context():
            db.session.execute(update(Post).where(Post.id == post).values(body_id=body_id, body_en=body_en))
            publish_change(db.session)
            db.session.commit()

    return write
