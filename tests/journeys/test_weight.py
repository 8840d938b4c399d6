"""The first visit to any page stays small enough for a weak signal, and asks nobody else for anything."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Request

from tests.support.addresses import PUBLIC

MOST_BYTES = 40 * 1024
MOST_HTML = 14 * 1024


@pytest.mark.parametrize("path", PUBLIC)
def test_a_first_visit_weighs_at_most_forty_kilobytes(
    visit: Callable[..., BrowserContext], path: str
) -> None:
    page = visit().new_page()
    requests: list[Request] = []
    page.on("requestfinished", lambda request: requests.append(request))
    page.goto(path, wait_until="networkidle")
    weights = {request.url: request.sizes()["responseBodySize"] for request in requests}
    html = max(weights[r.url] for r in requests if r.resource_type == "document")
    assert html <= MOST_HTML
    assert sum(weights.values()) <= MOST_BYTES, weights
