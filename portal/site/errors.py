"""Pages for what goes wrong, each with one sentence that says what to do.

Nothing a visitor typed reaches a log: messages of exceptions may hold it (a database driver's holds the values of
the statement), so only the kind of an exception and its place in the code are written.
"""

from __future__ import annotations

import logging
import traceback

from flask import Flask, Response
from flask_babel.speaklater import LazyString
from sqlalchemy.exc import DatabaseError, DataError, IntegrityError
from werkzeug.exceptions import HTTPException

from portal.core.errors import BadQuery, DatabaseUnavailable, Gone, NotFound
from portal.core.i18n import gettext
from portal.core.i18n import lazy_gettext as _
from portal.core.id_numbers import IdNumberTyped
from portal.core.pages import page

log = logging.getLogger(__name__)

Words = tuple[LazyString, LazyString]
GO_BACK = _("Go back to the page and try again.")
WORDS: dict[int, Words] = {
    400: (_("The request cannot be read"), GO_BACK),
    404: (_("This page does not exist"), _("Check the address, or search for what you need.")),
    405: (_("This address is not used that way"), _("Open the page by its link and try again.")),
    413: (_("What was sent is too large"), _("Shorten what you typed and send it again.")),
    429: (_("Too many requests from your connection"), _("Wait a few minutes and try again.")),
    500: (
        _("Something went wrong"),
        _("The mistake is ours and has been noted. Please try again in a few minutes."),
    ),
    503: (
        _("The portal is not ready"),
        _("The data cannot be reached just now. Please try again in a few minutes."),
    ),
}
OTHERS: Words = (_("The request failed"), GO_BACK)


def init_app(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(NotFound, _not_found)
    app.register_error_handler(Gone, _gone)
    app.register_error_handler(BadQuery, _bad_query)
    app.register_error_handler(IdNumberTyped, _id_number)
    app.register_error_handler(DatabaseUnavailable, _database)
    app.register_error_handler(DatabaseError, _database)
    app.register_error_handler(DataError, _unexpected)
    app.register_error_handler(IntegrityError, _unexpected)
    app.register_error_handler(Exception, _unexpected)


def _http(error: HTTPException) -> Response:
    response = _show(error.code or 500)
    methods = getattr(error, "valid_methods", None)
    if methods:
        response.headers["Allow"] = ", ".join(sorted(methods))
    retry_after = getattr(error, "retry_after", None)
    if isinstance(retry_after, int):
        response.headers["Retry-After"] = str(retry_after)
    return response


def _not_found(error: Exception) -> Response:
    return _show(404, sentence=f"{error} {WORDS[404][1]}" if str(error) else None)


def _gone(error: Gone) -> Response:
    return _show(410, title=gettext("This was withdrawn"), sentence=str(error), entry=error.entry)


def _bad_query(error: Exception) -> Response:
    title = gettext("The address asks for something this page does not know")
    return _show(400, title=title, sentence=str(error))


def _id_number(error: Exception) -> Response:
    return _show(422, sentence=str(error))


def _database(error: Exception) -> Response:
    log.error("database unavailable: %s at %s", type(error).__name__, _place(error))
    response = _show(503)
    response.headers["Retry-After"] = "60"
    return response


def _unexpected(error: Exception) -> Response:
    log.error("unexpected error: %s at %s", type(error).__name__, _place(error))
    return _show(500)


def _show(
    status: int, *, title: str | None = None, sentence: str | None = None, entry: str | None = None
) -> Response:
    words = WORDS.get(status, OTHERS)
    title, sentence = title or str(words[0]), sentence or str(words[1])
    try:
        return page("site/error.html", status=status, title=title, sentence=sentence, entry=entry)
    except Exception as error:
        # If even this page fails, Flask would log the exception with its message.
        log.error("error page failed: %s at %s", type(error).__name__, _place(error))
        return Response(f"{title}. {sentence}\n", status, mimetype="text/plain")


def _place(error: Exception) -> str:
    """The innermost line of the portal's own code on the way to the exception."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [
        frame for frame in frames if "/portal/" in frame.filename and "site-packages" not in frame.filename
    ]
    found = (own or list(frames))[-1:]
    return f"{found[0].filename}:{found[0].lineno}" if found else "?"
