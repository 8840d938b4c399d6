"""Ways around the second pair of eyes and the borders between regions, each of them shut."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts.permissions import NotAllowed
from portal.extensions import db
from portal.media.models import Picture
from portal.publishing import queries
from portal.publishing.audit.models import AuditEntry
from portal.publishing.models import ChangeNote
from portal.publishing.outcomes import AuthorCannotApprove, NeedsUnpublished
from portal.publishing.services import editing, releasing, review
from tests.media.files import jpeg, upload
from tests.support.drafts import NOTE, POST, REASON, bring, get, start, version
from tests.support.staff import BENGKAYANG, BERAU, Cast, Member, add_member

pytestmark = pytest.mark.usefixtures("content", "app_context")

SECRET = "Rahasia tim Bengkayang"


def _both(app: Flask, *grants: tuple[str, str]) -> Member:
    return add_member(app, "rangkap@portal.test", *grants)


def _hand_in(member: Member, item_id: int) -> None:
    review.submit(db.session(), member.actor, item_id, version(item_id))


def test_words_restored_by_a_colleague_are_still_not_approved_by_their_author(app: Flask, cast: Cast) -> None:
    author = _both(app, ("editor", BERAU), ("reviewer", BERAU))
    session, item_id = db.session(), start(author)
    editing.discard_draft(session, author.actor, item_id, 1)
    editing.restore_revision(session, cast.berau_editor.actor, item_id, 1)
    _hand_in(cast.berau_editor, item_id)
    with pytest.raises(AuthorCannotApprove):
        review.approve(session, author.actor, item_id, version(item_id))
    review.approve(session, cast.berau_reviewer.actor, item_id, version(item_id))
    assert get(item_id).state == "approved"


def test_discarded_words_opened_anew_keep_their_author(app: Flask, cast: Cast) -> None:
    author = _both(app, ("editor", BERAU), ("reviewer", BERAU))
    session, item_id = db.session(), start(author)
    editing.discard_draft(session, author.actor, item_id, 1)
    editing.open_draft(session, cast.berau_editor.actor, item_id)
    _hand_in(cast.berau_editor, item_id)
    with pytest.raises(AuthorCannotApprove):
        review.approve(session, author.actor, item_id, version(item_id))


def test_who_writes_by_autosave_alone_is_in_history_and_trail(app: Flask, cast: Cast) -> None:
    quiet = _both(app, ("editor", BERAU))
    session, item_id = db.session(), start(cast.berau_editor)
    for word in ("Satu", "Dua"):
        cells = {"title_id": word}
        editing.save_draft(session, quiet.actor, item_id, version(item_id), cells, is_autosave=True)
    assert [one.made_by_id for one in queries.list_revisions(session, item_id)] == [
        quiet.id,
        cast.berau_editor.id,
    ]
    query = select(AuditEntry.action).where(AuditEntry.actor_id == quiet.id)
    assert list(session.execute(query).scalars()) == ["draft.saved"]


def _move_published(app: Flask, cast: Cast) -> tuple[Member, int]:
    """A published post of Berau whose draft says it is Bengkayang's."""
    mover = _both(app, ("editor", BERAU), ("editor", BENGKAYANG), ("reviewer", BENGKAYANG))
    item_id = bring(cast, "published")
    draft = editing.open_draft(db.session(), mover.actor, item_id)
    cells = {"region_code": BENGKAYANG}
    editing.save_draft(db.session(), mover.actor, item_id, draft.version, cells, reason=NOTE)
    return mover, item_id


def test_a_draft_does_not_carry_what_is_published_into_another_region(app: Flask, cast: Cast) -> None:
    mover, item_id = _move_published(app, cast)
    assert get(item_id).region_code == BERAU
    with pytest.raises(NotAllowed):
        releasing.withdraw(db.session(), mover.actor, item_id, REASON)
    with pytest.raises(NotAllowed):
        releasing.publish_urgently(db.session(), mover.actor, item_id, version(item_id), REASON)


