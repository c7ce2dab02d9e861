# SPDX-License-Identifier: Apache-2.0
"""The one log: a rotating file of JSON lines that holds no secret and never leaves the machine by itself."""

from __future__ import annotations

import faulthandler
import json
import logging
import re
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final, TextIO

LOGGER: Final = "qcdesk"  # modules use logging.getLogger(__name__), which lies below it
FILE_BYTES: Final = 1_000_000
FILES_KEPT: Final = 5
MASK: Final = "***"

_crash_files: list[TextIO] = []  # at most one; faulthandler writes to it as long as it is open

_SECRET = r"(?:secret|password|passphrase|passwd|pin|badge|seed|recovery|private_key|token)"  # noqa: S105
_SECRET_NAME = re.compile(rf"(?:^|_){_SECRET}(?:$|_|s$)", re.IGNORECASE)
_SECRET_PAIR = re.compile(rf"(?i)(\b{_SECRET}\b[\"']?\s*[=:]\s*)(\"[^\"]*\"|'[^']*'|[^\s,;)}}]+)")
_URL_PASSWORD = re.compile(r"(://[^\s/:@]*):[^\s/]*@")


def masked(text: str) -> str:
    """Return the text with passwords in addresses, and values called secret, password, PIN …, unreadable."""
    return _SECRET_PAIR.sub(rf"\g<1>{MASK}", _URL_PASSWORD.sub(rf"\g<1>:{MASK}@", text))


class JsonLines(logging.Formatter):
    """One JSON object a line: at (RFC 3339, UTC), level, logger, message, facts, error.

    Facts are given as ``log.warning("…", extra={"facts": {…}})``; those with a secret's name are masked.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": masked(record.getMessage()),
        }
        facts = getattr(record, "facts", None)
        if isinstance(facts, dict):
            line["facts"] = {str(k): _fact(str(k), v) for k, v in facts.items()}
        if record.exc_info:
            line["error"] = masked(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


def _fact(name: str, value: object) -> object:
    if _SECRET_NAME.search(name):
        return MASK
    return value if value is None or isinstance(value, bool | int | float) else masked(str(value))


class _LogFile(RotatingFileHandler):
    """A rotating file that goes on where another process of ours holds the old one open (Windows)."""

    def rotate(self, source: str, dest: str) -> None:
        try:
            super().rotate(source, dest)
        except PermissionError:
            return


def start(folder: Path, front_end: str) -> Path:
    """Begin logging to ``<folder>/<front_end>.log`` and return that path; a second call replaces the first.

    Crashes of the interpreter itself are written to ``<front_end>-crash.log`` beside it.
    Raises: OSError: the folder cannot be made or written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    stop()
    file = folder / f"{front_end}.log"
    handler = _LogFile(file, maxBytes=FILE_BYTES, backupCount=FILES_KEPT, encoding="utf-8", delay=True)
    handler.setFormatter(JsonLines())
    logger = logging.getLogger(LOGGER)
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    crash = open(folder / f"{front_end}-crash.log", "a", encoding="utf-8")  # noqa: SIM115 - open while we run
    faulthandler.enable(crash)
    _crash_files.append(crash)
    return file


def stop() -> None:
    """End logging and close the files."""
    logger = logging.getLogger(LOGGER)
    for handler in [h for h in logger.handlers if isinstance(h, _LogFile)]:
        logger.removeHandler(handler)
        handler.close()
    if _crash_files:
        faulthandler.disable()
        _crash_files.pop().close()
