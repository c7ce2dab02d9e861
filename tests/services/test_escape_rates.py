# SPDX-License-Identifier: Apache-2.0
"""Escape rates: each batch that went out counts once, by procedure version, plan, and the two who looked."""

from __future__ import annotations

import pytest

from qcdesk.i18n import Catalogue
from qcdesk.services.care_rows import WentOutRow
from qcdesk.services.escape_rates import all_rates, escape_rates
from qcdesk.wording import escapes

EN = Catalogue()


def out(number: int, *, escape: bool = False, version: int = 1, pair: tuple[str, str] = ("Linh", "Som"),
        n: int = 80) -> WentOutRow:  # fmt: skip
    accepts = (("critical", 0), ("major", 5))
    return WentOutRow(f"b{number}", number, "IP-204", version, *pair, n, "normal", accepts, escape)


def test_a_pair_is_one_whoever_was_first_and_stands_in_the_order_of_names() -> None:
    rows = [
        out(1, escape=True),
        out(2, pair=("Som", "Linh")),
        out(3, pair=("An", "Som")),
    ]
    found = escape_rates(rows, "pair")
    assert [(one.key, one.share.hits, one.share.n) for one in found] == [
        (("An", "Som"), 0, 1),
        (("Linh", "Som"), 1, 2),
    ]
    assert escapes.name(found[1], EN) == "Linh and Som"


def test_versions_and_plans_are_counted_apart_each_with_an_exact_interval() -> None:
    rows = [*(out(number, escape=number == 1) for number in range(1, 11)), out(11, version=2, n=125)]
    by_version = escape_rates(rows, "procedure")
    assert [one.key for one in by_version] == [("IP-204", 1), ("IP-204", 2)]
    share = by_version[0].share
    assert [share.low, share.high] == pytest.approx([0.0025, 0.4450], abs=1e-4)  # Clopper-Pearson, 1 of 10
    plans = escape_rates(rows, "plan")
    assert [one.row.n for one in plans] == [80, 125]
    assert escapes.name(plans[0], EN) == "80 units, Normal inspection; accepts Critical 0, Major 5"
    assert escapes.sentence(by_version[0], EN) == (
        "IP-204 v1: of 10 batches that went out, 1 had an escape. What nobody complained of is not counted."
    )
    assert set(all_rates(())) == {"procedure", "plan", "pair"}
