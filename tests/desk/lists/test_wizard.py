"""From a file to a published list and back, as the registrar does it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from flask import Flask

from tests.desk.lists.conftest import bring, confirm, is_found, listed, publish, upload, work
from tests.registry.people import AMINAH, RUSDI, STRANGER
from tests.support.pages import Page, check_page
from tests.support.staff import Cast, Member

Spool = Callable[[], list[Path]]


def look(member: Member, path: str, status: int = 200) -> Page:
    """A page of the desk, checked as every page is."""
    answer = member.client.get(path)
    assert answer.status_code == status, answer.text[:500]
    found = Page(path, answer.status_code, answer.headers, answer.text)
    assert check_page(found) == []
    return found


def test_a_list_goes_from_file_to_publication_and_back(content: Flask, desk: Cast, spool: Spool) -> None:
    registrar = desk.registrar
    assert "Berau" in look(registrar, "/meja/daftar/baru").text
    number = upload(registrar, listed(RUSDI, AMINAH))
    page = look(registrar, f"/meja/daftar/unggahan/{number}")
    assert RUSDI.nik[-4:] in page.text
    assert confirm(registrar, number).status_code == 303
    assert "menunggu" in look(registrar, f"/meja/daftar/unggahan/{number}").text
    assert work(content) == [number]
    assert "2" in look(registrar, f"/meja/daftar/unggahan/{number}").text
    assert not is_found(content, RUSDI)
    look(registrar, "/meja/daftar/1")
    assert publish(registrar, 1) == 303
    assert is_found(content, RUSDI)
    assert spool() == []
    second = bring(content, registrar, listed(RUSDI, STRANGER))
    assert second == 2
    assert "1" in look(registrar, "/meja/daftar/2").text
    assert publish(registrar, 2) == 409
    assert publish(registrar, 2, "1") == 303
    assert not is_found(content, AMINAH)
    tarik = registrar.client.post("/meja/daftar/2/tarik", data={"yakin": "ya", "alasan": "Salah tahun"})
    assert tarik.status_code == 303
    assert "Salah tahun" in look(registrar, "/meja/daftar/2").text
    assert is_found(content, AMINAH)
    look(registrar, "/meja/daftar")