def test_a_record_moves_when_a_reviewer_of_both_regions_says_so(app: Flask, cast: Cast) -> None:
    mover, item_id = _move_published(app, cast)
    _hand_in(mover, item_id)
    for reviewer in (cast.berau_reviewer, cast.bengkayang_reviewer):
        with pytest.raises(NotAllowed):
            review.approve(db.session(), reviewer.actor, item_id, version(item_id))
    both = add_member(app, "dua@portal.test", ("reviewer", BERAU), ("reviewer", BENGKAYANG))
    review.approve(db.session(), both.actor, item_id, version(item_id))
    releasing.publish(db.session(), both.actor, item_id, version(item_id))
    assert get(item_id).region_code == BENGKAYANG


def _foreign_source(cast: Cast) -> str:
    cells = {
        "publisher": SECRET,
        "title": SECRET,
        "kind": "press",
        "read_as": "full_text",
        "url": "https://a.example/b",
    }
    actor = cast.bengkayang_editor.actor
    item_id = editing.start_item(db.session(), actor, "sources", BENGKAYANG, cells)
    return get(item_id).record_id


def test_titles_of_other_regions_drafts_are_not_told(cast: Cast) -> None:
    source_id = _foreign_source(cast)
    item_id = start(cast.berau_editor, cells={**POST, "source_ids": f"prokopim-berau-2025;{source_id}"})
    client = cast.berau_editor.client
    for path in ("", "/pratinjau", "/sunting", "/riwayat?dari=1&ke=1"):
        answer = client.get(f"/meja/butir/{item_id}{path}")
        assert (answer.status_code, SECRET in unescape(answer.text)) == (200, False), path
    _hand_in(cast.berau_editor, item_id)
    review.approve(db.session(), cast.berau_reviewer.actor, item_id, version(item_id))
    with pytest.raises(NeedsUnpublished) as refused:
        releasing.publish(db.session(), cast.berau_reviewer.actor, item_id, version(item_id))
    assert SECRET not in str(refused.value)


def test_the_clock_publishes_no_other_regions_records(cast: Cast) -> None:
    session, source_id = db.session(), _foreign_source(cast)
    foreign = queries.find_item_of(session, "sources", source_id)
    assert foreign is not None
    _hand_in(cast.bengkayang_editor, foreign.id)
    review.approve(session, cast.bengkayang_reviewer.actor, foreign.id, version(foreign.id))
    item_id = start(cast.berau_editor, cells={**POST, "source_ids": source_id})
    _hand_in(cast.berau_editor, item_id)
    reviewer = cast.berau_reviewer.actor
    review.approve(session, reviewer, item_id, version(item_id))
    with pytest.raises(NotAllowed):
        review.schedule(session, reviewer, item_id, version(item_id), datetime.now(UTC) + timedelta(hours=1))
    assert get(foreign.id).state == "approved"


def _link(cast: Cast, item_id: int, **headers: str) -> str:
    client = cast.berau_editor.client
    client.post(f"/meja/butir/{item_id}/tautan", data={"hari": "30"})
    page = client.get(f"/meja/butir/{item_id}", headers=headers).text
    found = re.search(r'value="(https?://[^"]+/pratinjau/[^"]+)"', page)
    assert found is not None
    return found[1]


def test_a_preview_link_names_the_portal_whatever_host_the_browser_names(cast: Cast) -> None:
    item_id = start(cast.berau_editor)
    client = cast.berau_editor.client
    client.post(f"/meja/butir/{item_id}/tautan", data={"hari": "30"})
    page = client.get(f"/en/meja/butir/{item_id}").text
    assert 'value="http://portal.test/en/pratinjau/' in page


