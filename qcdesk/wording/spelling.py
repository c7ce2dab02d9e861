# SPDX-License-Identifier: Apache-2.0
"""Names, numbers, days and times in a row, the way sentences want them in each language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal

from qcdesk.domain.times import to_datetime, to_rfc3339
from qcdesk.i18n import Catalogue, mark

NAMES_SHOWN = 5
RUNS_SHOWN = 10
TEXT_SHOWN = 60  # characters of what somebody typed that are quoted back


@dataclass(frozen=True, slots=True)
class Told:
    """A problem in words: line 1 the fact, line 2 who can or what to do (may be empty)."""

    fact: str
    way: str = ""

    def __str__(self) -> str:
        return f"{self.fact} {self.way}".strip()


_DAYS = (
    mark("{day} Jan"), mark("{day} Feb"), mark("{day} Mar"), mark("{day} Apr"), mark("{day} May"),
    mark("{day} Jun"), mark("{day} Jul"), mark("{day} Aug"), mark("{day} Sep"), mark("{day} Oct"),
    mark("{day} Nov"), mark("{day} Dec"),
)  # fmt: skip
_DAYS_OF_YEARS = (
    mark("{day} Jan {year}"), mark("{day} Feb {year}"), mark("{day} Mar {year}"), mark("{day} Apr {year}"),
    mark("{day} May {year}"), mark("{day} Jun {year}"), mark("{day} Jul {year}"), mark("{day} Aug {year}"),
    mark("{day} Sep {year}"), mark("{day} Oct {year}"), mark("{day} Nov {year}"), mark("{day} Dec {year}"),
)  # fmt: skip


def day(on: date, words: Catalogue, today: date | None = None) -> str:
    """Return a day as one says it: ``1 Nov``; with its year when that is not this year or nobody knows."""
    if today is not None and today.year == on.year:
        return words.say(_DAYS[on.month - 1], day=on.day)
    return words.say(_DAYS_OF_YEARS[on.month - 1], day=on.day, year=on.year)


def whole(n: int, words: Catalogue) -> str:
    """Return a whole number to read: ``1,234,567``, and ``1.234.567`` in Vietnamese."""
    return words.figure(f"{n:,}")


def fixed(value: float | Decimal, places: int, words: Catalogue) -> str:
    """Return a figure with so many digits after the decimal sign: ``1,234.50``, and ``1.234,50`` in Vietnamese."""
    return words.figure(f"{value:,.{places}f}")


def figure(spelled: object, words: Catalogue) -> str:
    """Return a figure that has its digits already, ``0.0125`` or ``2.5e-07``, with the reader's decimal sign."""
    return words.figure(str(spelled))


def moment(us: int) -> str:
    """Return a time of the log for people here: ``2026-11-18 12:58:03 +07:00``, local, with its offset."""
    return to_the_second(to_datetime(us, UTC).astimezone())


def to_the_second(at: datetime) -> str:
    """Return a time of a known place with its offset."""
    return f"{at:%Y-%m-%d %H:%M:%S} {at.isoformat()[-6:]}"


def rfc3339(us: int) -> str:
    """Return a time of the log for programs: RFC 3339 with this place's offset at that time."""
    return to_rfc3339(us, to_datetime(us, UTC).astimezone().tzinfo or UTC)


def digest(sha256: str) -> str:
    """Return the beginning of a hash in groups of four capitals, to be read aloud and compared."""
    return " ".join(sha256[i : i + 4].upper() for i in range(0, 16, 4))


def in_a_row(names: Iterable[str], words: Catalogue) -> str:
    """Return names as in a sentence: ``สมชาย and 王敏``; more than a few are counted."""
    known = [name for name in dict.fromkeys(names) if name]
    if len(known) > NAMES_SHOWN + 1:
        first = listed(known[:NAMES_SHOWN], words)
        return words.say("{names} and {n} more", names=first, n=len(known) - NAMES_SHOWN)
    if len(known) < 2:
        return "".join(known)
    return words.say("{names} and {last}", names=listed(known[:-1], words), last=known[-1])


def taken_as(typed: str, code: str, words: Catalogue) -> str:
    """Return that what somebody typed is a known defect code, by its name or in another case."""
    return words.say("“{typed}” is taken as {code}.", typed=typed.strip(), code=code)


def alternatives(names: Iterable[str], words: Catalogue) -> str:
    """Return what there is to choose from: ``normal or tightened``."""
    known = [name for name in dict.fromkeys(names) if name]
    if len(known) < 2:
        return "".join(known)
    return words.say("{names} or {last}", names=listed(known[:-1], words), last=known[-1])


def numbers(values: Iterable[int], words: Catalogue) -> str:
    """Return unit numbers in order, runs of three or more joined: ``17, 88, 90`` or ``1–80``."""
    runs: list[list[int]] = []
    for value in sorted(set(values)):
        if runs and value == runs[-1][-1] + 1:
            runs[-1].append(value)
        else:
            runs.append([value])
    texts: list[str] = []
    for run in runs:
        texts += [f"{run[0]}–{run[-1]}"] if len(run) > 2 else [str(value) for value in run]
    if len(texts) > RUNS_SHOWN:
        return words.say("{names} and more", names=listed(texts[:RUNS_SHOWN], words))
    return listed(texts, words)


def quoted(value: object) -> str:
    """Return what somebody typed for quoting back: one line, not too long."""
    text = " ".join(str(value).split())
    return text if len(text) <= TEXT_SHOWN else text[: TEXT_SHOWN - 1] + "…"


def rounded(value: str | Decimal) -> int:
    """Return a decimal as the nearest whole number of units; a half goes up."""
    return int(Decimal(value).quantize(Decimal(1), ROUND_HALF_UP))


def is_name(text: str) -> bool:
    """Tell whether a text is for people: an id of the log, or the dash of an unknown one, is not."""
    return bool(text.strip("—–- ")) and not (len(text) == 32 and all(c in "0123456789abcdef" for c in text))


def listed(texts: Sequence[str], words: Catalogue) -> str:
    """Return texts one after the other: ``Crack, Dent``, and ``裂纹、凹痕`` in Chinese."""
    named = texts[0] if texts else ""
    for text in texts[1:]:
        named = words.say("{names}, {next}", names=named, next=text)
    return named
