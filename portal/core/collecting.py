"""When Python looks for garbage: seldom, as what is loaded stays and little of what a request or a list makes is circular."""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

# So many more objects made than freed, and so many such rounds, before the collector looks for circles among the older.
SELDOM: Final = (100_000, 50, 50)
USUAL: Final = gc.get_threshold()


# M_ARENA_MAX of glibc's mallopt(3).
ARENA_MAX: Final = -8


def keep_what_is_loaded() -> None:
    """Leave everything that is loaded out of the search: a process that looks through it stands still for 80 ms."""
    gc.collect()
    gc.freeze()


def share_one_heap() -> None:
    """Let all threads take memory from one heap where glibc is; each with its own holds some megabytes that nobody uses."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if mallopt is not None:
        mallopt(ARENA_MAX, 1)


@contextmanager
def collected_seldom() -> Iterator[None]:
    """For a command that takes in a list: a tenth of its time would go into finding nothing. As usual again afterwards."""
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*USUAL)
