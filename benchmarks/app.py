"""The portal with two routes beside it: hello world, and every page rendered afresh below `/_fresh`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from portal import create_app
from portal.core.assets import Assets
from portal.core.pagecache import PageCache
from portal.settings import ROOT

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

FRESH = "/_fresh"

portal = create_app()


@portal.get("/_hello")
def hello() -> str:
    """The framework's own speed."""
    return "Hello, World!"


kept = portal.wsgi_app
unkept = portal.extensions["portal.unkept"]
# A cache that keeps nothing: every page is rendered and compressed anew.
fresh = PageCache(unkept, portal.extensions["portal.content_watch"], Assets(ROOT / "static"), capacity=0)


def app(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Choose between the portal and the fresh rendering."""
    path = environ["PATH_INFO"]
    if path.startswith(FRESH):
        environ["PATH_INFO"] = path[len(FRESH) :]
        return fresh(environ, start_response)
    if path == "/_hello":
        return unkept(environ, start_response)  # type: ignore[no-any-return]
    return kept(environ, start_response)
