"""`/meja/daftar/baru` and `/meja/daftar/unggahan`: from a file to its report."""

from __future__ import annotations

import secrets
from contextlib import suppress
from io import BytesIO
from typing import IO, Any, cast

from flask import Blueprint, Response, make_response, redirect, request, url_for
from htmx_flask.requests import HtmxAwareRequest
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as BaseResponse

import portal.registry.uploads.services.reading  # noqa: F401  (registers the worker's job and chore)
from portal.accounts.doors import sign_in_address
from portal.accounts.guard import current_actor, desk_view, signed_in
from portal.accounts.permissions import NotAllowed
from portal.core.i18n import gettext as _
from portal.core.pages import page
from portal.core.vocabulary import FUNDING_SOURCES
from portal.desk.lists import forms, words
from portal.desk.lists.queries import local_moment
from portal.registry.errors import SameFile, UploadCannotMove, UploadRefused
from portal.registry.lists.held import SENTENCES, held_words
from portal.registry.lists.opening import LARGEST_FILE
from portal.registry.reports.contents import Mending, mend_upload
from portal.registry.reports.files import write_csv, write_workbook
from portal.registry.reports.reasons import problem
from portal.registry.uploads import queries
from portal.registry.uploads.services import receiving
from portal.registry.uploads.services.spooling import ArrivingList, arrive
from portal.registry.uploads.shapes import UploadRow

uploads_bp = Blueprint("list_uploads", __name__, url_prefix="/meja/daftar")
ROLE = queries.ROLE
# The file, the fields beside it and the boundaries between them.
LARGEST_POST = LARGEST_FILE + 1024 * 1024
ROWS_SHOWN = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@uploads_bp.context_processor
def _words() -> dict[str, Any]:
    return {
        "upload_states": words.UPLOAD_STATES,
        "column_kinds": words.COLUMN_KINDS,
        "reason_words": problem,
        "held_words": held_words,
        "local_moment": local_moment,
    }


@uploads_bp.errorhandler(RequestEntityTooLarge)
def _too_large(error: RequestEntityTooLarge) -> BaseResponse:
    if signed_in() is None:
        # Of somebody signed out no file is read to its end; the form is found again after signing in.
        return redirect(sign_in_address(), 303)
    return page("desk/lists/refused.html", status=413, sentence=str(SENTENCES["too_large"]))


@uploads_bp.errorhandler(UploadRefused)
def _refused(error: UploadRefused) -> Response:
    """A large file of a wrong kind, cut off while it arrived."""
    return page("desk/lists/refused.html", status=415, sentence=str(error))


@uploads_bp.get("/baru")
@desk_view(ROLE)
def ask_file() -> Response:
    """Step 1: programme, payer, months and the file."""
    return _ask(forms.CoverForm(token=secrets.token_urlsafe(18)))


def _ask(form: forms.CoverForm, status: int = 200) -> Response:
    programs = queries.list_programs(current_actor(), to_write=True)
    return page(
        "desk/lists/new.html",
        status=status,
        form=form,
        programs=programs,
        payers=FUNDING_SOURCES,
        largest=LARGEST_FILE,
    )


@uploads_bp.post("/baru")
@desk_view(ROLE, largest=LARGEST_POST)
def take_file() -> BaseResponse:
    """Take the file in; what is wrong is told with everything typed still there."""
    actor = current_actor()
    programs = [one.slug for one in queries.list_programs(actor, to_write=True)]
    form = forms.read_cover_form(request.form, programs)
    posted = request.files.get(forms.FILE_FIELD)
    file: object = posted.stream if posted is not None else None
    if request.form.get("program") and form.program not in programs:
        raise NotAllowed(_("You may bring lists for the programmes of your own region only."))
    if not isinstance(file, ArrivingList) or not file.size:
        form = _with_error(form, _("Choose the file with the list."))
    elif form.cover is None:
        form = _with_error(
            form, _("Choose the file once more: it was not kept, as something else was missing.")
        )
    else:
        try:
            number = receiving.receive(actor, form.cover, file, form.token)
            return _to_upload(number)
        except SameFile as same:
            return _to_same(same)
        except UploadRefused as refused:
            form = _with_error(form, str(refused))
    return _ask(form, 422)


def _with_error(form: forms.CoverForm, sentence: str) -> forms.CoverForm:
    errors = {**form.errors, forms.FILE_FIELD: sentence}
    return forms.CoverForm(form.program, form.funding, form.first, form.last, form.token, None, errors)


def _to_same(same: SameFile) -> BaseResponse:
    if same.list_id is not None:
        return redirect(url_for("lists.show_list", list_id=same.list_id, sama=1), 303)
    return _to_upload(same.upload_id or 0, is_same=True)


def _take_in(expected: int | None) -> IO[bytes]:
    """Where the file goes while it arrives: encrypted into the spool, for registrars only."""
    found = signed_in()
    if found is None:
        # The guard refuses, and of somebody signed out no more is taken than fits into memory.
        return BytesIO()
    if not found.actor.holds(ROLE):
        raise NotAllowed(
            _("Your account has no role for this page. Ask an administrator of your region for it.")
        )
    return cast(IO[bytes], arrive(expected))


