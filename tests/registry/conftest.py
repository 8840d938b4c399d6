"""A registry with the starter programmes beside it, and lists to bring in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Protocol

import pytest
from flask import Flask

from portal.registry.lists.rows import Reading
from portal.registry.services.publication import publish_list
from portal.registry.services.staging import stage_list
from portal.registry.shapes import Cover, ImportReport
from tests.registry.people import BERAU, HEADER, Somebody, month


class Stage(Protocol):
    """Stages people (or a whole text) as a list and gives the report."""

    def __call__(
        self,
        people: list[Somebody] | str,
        *,
        program: str = BERAU,
        funding: str = "apbd_regency",
        first: str = "2026-01",
        last: str = "2026-12",
        publish: bool = False,
        check_only: bool = False,
    ) -> ImportReport: ...


@pytest.fixture
def registry(content: Flask) -> Iterator[Flask]:
    """The starter portal with its context pushed."""
    with content.app_context():
        yield content


@pytest.fixture
def stage(registry: Flask, tmp_path: Path) -> Stage:
    """Bring a list in the way an office does: as a file."""
    numbers = count(1)

    def bring(
        people: list[Somebody] | str,
        *,
        program: str = BERAU,
        funding: str = "apbd_regency",
        first: str = "2026-01",
        last: str = "2026-12",
        publish: bool = False,
        check_only: bool = False,
    ) -> ImportReport:
        path = tmp_path / f"list-{next(numbers)}.csv"
        lines = [HEADER, *(person.line for person in people)] if isinstance(people, list) else [people]
        path.write_text("\n".join(lines), encoding="utf-8")
        cover = Cover(program, funding, month(first), month(last))
        report = stage_list(path, cover, actor="test", check_only=check_only)
        if publish:
            assert report.list_id is not None
            publish_list(report.list_id, actor="test")
        return report

    return bring


@pytest.fixture
def read(tmp_path: Path) -> Callable[[bytes], Reading]:
    """Open bytes as a list, without a database."""
    from portal.registry.lists import open_list

    def reading(data: bytes) -> Reading:
        path = tmp_path / "list"
        path.write_bytes(data)
        return Reading(open_list(path).table)

    return reading
