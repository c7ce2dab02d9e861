# SPDX-License-Identifier: Apache-2.0
"""What a second check buys, from the command line."""

from __future__ import annotations

import pytest

from tests.cli.console import Console

CONSOLE = Console()
SMALL = ("simulate", "--lots", "60", "--lot-size", "200", "--bad-rate", "0.05")


def test_a_simulation_has_the_fields_of_the_contract() -> None:
    data = CONSOLE(
        *SMALL, "--detect-first", "0.8", "--detect-second", "0.7", "--mode", "blind", "--json"
    ).data
    assert 0 <= data["shipped_bad_low"] <= data["shipped_bad"] <= data["shipped_bad_high"] <= 1
    assert data["units_inspected"] == pytest.approx(60 * data["units_per_lot"])
    assert data["minutes"] == pytest.approx(data["units_inspected"] / 2)


def test_without_a_mode_all_of_them_are_told_side_by_side() -> None:
    data = CONSOLE(*SMALL, "--json").data
    assert [one["mode"] for one in data["modes"]] == ["none", "single", "primed", "blind", "split"]
    ran = CONSOLE(*SMALL)
    assert "With one check, such a batch ships " in ran.out
    assert " ship after one check and " in ran.out
    assert "has 5 % bad units; the first finds 80 % of those looked at" in ran.out


@pytest.mark.parametrize(
    ("options", "units"),
    [
        (("--kind", "zero", "--n", "20"), 20),
        (("--kind", "zero", "--aql", "1.5"), 32),
        (("--kind", "all"), 200),
        (("--class", "critical", "--aql", "1.5"), 32),
    ],
)
def test_every_rule_that_a_procedure_can_have_is_played(options: tuple[str, ...], units: int) -> None:
    data = CONSOLE(*SMALL, *options, "--mode", "single", "--json").data
    assert data["units_per_lot"] == units


def test_samples_one_after_another_have_no_second_check_on_other_units() -> None:
    data = CONSOLE(*SMALL, "--type", "double", "--json").data
    assert [one["mode"] for one in data["modes"]] == ["none", "single", "primed", "blind"]
    said = "Other units are no way here: samples one after the other cannot be shared."
    assert said in CONSOLE(*SMALL, "--type", "double").out
    assert said not in CONSOLE(*SMALL).out


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--mode", "twice"), "unknown_mode"),
        (("--detect-first", "80"), "share"),
        (("--aql", "1.1"), "unknown_aql"),
        (("--lots", "0"), "quantity_too_small"),
        (("--n", "20"), "n_needs_zero_rule"),
        (("--kind", "some"), "unknown_rule_kind"),
        (("--class", "great"), "unknown_class"),
        (("--bad-rate", "nan"), "number"),
        (("--bad-rate", "1", "--lots", "1000000"), "too_much_to_play"),
    ],
)
def test_what_cannot_be_simulated_is_refused(options: tuple[str, ...], code: str) -> None:
    ran = CONSOLE(*SMALL, *options, "--json")
    assert (ran.status, ran.error["code"]) == (2, code)
