# SPDX-License-Identifier: Apache-2.0
"""Hostile files by number: the same number makes the same file, so that whatever breaks can be made again."""

from __future__ import annotations

import io
import json
import random
import zipfile
from dataclasses import dataclass

import zxingcpp
from PIL import Image

from qcdesk.domain.imports import IMPORT_KINDS, ImportKind
from qcdesk.exchange.maps import field_names
from tests.exchange.spreadsheets import number, ods_cell, ods_parts, ods_row, row, xlsx_parts

FORMS = ("csv", "csv", "csv", "json", "json", "xlsx", "xlsx", "ods", "ods", "zip", "picture")
PAPERS = 8
"""Of so many pictures one is a paper that comes back: drawing its pages takes longer than all else."""
_ODD_TEXTS = (
    *(
        "",
        " ",
        "0",
        "-1",
        "1e9",
        "1E400",
        "nan",
        "inf",
        "１２",
        "1_0",
        "9" * 400,
        "0.1",
        "1,5",
        "=1+1",
        "'=1",
        "@SUM(A1)",
    ),
    *(
        "#REF!",
        "#N/A",
        "\u202etxt",
        "a\u200bb",
        "\ufeff",
        "\x00",
        "\ud800",
        "\U0010ffff",
        "e\u0301" * 50,
        "x" * 10_001,
    ),
    *(
        '"',
        '""',
        '"x',
        'x"y',
        "\n",
        "\r",
        "\r\n",
        "\t",
        ",",
        ";",
        "|",
        "<b>",
        "&amp;",
        "<!--",
        "]]>",
        "<!DOCTYPE a>",
    ),
    *(
        "../../etc/passwd",
        "2026-03-01",
        "2569-03-01",
        "31/12/2026",
        "true",
        "None",
        "LOT-1O",
        "LОT-10",
        "Đặng",
        "重庆",
    ),
)
_ODD_BYTES = (
    *(
        b"\x00",
        b"\xff",
        b"\xfe\xff",
        b"\xef\xbb\xbf",
        b"PK\x03\x04",
        b"PK\x05\x06",
        b"<",
        b">",
        b"&",
        b'"',
        b"'",
        b"]]>",
    ),
    *(
        b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
        b"&a;",
        b"<![CDATA[",
        b"{",
        b"}",
        b"[",
        b"]",
        b"\\ud800",
        b"1e999999",
        b"\r",
        b"\n",
    ),
    *(b"0" * 50, b"\xed\xa0\x80", b"=", b"\x1a", b"\x7f\xff\xff\xff", b"\xff\xff\xff\xff"),
)


@dataclass(frozen=True)
class Hostile:
    """One file: what it pretends to be, into which list it is to go, and its bytes."""

    form: str
    kind: ImportKind
    suffix: str
    payload: bytes


def hostile(seed: int) -> Hostile:
    """Return the file of this number."""
    luck = random.Random(seed)
    form = FORMS[seed % len(FORMS)]
    if form == "picture" and seed // len(FORMS) % PAPERS == 0:
        form = "paper"
    kind = IMPORT_KINDS[luck.randrange(len(IMPORT_KINDS))]
    payload = _MAKE[form](luck, kind)
    if luck.random() < 0.55:
        payload = _bent(luck, payload)
    suffix = luck.choice((f".{form}", "", "", ".csv")) if form not in ("zip", "picture", "paper") else ""
    return Hostile(form, kind, suffix, payload)


def _table(luck: random.Random, kind: ImportKind) -> list[list[str]]:
    """Return rows of a list that is right in part."""
    headers = list(field_names(kind))
    if luck.random() < 0.3:
        headers = [h for h in headers if luck.random() < 0.7] or ["name"]
    if luck.random() < 0.15:
        headers.insert(luck.randrange(len(headers) + 1), luck.choice((*headers, *_ODD_TEXTS)))
    rows = [headers]
    for line in range(luck.randrange(0, 6)):
        cells = [_plausible(luck, header, line) for header in headers]
        if luck.random() < 0.4:
            cells[luck.randrange(len(cells))] = luck.choice(_ODD_TEXTS)
        if luck.random() < 0.04:
            cells = cells[: luck.randrange(len(cells) + 1)] + [""] * luck.randrange(300)
        rows.append(cells)
    return rows


