# SPDX-License-Identifier: Apache-2.0
"""Spreadsheets made by hand, part by part, so that a test can say what no program would write."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_ODS = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("number", "datastyle"),
    )
)


def zipped(parts: dict[str, str | bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return an archive of these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def xlsx_parts(
    rows: str,
    *,
    before: str = "",
    after: str = "",
    texts: tuple[str, ...] = (),
    formats: tuple[str, ...] = (),
    sheets: tuple[tuple[str, str], ...] = (("Lots", "visible"),),
    since_1904: bool = False,
) -> dict[str, str | bytes]:
    """Return the parts of a workbook.

    Args: rows: XML of the rows. before, after: XML around them. texts: the shared ones, XML of each ``si``. formats:
        number formats by code; the style of each is its place, from 1. sheets: name and state, all with the same rows.
    """
    numbers = "".join(
        f'<numFmt numFmtId="{164 + n}" formatCode="{escape(code, {chr(34): "&quot;"})}"/>'
        for n, code in enumerate(formats)
    )
    styles = '<xf numFmtId="0"/>' + "".join(f'<xf numFmtId="{164 + n}"/>' for n in range(len(formats)))
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}" state="{state}" r:id="rId{n}"/>'
        for n, (name, state) in enumerate(sheets, 1)
    )
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    sheet = f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'
    epoch = ' date1904="1"' if since_1904 else ""
    return {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="a" Type="{OFFICE}/officeDocument"'
        ' Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><workbookPr{epoch}/>'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{related}'
        f'<Relationship Id="s" Type="{OFFICE}/styles" Target="styles.xml"/>'
        f'<Relationship Id="t" Type="{OFFICE}/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><numFmts>{numbers}</numFmts>'
        f'<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>{styles}</cellXfs></styleSheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{"".join(f"<si>{t}</si>" for t in texts)}</sst>',
        **{f"xl/worksheets/sheet{n}.xml": sheet for n in range(1, len(sheets) + 1)},
    }


def xlsx(rows: str, **more: object) -> bytes:
    """Return a workbook; see ``xlsx_parts``."""
    return zipped(xlsx_parts(rows, **more))  # type: ignore[arg-type]


def row(*cells: str, hidden: bool = False) -> str:
    """Return a row of text cells; a cell that begins with ``<`` stands as it is."""
    inner = "".join(
        c if c.startswith("<") else f'<c t="inlineStr"><is><t>{escape(c)}</t></is></c>' for c in cells
    )
    return f"<row{' hidden=' + chr(34) + '1' + chr(34) if hidden else ''}>{inner}</row>"


def number(stored: str, style: int = 0) -> str:
    """Return a number cell as its program keeps it."""
    return f'<c s="{style}"><v>{stored}</v></c>'


def ods_parts(rows: str, *, styles: str = "", tables: str | None = None) -> dict[str, str | bytes]:
    """Return the parts of an ODS file: rows of one table, or whole tables."""
    whole = tables if tables is not None else f'<table:table table:name="Lots">{rows}</table:table>'
    content = (
        f"<office:document-content {_ODS}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{whole}</office:spreadsheet></office:body></office:document-content>"
    )
    return {"mimetype": ODS_TYPE, "content.xml": content}


def ods(rows: str, **more: str) -> bytes:
    """Return an ODS file; see ``ods_parts``."""
    return zipped(ods_parts(rows, **more))


def ods_row(*cells: str, said: str = "") -> str:
    """Return a row of text cells; a cell that begins with ``<`` stands as it is."""
    inner = "".join(c if c.startswith("<") else ods_cell(c) for c in cells)
    return f"<table:table-row {said}>{inner}</table:table-row>"


def ods_cell(text: str, said: str = 'office:value-type="string"') -> str:
    """Return a cell that shows a text."""
    shown = f"<text:p>{escape(text)}</text:p>" if text else ""
    return f"<table:table-cell {said}>{shown}</table:table-cell>"
