"""HTML to PDF by WeasyPrint: fonts and style of our own, nothing fetched from elsewhere.

The style sheet and the fonts are read once per process. WeasyPrint is imported on the first document, so
that a worker that renders none stays small.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from portal.core.errors import PortalError
from portal.settings import ROOT

SCHEME = "portal:"
FOLDERS = (ROOT / "static" / "vendor" / "public-sans", ROOT / "static" / "css")
ALLOWED = {".ttf": "font/ttf", ".css": "text/css"}
VARIANT = "pdf/a-3a"


class ForeignAddress(PortalError):
    """A document asked for a file outside the allow-list; nothing was fetched."""


@dataclass(frozen=True)
class AttachedFile:
    """A file carried inside the PDF: name, plain description, media type by its name, bytes."""

    name: str
    description: str
    body: bytes


def allowed_file(url: str) -> Path | None:
    """The file behind `portal:NAME`, or None for every other address and for names with a path."""
    name = url.removeprefix(SCHEME)
    if not url.startswith(SCHEME) or "/" in name or "\\" in name or Path(name).suffix not in ALLOWED:
        return None
    found = (folder / name for folder in FOLDERS if (folder / name).is_file())
    return next(found, None)


def render_pdf(html: str, files: tuple[AttachedFile, ...] = ()) -> bytes:
    """One tagged PDF/A-3a with `files` attached; raises ForeignAddress when the HTML asks for other files."""
    kit = _kit()
    fetcher = kit.fetcher()
    try:
        document = kit.weasyprint.HTML(string=html, base_url=SCHEME, url_fetcher=fetcher)
        pdf: bytes = document.write_pdf(
            stylesheets=[kit.style],
            font_config=kit.fonts,
            pdf_variant=VARIANT,
            attachments=[_attachment(kit, file, fetcher) for file in files],
            finisher=scope_headers,
        )
    except kit.fatal as error:
        raise ForeignAddress(str(error)) from None
    if fetcher.refused:
        # WeasyPrint goes on without an image inside an SVG, whatever the fetcher raises.
        raise ForeignAddress(fetcher.refused[0])
    return pdf


def _attachment(kit: _Kit, file: AttachedFile, fetcher: Any) -> Any:
    return kit.weasyprint.Attachment(
        string=file.body,
        name=file.name,
        description=file.description,
        relationship="Data",
        url_fetcher=fetcher,
    )


def scope_headers(document: Any, pdf: Any) -> None:
    """Give every TH its scope, which WeasyPrint leaves out: without it a reader can't relate cells to heads.

    A TH that follows a TD or a row's first cell beside TDs heads the row; in a row of THs they head columns.
    """
    pydyf = _kit().pydyf
    for row in pdf.objects:
        if not isinstance(row, dict) or row.get("S") != "/TR" or not isinstance(row.get("K"), list):
            continue
        cells = [_object(pdf, reference) for reference in row["K"]]
        kinds = [cell.get("S") for cell in cells if isinstance(cell, dict)]
        scope = "/Row" if "/TD" in kinds else "/Column"
        for cell in cells:
            if isinstance(cell, dict) and cell.get("S") == "/TH":
                cell["A"] = pydyf.Dictionary({"O": "/Table", "Scope": scope})


def _object(pdf: Any, reference: object) -> Any:
    """The object behind a reference such as `12 0 R`."""
    text = reference.decode() if isinstance(reference, bytes) else str(reference)
    number = text.split(" ")[0]
    return pdf.objects[int(number)] if number.isdigit() and int(number) < len(pdf.objects) else None


@dataclass(frozen=True)
class _Kit:
    weasyprint: Any
    pydyf: Any
    fetcher: Any
    fatal: type[BaseException]
    fonts: Any
    style: Any


@lru_cache(maxsize=1)
def _kit() -> _Kit:
    import pydyf
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class LocalFetcher(URLFetcher):  # type: ignore[misc]
        """Reads allow-listed files and stops the rendering at anything else."""

        def __init__(self) -> None:
            super().__init__()
            self.refused: list[str] = []

        def fetch(self, url: str, headers: Any = None) -> Any:
            """The file behind `url`; every other address is fatal."""
            path = allowed_file(url)
            if path is None:
                self.refused.append(f"address outside the allow-list: {url[:200]}")
                raise FatalURLFetchingError(self.refused[-1])
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": ALLOWED[path.suffix]})

    fonts = FontConfiguration()
    style = weasyprint.CSS(
        filename=ROOT / "static" / "css" / "pdf.css",
        url_fetcher=LocalFetcher(),
        font_config=fonts,
        base_url=SCHEME,
    )
    return _Kit(weasyprint, pydyf, LocalFetcher, FatalURLFetchingError, fonts, style)
