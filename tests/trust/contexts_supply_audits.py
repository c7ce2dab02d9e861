# SPDX-License-Identifier: Apache-2.0
"""Cases of the rules about audits: who writes, approves, answers, signs, reviews and closes, and when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from tests.store.scenes import World
from tests.trust.rule_cases import OTHER, Case, event, now, quoted


def cases(world: World) -> Iterator[Case]:
    """Yield every case."""
    yield from _drafts(world)
    yield from _approvals(world)
    yield from _openings(world)
    yield from _answers(world)
    yield from _steps(world)
    yield from _whole(world)


def _insert(table: str, values: Mapping[str, object]) -> str:
    return f"INSERT INTO {table} ({', '.join(values)}) VALUES ({', '.join(map(quoted, values.values()))})"


def _events(world: World, kind: str) -> Iterator[tuple[str, bool, int, tuple[str, ...]]]:
    """Yield the right event of linh for a row, and with one thing otherwise each."""
    seq, at = world.head + 1, now(world)
    yield "its event", True, seq, event(seq, kind, world.linh, at)
    yield "another kind", False, seq, event(seq, "supplier.saved", world.linh, at)
    yield "another's event", False, seq, event(seq, kind, world.som, at)
    both = event(seq, kind, world.linh, at) + event(seq + 1, "supplier.saved", world.linh, at)
    yield "an earlier event", False, seq + 1, both


def _template(world: World, seq: int, **changed: object) -> str:
    values = {"seq": seq, "code": "X", "version": 1, "author": world.linh, "hash": "h", "body": "", **changed}
    return _insert("audit_template", values)


def _approved(world: World, seq: int, **changed: object) -> str:
    values = {"code": "X", "version": 1, "hash": "h", "person": world.linh, "seq": seq, **changed}
    return _insert("audit_template_approved", values)


def _drafts(world: World) -> Iterator[Case]:
    name = "audit_template_is_draft"
    for what, right, seq, ready in _events(world, "audit_template.saved"):
        yield Case(name, what, not right, ready, _template(world, seq))
    seq = world.head + 1
    own = event(seq, "audit_template.saved", world.linh, now(world))
    for code, version in product(("X", "Y"), (1, 2)):
        there = _approved(world, 3, code=code, version=version)
        refused = (code, version) == ("X", 1)
        yield Case(name, f"{code} v{version} is approved", refused, (*own, there), _template(world, seq))


def _approvals(world: World) -> Iterator[Case]:
    name = "audit_template_by_another"
    for what, right, seq, ready in _events(world, "audit_template.approved"):
        draft = _template(world, 3, author=world.som)
        yield Case(name, what, not right, (*ready, draft), _approved(world, seq))
    seq = world.head + 1
    own = event(seq, "audit_template.approved", world.linh, now(world))
    for changed in ({"code": "Y"}, {"version": 2}, {"hash": "g"}, {"author": world.linh}):
        draft = _template(world, 3, **{"author": world.som, **changed})
        yield Case(name, f"the draft is {changed}", True, (*own, draft), _approved(world, seq))
    for changed in ({}, {"code": "Y"}, {"version": 2}):
        drafts = _template(world, 3, author=world.som), _template(world, 4, hash="g", **changed)
        yield Case(name, f"later {changed}", not changed, (*own, *drafts), _approved(world, seq))
    before = _template(world, 3, author=world.linh, hash="g"), _template(world, 4, author=world.som)
    yield Case(name, "an earlier draft of the own", False, (*own, *before), _approved(world, seq))


def _audit(world: World, seq: int, **changed: object) -> str:
    values = {
        "id": OTHER,
        "no": 99,
        "supplier": world.house.supplier.supplier,
        "template": "X",
        "version": 1,
        "hash": "h",
        "auditor": world.linh,
        "seq": seq,
        **changed,
    }
    return _insert("audit", values)


def _openings(world: World) -> Iterator[Case]:
    name = "audit_of_approved"
    for what, right, seq, ready in _events(world, "audit.opened"):
        yield Case(name, what, not right, (*ready, _approved(world, 3)), _audit(world, seq))
    seq = world.head + 1
    own = event(seq, "audit.opened", world.linh, now(world))
    for changed in ({"code": "Y"}, {"version": 2}, {"hash": "g"}):
        there = _approved(world, 3, **changed)
        yield Case(name, f"approved is {changed}", True, (*own, there), _audit(world, seq))


def _step(world: World, seq: int, step: str, **changed: object) -> str:
    values = {
        "audit": OTHER,
        "step": step,
        "person": world.linh,
        "other": "",
        "differences": 0,
        "body": "",
        "seq": seq,
        **changed,
    }
    return _insert("audit_step", values)


def _answer(world: World, seq: int, **changed: object) -> str:
    values = {
        "seq": seq,
        "question": "A1",
        "audit": OTHER,
        "place": "first",
        "person": world.linh,
        "value": "yes",
        "points": None,
        "body": "",
        **changed,
    }
    return _insert("audit_answer", values)


def _answers(world: World) -> Iterator[Case]:
    name = "audit_answer_in_time"
    for what, right, seq, ready in _events(world, "audit.answered"):
        yield Case(name, what, not right, (*ready, _audit(world, 3)), _answer(world, seq))
    seq = world.head + 1
    own = event(seq, "audit.answered", world.linh, now(world))
    elsewhere = world.audit_open
    steps = ((), ("signed",), ("signed", "reviewed"), ("reviewed",), ("closed",))
    for place, auditor, there, of in product(
        ("first", "second"), (world.linh, world.som), steps, (OTHER, elsewhere)
    ):
        mine = there if of == OTHER else ()
        first = place == "first" and auditor == world.linh and "signed" not in mine
        second = place == "second" and auditor == world.som and "signed" in mine and "reviewed" not in mine
        ready = (*own, _audit(world, 3, auditor=auditor))
        acts = tuple(_step(world, 3, step, audit=of) for step in there)
        what = f"{place} of {auditor}'s audit after {there} of {of}"
        yield Case(name, what, not (first or second), (*ready, *acts), _answer(world, seq, place=place))
    stranger = (*own, _audit(world, 3, id=OTHER[::-1].replace("f", "e")))
    yield Case(name, "of no audit", True, stranger, _answer(world, seq))


def _steps(world: World) -> Iterator[Case]:
    name = "audit_step_by_two"
    for what, right, seq, ready in _events(world, "audit.signed"):
        yield Case(name, what, not right, (*ready, _audit(world, 3)), _step(world, seq, "signed"))
    seq, at = world.head + 1, now(world)
    for beside, other in product(((), (world.som,), (world.minh,)), ("", world.som)):
        own = event(seq, "audit.signed", world.linh, at, beside=beside)
        refused = other != "" and other not in beside
        ready = (*own, _audit(world, 3))
        yield Case(name, f"{other} of {beside}", refused, ready, _step(world, seq, "signed", other=other))
    earlier = event(seq, "audit.signed", world.linh, at, beside=(world.som,))
    late = (*earlier, *event(seq + 1, "audit.signed", world.linh, at), _audit(world, 3))
    yield Case(name, "beside another event", True, late, _step(world, seq + 1, "signed", other=world.som))
    for step, auditor, there, of in product(
        ("signed", "reviewed"),
        (world.linh, world.som),
        ((), ("signed",), ("closed",)),
        (OTHER, world.audit_open),
    ):
        mine = there if of == OTHER else ()
        right = auditor == world.linh if step == "signed" else auditor == world.som and "signed" in mine
        if step == "signed" and "signed" in mine:
            continue  # nobody signs twice, whatever rules there are
        own = event(seq, f"audit.{step}", world.linh, at)
        acts = tuple(_step(world, 3, one, audit=of) for one in there)
        ready = (*own, _audit(world, 3, auditor=auditor), *acts)
        what = f"{step} of {auditor}'s audit after {there} of {of}"
        yield Case(name, what, not right, ready, _step(world, seq, step))
    yield from _ends(world, seq, at)
    own = event(seq, "audit.signed", world.linh, at)
    ready = (*own, _audit(world, 3, auditor=world.som), _step(world, 3, "reviewed"))
    yield Case(name, "signed by who reviewed", True, ready, _step(world, seq, "signed"))
    yield Case(name, "of no audit", True, own, _step(world, seq, "signed"))


_ASKED = """{"sections": [{"code": "A", "questions": [{"code": "A1", "critical": true}, {"code": "A2"}]}]}"""
_FOUND: tuple[tuple[str, Mapping[str, object]], ...] = (
    ("nothing else", {}),
    ("of another audit", {"audit": "open"}),
    ("in the other place", {"place": "other"}),
    ("by another one", {"person": "minh"}),
)


def _whole(world: World) -> Iterator[Case]:
    """Ask who answered what when an audit is signed or reviewed: of two questions one is critical."""
    name, seq, at = "audit_signed_whole", world.head + 1, now(world)
    for step, questions, (what, changed) in product(
        ("signed", "reviewed", "closed"), ((), ("A1",), ("A2",), ("A1", "A2")), _FOUND
    ):
        place = "first" if step == "signed" else "second"
        values: dict[str, object] = {"place": place}
        if "audit" in changed:
            values["audit"] = world.audit_open
        if "place" in changed:
            values["place"] = "second" if place == "first" else "first"
        if "person" in changed:
            values["person"] = world.minh
        counts = not (
            "audit" in changed or "place" in changed or ("person" in changed and step == "reviewed")
        )
        there = set(questions) if counts else set()
        needed = {"signed": {"A1", "A2"}, "reviewed": {"A1"}, "closed": set()}[step]
        ready = (
            *event(seq, f"audit.{step}", world.linh, at),
            _template(world, 3, body=_ASKED),
            _audit(world, 3),
            *(_answer(world, 3, question=one, **values) for one in questions),
        )
        told = f"{step} with {questions} answered, {what}"
        yield Case(name, told, not needed <= there, ready, _step(world, seq, step))
    for changed in ({"code": "Y"}, {"version": 2}, {"hash": "g"}):
        ready = (*event(seq, "audit.signed", world.linh, at), _template(world, 3, body=_ASKED, **changed))
        other = (*ready, _audit(world, 3))
        yield Case(name, f"another template is {changed}", False, other, _step(world, seq, "signed"))
    elsewhere = (
        *event(seq, "audit.signed", world.linh, at),
        _template(world, 3, body=_ASKED),
        _audit(world, 3, id=OTHER[::-1].replace("f", "e")),
    )
    yield Case(name, "the template of another audit", False, elsewhere, _step(world, seq, "signed"))


def _ends(world: World, seq: int, at: int) -> Iterator[Case]:
    for by, differences, other, step, of in product(
        (world.linh, world.minh),
        (0, 1),
        ("", world.som, world.minh),
        ("reviewed", "signed"),
        (OTHER, world.audit_open),
    ):
        own = event(seq, "audit.closed", world.linh, at, beside=(world.som, world.minh))
        before = _step(world, 3, step, audit=of, person=by, differences=differences)
        right = (by, step, of) == (world.linh, "reviewed", OTHER) and (differences == 0 or other == world.som)
        ready = (*own, _audit(world, 3, auditor=world.som), before)
        what = f"closed beside {other} after {step} of {of} by {by}, {differences} different"
        yield Case("audit_step_by_two", what, not right, ready, _step(world, seq, "closed", other=other))
