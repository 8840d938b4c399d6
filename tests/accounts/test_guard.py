"""Who gets in: the guard of the desk's views, its sessions, and what is said to those it refuses."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from portal.accounts import guard
from portal.accounts.clock import now
from portal.accounts.guard import current_actor, desk_view
from portal.accounts.models import StaffSession
from portal.accounts.queries import IDLE, LONGEST
from portal.extensions import db
from tests.support.staff import Cast, add_member, deactivate

HTMX = {"HX-Request": "true", "HX-Current-URL": "http://localhost/meja/uji?hal=2"}
OWN = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture(autouse=True)
def _views(app: Flask) -> None:
    """Two pages of the desk, one for everybody signed in and one for reviewers."""

    @app.route("/meja/uji", methods=["GET", "POST"])
    @desk_view()
    def anybody() -> str:
        return current_actor().label

    @app.get("/meja/uji/tinjau")
    @desk_view("reviewer")
    def reviewers() -> str:
        return "reviewed"


def test_a_signed_in_account_is_the_actor(cast: Cast) -> None:
    assert cast.berau_editor.client.get("/meja/uji").text == "berau_editor@portal.test"


def test_a_signed_out_visitor_is_led_to_the_sign_in_page_and_back(cast: Cast) -> None:
    answer = cast.visitor.get("/en/meja/uji?hal=2")
    assert (answer.status_code, answer.location) == (
        303,
        "/en/meja/masuk?lanjut=%2Fen%2Fmeja%2Fuji%3Fhal%3D2",
    )


def test_a_fragment_asked_for_while_signed_out_leads_the_whole_page_away(cast: Cast) -> None:
    answer = cast.visitor.get("/meja/uji", headers=HTMX)
    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"] == "/meja/masuk?lanjut=%2Fmeja%2Fuji%3Fhal%3D2"


def test_a_role_the_account_does_not_hold_is_refused(cast: Cast) -> None:
    assert cast.berau_editor.client.get("/meja/uji/tinjau").status_code == 403
    assert cast.berau_reviewer.client.get("/meja/uji/tinjau").text == "reviewed"


def test_an_account_switched_off_is_signed_out_at_its_next_request(app: Flask, cast: Cast) -> None:
    assert cast.registrar.client.get("/meja/uji").status_code == 200
    deactivate(app, cast.registrar)
    assert cast.registrar.client.get("/meja/uji").status_code == 303


@pytest.mark.parametrize(("column", "age"), [("seen_at", IDLE), ("created_at", LONGEST)])
def test_a_session_ends_when_idle_or_old(app: Flask, cast: Cast, column: str, age: timedelta) -> None:
    with app.app_context():
        session = db.session.get_one(StaffSession, cast.berau_editor.session_id)
        setattr(session, column, now() - age - timedelta(seconds=1))
        db.session.commit()
    assert cast.berau_editor.client.get("/meja/uji").status_code == 303


def test_using_a_session_puts_off_its_end(app: Flask, cast: Cast) -> None:
    with app.app_context():
        db.session.get_one(StaffSession, cast.berau_editor.session_id).seen_at = now() - IDLE / 2
        db.session.commit()
    cast.berau_editor.client.get("/meja/uji")
    with app.app_context():
        seen = db.session.get_one(StaffSession, cast.berau_editor.session_id).seen_at
    assert now() - seen < timedelta(minutes=1)


def test_a_reviewer_without_second_factor_reaches_only_the_page_that_sets_one_up(app: Flask) -> None:
    newcomer = add_member(app, "baru@portal.test", ("reviewer", "64.03"), factor=False)
    answer = newcomer.client.get("/meja/uji")
    assert (answer.status_code, answer.location) == (303, "/meja/akun/faktor")


def test_an_editor_needs_no_second_factor(app: Flask) -> None:
    newcomer = add_member(app, "baru@portal.test", ("editor", "64.03"), factor=False)
    assert newcomer.client.get("/meja/uji").status_code == 200


def test_a_cookie_that_was_tampered_with_is_nobody(cast: Cast) -> None:
    client = cast.berau_editor.client
    cookie = client.get_cookie("meja")
    assert cookie is not None
    client.set_cookie("meja", cookie.value[:-2] + "xx")
    assert client.get("/meja/uji").status_code == 303


def test_a_post_without_token_comes_back_with_what_was_typed(cast: Cast) -> None:
    client = cast.berau_editor.client
    client.form_token = None
    answer = client.post("/meja/uji", data={"judul": '<b>"Berau"</b>'}, headers=OWN)
    assert answer.status_code == 400
    assert "&lt;b&gt;&#34;Berau&#34;&lt;/b&gt;" in answer.text
    assert 'name="csrf_token"' in answer.text


def test_the_token_of_another_session_is_refused(app: Flask, cast: Cast) -> None:
    other = cast.berau_reviewer.client
    with other.session_transaction() as session:
        session["csrf_token"] = "of-the-reviewer"
    assert other.post("/meja/uji", data={"judul": "x"}).status_code == 400


def test_a_form_that_another_site_posts_is_not_offered_again(cast: Cast) -> None:
    client = cast.berau_editor.client
    client.form_token = None
    answer = client.post("/meja/uji", data={"judul": "forged"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 400
    assert "forged" not in answer.text


def test_passwords_are_not_written_into_a_page_again(cast: Cast) -> None:
    client = cast.berau_editor.client
    client.form_token = None
    answer = client.post("/meja/uji", data={"sandi": "rahasia-sekali", "judul": "Berau"}, headers=OWN)
    assert "rahasia-sekali" not in answer.text
    assert "Berau" in answer.text


def test_a_form_posted_after_signing_out_is_shown_again(app: Flask, cast: Cast) -> None:
    deactivate(app, cast.berau_editor)
    answer = cast.berau_editor.client.post("/meja/uji", data={"judul": "Berita Berau"}, headers=OWN)
    assert answer.status_code == 401
    assert 'value="Berita Berau"' in answer.text


def test_a_fragments_form_posted_after_signing_out_does_not_lead_the_page_away(cast: Cast) -> None:
    answer = cast.visitor.post("/meja/uji", data={"judul": "Berita"}, headers={**HTMX, **OWN})
    assert answer.status_code == 401
    assert "HX-Redirect" not in answer.headers


def test_desk_answers_are_not_kept_by_browsers(cast: Cast) -> None:
    assert cast.berau_editor.client.get("/meja/uji").headers["Cache-Control"] == "no-store"


def test_public_pages_set_no_cookie_and_depend_on_none(cast: Cast) -> None:
    answer = cast.berau_editor.client.get("/metode")
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(app: Flask) -> None:
    assert app.config["SESSION_COOKIE_HTTPONLY"] is True
    assert app.config["SESSION_COOKIE_SAMESITE"] == "Lax"
    assert guard.SESSION_KEY not in app.config
