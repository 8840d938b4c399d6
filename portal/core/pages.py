"""Pages and fragments: one address, one template, one context; a fragment is a block of the page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, cast

from flask import Response, make_response, render_template, request
from htmx_flask.requests import HtmxAwareRequest
from jinja2_fragments.flask import render_block

from portal.core.addresses import asked_by_codes

P = ParamSpec("P")
KEEP = "portal.keep"


def page(template: str, *, fragments: tuple[str, ...] = (), status: int = 200, **context: Any) -> Response:
    """Render the whole page, or the one declared block that HTMX asked for.

    `fragments` names blocks; a block `commitment_results` answers the target `#commitment-results`.
    Plain, boosted and history-restore requests and undeclared targets get the whole page.
    The template is told which by `is_fragment`.
    """
    block = _wanted(fragments)
    context["is_fragment"] = block is not None
    body = render_block(template, block, **context) if block else render_template(template, **context)
    response = make_response(body, status)
    if fragments:
        response.vary.update(("HX-Request", "HX-Target", "HX-Boosted", "HX-History-Restore-Request"))
    return response


def _wanted(fragments: tuple[str, ...]) -> str | None:
    htmx = cast(HtmxAwareRequest, request).htmx
    if not htmx or htmx.boosted or htmx.history_restore_request or not htmx.target:
        return None
    name = htmx.target.replace("-", "_")
    return name if name in fragments else None


def kept(view: Callable[P, Response]) -> Callable[P, Response]:
    """Mark a view whose answer depends on the address and the published content alone.

    Its page is rendered once per content version and language and then served as kept bytes; not where its address
    holds words of a visitor, which the page may repeat: nothing that somebody typed stays in memory.
    """

    @wraps(view)
    def marked(*args: P.args, **kwargs: P.kwargs) -> Response:
        response = view(*args, **kwargs)
        request.environ[KEEP] = not request.query_string or asked_by_codes()
        return response

    return marked
