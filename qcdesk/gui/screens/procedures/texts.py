# SPDX-License-Identifier: Apache-2.0
"""A version of a procedure between its content, the words in which it is read, and the fields where it is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.numbers import parse_amount, parse_quantity
from qcdesk.domain.procedures import Characteristic, ProcedureContent, ProcedureDefect, Step
from qcdesk.domain.sampling import BY_SERIOUSNESS, ClassRule, DefectClass, plans_for
from qcdesk.domain.switching import EDITIONS, REDUCED, Reduced, Switching
from qcdesk.gui.screens.procedures.rows import ClassText, Line, LookedFor, Written
from qcdesk.i18n import Catalogue
from qcdesk.statistics.sampling_stages import PLAN_TYPES
from qcdesk.statistics.sampling_tables import LEVELS, STANDARDS, Level
from qcdesk.wording import modes, samples, severities, states
from qcdesk.wording.sampling_rules import plan_words, rule_words
from qcdesk.wording.spelling import in_a_row

YES = "yes"
OFF = "off"
"""What the field of switching says where severity does not switch."""
NOT_INSPECTED = ""


# read -------------------------------------------------------------------------------------------------------------


def lot_words(rules: Iterable[ClassRule], lot: str, words: Catalogue) -> tuple[ClassText, ...]:
    """Return what the rules mean for a lot, one line a class. Raises: BadInput: the lot or a rule gives no plan."""
    size = parse_quantity(lot, least=2, where={"field": "lot_size"})
    plan = plans_for(rules, size, "normal")
    return tuple(
        ClassText(
            states.defect_class(one.defect_class, words),
            rule_words(one.rule, words),
            plan_words(one, words),
            one.defect_class,
        )
        for one in plan.classes
    )


def limits_words(one: Characteristic, words: Catalogue) -> str:
    """Return the limits of a characteristic in words."""
    say = words.say
    if one.kind == "attribute":
        return say("good or not good")
    parts = {"unit": one.unit, "lower": one.lower, "upper": one.upper}
    if one.lower is None:
        text = say("at most {upper} {unit}", upper=parts["upper"], unit=one.unit)
    elif one.upper is None:
        text = say("at least {lower} {unit}", lower=parts["lower"], unit=one.unit)
    else:
        text = say("{lower} to {upper} {unit}", lower=one.lower, upper=one.upper, unit=one.unit)
    if one.nominal is not None:
        text = say("{limits}, nominal {nominal}", limits=text, nominal=one.nominal)
    if one.instrument_type:
        text = say("{limits}, with {instrument}", limits=text, instrument=one.instrument_type)
    return text


def looked_for(
    content: ProcedureContent, words: Catalogue
) -> tuple[tuple[LookedFor, ...], tuple[LookedFor, ...]]:
    """Return defects and characteristics in words, the most serious first."""

    def seriousness(one: ProcedureDefect | Characteristic) -> int:
        return BY_SERIOUSNESS.index(one.defect_class)

    defects = tuple(
        LookedFor(one.code, one.name, states.defect_class(one.defect_class, words))
        for one in sorted(content.defects, key=seriousness)
    )
    measured = tuple(
        LookedFor(
            one.code,
            one.name,
            states.defect_class(one.defect_class, words),
            limits_words(one, words),
            _second_words(one, content, words),
        )
        for one in content.characteristics
    )
    return defects, measured


def _second_words(one: Characteristic, content: ProcedureContent, words: Catalogue) -> str:
    """Return how the second person looks at a characteristic, where not all are looked at alike."""
    said = [words.say(modes.SHORT[one.mode])] if len(content.modes()) > 1 else []
    if one.destructive:
        said.append(words.say("Inspecting it destroys the unit"))
    return " · ".join(said)


def option_words(content: ProcedureContent, words: Catalogue) -> tuple[str, ...]:
    """Return what else the version says, a sentence each."""
    say = words.say
    said = [
        say("Counted by tally: goods that cannot be told apart.")
        if content.tally
        else say("Unit by unit: each unit is found again by its number."),
        say("A unit may be left out with a reason; it weighs like a nonconforming one.")
        if content.not_done_allowed
        else say("Every unit must have a result."),
        say("Only people who are qualified for it inspect.")
        if content.qualification_required
        else say("Every inspector may inspect; no qualification is asked for."),
    ]
    heading = modes.not_twice(content, words)
    if heading:
        said.append(heading)
    if content.curtail:
        said.append(say("A check may end as soon as it must reject."))
        said.append(say(samples.NO_AVERAGE))
    if any(rule.kind == "aql" for rule in content.rules):
        said.append(severities.of_procedure(content.switching, words))
    if content.photo_classes:
        classes = in_a_row([states.defect_class(c, words) for c in content.photo_classes], words)
        said.append(say("Of every defect of these classes a photo is taken: {classes}.", classes=classes))
    if content.maker_may_check_first:
        said.append(say("A maker may make the first check; it is printed as that."))
    if content.agreement_floor_percent is not None:
        said.append(
            say(
                "Below {n} % agreement beyond chance (kappa) a third person decides. It is asked from 10 units on that "
                "either found bad.",
                n=content.agreement_floor_percent,
            )
        )
    return tuple(said)


# written ----------------------------------------------------------------------------------------------------------


def fields_of(code: str, content: ProcedureContent) -> Written:
    """Return the fields that say this content."""
    floor = content.agreement_floor_percent
    values = {
        "code": code,
        "title": content.title,
        "owner": content.owner,
        "review_by": content.review_by.isoformat(),
        "note": content.note,
        "tally": YES if content.tally else "",
        "not_done": YES if content.not_done_allowed else "",
        "maker_first": YES if content.maker_may_check_first else "",
        "qualification": YES if content.qualification_required else "",
        "curtail": YES if content.curtail else "",
        **{f"photo_{c}": YES if c in content.photo_classes else "" for c in BY_SERIOUSNESS},
        "floor": "" if floor is None else str(floor),
        "defects_mode": content.defects_mode,
        "switching": content.switching.edition if content.switching else OFF,
        "reduced": content.switching.reduced if content.switching else "by_two",
    }
    rules: dict[str, Line] = {
        rule.defect_class: {
            "kind": rule.kind,
            "aql": "" if rule.aql is None else str(rule.aql),
            "level": rule.level,
            "n": "" if rule.n is None else str(rule.n),
            "plan_type": rule.plan_type,
            "standard": rule.standard,
        }
        for rule in content.rules
    }
    return Written(
        values,
        rules,
        tuple({"product": product} for product in content.products),
        tuple(
            {"title": s.title, "text": s.text, "picture": s.picture or "", "language": s.language}
            for s in content.steps
        ),
        tuple({"code": d.code, "class": d.defect_class} for d in content.defects),
        tuple(_characteristic_line(c) for c in content.characteristics),
    )


def _characteristic_line(one: Characteristic) -> Line:
    def text(value: Decimal | None) -> str:
        return "" if value is None else str(value)

    return {
        "code": one.code,
        "name": one.name,
        "kind": one.kind,
        "class": one.defect_class,
        "unit": one.unit,
        "nominal": text(one.nominal),
        "lower": text(one.lower),
        "upper": text(one.upper),
        "instrument": one.instrument_type,
        "mode": one.mode,
        "destructive": YES if one.destructive else "",
    }


def rules_of(lines: Mapping[str, Line]) -> tuple[ClassRule, ...]:
    """Return the rules that the fields say. Raises: BadInput."""
    rules = []
    for defect_class in BY_SERIOUSNESS:
        line = lines.get(defect_class, {})
        kind = line.get("kind", NOT_INSPECTED)
        if kind == NOT_INSPECTED:
            continue
        n = parse_quantity(line["n"], where={"field": "rules"}) if kind == "zero" and line["n"] else None
        aql = Decimal(line["aql"]) if kind != "all" and n is None and line["aql"] else None
        level: Level = next((each for each in LEVELS if each == line["level"]), "II")
        asked = line.get("plan_type") if kind == "aql" and defect_class != "critical" else "single"
        rules.append(
            ClassRule(
                defect_class,
                "zero" if kind == "zero" else "all" if kind == "all" else "aql",
                aql,
                level,
                n,
                next((each for each in STANDARDS if each == line.get("standard")), STANDARDS[0]),
                next((each for each in PLAN_TYPES if each == asked), "single"),
            )
        )
    return tuple(rules)


def content_of(
    written: Written,
    names: Mapping[str, str],
    pictures: Sequence[str | None],
    before: ProcedureContent | None = None,
    thousands: str = "",
) -> ProcedureContent:
    """Return the content that the fields say.

    Args: names: of the defect codes in the catalogue. pictures: the kept picture of each step. before: what stood in the
        fields at first. thousands: the sign that sets thousands apart for who writes; a limit that was typed with it,
        and three digits after it, is not taken.
    Raises: BadInput with the field where it stands.
    """
    values = written.values
    for needed in ("title", "owner", "review_by"):
        if not values[needed]:
            raise BadInput("missing", where={"field": needed})
    floor = None
    if values["floor"]:
        floor = parse_quantity(values["floor"], where={"field": "floor"})
        if floor > 100:
            raise BadInput("whole_number", facts={"value": values["floor"]}, where={"field": "floor"})
    tally = bool(values["tally"])
    stood = frozenset(
        str(figure)
        for one in (before.characteristics if before else ())
        for figure in (one.nominal, one.lower, one.upper)
    )
    return ProcedureContent(
        title=values["title"],
        products=tuple(line["product"] for line in written.products if line["product"]),
        owner=values["owner"],
        review_by=date.fromisoformat(values["review_by"]),
        rules=rules_of(written.rules),
        steps=tuple(_steps(written.steps, pictures)),
        characteristics=tuple(
            _characteristic(line, stood, thousands, tally=tally) for line in written.characteristics
        ),
        defects=tuple(_defects(written.defects, names)),
        qualification_required=bool(values["qualification"]),
        tally=tally,
        maker_may_check_first=bool(values["maker_first"]),
        not_done_allowed=bool(values["not_done"]),
        agreement_floor_percent=floor,
        note=values["note"],
        photo_classes=tuple(c for c in BY_SERIOUSNESS if values.get(f"photo_{c}")),
        curtail=bool(values.get("curtail")),
        switching=_switching(values),
        defects_mode="split" if values.get("defects_mode") == "split" and not tally else "blind",
    )


def _switching(values: Mapping[str, str]) -> Switching | None:
    """Return what the fields say of switching; a form that does not ask leaves it off."""
    edition = next((one for one in EDITIONS if one == values.get("switching")), None)
    reduced: Reduced = next((one for one in REDUCED if one == values.get("reduced")), "by_two")
    return None if edition is None else Switching(edition, reduced)


def _steps(lines: Sequence[Line], pictures: Sequence[str | None]) -> Iterable[Step]:
    for line, picture in zip(lines, pictures, strict=True):
        if not line["title"]:
            raise BadInput("missing", where={"field": "steps"})
        yield Step(line["title"], line["text"], picture, line["language"] or "en")


def _defects(lines: Sequence[Line], names: Mapping[str, str]) -> Iterable[ProcedureDefect]:
    for line in lines:
        if not line["code"] or not line["class"]:
            raise BadInput("missing", where={"field": "defects"})
        yield ProcedureDefect(line["code"], names.get(line["code"], line["code"]), _class(line["class"]))


def _characteristic(line: Line, stood: frozenset[str], thousands: str, *, tally: bool) -> Characteristic:
    where: dict[str, object] = {"field": "characteristics"}
    if not (line["code"] and line["name"]):
        raise BadInput("missing", where=where)

    def figure(text: str) -> Decimal | None:
        if not text:
            return None
        return parse_amount(text, "" if text in stood else thousands, where=where).decimal

    measured = line["kind"] == "variable"
    return Characteristic(
        line["code"],
        line["name"],
        "variable" if measured else "attribute",
        _class(line["class"]),
        line["unit"] if measured else "",
        figure(line["nominal"]) if measured else None,
        figure(line["lower"]) if measured else None,
        figure(line["upper"]) if measured else None,
        line["instrument"] if measured else "",
        # Goods that are only counted are always looked at blind: the page offers nothing else.
        "blind" if tally else next((mode for mode in modes.MODES if mode == line.get("mode")), "blind"),
        bool(line.get("destructive")) and not tally,
    )


def _class(code: str) -> DefectClass:
    return next((each for each in BY_SERIOUSNESS if each == code), "major")
