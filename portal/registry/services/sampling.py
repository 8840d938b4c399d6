"""Synthetic lists: written to a file, and one brought in for a portal that starts for the first time."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from itertools import chain
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
# Of the 1048576 rows of a sheet.
MOST_SHEET_ROWS: Final = 1_000_000
ROWS_PER_STEP: Final = 10_000


def write_sample(
    path: Path, rows: int, region_code: str, *, progress: Callable[[int], None] | None = None
) -> None:
    """Write a synthetic list, as .xlsx where the file is called so and else as CSV; raises OSError.

    The same region and number of rows give the same people.
    """
    people = _count_steps(sample_rows(region_code, rows, list_places(region_code)), progress)
    write = _write_workbook if path.suffix.lower() == ".xlsx" else _write_csv
    write(path, chain(((TITLE,), (), HEADER), people))


def _count_steps(
    rows: Iterable[tuple[str, ...]], progress: Callable[[int], None] | None
) -> Iterator[tuple[str, ...]]:
    for number, row in enumerate(rows, start=1):
        yield row
        if progress and number % ROWS_PER_STEP == 0:
            progress(ROWS_PER_STEP)


def _write_csv(path: Path, rows: Iterable[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def _write_workbook(path: Path, rows: Iterable[tuple[str, ...]]) -> None:
    """A sheet whose cells are all text, written as it is made. Raises OSError."""
    # Only who asks for a workbook pays for its writer.
    import xlsxwriter

    with path.open("wb") as file, xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                if text:
                    sheet.write_string(number, column, text)


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
