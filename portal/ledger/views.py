"""`/perubahan`: the ledger, one entry, its feed and its table."""

from __future__ import annotations

import re

from flask import Blueprint, Response, current_app, request, url_for

from portal.core.atom import MEDIA_TYPE, FeedEntry, write_feed
from portal.core.errors import NotFound
from portal.core.i18n import gettext as _
from portal.core.i18n import language
from portal.core.pages import kept, page
from portal.core.paging import PageBeyondEnd, Pages, address, paginate
from portal.core.tabular import csv_bytes
from portal.ledger.forms import LedgerForm, read_form
from portal.ledger.queries import count_entries, find_entry, list_entries, list_fields
from portal.ledger.reading import put_into_words
from portal.ledger.sentences import entry_text, entry_title, event_words
from portal.ledger.shapes import Entry, LedgerFilters
from portal.settings import Settings

ledger_bp = Blueprint("ledger", __name__)
PER_PAGE = 20
IN_FEED = 30
NAME = re.compile(r"([nk])([1-9][0-9]{0,8})", re.ASCII)
HEADER = (
    "entry",
    "made_at_utc",
    "event",
    "table",
    "id",
    "region_code",
    "column",
    "old_value",
    "new_value",
    "reason",
    "urgent_reason",
)


@ledger_bp.get("/perubahan")
@kept
def ledger() -> Response:
    """Every change, newest first; 400 for what is not understood, 404 for a page beyond the end."""
    form = read_form(request.args)
    if form.sentences:
        return _list(form, status=400, sentences=form.sentences)
    path, total = url_for("ledger.ledger"), count_entries(form.filters)
    try:
        pages = paginate(form.page, total, path, form.filters.parameters(), size=PER_PAGE)
    except PageBeyondEnd as end:
        return _list(form, status=404, sentences=(str(end),))
    entries = list_entries(form.filters, limit=pages.size, offset=pages.offset)
    return _list(form, pages=pages, entries=put_into_words(entries))


@ledger_bp.get("/perubahan/<name>")
@kept
def entry(name: str) -> Response:
    """One entry at its own address, which never changes; 404 where there is none."""
    match = NAME.fullmatch(name)
    found = find_entry(match[1], int(match[2])) if match else None
    if found is None:
        raise NotFound(_("The ledger has no entry at this address."))
    (shown,) = put_into_words((found,))
    return page("ledger/entry.html", entry=shown, title=entry_title(shown))


@ledger_bp.get("/perubahan.atom")
@kept
def feed() -> Response:
    """The newest changes as an Atom feed."""
    settings: Settings = current_app.config["PORTAL_SETTINGS"]
    base = settings.base_url
    entries = put_into_words(list_entries(LedgerFilters(), limit=IN_FEED))
    body = write_feed(
        title=_("Changes on %(site)s", site=settings.site_name),
        address=base + url_for("ledger.feed"),
        page=base + url_for("ledger.ledger"),
        language=language(),
        author=settings.site_name,
        entries=(
            FeedEntry(
                base + url_for("ledger.entry", name=one.raw.name),
                entry_title(one),
                one.raw.made_at,
                entry_text(one),
            )
            for one in entries
        ),
    )
    return Response(body, mimetype=MEDIA_TYPE)


@ledger_bp.get("/perubahan.csv")
@kept
def table() -> Response:
    """Every change that the filters leave as a table, one row a field, values as the data package writes them."""
    form = read_form(request.args)
    if form.sentences:
        return _list(form, status=400, sentences=form.sentences)
    entries = list_entries(form.filters)
    fields = list_fields(entries)
    rows = (
        (
            one.name,
            one.made_at.isoformat(timespec="seconds"),
            one.event,
            one.subject,
            one.subject_id,
            one.region_code,
            field.column if field else None,
            field.old if field else None,
            field.new if field else None,
            one.reason,
            one.urgent_reason,
        )
        for one in entries
        for field in fields[one.name] or (None,)
    )
    response = Response(csv_bytes(HEADER, rows), mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="perubahan.csv"'
    return response


def _list(
    form: LedgerForm,
    *,
    status: int = 200,
    sentences: tuple[str, ...] = (),
    pages: Pages | None = None,
    entries: tuple[Entry, ...] = (),
) -> Response:
    path = url_for("ledger.ledger")
    parameters = form.filters.parameters()
    return page(
        "ledger/ledger.html",
        status=status,
        form=form,
        filters=form.filters,
        path=path,
        table=address(url_for("ledger.table"), parameters),
        understood=address(path, parameters),
        sentences=sentences,
        pages=pages,
        entries=entries,
        happened=event_words,
    )
