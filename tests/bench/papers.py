# SPDX-License-Identifier: Apache-2.0
"""Long and many papers: a period summary of thousands of pages, and certificates on all cores.

The summary is a table of seven columns with a line for each supplier; the bare side is that of ``report``: the same texts
in as many pages, neither wrapped nor measured. Memory is the most that a process of its own took, in kB instead of µs,
against the 300 MB that it may take for 2,000 pages.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from qcdesk import config
from qcdesk.i18n import Catalogue
from qcdesk.reports import chart_sheets, many, pages
from qcdesk.services.chart_sheets import ChartSheet
from tests.bench.measuring import Bench, Line, Size, Spread, against, compare
from tests.bench.report import FONT, by_platypus
from tests.reports.test_conformity import certificate

A_PAGE = 41  # rows
MOST_MEMORY = 300_000  # kB
LANGUAGES = ("en", "vi")


def summary(many_pages: int) -> ChartSheet:
    """Return a period summary with so many rows that it has about as many pages."""
    names = ("Cơ khí Đông Á", "苏州精密", "บริษัทไทยโลหะ", "Red River Castings")
    rows = tuple(
        (f"{names[n % 4]} {n}", f"{n % 90}", f"{n % 7}", "0.4 %", "0.1 %", "1.2 %", "as before")
        for n in range(many_pages * A_PAGE)
    )
    heads = ("Supplier", "Lots", "Rejected", "Rate", "From", "To", "Against its past")
    return ChartSheet("Period summary 2026-10", "", ("All suppliers",), None, heads, rows, (), "summary")


def drawn(sheet: ChartSheet) -> bytes:
    """Return the summary as a PDF."""
    return chart_sheets.render(sheet, "Vĩnh Tiến", "2026-11-01", Catalogue(), "A4")


def certificates(count: int) -> Iterator[tuple[int, many.Filled | many.Wrong]]:
    """Yield certificates of different numbers, filled in."""
    one = certificate()
    for number in range(1, count + 1):
        yield number, replace(one, number=number)


def _on_all_cores(count: int) -> None:
    assert sum(1 for _ in many.drawn(certificates(count), LANGUAGES)) == count


def _on_one(count: int) -> None:
    for _, filled in certificates(count):
        assert not isinstance(filled, many.Wrong)
        many.draw(filled, LANGUAGES)


def _certificates(count: int) -> Line:
    """Return how certificates on all cores compare with those on one."""
    return compare(
        f"{count} certificates on all cores against one, µs each",
        "0.6x on two cores",
        ours=partial(_on_all_cores, count),
        base=partial(_on_one, count),
        rounds=1,
        per=count,
        warm=0,
    )


def _apart(what: str, many_of_it: int) -> Any:  # noqa: ANN401 - numbers, or the fields of a line
    """Return what a process of its own measures: one as light as the program, which each further process loads again."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.papers", what, str(many_of_it)],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    return json.loads(done.stdout)


def _memory(many_pages: int) -> Spread:
    most = float(_apart("memory", many_pages))
    return Spread(most, most, most)


def _certificates_apart(count: int) -> Line:
    said = _apart("certificates", count)
    return Line(**{**said, "ours": Spread(**said["ours"]), "base": Spread(**said["base"])})


def run(_folder: Path, size: Size) -> list[Line]:
    """Draw a long summary and as many bare pages, weigh a longer one, and certificates one by one and on all cores."""
    pdfmetrics.registerFont(TTFont(FONT, str(config.resource("fonts") / "NotoSans-Regular.ttf")))
    sheet = summary(size.pages)
    count = pages.page_count(drawn(sheet))
    tables = [
        [list(row) for row in sheet.rows[len(sheet.rows) * n // count : len(sheet.rows) * (n + 1) // count]]
        for n in range(count)
    ]
    longest, certified = size.pages * 50, size.few // 2
    limit = Spread(MOST_MEMORY, MOST_MEMORY, MOST_MEMORY)
    return [
        compare(
            f"page of a summary of {count}, µs a page",
            "1.25x (0.8x of its pages/s)",
            ours=partial(drawn, sheet),
            base=partial(by_platypus, tables),
            rounds=min(size.rounds, 5),
            per=count,
        ),
        against(f"memory of {longest} pages, kB", "1.0x", _memory(longest), limit, None),
        _certificates_apart(certified),
    ]


BENCH = Bench("papers", "long papers and many", run)

if __name__ == "__main__":
    import resource

    if sys.argv[1] == "memory":
        drawn(summary(int(sys.argv[2])))
        sys.stdout.write(json.dumps(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))
    else:
        sys.stdout.write(json.dumps(asdict(_certificates(int(sys.argv[2])))))
