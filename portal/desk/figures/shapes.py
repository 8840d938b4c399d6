"""What is asked of the figure search."""

from __future__ import annotations

from dataclasses import dataclass

from portal.news.figures.shapes import Token


@dataclass(frozen=True, slots=True)
class FigureQuestion:
    """What was typed; `region_code` comes first in the answer ("": the account's own), `token` was asked for itself."""

    text: str = ""
    region_code: str = ""
    token: Token | None = None
