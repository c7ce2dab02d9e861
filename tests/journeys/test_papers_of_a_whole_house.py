# SPDX-License-Identifier: Apache-2.0
"""Every record of a house in which everything has happened once proves itself on paper, in one language and in two."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial

import pytest

from qcdesk.checker import papers, signatures
from qcdesk.domain.inputs import BadInput
from qcdesk.reports import pages
from qcdesk.reports.printing import PdfPrinting
from qcdesk.services.ports import PaperFacts
from qcdesk.store.evidence import sealed_paper
from qcdesk.store.unit_of_work import SqlUnitOfWork
from qcdesk.wording.checked_papers import shown
from tests.store.scenes import World


class Station:
    """A workstation that the log does not know; what it seals is taken as good here."""

    station, key, public_key = "bench", "ab" * 16, bytes(32)

    def sign(self, _kind: str, _body: bytes) -> bytes:
        return bytes(64)


@pytest.fixture
def sealing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    real = signatures.verify

    def verify(public: bytes, kind: str, body: bytes, sig: bytes) -> bool:
        return kind == "paper" or real(public, kind, body, sig)

    def proven(_printing: PdfPrinting, draw: Callable[[str], bytes], facts: PaperFacts) -> bytes:
        pdf = draw("")
        with world.house.database.reading() as connection:
            return sealed_paper(connection, pdf, facts, Station()) or pdf

    monkeypatch.setattr(signatures, "verify", verify)
    monkeypatch.setattr(PdfPrinting, "_proven", proven)


def prints(world: World, language: str, second: str) -> Iterator[tuple[str, bytes]]:
    use = world.house.use
    printing, records = use.printing.in_language(language, second), use.read.nonconformities
    for row in records.listed(closed=True):
        yield f"NC-{row.number}", printing.nonconformity(partial(records.page, row.number, None))
    with use.look() as uow:
        actions = uow.actions()
    for action in actions:
        yield action.name, printing.eight_d(action.id)
    yield "audit", printing.audit(world.audit_closed, world.linh)
    for one in use.read.procedures(world.today()):
        for version in range(1, one.version.version + 1):
            name = f"{one.version.code} version {version}"
            yield name, printing.instruction(one.version.code, version)


@pytest.mark.parametrize(("language", "second"), [("en", ""), ("vi", "th")])
@pytest.mark.usefixtures("sealing")
def test_every_record_of_a_house_holds_on_paper(world: World, language: str, second: str) -> None:
    states = set()
    for name, pdf in prints(world, language, second):
        answer = papers.check(pdf)
        assert answer.findings == (), name
        assert shown(answer, (), "\n".join(pages.text(pdf))) == [], name
        states.add((answer.said["document"], answer.said["state"]))
    assert {
        ("nonconformity", "open"),
        ("nonconformity", "closed"),
        ("corrective", "open"),
        ("corrective", "closed"),
        ("audit", "passed"),
        ("instruction", "draft"),
        ("instruction", "approved"),
        ("instruction", "retired"),
    } <= states


def inspected(world: World, language: str, second: str) -> Iterator[tuple[str, bytes]]:
    printing = world.house.use.printing.in_language(language, second)
    with world.house.database.reading() as connection:
        states = ",".join(f"'{state}'" for state in papers.SEEN_BY_ALL)
        rounds = connection.exec_driver_sql(
            "SELECT b.id, r.no FROM comparison c JOIN round r ON r.id = c.round JOIN batch b ON b.id = r.batch"
            f" WHERE b.state IN ({states}) ORDER BY c.seq"
        ).all()
    for batch, no in rounds:
        yield batch, printing.inspection(batch, world.linh, None, no)
        with suppress(BadInput):  # goods that were tallied have no units
            yield f"first article of {batch}", printing.first_article(batch, world.linh, 2, ())
    for results in (False, True):
        yield f"certificate, {results}", printing.certificate(1, 0, results=results)


@pytest.mark.parametrize(("language", "second"), [("en", ""), ("vi", "th")])
@pytest.mark.usefixtures("sealing")
def test_every_inspection_of_a_house_and_its_certificates_hold_on_paper(
    world: World, monkeypatch: pytest.MonkeyPatch, language: str, second: str
) -> None:
    monkeypatch.setattr(
        SqlUnitOfWork, "batch_verifies", lambda *_: True
    )  # one of its lines nobody has signed
    states = set()
    for name, pdf in inspected(world, language, second):
        answer = papers.check(pdf)
        assert answer.findings == (), name
        codes = (answer.code,) if answer.code else ()
        assert shown(answer, codes, "\n".join(pages.text(pdf))) == [], name
        states.add((answer.said["document"], answer.said["state"]))
    of_rounds = {"accepted", "rejected", "disagreed", "released", "released_under_concession", "withdrawn"}
    assert {("inspection", state) for state in of_rounds} | {("conformity", "released")} <= states
    assert ("first_article", "disagreed") in states
