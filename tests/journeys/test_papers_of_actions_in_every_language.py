# SPDX-License-Identifier: Apache-2.0
"""Reports of audits, nonconformities and corrective actions, concessions and cards stand whole in every language."""

from __future__ import annotations

from itertools import combinations

import pytest

from qcdesk.i18n import LANGUAGES, STRETCHED, Catalogue, side_by_side
from qcdesk.reports import cards, conformity
from qcdesk.services.ports import CodeCard
from qcdesk.signing.badges import new_code
from tests.journeys.test_every_paper_in_every_language import EDGE_PT, cuts, pages_of, said
from tests.reports.test_conformity import conceded
from tests.store.scenes import World


def papers(words: Catalogue, world: World) -> dict[str, bytes]:
    use, person = world.house.use, world.linh
    printing = use.printing.in_language(*words.languages)
    card = CodeCard(words.say("Badge"), "Nguyễn Thị Linh", "1042", new_code(), "Stop it.")
    return {
        "audit": printing.audit(world.audit_closed, person),
        "nonconformity": printing.nonconformity(lambda: use.read.nonconformities.page(1, person)),
        "corrective action": printing.eight_d(world.action),
        "concession": conformity.render(conceded(), words),
        "card": cards.render(card, words, "A4"),
    }


@pytest.fixture(scope="module")
def english(world: World) -> dict[str, int]:
    return {name: cuts(pdf) for name, pdf in papers(Catalogue(), world).items()}


@pytest.mark.parametrize("language", [*LANGUAGES[1:], STRETCHED])
def test_nothing_runs_off_them_and_no_label_is_cut(
    language: str, world: World, english: dict[str, int]
) -> None:
    made = papers(said(language), world)
    assert {name: cuts(pdf) for name, pdf in made.items() if cuts(pdf) > english[name]} == {}
    for pdf in made.values():
        for page in pages_of(pdf):
            wide, high = page.get_size()
            text = page.get_textpage()
            for place in range(text.count_rects()):
                left, bottom, right, top = text.get_rect(place)
                assert min(left, bottom) >= EDGE_PT and right <= wide - EDGE_PT and top <= high - EDGE_PT


@pytest.mark.parametrize(("first", "second"), [("en", "zh_CN"), ("th", "vi")])
def test_no_line_of_them_lies_upon_another_in_two_languages(first: str, second: str, world: World) -> None:
    made = papers(side_by_side(said(first), said(second)), world)
    assert {name: found for name, pdf in made.items() if (found := upon_each_other(pdf))} == {}


def upon_each_other(pdf: bytes) -> list[str]:
    """Return the texts of which a good part lies on another text."""
    found: list[str] = []
    for page in pages_of(pdf):
        text = page.get_textpage()
        places = [text.get_rect(place) for place in range(text.count_rects())]
        for (left, bottom, right, top), other in combinations(places, 2):
            wide = min(right, other[2]) - max(left, other[0])
            high = min(top, other[3]) - max(bottom, other[1])
            if wide > 1 and high > 0.4 * min(top - bottom, other[3] - other[1]):
                found.append(text.get_text_bounded(left, bottom, right, top))
    return found
