"""Moves a leading `/en` of the address into SCRIPT_NAME, so each route is written once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ENGLISH = "/en"
KEY = "portal.language"


class LanguagePath:
    """WSGI layer: `/en/wilayah` reaches the application as `/wilayah` below `/en`, in English."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Set the language of the request and pass it on."""
        path = environ.get("PATH_INFO", "")
        environ[KEY] = "id"
        if path == ENGLISH or path.startswith(ENGLISH + "/"):
            environ[KEY] = "en"
            environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + ENGLISH
            environ["PATH_INFO"] = path[len(ENGLISH) :] or "/"
        return self._app(environ, start_response)
