"""What commands share on a terminal: its language, and a progress bar."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from portal.core.i18n import set_language


def speak_its_language() -> None:
    """Indonesian where the terminal is Indonesian, else English: offices run commands too."""
    set_language("id" if os.environ.get("LANG", "").startswith("id") else "en")


@contextmanager
def progress(length: int) -> Iterator[Callable[[int], None]]:
    """A progress bar of so many steps on stderr where that is a terminal; the callable hears how many more are done."""
    if not sys.stderr.isatty():
        yield lambda steps: None
        return
    with click.progressbar(length=length, file=sys.stderr) as bar:
        yield bar.update
