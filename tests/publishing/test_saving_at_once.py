"""Two hundred editors save at once: nothing is lost, and whoever came second is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

from flask import Flask
from sqlalchemy import func, select

from portal.accounts.shapes import Actor
from portal.extensions import db
from portal.publishing import queries
from portal.publishing.models import Draft, Revision
from portal.publishing.outcomes import StaleDraft, WrongState
from portal.publishing.services import due, editing, releasing
from tests.support.drafts import POST, bring, get, set_draft, start, version
from tests.support.staff import BERAU, Cast

EDITORS = 200


def _at_once(app: Flask, count: int, action: Callable[[int], str]) -> Counter[str]:
    """What `count` people who act at the same moment are told."""
    ready = Barrier(count)

    def act(number: int) -> str:
        ready.wait()
        with app.app_context():
            try:
                return action(number)
            except (StaleDraft, WrongState) as refusal:
                return type(refusal).__name__
            finally:
                db.session.remove()

    with ThreadPoolExecutor(count) as people:
        return Counter(people.map(act, range(count)))


def _save(actor: Actor, item_id: int, at: int, words: str) -> str:
    editing.save_draft(db.session(), actor, item_id, at, {"title_id": words})
    return "saved"


def test_everybody_in_a_draft_of_their_own_loses_nothing(content: Flask, cast: Cast) -> None:
    actor = cast.berau_editor.actor
    with content.app_context():
        items = [
            editing.add_item(db.session(), actor, "news", BERAU, {**POST, "id": f"berita-{number}"})
            for number in range(EDITORS)
        ]
        db.session.commit()
    told = _at_once(content, EDITORS, lambda number: _save(actor, items[number], 1, f"Judul {number}"))
    assert told == {"saved": EDITORS}
    with content.app_context():
        rows = db.session.execute(select(Draft.item_id, Draft.cells, Draft.version)).all()
        kept = {row.item_id: (row.cells["title_id"], row.version) for row in rows}
        assert kept == {item: (f"Judul {number}", 2) for number, item in enumerate(items)}
        assert db.session.execute(select(func.count()).select_from(Revision)).scalar_one() == 2 * EDITORS


def test_everybody_in_one_draft_one_wins_each_version_and_the_others_are_told(
    content: Flask, cast: Cast
) -> None:
    actor = cast.berau_editor.actor
    with content.app_context():
        item_id = start(cast.berau_editor)
    for at in (1, 2):
        told = _at_once(content, EDITORS, lambda number, at=at: _save(actor, item_id, at, f"{at}-{number}"))  # type: ignore[misc]
        assert told == {"saved": 1, "StaleDraft": EDITORS - 1}
    with content.app_context():
        assert version(item_id) == 3
        revisions = queries.list_revisions(db.session, item_id)
        assert [one.number for one in revisions] == [3, 2, 1]
        draft = get(item_id).draft
        assert draft is not None
        assert draft.cells["title_id"] == revisions[0].cells["title_id"]


def test_several_reviewers_who_publish_at_once_publish_once(content: Flask, cast: Cast) -> None:
    with content.app_context():
        item_id = bring(cast, "approved")
        at = version(item_id)

    def publish(number: int) -> str:
        releasing.publish(db.session(), cast.berau_reviewer.actor, item_id, at)
        return "published"

    told = _at_once(content, 4, publish)
    assert told["published"] == 1
    with content.app_context():
        events = [one.event for one in queries.list_revisions(db.session, item_id)]
        assert events.count("published") == 1


def test_several_workers_bring_out_what_is_due_once(content: Flask, cast: Cast) -> None:
    with content.app_context():
        item_id = bring(cast, "scheduled")
        set_draft(item_id, publish_at=datetime.now(UTC) - timedelta(seconds=1))
    told = _at_once(content, 4, lambda number: str(len(due.publish_due(db.session()))))
    assert told == {"1": 1, "0": 3}
    with content.app_context():
        events = [one.event for one in queries.list_revisions(db.session, item_id)]
        assert events.count("published") == 1
