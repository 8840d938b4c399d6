"""Small workbooks written by hand, with what an office's spreadsheet program would put into them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OPEN = "urn:oasis:names:tc:opendocument:xmlns:"

Cell = str | int | float | None


@dataclass
class Sheet:
    """Rows of cells from A1; `hidden_rows` by number."""

    rows: Sequence[Sequence[Cell]]
    name: str = "Daftar"
    hidden: bool = False
    hidden_rows: frozenset[int] = field(default_factory=frozenset)


def xlsx(*sheets: Sheet, parts: dict[str, bytes] | None = None) -> bytes:
    """An .xlsx; `parts` replaces or adds members."""
    members = {
        "[Content_Types].xml": _types(len(sheets)),
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": _workbook(sheets),
        "xl/_rels/workbook.xml.rels": _relations(len(sheets)),
    }
    members |= {f"xl/worksheets/sheet{number}.xml": _sheet(sheet) for number, sheet in enumerate(sheets, 1)}
    return _zip({name: text.encode() for name, text in members.items()} | (parts or {}))


def ods(*sheets: Sheet, content: str = "") -> bytes:
    """An .ods; `content` takes the place of the sheets' XML."""
    names = "".join(f' xmlns:{name}="{OPEN}{name}:1.0"' for name in ("office", "table", "text", "style"))
    body = content or "".join(map(_table, sheets))
    text = (
        f'<?xml version="1.0"?><office:document-content{names}><office:automatic-styles>'
        '<style:style style:name="ta9"><style:table-properties table:display="false"/></style:style>'
        f"</office:automatic-styles><office:body><office:spreadsheet>{body}</office:spreadsheet>"
        "</office:body></office:document-content>"
    )
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return _zip({"mimetype": kind, "content.xml": text.encode(), "META-INF/manifest.xml": b"<manifest/>"})


def _zip(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data, compress_type=0 if name == "mimetype" else ZIP_DEFLATED)
    return out.getvalue()


def _types(sheets: int) -> str:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{kind}.worksheet+xml"/>'
        for number in range(1, sheets + 1)
    )
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="{rels}"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>{parts}</Types>'
    )


def _workbook(sheets: Sequence[Sheet]) -> str:
    listed = "".join(
        f'<sheet name={quoteattr(sheet.name)} sheetId="{number}"{" state=" + quoteattr("hidden") if sheet.hidden else ""}'
        f' r:id="rId{number}"/>'
        for number, sheet in enumerate(sheets, 1)
    )
    return f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{listed}</sheets></workbook>'


def _relations(sheets: int) -> str:
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in range(1, sheets + 1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{listed}</Relationships>'


def _sheet(sheet: Sheet) -> str:
    rows = "".join(
        f'<row r="{number}"{" hidden=" + quoteattr("1") if number in sheet.hidden_rows else ""}>'
        + "".join(_cell(cell, f"{chr(65 + at)}{number}") for at, cell in enumerate(row) if cell is not None)
        + "</row>"
        for number, row in enumerate(sheet.rows, 1)
    )
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def _cell(cell: Cell, place: str) -> str:
    if isinstance(cell, str):
        return f'<c r="{place}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
    return f'<c r="{place}"><v>{cell}</v></c>'


def _table(sheet: Sheet) -> str:
    style = ' table:style-name="ta9"' if sheet.hidden else ""
    rows = "".join(
        f"<table:table-row{' table:visibility=' + quoteattr('collapse') if number in sheet.hidden_rows else ''}>"
        + "".join(map(_ods_cell, row))
        + '<table:table-cell table:number-columns-repeated="16000"/></table:table-row>'
        for number, row in enumerate(sheet.rows, 1)
    )
    foot = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    return f"<table:table table:name={quoteattr(sheet.name)}{style}>{rows}{foot}</table:table>"


def _ods_cell(cell: Cell) -> str:
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, str):
        text = f"<text:p>{escape(cell)}</text:p>"
        return f'<table:table-cell office:value-type="string">{text}</table:table-cell>'
    shown = "<text:p>6,40E+15</text:p>"
    return f'<table:table-cell office:value-type="float" office:value="{cell}">{shown}</table:table-cell>'
