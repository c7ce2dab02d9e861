# SPDX-License-Identifier: Apache-2.0
"""Archives: every trick is refused before a byte is unpacked, and nothing ever touches the disk."""

from __future__ import annotations

import io
import stat
import struct
import zipfile

import pytest

from qcdesk.domain.inputs import BadInput
from qcdesk.exchange import zip_files
from qcdesk.exchange.zip_files import Archive
from tests.exchange.spreadsheets import zipped


def refusal(payload: bytes) -> BadInput:
    with pytest.raises(BadInput) as refused:
        Archive(payload)
    return refused.value


def made(*entries: tuple[zipfile.ZipInfo | str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, content in entries:
            archive.writestr(entry, content)
    return buffer.getvalue()


def test_an_entry_is_read_by_a_name_of_ours() -> None:
    archive = Archive(zipped({"a/b.xml": b"text"}))
    assert "a/b.xml" in archive and archive.read("a/b.xml") == b"text"
    with pytest.raises(BadInput, match="zip_part"):
        archive.read("c.xml")


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "a/../b", "C:/x", "a\\b", "a//b", "a/./b", "a\x01b"]
)
def test_a_name_that_leads_elsewhere_is_refused(name: str) -> None:
    info = zipfile.ZipInfo("placeholder")
    info.filename = info.orig_filename = name
    assert refusal(made((info, b"x"))).code == "zip_name"


def test_a_link_is_refused() -> None:
    info = zipfile.ZipInfo("link")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert refusal(made((info, b"/etc/passwd"))).code == "zip_link"


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("names", [("a.xml", "a.xml"), ("a.xml", "A.XML"), ("ﬁ.xml", "fi.xml")])
def test_the_same_name_twice_is_refused(names: tuple[str, str]) -> None:
    assert refusal(made((names[0], b"x"), (names[1], b"y"))).code == "zip_twice"


def test_too_many_entries_are_refused() -> None:
    assert refusal(zipped({f"{n}": b"" for n in range(zip_files.ENTRIES + 1)})).code == "zip_entries"


def test_a_bomb_is_refused_by_what_it_says_of_itself() -> None:
    assert refusal(zipped({"bomb": bytes(20_000_000)})).code == "zip_ratio"
    assert refusal(zipped({"bomb": bytes(251_000_000)})).code == "zip_unpacked"


def test_a_bomb_that_lies_about_its_size_is_cut_off() -> None:
    payload = bytearray(zipped({"bomb": bytes(3_000_000)}))
    for at in (payload.rfind(b"PK\x01\x02") + 24, 22):  # the size in the directory and in the head
        payload[at : at + 4] = struct.pack("<L", 1_000)
    archive = Archive(bytes(payload))
    with pytest.raises(BadInput, match="zip_damaged"):
        archive.read("bomb")


def test_entries_that_share_bytes_are_refused() -> None:
    """Many names for one packed kernel: the whole unpacks to a multiple of what lies there (Fifield, 2019)."""
    content = bytes(range(256)) * 40
    payload = zipped({"one": content, "two": content})
    directory = payload.index(b"PK\x01\x02")
    second = payload.index(b"PK\x01\x02", directory + 4)
    touched = bytearray(payload)
    touched[second + 42 : second + 46] = struct.pack("<L", 0)  # both now begin at the first
    assert refusal(bytes(touched)).code == "zip_damaged"  # the head there has the other's name
    touched[second + 46 : second + 49] = b"one"
    assert refusal(bytes(touched)).code in ("zip_twice", "zip_overlap")
    grown = bytearray(zipped({"one": content, "two": content}, method=zipfile.ZIP_STORED))
    directory = bytes(grown).index(b"PK\x01\x02")
    size = struct.unpack("<L", grown[directory + 20 : directory + 24])[0] + 50
    for at in (directory + 20, directory + 24):
        grown[at : at + 4] = struct.pack("<L", size)
    assert refusal(bytes(grown)).code == "zip_overlap"


def test_a_head_that_says_otherwise_than_the_directory_is_refused() -> None:
    payload = bytearray(zipped({"one": b"x" * 100}))
    payload[30:33] = b"two"
    assert refusal(bytes(payload)).code == "zip_damaged"


def test_an_encrypted_entry_is_refused() -> None:
    payload = bytearray(zipped({"one": b"x" * 100}))
    payload[payload.index(b"PK\x01\x02") + 8] |= 1
    assert refusal(bytes(payload)).code == "zip_encrypted"


def test_a_wrong_checksum_is_refused() -> None:
    payload = bytearray(zipped({"one": b"x" * 100}, method=zipfile.ZIP_STORED))
    payload[40] ^= 1
    with pytest.raises(BadInput, match="zip_damaged"):
        Archive(bytes(payload)).read("one")


@pytest.mark.parametrize(
    "payload", [b"", b"PK\x03\x04", b"PK\x05\x06" + bytes(18), b"PK\x03\x04" + bytes(5_000)]
)
def test_what_is_no_archive_is_refused(payload: bytes) -> None:
    if payload.startswith(b"PK\x05\x06"):
        assert "x" not in Archive(payload)  # an empty archive is one; its parts are missing later
    else:
        assert refusal(payload).code == "zip_damaged"
