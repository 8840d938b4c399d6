"""News tells publishing its rules and follows what is published."""

from __future__ import annotations

from portal.core.publication import follow
from portal.news.figures.checks import check_tokens, check_typed_numbers
from portal.news.figures.services import follow_posts, follow_records
from portal.news.rules import check_award, check_post
from portal.publishing.records import check_before_review, on_publication


def init() -> None:
    """Called once by create_app, before the search is told to follow: it indexes figures as they then are."""
    check_before_review("awards", check_award)
    for rule in (check_post, check_tokens, check_typed_numbers):
        check_before_review("news", rule)
    on_publication(follow_posts)
    follow(follow_records)
