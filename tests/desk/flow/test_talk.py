"""Comments, presence and preview links on the page of an item."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import select, update

from portal.extensions import db
from portal.publishing.services import releasing
from portal.publishing.talk.models import Presence, PreviewLink
from tests.desk.flow.test_frame import fetch
from tests.support.drafts import REASON, STATEMENT, bring, get, start, version
from tests.support.pages import Page, check_page
from tests.support.staff import Cast, Member

pytestmark = pytest.mark.usefixtures("content", "app_context")

NASTY = "<script>alert(1)</script><img src=x onerror=alert(1)>\u202e\"'&"


def _comment(member: Member, item_id: int, text: str, once: str = "1") -> int:
    form = {"komentar": text, "sekali": once}
    return member.client.post(f"/meja/butir/{item_id}/komentar", data=form).status_code


def _make_link(member: Member, item_id: int, days: str = "7") -> str:
    member.client.post(f"/meja/butir/{item_id}/tautan", data={"hari": days})
    page = fetch(member, f"/meja/butir/{item_id}")
    field = page.by_id("tautan-baru")
    assert field is not None
    return re.sub(r"^https?://[^/]+", "", unescape(field.get("value", "")))


def test_a_comment_is_shown_with_its_author_as_plain_text(cast: Cast) -> None:
    item_id = start(cast.berau_editor)
    assert _comment(cast.province_reader, item_id, NASTY) == 303
    page = fetch(cast.berau_editor, f"/meja/butir/{item_id}")
    assert "<script>alert(1)</script><img" in page.text
    assert "\u202e" not in page.html
    assert cast.province_reader.actor.label in page.text
    assert page.all("img") == []


def test_a_comment_sent_twice_is_one_and_another_text_is_another(cast: Cast) -> None:
    item_id = start(cast.berau_editor)
    for text in ("Satu hal", "Satu hal", "Hal lain"):
        _comment(cast.berau_editor, item_id, text)
    text = fetch(cast.berau_editor, f"/meja/butir/{item_id}").text
    assert (
        text.count("Satu hal :") + text.count("Selesai : Satu hal"),
        text.count("Selesai : Hal lain"),
    ) == (1, 1)


@pytest.mark.parametrize(
    "text", ["", " \n ", "\u200b", "x" * 4001], ids=["empty", "blank", "invisible", "long"]
)
def test_a_comment_that_says_nothing_or_too_much_is_refused_and_kept(cast: Cast, text: str) -> None:
    item_id = start(cast.berau_editor)
    answer = cast.berau_editor.client.post(f"/meja/butir/{item_id}/komentar", data={"komentar": text})
    assert answer.status_code == 422
    assert text.strip() in answer.get_data(as_text=True)


def test_a_settled_comment_leaves_the_open_ones_and_says_by_whom(cast: Cast) -> None:
    item_id = start(cast.berau_editor)
    _comment(cast.province_reader, item_id, "Apa sumbernya?")
    page = fetch(cast.berau_reviewer, f"/meja/butir/{item_id}")
    settle = next(form.get("action", "") for form in page.all("form") if "/selesai" in form.get("action", ""))
    assert cast.berau_reviewer.client.post(settle).status_code == 303
    text = fetch(cast.berau_editor, f"/meja/butir/{item_id}").text
    assert "Tidak ada komentar terbuka" in text
    assert f"Diselesaikan oleh {cast.berau_reviewer.actor.label}" in text


def test_two_people_on_one_item_see_each_other_until_one_is_gone(cast: Cast) -> None:
    item_id = start(cast.berau_editor)
    fetch(cast.berau_reviewer, f"/meja/butir/{item_id}")
    assert (
        f"{cast.berau_reviewer.actor.label} juga sedang membuka ini"
        in fetch(cast.berau_editor, f"/meja/butir/{item_id}").text
    )
    cast.berau_reviewer.client.post(f"/meja/butir/{item_id}/hadir", data={"menulis": "1"})
    beat = cast.berau_editor.client.post(f"/meja/butir/{item_id}/hadir", data={"menulis": "0"})
    told = beat.get_data(as_text=True)
    assert f"{cast.berau_reviewer.actor.label} juga sedang menyunting ini" in told
    assert cast.berau_editor.actor.label not in told
    db.session.execute(update(Presence).values(seen_at=get(item_id).changed_at - timedelta(minutes=2)))
    db.session.commit()
    beat = cast.berau_editor.client.post(f"/meja/butir/{item_id}/hadir", data={"menulis": "0"})
    assert "juga sedang" not in beat.get_data(as_text=True)


def test_somebody_without_an_account_reads_the_draft_by_its_link(content: Flask, cast: Cast) -> None:
    item_id = start(cast.berau_editor)
    address = _make_link(cast.berau_editor, item_id)
    for path in (address, f"/en{address}"):
        answer = cast.visitor.get(path)
        page = Page(path, answer.status_code, answer.headers, answer.get_data(as_text=True))
        assert (page.status, check_page(page)) == (200, [])
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert "Set-Cookie" not in answer.headers
    assert "Draf, belum terbit." in cast.visitor.get(address).get_data(as_text=True)
    assert "Rapat koordinasi" in cast.visitor.get(address).get_data(as_text=True)


def test_a_record_of_another_kind_has_its_preview_too(cast: Cast) -> None:
    item_id = start(cast.berau_editor, "statements", STATEMENT)
    address = _make_link(cast.berau_editor, item_id)
    answer = cast.visitor.get(address)
    page = Page(address, answer.status_code, answer.headers, answer.get_data(as_text=True))
    assert (page.status, check_page(page)) == (200, [])
    assert "4.465" in page.text


def test_only_the_digest_of_a_link_is_kept_and_its_address_is_shown_once(cast: Cast) -> None:
    item_id = start(cast.berau_editor)
    address = _make_link(cast.berau_editor, item_id)
    token = address.rpartition("/")[2]
    kept = db.session.execute(select(PreviewLink.digest)).scalar_one()
    assert token not in kept
    assert len(token) >= 43
    assert token not in fetch(cast.berau_editor, f"/meja/butir/{item_id}").html


def test_revoked_expired_and_invented_links_get_one_and_the_same_answer(cast: Cast) -> None:
    item_id = start(cast.berau_editor)
    revoked, expired, discarded = (_make_link(cast.berau_editor, item_id) for _ in range(3))
    first = fetch(cast.berau_editor, f"/meja/butir/{item_id}")
    cancel = next(
        form.get("action", "") for form in first.all("form") if form.get("action", "").endswith("/cabut")
    )
    assert cast.berau_editor.client.post(cancel).status_code == 303
    past = get(item_id).created_at - timedelta(days=9)
    later = PreviewLink.id == 2
    db.session.execute(
        update(PreviewLink).where(later).values(made_at=past - timedelta(days=1), expires_at=past)
    )
    db.session.commit()
    invented = "/pratinjau/" + "A" * 43
    answers = {}
    for name, address in {
        "revoked": revoked,
        "expired": expired,
        "invented": invented,
        "short": "/pratinjau/x",
    }.items():
        answer = cast.visitor.get(address)
        body = answer.get_data(as_text=True).replace(address, "").replace(address.rpartition("/")[2], "")
        answers[name] = (answer.status_code, body)
    assert answers["invented"][0] == 404
    assert answers["revoked"] == answers["expired"] == answers["invented"]
    assert cast.visitor.get(discarded).status_code == 200


def test_a_link_leads_to_the_public_page_once_the_draft_is_published(cast: Cast) -> None:
    item_id = bring(cast, "approved")
    address = _make_link(cast.berau_reviewer, item_id)
    releasing.publish(db.session(), cast.berau_reviewer.actor, item_id, version(item_id))
    answer = cast.visitor.get(address)
    assert (answer.status_code, answer.location) == (303, f"/berita/{get(item_id).record_id}")
    releasing.withdraw(db.session(), cast.berau_reviewer.actor, item_id, REASON)
    assert cast.visitor.get(address).status_code == 404


@pytest.mark.parametrize("days", ["0", "2", "365", "-1", "x", ""])
def test_a_link_is_good_for_the_times_offered_and_no_other(cast: Cast, days: str) -> None:
    item_id = start(cast.berau_editor)
    answer = cast.berau_editor.client.post(f"/meja/butir/{item_id}/tautan", data={"hari": days})
    assert answer.status_code == 422
    assert db.session.execute(select(PreviewLink.id)).all() == []


def test_previews_are_not_for_search_engines(content: Flask) -> None:
    assert "Disallow: /pratinjau" in content.test_client().get("/robots.txt").get_data(as_text=True)
