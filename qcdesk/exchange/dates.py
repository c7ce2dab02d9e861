# SPDX-License-Identifier: Apache-2.0
"""Dates in files: ISO 8601, or the one spelling that a map declares."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from qcdesk.domain.inputs import BadInput

ISO = "YYYY-MM-DD"
BUDDHIST_YEARS = 543
_FIRST_YEAR, _LAST_YEAR = 1950, 2099

# A two-digit year and the names of months are left out: both are guesses.
_TOKENS = {
    "YYYY": "(?P<year>[0-9]{4})",
    "BBBB": "(?P<buddhist>[0-9]{4})",
    "MM": "(?P<month>[0-9]{2})",
    "M": "(?P<month>[0-9]{1,2})",
    "DD": "(?P<day>[0-9]{2})",
    "D": "(?P<day>[0-9]{1,2})",
    "hh": "[0-2][0-9]",
    "mm": "[0-5][0-9]",
    "ss": "[0-5][0-9]",
    "ffffff": "[0-9]{6}",
    "fff": "[0-9]{3}",
    "[": "(?:",
    "]": ")?",
}
_SPLIT = re.compile("|".join(re.escape(token) for token in _TOKENS) + "|.", re.DOTALL)


@dataclass(frozen=True)
class DateFormat:
    """How a file spells a day: ``YYYY`` (``BBBB`` in the Buddhist era), ``MM`` or ``M``, ``DD`` or ``D``.

    A time (``hh:mm:ss.ffffff``) is read over; what stands in square brackets may be missing.
    """

    spelling: str
    pattern: re.Pattern[str]

    @classmethod
    def of(cls, spelling: str) -> DateFormat:
        """Return the format. Raises: BadInput: ``date_format`` when year, month and day are not each there once."""
        pieces = _SPLIT.findall(spelling)
        try:
            pattern = re.compile("".join(_TOKENS.get(piece) or re.escape(piece) for piece in pieces))
        except re.error as wrong:
            raise BadInput("date_format", facts={"value": spelling[:40]}) from wrong
        named = set(pattern.groupindex)
        if len(spelling) > 40 or named not in ({"year", "month", "day"}, {"buddhist", "month", "day"}):
            raise BadInput("date_format", facts={"value": spelling[:40]})
        return cls(spelling, pattern)

    def read(self, text: str) -> date:
        """Return the day. Raises: BadInput: ``date`` (facts ``wants``, and ``buddhist`` when the year tells so)."""
        match = self.pattern.fullmatch(text.strip())
        if match is None:
            raise BadInput("date", facts={"wants": self.spelling, "buddhist": False})
        found = match.groupdict()
        year = int(found["year"]) if "year" in found else int(found["buddhist"]) - BUDDHIST_YEARS
        if not _FIRST_YEAR <= year <= _LAST_YEAR:
            thai = _FIRST_YEAR + BUDDHIST_YEARS <= year <= _LAST_YEAR + BUDDHIST_YEARS
            raise BadInput("date", facts={"wants": self.spelling, "buddhist": thai})
        try:
            return date(year, int(found["month"]), int(found["day"]))
        except ValueError as none:
            raise BadInput("date", facts={"wants": self.spelling, "buddhist": False}) from none
