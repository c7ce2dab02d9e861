# SPDX-License-Identifier: Apache-2.0
"""What an event makes of corrective actions: what they are about came again, or what proved them does so no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

from qcdesk.domain.corrective import CorrectiveAction, Repeat, repeats
from qcdesk.domain.events import (
    ActionUnproved,
    DefectRepeated,
    DefectReported,
    DefectsReported,
)
from qcdesk.domain.procedures import ProcedureVersion
from qcdesk.domain.promises import LotFound
from qcdesk.domain.suppliers import kin
from qcdesk.domain.switching import (
    Reason,
    SeverityState,
    Switched,
    Tightens,
    standing_of,
    switched_classes,
)
from qcdesk.domain.times import log_day
from qcdesk.services.ports import Hand, UnitOfWork
from qcdesk.services.promise_decisions import lot_found, with_decisions


@contextmanager
def proving(
    uow: UnitOfWork,
    act: Hand,
    today: date,
    *batches: str | None,
    suppliers: Iterable[str | None] = (),
    reports: Sequence[DefectReported] = (),
) -> Iterator[None]:
    """Append, right after what is appended within, what that makes of the corrective actions of a supplier.

    What an action is about came again; or what proved a closed one does so no more, and it is open again.

    Args: batches: what the events are about. suppliers: whose lots count otherwise by them, where that is no batch's.
        reports: defects that are reported by them.
    """
    about = tuple(one for one in batches if one is not None)
    roots = {root.batch: root for root in map(uow.delivery_of, about)}
    whose = {one for one in (*suppliers, *(root.supplier for root in roots.values())) if one is not None}
    before = _actions_of(uow, whose)
    if not before:
        yield
        return
    was = {id_: lot_found(uow, root) for id_, root in roots.items()}
    known = dict(was)
    stood = {one.id: one for one in with_decisions(uow, before.values(), today, known)}
    yield
    now = sorted(map(uow.delivery_of, roots), key=lambda one: one.seq)
    merges = uow.supplier_merges()
    known |= {one.batch: lot_found(uow, one) for one in now}  # of all others the same stands as before
    lots = [(known[one.batch], kin(one.supplier, merges)) for one in now if one.supplier is not None]
    after = _actions_of(uow, whose)
    actions = [after.get(id_) or uow.action(id_) for id_ in _by_number(stood)]
    for action in tuple(with_decisions(uow, actions, today, known)):
        own = (lot for lot, suppliers in lots if action.supplier in suppliers)
        shown = [(lot, _anew(action, was[lot.batch], lot)) for lot in own]
        found = repeats(action, stood[action.id], shown)
        for one in found:
            uow.append(_repeated(uow, one), act)
        against = _against(uow, action, reports) if action.state == "closed" else ()
        stopping = _of_goods(uow, action, against, {(one.code, one.lot.product) for one in found})
        for (code, product), row in stopping.items():
            uow.append(_came_again(uow, action, code, product, row), act)
        if action.state == "closed" and not found and not stopping:
            if action.open_promises():
                uow.append(ActionUnproved(action.id, tuple(p.id for p in action.open_promises())), act)
            elif against:
                uow.append(ActionUnproved(action.id, (), against[0].report), act)


def _actions_of(uow: UnitOfWork, suppliers: Iterable[str]) -> dict[str, CorrectiveAction]:
    return {one.id: one for each in sorted(suppliers) for one in uow.actions(each)}


def _by_number(actions: Mapping[str, CorrectiveAction]) -> list[str]:
    return sorted(actions, key=lambda one: actions[one].number)


def note_reported(uow: UnitOfWork, hand: Hand, today: date, fact: DefectReported | DefectsReported) -> None:
    """Append what was reported from outside, and what that makes of the corrective actions that are about it."""
    fact = replace(fact, stops=True)
    rows = fact.rows if isinstance(fact, DefectsReported) else (fact,)
    codes = {code for one in uow.actions() for code in one.codes} if uow.last_action() else set()
    rows = tuple(row for row in rows if row.code in codes)
    batches = dict.fromkeys(row.batch for row in rows)
    with proving(uow, hand, today, *batches, suppliers=[row.supplier for row in rows], reports=rows):
        uow.append(fact, hand)


def _against(
    uow: UnitOfWork, action: CorrectiveAction, reports: Sequence[DefectReported]
) -> tuple[DefectReported, ...]:
    """Return the reports, on no batch that is known here, of what an action was about, found after it was closed."""
    assert action.closed_at is not None, "a closed action was closed"
    closed = log_day(action.closed_at)
    found = []
    for row in reports:
        later = row.batch is None and row.found_on is not None and row.found_on > closed
        if not later or row.code not in action.codes or row.supplier is None:
            continue
        product = uow.product(row.product).code if row.product is not None else ""
        own = action.product == "" or product in ("", action.product)
        if own and action.supplier in kin(row.supplier, uow.supplier_merges()):
            found.append(row)
    return tuple(found)


def _of_goods(
    uow: UnitOfWork, action: CorrectiveAction, reports: Iterable[DefectReported], shown: Set[tuple[str, str]]
) -> dict[tuple[str, str], DefectReported]:
    """Return by code and product the first report that stops these goods: of a product, and none for which a stop stands.

    Args: shown: what lots show already.
    """
    stopped = {(s.code, s.product) for s in action.stops if s.decided is None} | shown
    found: dict[tuple[str, str], DefectReported] = {}
    for row in reports:
        key = row.code, uow.product(row.product).code if row.product is not None else ""
        if key[1] and key not in stopped:
            found.setdefault(key, row)
    return found


def _anew(action: CorrectiveAction, was: LotFound, lot: LotFound) -> set[str]:
    """Return the codes that a lot shows now by another verdict than before, or as told of it from outside since."""
    found = set()
    if lot.verdict is not None and was.rounds != lot.rounds:
        found |= {code for code, units in lot.codes.items() if units}
    if lot.seq > action.seq:
        found |= lot.told.keys() - was.told.keys()
    return found


def _repeated(uow: UnitOfWork, one: Repeat) -> DefectRepeated:
    supplier = uow.batch(one.lot.batch).saved.supplier
    assert supplier is not None, "a lot that decides has its supplier"
    said = DefectRepeated(one.action, one.lot.batch, supplier, one.lot.product, one.code, one.defect_class)
    return _tightening(uow, said, (one.lot.number,))


def _came_again(
    uow: UnitOfWork, action: CorrectiveAction, code: str, product: str, row: DefectReported
) -> DefectRepeated:
    assert row.supplier is not None, "what is reported against an action has its supplier"
    said = DefectRepeated(action.id, None, row.supplier, product, code, row.defect_class, report=row.report)
    return _tightening(uow, said, ())


def _tightening(uow: UnitOfWork, said: DefectRepeated, lots: tuple[str, ...]) -> DefectRepeated:
    """Return it with what it tightens; ``lots``: the numbers that showed it."""
    version = uow.approved_for(said.product)
    switched = _tightened(uow, version, said, lots)
    switches = version is not None and version.content.switching is not None
    tightens: Tightens = "class" if switches else "rounds"
    return replace(said, switched=switched, tightens=tightens)


def _tightened(
    uow: UnitOfWork, version: ProcedureVersion | None, said: DefectRepeated, lots: tuple[str, ...]
) -> Switched | None:
    """Return the class tightened, where the procedure in use switches it and it is neither that nor discontinued yet."""
    if version is None or version.content.switching is None:
        return None
    if said.defect_class not in {rule.defect_class for rule in switched_classes(version.content.rules)}:
        return None
    known = uow.severities(said.supplier, said.product, version.code)
    standing = standing_of(known, said.defect_class, version.content.switching)
    if standing.state.severity in ("tightened", "discontinued"):
        return None
    state = SeverityState(said.defect_class, "tightened", Reason("repeated", lots), changed=True)
    return Switched(said.supplier, said.product, version.code, (state,))
