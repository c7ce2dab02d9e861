# SPDX-License-Identifier: Apache-2.0
"""The JSON Lines of ``check record``: findings, readings, units, counts, claims opened in review, and decisions.

One file is one save.

Every line is looked at against the person's own check before anything is saved, so that what is wrong is named
with its line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from qcdesk.cli.given import Digits, json_object, units
from qcdesk.domain.events import Resolution
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.numbers import parse_reading
from qcdesk.domain.refusals import (
    InstrumentBlocked,
    InstrumentOfOtherKind,
    InstrumentOverdue,
    NotDoneNotAllowed,
    Refusal,
)
from qcdesk.domain.reviewing import Opened
from qcdesk.services.record_entries import NewFinding, NewReading, NewResult, Withdraw
from qcdesk.services.rows import OwnCheckPage

LONGEST_FILE = 50_000_000
Where = dict[str, object]

_FINDING = {"unit", "defect", "class", "count", "note", "photo", "place"}
_READING = {"unit", "characteristic", "value", "instrument", "reason"}
_RESOLUTION = {"unit", "defect", "holds", "note"}
_REVIEWED = {"claim", "agrees", "note"}
KEYS: tuple[set[str], ...] = (
    _REVIEWED, _RESOLUTION, _FINDING, _READING, {"withdraw", "reason"}, {"tallied"}, {"units"}, {"unit", "not_done"},
)  # fmt: skip
_KNOWN = sorted(set().union(*KEYS))


@dataclass
class Lines:
    """What a file says, sorted; ``photos`` are paths by the place of their finding in ``findings``."""

    results: dict[int, NewResult] = field(default_factory=dict)
    findings: list[NewFinding] = field(default_factory=list)
    readings: list[NewReading] = field(default_factory=list)
    withdraw: list[Withdraw] = field(default_factory=list)
    resolutions: list[Resolution] = field(default_factory=list)
    reviewed: list[Opened] = field(default_factory=list)
    tallied: int | None = None
    photos: dict[int, str] = field(default_factory=dict)
    count: int = 0
    at_unit: dict[int, int] = field(default_factory=dict)
    at_instrument: dict[str, int] = field(default_factory=dict)
    at_reading: dict[tuple[int, str], int] = field(default_factory=dict)

    def row_of(self, refusal: Refusal) -> int | None:
        """Return the line that a refusal is about, where one is."""
        if isinstance(refusal, InstrumentOverdue | InstrumentBlocked):
            return self.at_instrument.get(refusal.instrument)
        if isinstance(refusal, InstrumentOfOtherKind):
            return self.at_reading.get((refusal.unit, refusal.characteristic))
        if isinstance(refusal, NotDoneNotAllowed):
            return next((self.at_unit[u] for u in refusal.units if u in self.at_unit), None)
        return None


def read_lines(content: bytes, name: str, page: OwnCheckPage | None) -> Lines:
    """Return what a file of JSON Lines says.

    Args: name: the file's, for errors. page: the person's own check to hold every line against; None for a decision.
    Raises: BadInput: with file and row; nothing has been saved then.
    """
    lines = Lines()
    for row, text in _texts(content, name):
        where: Where = {"file": name, "row": row}
        said = json_object(text, where)
        _take(said, lines, page, where)
        lines.count += 1
    if not lines.count:
        raise BadInput("no_lines", where={"file": name})
    if lines.resolutions and lines.count != len(lines.resolutions):
        raise BadInput("lines_mixed", where={"file": name})
    return lines


def _texts(content: bytes, name: str) -> Iterator[tuple[int, str]]:
    for row, line in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if line.strip():
            try:
                yield row, line.decode("utf-8")
            except UnicodeDecodeError as odd:
                raise BadInput("encoding", where={"file": name, "row": row}) from odd


def _take(said: dict[str, Any], lines: Lines, page: OwnCheckPage | None, where: Where) -> None:
    unknown = [key for key in said if key not in _KNOWN]
    if unknown:
        raise BadInput("json_key_unknown", facts={"key": unknown[0], "known": _KNOWN}, where=where)
    fitting = next((keys for keys in KEYS if said and set(said) <= keys and _names(said, keys)), None)
    if fitting is None:
        raise BadInput("line_kind", where=where)
    row = int(str(where["row"]))
    if fitting is _RESOLUTION:
        lines.resolutions.append(_resolution(said, where))
        return
    if page is None or page.place == "third":
        raise BadInput("is_third", where=where)
    if fitting is _REVIEWED:
        lines.reviewed.append(_reviewed(said, where))
    elif fitting is _FINDING:
        if "photo" in said:
            lines.photos[len(lines.findings)] = _text(said, "photo", where)
        lines.findings.append(_finding(said, page, where))
    elif fitting is _READING:
        reading = _reading(said, page, where)
        if reading.instrument is not None:
            lines.at_instrument.setdefault(reading.instrument, row)
        lines.at_reading[reading.unit, reading.characteristic] = row
        lines.readings.append(reading)
    elif "withdraw" in said:
        lines.withdraw.append(_withdraw(said, page, where))
    elif "tallied" in said:
        lines.tallied = _tallied(said, page, where)
    asked = {one.unit for one in page.units}
    for unit in _units(said, page, where):
        # A unit named in the file counts as inspected, unless a line of its own says why it was not.
        if unit in asked and ("not_done" in said or unit not in lines.results):
            not_done = _text(said, "not_done", where) if "not_done" in said else None
            lines.results[unit] = NewResult(unit, not_done)
            lines.at_unit[unit] = row


def _names(said: dict[str, Any], keys: set[str]) -> bool:
    """Tell whether the key that makes this kind of line is there."""
    if keys is _REVIEWED:
        return "claim" in said
    if keys is _RESOLUTION:
        return "holds" in said and "defect" in said
    if keys is _FINDING:
        return "defect" in said
    if keys is _READING:
        return {"unit", "characteristic", "value"} <= set(said)
    if "unit" in keys:
        return "unit" in said
    return next(iter(keys - {"reason"})) in said


def _units(said: dict[str, Any], page: OwnCheckPage, where: Where) -> tuple[int, ...]:
    if "unit" in said and said["unit"] is not None:
        named: tuple[int, ...] = (_whole(said, "unit", where),)
    elif "units" in said:
        value = said["units"]
        if isinstance(value, str) and not isinstance(value, Digits):
            named = units(value, where)
        elif isinstance(value, list) and all(type(one) is int for one in value):
            named = tuple(value)
        else:
            raise BadInput("units", facts={"value": str(value)[:60]}, where=where)
    else:
        return ()
    mine = {one.unit for one in (*page.units, *page.again)}
    for unit in named:
        if page.tally:
            raise BadInput("tallied_goods", facts={"unit": unit}, where=where)
        if unit not in mine:
            raise BadInput("unit_not_drawn", facts={"unit": unit, "n": max(mine)}, where=where)
    return named


def _finding(said: dict[str, Any], page: OwnCheckPage, where: Where) -> NewFinding:
    code = _text(said, "defect", where)
    right = _inside(lambda: page.procedure.content.class_of(code), where)
    if "class" in said and said["class"] != right:
        facts: dict[str, object] = {"code": code, "right": right, "value": str(said["class"])}
        raise BadInput("class_differs", facts=facts, where=where)
    if said.get("unit") is None and not page.tally:
        raise BadInput("missing", where={**where, "field": "unit"})
    count = _whole(said, "count", where) if "count" in said else 1
    if not 1 <= count <= 1_000_000:
        raise BadInput("count", facts={"value": count}, where=where)
    return NewFinding(
        unit=None if said.get("unit") is None else _whole(said, "unit", where),
        code=code,
        count=count,
        place=_text(said, "place", where, ""),
        note=_text(said, "note", where, ""),
    )


def _reading(said: dict[str, Any], page: OwnCheckPage, where: Where) -> NewReading:
    code = _text(said, "characteristic", where)
    _inside(lambda: page.procedure.content.characteristic(code), where)
    value = said["value"]
    if type(value) is bool or not isinstance(value, str | int):
        raise BadInput("number", facts={"typed": str(value)[:40]}, where=where)
    typed = str(value)
    _inside(lambda: parse_reading(typed), where)
    instrument = _text(said, "instrument", where) if said.get("instrument") is not None else None
    if instrument is not None and instrument not in {i.number for i in page.instruments}:
        raise BadInput("unknown_instrument", facts={"value": instrument}, where=where)
    unit = _whole(said, "unit", where)
    return NewReading(unit, code, typed, instrument, _text(said, "reason", where, ""))


def _reviewed(said: dict[str, Any], where: Where) -> Opened:
    agrees = said.get("agrees", True)
    if type(agrees) is not bool:
        raise BadInput("missing", where={**where, "field": "agrees"})
    note = _text(said, "note", where, "")
    if not agrees and not note.strip():
        raise BadInput("missing", where={**where, "field": "note"})
    return Opened(_text(said, "claim", where), agrees, note)


def _withdraw(said: dict[str, Any], page: OwnCheckPage, where: Where) -> Withdraw:
    finding = _text(said, "withdraw", where)
    if finding not in {f.id for f in page.findings if f.withdrawn is None}:
        raise BadInput("unknown_finding", facts={"finding": finding}, where=where)
    reason = _text(said, "reason", where, "")
    if not reason.strip():
        raise BadInput("missing", where={**where, "field": "reason"})
    return Withdraw(finding, reason)


def _tallied(said: dict[str, Any], page: OwnCheckPage, where: Where) -> int:
    tallied, n = _whole(said, "tallied", where), len(page.units)
    if not page.tally:
        raise BadInput("not_tallied", where=where)
    if not 0 <= tallied <= n:
        raise BadInput("tally_outside", facts={"value": tallied, "n": n}, where=where)
    return tallied


def _resolution(said: dict[str, Any], where: Where) -> Resolution:
    if type(said["holds"]) is not bool:
        raise BadInput("truth_wanted", where={**where, "field": "holds"})
    unit = None if said.get("unit") is None else _whole(said, "unit", where)
    # Class and count are those of the claim; the use case fills them in.
    return Resolution(
        unit, _text(said, "defect", where), "minor", 1, said["holds"], _text(said, "note", where, "")
    )


def _whole(said: dict[str, Any], key: str, where: Where) -> int:
    value = said[key]
    if type(value) is not int:
        raise BadInput("whole_number", facts={"value": str(value)[:40]}, where={**where, "field": key})
    return value


def _text(said: dict[str, Any], key: str, where: Where, otherwise: str | None = None) -> str:
    value = said.get(key, otherwise)
    if not isinstance(value, str) or isinstance(value, Digits):
        raise BadInput("text_wanted", where={**where, "field": key})
    return value


def _inside(take: Any, where: Where) -> Any:  # noqa: ANN401 - whatever the rule gives
    """Do something that refuses without knowing the line, and add the line."""
    try:
        return take()
    except BadInput as bad:
        raise BadInput(bad.code, facts=bad.facts, where={**bad.where, **where}) from bad
