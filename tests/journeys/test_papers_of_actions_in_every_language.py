# SPDX-License-Identifier: Apache-2.0
"""Reports of audits, nonconformities and corrective actions, concessions and cards stand whole in every language."""

from __future__ import annotations

import pytest

from qcdesk.i18n import LANGUAGES, Catalogue
from qcdesk.reports import cards, conformity
from qcdesk.services.ports import CodeCard
from qcdesk.signing.badges import new_code
from tests.journeys.test_every_paper_in_every_language import EDGE_PT, cuts, pages_of, said
from tests.reports.test_conformity import conceded
from tests.store.scenes import World


def papers(words: Catalogue, world: World) -> dict[str, bytes]:
    use, person = world.house.use, world.linh
    printing = use.printing.in_language(words.language)
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


@pytest.mark.parametrize("language", LANGUAGES[1:])
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
