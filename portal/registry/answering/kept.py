"""Answers of the check, rendered once and kept: they hold nothing about the person who asked.

Every negative answer is therefore the same bytes. The key of a kept answer is all its content depends on; what was
typed is no part of it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass

from portal.core.whole_answers import Headers, WholeAnswer

MOST_KEPT = 256
NEVER_KEPT = ("set-cookie",)
TOLD_ANEW = ("content-length", "vary")


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer as it is sent each time."""

    status: str
    headers: Headers
    body: bytes


class Answers:
    """The kept answers of one worker; the one used longest ago goes first."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, KeptAnswer] = OrderedDict()

    def find(self, key: Hashable) -> KeptAnswer | None:
        """The answer kept for `key`."""
        kept = self._kept.get(key)
        if kept is not None:
            self._kept.move_to_end(key)
        return kept

    def keep(self, key: Hashable, answer: WholeAnswer, coding: str) -> KeptAnswer:
        """The answer as it is sent; kept, unless it is an error or somebody's own."""
        if not answer.status.startswith("200") or any(
            name.lower() in NEVER_KEPT for name, _value in answer.headers
        ):
            return KeptAnswer(answer.status, answer.headers, answer.body)
        self._kept[key] = kept = _whole(answer, coding)
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        return kept


def _whole(answer: WholeAnswer, coding: str) -> KeptAnswer:
    headers, body = answer.compressed(coding)
    vary = [value for name, value in headers if name.lower() == "vary"]
    fields = [(name, value) for name, value in headers if name.lower() not in TOLD_ANEW]
    fields += [("Content-Length", str(len(body))), ("Vary", ", ".join([*vary, "Accept-Encoding"]))]
    return KeptAnswer(answer.status, fields, body)
