# SPDX-License-Identifier: Apache-2.0
"""Files that attack and files that lie: none crashes, hangs, fills the memory, or comes in by half."""

from __future__ import annotations

import contextlib
import io
import multiprocessing
import struct
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from qcdesk.domain.inputs import BadInput
from qcdesk.exchange.importing import TableImport
from qcdesk.exchange.papers import codes_on_paper
from qcdesk.exchange.photos import read_picture
from qcdesk.exchange.reading import read_table
from qcdesk.reports.codes import read_in_child
from qcdesk.services.trouble import Trouble
from qcdesk.store.verification import verify
from tests.exchange.spreadsheets import ods_parts, ods_row, row, xlsx, xlsx_parts, zipped
from tests.trust.attacked_import import attack
from tests.trust.fuzzing import hostile
from tests.workspace import House, standing

linux_only = pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are set otherwise there")


def attacked(folder: Path, first: int, count: int) -> tuple[int, str]:
    """Let a worker read so many files; return how many were, and a line of figures.

    The worker is no daemon: verifying what came in takes processes of its own.
    """
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    worker = context.Process(target=attack, args=(there, str(folder), first, first + count))
    worker.start()
    there.close()
    try:
        told = here.recv()
    finally:
        worker.join(10)
        worker.kill()
    assert told["broken"] == []
    assert told["verified"]
    refused = sum(told["refused"].values())
    assert told["taken"] + told["read"] + refused == count
    return told["taken"], (
        f"hostile input: {count} files, {told['taken']} taken whole, {told['read']} read and nothing new in them,"
        f" {refused} refused for {len(told['refused'])} reasons: 0 crashes, 0 by half; longest {told['longest']:.2f} s,"
        f" most memory {told['most_bytes'] / 1e6:.0f} MB"
    )


@linux_only
def test_no_hostile_file_crashes_or_comes_in_by_half(tmp_path: Path) -> None:
    taken, _ = attacked(tmp_path, 0, 5_000)
    assert taken > 50  # else the files would be too bad to prove anything


@linux_only
@pytest.mark.long
def test_no_hostile_file_of_very_many_crashes_or_comes_in_by_half(
    tmp_path: Path, figures: Callable[[str], None]
) -> None:
    taken, line = attacked(tmp_path, 1_000_000, 100_000)
    assert taken > 1_000
    figures(line)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = standing(tmp_path / "workspace")
    yield made
    made.database.dispose()


def head(house: House) -> int:
    with house.database.reading() as connection:
        return int(connection.exec_driver_sql("SELECT max(seq) FROM event").scalar_one())


@pytest.mark.parametrize("first", [0, 11, 5_000])
def test_the_real_child_refuses_what_the_worker_refuses(house: House, tmp_path: Path, first: int) -> None:
    importing = TableImport(house.use.begin, house.use.ids, house.use.clock)
    for seed in range(first, first + 11):
        file = hostile(seed)
        path = tmp_path / f"hostile{file.suffix}"
        path.write_bytes(file.payload)
        before = head(house)
        try:
            if file.form == "picture":
                read_picture(file.payload)
                continue
            if file.form == "paper":
                codes_on_paper(file.payload, read_in_child)
                continue
            result = importing(house.sittings["linh"].hand, file.kind, str(path))
            changed = bool(result.created or result.updated) and not result.errors
        except BadInput:
            changed = False
        assert (head(house) > before) == changed
    assert verify(house.database).ok


# Attacks with a name ----------------------------------------------------------------------------------------------


def nested(depth: int) -> bytes:
    payload = bytes(1_000_000)
    for _ in range(depth):
        payload = zipped({"[Content_Types].xml": payload})
    return payload


