"""The steps of a draft from its page: offered to whom they are open, taken once, refused with words kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from portal.areas.clocks import WITA
from portal.core.i18n import use_language
from portal.desk.flow.moments import will_come_out
from portal.extensions import db
from portal.publishing import queries
from portal.publishing.services import review
from tests.desk.flow.test_frame import fetch
from tests.support.drafts import NOTE, REASON, bring, change, get, set_draft, start, version
from tests.support.staff import BERAU, Cast, Member, add_member, deactivate

pytestmark = pytest.mark.usefixtures("content", "app_context")

OFFERED = {
    "draft": ("ajukan",),
    "in_review": ("tarik",),
    "returned": ("ajukan",),
    "approved": ("tarik",),
    "scheduled": ("tarik",),
}
BY_REVIEWER = {
    "draft": {"terbit-segera"},
    "in_review": {"setujui", "kembalikan", "terbit-segera"},
    "returned": {"terbit-segera"},
    "approved": {"terbitkan", "jadwalkan", "kembalikan"},
    "scheduled": {"terbitkan", "jadwalkan", "kembalikan", "batal-jadwal"},
    "published": set(),
    "withdrawn": set(),
    "new": set(),
}
STEPS = {
    "ajukan",
    "tarik",
    "setujui",
    "kembalikan",
    "terbit-segera",
    "terbitkan",
    "jadwalkan",
    "batal-jadwal",
}


def _offered(member: Member, item_id: int) -> set[str]:
    page = fetch(member, f"/meja/butir/{item_id}")
    actions = {form.get("action", "").rpartition("/")[2] for form in page.all("form")}
    return actions & STEPS


def take(member: Member, item_id: int, step: str, at: int | None = None, **typed: str) -> TestResponse:
    """Post a step from the page of the item."""
    data = {"version": str(version(item_id) if at is None else at), **typed}
    return member.client.post(f"/meja/butir/{item_id}/{step}", data=data)


@pytest.mark.parametrize("state", BY_REVIEWER)
def test_the_page_offers_the_steps_that_are_open_to_the_account(cast: Cast, state: str) -> None:
    item_id = bring(cast, state)
    assert _offered(cast.berau_reviewer, item_id) == BY_REVIEWER[state]
    assert _offered(cast.berau_editor, item_id) == set(OFFERED.get(state, ()))
    assert _offered(cast.province_reader, item_id) == set()


@pytest.mark.parametrize(
    ("state", "step", "typed", "then"),
    [
        ("in_review", "setujui", {}, "approved"),
        ("in_review", "kembalikan", {"catatan": NOTE}, "returned"),
        ("draft", "terbit-segera", {"alasan": REASON}, "published"),
        ("approved", "terbitkan", {}, "published"),
        ("scheduled", "batal-jadwal", {}, "approved"),
        ("published", "tarik-terbitan", {"alasan": REASON}, "withdrawn"),
    ],
)
def test_a_step_taken_twice_is_taken_once_and_both_clicks_see_it_done(
    cast: Cast, state: str, step: str, typed: dict[str, str], then: str
) -> None:
    item_id = bring(cast, state)
    at = version(item_id)
    for _click in range(2):
        answer = take(cast.berau_reviewer, item_id, step, at, **typed)
        assert (answer.status_code, get(item_id).state) == (303, then)
    done = cast.berau_reviewer.client.get(answer.location)
    assert 'role="status"' in done.get_data(as_text=True)


def test_a_schedule_is_typed_and_told_in_the_regions_own_clock(cast: Cast) -> None:
    item_id = bring(cast, "approved")
    day = (datetime.now(UTC) + timedelta(days=40)).date()
    assert (
        take(cast.berau_reviewer, item_id, "jadwalkan", tanggal=day.isoformat(), jam="08:00").status_code
        == 303
    )
    draft = get(item_id).draft
    assert draft is not None
    assert draft.publish_at is not None
    assert WITA.local(draft.publish_at).isoformat() == f"{day}T08:00:00+08:00"
    assert "08.00 WITA" in fetch(cast.berau_editor, f"/meja/butir/{item_id}").text
    assert "08:00 WITA" in fetch(cast.berau_editor, f"/en/meja/butir/{item_id}").text


def test_a_schedule_reads_unmistakably_in_both_languages() -> None:
    moment = datetime(2099, 12, 1, 0, 0, tzinfo=UTC)
    assert will_come_out(moment, BERAU) == "akan terbit otomatis Selasa, 1 Desember 2099, 08.00 WITA"
    with use_language("en"):
        words = will_come_out(moment, "61.07")
    assert words == "will be published automatically on Tuesday, 1 December 2099, 07:00 WIB"


@pytest.mark.parametrize(
    ("day", "hour"),
    [
        ("2020-01-01", "08:00"),
        ("2026-02-30", "08:00"),
        ("besok", "08:00"),
        ("", ""),
        ("2998-01-01", "08:00"),
        ("2027-01-01", "25:00"),
        ("9999999999-01-01", "8"),
        ("<script>alert(1)</script>", '"><b>'),
    ],
)
def test_a_past_or_senseless_schedule_is_refused_with_what_was_typed(cast: Cast, day: str, hour: str) -> None:
    item_id = bring(cast, "approved")
    answer = take(cast.berau_reviewer, item_id, "jadwalkan", tanggal=day, jam=hour)
    assert (answer.status_code, get(item_id).state) == (422, "approved")
    page = answer.get_data(as_text=True)
    assert "error-summary" in page
    assert "<script>alert" not in page
    if day.startswith("20"):
        assert f'value="{day}"' in page


def test_a_note_that_is_too_short_is_refused_and_kept(cast: Cast) -> None:
    item_id = bring(cast, "in_review")
    answer = take(cast.berau_reviewer, item_id, "kembalikan", catatan="pendek")
    assert (answer.status_code, get(item_id).state) == (422, "in_review")
    assert ">pendek</textarea>" in answer.get_data(as_text=True)


def test_a_step_from_an_older_page_is_answered_with_the_newest_state_and_the_words(cast: Cast) -> None:
    item_id = bring(cast, "in_review")
    at = version(item_id)
    review.take_back(db.session(), cast.berau_editor.actor, item_id, at)
    review.submit(db.session(), cast.berau_editor.actor, item_id, version(item_id))
    answer = take(cast.berau_reviewer, item_id, "kembalikan", at, catatan=NOTE)
    assert (answer.status_code, get(item_id).state) == (409, "in_review")
    assert NOTE in answer.get_data(as_text=True)


def test_extra_fields_posted_by_hand_change_nothing(cast: Cast) -> None:
    item_id = bring(cast, "in_review")
    take(
        cast.berau_reviewer, item_id, "setujui", state="published", region_code="61.07", role="administrator"
    )
    assert (get(item_id).state, get(item_id).region_code) == ("approved", BERAU)


def test_the_author_is_told_that_another_must_approve(app: Flask, cast: Cast) -> None:
    both = add_member(app, "both@portal.test", ("editor", BERAU), ("reviewer", BERAU))
    item_id = start(both)
    review.submit(db.session(), both.actor, item_id, 1)
    assert "setujui" not in _offered(both, item_id)
    answer = take(both, item_id, "setujui")
    assert (answer.status_code, get(item_id).state) == (422, "in_review")


def test_nothing_is_stuck_when_the_reviewer_leaves_while_items_wait(app: Flask, cast: Cast) -> None:
    item_id = bring(cast, "in_review")
    deactivate(app, cast.berau_reviewer)
    page = fetch(cast.berau_editor, f"/meja/butir/{item_id}")
    assert "mintalah administrator menunjuk" in page.text
    assert "Tidak ada yang dapat menyetujui di sini" in fetch(cast.berau_editor, "/meja").text
    follower = add_member(app, "next@portal.test", ("reviewer", BERAU))
    assert "Perlu Anda tinjau" in fetch(follower, "/meja").text
    assert "next@portal.test" in fetch(cast.berau_editor, f"/meja/butir/{item_id}").text
    take(follower, item_id, "setujui")
    assert get(item_id).state == "approved"


def test_a_withdrawal_asks_first_and_shows_what_points_at_the_record(cast: Cast) -> None:
    item = queries.find_item_of(db.session, "commitments", "berau-2025-apbd")
    assert item is not None
    page = fetch(cast.berau_reviewer, f"/meja/butir/{item.id}/tarik-terbitan")
    assert "Pemkab Berau · Terdaftar · 4.465" in page.text
    answer = cast.berau_reviewer.client.post(f"/meja/butir/{item.id}/tarik-terbitan", data={"alasan": REASON})
    assert answer.status_code == 409
    assert REASON in answer.get_data(as_text=True)


def test_what_changed_meanwhile_is_told_and_can_be_taken_into_account(cast: Cast) -> None:
    item_id = bring(cast, "published")
    change(cast, item_id, {"title_id": "Judul lain"})
    set_draft(item_id, base_number=1, state="draft")
    assert "Versi yang terbit berubah" in fetch(cast.berau_editor, f"/meja/butir/{item_id}").text
    assert take(cast.berau_editor, item_id, "sesuaikan").status_code == 303
    assert "Versi yang terbit berubah" not in fetch(cast.berau_editor, f"/meja/butir/{item_id}").text


def test_a_stranger_role_sees_no_item(cast: Cast) -> None:
    item_id = bring(cast, "draft")
    assert cast.bengkayang_editor.client.get(f"/meja/butir/{item_id}").status_code == 403
    assert cast.bengkayang_editor.client.get("/meja/butir/999999").status_code == 404
