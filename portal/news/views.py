"""News and awards."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for

from portal.core.addresses import require_known
from portal.core.labels import label
from portal.core.pages import kept, page
from portal.core.paging import paginate, read_page
from portal.core.vocabulary import AWARD_RESULTS, NEWS_KINDS
from portal.corrections.queries import find_last_change
from portal.corrections.withdrawals import tells_withdrawal
from portal.news import forms, queries

news_bp = Blueprint("news", __name__)


@news_bp.get("/berita")
@kept
def list_posts() -> Response:
    """News, newest first, by region and kind."""
    require_known(request.args, ("wilayah", "jenis", "hal"))
    regions = queries.post_regions()
    wanted = forms.read_post_filter(request.args, regions)
    parameters = {"wilayah": wanted.region, "jenis": wanted.kind}
    total = queries.count_posts(wanted)
    pages = paginate(read_page(request.args), total, url_for("news.list_posts"), parameters, size=12)
    return page(
        "news/posts.html",
        posts=queries.list_posts(wanted, limit=pages.size, offset=pages.offset),
        pages=pages,
        wanted=wanted,
        regions=regions,
        kinds=tuple((kind, label("news_kind", kind)) for kind in NEWS_KINDS),
    )


@news_bp.get("/berita/<slug>")
@kept
@tells_withdrawal("news")
def show_post(slug: str) -> Response:
    """One post."""
    post = queries.get_post(slug)
    return page("news/post.html", post=post, change=find_last_change({"news": (post.id,)}))


@news_bp.get("/penghargaan")
@kept
def list_awards() -> Response:
    """Awards and nominations, by region, assessment year and result."""
    require_known(request.args, ("wilayah", "tahun", "hasil"))
    regions, years = queries.award_regions(), forms.year_choices()
    wanted = forms.read_award_filter(request.args, regions, years)
    return page(
        "news/awards.html",
        awards=queries.list_awards(wanted),
        wanted=wanted,
        regions=regions,
        years=years,
        results=tuple((result, label("award_result", result)) for result in AWARD_RESULTS),
    )
