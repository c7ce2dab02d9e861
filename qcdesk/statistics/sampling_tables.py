# SPDX-License-Identifier: Apache-2.0
"""The master tables of attribute sampling as data: code letters, sizes and cells with their arrows followed.

A cell is the letter of the plan that is used and its acceptance number: ``K2`` is the plan of letter K with Ac 2
(single, normal: 125 units). Where the cell's letter is not the row's, the printed table has an arrow there. A cell may
carry its own rejection number (``K1/4``, in reduced inspection of Z1.4); without one it is Ac + 1. The cells serve
double and multiple sampling too, whose printed tables have their arrows at the same places: see
``qcdesk.statistics.sampling_stages``.

Source: MIL-STD-105E tables I, II-A, II-B, II-C (public domain; identical in ANSI/ASQ Z1.4) and tables 1, 2-A, 2-B, 2-C
    of ISO 2859-1:1999 in its national adoption GB/T 2828.1-2012. The printed values agree cell by cell between several
    public transcriptions, but for the cells below.
Disputed: ``DISPUTED`` names them. ISO 2859-1:1999, tightened, letter A, AQL 10: the transcription of GB/T 2828.1-2012
    has n = 2, Ac 0 (kept here); another one, and Z1.4, follow the arrow to n = 8, Ac 1 (kept here for Z1.4). ISO
    2859-1:1999, reduced, the diagonal C/65 to R/0.15: two transcriptions have Ac 5, Re 6 (kept here), a third has 4/5,
    which the double and multiple plans beside it fit better.
As published: tightened inspection is looser than normal in one cell alone, the disputed A/10. Reduced inspection is
    stricter than normal at some quality in many cells, mostly by less than 1 lot in 100 where both accept nearly all; in
    ISO 2859-1:1999 by up to 10 in 100 (row B, AQL 25). The tests name the cells.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

Level = Literal["S-1", "S-2", "S-3", "S-4", "I", "II", "III"]
Severity = Literal["normal", "tightened", "reduced"]
Standard = Literal["iso2859-1:1999", "z1.4"]

LEVELS: tuple[Level, ...] = ("S-1", "S-2", "S-3", "S-4", "I", "II", "III")
SEVERITIES: tuple[Severity, ...] = ("normal", "tightened", "reduced")
STANDARDS: tuple[Standard, ...] = ("iso2859-1:1999", "z1.4")

# fmt: off
AQLS: tuple[Decimal, ...] = tuple(map(Decimal, (
    "0.010", "0.015", "0.025", "0.040", "0.065", "0.10", "0.15", "0.25", "0.40", "0.65", "1.0", "1.5", "2.5",
    "4.0", "6.5", "10", "15", "25", "40", "65", "100", "150", "250", "400", "650", "1000",
)))
# fmt: on
LARGEST_PERCENT_AQL = Decimal(10)  # above it an AQL can only mean nonconformities per 100 items

LETTERS = "ABCDEFGHJKLMNPQR"
# Upper end of each lot band but the last, which has none; the first band begins at 2.
LOT_BAND_ENDS = (8, 15, 25, 50, 90, 150, 280, 500, 1200, 3200, 10_000, 35_000, 150_000, 500_000)
# One letter per lot band.
CODE_LETTERS: dict[Level, str] = {
    "S-1": "AAAABBBBCCCCDDD",
    "S-2": "AAABBBCCCDDDEEE",
    "S-3": "AABBCCDDEEFFGGH",
    "S-4": "AABCCDEEFGGHJJK",
    "I": "AABCCDEFGHJKLMN",
    "II": "ABCDEFGHJKLMNPQ",
    "III": "BCDEFGHJKLMNPQR",
}
_SIZES = (2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 1250, 2000, 3150)
_LARGE_SAMPLES = dict(zip("ABCDEFGHJKLMNPQRS", _SIZES, strict=True))
# Units of a single sample by letter; S occurs in tightened inspection only.
SAMPLE_SIZES: dict[Severity, dict[str, int]] = {
    "normal": _LARGE_SAMPLES,
    "tightened": _LARGE_SAMPLES,
    "reduced": dict(zip(LETTERS, (2, 2, *_SIZES[:14]), strict=True)),
}

# One row per code letter, one cell per AQL in the order of AQLS.
_NORMAL = {
    "A": "Q0 P0 N0 M0 L0 K0 J0 H0 G0 F0 E0 D0 C0 B0 A0 C1 B1 A1 A2 A3 A5 A7 A10 A14 A21 A30",
    "B": "Q0 P0 N0 M0 L0 K0 J0 H0 G0 F0 E0 D0 C0 B0 A0 C1 B1 B2 B3 B5 B7 B10 B14 B21 B30 B44",
    "C": "Q0 P0 N0 M0 L0 K0 J0 H0 G0 F0 E0 D0 C0 B0 D1 C1 C2 C3 C5 C7 C10 C14 C21 C30 C44 B44",
    "D": "Q0 P0 N0 M0 L0 K0 J0 H0 G0 F0 E0 D0 C0 E1 D1 D2 D3 D5 D7 D10 D14 D21 D30 D44 C44 B44",
    "E": "Q0 P0 N0 M0 L0 K0 J0 H0 G0 F0 E0 D0 F1 E1 E2 E3 E5 E7 E10 E14 E21 E30 E44 D44 C44 B44",
    "F": "Q0 P0 N0 M0 L0 K0 J0 H0 G0 F0 E0 G1 F1 F2 F3 F5 F7 F10 F14 F21 E21 E30 E44 D44 C44 B44",
    "G": "Q0 P0 N0 M0 L0 K0 J0 H0 G0 F0 H1 G1 G2 G3 G5 G7 G10 G14 G21 F21 E21 E30 E44 D44 C44 B44",
    "H": "Q0 P0 N0 M0 L0 K0 J0 H0 G0 J1 H1 H2 H3 H5 H7 H10 H14 H21 G21 F21 E21 E30 E44 D44 C44 B44",
    "J": "Q0 P0 N0 M0 L0 K0 J0 H0 K1 J1 J2 J3 J5 J7 J10 J14 J21 H21 G21 F21 E21 E30 E44 D44 C44 B44",
    "K": "Q0 P0 N0 M0 L0 K0 J0 L1 K1 K2 K3 K5 K7 K10 K14 K21 J21 H21 G21 F21 E21 E30 E44 D44 C44 B44",
    "L": "Q0 P0 N0 M0 L0 K0 M1 L1 L2 L3 L5 L7 L10 L14 L21 K21 J21 H21 G21 F21 E21 E30 E44 D44 C44 B44",
    "M": "Q0 P0 N0 M0 L0 N1 M1 M2 M3 M5 M7 M10 M14 M21 L21 K21 J21 H21 G21 F21 E21 E30 E44 D44 C44 B44",
    "N": "Q0 P0 N0 M0 P1 N1 N2 N3 N5 N7 N10 N14 N21 M21 L21 K21 J21 H21 G21 F21 E21 E30 E44 D44 C44 B44",
    "P": "Q0 P0 N0 Q1 P1 P2 P3 P5 P7 P10 P14 P21 N21 M21 L21 K21 J21 H21 G21 F21 E21 E30 E44 D44 C44 B44",
    "Q": "Q0 P0 R1 Q1 Q2 Q3 Q5 Q7 Q10 Q14 Q21 P21 N21 M21 L21 K21 J21 H21 G21 F21 E21 E30 E44 D44 C44 B44",
    "R": "Q0 P0 R1 R2 R3 R5 R7 R10 R14 R21 Q21 P21 N21 M21 L21 K21 J21 H21 G21 F21 E21 E30 E44 D44 C44 B44",
}
_TIGHTENED_ISO = {
    "A": "R0 Q0 P0 N0 M0 L0 K0 J0 H0 G0 F0 E0 D0 C0 B0 A0 C1 B1 A1 A2 A3 A5 A8 A12 A18 A27",
    "B": "R0 Q0 P0 N0 M0 L0 K0 J0 H0 G0 F0 E0 D0 C0 B0 D1 C1 B1 B2 B3 B5 B8 B12 B18 B27 B41",
    "C": "R0 Q0 P0 N0 M0 L0 K0 J0 H0 G0 F0 E0 D0 C0 E1 D1 C1 C2 C3 C5 C8 C12 C18 C27 C41 B41",
    "D": "R0 Q0 P0 N0 M0 L0 K0 J0 H0 G0 F0 E0 D0 F1 E1 D1 D2 D3 D5 D8 D12 D18 D27 D41 C41 B41",
    "E": "R0 Q0 P0 N0 M0 L0 K0 J0 H0 G0 F0 E0 G1 F1 E1 E2 E3 E5 E8 E12 E18 E27 E41 D41 C41 B41",
    "F": "R0 Q0 P0 N0 M0 L0 K0 J0 H0 G0 F0 H1 G1 F1 F2 F3 F5 F8 F12 F18 E18 E27 E41 D41 C41 B41",
    "G": "R0 Q0 P0 N0 M0 L0 K0 J0 H0 G0 J1 H1 G1 G2 G3 G5 G8 G12 G18 F18 E18 E27 E41 D41 C41 B41",
    "H": "R0 Q0 P0 N0 M0 L0 K0 J0 H0 K1 J1 H1 H2 H3 H5 H8 H12 H18 G18 F18 E18 E27 E41 D41 C41 B41",
    "J": "R0 Q0 P0 N0 M0 L0 K0 J0 L1 K1 J1 J2 J3 J5 J8 J12 J18 H18 G18 F18 E18 E27 E41 D41 C41 B41",
    "K": "R0 Q0 P0 N0 M0 L0 K0 M1 L1 K1 K2 K3 K5 K8 K12 K18 J18 H18 G18 F18 E18 E27 E41 D41 C41 B41",
    "L": "R0 Q0 P0 N0 M0 L0 N1 M1 L1 L2 L3 L5 L8 L12 L18 K18 J18 H18 G18 F18 E18 E27 E41 D41 C41 B41",
    "M": "R0 Q0 P0 N0 M0 P1 N1 M1 M2 M3 M5 M8 M12 M18 L18 K18 J18 H18 G18 F18 E18 E27 E41 D41 C41 B41",
    "N": "R0 Q0 P0 N0 Q1 P1 N1 N2 N3 N5 N8 N12 N18 M18 L18 K18 J18 H18 G18 F18 E18 E27 E41 D41 C41 B41",
    "P": "R0 Q0 P0 R1 Q1 P1 P2 P3 P5 P8 P12 P18 N18 M18 L18 K18 J18 H18 G18 F18 E18 E27 E41 D41 C41 B41",
    "Q": "R0 Q0 S1 R1 Q1 Q2 Q3 Q5 Q8 Q12 Q18 P18 N18 M18 L18 K18 J18 H18 G18 F18 E18 E27 E41 D41 C41 B41",
    "R": "R0 Q0 S1 R1 R2 R3 R5 R8 R12 R18 Q18 P18 N18 M18 L18 K18 J18 H18 G18 F18 E18 E27 E41 D41 C41 B41",
}
_TIGHTENED_Z14 = _TIGHTENED_ISO | {
    "A": "R0 Q0 P0 N0 M0 L0 K0 J0 H0 G0 F0 E0 D0 C0 B0 D1 C1 B1 A1 A2 A3 A5 A8 A12 A18 A27",
}
_REDUCED_ISO = {
    "A": "Q0 P0 N0 M0 L0 K0 J0 H0 G0 F0 E0 D0 C0 B0 A0 D1 C1 A1 A2 A3 A5 A7 A10 A14 A21 A30",
    "B": "Q0 P0 N0 M0 L0 K0 J0 H0 G0 F0 E0 D0 C0 B0 A0 D1 C1 B1 B2 B3 B5 B7 B10 B14 B21 B30",
    "C": "Q0 P0 N0 M0 L0 K0 J0 H0 G0 F0 E0 D0 C0 B0 E1 D1 C1 C2 C3 C5 C6 C8 C10 C14 C21 B30",
    "D": "Q0 P0 N0 M0 L0 K0 J0 H0 G0 F0 E0 D0 C0 F1 E1 D1 D2 D3 D5 D6 D8 D10 D14 D21 C21 B30",
    "E": "Q0 P0 N0 M0 L0 K0 J0 H0 G0 F0 E0 D0 G1 F1 E1 E2 E3 E5 E6 E8 E10 E14 E21 D21 C21 B30",
    "F": "Q0 P0 N0 M0 L0 K0 J0 H0 G0 F0 E0 H1 G1 F1 F2 F3 F5 F6 F8 F10 E10 E14 E21 D21 C21 B30",
    "G": "Q0 P0 N0 M0 L0 K0 J0 H0 G0 F0 J1 H1 G1 G2 G3 G5 G6 G8 G10 F10 E10 E14 E21 D21 C21 B30",
    "H": "Q0 P0 N0 M0 L0 K0 J0 H0 G0 K1 J1 H1 H2 H3 H5 H6 H8 H10 G10 F10 E10 E14 E21 D21 C21 B30",
    "J": "Q0 P0 N0 M0 L0 K0 J0 H0 L1 K1 J1 J2 J3 J5 J6 J8 J10 H10 G10 F10 E10 E14 E21 D21 C21 B30",
    "K": "Q0 P0 N0 M0 L0 K0 J0 M1 L1 K1 K2 K3 K5 K6 K8 K10 J10 H10 G10 F10 E10 E14 E21 D21 C21 B30",
    "L": "Q0 P0 N0 M0 L0 K0 N1 M1 L1 L2 L3 L5 L6 L8 L10 K10 J10 H10 G10 F10 E10 E14 E21 D21 C21 B30",
    "M": "Q0 P0 N0 M0 L0 P1 N1 M1 M2 M3 M5 M6 M8 M10 L10 K10 J10 H10 G10 F10 E10 E14 E21 D21 C21 B30",
    "N": "Q0 P0 N0 M0 Q1 P1 N1 N2 N3 N5 N6 N8 N10 M10 L10 K10 J10 H10 G10 F10 E10 E14 E21 D21 C21 B30",
    "P": "Q0 P0 N0 R1 Q1 P1 P2 P3 P5 P6 P8 P10 N10 M10 L10 K10 J10 H10 G10 F10 E10 E14 E21 D21 C21 B30",
    "Q": "Q0 P0 N0 R1 Q1 Q2 Q3 Q5 Q6 Q8 Q10 P10 N10 M10 L10 K10 J10 H10 G10 F10 E10 E14 E21 D21 C21 B30",
    "R": "Q0 P0 N0 R1 R2 R3 R5 R6 R8 R10 Q10 P10 N10 M10 L10 K10 J10 H10 G10 F10 E10 E14 E21 D21 C21 B30",
}
# fmt: off
_REDUCED_Z14 = {
    "A": "Q0 P0 N0 M0 L0 K0 J0 H0 G0 F0 E0 D0 C0 B0 A0 "
         "C0/2 B0/2 A1 A2 A3 A5 A7 A10 A14 A21 A30",
    "B": "Q0 P0 N0 M0 L0 K0 J0 H0 G0 F0 E0 D0 C0 B0 A0 "
         "C0/2 B0/2 B1/3 B2/4 B3/5 B5 B7 B10 B14 B21 B30",
    "C": "Q0 P0 N0 M0 L0 K0 J0 H0 G0 F0 E0 D0 C0 B0 D0/2 "
         "C0/2 C1/3 C1/4 C2/5 C3/6 C5/8 C7/10 C10/13 C14/17 C21/24 B30",
    "D": "Q0 P0 N0 M0 L0 K0 J0 H0 G0 F0 E0 D0 C0 E0/2 D0/2 "
         "D1/3 D1/4 D2/5 D3/6 D5/8 D7/10 D10/13 D14/17 D21/24 C21/24 B30",
    "E": "Q0 P0 N0 M0 L0 K0 J0 H0 G0 F0 E0 D0 F0/2 E0/2 E1/3 "
         "E1/4 E2/5 E3/6 E5/8 E7/10 E10/13 E14/17 E21/24 D21/24 C21/24 B30",
    "F": "Q0 P0 N0 M0 L0 K0 J0 H0 G0 F0 E0 G0/2 F0/2 F1/3 F1/4 "
         "F2/5 F3/6 F5/8 F7/10 F10/13 E10/13 E14/17 E21/24 D21/24 C21/24 B30",
    "G": "Q0 P0 N0 M0 L0 K0 J0 H0 G0 F0 H0/2 G0/2 G1/3 G1/4 G2/5 "
         "G3/6 G5/8 G7/10 G10/13 F10/13 E10/13 E14/17 E21/24 D21/24 C21/24 B30",
    "H": "Q0 P0 N0 M0 L0 K0 J0 H0 G0 J0/2 H0/2 H1/3 H1/4 H2/5 H3/6 "
         "H5/8 H7/10 H10/13 G10/13 F10/13 E10/13 E14/17 E21/24 D21/24 C21/24 B30",
    "J": "Q0 P0 N0 M0 L0 K0 J0 H0 K0/2 J0/2 J1/3 J1/4 J2/5 J3/6 J5/8 "
         "J7/10 J10/13 H10/13 G10/13 F10/13 E10/13 E14/17 E21/24 D21/24 C21/24 B30",
    "K": "Q0 P0 N0 M0 L0 K0 J0 L0/2 K0/2 K1/3 K1/4 K2/5 K3/6 K5/8 K7/10 "
         "K10/13 J10/13 H10/13 G10/13 F10/13 E10/13 E14/17 E21/24 D21/24 C21/24 B30",
    "L": "Q0 P0 N0 M0 L0 K0 M0/2 L0/2 L1/3 L1/4 L2/5 L3/6 L5/8 L7/10 L10/13 "
         "K10/13 J10/13 H10/13 G10/13 F10/13 E10/13 E14/17 E21/24 D21/24 C21/24 B30",
    "M": "Q0 P0 N0 M0 L0 N0/2 M0/2 M1/3 M1/4 M2/5 M3/6 M5/8 M7/10 M10/13 L10/13 "
         "K10/13 J10/13 H10/13 G10/13 F10/13 E10/13 E14/17 E21/24 D21/24 C21/24 B30",
    "N": "Q0 P0 N0 M0 P0/2 N0/2 N1/3 N1/4 N2/5 N3/6 N5/8 N7/10 N10/13 M10/13 L10/13 "
         "K10/13 J10/13 H10/13 G10/13 F10/13 E10/13 E14/17 E21/24 D21/24 C21/24 B30",
    "P": "Q0 P0 N0 Q0/2 P0/2 P1/3 P1/4 P2/5 P3/6 P5/8 P7/10 P10/13 N10/13 M10/13 L10/13 "
         "K10/13 J10/13 H10/13 G10/13 F10/13 E10/13 E14/17 E21/24 D21/24 C21/24 B30",
    "Q": "Q0 P0 R0/2 Q0/2 Q1/3 Q1/4 Q2/5 Q3/6 Q5/8 Q7/10 Q10/13 P10/13 N10/13 M10/13 L10/13 "
         "K10/13 J10/13 H10/13 G10/13 F10/13 E10/13 E14/17 E21/24 D21/24 C21/24 B30",
    "R": "Q0 P0 R0/2 R1/3 R1/4 R2/5 R3/6 R5/8 R7/10 R10/13 Q10/13 P10/13 N10/13 M10/13 L10/13 "
         "K10/13 J10/13 H10/13 G10/13 F10/13 E10/13 E14/17 E21/24 D21/24 C21/24 B30",
}
# fmt: on
SINGLE_PLANS: dict[tuple[Standard, Severity], dict[str, str]] = {
    ("iso2859-1:1999", "normal"): _NORMAL,
    ("iso2859-1:1999", "tightened"): _TIGHTENED_ISO,
    ("iso2859-1:1999", "reduced"): _REDUCED_ISO,
    ("z1.4", "normal"): _NORMAL,
    ("z1.4", "tightened"): _TIGHTENED_Z14,
    ("z1.4", "reduced"): _REDUCED_Z14,
}
# How the standard itself calls the table of single plans.
TABLE_NAMES: dict[tuple[Standard, Severity], str] = {
    ("iso2859-1:1999", "normal"): "2-A",
    ("iso2859-1:1999", "tightened"): "2-B",
    ("iso2859-1:1999", "reduced"): "2-C",
    ("z1.4", "normal"): "II-A",
    ("z1.4", "tightened"): "II-B",
    ("z1.4", "reduced"): "II-C",
}
# Cells of single plans on which the transcriptions differ: (row letter, AQL) by table.
DISPUTED: dict[tuple[Standard, Severity], frozenset[tuple[str, Decimal]]] = {
    ("iso2859-1:1999", "tightened"): frozenset({("A", Decimal(10))}),
    ("iso2859-1:1999", "reduced"): frozenset(zip("CDEFGHJKLMNPQR", AQLS[19:5:-1], strict=True)),
}
# The editions that the tables follow, as they are named on plans and reports. A newer one is a further entry.
EDITIONS: dict[Standard, str] = {
    "iso2859-1:1999": "ISO 2859-1:1999",
    "z1.4": "ANSI/ASQ Z1.4 (tables of MIL-STD-105E:1989)",
}
