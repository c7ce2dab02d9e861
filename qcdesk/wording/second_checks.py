# SPDX-License-Identifier: Apache-2.0
"""What a second check buys, in words: the ways of checking, and what came of imagined batches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from qcdesk.domain.simulating import SecondCheck, Simulated
from qcdesk.i18n import Catalogue, mark

NAMES: Final[dict[SecondCheck, str]] = {
    "none": mark("no check"),
    "single": mark("one check"),
    "primed": mark("a second who saw the first result"),
    "blind": mark("a second blind check, same units"),
    "split": mark("a second blind check, other units"),
}


def told(played: Sequence[Simulated], words: Catalogue) -> tuple[str, ...]:
    """Return one sentence for each way of checking, and what all of it assumes."""
    if not played:
        return ()
    one = played[0].of
    lines = [shipped(each, words) for each in played]
    lines.append(
        words.say(
            "Assumed: each batch of {size} has {rate} % bad units; the first finds {first} % of those looked at, the "
            "second {second} %, each by chance alone; a third person settles rightly what they disagree on.",
            size=one.lot_size,
            rate=_percent(one.bad_rate),
            first=_percent(one.detect_first),
            second=_percent(one.detect_second),
        )
    )
    if any(each.of.mode == "primed" for each in played):
        lines.append(
            words.say(
                "A second person who saw the first result finds {share} % of what the first missed.",
                share=_percent(one.primed_detect),
            )
        )
    return tuple(lines)


def shipped(one: Simulated, words: Catalogue) -> str:
    """Return how often such a batch ships: ``With one check, such a batch ships 37 times in 100 (35 to 39).``"""
    return words.say(
        "With {way}, such a batch ships {times} times in 100 ({low} to {high}).",
        way=words.say(NAMES[one.of.mode]),
        times=f"{100 * (one.shipped.value or 0):.0f}",
        low=f"{100 * one.shipped.low:.0f}",
        high=f"{100 * one.shipped.high:.0f}",
    )


def _percent(share: float) -> str:
    return f"{100 * share:.10g}"
