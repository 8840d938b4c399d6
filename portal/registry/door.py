"""The check before the framework: what a browser posts is read, looked up and answered with kept bytes.

A layer as the one of kept pages is. Whatever is not plain goes on to the framework: another kind of post, a visible
mistake, a price, a fault, and each answer the first time. The view then takes what was found here: nobody is looked up,
or counted, twice.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

from flask import Flask

from portal.core.codings import choose_coding
from portal.core.content_watch import Watch
from portal.core.i18n import set_language
from portal.core.language_path import KEY as LANGUAGE
from portal.core.pagecache import HTMX
from portal.core.whole_answers import WholeAnswer
from portal.registry.answering.kept import Answers
from portal.registry.answering.looking_up import OUTCOME, Outcome, look_up
from portal.registry.forms import CheckForm, read_check_form

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

PATH: Final = "/cek"
ANSWERS: Final = "portal.registry.answers"
FORM: Final = "application/x-www-form-urlencoded"
# A form with a proof of work takes some five thousand; what is larger is the framework's to judge.
LARGEST: Final = 16_384
# What this portal's own pages send in HTMX's headers; any other visitor's words are kept nowhere.
USUAL: Final = frozenset(("", "true", "check-result"))


class CheckDoor:
    """WSGI layer right before the framework."""

    def __init__(self, app: Flask, watch: Watch) -> None:
        self._app, self._watch, self._inner = app, watch, app.wsgi_app
        self._answers = app.extensions[ANSWERS] = Answers()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a check, or let the framework answer."""
        form = self._read(environ)
        if form is None or form.errors:
            return self._inner(environ, start_response)
        outcome = environ[OUTCOME] = self._look_up(form, environ)
        kind = tuple([environ.get(name, "") for name in HTMX])
        if outcome.fault or not USUAL.issuperset(kind):
            return self._inner(environ, start_response)
        coding = choose_coding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        key = (environ.get(LANGUAGE), outcome.covers, outcome.today, self._watch.number(), kind, coding)
        kept = self._answers.find(key)
        if kept is None:
            kept = self._answers.keep(key, WholeAnswer(self._inner, environ), coding)
        start_response(kept.status, kept.headers)
        return [kept.body]

    def _read(self, environ: WSGIEnvironment) -> CheckForm | None:
        """The form, None for any other request and for one that the framework has to find unreadable."""
        try:
            fields = _read_fields(environ)
            return None if fields is None else read_check_form(fields)
        except Exception:
            return None

    def _look_up(self, form: CheckForm, environ: WSGIEnvironment) -> Outcome:
        set_language(environ.get(LANGUAGE, ""))
        try:
            with self._app.app_context():
                return look_up(form, environ.get("REMOTE_ADDR", ""))
        except Exception as fault:
            # Told by the view, where faults become pages.
            return Outcome((), date.min, fault)


def _read_fields(environ: WSGIEnvironment) -> dict[str, str] | None:
    """The fields of a check as a browser posts it, the first of each name; raises ValueError where they can't be read.

    The framework finds the post as it was.
    """
    if environ["REQUEST_METHOD"] != "POST" or environ.get("PATH_INFO") != PATH or environ.get("QUERY_STRING"):
        return None
    if (
        environ.get("CONTENT_TYPE", "").partition(";")[0].strip() != FORM
        or "HTTP_TRANSFER_ENCODING" in environ
    ):
        return None
    length = environ.get("CONTENT_LENGTH", "")
    if not (length.isascii() and length.isdigit()) or int(length) > LARGEST:
        return None
    body = environ["wsgi.input"].read(int(length))
    environ["wsgi.input"] = io.BytesIO(body)
    if len(body) != int(length):
        return None
    fields = parse_qsl(body.decode(), keep_blank_values=True, errors="werkzeug.url_quote")
    return dict(reversed(fields))
