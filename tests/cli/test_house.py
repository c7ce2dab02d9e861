# SPDX-License-Identifier: Apache-2.0
"""The scoreboard by commands, on the screen and as one page of paper, with figures that come in as a list."""

from __future__ import annotations

from qcdesk.reports import pages
from tests.cli.shops import Shop, problem

FIGURES = "month,repeat_orders,referrals\n2026-01,12,3\n2026-02,14,2\n"


def lived(shop: Shop) -> None:
    """Let the shop release a batch a month, and take a complaint in the last one."""
    shop.procedure("IP-204")
    for number in range(1, 9):
        shop.batch(f"B-{number}")
        shop.check("an", f"B-{number}")
        shop.check("binh", f"B-{number}")
        shop.good("batch", "release", f"B-{number}", who="binh")
        shop.clock.forward(days=30)
    shop.good("complaint", "add", "--customer", "Nova", "--words", "It rattles.", who="an")


def test_the_scoreboard_is_told_and_printed_on_one_page(shop: Shop) -> None:
    lived(shop)
    found = shop.good("scoreboard")
    figures = {one["code"]: one for one in found["figures"]}
    assert len(figures) == 10
    assert (found["month"], found["running"]) == ("2026-09", "2026-10")
    assert (figures["written"]["word"], figures["spoken"]["so_far"]["count"]) == ("as_before", 1)
    assert {month["count"] for month in figures["rework"]["months"]} == {0}
    assert figures["turnaround"]["value"] > 0
    assert figures["units_per_hour"]["months"][0]["value"] > 0
    assert found["sentences"] == []
    assert "nothing left its usual range" in shop("scoreboard", text=True).out
    earlier = shop.good("scoreboard", "--month", "2026-05")
    assert (earlier["month"], earlier["figures"][0]["word"]) == ("2026-05", "too_few")
    for command, title in (
        (("scoreboard",), "Scoreboard"),
        (("period", "2026-09"), "summary, 1 Sep 2026 to 30 Sep 2026"),
    ):
        file = shop.folder / f"{command[0]}.pdf"
        assert shop.good("report", *command, "-o", str(file))["pages"] == 1
        [text] = pages.text(file.read_bytes())
        assert title in text and "From receipt to release" in text
    assert problem(shop("report", "period", "2026-10", "-o", str(shop.folder / "x.pdf"))) == "month_not_over"


def test_figures_of_months_come_in_as_a_list_all_or_none(shop: Shop) -> None:
    file = shop.folder / "figures.csv"
    file.write_text(FIGURES)
    assert shop.good("import", "figures", str(file), who="an")["created"] == 2
    file.write_text(FIGURES.replace("14", "15"))
    again = shop.good("import", "figures", str(file), who="an")
    assert (again["updated"], again["unchanged"]) == (1, 1)
    file.write_text(FIGURES + "2099-01,1,1\n2026-03,-1,1\n")
    refused = shop("import", "figures", str(file), who="an")
    assert refused.status == 2
    told = shop.good("complaint", "figures", "2026-03", "--repeat-orders", "9", "--referrals", "1", who="an")
    assert [(m["month"], m["repeat_orders"]) for m in told["months"]] == [
        ("2026-01", 12),
        ("2026-02", 15),
        ("2026-03", 9),
    ]
    assert shop.good("verify")["ok"]
