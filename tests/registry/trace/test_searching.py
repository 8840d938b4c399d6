"""The search itself: it finds one canary in every spelling and in every kind of place."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import logging
import tarfile
import zipfile
import zlib
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask
from sqlalchemy import text

from portal.extensions import db
from portal.registry.names import match_tokens
from tests.registry.trace import routes
from tests.registry.trace.canaries import COUNT, PEOPLE
from tests.registry.trace.conftest import Said
from tests.registry.trace.places import all_traces, cookie_traces
from tests.registry.trace.searching import traces
from tests.support.staff import Cast

ONE = PEOPLE[321]
LINE = routes.line(ONE)
SPELLINGS = {
    "plain": LINE.encode(),
    "part of the number": ONE.nik[2:15].encode(),
    "birth date and sequence": ONE.nik[6:].encode(),
    "backwards": ONE.nik[::-1].encode(),
    "in groups": f"{ONE.nik[:6]}-{ONE.nik[6:12]}-{ONE.nik[12:]}".encode(),
    "capitals": ONE.name.upper().encode(),
    "match key": match_tokens(ONE.name)[0].encode(),
    "village": ONE.village.lower().encode(),
    "occupation": ONE.work.encode(),
    "UTF-16": ONE.name.encode("utf-16"),
    "UTF-16, the other way round": ONE.nik.encode("utf-16-be"),
    "percent": quote(LINE).encode(),
    "base64": base64.b64encode(b"?" + LINE.encode()),
    "base64 for addresses": base64.urlsafe_b64encode(b"??" + ONE.nik.encode()),
    "hexadecimal": LINE.encode().hex().upper().encode(),
    "number": int(ONE.nik).to_bytes(8, "big"),
    "unkeyed digest": hashlib.sha256(ONE.nik.encode()).digest(),
    "unkeyed digest in hexadecimal": hashlib.md5(ONE.nik.encode()).hexdigest().encode(),
    "short digest": hashlib.blake2b(ONE.nik.encode(), digest_size=16).digest(),
}


def _zip(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("table.json", data)
    return out.getvalue()


def _tar(data: bytes) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        member = tarfile.TarInfo("a")
        member.size = len(data)
        archive.addfile(member, io.BytesIO(data))
    return out.getvalue()


def test_there_are_five_hundred_people_and_no_two_share_a_number() -> None:
    assert len({person.nik for person in PEOPLE}) == len({person.name for person in PEOPLE}) == COUNT == 500


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("before", range(8))
def test_every_spelling_is_found_wherever_it_stands(spelling: str, before: int) -> None:
    noise = hashlib.shake_256(b"noise").digest(3000)
    assert traces(noise[: 1000 + before] + SPELLINGS[spelling] + noise) != set()
    assert traces(noise) == set()


@pytest.mark.parametrize("pack", [_zip, _tar, gzip.compress, lambda data: _zip(_zip(data))])
def test_what_is_packed_is_searched_too(pack: object) -> None:
    assert traces(pack(LINE.encode())) != set()  # type: ignore[operator]
    assert traces(pack(b"nobody" * 100)) == set()  # type: ignore[operator]


def test_the_words_of_a_pdf_are_searched() -> None:
    from weasyprint import HTML

    for shown, found in ((f"<p>{LINE}", True), ("<p>nobody", False)):
        assert bool(traces(HTML(string=shown).write_pdf())) is found
    assert traces(
        b"%PDF-1.7\nstream\n" + zlib.compress(LINE.encode()) + b"\nendstream"
    )  # no page: its streams


def test_a_canary_is_found_in_files_tables_journals_and_memory(
    content: Flask, temporary: Path, tmp_path: Path
) -> None:
    assert all_traces(content, temporary, tmp_path) == {}
    (tmp_path / "instance" / "spool").mkdir(exist_ok=True)
    (tmp_path / "instance" / "spool" / "left").write_text(LINE)
    (temporary / f"{ONE.nik}.tmp").touch()
    content.extensions["portal.kept"] = {"page": [LINE]}
    with content.app_context():
        db.session.execute(text("UPDATE regions SET name = :told"), {"told": LINE})
        db.session.commit()
    places = " ".join(all_traces(content, temporary))
    for place in ("spool/left", f"{ONE.nik}.tmp", "regions.name", "memory"):
        assert place in places


def test_a_canary_is_found_in_logs_and_cookies(content: Flask, cast: Cast, said: Said) -> None:
    assert said.traces() == set()
    logging.getLogger("somebody.else").debug("asked for %s", LINE)
    assert said.traces() != set()
    assert cookie_traces(content, cast.registrar.client) == set()
    with cast.registrar.client.session_transaction() as session:
        session["asked"] = LINE
    assert cookie_traces(content, cast.registrar.client) != set()
