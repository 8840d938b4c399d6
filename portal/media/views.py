"""Pictures at the desk (`/meja/gambar`) and their files (`/gambar/…webp`)."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, redirect, request, url_for
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as BaseResponse

from portal.accounts.guard import current_actor, desk_view, signed_in
from portal.core.errors import NotFound
from portal.core.i18n import gettext as _
from portal.core.i18n import language
from portal.core.pages import page
from portal.core.paging import paginate
from portal.media import queries, services
from portal.media.forms import PictureForm, read_list, read_picture_form
from portal.media.outcomes import PictureInUse, PictureRefused, PictureThere
from portal.media.permits import PARAMETER, is_permitted
from portal.media.screening import LARGEST_FILE
from portal.media.shapes import PictureCard

media_bp = Blueprint("media", __name__)
LARGEST_FORM = LARGEST_FILE + 64 * 1024
SIZE = 24
# Its address is made of its content; but a withdrawn picture must not stay in a shared cache's hands for private ones.
PUBLIC = "public, max-age=31536000, immutable"
PRIVATE = "private, max-age=600"
NEWS = ("baru", "sudah", "tersimpan")


@media_bp.get("/gambar/<string(length=32):name>-<int:width>.webp")
def send_file(name: str, width: int) -> Response:
    """A picture's file: public as soon as something published shows it, until then for those who see its region."""
    found = queries.find_file(name, width) if name.isalnum() and name.isascii() and width < 100000 else None
    if found is None:
        raise NotFound(_("This picture is not here any more."))
    region_code, body, is_public = found
    if not is_public and not _may_look(name, region_code):
        raise NotFound(_("This picture is not here any more."))
    response = Response(body, mimetype="image/webp")
    response.headers["Cache-Control"] = PUBLIC if is_public else PRIVATE
    response.set_etag(f"{name}-{width}")
    return response.make_conditional(request)  # type: ignore[return-value]


@media_bp.get("/meja/gambar")
@desk_view()
def list_pictures() -> Response:
    """Pictures of the regions that the account sees, with a search."""
    actor = current_actor()
    regions = queries.seen_regions(actor)
    reading = read_list(request.args, regions)
    total = queries.count_pictures(actor, reading.wanted)
    filters = {"wilayah": reading.region, "q": reading.wanted.words}
    pages = paginate(
        reading.page, total, path=request.script_root + request.path, parameters=filters, size=SIZE
    )
    return page(
        "media/list.html",
        fragments=("picture_list",),
        status=400 if reading.faults else 200,
        pictures=queries.list_pictures(actor, reading.wanted, limit=SIZE, offset=pages.offset),
        pages=pages,
        regions=regions,
        reading=reading,
        faults=[(fault.name, fault.sentence) for fault in reading.faults],
        filtered=any(filters.values()),
        may_add=bool(queries.own_regions(actor, *services.ROLES)),
    )


@media_bp.get("/meja/gambar/baru")
@desk_view(*services.ROLES)
def show_upload() -> Response:
    """The form for a new picture."""
    return _upload_page(PictureForm(region=request.args.get("wilayah", "")))


@media_bp.post("/meja/gambar")
@desk_view(*services.ROLES, largest=LARGEST_FORM)
def upload_picture() -> BaseResponse:
    """Take a picture with its alternative texts; the editor's dialog asks for JSON."""
    form = read_picture_form(request.form)
    file = request.files.get("berkas")
    try:
        data = file.stream.read(LARGEST_FILE + 1) if file else b""
        if form.errors:
            raise PictureRefused("")
        picture_id = services.add_picture(current_actor(), form.region, data, form.alt_id, form.alt_en)
    except PictureThere as there:
        return _answer(there.picture_id, "sudah")
    except PictureRefused as refused:
        if str(refused):
            form.errors["berkas"] = str(refused)
        return _upload_page(form, status=422)
    return _answer(picture_id, "baru")


@media_bp.get("/meja/gambar/<int:picture_id>")
@desk_view()
def show_picture(picture_id: int) -> Response:
    """One picture: how it looks, its alternative texts, where it is used."""
    picture = queries.get_picture(current_actor(), picture_id)
    return _picture_page(picture, PictureForm(picture.region_code, picture.alt_id, picture.alt_en))


@media_bp.post("/meja/gambar/<int:picture_id>")
@desk_view(*services.ROLES)
def describe_picture(picture_id: int) -> BaseResponse:
    """Change the alternative texts."""
    form = read_picture_form(request.form)
    if form.errors:
        return _picture_page(queries.get_picture(current_actor(), picture_id), form, status=422)
    services.describe_picture(current_actor(), picture_id, form.alt_id, form.alt_en)
    return redirect(url_for("media.show_picture", picture_id=picture_id, kabar="tersimpan"), 303)


@media_bp.post("/meja/gambar/<int:picture_id>/hapus")
@desk_view(*services.ROLES)
def delete_picture(picture_id: int) -> BaseResponse:
    """Delete a picture that nothing shows."""
    try:
        services.delete_picture(current_actor(), picture_id)
    except PictureInUse as used:
        picture = queries.get_picture(current_actor(), picture_id)
        form = PictureForm(picture.region_code, picture.alt_id, picture.alt_en, {"hapus": str(used)})
        return _picture_page(picture, form, status=409)
    return redirect(url_for("media.list_pictures"), 303)


@media_bp.errorhandler(RequestEntityTooLarge)
def _too_large(_error: Exception) -> Response:
    sentence = _("The file is larger than 12 MB. Make it smaller and try again.")
    return _upload_page(PictureForm(errors={"berkas": sentence}), status=413)


def _may_look(name: str, region_code: str) -> bool:
    if is_permitted(name, request.args.get(PARAMETER, "")):
        return True
    found = signed_in()
    return found is not None and not found.lacks_factor and found.actor.sees(region_code)


def _wants_json() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _answer(picture_id: int, news: str) -> BaseResponse:
    if not _wants_json():
        return redirect(url_for("media.show_picture", picture_id=picture_id, kabar=news), 303)
    picture = queries.get_picture(current_actor(), picture_id)
    return jsonify(picture=picture.address, alt=picture.alt(language()))


def _upload_page(form: PictureForm, status: int = 200) -> Response:
    if _wants_json():
        answer = jsonify(errors=list(form.errors.values()))
        answer.status_code = status
        return answer
    return page(
        "media/upload.html",
        status=status,
        form=form,
        regions=queries.own_regions(current_actor(), *services.ROLES),
    )


def _picture_page(picture: PictureCard, form: PictureForm, status: int = 200) -> Response:
    news = request.args.get("kabar", "")
    return page(
        "media/picture.html",
        status=status,
        picture=picture,
        form=form,
        uses=queries.list_uses(picture),
        news=news if news in NEWS else "",
        may_change=services.may_describe(current_actor(), picture),
    )
