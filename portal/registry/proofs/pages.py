"""What every answer about a code has in common, the one to an unknown code above all."""

from __future__ import annotations

from flask import current_app, request
from werkzeug.wrappers import Response as BaseResponse

from portal.core.pages import page
from portal.registry.proofs.sheets import PLACE


def unknown_code() -> BaseResponse:
    """The page of every code that isn't good. What was asked for is not in it."""
    base: str = current_app.config["PORTAL_SETTINGS"].base_url
    english = request.script_root.endswith("/en")
    return unseen(
        page(
            "registry/proof_unknown.html",
            status=404,
            page_url=base + ("/en" if english else "") + PLACE,
            indonesian_url=base + PLACE,
            english_url=f"{base}/en{PLACE}",
            other_language_url=PLACE if english else f"/en{PLACE}",
        )
    )


def unseen(response: BaseResponse) -> BaseResponse:
    """Not stored, not listed, not told to the next site."""
    response.headers["Cache-Control"] = "no-store"
    hide(response)
    return response


def hide(response: BaseResponse) -> None:
    """Not listed by search engines, and not told to the site a link leads to."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