def test_a_preview_link_does_not_show_the_next_draft(cast: Cast) -> None:
    item_id = start(cast.berau_editor)
    path = _link(cast, item_id).removeprefix("http://portal.test")
    assert POST["title_id"] in cast.visitor.get(path).text
    review.submit(db.session(), cast.berau_editor.actor, item_id, 1)
    review.approve(db.session(), cast.berau_reviewer.actor, item_id, version(item_id))
    releasing.publish(db.session(), cast.berau_reviewer.actor, item_id, version(item_id))
    draft = editing.open_draft(db.session(), cast.berau_editor.actor, item_id)
    editing.save_draft(db.session(), cast.berau_editor.actor, item_id, draft.version, {"title_id": "Kelak"})
    answer = cast.visitor.get(path)
    assert (answer.status_code, "Kelak" in answer.text) == (303, False)


def test_a_preview_is_neither_kept_nor_listed_nor_told_on(cast: Cast) -> None:
    path = _link(cast, start(cast.berau_editor)).removeprefix("http://portal.test")
    answer = cast.visitor.get(path)
    headers = answer.headers
    assert (headers["Cache-Control"], headers["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert "noindex" in headers["X-Robots-Tag"]
    assert "Set-Cookie" not in headers
    wrong = cast.visitor.get(path[:-1] + ("A" if path[-1] != "A" else "B"))
    assert (wrong.status_code, wrong.headers["Cache-Control"]) == (404, "no-store")


def test_the_words_of_a_public_picture_are_changed_by_reviewers_only(cast: Cast) -> None:
    client = cast.berau_editor.client
    assert client.post("/meja/gambar", data=upload(BERAU, jpeg())).status_code == 303
    picture = db.session.execute(select(Picture)).scalar_one()
    form = {"alt_id": "Kata baru", "alt_en": "New words"}
    assert client.post(f"/meja/gambar/{picture.id}", data=form).status_code == 303
    body = f"Rapat.\n\n![a](/gambar/{picture.name}-400.webp)"
    shown = bring(cast, "published", cells={**POST, "title_id": "Dengan gambar", "body_id": body})
    assert get(shown).live == "yes"
    assert client.post(f"/meja/gambar/{picture.id}", data=form).status_code == 403
    assert "Simpan uraian" not in client.get(f"/meja/gambar/{picture.id}").text
    assert cast.berau_reviewer.client.post(f"/meja/gambar/{picture.id}", data=form).status_code == 303


def test_a_picture_tells_nothing_of_other_regions_drafts(cast: Cast) -> None:
    client = cast.berau_editor.client
    assert client.post("/meja/gambar", data=upload(BERAU, jpeg())).status_code == 303
    picture = db.session.execute(select(Picture)).scalar_one()
    body = f"![a](/gambar/{picture.name}-400.webp)"
    cells = {**POST, "region_code": BENGKAYANG, "title_id": SECRET, "body_id": body}
    editing.start_item(db.session(), cast.bengkayang_editor.actor, "news", BENGKAYANG, cells)
    page = client.get(f"/meja/gambar/{picture.id}").text
    assert (SECRET in page, "draf wilayah lain" in page) == (False, True)
    assert client.post(f"/meja/gambar/{picture.id}/hapus").status_code == 409


def test_the_public_note_holds_no_hidden_marks(cast: Cast) -> None:
    item_id = bring(cast, "published")
    session, draft = db.session(), editing.open_draft(db.session(), cast.berau_editor.actor, item_id)
    cells, note = {"title_id": "Rapat kedua"}, f"\u202e{NOTE}\u200b\n"
    editing.save_draft(session, cast.berau_editor.actor, item_id, draft.version, cells, reason=note)
    _hand_in(cast.berau_editor, item_id)
    review.approve(session, cast.berau_reviewer.actor, item_id, version(item_id))
    releasing.publish(session, cast.berau_reviewer.actor, item_id, version(item_id))
    assert session.execute(select(ChangeNote.reason)).scalars().all() == [NOTE]
