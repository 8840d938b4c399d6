"""A registrar's reach: her own regions, in pages, counts and steps; and what two of them do at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts.permissions import NotAllowed
from portal.accounts.shapes import Actor, Grant
from portal.core.jobs import Job
from portal.extensions import db
from portal.publishing.audit.models import AuditEntry
from portal.registry.uploads.queries import list_open_uploads, list_programs, list_rows
from portal.registry.uploads.services import receiving, releasing
from tests.desk.lists.conftest import bring, confirm, listed, send, upload, work
from tests.registry.people import AMINAH, BERAU, RUSDI, somebody
from tests.support.staff import Cast, Member, add_member

Spool = Callable[[], list[Path]]


def foreign_program(app: Flask) -> str:
    """A programme of Bengkayang."""
    actor = Actor(0, "", (Grant("registrar", "61.07"),))
    with app.app_context():
        return list_programs(actor, to_write=True)[0].slug


def test_the_form_offers_the_programmes_of_the_own_region_alone(
    content: Flask, desk: Cast, foreign_registrar: Member
) -> None:
    foreign = foreign_program(content)
    page = desk.registrar.client.get("/meja/daftar/baru").text
    assert (BERAU in page, foreign in page) == (True, False)
    page = foreign_registrar.client.get("/meja/daftar/baru").text
    assert (BERAU in page, foreign in page) == (False, True)


def test_a_list_for_another_region_is_refused_and_not_kept(content: Flask, desk: Cast) -> None:
    answer = send(desk.registrar, listed(RUSDI), program=foreign_program(content))
    assert answer.status_code == 403
    with content.app_context():
        everybody = Actor(0, "", (Grant("registrar", ""),))
        assert list_open_uploads(everybody) == []


def test_lists_and_counts_of_other_regions_are_not_shown(
    content: Flask, desk: Cast, foreign_registrar: Member
) -> None:
    number = bring(content, desk.registrar, listed(RUSDI, AMINAH))
    waiting = upload(desk.registrar, listed(somebody(7)), token="b")
    foreign = foreign_registrar.client
    page = foreign.get("/meja/daftar").text
    assert f"unggahan/{waiting}" not in page
    assert 'meja/daftar/1"' not in page
    for path in (f"unggahan/{number}", f"unggahan/{waiting}", f"unggahan/{number}/laporan.csv", "1"):
        assert foreign.get(f"/meja/daftar/{path}").status_code == 404
    for path in (
        f"unggahan/{waiting}/kolom",
        f"unggahan/{waiting}/buang",
        f"unggahan/{waiting}/ulang",
        "1/terbit",
        "1/tarik",
    ):
        assert foreign.post(f"/meja/daftar/{path}", data={"yakin": "ya"}).status_code == 404
    with content.app_context():
        assert (list_rows(foreign_registrar.actor), list_open_uploads(foreign_registrar.actor)) == ([], [])
        assert len(list_rows(desk.registrar.actor)) == 1


@pytest.mark.parametrize(
    "grants",
    [(("registrar", "61.07"),), (("registrar", "64"),), (("editor", "64.03"),), (("administrator", ""),), ()],
    ids=["other region", "province", "editor", "administrator", "nobody"],
)
def test_every_step_is_refused_by_the_service_itself(
    content: Flask, desk: Cast, grants: tuple[tuple[str, str], ...]
) -> None:
    bring(content, desk.registrar, listed(RUSDI))
    waiting = upload(desk.registrar, listed(AMINAH), token="b")
    actor = Actor(99, "", tuple(Grant(*grant) for grant in grants))
    with content.app_context():
        for step in (
            lambda: receiving.discard(actor, waiting),
            lambda: receiving.read_again(actor, waiting),
            lambda: releasing.publish(actor, 1, frozenset()),
            lambda: releasing.withdraw(actor, 1, "alasan"),
        ):
            with pytest.raises(NotAllowed):
                step()
        assert list_rows(desk.registrar.actor)[0].list.state == "staged"


def test_a_provinces_registrar_reads_the_lists_of_its_regencies_and_changes_none(
    content: Flask, desk: Cast
) -> None:
    bring(content, desk.registrar, listed(RUSDI))
    province = add_member(content, "kaltim@portal.test", ("registrar", "64")).client
    page = province.get("/meja/daftar/1")
    assert (page.status_code, "/terbit" in page.text) == (200, False)
    assert province.post("/meja/daftar/1/terbit", data={"yakin": "ya"}).status_code == 403


def test_each_step_is_in_the_trail_by_number_and_without_typed_words(content: Flask, desk: Cast) -> None:
    bring(content, desk.registrar, listed(RUSDI))
    client = desk.registrar.client
    client.post("/meja/daftar/1/terbit", data={"yakin": "ya"})
    client.post("/meja/daftar/1/tarik", data={"yakin": "ya", "alasan": "Berkas keliru"})
    with content.app_context():
        query = select(AuditEntry.action, AuditEntry.actor_id, AuditEntry.details).order_by(AuditEntry.number)
        found = [row for row in db.session.execute(query) if row.action.startswith("list.")]
    assert [row.action for row in found] == [
        "list.uploaded",
        "list.columns_confirmed",
        "list.staged",
        "list.read",
        "list.published",
        "list.withdrawn",
    ]
    assert {row.actor_id for row in found} == {desk.registrar.id}
    assert "keliru" not in repr(found)


def test_a_form_posted_twice_makes_one_upload(content: Flask, desk: Cast) -> None:
    first = upload(desk.registrar, listed(RUSDI))
    assert upload(desk.registrar, listed(RUSDI)) == first
    assert confirm(desk.registrar, first).status_code == 303
    assert confirm(desk.registrar, first).status_code == 303
    with content.app_context():
        assert len(db.session.scalars(select(Job.id)).all()) == 1
    assert work(content) == [first]


def test_the_same_file_is_recognised_while_it_waits_and_when_it_is_a_list(content: Flask, desk: Cast) -> None:
    number = upload(desk.registrar, listed(RUSDI))
    colleague = add_member(content, "kedua@portal.test", ("registrar", "64.03"))
    assert upload(colleague, listed(RUSDI), token="b") == number
    confirm(colleague, number)
    work(content)
    answer = send(colleague, listed(RUSDI), token="c")
    assert (answer.status_code, answer.location) == (303, "/meja/daftar/1?sama=1")


def test_a_page_that_is_outdated_does_not_publish_over_another_list(content: Flask, desk: Cast) -> None:
    bring(content, desk.registrar, listed(RUSDI))
    bring(content, desk.registrar, listed(AMINAH), token="b")
    client = desk.registrar.client
    assert client.post("/meja/daftar/1/terbit", data={"yakin": "ya"}).status_code == 303
    outdated = client.post("/meja/daftar/2/terbit", data={"yakin": "ya", "menggantikan": ""})
    assert outdated.status_code == 409
    assert 'value="1"' in outdated.text
    with content.app_context():
        assert [row.list.state for row in list_rows(desk.registrar.actor)] == ["staged", "published"]


def test_posted_extras_change_nothing(desk: Cast, content: Flask) -> None:
    number = upload(
        desk.registrar, listed(RUSDI), state="staged", account_id="1", region="61.07", list_id="1"
    )
    with content.app_context():
        (row,) = list_open_uploads(desk.registrar.actor)
    assert (row.upload.id, row.upload.state, row.upload.account_id) == (number, "received", desk.registrar.id)


def test_nobody_but_a_registrar_is_let_to_fill_the_disk(desk: Cast, spool: Spool) -> None:
    start = b'--a\r\nContent-Disposition: form-data; name="berkas"; filename="a.csv"\r\n\r\n'
    body = start + b"x" * 3_000_000 + b"\r\n--a--\r\n"
    answer = desk.visitor.post("/meja/daftar/baru", data=body, content_type="multipart/form-data; boundary=a")
    assert (answer.status_code, "/meja/masuk" in (answer.location or "")) == (303, True)
    assert send(desk.berau_editor, b"x" * 3_000_000).status_code == 403
    assert spool() == []
