"""Synthetic lists: written to a file, and one brought in for a portal that starts for the first time."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from portal.core.i18n import gettext as _
from portal.registry.errors import UnknownProgram
from portal.registry.queries import find_program_region, list_lists, list_places
from portal.registry.samples import HEADER, TITLE, sample_person, sample_rows
from portal.registry.services.keys import registry_engine
from portal.registry.services.publication import publish_list
from portal.registry.services.staging import stage_list
from portal.registry.shapes import Cover, SamplePerson

FIRST_LIST_ROWS: Final = 1000
ROWS_PER_STEP: Final = 10_000


def write_sample(
    path: Path, rows: int, region_code: str, *, progress: Callable[[int], None] | None = None
) -> None:
    """Write a synthetic list as CSV; the same region and number of rows give the same bytes. Raises OSError."""
    places = list_places(region_code)
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerows(((TITLE,), (), HEADER))
        for number, row in enumerate(sample_rows(region_code, rows, places), start=1):
            out.writerow(row)
            if progress and number % ROWS_PER_STEP == 0:
                progress(ROWS_PER_STEP)


def ensure_sample_list(
    program_slug: str, *, funding_source: str = "apbd_regency"
) -> tuple[SamplePerson, ...]:
    """Publish one synthetic list for a programme that has never had a list; two people to try the check with.

    Nobody to try with (an empty tuple) once the synthetic list is withdrawn. Raises UnknownProgram.
    """
    region = find_program_region(program_slug)
    if region is None:
        raise UnknownProgram(
            _("There is no programme %(slug)s: see the addresses under /program.", slug=program_slug)
        )
    with registry_engine().connect() as connection:
        states = {
            (one.synthetic, one.state) for one in list_lists(connection) if one.cover.program == program_slug
        }
    if not states:
        _import_sample(region, program_slug, funding_source)
    elif (True, "published") not in states:
        return ()
    return sample_person(region, 0), sample_person(region, 1)


def _import_sample(region: str, program: str, funding_source: str) -> None:
    january = datetime.now(UTC).year * 12
    cover = Cover(program, funding_source, january, january + 11)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sample.csv"
        write_sample(path, FIRST_LIST_ROWS, region)
        report = stage_list(path, cover, actor="setup")
    if report.list_id is not None:
        publish_list(report.list_id, actor="setup")
