"""Which content coding an answer is sent in, by what a browser accepts (RFC 9110, 12.5.3)."""

from __future__ import annotations

import re
from functools import lru_cache

CODINGS = ("br", "gzip")
_REFUSED = re.compile(r"q=0(?:\.0{0,3})?", re.ASCII)


@lru_cache(maxsize=128)
def choose_coding(accepted: str) -> str:
    """The best coding in an Accept-Encoding header, empty for none; `q=0` refuses one."""
    taken = {name.strip().lower() for name, refused in map(_read, accepted.split(",")) if not refused}
    return next((coding for coding in CODINGS if coding in taken), "")


def _read(item: str) -> tuple[str, bool]:
    name, _semicolon, weight = item.partition(";")
    return name, _REFUSED.fullmatch(weight.strip().lower()) is not None