def _plausible(luck: random.Random, header: str, line: int) -> str:
    fixed = {
        "product": "PH-204", "supplier": "S1", "class": luck.choice(("minor", "major", "Critical")), "source": "Customer",
        "quantity": str(luck.randrange(2, 999)), "count": "1", "made_on": "2026-01-05", "ship_by": "2026-02-05",
        "found_on": "2026-03-01", "line": "", "country": "VN", "unit": "pcs",
    }  # fmt: skip
    return fixed.get(header, f"{header[:3].upper()}{luck.randrange(9_999)}-{line}")


def _csv(luck: random.Random, kind: ImportKind) -> bytes:
    separator = luck.choice(",;\t|")
    lines = []
    for cells in _table(luck, kind):
        quoted = [
            '"' + c.replace('"', '""') + '"'
            if luck.random() < 0.3 or separator in c or '"' in c or "\n" in c
            else c
            for c in cells
        ]
        lines.append(separator.join(quoted))
    text = luck.choice(("\n", "\r\n", "\r")).join(lines) + luck.choice(("", "\n"))
    encoding = luck.choice(("utf-8", "utf-8", "utf-8-sig", "utf-16", "gb18030", "cp1258", "utf-32"))
    return text.encode(encoding, "surrogatepass" if encoding.startswith("utf") else "replace")


def _json(luck: random.Random, kind: ImportKind) -> bytes:
    headers, *rows = _table(luck, kind)
    objects = [dict(zip(headers, cells, strict=False)) for cells in rows]
    spelled = [json.dumps(each, ensure_ascii=luck.random() < 0.5) for each in objects]
    spelled = [s.replace('"quantity": "', '"quantity": ').replace('", "order"', ', "order"') for s in spelled]
    if luck.random() < 0.1:
        spelled.append(
            luck.choice(("[" * 5_000, '{"a":' * 5_000, '{"a": NaN}', '{"a": 1, "a": 2}', "9" * 5_000, "null"))
        )
    if luck.random() < 0.5:
        text = "\n".join(spelled)
    else:
        text = luck.choice(("[{}]", '{{"rows": [{}]}}')).format(",".join(spelled))
    return text.encode("utf-8", "surrogatepass")


def _xml_text(text: str) -> str:
    return "".join(
        c for c in text if c in "\t\n" or " " <= c < "\ud800" or "\ue000" <= c < "\ufffe" or c > "\uffff"
    )


def _xlsx(luck: random.Random, kind: ImportKind) -> bytes:
    table = [[_xml_text(c) for c in cells] for cells in _table(luck, kind)]
    rows = "".join(
        row(*(_sheet_cell(luck, c) for c in cells), hidden=luck.random() < 0.05) for cells in table
    )
    after = luck.choice(("", "", f'<mergeCells><mergeCell ref="A{luck.randrange(1, 5)}:C4"/></mergeCells>'))
    return _packed(luck, xlsx_parts(rows, after=after, formats=("yyyy-mm-dd", "0000", '"x"0')))


def _sheet_cell(luck: random.Random, text: str) -> str:
    if text.isascii() and text.isdigit() and luck.random() < 0.7:
        return number(text + luck.choice(("", ".0", "E0", ".0000000001")), luck.randrange(5))
    odd = (
        "<c><f>1+1</f><v>2</v></c>",
        '<c t="e"><v>#REF!</v></c>',
        '<c t="s"><v>7</v></c>',
        '<c t="b"><v>1</v></c>',
        '<c r="ZZZ99"><v>1</v></c>',
        '<c t="inlineStr"><is><t>_xD800__x0000_</t></is></c>',
    )
    return luck.choice(odd) if luck.random() < 0.03 else text.removeprefix("<")


def _ods(luck: random.Random, kind: ImportKind) -> bytes:
    table = [[_xml_text(c) for c in cells] for cells in _table(luck, kind)]
    rows = ""
    for cells in table:
        repeated = luck.choice(("",) * 20 + ("2", "300000", "0", "x"))
        said = f'table:number-rows-repeated="{repeated}"' if repeated else ""
        rows += ods_row(*(_ods_cell(luck, c) for c in cells), said=said)
    return _packed(luck, ods_parts(rows))


