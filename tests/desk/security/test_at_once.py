"""Steps and forms sent by several people, or twice, at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask

from portal.extensions import db
from portal.publishing import queries
from portal.publishing.models import Item, Revision
from portal.publishing.services import editing, review
from tests.support.drafts import NOTE, POST, REASON, bring, get, start, version
from tests.support.staff import BERAU, Cast, add_member

pytestmark = pytest.mark.usefixtures("content", "app_context")


def _together(*acts: Callable[[], int]) -> list[int]:
    gate = Barrier(len(acts))

    def run(act: Callable[[], int]) -> int:
        gate.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_records_of_the_same_name_begun_at_once_are_all_kept(cast: Cast) -> None:
    form = {"form": "1", **POST}
    client = cast.berau_editor.client

    def begin(number: int) -> Callable[[], int]:
        return lambda: client.post("/meja/news/baru", data={**form, "nonce": f"n{number}"}).status_code

    assert _together(*(begin(number) for number in range(4))) == [303] * 4
    assert db.session.query(Item).filter_by(title=POST["title_id"]).count() == 4


@pytest.mark.parametrize(
    ("state", "step", "typed"),
    [
        ("in_review", "setujui", {}),
        ("in_review", "kembalikan", {"catatan": NOTE}),
        ("approved", "terbitkan", {}),
        ("draft", "terbit-segera", {"alasan": REASON}),
        ("published", "tarik-terbitan", {"alasan": REASON}),
    ],
)
def test_a_step_taken_twice_at_once_is_taken_once(
    cast: Cast, state: str, step: str, typed: dict[str, str]
) -> None:
    item_id = bring(cast, state)
    before = len(queries.list_revisions(db.session(), item_id))
    form = {"version": str(version(item_id)), **typed}
    client = cast.berau_reviewer.client
    address = f"/meja/butir/{item_id}/{step}"
    answers = _together(*[lambda: client.post(address, data=form).status_code] * 3)
    assert set(answers) <= {303, 409}
    assert 303 in answers
    assert len(queries.list_revisions(db.session(), item_id)) == before + 1


def test_what_is_approved_is_what_was_read(app: Flask, cast: Cast) -> None:
    item_id = start(cast.berau_editor)
    review.submit(db.session(), cast.berau_editor.actor, item_id, 1)
    seen = version(item_id)
    both = add_member(app, "rangkap@portal.test", ("editor", BERAU), ("reviewer", BERAU))
    approve = f"/meja/butir/{item_id}/setujui"
    take_back = f"/meja/butir/{item_id}/tarik"
    answers = _together(
        lambda: cast.berau_reviewer.client.post(approve, data={"version": str(seen)}).status_code,
        lambda: both.client.post(take_back, data={"version": str(seen)}).status_code,
    )
    assert sorted(answers) == [303, 409]
    state = get(item_id).state
    assert state in ("approved", "draft")
    if state == "draft":
        editing.save_draft(db.session(), both.actor, item_id, version(item_id), {"title_id": "Lain"})
        review.submit(db.session(), cast.berau_editor.actor, item_id, version(item_id))
    answer = both.client.post(approve, data={"version": str(version(item_id))})
    assert answer.status_code in (409, 422)
    assert (
        db.session.query(Revision).filter_by(item_id=item_id, event="approved", made_by_id=both.id).count()
        == 0
    )
