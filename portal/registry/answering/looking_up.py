"""What came of looking somebody up, wherever it was done: in the layer before the framework, or in the view."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portal.registry.answering.covers import local_today
from portal.registry.forms import CheckForm
from portal.registry.services.checking import check_cover
from portal.registry.shapes import FoundCover

# Where the layer leaves it for the view.
OUTCOME = "portal.registry.outcome"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The covers found on that day, none for anybody who isn't found; or the exception in their place."""

    covers: tuple[FoundCover, ...]
    today: date
    fault: Exception | None = None


def look_up(form: CheckForm, address: str) -> Outcome:
    """Ask for the person of a form without mistakes; raises what `check_cover` raises."""
    return Outcome(check_cover(form.nik, form.name, address, form.payment), local_today())
