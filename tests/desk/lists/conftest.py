"""A registrar of Berau with a browser, files to bring, and a worker that is asked to work."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal.core.jobs import Job
from portal.extensions import db
from portal.registry.services.checking import check_cover
from portal.registry.uploads.queries import READ_JOB
from portal.registry.uploads.services.reading import stage_upload
from tests.registry.people import BERAU, HEADER, Somebody
from tests.support.staff import Cast, Member, add_member

EDGE = "edge-of-the-form"
COVER = {"program": BERAU, "pembayar": "apbd_regency", "mulai": "2026-01", "sampai": "2026-12"}


@pytest.fixture
def desk(content: Flask, cast: Cast) -> Cast:
    """The cast at the starter portal."""
    return cast


@pytest.fixture
def foreign_registrar(content: Flask) -> Member:
    """The registrar of Bengkayang."""
    return add_member(content, "bengkayang_registrar@portal.test", ("registrar", "61.07"))


@pytest.fixture
def context(content: Flask) -> Iterator[Flask]:
    """The application's context, for services called directly."""
    with content.app_context():
        yield content


def is_found(app: Flask, person: Somebody) -> bool:
    """Whether the public check finds this person."""
    with app.app_context():
        return bool(check_cover(person.nik, person.name, "203.0.113.9"))


def publish(member: Member, list_id: int, replaces: str = "") -> int:
    """Post the publication; gives the status of the answer."""
    form = {"yakin": "ya", "menggantikan": replaces}
    return member.client.post(f"/meja/daftar/{list_id}/terbit", data=form).status_code


def listed(*people: Somebody) -> bytes:
    """People as a CSV file."""
    return "\n".join([HEADER, *(person.line for person in people)]).encode()


def send(
    member: Member, data: bytes, *, name: str = "daftar.csv", token: str = "a", **more: str
) -> TestResponse:
    """Post the first step of the wizard."""
    return post_form(member, {**COVER, "formulir": token, **more}, data, name)


def post_form(
    member: Member, fields: dict[str, str], data: bytes, name: str = "daftar.csv", **options: Any
) -> TestResponse:
    """Post a form with a file; put together here, as the test client would use a temporary file of its own."""
    parts = [
        f'--{EDGE}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
        for key, value in fields.items()
    ]
    start = f'--{EDGE}\r\nContent-Disposition: form-data; name="berkas"; filename="{name}"\r\n\r\n'
    body = b"".join([*parts, start.encode(), data, f"\r\n--{EDGE}--\r\n".encode()])
    kind = f"multipart/form-data; boundary={EDGE}"
    return member.client.post("/meja/daftar/baru", data=body, content_type=kind, **options)


def upload(member: Member, data: bytes, **more: Any) -> int:
    """Bring a file and give the upload's number."""
    answer = send(member, data, **more)
    assert answer.status_code == 303, answer.text[-3000:]
    found = re.search(r"/unggahan/(\d+)", answer.location or "")
    assert found, answer.location
    return int(found[1])


COLUMNS = {"baris": "1", "kolom-1": "nik", "kolom-2": "name", "kolom-3": "district", "kolom-4": "village"}


def confirm(member: Member, upload_id: int, **columns: str) -> TestResponse:
    """Confirm the columns of HEADER, or others."""
    form = columns or COLUMNS
    return member.client.post(f"/meja/daftar/unggahan/{upload_id}/kolom", data=form)


def work(app: Flask) -> list[int]:
    """Read every confirmed upload as the worker does; their numbers."""
    with app.app_context():
        waiting = db.session.scalars(select(Job).where(Job.state == "queued", Job.name == READ_JOB)).all()
        numbers = [int(re.sub(r"\D", "", job.arguments)) for job in waiting]
        for job in waiting:
            job.state = "done"
        db.session.commit()
        for number in numbers:
            stage_upload(number)
    return numbers


def bring(app: Flask, member: Member, data: bytes, **more: Any) -> int:
    """From the file to the staged list: the upload's number."""
    number = upload(member, data, **more)
    assert confirm(member, number).status_code == 303
    assert work(app) == [number]
    return number


@pytest.fixture
def spool(content: Flask) -> Callable[[], list[Path]]:
    """The files in the spool at the moment."""
    folder = Path(content.config["PORTAL_SETTINGS"].instance) / "spool"
    return lambda: sorted(folder.glob("*")) if folder.exists() else []
