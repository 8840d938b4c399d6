"""Records and the sources they cite, read in one query: columns of an outer join and how to fold its rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from portal.evidence.models import Source
from portal.evidence.shapes import SourceShape

SOURCE_COLUMNS = (
    Source.id,
    Source.publisher,
    Source.title,
    Source.url,
    Source.published_on,
    Source.kind,
    Source.read_as,
    Source.note,
)


def fold_sources(rows: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    """Each record's own columns and, last, the tuple of its sources in the order given.

    A row is the record's columns, the first of them its id, and then SOURCE_COLUMNS (all None where it cites none);
    rows of one record follow one another.
    """
    width = len(SOURCE_COLUMNS)
    for _id, group in groupby(rows, key=itemgetter(0)):
        members = [tuple(row) for row in group]
        sources = tuple(SourceShape(*row[-width:]) for row in members if row[-width] is not None)
        yield (*members[0][:-width], sources)
