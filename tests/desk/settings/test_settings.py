"""The settings of regions."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.desk.settings.queries import list_settings, settings_of
from portal.desk.settings.shapes import DEFAULT, Settings
from portal.extensions import db
from portal.publishing.audit.models import AuditEntry
from tests.support.staff import Cast

PLACE = "/meja/pengaturan"


def _form(**values: str) -> dict[str, str]:
    return {"wilayah": "64.03", "tenggat": "5", "pratinjau": "14", **values}


def test_an_administrator_sets_what_holds_in_her_region_alone(app: Flask, cast: Cast) -> None:
    for overdue in ("5", "9"):
        answer = cast.berau_administrator.client.post(PLACE, data=_form(tenggat=overdue))
        assert answer.status_code == 303
    page = cast.berau_administrator.client.get(answer.headers["Location"]).get_data(as_text=True)
    with app.app_context():
        assert settings_of("64.03") == Settings(9, 14, False)
        assert settings_of("61.07") == DEFAULT
        assert list(list_settings()) == ["64.03"]
        assert db.session.query(AuditEntry).filter_by(action="settings.saved").count() == 2
    assert "Kabupaten Berau" in page or "Berau" in page


@pytest.mark.parametrize("typed", ["", "0", "61", "tiga", "-1", "3.5", "٣", "9" * 50, "<b>"])
def test_days_that_make_no_sense_are_refused_with_what_was_typed(cast: Cast, typed: str) -> None:
    answer = cast.berau_administrator.client.post(PLACE, data=_form(tenggat=typed, pratinjau="8"))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in page
    assert 'value="8"' in page
    assert "<b>" not in page.partition('id="tenggat"')[2].partition(">")[0]


@pytest.mark.parametrize("code", ["61.07", "99.99", "", "'"])
def test_another_region_or_none_cannot_be_set(app: Flask, cast: Cast, code: str) -> None:
    answer = cast.berau_administrator.client.post(PLACE, data=_form(wilayah=code))
    assert answer.status_code in (403, 404)
    with app.app_context():
        assert list_settings() == {}


def test_the_administrator_of_the_portal_chooses_among_all_regions(cast: Cast) -> None:
    page = cast.administrator.client.get(f"{PLACE}?wilayah=61.07").get_data(as_text=True)
    assert "Bengkayang" in page
    assert page.count("<option") > 40
