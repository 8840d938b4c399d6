"""What is written about bound figures."""

from __future__ import annotations

from portal.news.figures.services.confirming import FigureMoved, NotConfirmed, WordMissing, clear_flag
from portal.news.figures.services.following import follow_posts, follow_records

__all__ = ["FigureMoved", "NotConfirmed", "WordMissing", "clear_flag", "follow_posts", "follow_records"]
