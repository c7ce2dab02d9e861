# SPDX-License-Identifier: Apache-2.0
"""Where one call of the command line reads and writes, and in which words: all that a command needs that only computes.

Nothing here knows a workspace, so that such a command starts at once.
"""

from __future__ import annotations

import io
import json
import locale
import os
import sys
from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TextIO

from qcdesk import config, i18n
from qcdesk.cli.output import Data
from qcdesk.domain.inputs import BadInput
from qcdesk.i18n import Catalogue
from qcdesk.services.ports import Progress
from qcdesk.services.trouble import Trouble

DONE, DOES_NOT_HOLD, BAD_INPUT, REFUSED, TROUBLE = range(5)
LONG = 1_000  # a longer row stands without line breaks between its values, which is ten times as fast
PIECE = 10_000
ALL = 100


@dataclass(kw_only=True)
class Terminal:
    """What is read and where it is written; ``json``: answer with one document and nothing else."""

    words: Catalogue
    stdin: BinaryIO
    out: TextIO
    err: TextIO
    json: bool = False

    def read(self, file: str, longest: int) -> bytes:
        """Return the bytes of a file, or of what is left of standard input (``-``).

        Raises: BadInput: ``no_file``, ``not_a_file``, ``file_too_big``. Trouble: ``file_unreadable``.
        """
        where: dict[str, object] = {"file": "-" if file == "-" else Path(file).name}
        content = self.stdin.read(longest + 1) if file == "-" else read_file(Path(file), longest)
        if len(content) > longest:
            raise BadInput("file_too_big", facts={"bytes": len(content), "longest": longest}, where=where)
        return content

    def answer(self, data: Data, lines: Iterable[str], *, holds: bool = True) -> int:
        """Write what the command found or did, once: the document for programs, or the lines for people."""
        if self.json:
            write_json(data, self.out)
            self.out.write("\n")
        else:
            for line in lines:
                self.out.write(line + "\n")
        self.out.flush()
        return DONE if holds else DOES_NOT_HOLD

    def telling(self, said: Callable[[int], str]) -> Progress | None:
        """Return what tells, at a terminal, how far something long has come; ``said``: in words, of a percentage.

        Ctrl-C stops it, as everything else.
        """
        if not self.err.isatty():
            return None
        before = -1

        def tell(done: int, total: int) -> bool:
            nonlocal before
            percent = 100 if done >= total else done * 100 // total
            if percent != before:
                before = percent
                self.err.write("\r" + said(percent) + ("\n" if percent == ALL else ""))
                self.err.flush()
            return True

        return tell

    def complain(self, sentence: str) -> None:
        """Write one plain sentence on standard error."""
        self.err.write(sentence + "\n")
        self.err.flush()


def write_json(value: object, out: TextIO, depth: int = 0) -> None:
    """Write a document piece by piece: a row of points can have millions, lists and arrays of numbers alike."""
    margin = "\n" + " " * depth
    if isinstance(value, dict) and value:
        for number, (key, one) in enumerate(value.items()):
            out.write(
                ("," if number else "{") + margin + " " + json.dumps(str(key), ensure_ascii=False) + ": "
            )
            write_json(one, out, depth + 1)
        out.write(margin + "}")
    elif isinstance(value, list | array) and len(value) > LONG:
        for start in range(0, len(value), PIECE):
            piece = json.dumps(list(value[start : start + PIECE]), ensure_ascii=False)
            out.write(("," if start else "[") + margin + " " + piece[1:-1])
        out.write(margin + "]")
    else:
        plain = value.tolist() if isinstance(value, array) else value
        out.write(json.dumps(plain, ensure_ascii=False, indent=1).replace("\n", margin))


def read_file(path: Path, longest: int) -> bytes:
    """Return the bytes of a plain file.

    Args: longest: bytes; one more is read, so that the caller sees what is too long.
    Raises: BadInput: ``no_file``, ``not_a_file``. Trouble: ``file_unreadable``.
    """
    where: dict[str, object] = {"file": path.name}
    try:
        if path.exists() and not path.is_file():
            raise BadInput("not_a_file", facts={"file": str(path)}, where=where)
        with path.open("rb") as file:
            return file.read(longest + 1)
    except (FileNotFoundError, NotADirectoryError, ValueError) as missing:  # ValueError: a NUL in the name
        raise BadInput("no_file", facts={"file": str(path)}) from missing
    except OSError as failed:
        reason = failed.strerror or os.strerror(failed.errno or 0)
        raise Trouble("file_unreadable", file=str(path), reason=reason) from failed


def without_json(arguments: Sequence[str]) -> tuple[list[str], bool]:
    """Take ``--json`` out wherever it stands, so that it may follow the command as well; tell whether it was there."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    kept = [one for i, one in enumerate(arguments) if one != "--json" or i > end]
    return kept, "--json" in arguments[:end]


def known_language(language: str) -> str:
    """Return the code of a language that is known. Raises: BadInput ``unknown_kind``."""
    if language not in (*i18n.LANGUAGES, i18n.STRETCHED):
        facts: dict[str, object] = {"value": language, "known": i18n.LANGUAGES}
        raise BadInput("unknown_kind", facts=facts, where={"field": "language"})
    return language


def words_of(language: str | None) -> Catalogue:
    """Return the sentences of a language; without one those of the station, else of the system."""
    if language is None and (config.station_folder() / config.SETTINGS_FILE).is_file():
        language = config.load_settings().language or None
    language = language or i18n.language_for(locale.getlocale(locale.LC_CTYPE)[0])
    try:
        return i18n.load(language, config.resource("translations"))
    except FileNotFoundError:
        return Catalogue(language)


def standard_input() -> BinaryIO:
    """Return the standard input of the process; nothing where it has none."""
    return io.BytesIO() if sys.stdin is None else sys.stdin.buffer


def as_utf8(stream: TextIO) -> TextIO:
    """Let names in every script through: as UTF-8 into files and pipes, and never a crash at a terminal."""
    if isinstance(stream, io.TextIOWrapper):
        if stream.isatty():
            stream.reconfigure(errors="replace")
        else:
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    return stream
