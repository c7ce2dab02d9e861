# SPDX-License-Identifier: Apache-2.0
"""ZIP archives that come in: everything about them is checked before the first byte is unpacked, in memory only."""

from __future__ import annotations

import io
import lzma
import stat
import struct
import unicodedata
import zipfile
import zlib

from qcdesk.domain.inputs import BadInput

ENTRIES = 1_000
UNPACKED_BYTES = 250_000_000
RATIO = 100
SMALL_BYTES = 1_000_000  # an entry below this cannot blow up, whatever its ratio

_CHUNK = 1 << 16
_LOCAL = struct.Struct("<4s5H3L2H")
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    OverflowError,
)


class Archive:
    """A checked archive; entries are asked for by names that we know, never by those it brings."""

    def __init__(self, payload: bytes) -> None:
        """Look at the directory and at the head of every entry.

        Raises: BadInput: ``zip_damaged``, ``zip_entries`` (facts ``has``, ``longest``), ``zip_unpacked`` (``bytes``,
            ``longest``), ``zip_ratio`` (``longest``), ``zip_overlap``, ``zip_twice`` (``name``), ``zip_name``
            (``name``), ``zip_link`` (``name``), ``zip_encrypted``.
        """
        self._left = UNPACKED_BYTES
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(payload))
            self._entries = _checked(payload, self._zip)
        except BadInput:
            raise
        except _DAMAGE as damaged:
            raise BadInput("zip_damaged") from damaged

    def __contains__(self, name: str) -> bool:
        """Tell whether there is an entry of this name."""
        return name in self._entries

    def read(self, name: str) -> bytes:
        """Unpack one entry into memory, its checksum compared.

        Raises: BadInput: ``zip_damaged``, ``zip_part`` (facts ``name``: no such entry), ``zip_unpacked``.
        """
        entry = self._entries.get(name)
        if entry is None:
            raise BadInput("zip_part", facts={"name": name[:80]})
        chunks = []
        try:
            with self._zip.open(entry) as packed:
                while chunk := packed.read(_CHUNK):
                    self._left -= len(chunk)
                    if self._left < 0:
                        raise BadInput(
                            "zip_unpacked", facts={"bytes": UNPACKED_BYTES, "longest": UNPACKED_BYTES}
                        )
                    chunks.append(chunk)
        except BadInput:
            raise
        except _DAMAGE as damaged:
            raise BadInput("zip_damaged") from damaged
        return b"".join(chunks)


def _checked(payload: bytes, archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    entries = archive.infolist()
    if len(entries) > ENTRIES:
        raise BadInput("zip_entries", facts={"has": len(entries), "longest": ENTRIES})
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > UNPACKED_BYTES:
        raise BadInput("zip_unpacked", facts={"bytes": unpacked, "longest": UNPACKED_BYTES})
    if unpacked > max(SMALL_BYTES, RATIO * len(payload)):
        raise BadInput("zip_ratio", facts={"longest": RATIO})
    found: dict[str, zipfile.ZipInfo] = {}
    folded: set[str] = set()
    for entry in entries:
        _require_plain(entry)
        key = unicodedata.normalize("NFKC", entry.filename).casefold().rstrip("/")
        if key in folded:
            raise BadInput("zip_twice", facts={"name": entry.filename[:80]})
        folded.add(key)
        found[entry.filename] = entry
    _require_apart(payload, entries, archive.start_dir)
    return found


def _require_plain(entry: zipfile.ZipInfo) -> None:
    name = entry.orig_filename
    parts = name.replace("\\", "/").rstrip("/").split("/")
    if (
        name != entry.filename  # a NUL cuts a name short
        or "\\" in name
        or ":" in parts[0]
        or any(part in ("", ".", "..") for part in parts)
        or any(unicodedata.category(character)[0] == "C" for character in name)
    ):
        raise BadInput("zip_name", facts={"name": name[:80]})
    mode = entry.external_attr >> 16
    if mode and not (stat.S_ISREG(mode) or stat.S_ISDIR(mode) or stat.S_IFMT(mode) == 0):
        raise BadInput("zip_link", facts={"name": name[:80]})
    if entry.flag_bits & 0x2041:  # encrypted, strongly encrypted, masked headers
        raise BadInput("zip_encrypted")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise BadInput("zip_damaged")
    if entry.compress_type == zipfile.ZIP_STORED and entry.compress_size != entry.file_size:
        raise BadInput("zip_damaged")
    if entry.file_size > max(SMALL_BYTES, RATIO * entry.compress_size):
        raise BadInput("zip_ratio", facts={"longest": RATIO})


def _require_apart(payload: bytes, entries: list[zipfile.ZipInfo], end_of_all: int) -> None:
    """Refuse entries that share bytes, and heads that say otherwise than the directory."""
    places = []
    for entry in entries:
        start = entry.header_offset
        head = payload[start : start + _LOCAL.size] if start >= 0 else b""
        if len(head) != _LOCAL.size:
            raise BadInput("zip_damaged")
        magic, _, flags, method, _, _, _, _, _, name_length, extra_length = _LOCAL.unpack(head)
        name = payload[start + _LOCAL.size : start + _LOCAL.size + name_length]
        said = name.decode("utf-8" if flags & 0x800 else "cp437")
        if magic != b"PK\x03\x04" or said != entry.orig_filename or method != entry.compress_type:
            raise BadInput("zip_damaged")
        places.append((start, start + _LOCAL.size + name_length + extra_length + entry.compress_size))
    places.sort()
    starts = [start for start, _ in places[1:]] + [end_of_all]
    if any(end > following for (_, end), following in zip(places, starts, strict=False)):
        raise BadInput("zip_overlap")
