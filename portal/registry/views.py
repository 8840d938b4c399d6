"""`/cek`: am I covered? A NIK and a name are read from a POST alone, and are in no answer but the visitor's own form."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

import portal.registry.services.alarm  # noqa: F401  (registers the worker's job and chore)
from portal.core.errors import DatabaseUnavailable
from portal.core.pages import kept, page
from portal.registry.answering.looking_up import OUTCOME, Outcome, look_up
from portal.registry.answering.pages import found_answer, not_found_answer
from portal.registry.errors import RegistryKeyDiffers
from portal.registry.forms import CheckForm, read_check_form
from portal.registry.price.outcomes import PriceAsked
from portal.registry.price.words import FAULTS

registry_bp = Blueprint("registry", __name__)


@registry_bp.before_request
def _drop_query() -> BaseResponse | None:
    """An address must not carry a NIK: whatever stands in the query is dropped unread."""
    if request.query_string:
        return redirect(url_for("registry.show_check"), 303)
    return None


@registry_bp.get("/cek")
@kept
def show_check() -> Response:
    """The form."""
    return _page("form")


@registry_bp.post("/cek")
def answer_check() -> Response:
    """The answer: found, not found (the same for everybody), a visible mistake, or what the check costs (429)."""
    form = read_check_form(request.form)
    if form.errors:
        return _page("mistake", status=422, form=form)
    try:
        outcome = _outcome(form)
    except RegistryKeyDiffers as error:
        raise DatabaseUnavailable(str(error)) from None
    except PriceAsked as asked:
        offer = asked.offer
        response = _page("priced", status=429, form=form, offer=offer, fault=FAULTS.get(offer.fault))
        response.headers["Retry-After"] = str(offer.wait)
        return response
    if outcome.covers:
        return _page("found", **found_answer(outcome.covers, outcome.today))
    return _page("not_found", **not_found_answer(outcome.today))


def _outcome(form: CheckForm) -> Outcome:
    """What was found, here or before the framework (`door`)."""
    outcome: Outcome | None = request.environ.pop(OUTCOME, None)
    if outcome is None:
        return look_up(form, request.remote_addr or "")
    if outcome.fault is not None:
        raise outcome.fault
    return outcome


def _page(outcome: str, *, status: int = 200, form: CheckForm | None = None, **context: object) -> Response:
    response = page(
        "registry/check.html",
        fragments=("check_result",),
        status=status,
        outcome=outcome,
        form=form or CheckForm(),
        **context,
    )
    response.headers["Cache-Control"] = "no-store"
    return response
