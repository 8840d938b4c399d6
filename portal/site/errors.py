"""Pages for what goes wrong, each with one sentence that says what to do."""

from __future__ import annotations

import logging
import traceback

from flask import Flask, Response
from sqlalchemy.exc import OperationalError, ProgrammingError
from werkzeug.exceptions import HTTPException

from portal.core.errors import BadQuery, DatabaseUnavailable, NotFound
from portal.core.i18n import gettext as _
from portal.core.pages import page

log = logging.getLogger(__name__)


def init_app(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(NotFound, _not_found)
    app.register_error_handler(BadQuery, _bad_query)
    app.register_error_handler(DatabaseUnavailable, _database)
    app.register_error_handler(OperationalError, _database)
    app.register_error_handler(ProgrammingError, _database)
    app.register_error_handler(Exception, _unexpected)


def _show(status: int, title: str, sentence: str) -> Response:
    return page("site/error.html", status=status, code=status, title=title, sentence=sentence)


def _not_found(error: Exception) -> Response:
    sentence = _("Check the address, or search for what you need.")
    return _show(404, _("This page does not exist"), sentence)


def _bad_query(error: Exception) -> Response:
    return _show(400, _("The address asks for something this page does not know"), str(error))


def _http(error: HTTPException) -> Response:
    if error.code == 404:
        return _not_found(error)
    titles = {
        405: (_("This address is not used that way"), _("Open the page by its link and try again.")),
        413: (_("What was sent is too large"), _("Shorten what you typed and send it again.")),
        400: (_("The request cannot be read"), _("Go back to the page and try again.")),
    }
    code = error.code or 500
    title, sentence = titles.get(code, (_("The request failed"), _("Go back to the page and try again.")))
    response = _show(code, title, sentence)
    if error.code == 405:
        response.headers["Allow"] = ", ".join(sorted(getattr(error, "valid_methods", None) or ("GET",)))
    return response


def _database(error: Exception) -> Response:
    # The message of a database error may hold bound values: only its kind is logged.
    log.error("database unavailable: %s", type(error).__name__)
    sentence = _("The data cannot be reached just now. Please try again in a few minutes.")
    return _show(503, _("The portal is not ready"), sentence)


def _unexpected(error: Exception) -> Response:
    # The message may hold what a visitor typed: the kind and the place are logged, never the message.
    place = traceback.extract_tb(error.__traceback__)[-1] if error.__traceback__ else None
    where = f"{place.filename}:{place.lineno}" if place else "?"
    log.error("unexpected error: %s at %s", type(error).__name__, where)
    sentence = _("The mistake is ours and has been noted. Please try again in a few minutes.")
    return _show(500, _("Something went wrong"), sentence)
