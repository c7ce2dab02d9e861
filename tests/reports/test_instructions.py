# SPDX-License-Identifier: Apache-2.0
"""A procedure on paper says what to do, to look for and to measure, how many, and whether one may inspect by it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from qcdesk import config
from qcdesk.domain.procedures import Characteristic, ProcedureContent, ProcedureDefect, ProcedureVersion, Step
from qcdesk.domain.sampling import ClassRule
from qcdesk.i18n import STRETCHED, Catalogue, load
from qcdesk.reports import instructions, pages
from qcdesk.reports.instructions import Instruction
from qcdesk.services.inspection_report import Paper, Picture

EN = Catalogue()
CONTENT = ProcedureContent(
    title="Housing cover, incoming",
    products=("PH-204",),
    owner="李娜",
    review_by=date(2027, 1, 1),
    rules=(
        ClassRule("critical", "zero", n=13),
        ClassRule("major", "aql", Decimal("1.5")),
        ClassRule("minor", "aql", Decimal("4.0")),
    ),
    steps=(
        Step("Look at the sealing face", "Under the lamp, at arm's length.\nTurn it once.", "cover"),
        Step("Measure the bore", "Caliper, at both ends."),
    ),
    characteristics=(
        Characteristic(
            "DIA",
            "Bore",
            "variable",
            "major",
            "mm",
            Decimal("12"),
            Decimal("11.98"),
            Decimal("12.05"),
            "Caliper",
        ),
    ),
    defects=(ProcedureDefect("SCR", "Scratch", "minor"), ProcedureDefect("CRK", "Crack", "critical")),
    note="Gloves on.",
)
COVER = Picture((config.resource("demonstration") / "cover.png").read_bytes(), "image/png")
PICTURES = {"cover": COVER}


def made(state: str = "approved", **changes: object) -> Instruction:
    content = replace(CONTENT, **changes)  # type: ignore[arg-type]
    version = ProcedureVersion("IP-204", 7, state, "linh", content, "ab" * 32)  # type: ignore[arg-type]
    return Instruction(version, "Nguyễn Thị Linh", "สมชาย ศรีสุข", "2026-11-01 09:12 +07:00", "Minh Phát")


def said(one: Instruction, words: Catalogue = EN, paper: Paper = "A4") -> list[str]:
    pdf = instructions.render(one, "QK7M", (421, "ab" * 32), PICTURES.get, words, paper)
    return [" ".join(page.split()) for page in pages.text(pdf)]


def test_it_says_what_to_do_to_measure_and_to_look_for_with_limits_and_classes() -> None:
    text = " ".join(said(made()))
    for told in ("IP-204 version 7", "1 Look at the sealing face", "at arm's length", "Gloves on.", "11.98 – 12.05 mm",
                 "Caliper", "CRK Crack Critical SCR Scratch Minor", "Written by", "2027-01-01", "李娜"):  # fmt: skip
        assert told in text


def test_the_sampling_table_says_what_the_tables_of_the_standard_say() -> None:
    # ISO 2859-1, level II, single, normal: lots of 151 to 280 are letter G, of 281 to 500 H.
    text = " ".join(said(made()))
    assert "281 – 500 13, Ac 0, Re 1 50, Ac 2, Re 3 50, Ac 5, Re 6" in text
    assert "151 – 280 13, Ac 0, Re 1 32, Ac 1, Re 2 32, Ac 3, Re 4" in text


def test_a_draft_or_retired_version_says_that_nobody_inspects_by_it() -> None:
    assert "Approved by สมชาย ศรีสุข" in " ".join(said(made()))
    assert "Draft: nobody inspects by it" in " ".join(said(made("draft")))
    retired = " ".join(said(made("retired")))
    assert "Retired: nobody inspects by it any more." in retired and "Approved by" not in retired


def test_a_picture_that_is_gone_is_said_and_nothing_else_is_lost() -> None:
    one = made(steps=(Step("Look", "Here", "gone"),))
    assert "This picture is missing or damaged." in " ".join(said(one))


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("language", [STRETCHED, "th"])
def test_long_and_strange_words_go_over_pages(language: str, paper: Paper) -> None:
    words = load(language, config.resource("translations"))
    long = "<b>ก</b> " + "ภาษาไทย" * 400
    one = made(
        title=long,
        steps=tuple(Step(long[:300], long, "cover") for _ in range(4)),
        defects=tuple(ProcedureDefect(f"D{n}", long[:200], "minor") for n in range(60)),
    )
    text = said(one, words, paper)
    assert len(text) > 4 and "<b>" in text[0]
    assert all(
        words.say("Page {page} of {pages}", page=n, pages=len(text)) in page for n, page in enumerate(text, 1)
    )


def test_the_same_version_gives_the_same_bytes() -> None:
    one = instructions.render(made(), "QK7M", (421, "ab" * 32), PICTURES.get, EN, "A4")
    assert one == instructions.render(made(), "QK7M", (421, "ab" * 32), PICTURES.get, EN, "A4")


def test_every_page_after_the_first_says_of_what_it_is_one() -> None:
    first, *others = said(made(steps=tuple(Step(f"Face {n}", "Under the lamp. " * 30) for n in range(30))))
    assert "Work instruction" in first and len(others) > 1
    assert all(page.startswith("Work instruction IP-204 version 7 Minh Phát") for page in others)
