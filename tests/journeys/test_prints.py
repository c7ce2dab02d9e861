# SPDX-License-Identifier: Apache-2.0
"""The first print of a signed paper says nothing, every later one which copy it is; all of them stand in the log."""

from __future__ import annotations

from collections.abc import Callable

from qcdesk.services.prints import Print
from qcdesk.store.verification import verify
from tests.journeys.lives import pdf_text
from tests.journeys.test_samples import RULES, check, go
from tests.workspace import House


def test_a_later_print_says_which_copy_it_is_and_the_first_one_nothing(house: House) -> None:
    batch, person, sitting = house.released(), house.id("linh"), house.sittings["linh"]
    number = house.use.issue_certificate(house.hands["som"], batch).certificate
    printing, prints = house.use.printing, house.use.prints

    def certificate(*, results: bool) -> Print:
        counted = house.use.print_certificate(sitting, number, results=results)
        return printing.certificate(number, counted.copy, results=results)

    papers: dict[str, Callable[[], Print]] = {
        "inspection": lambda: printing.inspection(batch, person),
        "first_article": lambda: printing.first_article(batch, person, None, ()),
        "certificate": lambda: certificate(results=False),
        "analysis": lambda: certificate(results=True),
    }
    for document, make in papers.items():
        first = make()
        assert first.told.document == document
        assert "Copy" not in pdf_text(first)
        prints.tell(sitting, first, "saved")
        later = make()
        assert f"Copy {later.told.copy}" in pdf_text(later)
        assert prints.tell(sitting, later, "printed").copy == later.told.copy > 0
    assert verify(house.database).problems == ()
    told = [row.kind for row in house.use.read.timeline(batch, person)]
    assert told.count("paper.printed") == 2 * len(papers)


def test_a_check_that_is_not_compared_makes_no_original_and_no_digest(house: House) -> None:
    batch = house.batch()
    house.check("linh", batch)
    house.use.look_at_first(house.sittings["linh"], batch, "report")
    paper = house.use.printing.inspection(batch, house.id("linh"))
    for _ in range(2):
        told = house.use.prints.tell(house.sittings["linh"], paper, "printed")
        assert told.digest == ""
    assert "Copy" not in pdf_text(house.use.printing.inspection(batch, house.id("linh")))


def test_stickers_name_their_batch_and_units_and_of_several_samples_only_once_all_may_see_the_batch(
    house: House,
) -> None:
    linh, use = house.sittings["linh"], house.use
    batch = house.batch("DA-7")
    house.check("linh", batch)
    told = use.prints.tell(linh, use.printing.stickers(batch), "printed")
    assert told.of_batch == use.read.batch_by_number(batch)
    assert told.name.startswith("DA-7 (1–") and told.digest
    house.approve(rules=RULES, characteristics=())
    batch = house.batch("DA-8", quantity=60)
    started = house.start("linh", batch)
    told = use.prints.tell(linh, use.printing.stickers(batch), "printed")
    assert (told.of_batch, told.name, told.digest) == (None, "", "")

    def newest() -> tuple[str, str]:
        with use.look() as uow:
            row = uow.prints()[0]
        return row.name, row.batch

    assert newest() == ("", "")
    go(house, "linh", started, {})
    house.sign("linh", started)
    assert newest() == ("", "")
    check(house, "som", batch, {})
    assert newest() == ("DA-8", "DA-8")
