"""What the web's processes need of the worker: the queue that wakes it."""

from __future__ import annotations

from portal.core.jobs import wake_with


def init() -> None:
    """Have jobs that are handed over wake the worker. Huey is loaded with the first of them."""
    wake_with(_wake)


def _wake(number: int) -> None:
    from portal.work.queue import wake

    wake(number)
