# SPDX-License-Identifier: Apache-2.0
"""Papers that left, in a log written past the program: copies without a gap, each print of a certificate once."""

from __future__ import annotations

import pytest

from tests.checker.book import Book
from tests.checker.rules.test_certificates import Site

Paper = tuple[str, str, str, int]


def left(book: Book, document: str, subject: str, state: str, copy: int, batch: str | None = None) -> None:
    """Put on record that a paper left."""
    said = {"name": "B-1", "of_batch": batch, "way": "printed", "languages": ["en"], "digest": "0" * 64}
    book.entry(
        "an",
        "paper.printed",
        {"document": document, "subject_id": subject, "state": state, "copy": copy, **said},
    )


@pytest.mark.parametrize(
    ("papers", "found"),
    [
        ([("label", "a", "held", 0), ("label", "a", "held", 1)], set()),
        ([("label", "a", "held", 0), ("label", "b", "held", 0), ("label", "a", "release", 0)], set()),
        ([("label", "a", "held", 0), ("label", "a", "held", 0)], {"rule_print_copy"}),
        ([("label", "a", "held", 1)], {"rule_print_copy"}),
        ([("certificate", "1", "released", 1), ("analysis", "1", "released", 0)], set()),
        ([("certificate", "1", "released", 0), ("analysis", "1", "released", 0)], {"rule_print_copy"}),
        ([("certificate", "1", "released", 2)], {"rule_print_copy"}),
        ([("analysis", "2", "released", 0)], {"rule_print_copy"}),
        ([("certificate", "one", "released", 0)], {"rule_print_copy"}),
    ],
)
def test_copies_are_counted_and_a_counted_print_leaves_once(papers: list[Paper], found: set[str]) -> None:
    site = Site()
    site.issue()
    site.print()
    site.print(1)
    for paper in papers:
        left(site.book, *paper)
    assert site.book.codes() == found


@pytest.mark.parametrize(
    ("papers", "found"),
    [
        ([("certificate", "1", "released", 0), ("analysis", "1", "released", 0)], set()),
        ([("analysis", "1", "released", 0), ("analysis", "1", "released", 0)], {"rule_print_copy"}),
        ([("analysis", "1", "released", 1)], {"rule_print_copy"}),
    ],
)
def test_prints_with_results_are_counted_apart_since_the_log_says_so(
    papers: list[Paper], found: set[str]
) -> None:
    site = Site()
    site.issue()
    site.print()
    site.print(1)
    site.print(0, results=True)
    for paper in papers:
        left(site.book, *paper)
    assert site.book.codes() == found


def test_a_count_of_their_own_goes_on_after_those_that_both_forms_shared() -> None:
    site = Site()
    site.issue()
    site.print()
    site.print(1)
    left(site.book, "analysis", "1", "released", 1)
    site.print(2, results=True)
    left(site.book, "analysis", "1", "released", 2)
    assert site.book.codes() == set()


def test_a_paper_is_of_a_batch_that_there_is() -> None:
    site = Site()
    left(site.book, "label", "a", "held", 0, site.released[0])
    assert site.book.codes() == set()
    left(site.book, "label", "b", "held", 0, "f" * 32)
    assert site.book.codes() == {"rule_unknown"}
