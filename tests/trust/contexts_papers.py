# SPDX-License-Identifier: Apache-2.0
"""Cases of the rules about papers that left: by their events, counted without a gap, each print of a certificate once."""

from __future__ import annotations

from collections.abc import Iterator

from tests.store.attacks import filled, paper_print
from tests.store.scenes import World
from tests.trust.rule_cases import Case, event, now, quoted

DOCUMENTS = (
    "inspection",
    "certificate",
    "analysis",
    "first_article",
    "nonconformity",
    "corrective",
    "audit",
    "instruction",
    "label",
    "stickers",
    "figures",
)


def cases(world: World) -> Iterator[Case]:
    """Yield every case. The world printed the report of one batch twice, and certificate 1 once of its two prints;
    one with each result was counted, and has not left.
    """
    yield from _by_event(world)
    yield from _counted(world)
    yield from _certificates(world)
    yield from _noted(world)


def _put(world: World, document: str = "label", copy: int = 0, **changed: str) -> str:
    return filled(paper_print(document, str(copy), **changed), world)


def _by_event(world: World) -> Iterator[Case]:
    trigger, seq = "paper_print_by_its_event", world.head + 1
    for kind, person in (
        ("paper.printed", world.linh),
        ("paper.printed", world.som),
        ("paper.printed", None),
        ("paper.noted", None),
        ("paper.noted", world.linh),
        ("batch.held", world.linh),
    ):
        ready = event(seq, kind, person, now(world))
        for said in (world.linh, None):
            right = (kind, person) == (("paper.noted", None) if said is None else ("paper.printed", said))
            put = _put(world, seq=str(seq), person=quoted(said))
            yield Case(trigger, f"{kind} of {quoted(person)} says {quoted(said)}", not right, ready, put)
    ready = event(seq, "paper.printed", world.linh, now(world))
    yield Case(trigger, "at another workstation", True, ready, _put(world, seq=str(seq), station="'bench 9'"))
    yield Case(trigger, "an older event", True, ready, _put(world))


def _counted(world: World) -> Iterator[Case]:
    trigger = "paper_print_gapless"
    for document in DOCUMENTS:
        for copy in (0, 1):
            refused = copy == 1 and document not in ("certificate", "analysis")
            yield Case(trigger, f"{document}, copy {copy} of none", refused, (), _put(world, document, copy))
    paper = quoted(world.printed_paper)
    for copy in (0, 1, 2, 3):
        put = _put(world, "inspection", copy, subject=paper)
        yield Case(trigger, f"copy {copy} of what left twice", copy != 2, (), put)
        other = _put(world, "inspection", copy, subject=paper, state="'released'")
        yield Case(trigger, f"copy {copy} of another state", copy != 0, (), other)
        another = _put(world, "first_article", copy, subject=paper)
        yield Case(trigger, f"copy {copy} of another document", copy != 0, (), another)


def _certificates(world: World) -> Iterator[Case]:
    trigger = "paper_print_of_certificate"
    for document in DOCUMENTS:
        certificate = document in ("certificate", "analysis")
        for number, copy in ((1, 0), (1, 1), (1, 2), (2, 0), (9, 0)):
            prints = 2 if number == 1 else 1
            counted = copy < prints and number < 4 if document == "certificate" else (number, copy) == (1, 0)
            left = document == "certificate" and (number, copy) == (1, 0)
            put = _put(world, document, copy, subject=f"'{number}'", state="'other'")
            refused = certificate and (not counted or left)
            yield Case(trigger, f"{document} {number}, copy {copy}", refused, (), put)
    once = _put(world, "analysis", 0, subject="'1'", seq="1")
    for document in ("analysis", "certificate"):
        put = _put(world, document, 0, subject="'1'", state="'other'")
        yield Case(trigger, f"{document} 1 beside one with results that left", True, (once,), put)
    put = _put(world, "certificate", 1, subject="'1'")
    yield Case(trigger, "another copy beside one with results that left", False, (once,), put)
    report = _put(world, "inspection", 0, subject="'2'", seq="1")
    put = _put(world, "certificate", 0, subject="'2'")
    yield Case(trigger, "a certificate beside another paper of that name", False, (report,), put)


def _noted(world: World) -> Iterator[Case]:
    seq = world.head + 1
    for kind, person, act, session in (
        ("paper.noted", None, 0, None),
        ("paper.noted", world.linh, 0, None),
        ("paper.noted", None, 1, None),
        ("paper.noted", None, 0, "s"),
        ("paper.printed", None, 0, None),
        ("paper.printed", world.linh, 0, "s"),
    ):
        put = (
            "INSERT INTO line (seq, type, person, session, at, act, station, batch, round, checking) VALUES"
            f" ({seq}, '{kind}', {quoted(person)}, {quoted(session)}, {now(world)}, {act}, 'bench 1', NULL, NULL, NULL)"
        )
        right = (kind, person, act, session) == ("paper.noted", None, 0, None) or kind == "paper.printed" == (
            kind if person else ""
        )
        about = f"{kind} of {quoted(person)}, act {act}, session {quoted(session)}"
        yield Case("line_station_alone", about, not right, (), put)
