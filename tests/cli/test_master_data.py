# SPDX-License-Identifier: Apache-2.0
"""Products, defect codes, instruments and the shop by commands."""

from __future__ import annotations

from tests.cli.shops import Shop, problem, rule


def test_products_are_added_by_revision(shop: Shop) -> None:
    shop.good("product", "add", "PH-205", "--name", "Lid", "--revision", "A", who="an")
    shop.good("product", "add", "PH-205", "--name", "Lid", "--revision", "B", who="an")
    assert (
        rule(shop("product", "add", "PH-205", "--name", "Lid", "--revision", "B", who="an"))
        == "already-there"
    )
    assert [p["revision"] for p in shop.good("product", "list")["products"] if p["code"] == "PH-205"] == [
        "A",
        "B",
    ]


def test_defect_codes_have_a_class_and_local_names(shop: Shop) -> None:
    args = ("catalogue", "add", "DNT", "--name", "Dent")
    assert problem(shop(*args, "--class", "huge", who="an")) == "defect_class"
    shop.good(*args, "--class", "major", "--local", "vi=Vết lõm", who="an")
    code = shop.good("catalogue", "list")["codes"][0]
    assert code["class"] == "major" and code["names"] == [{"language": "vi", "name": "Vết lõm"}]


def test_instruments_are_calibrated_and_blocked(shop: Shop) -> None:
    shop.good("instrument", "add", "C-07", "--kind", "caliper", "--until", "2026-06-30", who="an")
    assert (
        shop.good("instrument", "block", "C-07", "--why", "dropped", who="an")["instrument"]["blocked"]
        is True
    )
    later = ("instrument", "calibrate", "C-07", "--until", "2027-06-30")
    assert rule(shop(*later, who="an")) == "two-needed"
    earlier = shop.good("instrument", "calibrate", "C-07", "--until", "2026-05-01", who="an")["instrument"]
    assert earlier["calibrated_until"] == "2026-05-01"
    after = shop.good(*later, who="an", beside=("binh",))["instrument"]
    assert (after["calibrated_until"], after["blocked"]) == ("2027-06-30", True)
    assert rule(shop(*later, "--unblock", who="an")) == "two-needed"
    after = shop.good(*later, "--unblock", who="an", beside=("binh",))["instrument"]
    assert after["blocked"] is False
    assert problem(shop("instrument", "block", "C-99", "--why", "x", who="an")) == "unknown_instrument"


def test_the_shop_says_how_it_is_called(shop: Shop) -> None:
    assert shop.good("shop", "show")["shop"]["name"] == "Xưởng Một"
    done = shop.good("shop", "set", "--address", "12 Trần Phú", "--paper", "Letter", who="an")["shop"]
    assert (done["name"], done["address"], done["paper"]) == ("Xưởng Một", "12 Trần Phú", "Letter")
    assert problem(shop("shop", "set", "--paper", "A3", who="an")) == "unknown_kind"
    house = ("shop", "set", "--footer", "MST 0301 234 567", "--accent")
    assert problem(shop(*house, "blue", who="an")) == "accent"
    assert problem(shop(*house, "#FFEE00", who="an")) == "accent_pale"
    assert shop.good(*house, "#7a1f5c", who="an")["shop"]["accent"] == "#7A1F5C"
    kept = shop.good("shop", "set", "--name", "Xưởng Hai", who="an")["shop"]
    assert (kept["footer"], kept["accent"]) == ("MST 0301 234 567", "#7A1F5C")


def test_a_third_person_at_the_release_is_a_setting(shop: Shop) -> None:
    shop.third()
    shop.good("shop", "set", "--third-person-releases", who="an")
    shop.batch()
    shop.check("an", "B-1")
    shop.check("binh", "B-1")
    assert rule(shop("batch", "release", "B-1", who="binh")) == "third-releases"
    off = ("shop", "set", "--no-third-person-releases")
    assert problem(shop(*off, who="binh")) == "with_needed"
    shop.good(*off, who="binh", beside=("chi",))
    shop.good("shop", "set", "--third-person-releases", who="an")
    assert shop.good("batch", "release", "B-1", who="chi")["state"] == "released"


def test_only_an_administrator_changes_the_shop(shop: Shop) -> None:
    shop.third("chi", "inspector")
    assert rule(shop("shop", "set", "--name", "Mine", who="chi")) == "role"
