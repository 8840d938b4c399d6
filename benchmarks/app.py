"""The portal with three routes beside it: hello world, every page rendered afresh below `/_fresh`, and times of checks."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

from portal.core.assets import Assets
from portal.core.pagecache import PageCache
from portal.settings import ROOT
from wsgi import app as portal

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

FRESH = "/_fresh"


@portal.get("/_hello")
def hello() -> str:
    """The framework's own speed."""
    return "Hello, World!"


kept = portal.wsgi_app
unkept = portal.extensions["portal.unkept"]
# A cache that keeps nothing: every page is rendered and compressed anew.
fresh = PageCache(unkept, portal.extensions["portal.content_watch"], Assets(ROOT / "static"), capacity=0)
# Seconds each check took in this worker since it was last asked.
checks: list[float] = []


def app(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Choose between the portal and the fresh rendering."""
    path = environ["PATH_INFO"]
    if path.startswith(FRESH):
        environ["PATH_INFO"] = path[len(FRESH) :]
        return fresh(environ, start_response)
    if path == "/_hello":
        return unkept(environ, start_response)  # type: ignore[no-any-return]
    if path == "/_checks":
        return _tell_checks(start_response)
    begun = time.perf_counter()
    answer = kept(environ, start_response)
    if path == "/cek":
        checks.append(time.perf_counter() - begun)
    return answer


def _tell_checks(start_response: StartResponse) -> Iterable[bytes]:
    told = json.dumps({"worker": os.getpid(), "seconds": checks}).encode()
    checks.clear()
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(told)))])
    return [told]
