"""Who may open the settings of a region."""

from __future__ import annotations

from tests.support.desk_routes import DeskRoute

ADMINISTRATORS = ("berau_administrator", "administrator")
FORM = {"wilayah": "64.03", "tenggat": "5", "pratinjau": "7", "surel": "ya"}

ROUTES = (
    DeskRoute("desk_settings.show_settings", "GET", "/meja/pengaturan", ADMINISTRATORS),
    DeskRoute("desk_settings.save_settings", "POST", "/meja/pengaturan", ADMINISTRATORS, FORM),
)