def _ods_cell(luck: random.Random, text: str) -> str:
    if text.isascii() and text.isdigit() and luck.random() < 0.7:
        return ods_cell(text, f'office:value-type="float" office:value="{text}"')
    odd = (
        'table:formula="of:=1"',
        'table:number-columns-repeated="16384"',
        'office:value-type="date" office:date-value="x"',
    )
    return ods_cell(text, luck.choice(odd)) if luck.random() < 0.03 else ods_cell(text)


def _packed(luck: random.Random, parts: dict[str, str | bytes]) -> bytes:
    """Pack parts, one of them bent now and then, so that damage reaches what lies behind the checksum."""
    if luck.random() < 0.5:
        name = luck.choice(sorted(parts))
        content = parts[name]
        parts[name] = _bent(luck, content.encode() if isinstance(content, str) else content)
    if luck.random() < 0.1:
        parts.pop(luck.choice(sorted(parts)))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", luck.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _zip(luck: random.Random, _: ImportKind) -> bytes:
    parts: dict[str, str | bytes] = (
        {"[Content_Types].xml": "<a/>"} if luck.random() < 0.5 else {"content.xml": "<a/>"}
    )
    for n in range(luck.randrange(5)):
        name = luck.choice(("../x", "/x", "a\\b", "x", "a/b", "con", "mimetype", f"f{n}"))
        parts[name] = luck.choice((b"", bytes(200_000), b"x" * 100, _csv(luck, "people")))
    return _packed(luck, parts)


def _picture(luck: random.Random, _: ImportKind) -> bytes:
    mode = luck.choice(("RGB", "L", "1", "P", "RGBA", "I;16"))
    picture = Image.new(mode, (luck.randrange(1, 48), luck.randrange(1, 48)), luck.randrange(2))
    buffer = io.BytesIO()
    form = luck.choice(("PNG", "PNG", "JPEG", "JPEG", "GIF", "BMP", "TIFF", "WEBP"))
    if form in ("JPEG", "WEBP"):
        picture = picture.convert("RGB")
    if form in ("GIF", "BMP") and mode in ("I;16", "RGBA"):
        picture = picture.convert("L") if mode == "I;16" else picture.convert("RGB")
    picture.save(buffer, form)
    payload = buffer.getvalue()
    return _bent(luck, payload) if luck.random() < 0.6 else payload


def _paper(luck: random.Random, _: ImportKind) -> bytes:
    """Return a small paper with a square code, as PDF, scan or photograph."""
    code = "".join(luck.choice("ABC0123:%") for _ in range(luck.randrange(1, 60)))
    square = zxingcpp.create_barcode(luck.choice(("QC1:", "QH1:", "")) + code, zxingcpp.BarcodeFormat.QRCode)
    drawn = Image.fromarray(zxingcpp.write_barcode_to_image(square, scale=luck.randrange(1, 4)))
    buffer = io.BytesIO()
    form = luck.choice(("PDF", "PDF", "PDF", "PNG", "JPEG", "TIFF"))
    drawn.convert(luck.choice(("L", "RGB"))).save(buffer, form)
    return buffer.getvalue()


def _bent(luck: random.Random, payload: bytes) -> bytes:
    """Return bytes with a few of them turned, cut, doubled, moved, or strange ones put in."""
    bent = bytearray(payload)
    for _ in range(luck.choice((1, 1, 1, 2, 5))):
        if not bent:
            break
        at = luck.randrange(len(bent))
        match luck.randrange(6):
            case 0:
                bent[at] ^= 1 << luck.randrange(8)
            case 1:
                del bent[at:]
            case 2:
                del bent[at : at + luck.randrange(1, 40)]
            case 3:
                bent[at:at] = bent[at : at + luck.randrange(1, 200)]
            case 4:
                bent[at:at] = luck.choice(_ODD_BYTES)
            case _:
                bent[at : at + 4] = bytes(luck.randrange(256) for _ in range(4))
    return bytes(bent)


_MAKE = {
    "csv": _csv,
    "json": _json,
    "xlsx": _xlsx,
    "ods": _ods,
    "zip": _zip,
    "picture": _picture,
    "paper": _paper,
}
