# SPDX-License-Identifier: Apache-2.0
"""Many papers are drawn on several cores, each as it would be drawn alone, in order; what is wrong with one goes by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from qcdesk.domain.inputs import BadInput
from qcdesk.reports import analyses, conformity, labels, many
from qcdesk.services.labels import STOCKS, LabelWish
from tests.reports.test_analyses import analysis
from tests.reports.test_conformity import certificate
from tests.reports.test_labels import RELEASED


def test_many_papers_are_as_if_drawn_alone_and_one_that_is_wrong_holds_up_none() -> None:
    wrong, taken = BadInput("unknown_certificate"), []

    def jobs() -> Iterator[tuple[int, many.Filled | many.Wrong]]:
        for number in range(1, 9):
            taken.append(number)
            yield number, wrong if number == 3 else replace(certificate(), number=number)

    languages = ("vi", "th")
    made = dict(many.drawn(jobs(), languages))
    assert list(made) == list(range(1, 9))
    assert made[3] is wrong
    for number in (1, 8):
        alone = conformity.render(replace(certificate(), number=number), many.words_in(languages))
        assert made[number] == alone


def test_labels_and_certificates_of_analysis_are_drawn_among_many_as_alone() -> None:
    wish = LabelWish(stock="roll-60x40", copies=2)
    papers: list[many.Filled] = [many.Labels(RELEASED, wish), analysis()]
    made = [pdf for _, pdf in many.drawn(iter(enumerate(papers)), ("en", "th"))]
    words = many.words_in(("en", "th"))
    assert made == [
        labels.render(RELEASED, words, STOCKS["roll-60x40"], copies=2),
        analyses.render(analysis(), words),
    ]


def test_whoever_stops_early_has_no_more_papers_filled_in() -> None:
    taken = []

    def jobs() -> Iterator[tuple[int, many.Filled | many.Wrong]]:
        for number in range(1, 900):
            taken.append(number)
            yield number, BadInput("unknown_certificate")

    papers = many.drawn(jobs(), ("en",))
    next(papers)
    papers.close()
    assert len(taken) < 100
