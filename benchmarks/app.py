"""The portal with two routes beside it: hello world, and every page rendered afresh below `/_fresh`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from portal import create_app
from portal.core.assets import Assets
from portal.core.content_version import watch
from portal.core.language_path import LanguagePath
from portal.core.pagecache import PageCache
from portal.settings import ROOT, read_settings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

FRESH = "/_fresh"

portal = create_app()


@portal.get("/_hello")
def hello() -> str:
    """The framework's own speed."""
    return "Hello, World!"


kept = portal.wsgi_app
# The application without the portal's kept pages, behind a cache that keeps nothing: rendered and compressed each time.
flask_app = kept._app._app  # type: ignore[attr-defined]
fresh = PageCache(
    LanguagePath(flask_app), watch(read_settings().database_url), Assets(ROOT / "static"), capacity=-1
)


def app(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Choose between the portal and the fresh rendering."""
    path = environ["PATH_INFO"]
    if path.startswith(FRESH):
        environ["PATH_INFO"] = path[len(FRESH) :]
        return fresh(environ, start_response)
    if path == "/_hello":
        return flask_app(environ, start_response)  # type: ignore[no-any-return]
    return kept(environ, start_response)
