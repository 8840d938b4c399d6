"""Answers of the check, rendered once and kept: they hold nothing about the person who asked.

Every negative answer is therefore the same bytes. The key of a kept answer is all its content depends on; what was
typed is no part of it.
"""

from __future__ import annotations

import gzip
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass

import brotli
from flask import Request, Response

from portal.core.codings import choose_coding

MOST_KEPT = 256
# What this portal's own pages send in those headers; any other visitor's words are kept nowhere.
USUAL = ("", "true", "check-result")
HTMX_HEADERS = ("HX-Request", "HX-Target", "HX-Boosted", "HX-History-Restore-Request")
BROTLI_QUALITY = 5


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """A body in each coding, and what it varies by."""

    bodies: dict[str, bytes]
    vary: str


class Answers:
    """The kept answers of one worker; the one used longest ago goes first."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, KeptAnswer] = OrderedDict()

    def answer(self, request: Request, key: Hashable, render: Callable[[], Response]) -> Response:
        """The answer kept for `key` and this request's kind, rendered where there is none yet."""
        kind = tuple(request.headers.get(name, "") for name in HTMX_HEADERS)
        if not set(kind) <= set(USUAL):
            return render()
        kept = self._kept.get((key, kind))
        if kept is None:
            kept = self._keep((key, kind), render())
        self._kept.move_to_end((key, kind))
        coding = choose_coding(request.headers.get("Accept-Encoding", ""))
        response = Response(kept.bodies[coding], mimetype="text/html")
        response.headers["Vary"] = kept.vary
        if coding:
            response.headers["Content-Encoding"] = coding
        return response

    def _keep(self, key: Hashable, response: Response) -> KeptAnswer:
        body = response.get_data()
        bodies = {
            "": body,
            "gzip": gzip.compress(body, mtime=0),
            "br": brotli.compress(body, quality=BROTLI_QUALITY),
        }
        response.vary.add("Accept-Encoding")
        self._kept[key] = kept = KeptAnswer(bodies, response.headers["Vary"])
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        return kept