take_file.file_stream = _take_in  # type: ignore[attr-defined]


@uploads_bp.get("/unggahan/<int:upload_id>")
@desk_view(ROLE)
def show_upload(upload_id: int) -> Response:
    """Steps 2 to 4: the columns of a file, how far its reading is, or its report."""
    row = queries.get_upload_row(current_actor(), upload_id)
    if row.upload.state == "received":
        return _show_columns(row, forms.ColumnForm())
    if row.upload.state == "reading":
        return _show_progress(row)
    return _show_report(row)


def _show_columns(row: UploadRow, form: forms.ColumnForm, status: int = 200) -> Response:
    try:
        preview = receiving.preview(row.upload)
    except UploadRefused as refused:
        return page("desk/lists/refused.html", status=422, sentence=str(refused))
    kinds = form.kinds if form.errors else {one.index: one.guess for one in preview.columns}
    return page(
        "desk/lists/columns.html",
        status=status,
        row=row,
        preview=preview,
        kinds=kinds,
        header_row=form.header_row if form.errors else preview.header_row,
        errors=form.errors,
        may_change=current_actor().may(ROLE, row.region_code),
        is_same="sama" in request.args,
    )


def _show_progress(row: UploadRow) -> Response:
    job = queries.find_reading_job(row.upload.id)
    return page("desk/lists/progress.html", fragments=("list_progress",), row=row, job=job)


def _show_report(row: UploadRow) -> Response:
    if cast(HtmxAwareRequest, request).htmx:
        # The page that watched the reading is drawn anew.
        response = make_response("", 200)
        response.headers["HX-Refresh"] = "true"
        return response
    report = queries.find_report(row.upload.id)
    return page("desk/lists/report.html", row=row, report=report, rows_shown=ROWS_SHOWN)


@uploads_bp.post("/unggahan/<int:upload_id>/kolom")
@desk_view(ROLE)
def take_columns(upload_id: int) -> BaseResponse:
    """Confirm the columns and hand the file to the worker."""
    actor = current_actor()
    row = queries.get_upload_row(actor, upload_id)
    form = forms.read_column_form(request.form)
    if form.choice is None:
        return _show_columns(row, form, 422) if row.upload.state == "received" else _to_upload(upload_id)
    # Sent twice, or by a colleague: the page says how far it is.
    with suppress(UploadCannotMove):
        receiving.confirm(actor, upload_id, form.choice)
    return _to_upload(upload_id)


@uploads_bp.post("/unggahan/<int:upload_id>/ulang")
@desk_view(ROLE)
def read_again(upload_id: int) -> BaseResponse:
    """Hand a file whose reading was lost to the worker once more."""
    actor = current_actor()
    queries.get_upload_row(actor, upload_id)
    with suppress(UploadCannotMove):
        receiving.read_again(actor, upload_id)
    return _to_upload(upload_id)


@uploads_bp.post("/unggahan/<int:upload_id>/buang")
@desk_view(ROLE)
def discard_upload(upload_id: int) -> BaseResponse:
    """Throw a file away before it is a list."""
    actor = current_actor()
    queries.get_upload_row(actor, upload_id)
    try:
        receiving.discard(actor, upload_id)
    except UploadCannotMove:
        return _to_upload(upload_id)
    return redirect(url_for("lists.show_lists"), 303)


@uploads_bp.get("/unggahan/<int:upload_id>/laporan.csv")
@desk_view(ROLE)
def download_report(upload_id: int) -> Response:
    """The rejected rows and warnings, for the office to mend: row, what is wrong, last four digits."""
    queries.get_upload_row(current_actor(), upload_id)
    return _attach(write_csv(_mending(upload_id)), upload_id, "csv", "text/csv; charset=utf-8")


@uploads_bp.get("/unggahan/<int:upload_id>/laporan.xlsx")
@desk_view(ROLE)
def download_workbook(upload_id: int) -> Response:
    """The same as a workbook, with the figures on a sheet of their own."""
    queries.get_upload_row(current_actor(), upload_id)
    out = BytesIO()
    write_workbook(_mending(upload_id), out)
    return _attach(out.getvalue(), upload_id, "xlsx", XLSX)


def _mending(upload_id: int) -> Mending:
    report = queries.find_report(upload_id)
    return mend_upload(report) if report else Mending((), (), ())


def _attach(body: bytes, upload_id: int, suffix: str, kind: str) -> Response:
    response = make_response(body)
    response.headers["Content-Type"] = kind
    response.headers["Content-Disposition"] = f'attachment; filename="laporan-unggahan-{upload_id}.{suffix}"'
    return response


def _to_upload(upload_id: int, *, is_same: bool = False) -> BaseResponse:
    same: dict[str, Any] = {"sama": 1} if is_same else {}
    return redirect(url_for("list_uploads.show_upload", upload_id=upload_id, **same), 303)