def lying_bomb() -> bytes:
    """Return an archive that unpacks to more than it says."""
    parts = xlsx_parts(row("a") + row("1"))
    parts["xl/worksheets/sheet1.xml"] = b"<a>" + b" " * 5_000_000
    payload = bytearray(zipped(parts))
    at = payload.rfind(b"xl/worksheets/sheet1.xml") - 46
    payload[at + 24 : at + 28] = struct.pack("<L", 1_000)
    return bytes(payload)


def many_names_one_kernel() -> bytes:
    """Return an archive whose directory names the same bytes many times (Fifield, 2019)."""
    payload = zipped({"kernel": bytes(900_000)})
    start = payload.index(b"PK\x01\x02")
    end = payload.index(b"PK\x05\x06")
    entry = payload[start:end]
    entries = b"".join(entry.replace(b"kernel", b"k%05d" % n) for n in range(200))
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 200, 200, len(entries), start, 0)
    return payload[:start] + entries + tail


def with_dtd(definition: str, use: str) -> bytes:
    parts = ods_parts(ods_row("a") + ods_row(use))
    parts["content.xml"] = definition + str(parts["content.xml"]).replace(use.replace("&", "&amp;"), use)
    return zipped(parts)


OUTSIDE = "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
LAUGHS = "<!DOCTYPE l [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {chr(98 + n)} '{('&' + chr(97 + n) + ';') * 10}'>" for n in range(9)
)


def traversing(name: str) -> bytes:
    info = zipfile.ZipInfo("x")
    info.filename = info.orig_filename = name
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", "<a/>")
        archive.writestr(info, "x")
    return buffer.getvalue()


