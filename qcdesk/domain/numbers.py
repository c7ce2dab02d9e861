# SPDX-License-Identifier: Apache-2.0
"""Numbers: the one grammar by which a typed or imported figure becomes a value.

Python's own ``float``, ``int`` and ``Decimal`` take ``nan``, ``1_0``, ``1e3`` and foreign digits, so nothing
typed ever reaches them before it matched the pattern here (trust.md §9).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from qcdesk.domain.inputs import BadInput

DIGITS_BEFORE = 12
DIGITS_AFTER = 9
DIGITS_OF_A_QUANTITY = 9

DecimalSign = Literal[".", ","]

# A naked sign (".5", "5.") is refused: it is easily overlooked on paper. Only the ASCII minus is taken, so
# that whoever checks a record later needs no more than this line.
_NUMBER = re.compile(r"(-?)([0-9]+)(?:([.,])([0-9]+))?")
_DRESSED = re.compile(r"-?[0-9.,'’\s_]+")
_GROUPED = re.compile(r"-?[1-9][0-9]{0,2}([.,])[0-9]{3}")
_SHOWN = 40  # characters of a refused figure that are quoted back
_GROUP_SIGNS = re.compile(r"[.,'’\s_]")


@dataclass(frozen=True)
class Reading:
    """A figure as a person typed it, and what it is worth.

    ``typed`` keeps every digit and the sign as typed; ``value`` is the one spelling of that number: a point,
    no needless zeros, no minus zero.
    """

    typed: str
    value: str

    @property
    def decimal(self) -> Decimal:
        """Return the value to compare with limits."""
        return Decimal(self.value)

    @property
    def places(self) -> int:
        """Return how many digits were typed after the decimal sign."""
        return len(re.split("[.,]", self.typed)[1]) if re.search("[.,]", self.typed) else 0


def parse_reading(typed: str, *, where: dict[str, object] | None = None) -> Reading:
    """Take a reading as typed at the bench: ``12.03`` or ``12,03``, never a thousands separator.

    Args: typed: what stands in the field; spaces around it do not count. where: the place, for the error.
    Returns: the reading; ``1,234`` is one and a bit, for there is only ever one decimal sign.
    Raises: BadInput: ``number`` (facts: ``typed``; ``point`` and ``comma``, the right spellings of what was
        probably meant, else None), ``number_missing``, ``number_too_long`` (``before``, ``after``).
    """
    return _parse(typed, ".,", where)


def may_be_thousands(typed: str, signs: str = ".,") -> bool:
    """Tell whether a figure can be read a thousandfold: ``1.234`` where the point also sets thousands apart."""
    match = _GROUPED.fullmatch(typed.strip(" \t"))
    return match is not None and match[1] in signs


def thousandfold(reading: Reading) -> Decimal:
    """Return what a figure is worth where its sign sets thousands apart."""
    return Decimal(re.sub("[.,]", "", reading.typed))


def in_doubt(reading: Reading, *, where: dict[str, object] | None = None) -> BadInput:
    """Return why a figure is not taken that can be read a thousandfold; four digits after a sign are in no doubt."""
    large = re.sub("[.,]", "", reading.typed)
    return BadInput(
        "number_in_doubt",
        facts={"typed": reading.typed, "small": f"{reading.typed}0", "large": large},
        where=where,
    )


def parse_amount(typed: str, signs: str = ".,", *, where: dict[str, object] | None = None) -> Reading:
    """Take a figure whose size nothing else tells: as a reading, but none that can be read a thousandfold.

    Args: signs: those that set thousands apart for who types it.
    Raises: BadInput: as ``parse_reading``; ``number_in_doubt`` (``typed``; ``small`` and ``large``, its two meanings).
    """
    reading = parse_reading(typed, where=where)
    if may_be_thousands(typed, signs):
        raise in_doubt(reading, where=where)
    return reading


def parse_number(text: str, decimal_sign: str, *, where: dict[str, object] | None = None) -> Reading:
    """Take a figure from a file whose decimal sign was declared.

    Args: text: the cell. decimal_sign: ``.`` or ``,``; the other one is refused in the figure.
    Raises: BadInput: as ``parse_reading``; ``decimal_sign`` where the declared sign is neither.
    """
    if decimal_sign not in (".", ","):
        raise BadInput("decimal_sign", facts={"value": decimal_sign}, where=where)
    return _parse(text, decimal_sign, where)


def parse_quantity(text: str, *, least: int = 1, where: dict[str, object] | None = None) -> int:
    """Take a count of units: ASCII digits only, at most nine of them.

    Args: text: what stands in the field. least: the smallest that makes sense, in units.
    Raises: BadInput: ``number_missing``, ``quantity`` (facts: ``typed``, ``right`` or None),
        ``quantity_too_large`` (``typed``, ``most``) or ``quantity_too_small`` (``typed``, ``least``).
    """
    bare = text.strip(" \t")
    if not bare:
        raise BadInput("number_missing", where=where)
    plain_digits = re.fullmatch("[0-9]+", bare) is not None
    if plain_digits and len(bare) > DIGITS_OF_A_QUANTITY:
        most = 10**DIGITS_OF_A_QUANTITY - 1
        raise BadInput("quantity_too_large", facts={"typed": bare[:_SHOWN], "most": most}, where=where)
    if not plain_digits:
        plain = unicodedata.normalize("NFKC", bare)
        right = _GROUP_SIGNS.sub("", plain)
        # Only groups of three are thousands; "2.5" is no whole number at all, and "20.0" is not 200.
        grouped = re.fullmatch(r"[0-9]{1,3}([.,'’\s_][0-9]{3})*", plain) is not None or plain.isdigit()
        known = grouped and right.isascii() and right.isdigit() and len(right) <= DIGITS_OF_A_QUANTITY
        raise BadInput(
            "quantity", facts={"typed": bare[:_SHOWN], "right": right if known else None}, where=where
        )
    if int(bare) < least:
        raise BadInput("quantity_too_small", facts={"typed": bare, "least": least}, where=where)
    return int(bare)


def within(value: Decimal, low: Decimal | None, high: Decimal | None) -> bool:
    """Tell whether a value is good: only when ``low <= value <= high`` is true.

    What cannot be compared fails.

    Args: low, high: the limits, inclusive; None where there is no limit on that side.
    """
    numbers = [n for n in (low, value, high) if n is not None]
    if not all(n.is_finite() for n in numbers):
        return False
    return (low is None or low <= value) and (high is None or value <= high)


def _parse(typed: str, signs: str, where: dict[str, object] | None) -> Reading:
    bare = typed.strip(" \t")
    if not bare:
        raise BadInput("number_missing", where=where)
    match = _NUMBER.fullmatch(bare)
    if match is None or (match[3] is not None and match[3] not in signs):
        raise BadInput("number", facts={"typed": bare[:_SHOWN], **_spellings(bare, signs)}, where=where)
    minus, before, after = match[1], match[2], match[4] or ""
    if len(before) > DIGITS_BEFORE or len(after) > DIGITS_AFTER:
        raise BadInput(
            "number_too_long",
            facts={"typed": bare[:_SHOWN], "before": DIGITS_BEFORE, "after": DIGITS_AFTER},
            where=where,
        )
    return Reading(bare, _canonical(minus, before, after))


def _canonical(minus: str, before: str, after: str) -> str:
    whole, part = before.lstrip("0") or "0", after.rstrip("0")
    value = f"{whole}.{part}" if part else whole
    return value if value == "0" else minus + value


def _spellings(bare: str, signs: str) -> dict[str, object]:
    """Guess what a dressed-up number was meant to be, only to name its right spellings; never to take it."""
    nothing: dict[str, object] = {"point": None, "comma": None}
    plain = unicodedata.normalize("NFKC", bare[: _SHOWN + 1]).replace("−", "-").removeprefix("+").strip()
    if len(bare) > _SHOWN or not _DRESSED.fullmatch(plain) or not any(c in "0123456789" for c in plain):
        return nothing
    minus = "-" if plain.startswith("-") else ""
    pieces = _GROUP_SIGNS.split(plain.removeprefix("-"))
    marks = _GROUP_SIGNS.findall(plain)
    after = ""
    # The last point or comma is the decimal sign if it stands alone; "1.234.567" and "1 234" have none.
    if marks and marks[-1] in ".," and marks.count(marks[-1]) == 1:
        after = pieces.pop()
        if marks[-1] not in signs and len(after) == 3:
            return nothing  # thousands, or a foreign decimal sign: nobody can tell
    if any(len(piece) not in (2, 3) for piece in pieces[1:]):
        return nothing  # a date or a part number
    point = minus + ("".join(pieces) or "0") + (f".{after}" if after else "")
    return {
        "point": point if "." in signs else None,
        "comma": point.replace(".", ",") if "," in signs else None,
    }
