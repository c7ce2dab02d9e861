# SPDX-License-Identifier: Apache-2.0
"""A desk put away at any line and taken out again is the same, and goes on to the same findings."""

from __future__ import annotations

from pathlib import Path

import pytest

from qcdesk.checker.rules.desk import Desk
from qcdesk.checker.rules.replay import Replay
from qcdesk.checker.rules.shelf import plain, put_away, take_out, thawed
from qcdesk.checker.walk import Standing, Walk
from tests.checker.logs import rows


def known(desk: Desk) -> dict[str, object]:
    """Return all that a desk knows, its findings apart."""
    found = {name: getattr(desk, name) for name in Desk.KNOWS if name not in ("findings", "keys", "batches")}
    keys = desk.keys
    return {
        **found,
        "active": keys.active,
        "ever": keys.ever,
        "batches": {b.id: b for b in desk.batches.values()},
    }


def test_a_desk_taken_out_at_any_line_goes_on_as_if_it_had_never_been_put_away(played: Path) -> None:
    log = rows(played)
    whole = Walk(Replay(), Standing())
    whole.take(log)
    assert whole.rules.findings == []
    for cut in range(1, len(log), 37):
        begun = Walk(Replay(), Standing())
        begun.take(log[:cut])
        desk = Replay()
        take_out(put_away(begun.rules), desk)
        assert known(desk) == known(begun.rules)
        again = Walk(desk, begun.standing)
        again.take(log[cut:])
        assert desk.findings == []
        assert known(desk) == known(whole.rules)


@pytest.mark.parametrize(
    "value",
    [
        {"@": "x"},
        {"=": "Person"},
        {"&": 1, "(": 2},
        {(None, "a"): ("major", 2)},
        {1: None},
        {"a", "b"},
        ([1], {}),
        "",
    ],
)
def test_a_value_comes_back_as_it_was(value: object) -> None:
    back = thawed(plain(value))
    assert (back, type(back)) == (value, type(value))


def test_a_text_that_lacks_something_is_refused(played: Path) -> None:
    walk = Walk(Replay(), Standing())
    walk.take(rows(played)[:50])
    text = put_away(walk.rules)
    for wrong in (
        b"",
        b"{}",
        text.replace(b'"people":', b'"folk":', 1),
        text.replace(b'"ever":', b'"never":', 1),
    ):
        with pytest.raises((ValueError, KeyError, TypeError)):
            take_out(wrong, Replay())
