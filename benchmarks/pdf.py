"""A three-page PDF against WeasyPrint alone on the same HTML."""

from __future__ import annotations

import weasyprint
from flask import Flask
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from benchmarks.measure import Row, paired_seconds
from portal.documents.renderer import ALLOWED, SCHEME, VARIANT, allowed_file, render_pdf
from portal.documents.summaries import region_summary
from portal.settings import ROOT

REGION = "penajam-paser-utara"


class Files(URLFetcher):  # type: ignore[misc]
    """Reads the fonts, as the portal's fetcher does."""

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """The file behind a `portal:` address."""
        path = allowed_file(url)
        assert path is not None, url
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": ALLOWED[path.suffix]})


def rows(app: Flask) -> list[Row]:
    """Seconds of both. WeasyPrint alone is given the same HTML, style and fonts, parsed once: no attachment, no scopes."""
    with app.test_request_context("/"):
        summary = region_summary(REGION)
    files, fonts = Files(), FontConfiguration()
    sheet = ROOT / "static" / "css" / "pdf.css"
    style = weasyprint.CSS(filename=sheet, url_fetcher=files, font_config=fonts, base_url=SCHEME)

    def alone() -> None:
        document = weasyprint.HTML(string=summary.html, base_url=SCHEME, url_fetcher=files)
        document.write_pdf(stylesheets=[style], font_config=fonts, pdf_variant=VARIANT)

    def ours() -> None:
        with app.test_request_context("/"):
            made = region_summary(REGION)
            render_pdf(made.html, made.files)

    own, bare = paired_seconds(ours, alone)
    return [Row("three-page PDF, fresh", own, "WeasyPrint alone", bare, "s", 1.2, at_least=False)]
