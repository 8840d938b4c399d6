"""HTML to PDF: tagged, archivable, and nothing fetched from outside."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest

from portal.documents.keeping import keep_file
from portal.documents.renderer import AttachedFile, ForeignAddress, allowed_file, render_pdf

PAGE = """<html lang="id"><head><title>Uji</title></head><body><h1>Judul</h1>
<table><thead><tr><th>Tahun</th><th>Jumlah</th></tr></thead><tbody><tr><th>2025</th><td>4.465</td></tr></tbody></table>
</body></html>"""


@pytest.fixture(scope="module")
def made() -> pikepdf.Pdf:
    files = (AttachedFile("angka.csv", "Angka", b"a,b\r\n1,2\r\n"),)
    return pikepdf.open(io.BytesIO(render_pdf(PAGE, files)))


def test_a_document_is_a_tagged_archive_file_with_its_language(made: pikepdf.Pdf) -> None:
    with made.open_metadata() as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
    assert bool(made.Root.MarkInfo.Marked)
    assert str(made.Root.Lang) == "id"
    assert made.docinfo["/Title"] == "Uji"


def test_files_are_attached_as_data(made: pikepdf.Pdf) -> None:
    assert made.attachments["angka.csv"].get_file().read_bytes() == b"a,b\r\n1,2\r\n"
    assert str(made.Root.AF[0].AFRelationship) == "/Data"


def test_every_font_is_ours_and_embedded(made: pikepdf.Pdf) -> None:
    fonts = [
        item
        for item in made.objects
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor"
    ]
    assert fonts
    assert all("Public-Sans" in str(font.FontName) for font in fonts)
    assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)


def test_header_cells_say_whether_they_head_a_row_or_a_column(made: pikepdf.Pdf) -> None:
    cells = [
        item for item in made.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/TH"
    ]
    assert sorted(str(cell.A.Scope) for cell in cells) == ["/Column", "/Column", "/Row"]


@pytest.mark.parametrize(
    "foreign",
    [
        '<img src="http://127.0.0.1:9/x.png">',
        '<img src="https://example.org/x.png">',
        '<img src="file:///etc/passwd">',
        '<img src="ftp://example.org/x">',
        '<img src="data:image/png;base64,AAAA">',
        '<link rel="stylesheet" href="portal:../../../etc/passwd">',
        '<link rel="stylesheet" href="http://127.0.0.1:9/x.css">',
        '<object data="portal:site/secret.key"></object>',
        '<p style="background: url(http://127.0.0.1:9/x.png)">x</p>',
        '<svg width="9" height="9"><image href="file:///etc/hostname" width="9" height="9"/></svg>',
    ],
)
def test_an_address_outside_the_allow_list_stops_the_document(foreign: str) -> None:
    with pytest.raises(ForeignAddress):
        render_pdf(f'<html lang="id"><title>x</title><body>{foreign}</body></html>')


@pytest.mark.parametrize(
    "url",
    [
        "portal:../settings.py",
        "portal:/etc/passwd",
        "portal:..\\x.css",
        "portal:",
        "portal:x.py",
        "pdf.css",
        "portal:no.css",
    ],
)
def test_only_named_fonts_and_styles_are_files(url: str) -> None:
    assert allowed_file(url) is None


def test_fonts_and_style_are_found() -> None:
    found = [allowed_file(f"portal:{name}") for name in ("public-sans-400-normal.ttf", "pdf.css")]
    assert all(path is not None and path.is_file() for path in found)


def test_a_file_is_made_once_per_edition_and_former_ones_go(tmp_path: Path) -> None:
    made: list[int] = []

    def make() -> bytes:
        made.append(1)
        return b"body"

    first = [keep_file(tmp_path, "1-a", "x.pdf", make) for _ in range(3)]
    assert (first, len(made)) == ([b"body"] * 3, 1)
    keep_file(tmp_path, "1-b", "x.pdf", make)
    assert len(made) == 2
    assert [entry.name for entry in tmp_path.iterdir()] == ["1-b"]


def test_where_nothing_can_be_written_the_document_is_answered_all_the_same(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    assert keep_file(blocked, "1-a", "x.pdf", lambda: b"body") == b"body"
