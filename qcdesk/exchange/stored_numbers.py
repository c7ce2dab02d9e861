# SPDX-License-Identifier: Apache-2.0
"""Figures and days as spreadsheets keep them: text to plain text, never through a binary fraction of ours."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import Context, Decimal

DIGITS = 15
"""Significant digits that spreadsheet programs show and let type; what lies behind is the noise of their arithmetic."""

_STORED = re.compile(r"[+-]?[0-9]{1,400}(?:\.[0-9]{1,400})?(?:[eE][+-]?[0-9]{1,3})?|[+-]?\.[0-9]{1,400}")
_DAYS = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}  # noqa: DTZ001 - a day has no zone
_LAST_DAY = 2_958_465  # 9999-12-31
_FIRST_SURE_DAY = 61  # before it, one program counts a 29 February 1900 that never was
_SECONDS = 86_400

# Of a number format: what is quoted, escaped, padded or in brackets is not a letter of the format.
_NOT_FORMAT = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]')
_LITERAL = re.compile(r'"[^"]*[^"\s][^"]*"|\\[^\s\-()/.,:]')

_DATES = {*range(14, 18), 22, *range(27, 32), 36, *range(50, 55), 57, 58}
_PERCENT = {9, 10}
_TIMES = {18, 19, 20, 21, 45, 46, 47, 32, 33, 34, 35, 55, 56}


def plain_number(stored: str) -> str | None:
    """Return a stored figure in plain digits, rounded to what its program shows; None where it is none.

    ``1.1000000000000001`` is how one program keeps 1.1; ``1E3`` is 1000.
    """
    stored = stored.strip()
    if not _STORED.fullmatch(stored):
        return None
    value = Context(prec=DIGITS, Emin=-1_000, Emax=1_000).create_decimal(Decimal(stored))
    if not value:
        return "0"
    if abs(value.adjusted()) > 40:
        return stored  # too long for any field; refused there, as it stands
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def plain_day(stored: str, *, since_1904: bool) -> str | None:
    """Return the ISO 8601 day (with its time, where there is one) of a serial number; None where there is none."""
    text = plain_number(stored)
    if text is None or "e" in text.lower() or len(text) > 40:
        return None
    serial = Decimal(text)
    if not (0 if since_1904 else _FIRST_SURE_DAY) <= serial <= _LAST_DAY:
        return None
    seconds = int((serial * _SECONDS).to_integral_value())
    moment = _DAYS[since_1904] + timedelta(seconds=seconds)
    if moment.hour == moment.minute == moment.second == 0:
        return moment.date().isoformat()
    return moment.isoformat(sep="T")


def format_kind(number: int, code: str | None) -> tuple[str, str]:
    """Return what a number format shows: ``number``, ``date``, ``time`` or ``otherwise``, and the format's code.

    Args: number: id of the format; below 164 it is built in. code: of a format of the file's own.
    """
    if code is None:
        if number in _PERCENT:
            return "otherwise", "0%"
        return ("date" if number in _DATES else "time" if number in _TIMES else "number"), ""
    first = code.split(";")[0]
    if not first.strip() and ";" in code:
        return "otherwise", code  # shows nothing at all
    letters = _NOT_FORMAT.sub("", first).lower()
    if letters.strip() in ("", "general", "standard", "@"):
        return ("otherwise", code) if _LITERAL.search(first) else ("number", "")
    if re.search("[ydb]", letters) or re.search("m{3}", letters):
        return "date", ""
    if re.search("[hs]", letters):
        return "time", ""
    if "m" in letters:
        return "date", ""
    scaled = "%" in letters or re.search(",[^0#?]*$", letters.split(".")[0]) or letters.rstrip().endswith(",")
    if scaled or _LITERAL.search(first) or re.match(r"[^0#?.]*00", letters.replace(",", "")):
        return "otherwise", code
    return "number", ""
