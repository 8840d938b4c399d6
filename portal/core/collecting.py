"""When Python looks for garbage: seldom, as what is loaded stays and little of what a request or a list makes is circular."""

from __future__ import annotations

import gc
from typing import Final

# So many more objects made than freed, and so many such rounds, before the collector looks for circles among the older.
SELDOM: Final = (100_000, 50, 50)


def keep_what_is_loaded() -> None:
    """Leave everything that is loaded out of the search: a process that looks through it stands still for 80 ms."""
    gc.collect()
    gc.freeze()


def collect_seldom() -> None:
    """For processes that take in lists: a tenth of their time would go into finding nothing."""
    gc.freeze()
    gc.set_threshold(*SELDOM)
