# SPDX-License-Identifier: Apache-2.0
"""Whether one batch was brought by the rules to where it stands: its own lines replayed among those of no batch.

People, keys, procedures and the shop are of no batch; with the batch's own lines they are all that its rules ask, so it
costs what the house and the batch have, not what the other batches have; of other lots only those lines are read that
said last how strictly this one is inspected, and are believed. Whether the numbers of certificates run
without a gap, and from which event a seed follows, which hang on all batches, is left to the whole verification, and so
are the chain and the signatures of lines that are not the batch's own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from qcdesk.checker import lines
from qcdesk.checker.findings import not_voided
from qcdesk.checker.keys import SESSION, STATION
from qcdesk.checker.lines import BadLine
from qcdesk.checker.rules.replay import Replay
from qcdesk.checker.rules.switching import believe
from qcdesk.domain.log import StoredEvent

_OF_ALL = frozenset(
    ("rule_certificate_number", "rule_seed", "rule_concession_budget", "rule_nonconformity_number")
)


def keeps_the_rules(
    stored: Iterable[StoredEvent],
    own: Collection[int],
    bad: Collection[int],
    lots: Collection[int] = (),
) -> bool:
    """Tell whether nothing that a batch's own lines do is against a rule, but for what two people declared void.

    Args: stored: the lines of no batch, those of this one, and ``lots``, in their order. own: numbers of the batch's
        lines. bad: numbers of lines whose signatures are known not to be good. lots: numbers of the lines of other
        batches that said how strictly lots of this supplier are inspected; their signatures are known to be good.
    """
    rules = Replay()
    rules.believes = True
    for one in stored:
        if one.seq in lots:
            believe(rules, lines.read(lines.Row(one.seq, one.body, one.sig, one.hash)))
        elif one.seq in bad or not _counts(rules, one):
            _failed(rules, one)
    found = [f for f in (*rules.findings, *rules.owing()) if f.event in own and f.code not in _OF_ALL]
    return not not_voided(found, rules.voided)


def _failed(rules: Replay, stored: StoredEvent) -> None:
    """Put down a line that nobody signed, and which batch it speaks of, so that two may have declared it void."""
    rules.failed[stored.seq] = stored.hash.hex()
    batch = lines.said_by(lines.Row(stored.seq, stored.body, stored.sig, stored.hash)).get("batch")
    if type(batch) is str:
        rules.meant[stored.seq] = batch


def _counts(rules: Replay, stored: StoredEvent) -> bool:
    """Take a line; tell whether anybody known signed it."""
    try:
        line = lines.read(lines.Row(stored.seq, stored.body, stored.sig, stored.hash))
    except BadLine:
        return False
    rules.come_by(line)
    if rules.keys.of(line) is None:
        return False
    kind = rules.keys.kind(line)
    if (line.session is not None) == (kind == SESSION) and (line.by is None) == (kind == STATION):
        rules.apply(line)
    return True
