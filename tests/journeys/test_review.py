# SPDX-License-Identifier: Apache-2.0
"""A batch with a destructive test, from the procedure to the release; and what follows when the second does not agree."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from qcdesk.domain.events import Resolution
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.modes import measures_on, units_for
from qcdesk.domain.procedures import Characteristic
from qcdesk.domain.refusals import CheckClosed, HasSeenFirst, NotReviewed, NotYourCheck
from qcdesk.domain.reviewing import Opened
from qcdesk.reports.pages import text
from qcdesk.services.record_entries import Entries, NewFinding, NewReading, NewResult
from qcdesk.services.start_check import Started
from qcdesk.store.verification import verify
from tests.workspace import PROCEDURE, House, content

PULL = Characteristic(
    "PUL", "Pull force", "variable", "major", "N", lower=Decimal(50), mode="review", destructive=True
)
WELD = Characteristic("WLD", "Weld section", "attribute", "critical", mode="review", destructive=True)
GOOD = {"DIA": "12.03", "PUL": "61"}


@pytest.fixture
def torn(house: House) -> House:
    """A procedure in which everything is destroyed by looking, so that nothing is blind or split."""
    house.approve(defects=(), characteristics=(PULL, WELD))
    return house


@pytest.fixture
def mixed(house: House) -> House:
    """A procedure in which all is looked at again but the pull test."""
    house.approve(characteristics=(*content("x").characteristics, PULL))
    return house


def verifies(house: House) -> None:
    found = verify(house.database)
    assert found.ok, found.problems


def record(
    house: House,
    login: str,
    started: Started,
    defects: dict[int, str] | None = None,
    pulls: dict[int, str] | None = None,
) -> None:
    """Put all that is asked for on record, all good but these defects and pull forces."""
    units = units_for(started.opened, started.place)
    readings = tuple(
        NewReading(u, code, (pulls or {}).get(u, GOOD[code]) if code == "PUL" else GOOD[code])
        for u in units
        for code in measures_on(started.opened, started.place, u)
    )
    found = tuple(NewFinding(u, code) for u, code in (defects or {}).items())
    house.use.record(
        house.sittings[login],
        Entries(started.check, tuple(NewResult(u) for u in units), found, readings),
    )


def awaiting(
    house: House, defects: dict[int, str] | None = None, pulls: dict[int, str] | None = None
) -> tuple[str, Started]:
    """Sign a first check; the batch, and the second check that follows."""
    number = house.batch(quantity=200)  # Ac of a major is 3
    first = house.start("linh", number)
    record(house, "linh", first, defects, pulls)
    house.sign("linh", first)
    return number, house.start("som", number)


def test_a_destroyed_batch_is_released_after_a_review(torn: House) -> None:
    number, second = awaiting(torn, pulls={3: "48"})
    assert units_for(second.opened, "second") == ()
    claims = torn.use.review.claims(second.check, torn.id("som"))
    assert [(c.unit, c.code, c.typed, c.lower, c.agrees) for c in claims] == [
        (3, "PUL", "48", Decimal(50), None)
    ]
    with pytest.raises(NotReviewed) as refused:
        torn.sign("som", second)
    assert refused.value.claims == ((3, "PUL"),)
    torn.review("som", second)
    (opened,) = torn.use.review.claims(second.check, torn.id("som"))
    assert opened.agrees is True
    page = torn.use.signing_page(torn.sittings["som"], second.check)
    assert (page.to_review, page.reviewed, page.missing, page.of) == (1, 1, None, 0)
    signed = torn.sign("som", second)
    assert signed.fact.mode == "review"
    assert signed.compared is not None
    assert (signed.compared.outcome, signed.compared.reasons) == ("accepted", ("union",))
    assert signed.compared.comparison.total.kappa is None  # nothing was looked at twice
    torn.use.release_batch(torn.hands["som"], number)
    assert torn.state(number) == "released"
    verifies(torn)


def test_nothing_to_open_needs_nothing_opened(torn: House) -> None:
    _, second = awaiting(torn)
    assert torn.use.review.claims(second.check, torn.id("som")) == ()
    signed = torn.sign("som", second)
    assert signed.compared is not None and signed.compared.outcome == "accepted"
    verifies(torn)


def test_a_critical_that_the_second_agrees_with_rejects(torn: House) -> None:
    _, second = awaiting(torn, {2: "WLD"})
    torn.review("som", second)
    signed = torn.sign("som", second)
    assert signed.compared is not None
    assert (signed.compared.outcome, signed.compared.reasons) == ("rejected", ("critical_both",))
    verifies(torn)


def test_a_critical_that_the_second_does_not_see_goes_to_a_third(torn: House) -> None:
    torn.enrol("huy", "Trần Huy", "arbiter", "inspector")
    number, second = awaiting(torn, {2: "WLD"})
    torn.review("som", second, {2: "the dark line is a scratch of the saw"})
    signed = torn.sign("som", second)
    assert signed.compared is not None
    assert signed.fact.verdict == "accepted"
    assert (signed.compared.outcome, signed.compared.reasons) == (
        "disagreed",
        ("verdicts_differ", "critical_by_one"),
    )
    (dispute,) = torn.use.read.comparison(number, torn.id("huy"), torn.clock.now()).disputes
    assert (dispute.by, dispute.said) == ("first", "the dark line is a scratch of the saw")
    third = torn.start("huy", number)
    torn.use.resolve(torn.sittings["huy"], third.check, (Resolution(2, "WLD", "critical", 1, holds=False),))
    assert torn.use.decide(torn.hands["huy"], third.check).fact.outcome == "accepted"
    verifies(torn)


def test_what_the_second_measures_again_speaks_for_itself(torn: House) -> None:
    pulls = dict.fromkeys((3, 4), "48")  # one of them is measured again and holds
    _, second = awaiting(torn, pulls=pulls)
    claims = torn.use.review.claims(second.check, torn.id("som"))
    torn.use.open_reviewed(
        torn.sittings["som"],
        second.check,
        tuple(Opened(c.claim) for c in claims),
        (NewReading(4, "PUL", "51"), NewReading(9, "PUL", "44")),
    )
    own = torn.use.own.own_check(second.check, torn.id("som"))
    assert [(m.unit, m.typed) for m in own.measured] == [(4, "51"), (9, "44")]
    assert (
        next(v for v in own.verdicts if v.defect_class == "major").counted == 2
    )  # 3 agreed with, 9 measured
    signed = torn.sign("som", second)
    assert signed.compared is not None
    major = next(v for v in signed.compared.classes if v.defect_class == "major")
    assert major.counted == 3
    verifies(torn)


def test_the_second_may_find_more_than_the_first(torn: House) -> None:
    _, second = awaiting(torn)
    torn.use.record(torn.sittings["som"], Entries(second.check, findings=(NewFinding(5, "WLD"),)))
    signed = torn.sign("som", second)
    assert signed.compared is not None
    assert signed.compared.outcome == "disagreed"
    verifies(torn)


def test_only_what_is_in_review_is_brought(mixed: House) -> None:
    _, second = awaiting(mixed, {1: "DEN"}, {6: "47"})
    claims = mixed.use.review.claims(second.check, mixed.id("som"))
    assert [(c.unit, c.code) for c in claims] == [(6, "PUL")]
    assert units_for(second.opened, "second") == tuple(range(1, len(second.opened.sample) + 1))
    record(mixed, "som", second, {1: "DEN"})
    mixed.review("som", second)
    signed = mixed.sign("som", second)
    assert signed.fact.mode == "blind"
    assert signed.compared is not None and signed.compared.outcome == "accepted"
    total = signed.compared.comparison.total
    assert (total.both, total.first_only, total.second_only) == (1, 0, 0)
    verifies(mixed)


def test_nobody_else_opens_and_nothing_else_is_opened(mixed: House) -> None:
    number, second = awaiting(mixed, {1: "DEN"}, {6: "47"})
    som, linh = mixed.sittings["som"], mixed.sittings["linh"]
    with pytest.raises(NotYourCheck):
        mixed.use.review.claims(second.check, mixed.id("linh"))
    claim = Opened(mixed.use.review.claims(second.check, mixed.id("som"))[0].claim)
    with pytest.raises(NotYourCheck):
        mixed.use.open_reviewed(linh, second.check, (claim,))
    with mixed.use.look() as uow:
        batch = uow.batch(number)
        first = uow.round(batch.round or "").standing("first")
        assert first is not None
        dent = uow.work(first.id).findings[0].id
    for other in (dent, "0" * 32):
        with pytest.raises(BadInput) as refused:
            mixed.use.open_reviewed(som, second.check, (Opened(other),))
        assert refused.value.code == "unknown_claim"
    with pytest.raises(BadInput) as refused:
        mixed.use.open_reviewed(som, second.check, (replace(claim, agrees=False),))
    assert refused.value.code == "missing"
    with pytest.raises(BadInput) as refused:
        mixed.use.open_reviewed(som, second.check, (claim, claim))
    assert refused.value.code == "twice"
    record(mixed, "som", second)
    mixed.review("som", second)
    mixed.sign("som", second)
    with pytest.raises(CheckClosed):
        mixed.use.review.claims(second.check, mixed.id("som"))


def test_a_change_of_mind_replaces_what_was_said(torn: House) -> None:
    _, second = awaiting(torn, pulls={3: "48"})
    torn.review("som", second, {3: "the clamp slipped"})
    torn.review("som", second)
    (claim,) = torn.use.review.claims(second.check, torn.id("som"))
    assert (claim.agrees, claim.said) == (True, "")
    torn.sign("som", second)
    verifies(torn)


def test_who_follows_a_second_check_set_aside_opens_all_again(torn: House) -> None:
    torn.enrol("huy", "Trần Huy", "inspector")
    number, second = awaiting(torn, pulls={3: "48"})
    torn.review("som", second)
    torn.use.set_aside(torn.sittings["som"], second.check, "called away")
    again = torn.start("huy", number)
    with pytest.raises(NotReviewed):
        torn.sign("huy", again)
    torn.review("huy", again, {3: "the clamp slipped"})
    signed = torn.sign("huy", again)
    assert signed.compared is not None and signed.compared.outcome == "accepted"  # one is within Ac for both
    verifies(torn)


# A new version that hides what was in review ----------------------------------------------------------------------


def anew(house: House, *characteristics: Characteristic) -> None:
    """Bring a version with these characteristics, for which open batches are inspected anew."""
    said = content(house.id("linh"), defects=(), characteristics=characteristics)
    house.use.draft_procedure(house.sittings["linh"], PROCEDURE, said)
    house.use.approve_procedure(house.hands["som"], PROCEDURE, open_batches="re_inspect")


def again(house: House, login: str, number: str) -> Started:
    """Take the free place, put everything on record and sign."""
    started = house.start(login, number)
    units = units_for(started.opened, started.place)
    with house.use.look() as uow:
        carried = {(m.unit, m.characteristic) for m in uow.work(started.check).standing_readings()}
    readings = tuple(
        NewReading(u, code, "61")
        for u in units
        for code in measures_on(started.opened, started.place, u)
        if (u, code) not in carried
    )
    house.use.record(
        house.sittings[login],
        Entries(started.check, tuple(NewResult(u) for u in units), readings=readings),
    )
    house.sign(login, started)
    return started


BLIND = replace(PULL, mode="blind")


def test_who_opened_in_review_what_a_new_version_hides_is_not_second(torn: House) -> None:
    torn.enrol("huy", "Trần Huy", "inspector")
    number, _ = awaiting(torn, pulls={3: "48"})
    anew(torn, BLIND, WELD)
    assert again(torn, "linh", number).opened.carries is not None
    with pytest.raises(HasSeenFirst) as refused:
        torn.start("som", number)
    assert refused.value.who_can == ("Trần Huy",)
    again(torn, "huy", number)
    verifies(torn)


def test_that_holds_over_versions_in_between_and_only_from_where_it_is_hidden(torn: House) -> None:
    torn.enrol("huy", "Trần Huy", "inspector")
    number, _ = awaiting(torn, pulls={3: "48"})
    anew(torn, PULL)
    again(torn, "linh", number)
    assert torn.start("som", number).place == "second"
    anew(torn, replace(PULL, upper=Decimal(900)))
    again(torn, "linh", number)
    anew(torn, BLIND)
    again(torn, "linh", number)
    with pytest.raises(HasSeenFirst):
        torn.start("som", number)


def test_who_opened_it_goes_first_and_the_other_second(torn: House) -> None:
    number, _ = awaiting(torn, pulls={3: "48"})
    anew(torn, BLIND)
    again(torn, "som", number)
    assert again(torn, "linh", number).place == "second"
    assert torn.state(number) == "accepted"
    verifies(torn)


def test_after_the_comparison_all_is_drawn_anew_since_everybody_knows_the_first_check(torn: House) -> None:
    number, second = awaiting(torn, pulls={3: "48"})
    torn.review("som", second)
    torn.sign("som", second)
    anew(torn, BLIND)
    first = again(torn, "linh", number)
    assert first.opened.carries is None
    assert first.opened.seed != second.opened.seed
    again(torn, "som", number)
    assert torn.state(number) == "accepted"
    verifies(torn)


def test_review_needs_a_destructive_test(house: House) -> None:
    with pytest.raises(BadInput) as refused:
        house.approve(characteristics=(replace(PULL, destructive=False),))
    assert refused.value.code == "review_needs_destructive"
    with house.use.look() as uow:
        assert uow.procedure(PROCEDURE).version == 1


def pages_of(pdf: bytes) -> str:
    """Return all the text of a PDF, its lines joined."""
    return " ".join(" ".join(page.split()) for page in text(pdf))


def test_paper_says_what_was_reviewed_and_what_the_second_said_of_it(torn: House) -> None:
    number, second = awaiting(torn, {2: "WLD"}, {3: "48"})
    torn.review("som", second, {3: "the clamp slipped"})
    torn.sign("som", second)
    said = pages_of(torn.use.printing.inspection(number, torn.id("linh")))
    assert "Nothing here is inspected twice: the second person reviews what the first found." in said
    assert "By review of the first check" in said
    assert "Reviewed, not re-inspected" in said
    assert "Pull force" in said and "48 N" in said
    assert "the clamp slipped" in said
    assert "second check made blind" not in said


def test_paper_names_each_characteristic_that_was_reviewed(mixed: House) -> None:
    number, second = awaiting(mixed)
    record(mixed, "som", second)
    mixed.sign("som", second)
    said = pages_of(mixed.use.printing.inspection(number, mixed.id("linh")))
    assert "Not inspected twice: Pull force." in said
    assert "The first check found nothing to review." in said
    assert "second check made blind" in said
    assert "Nothing here is inspected twice" not in said
