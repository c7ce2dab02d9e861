# SPDX-License-Identifier: Apache-2.0
"""Every type of event has a line, with whatever facts there are."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, cast

import pytest

from qcdesk.domain.events import all_facts
from qcdesk.i18n import STRETCHED, Catalogue
from qcdesk.wording.events import beside, hands, known_kinds, line

EN = Catalogue()


def test_every_event_has_a_line() -> None:
    assert known_kinds() == set(all_facts())


@pytest.mark.parametrize("kind", sorted(all_facts()))
def test_a_line_is_a_sentence_even_without_facts(kind: str) -> None:
    for words in (EN, Catalogue(STRETCHED)):
        text = line(kind, {}, words)
        assert text and "{" not in text and kind not in text
    assert line(kind, {}, EN).endswith(".")


@pytest.mark.parametrize("kind", sorted(all_facts()))
def test_a_line_shows_no_code_of_the_log(kind: str) -> None:
    names = [f.name for f in fields(cast("Any", all_facts()[kind]))]
    facts = {name: "0123456789abcdef0123456789abcdef" for name in names if name == "person"}
    facts |= {name: "Linh" for name in names if name == "name"}
    assert "0123456789abcdef" not in line(kind, facts, EN)


@pytest.mark.parametrize(
    ("kind", "facts", "text"),
    [
        ("check.signed", {"place": "first", "verdict": "accepted"}, "First check signed: it accepts."),
        ("check.signed", {"place": "second"}, "Second check signed."),
        ("batch.held", {"kind": "safety", "reason": "sharp edge"}, "Stopped (Safety): sharp edge"),
        ("batch.shipped", {"quantity": "40", "to": "ACME", "on": "2026-11-04"}, "40 shipped to ACME on 4 Nov 2026."),
        ("person.suspended", {"person_name": "王敏", "reason": "left"}, "王敏 was suspended: left"),
        ("qualification.granted", {"person_name": "An", "procedure": "IP-1", "until": "2027-02-02"},
         "An is qualified for IP-1 until 2 Feb 2027."),
        ("round.compared", {"outcome": "disagreed"}, "The two checks were compared: they disagree."),
    ],
)  # fmt: skip
def test_lines_read_as_people_speak(kind: str, facts: dict[str, str], text: str) -> None:
    assert line(kind, facts, EN) == text


def test_a_run_of_entries_is_one_line() -> None:
    assert line("check.recorded", {}, EN, count=12) == "12 entries in the check."


def test_what_is_gone_is_not_told_as_a_void_event() -> None:
    said = {"number": "7", "reason": "the disk broke"}
    assert "void" in line("log.voided", said, EN)
    told = line("log.voided", {**said, "lost": "1"}, EN)
    assert (
        told.startswith("Two people explained that what event 7 names is gone") and "the disk broke" in told
    )


def test_all_who_signed_are_named() -> None:
    assert hands("Linh", {"beside": "Som\nLi Na"}, EN) == "Linh, Som and Li Na"
    assert hands("Linh", {}, EN) == "Linh" and beside({}) == ()
