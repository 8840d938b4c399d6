"""What the commands of the registry share: the group, months, the actor."""

from __future__ import annotations

import getpass
import re
from collections.abc import Callable
from pathlib import Path

import click
from flask.cli import AppGroup

from portal.core.i18n import gettext as _
from portal.core.terminal import speak_its_language

FILE = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)


@click.group(cls=AppGroup)
def registry() -> None:
    """Enrolment lists: who is covered, kept as keyed digests only."""
    speak_its_language()


class Month(click.ParamType[int]):
    """A month written YYYY-MM, numbered year × 12 + month − 1."""

    name = "YYYY-MM"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """See click.ParamType."""
        if isinstance(value, int):
            return value
        found = re.fullmatch(r"(20\d\d)-(0[1-9]|1[0-2])", str(value))
        if not found:
            self.fail(_("write the month as YYYY-MM, for instance 2026-01"), param, ctx)
        return int(found[1]) * 12 + int(found[2]) - 1


def actor() -> str:
    """The account at the machine: a list says who brought it."""
    try:
        return f"cli:{getpass.getuser()}"[:120]
    except (KeyError, OSError):
        return "cli"


def steps(advance: Callable[[int], None]) -> Callable[[int], None]:
    """Turn a position into the step since the last one."""
    before = 0

    def tell(done: int) -> None:
        nonlocal before
        advance(done - before)
        before = done

    return tell
