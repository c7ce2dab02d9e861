# SPDX-License-Identifier: Apache-2.0
"""One's own check in words that are ready to show: head, units, keys, the reading in hand, verdict so far, acts."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from qcdesk.domain.procedures import Characteristic
from qcdesk.domain.sampling import ClassVerdict, DefectClass
from qcdesk.domain.switching import SwitchState
from qcdesk.gui.screens.runner.own_check import (
    SERIOUSNESS,
    Here,
    asked,
    keys_of,
    most_keys,
    outside,
    reading_of,
)
from qcdesk.gui.screens.runner.review import review_acts
from qcdesk.gui.screens.runner.rows import (
    ActsRow,
    ClassRow,
    HeadRow,
    KeyRow,
    MeasureRow,
    StepRow,
    UnitsRow,
    VerdictRow,
)
from qcdesk.gui.widgets.charts import Limits
from qcdesk.gui.widgets.strips import CellState, Judgement, UnitCell
from qcdesk.i18n import Catalogue, mark
from qcdesk.services.rows import MeasuredRow, OwnCheckPage, UnitRow
from qcdesk.wording import modes, samples, severities, states
from qcdesk.wording.readings import between, outside_by
from qcdesk.wording.spelling import in_a_row

RUN_LENGTH: Final = 25
_THIRDS_ACROSS: Final = (mark("left"), mark("middle"), mark("right"))
_THIRDS_DOWN: Final = (
    mark("top", context="height on a photo"),
    mark("centre", context="height on a photo"),
    mark("bottom", context="height on a photo"),
)


def head_row(page: OwnCheckPage, words: Catalogue, *, reviewing: bool) -> HeadRow:
    """Return batch, person and place."""
    header = page.header
    about = words.say(
        "{product}  ·  {source}",
        product=f"{header.product_name} {header.revision}".strip(),
        source=header.supplier_name or header.line,
    )
    content = page.procedure.content
    second = page.place == "second"
    kind = modes.Kind("", "")
    if second:
        told = modes.kind_of_review if reviewing else modes.kind_of_second
        kind = told(content, words)
    return HeadRow(
        header.number,
        about,
        page.person_name,
        states.place(page.place, words),
        second and not reviewing and content.modes() != {"review"},
        *kind,
    )


def units_row(here: Here, words: Catalogue) -> UnitsRow:
    """Return where one is in the sample."""
    page, say = here.page, words.say
    found = {f.unit for f in page.findings if f.withdrawn is None}
    found |= {m.unit for m in page.measured if not m.inside and not m.replaced}

    def state(unit: UnitRow) -> CellState:
        if unit.unit in found:
            return "found"
        if unit.not_done is not None:
            return "not_done"
        return "done" if unit.done or unit.unit in here.waiting else "open"

    strip = tuple(state(u) for u in page.units)
    done = sum(1 for u in page.units if u.done or u.unit in here.waiting)
    unit = here.unit
    of = say("of {total}", total=len(page.units))
    if unit.number != unit.unit:
        of = say("of {total}  ·  no. {number} of the batch", total=len(page.units), number=unit.number)
    return UnitsRow(
        say("Unit {unit}", unit=unit.unit),
        of,
        say("{done} done · {open} to go", done=done, open=len(page.units) - done),
        strip,
        tuple(
            UnitCell(u.unit, s, _cell_word(page, u, words)) for u, s in zip(page.units, strip, strict=True)
        ),
        here.place,
        _only(page, unit, words),
    )


def _only(page: OwnCheckPage, unit: UnitRow, words: Catalogue) -> str | None:
    """Return what is looked at on a unit, in words, where the units of this check differ in it."""
    if len({(u.looks, u.measures) for u in page.units}) < 2:
        return None
    content, say = page.procedure.content, words.say
    looks = unit.looks if unit.looks is not None else tuple(key.code for key in content.keypad())
    codes = {*looks, *(c.code for c in asked(page, unit.unit))}
    what = [say("the defects")] if any(one.code in codes for one in content.defects) else []
    what += [c.name for c in content.characteristics if c.code in codes]
    everywhere = {code for u in page.units for code in (*(u.looks or ()), *(u.measures or ()))}
    if codes == everywhere:
        return say("On this unit: everything")
    return say("On this unit only: {what}", what=in_a_row(what, words))


def _cell_word(page: OwnCheckPage, unit: UnitRow, words: Catalogue) -> str:
    if unit.not_done is not None:
        return words.say("not done")
    classes = [f.defect_class for f in page.findings if f.unit == unit.unit and f.withdrawn is None]
    classes += [page.procedure.content.class_of(m.characteristic) for m in outside(page, unit.unit)]
    if not classes:
        return ""
    worst: DefectClass = min(classes, key=SERIOUSNESS.index)
    n = classes.count(worst)
    if worst == "critical":
        return words.say("{n} critical", n=n)
    return words.say("{n} major", n=n) if worst == "major" else words.say("{n} minor", n=n)


def class_rows(page: OwnCheckPage, words: Catalogue) -> tuple[ClassRow, ...]:
    """Return the keys, by class."""
    say, counts = words.say, dict[str, int]()
    for finding in page.findings:
        if finding.withdrawn is None:
            counts[finding.code] = counts.get(finding.code, 0) + finding.count
    rows: list[ClassRow] = []
    most = most_keys(page)
    for code in SERIOUSNESS:
        keys = keys_of(page, code)
        if not keys:
            continue
        shown = keys if len(keys) <= most else keys[: most - 1]
        made = [KeyRow(key.code, key.name, "", counts.get(key.code, 0)) for key in shown]
        if len(shown) < len(keys):
            rest = sum(counts.get(key.code, 0) for key in keys[len(shown) :])
            made.append(KeyRow("", say("Other …"), "ellipsis", rest))
        note = ""
        if code == "critical":
            note = say("One critical defect rejects the batch.")
        elif code == "major":
            note = say("Numbers: found so far in this check")
        rows.append(ClassRow(code, states.defect_class(code, words), note, tuple(made)))
    return tuple(rows)


def step_row(page: OwnCheckPage, index: int, picture: bytes, words: Catalogue) -> StepRow:
    """Return a step of the work instruction; without any, what the procedure is called."""
    content = page.procedure.content
    if not content.steps:
        return StepRow("", content.title, content.note)
    step = content.steps[index]
    progress = words.say("Step {n} of {total}", n=index + 1, total=len(content.steps))
    return StepRow(progress, step.title, step.text, picture)


def measure_row(here: Here, instrument: str, words: Catalogue, *, empty: bool = False) -> MeasureRow | None:
    """Return what is measured now, and with what; None: nothing is. ``empty``: the reading that stands is left out."""
    page, code = here.page, here.current
    if code is None:
        return None
    say = words.say
    c = page.procedure.content.characteristic(code)
    claim = here.review.claim if here.review is not None else None
    unit = claim.unit if claim is not None else here.unit.unit
    variables = asked(page, unit)
    stands = None if empty else reading_of(page, unit, code)
    run = [m for m in page.measured if m.characteristic == code and not m.replaced][-RUN_LENGTH:]
    values = tuple(float(m.value) for m in run if stands is None or m.id != stands.id)
    if stands is not None:
        values = (*values, float(stands.value))
    place = next((i for i, each in enumerate(variables, 1) if each.code == code), 0)
    progress = say("Reading {n} of {total}", n=place, total=len(variables))
    return MeasureRow(
        code,
        c.name,
        say("If anything is left of it") if claim is not None else progress,
        between(c, words),
        c.unit,
        Limits(
            _number(c.lower),
            _number(c.upper),
            _number(c.nominal),
            _text(c.lower),
            _text(c.upper),
            _text(c.nominal),
        ),
        stands.typed if stands else "",
        "" if stands is None else "inside" if stands.inside else "outside",
        _reading_words(c, stands, words),
        values,
        words.count("last {n} unit, {unit}", "last {n} units, {unit}", len(values), unit=c.unit)
        if values
        else "",
        "",
        say("Measured with {number}", number=instrument) if instrument else say("Choose the instrument"),
    )


def _reading_words(c: Characteristic, stands: MeasuredRow | None, words: Catalogue) -> str:
    if stands is None:
        return ""
    if stands.inside:
        return words.say("inside the limits")
    return outside_by(Decimal(stands.value), c.lower, c.upper, words)


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _text(value: Decimal | None) -> str:
    return "" if value is None else str(value)


def verdict_row(page: OwnCheckPage, words: Catalogue) -> VerdictRow:
    """Return the verdict so far, by class."""
    say = words.say
    rejected = any(one.verdict == "rejected" for one in page.verdicts)
    undecided = any(one.verdict == "undecided" for one in page.verdicts)
    told = (
        say("So far rejected")
        if rejected
        else say("Not decided yet")
        if undecided
        else say("So far acceptable")
    )
    farthest = max((one.n for one in page.verdicts), default=0)
    switched = page.severities if page.severity_reason == "switching" else ()
    strict = {one.defect_class: one.severity for one in switched if one.severity != "normal"}
    judged = (_judgement(one, farthest, strict.get(one.defect_class), words) for one in page.verdicts)
    return VerdictRow(told, rejected, tuple(judged))


def _judgement(one: ClassVerdict, farthest: int, severity: SwitchState | None, words: Catalogue) -> Judgement:
    name = states.defect_class(one.defect_class, words)
    live = samples.live(one, farthest, words)
    if severity is not None:
        live = words.say("{live} · {state}", live=live, state=severities.state(severity, words))
    return Judgement(
        name,
        words.say("{class_word}: {found} found", class_word=name, found=one.counted),
        live,
        one.counted,
        one.re,
    )


def acts_row(here: Here, words: Catalogue) -> ActsRow:
    """Return the bottom row: what undo takes back, what the main key says, what is possible now."""
    page, say = here.page, words.say
    undo = _undo(here, words)
    can_undo = bool(undo)
    if here.last and page.further:
        return ActsRow(undo, say("Take the next sample"), can_undo=can_undo, can_skip=False)
    if here.last:
        return ActsRow(undo, say("Read and sign"), "pen-line", can_undo=can_undo, can_skip=False)
    if here.review is not None:
        return review_acts(here.review, words, units=bool(page.units))
    if page.tally:
        counted = sum(1 for u in page.units if u.done)
        main = say("That was the last") if counted >= len(page.units) else say("One more looked at")
        return ActsRow(undo, main, "check", skip=say("type the count instead"), can_undo=can_undo)
    allowed = page.procedure.content.not_done_allowed
    skip = say("give a reason") if allowed else say("not allowed here")
    unit, missing = here.unit, here.missing
    if missing is not None:
        name = page.procedure.content.characteristic(missing).name
        return ActsRow(
            undo,
            say("Measure first: {name}", name=name),
            "ruler",
            skip=skip,
            can_undo=can_undo,
            can_skip=allowed,
            can_go_on=False,
        )
    left = [u for u in page.units if not u.done and u.unit not in here.waiting and u.unit != unit.unit]
    bad = bool(here.standing or outside(page, unit.unit))
    if left:
        main = say("Next unit") if bad or unit.done else say("No defect, next unit")
    else:
        main = say("That was the last unit") if bad or unit.done else say("No defect, that was the last")
    return ActsRow(undo, main, "check", skip=skip, can_undo=can_undo, can_skip=allowed)


def _undo(here: Here, words: Catalogue) -> str:
    say, did = words.say, here.did
    if did is not None and did.what == "found":
        return say("{name}, unit {unit}", name=did.name, unit=did.unit) if did.unit else did.name
    if did is not None:
        return say("Back to unit {unit}", unit=did.unit)
    if here.last:
        return say("Back to the review") if here.review is not None else say("Back to the units")
    return say("Withdraw a defect") if here.review is None and here.standing else ""


def place_words(place: tuple[float, float] | None, words: Catalogue) -> str:
    """Return where on the picture was tapped, in words that are readable on paper."""
    if place is None:
        return ""
    say = words.say
    across, down = (min(2, int(part * 3)) for part in place)
    return say("{down} {across}", down=say(_THIRDS_DOWN[down]), across=say(_THIRDS_ACROSS[across]))


def pending(place: tuple[float, float] | None, words: Catalogue, *, photo: bool) -> str:
    """Say what goes with the next defect: the place that was tapped, the photo that was taken."""
    say = words.say
    if photo and place:
        return say("Place and photo go with the next defect")
    if photo:
        return say("The photo goes with the next defect")
    return say("The place goes with the next defect: {place}", place=place_words(place, words))
