# SPDX-License-Identifier: Apache-2.0
"""What is lost is said by batch, act and person, and nothing is made up where it is not known."""

from __future__ import annotations

from qcdesk.domain.anchors import SeenAct
from qcdesk.i18n import Catalogue
from qcdesk.wording.losses import batches, told

WORDS = Catalogue()
ACTS = (
    SeenAct(7, "session.opened", "", "Linh"),
    SeenAct(8, "batch.saved", "DA-2", "Linh"),
    SeenAct(9, "batch.released", "DA-1", "Som"),
    SeenAct(10, "batch.shipped", "DA-1", ""),
    SeenAct(11, "auth.failed", "", ""),
)


def test_the_batches_come_first_each_once() -> None:
    assert batches(ACTS) == ("DA-2", "DA-1")
    assert told(ACTS, WORDS)[0] == "Something of 2 batches is lost: DA-2 and DA-1."
    assert told(ACTS[:2], WORDS)[0] == "Something of 1 batch is lost: DA-2."


def test_each_act_says_what_of_which_batch_by_whom_as_far_as_known() -> None:
    lines = told(ACTS, WORDS)[1:]
    assert lines[0].startswith("Event 7, Linh: ")
    assert lines[1].startswith("Event 8, batch DA-2, Linh: ")
    assert lines[3].startswith("Event 10, batch DA-1: ")
    assert lines[4].startswith("Event 11: ")


def test_of_many_the_newest_are_told_and_the_others_counted() -> None:
    lines = told([SeenAct(n, "batch.saved", f"DA-{n}") for n in range(1, 101)], WORDS, most=3)
    assert [line.split(",")[0] for line in lines[1:4]] == ["Event 98", "Event 99", "Event 100"]
    assert lines[4] == "And 97 earlier events."


def test_a_kind_that_nobody_knows_has_words_too() -> None:
    (line,) = told([SeenAct(7, "made.up")], WORDS)
    assert line == "Event 7: Something was put on record."


def test_nothing_lost_says_nothing() -> None:
    assert told((), WORDS) == ()
