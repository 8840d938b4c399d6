"""Who may open one's own account's pages, and the team's."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from typing import Any

from tests.support.desk_routes import EVERYBODY, DeskRoute, Place
from tests.support.staff import BENGKAYANG, BERAU, add_member

ADMINISTRATORS = ("berau_administrator", "administrator")
_numbers = count(1)


def _colleague(tail: str = "") -> Any:
    """Makes an editor of Berau and gives the address of her page."""

    def build(place: Place) -> str:
        member = add_member(place.app, f"rekan{next(_numbers)}@portal.test", ("editor", BERAU))
        return f"/meja/tim/{member.id}{tail}"

    return build


def _stranger(place: Place) -> str:
    """An editor of Bengkayang, whom Berau's administrator does not know."""
    member = add_member(place.app, f"lain{next(_numbers)}@portal.test", ("editor", BENGKAYANG))
    return f"/meja/tim/{member.id}"


def _invitation(region: str) -> Any:
    def typed(place: Place) -> Mapping[str, Any]:
        return {"email": f"baru{next(_numbers)}@portal.test", "peran": "editor", "wilayah": region}

    return typed


ROLE = {"peran": "reviewer", "wilayah": BERAU}
FOREIGN_ROLE = {"peran": "reviewer", "wilayah": BENGKAYANG}
EVERYWHERE_ROLE = {"peran": "administrator", "wilayah": "semua"}
ONE = ("administrator",)

ROUTES = (
    DeskRoute("own.show_account", "GET", "/meja/akun", EVERYBODY),
    DeskRoute("own.rename", "POST", "/meja/akun/nama", EVERYBODY, {"nama": "Nama"}),
    DeskRoute("own.change_password", "POST", "/meja/akun/sandi", EVERYBODY),
    DeskRoute("own.end_one", "POST", "/meja/akun/sesi/999999/akhiri", EVERYBODY),
    DeskRoute("own.end_all", "POST", "/meja/akun/sesi/akhiri", EVERYBODY),
    DeskRoute("own.remove_totp", "POST", "/meja/akun/totp/hapus", EVERYBODY),
    DeskRoute("own.remove_passkey", "POST", "/meja/akun/kunci/999999/hapus", EVERYBODY),
    DeskRoute("own.renew_codes", "POST", "/meja/akun/pemulihan", EVERYBODY),
    DeskRoute("own.show_codes", "GET", "/meja/akun/pemulihan", EVERYBODY),
    DeskRoute("factors.show_choice", "GET", "/meja/akun/faktor", EVERYBODY),
    DeskRoute("factors.show_totp", "GET", "/meja/akun/totp", EVERYBODY),
    DeskRoute("factors.draw_totp", "GET", "/meja/akun/totp.svg", EVERYBODY),
    DeskRoute("factors.set_up_totp", "POST", "/meja/akun/totp", EVERYBODY),
    DeskRoute("factors.offer_passkey", "POST", "/meja/akun/kunci/tanya", EVERYBODY),
    DeskRoute("factors.add_passkey", "POST", "/meja/akun/kunci", EVERYBODY),
    DeskRoute("team.show_team", "GET", "/meja/tim", ADMINISTRATORS),
    DeskRoute("team.invite", "POST", "/meja/tim", ADMINISTRATORS, _invitation(BERAU)),
    DeskRoute("team.invite", "POST", "/meja/tim", ONE, _invitation(BENGKAYANG)),
    DeskRoute("team.invite", "POST", "/meja/tim", ONE, _invitation("semua")),
    DeskRoute("team.show_person", "GET", _colleague(), ADMINISTRATORS),
    DeskRoute("team.show_person", "GET", _stranger, ONE),
    DeskRoute("team.grant", "POST", _colleague("/peran"), ADMINISTRATORS, ROLE),
    DeskRoute("team.grant", "POST", _colleague("/peran"), ONE, FOREIGN_ROLE),
    DeskRoute("team.grant", "POST", _colleague("/peran"), ONE, EVERYWHERE_ROLE),
    DeskRoute("team.revoke", "POST", _colleague("/peran/cabut"), ADMINISTRATORS, ROLE),
    DeskRoute("team.revoke", "POST", _colleague("/peran/cabut"), ONE, FOREIGN_ROLE),
    DeskRoute("team.deactivate", "POST", _colleague("/nonaktif"), ADMINISTRATORS),
    DeskRoute("team.activate", "POST", _colleague("/aktif"), ADMINISTRATORS),
    DeskRoute("team.renew_link", "POST", _colleague("/tautan"), ADMINISTRATORS),
)
