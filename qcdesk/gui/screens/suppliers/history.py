# SPDX-License-Identifier: Apache-2.0
"""What happened with a supplier, newest first: deliveries, actions, mail, promises, audits, and who said what of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from qcdesk.domain.corrective import CorrectiveAction
from qcdesk.gui.widgets.timeline import Happening
from qcdesk.i18n import Catalogue
from qcdesk.services.audit_rows import AuditListRow
from qcdesk.services.nonconformity_rows import NonconformityRow
from qcdesk.services.rows import SupplierPage
from qcdesk.wording import ages, audits, corrective, nonconformities
from qcdesk.wording.suppliers import SUPPLIER_WORDS

MOST = 12
_Line = tuple[int, str, str, str, bool]
"""When, what, a note, an icon, and whether it was decided rather than put down."""


def happened(
    page: SupplierPage,
    actions: Sequence[CorrectiveAction],
    audited: Sequence[AuditListRow],
    amiss: Sequence[NonconformityRow],
    today: date,
    words: Catalogue,
) -> tuple[Happening, ...]:
    """Return the newest of it."""
    lines = [*_of_page(page, words), *_of_actions(actions, words), *_of_audits(audited, words)]
    for row in amiss:
        number, about = nonconformities.number(row), nonconformities.about(row, words)
        opened = words.say("{number} opened on {batch}", number=number, batch=row.batch_number)
        lines.append((row.opened_at, opened, about, "tag", False))
        if row.closed_at is not None:
            lines.append((row.closed_at, words.say("{number} closed", number=number), about, "check", True))
    newest = sorted(lines, key=lambda line: -line[0])[:MOST]
    return tuple(_happening(line, today, words) for line in newest)


def _happening(line: _Line, today: date, words: Catalogue) -> Happening:
    at, what, note, icon, act = line
    on = ages.local(at).date()
    clock = "" if at == ages.begins(on) else ages.clock(at)  # what a day decided has no time
    return Happening(ages.near_day(on, today, words), clock, what, note, icon, act)


def _of_page(page: SupplierPage, words: Catalogue) -> Iterator[_Line]:
    if page.standing.seq:
        word = words.say(SUPPLIER_WORDS[page.standing.status])
        yield page.standing.at, word, page.standing.reason, "shield-check", True
    for batch in page.batches:
        came = words.count(
            "{batch}: {n} pc came in", "{batch}: {n} pcs came in", batch.quantity, batch=batch.number
        )
        yield batch.registered_at, came, batch.product, "truck", False


def _of_actions(actions: Sequence[CorrectiveAction], words: Catalogue) -> Iterator[_Line]:
    say = words.say
    for action in actions:
        yield action.at, say("{action} opened", action=action.name), action.title, "clipboard-list", True
        for told in action.told:
            sent = told.kind == "sent"
            line = (
                say("{action}: mail sent", action=action.name)
                if sent
                else say("{action}: answer came", action=action.name)
            )
            yield told.at, line, told.who, "send" if sent else "pen-line", False
        for promise in action.promises:
            line = say("{action}: promised by {day}", action=action.name, day=promise.due.isoformat())
            yield promise.at, line, promise.words.split("\n")[0], "clock", False
            decided = promise.decision
            if decided.on is not None and decided.state != "open":
                state = corrective.promise_state(promise, words)
                line = say("{action}: {state}", action=action.name, state=state)
                yield ages.begins(decided.on), line, corrective.why(promise, words), "scale", True
        if action.closed_at is not None:
            yield action.closed_at, say("{action} closed", action=action.name), action.title, "check", True


def _of_audits(audited: Sequence[AuditListRow], words: Catalogue) -> Iterator[_Line]:
    for one in audited:
        begun = words.say("Audit {audit} begun", audit=one.name)
        yield one.opened_at, begun, one.auditor_name, "clipboard-list", False
        if one.closed_at is not None and one.result is not None:
            closed = words.say(
                "Audit {audit}: {state}.", audit=one.name, state=audits.result(one.result, words)
            )
            yield one.closed_at, closed, one.reviewer_name, "check-check", True
