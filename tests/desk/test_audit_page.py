"""The audit trail's page: whose entries, in which order, filtered."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.core.audit import record
from portal.extensions import db
from tests.support.pages import Page, check_page
from tests.support.staff import BENGKAYANG, BERAU, Cast, Member


@pytest.fixture
def acts(app_context: Flask, cast: Cast) -> None:
    """Three acts: in Berau, in Bengkayang, and of the portal itself."""
    record(db.session, cast.berau_editor.id, "draft.saved", "item:1", {"region": BERAU, "version": 3})
    record(
        db.session, cast.bengkayang_editor.id, "draft.saved", "item:2", {"region": BENGKAYANG, "late": True}
    )
    record(
        db.session, None, "item.published", "item:3", {"region": BERAU, "late": False, "changed": "<b>x</b>"}
    )
    db.session.commit()


def fetch(member: Member, path: str = "/meja/jejak", status: int = 200) -> Page:
    response = member.client.get(path)
    page = Page(path, response.status_code, response.headers, response.get_data(as_text=True))
    assert page.status == status
    assert not check_page(page)
    return page


@pytest.mark.usefixtures("acts")
def test_the_newest_act_stands_first_and_the_portal_has_a_name(cast: Cast) -> None:
    html = fetch(cast.administrator).html
    assert html.index(">item:3<") < html.index(">item:2<") < html.index(">item:1<")
    assert "Portal</td>" in html


@pytest.mark.usefixtures("acts")
def test_a_regions_administrator_sees_its_acts_alone(cast: Cast) -> None:
    html = fetch(cast.berau_administrator).html
    assert ">item:1<" in html
    assert ">item:2<" not in html


@pytest.mark.usefixtures("acts")
@pytest.mark.parametrize(
    ("query", "seen", "unseen"),
    [
        ("?jenis=item", "item:3", "item:1"),
        ("?butir=item:1", "item:1", "item:3"),
        ("?jenis=nothing-like-it", "item:1", "item:99"),
        ("?butir=%00%27--", "Kurangi saringan", "item:1"),
    ],
)
def test_filters_narrow_the_list(cast: Cast, query: str, seen: str, unseen: str) -> None:
    html = fetch(cast.administrator, f"/meja/jejak{query}").html
    assert seen in html
    assert f">{unseen}<" not in html


@pytest.mark.usefixtures("acts")
def test_details_are_shown_as_text(cast: Cast) -> None:
    html = fetch(cast.administrator, "/en/meja/jejak").html
    assert "&lt;b&gt;x&lt;/b&gt;" in html
    assert "<b>x</b>" not in html


def test_a_page_beyond_the_end_is_not_there(cast: Cast) -> None:
    assert cast.administrator.client.get("/meja/jejak?hal=99").status_code == 404
