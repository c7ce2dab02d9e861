# SPDX-License-Identifier: Apache-2.0
"""The lines of a split: a part in each, several of them the same way; what they come to, and what is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.numbers import parse_quantity
from qcdesk.domain.splitting import WAYS, Piece, Way
from qcdesk.gui.asking import Judged, Question, Row, RowsAsked
from qcdesk.i18n import Catalogue
from qcdesk.wording import states

KEPT = "kept"
_SHARES = (2, 5, 3)


@dataclass(frozen=True, slots=True)
class Goods:
    """What is split: units here, what one is called, units with a claimed critical, how many left and are conceded."""

    here: int
    unit: str
    critical: tuple[int, ...] = ()
    gone: int = 0
    conceded: int = 0


def parts_asked(ways: Sequence[Way], goods: Goods, words: Catalogue, *, keeps: bool) -> RowsAsked:
    """Return what is asked of each part; ``keeps``: some may stay as they are."""
    say, critical = words.say, goods.critical
    named = [(way, say(states.PART_WAYS[way])) for way in ways]
    kept = say("Stays, as conceded") if goods.conceded else say("Stays as it is, to be conceded")
    choices = (*named, (KEPT, kept)) if keeps else tuple(named)
    questions = [
        Question("quantity", say("Units")),
        Question("way", say("Which way they go"), "choice", choices),
        Question("number", say("Own number"), optional=True),
        Question("terms", say("Which grade, and what for"), only=("way", "regrade")),
    ]
    shares: tuple[int, ...] = _SHARES
    if critical:
        questions.insert(
            3, Question("units", say("Critical units in it"), hint=", ".join(map(str, critical)))
        )
        shares = (2, 4, 3, 5)
    start: tuple[Row, ...] = (
        ({"quantity": str(goods.conceded), "way": KEPT}, {}) if goods.conceded else ({}, {})
    )
    return RowsAsked(
        tuple(questions), say("Another part"), lambda rows: judged(rows, goods, words), shares, start
    )


def judged(rows: Sequence[Row], goods: Goods, words: Catalogue) -> Judged:
    """Return what the lines come to, what is left or missing, and whether they can be signed so."""
    say, given, here, unit = words.say, 0, goods.here, goods.unit
    filled = [row for row in rows if row.get("quantity", "").strip()]
    for place, row in enumerate(filled, 1):
        try:
            given += parse_quantity(row["quantity"], least=0, where={"field": "quantity"})
            numbers_in(row.get("units", ""))
        except BadInput:
            return Judged(say("Line {n} has a number that cannot be read.", n=place), ready=False)
        if not row["way"]:
            return Judged(say("Choose which way the units of line {n} go.", n=place), ready=False)
    left = here - given
    if left > 0:
        told = say(
            "{given} of {there} {unit} have a way; {left} are left.",
            given=given,
            there=here,
            unit=unit,
            left=left,
        )
        return Judged(told, ready=False)
    if left < 0:
        told = say("{given} {unit} have a way, and {there} are there: {over} too many.", given=given, unit=unit,
                   there=here, over=-left)  # fmt: skip
        return Judged(told, ready=False)
    if all(row["way"] == KEPT for row in filled):
        return Judged(say("Everything stays as it is; give a part another way."), ready=False)
    if any(row["way"] == "regrade" and not row.get("terms", "").strip() for row in filled):
        return Judged(say("Say which grade, and what for."), ready=False)
    kept = sum(
        parse_quantity(row["quantity"], where={"field": "parts"}) for row in filled if row["way"] == KEPT
    )
    if kept < goods.conceded:
        return Judged(say("{n} {unit} are conceded, and stay.", n=goods.conceded, unit=unit), ready=False)
    placed = [number for row in filled for number in numbers_in(row.get("units", ""))]
    nowhere = set(goods.critical) - set(placed)
    if (
        len(set(placed)) < len(placed)
        or not set(placed) <= set(goods.critical)
        or len(nowhere) > kept + goods.gone
    ):
        listed = ", ".join(map(str, goods.critical))
        return Judged(
            say("Say of each of these units in which one part it is: {units}.", units=listed), ready=False
        )
    return Judged(say("All {there} {unit} have a way.", there=here, unit=unit), ready=True)


def wished(rows: Sequence[Row]) -> tuple[tuple[Piece, ...], int]:
    """Return the parts that the lines ask for, and how many units stay."""
    kept, pieces = 0, []
    for row in rows:
        if not row.get("quantity", "").strip():
            continue
        quantity, way = parse_quantity(row["quantity"], least=0, where={"field": "parts"}), row["way"]
        if way == KEPT:
            kept += quantity
            continue
        piece = Piece(
            row.get("number", ""),
            quantity,
            next(known for known in WAYS if known == way),
            row.get("terms", "") if way == "regrade" else "",
            numbers_in(row.get("units", "")),
        )
        pieces.append(piece)
    return tuple(pieces), kept


def numbers_in(text: str) -> tuple[int, ...]:
    """Take numbers of units with commas or spaces between. Raises: BadInput."""
    return tuple(parse_quantity(part, where={"field": "parts"}) for part in text.replace(",", " ").split())
