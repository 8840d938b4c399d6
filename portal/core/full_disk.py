"""Whether an error says that there is no room left: each database and the system say it in other words."""

from __future__ import annotations

import errno

from sqlalchemy.exc import DBAPIError

# SQLite calls a write that the system refused an I/O error.
SIGNS = ("disk I/O", "is full", "No space", "could not extend", "could not write")
NUMBERS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def is_full(error: DBAPIError | OSError) -> bool:
    """Whether a disk or a share of it is full."""
    if isinstance(error, OSError):
        return error.errno in NUMBERS
    return any(sign in str(error.orig) for sign in SIGNS)