ATTACKS: dict[str, tuple[str, Callable[[], bytes], set[str]]] = {
    "zip bomb": (".xlsx", lambda: zipped({"[Content_Types].xml": bytes(100_000_000)}), {"zip_ratio"}),
    "zip bomb that lies": (".xlsx", lying_bomb, {"zip_damaged", "zip_ratio"}),
    "zips in zips": (".xlsx", lambda: nested(20), {"zip_part", "xml_damaged", "zip_ratio"}),
    "one kernel, many names": (".xlsx", many_names_one_kernel, {"zip_damaged", "zip_overlap", "zip_ratio"}),
    "outside entity": (".ods", lambda: with_dtd(OUTSIDE, "&x;"), {"dtd"}),
    "a billion laughs": (".ods", lambda: with_dtd(LAUGHS + "]>", "&j;"), {"dtd"}),
    "climbing name": (".xlsx", lambda: traversing("../../../tmp/x"), {"zip_name"}),
    "a million columns": (".csv", lambda: b"a," * 1_000_000 + b"\n", {"too_many_columns"}),
    "a row of a million": (".csv", lambda: b"a,b\n" + b"1," * 1_000_000 + b"\n", {"row_width"}),
    "an open quote": (".csv", lambda: b'a,b\n"' + b"x,\n" * 2_000_000, {"open_quote"}),
    "half a character": (".jsonl", lambda: b'{"name": "\\ud800"}', {"surrogate"}),
    "deep nesting": (".json", lambda: b"[" * 10_000_000, {"not_json"}),
    "a huge figure": (".json", lambda: b'{"name": ' + b"9" * 5_000_000 + b"}", {"json_number"}),
    "a huge exponent": (".json", lambda: b'{"name": 1e999999999}', {"json_number"}),
    "a huge field": (".csv", lambda: b"a\n" + b"x" * 20_000_000, {"field_too_long"}),
    "very many rows": (".csv", lambda: b"a\n" + b"x\n" * 300_000, {"too_many_rows"}),
    "deep elements": (".xlsx", lambda: xlsx("<a>" * 100_000 + "</a>" * 100_000), {"xml_damaged"}),
    "one text a million times": (
        ".xlsx",
        lambda: xlsx(row("a") + row('<c t="s"><v>0</v></c>') * 100_000, texts=(f"<t>{'x' * 9_999}</t>",)),
        {"too_much_text", "zip_ratio"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_refused_by_its_name(name: str, tmp_path: Path) -> None:
    suffix, make, codes = ATTACKS[name]
    path = tmp_path / f"attack{suffix}"
    path.write_bytes(make())
    with pytest.raises(BadInput) as refused:
        read_table(path)
    assert refused.value.code in codes
    assert refused.value.where["file"] == path.name
    assert sorted(p.name for p in tmp_path.iterdir()) == [path.name]  # nothing was unpacked beside it


def test_a_paper_that_never_ends_and_one_of_too_many_pages_end_in_time(tmp_path: Path) -> None:
    out = io.BytesIO()
    page = Image.new("1", (40, 40), 1)
    page.save(out, "PDF", save_all=True, append_images=[page] * 300)
    assert codes_on_paper(out.getvalue(), read_in_child)[0] == ()
    kids = out.getvalue().replace(b"/Type /Page\n/", b"/Type /Pages\n/", 1)
    assert kids != out.getvalue()
    with contextlib.suppress(BadInput):
        assert codes_on_paper(kids, read_in_child)[0] == ()


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded() -> None:
    buffer = io.BytesIO()
    Image.new("1", (9_000, 9_000)).save(buffer, "PNG")
    assert len(buffer.getvalue()) < 100_000
    with pytest.raises(BadInput, match="picture_too_many_pixels"):
        read_picture(buffer.getvalue())


def test_a_file_that_lies_is_refused_and_nothing_of_it_comes_in(house: House, tmp_path: Path) -> None:
    importing = TableImport(house.use.begin, house.use.ids, house.use.clock)
    first = tmp_path / "first.csv"
    first.write_text("number,product,quantity,line\nLOT-10,PH-204,20,Line 1\n", encoding="utf-8")
    assert importing(house.sittings["linh"].hand, "batches", str(first)).created == 1
    good = "LOT-20,PH-204,30,Line 1"
    lies = {
        "look-alike number": ("LOT-1O,PH-204,20,Line 1", "like_existing"),
        "last one wins": ("LOT-20,PH-204,99,Line 1", "twice"),
        "not a number": ("LOT-21,PH-204,nan,Line 1", "quantity"),
        "foreign digits": ("LOT-21,PH-204,１２,Line 1", "quantity"),
        "formula": ("LOT-21,PH-204,=10+10,Line 1", "formula"),
        "error": ("LOT-21,PH-204,#REF!,Line 1", "error_cell"),
        "hidden sign": ("LOT\u200b-21,PH-204,20,Line 1", "character"),
        "turned around": ("LOT-\u202e12,PH-204,20,Line 1", "character"),
        "unknown product": ("LOT-21,PH-2O4,20,Line 1", "unknown_product"),
    }
    for name, (line, code) in lies.items():
        before = head(house)
        path = tmp_path / "lies.csv"
        path.write_text(f"number,product,quantity,line\n{good}\n{line}\n", encoding="utf-8")
        result = importing(house.sittings["linh"].hand, "batches", str(path))
        assert [error.problem for error in result.errors] == [code], name
        assert head(house) == before, name


def test_an_import_that_is_stopped_leaves_nothing(house: House, tmp_path: Path) -> None:
    importing = TableImport(house.use.begin, house.use.ids, house.use.clock)
    path = tmp_path / "many.csv"
    path.write_text("name\n" + "".join(f"Supplier {n:03}\n" for n in range(200)), encoding="utf-8")
    before = head(house)
    with pytest.raises(Trouble, match="cancelled"):
        importing(house.sittings["linh"].hand, "suppliers", str(path), progress=lambda done, _: done < 100)

    def interrupted(done: int, _: int) -> bool:
        if done == 150:
            raise KeyboardInterrupt
        return True

    with pytest.raises(KeyboardInterrupt):
        importing(house.sittings["linh"].hand, "suppliers", str(path), progress=interrupted)
    assert head(house) == before
    assert importing(house.sittings["linh"].hand, "suppliers", str(path)).created == 200
