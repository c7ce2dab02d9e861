# SPDX-License-Identifier: Apache-2.0
"""Double and multiple sampling as data: the size of each sample, and the cumulative Ac and Re after each.

A double or multiple plan stands beside the single plan of the same cell, has its letter, and accepts nearly as often at
every quality. So it is written by the single plan's numbers: ``"3": "1/4 4/5"`` says that beside a single plan of Ac 3
stands a double one that accepts at 1 and rejects at 4 in the first sample, and accepts at 4 and rejects at 5 in both
together. ``#`` is no acceptance yet. Letters below the smallest of the sizes have no such plan: the printed tables send
the reader from multiple to double sampling there, and from double to single.

Source: MIL-STD-105E tables III-A to III-C and IV-A to IV-C (public domain; identical in ANSI/ASQ Z1.4), and tables 3-A
    to 3-C and 4-A to 4-C of ISO 2859-1:1999 in its national adoption GB/T 2828.1-2012.
What they rest on: the Z1.4 plans on two public transcriptions, which agree in 1242 of the 1248 cells of double and 1233
    of the 1248 of multiple sampling. The ISO plans on one transcription, with two misprints repaired. All were checked
    by matching the probability of acceptance with the single plan's. ``RESTS_ON`` says it for screens and reports.
Disputed: ``DISPUTED_CELLS`` names the cells of Z1.4 in which the two differ; what is kept fits the single plans better,
    or is the only one that can be. Double, normal: A/10 and A/15 (one sends to the single plan, where an arrow leads to
    the double one), K to N/100 (one has Re 26 beside Ac 26). Multiple, normal: F/100 and F/150 (one keeps the samples of
    F, 5 units, where the arrow leads to E, 3). Multiple, tightened, beside Ac 3, D/25 to R/0.10: the first Re is 3 here,
    as in normal inspection; one has 2.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from qcdesk.statistics.sampling_tables import AQLS, Severity, Standard

PlanType = Literal["single", "double", "multiple"]
RestsOn = Literal["several", "two", "one", "disputed"]
"""How many public transcriptions of the table agree; ``disputed``: they differ on this very plan."""

PLAN_TYPES: tuple[PlanType, ...] = ("single", "double", "multiple")
RESTS_ON: dict[tuple[Standard, PlanType], RestsOn] = {
    ("iso2859-1:1999", "single"): "several",
    ("iso2859-1:1999", "double"): "one",
    ("iso2859-1:1999", "multiple"): "one",
    ("z1.4", "single"): "several",
    ("z1.4", "double"): "two",
    ("z1.4", "multiple"): "two",
}
# Cells on which the transcriptions differ: (row letter, AQL) by table.
DISPUTED_CELLS: dict[tuple[Standard, PlanType, Severity], frozenset[tuple[str, Decimal]]] = {
    ("z1.4", "double", "normal"): frozenset(
        {("A", Decimal(10)), ("A", Decimal(15)), *((letter, Decimal(100)) for letter in "KLMN")}
    ),
    ("z1.4", "multiple", "normal"): frozenset({("F", Decimal(100)), ("F", Decimal(150))}),
    ("z1.4", "multiple", "tightened"): frozenset(zip("DEFGHJKLMNPQR", AQLS[17:4:-1], strict=True)),
}

_SIZES = (2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 1250, 2000)


def _sizes(letters: str) -> dict[str, int]:
    return dict(zip(letters, _SIZES[: len(letters)], strict=True))


# Units of each sample by letter, all samples of a plan alike. S occurs in tightened inspection only.
STAGE_SIZES: dict[tuple[PlanType, Severity], dict[str, int]] = {
    ("double", "normal"): _sizes("BCDEFGHJKLMNPQR"),
    ("double", "tightened"): _sizes("BCDEFGHJKLMNPQRS"),
    ("double", "reduced"): _sizes("DEFGHJKLMNPQR"),
    ("multiple", "normal"): _sizes("DEFGHJKLMNPQR"),
    ("multiple", "tightened"): _sizes("DEFGHJKLMNPQRS"),
    ("multiple", "reduced"): _sizes("FGHJKLMNPQR"),
}
STAGES: dict[tuple[Standard, PlanType, Severity], dict[str, str]] = {
    ("iso2859-1:1999", "double", "normal"): {
        "1": "0/2 1/2",
        "2": "0/3 3/4",
        "3": "1/3 4/5",
        "5": "2/5 6/7",
        "7": "3/6 9/10",
        "10": "5/9 12/13",
        "14": "7/11 18/19",
        "21": "11/16 26/27",
        "30": "17/22 37/38",
        "44": "25/31 56/57",
    },
    ("iso2859-1:1999", "double", "tightened"): {
        "1": "0/2 1/2",
        "2": "0/3 3/4",
        "3": "1/3 4/5",
        "5": "2/5 6/7",
        "8": "4/7 10/11",
        "12": "6/10 15/16",
        "18": "9/14 23/24",
        "27": "15/20 34/35",
        "41": "23/29 52/53",
    },
    ("iso2859-1:1999", "double", "reduced"): {
        "1": "0/2 1/2",
        "2": "0/3 3/4",
        "3": "1/3 4/5",
        "5": "2/4 5/6",
        "6": "3/6 7/8",
        "8": "4/7 10/11",
        "10": "5/9 12/13",
        "14": "7/11 18/19",
        "21": "11/16 26/27",
    },
    ("iso2859-1:1999", "multiple", "normal"): {
        "1": "#/2 0/2 0/2 0/2 1/2",
        "2": "#/2 0/3 0/3 1/3 3/4",
        "3": "#/3 0/3 1/4 2/5 4/5",
        "5": "#/4 1/5 2/6 4/7 6/7",
        "7": "0/4 1/6 3/8 5/9 9/10",
        "10": "0/5 3/8 6/10 9/12 12/13",
        "14": "1/7 4/10 8/13 12/17 18/19",
        "21": "2/9 7/14 13/19 20/25 26/27",
        "30": "4/12 11/19 19/27 28/34 37/38",
        "44": "6/16 17/27 29/38 40/48 56/57",
    },
    ("iso2859-1:1999", "multiple", "tightened"): {
        "1": "#/2 0/2 0/2 0/2 1/2",
        "2": "#/2 0/3 0/3 1/3 3/4",
        "3": "#/3 0/3 1/4 2/5 4/5",
        "5": "#/4 1/5 2/6 4/7 6/7",
        "8": "0/4 2/7 4/9 6/11 10/11",
        "12": "0/6 3/9 7/12 11/15 15/16",
        "18": "1/8 6/12 11/17 16/22 23/24",
        "27": "3/10 10/17 17/24 25/31 34/35",
        "41": "6/15 16/25 26/35 38/45 52/53",
    },
    ("iso2859-1:1999", "multiple", "reduced"): {
        "1": "#/2 0/2 0/2 0/2 1/2",
        "2": "#/2 0/3 0/3 1/3 3/4",
        "3": "#/3 0/3 1/4 2/5 4/5",
        "5": "#/3 1/4 2/5 3/5 5/6",
        "6": "0/4 1/6 2/7 4/8 7/8",
        "8": "0/4 2/7 4/9 6/11 10/11",
        "10": "0/5 3/8 6/10 9/12 12/13",
    },
    ("z1.4", "double", "normal"): {
        "1": "0/2 1/2",
        "2": "0/3 3/4",
        "3": "1/4 4/5",
        "5": "2/5 6/7",
        "7": "3/7 8/9",
        "10": "5/9 12/13",
        "14": "7/11 18/19",
        "21": "11/16 26/27",
        "30": "17/22 37/38",
        "44": "25/31 56/57",
    },
    ("z1.4", "double", "tightened"): {
        "1": "0/2 1/2",
        "2": "0/3 3/4",
        "3": "1/4 4/5",
        "5": "2/5 6/7",
        "8": "3/7 11/12",
        "12": "6/10 15/16",
        "18": "9/14 23/24",
        "27": "15/20 34/35",
        "41": "23/29 52/53",
    },
    ("z1.4", "double", "reduced"): {
        "0/2": "0/2 0/2",
        "1/3": "0/3 0/4",
        "1/4": "0/4 1/5",
        "2/5": "0/4 3/6",
        "3/6": "1/5 4/7",
        "5/8": "2/7 6/9",
        "7/10": "3/8 8/12",
        "10/13": "5/10 12/16",
        "14/17": "7/12 18/22",
        "21/24": "11/17 26/30",
    },
    ("z1.4", "multiple", "normal"): {
        "1": "#/2 #/2 0/2 0/3 1/3 1/3 2/3",
        "2": "#/2 0/3 0/3 1/4 2/4 3/5 4/5",
        "3": "#/3 0/3 1/4 2/5 3/6 4/6 6/7",
        "5": "#/4 1/5 2/6 3/7 5/8 7/9 9/10",
        "7": "0/4 1/6 3/8 5/10 7/11 10/12 13/14",
        "10": "0/5 3/8 6/10 8/13 11/15 14/17 18/19",
        "14": "1/7 4/10 8/13 12/17 17/20 21/23 25/26",
        "21": "2/9 7/14 13/19 19/25 25/29 31/33 37/38",
        "30": "4/12 11/19 19/27 27/34 36/40 45/47 53/54",
        "44": "6/16 17/27 29/39 40/49 53/58 65/68 77/78",
    },
    ("z1.4", "multiple", "tightened"): {
        "1": "#/2 #/2 0/2 0/3 1/3 1/3 2/3",
        "2": "#/2 0/3 0/3 1/4 2/4 3/5 4/5",
        "3": "#/3 0/3 1/4 2/5 3/6 4/6 6/7",
        "5": "#/4 1/5 2/6 3/7 5/8 7/9 9/10",
        "8": "0/4 2/7 4/9 6/11 9/12 12/14 14/15",
        "12": "0/6 3/9 7/12 10/15 14/17 18/20 21/22",
        "18": "1/8 6/12 11/17 16/22 22/25 27/29 32/33",
        "27": "3/10 10/17 17/24 24/31 32/37 40/43 48/49",
        "41": "6/15 16/25 26/36 37/46 49/55 61/64 72/73",
    },
    ("z1.4", "multiple", "reduced"): {
        "0/2": "#/2 #/2 0/2 0/3 0/3 0/3 1/3",
        "1/3": "#/2 #/3 0/3 0/4 0/4 1/5 1/5",
        "1/4": "#/3 #/3 0/4 0/5 1/6 1/6 2/7",
        "2/5": "#/3 0/4 0/5 1/6 2/7 3/7 4/8",
        "3/6": "#/4 0/5 1/6 2/7 3/8 4/9 6/10",
        "5/8": "#/4 1/6 2/8 3/10 5/11 7/12 9/14",
        "7/10": "0/5 1/7 3/9 5/12 7/13 10/15 13/17",
        "10/13": "0/6 3/9 6/12 8/15 11/17 14/20 18/22",
    },
}
# How the standard itself calls the table.
STAGE_TABLE_NAMES: dict[tuple[Standard, PlanType, Severity], str] = {
    ("iso2859-1:1999", "double", "normal"): "3-A",
    ("iso2859-1:1999", "double", "tightened"): "3-B",
    ("iso2859-1:1999", "double", "reduced"): "3-C",
    ("iso2859-1:1999", "multiple", "normal"): "4-A",
    ("iso2859-1:1999", "multiple", "tightened"): "4-B",
    ("iso2859-1:1999", "multiple", "reduced"): "4-C",
    ("z1.4", "double", "normal"): "III-A",
    ("z1.4", "double", "tightened"): "III-B",
    ("z1.4", "double", "reduced"): "III-C",
    ("z1.4", "multiple", "normal"): "IV-A",
    ("z1.4", "multiple", "tightened"): "IV-B",
    ("z1.4", "multiple", "reduced"): "IV-C",
}
