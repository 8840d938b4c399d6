"""`/meja/akun`: one's own name, password, second factors and sessions."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, redirect, request, session, url_for
from werkzeug.wrappers import Response as BaseResponse

from portal.accounts import queries
from portal.accounts.clock import now
from portal.accounts.doors import DESK
from portal.accounts.guard import current_actor, desk_view, get_signed_in
from portal.accounts.keyed import seal, unseal
from portal.accounts.outcomes import AccountProblem, MustWait
from portal.accounts.passwords import SHORTEST
from portal.accounts.services import factors
from portal.accounts.services.passkeys import passkeys_work_here
from portal.accounts.services.sessions import end_every_session, end_session
from portal.accounts.services.signing_in import confirm_password
from portal.accounts.words import local_clock
from portal.areas.queries import list_region_names
from portal.core.i18n import gettext as _
from portal.core.pages import page

own_bp = Blueprint("own", __name__)
CODES, SHOWN_FOR = "codes", 600


@own_bp.get("/meja/akun")
@desk_view()
def show_account() -> Response:
    """Everything about one's own account."""
    return account_page()


@own_bp.post("/meja/akun/nama")
@desk_view()
def rename() -> BaseResponse:
    """What colleagues see."""
    name = request.form.get("nama", "")
    try:
        factors.rename(current_actor(), name)
    except AccountProblem as problem:
        return account_page(422, {problem.field: str(problem)}, name=name[:200])
    return back()


@own_bp.post("/meja/akun/sandi")
@desk_view()
def change_password() -> BaseResponse:
    """A new password, the present one asked first."""
    found, new = get_signed_in(), request.form.get("sandi-baru", "")
    try:
        confirm("sandi-lama")
        if new != request.form.get("ulang", ""):
            raise AccountProblem("ulang", _("Type the same password in both fields."))
        factors.change_password(found.actor, found.email, new, found.session_id)
    except AccountProblem as problem:
        return account_page(422, {problem.field: str(problem)})
    return back()


@own_bp.post("/meja/akun/sesi/<int:session_id>/akhiri")
@desk_view()
def end_one(session_id: int) -> BaseResponse:
    """Sign another browser out."""
    end_session(get_signed_in(), session_id)
    return back()


@own_bp.post("/meja/akun/sesi/akhiri")
@desk_view(before_factor=True)
def end_all() -> BaseResponse:
    """Sign out everywhere, here too; no device is known any more."""
    end_every_session(current_actor())
    session.clear()
    # The desk leads on to the sign-in page, and after it back to the desk.
    return redirect(request.script_root + DESK, 303)


@own_bp.post("/meja/akun/totp/hapus")
@desk_view()
def remove_totp() -> BaseResponse:
    """Do without the app."""
    return _after_password("sandi-totp", lambda: factors.remove_totp(current_actor()))


@own_bp.post("/meja/akun/kunci/<int:passkey_id>/hapus")
@desk_view()
def remove_passkey(passkey_id: int) -> BaseResponse:
    """Do without a passkey."""
    return _after_password(
        f"sandi-kunci-{passkey_id}", lambda: factors.remove_passkey(current_actor(), passkey_id)
    )


@own_bp.post("/meja/akun/pemulihan")
@desk_view()
def renew_codes() -> BaseResponse:
    """Ten new recovery codes."""
    try:
        confirm("sandi-pemulihan")
    except AccountProblem as problem:
        return account_page(422, {problem.field: str(problem)})
    return show_codes_once(factors.make_recovery_codes(current_actor()))


@own_bp.get("/meja/akun/pemulihan")
@desk_view(before_factor=True)
def show_codes() -> BaseResponse:
    """New recovery codes, for a few minutes; afterwards nobody can see them."""
    kept = unseal(session.get(CODES, ""), SHOWN_FOR)
    if not kept:
        return redirect(url_for("own.show_account"), 303)
    return page("accounts/recovery.html", codes=kept.split())


def confirm(field: str) -> None:
    """Ask for the account's own password once more; raises AccountProblem for another."""
    try:
        right = confirm_password(current_actor().id, request.form.get(field, ""))
    except MustWait as wait:
        raise AccountProblem(
            field, _("Too many attempts. Try again in %(seconds)s seconds.", seconds=wait.seconds)
        ) from None
    if not right:
        raise AccountProblem(field, _("This is not your present password."))


def account_page(
    status: int = 200, errors: dict[str, str] | None = None, *, name: str | None = None
) -> Response:
    """The page, with what was wrong in a form of it."""
    found = get_signed_in()
    own = queries.get_own_account(found.actor.id, now())
    return page(
        "accounts/account.html",
        status=status,
        own=own,
        grants=found.actor.grants,
        regions=list_region_names(found.actor.regions()),
        here=found.session_id,
        at=local_clock(found.actor),
        name=own.name if name is None else name,
        errors=errors or {},
        shortest=SHORTEST,
        passkeys=passkeys_work_here(),
    )


def show_codes_once(codes: tuple[str, ...]) -> BaseResponse:
    """Lead to the page with new recovery codes, if there are any."""
    if not codes:
        return back()
    session[CODES] = seal(" ".join(codes))
    return redirect(url_for("own.show_codes"), 303)


def back() -> BaseResponse:
    """To the account's page, after something was done."""
    return redirect(url_for("own.show_account"), 303)


def _after_password(field: str, act: Callable[[], None]) -> BaseResponse:
    try:
        confirm(field)
        act()
    except AccountProblem as problem:
        return account_page(422, {field: str(problem)})
    return back()
