# SPDX-License-Identifier: Apache-2.0
"""Every paper that leaves is told before it does: who, what, when, which way, which copy; no two with one number."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest

from qcdesk.domain.events import Document
from qcdesk.domain.refusals import CopyTaken, NotActive, SittingOver
from qcdesk.services.prints import Print, ToTell
from qcdesk.services.tell_prints import InMail
from qcdesk.services.trouble import Trouble
from qcdesk.store.verification import verify
from tests.workspace import House, refused, standing


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = standing(tmp_path)
    yield made
    made.database.dispose()


def report(house: House, batch: str) -> Print:
    """Return what stands for the bytes of a report that says which copy it is."""
    with house.use.look() as uow:
        found = uow.batch(batch)
        copy = uow.next_print("inspection", found.id, found.state)
    told = ToTell(
        "inspection", found.id, found.number, found.id, found.state, copy, ("en", "vi"), marked=True
    )
    return Print(b"%%PDF %d" % copy, told)


def of_certificate(number: int, copy: int, document: Document = "certificate") -> Print:
    return Print(
        b"%PDF", ToTell(document, str(number), f"{number:06d}", state="released", copy=copy, marked=True)
    )


def test_a_print_is_told_with_all_that_is_known_of_it(house: House) -> None:
    batch = house.accepted(number="DA-7")
    paper = report(house, batch)
    fact = house.use.prints.tell(house.sittings["linh"], paper, "printed")
    assert (fact.document, fact.name, fact.state) == ("inspection", "DA-7", "accepted")
    assert (fact.copy, fact.way, fact.languages) == (0, "printed", ("en", "vi"))
    assert fact.digest == sha256(paper).hexdigest()


def test_of_two_who_print_the_same_at_once_the_later_one_has_it_made_anew(house: House) -> None:
    batch = house.accepted()
    mine, theirs = report(house, batch), report(house, batch)
    house.use.prints.tell(house.sittings["linh"], mine, "printed")
    assert house.use.prints.has_left(theirs)
    refused(CopyTaken, lambda: house.use.prints.tell(house.sittings["som"], theirs, "printed"))
    papers = [theirs, report(house, batch)]
    left = house.use.prints.make_and_tell(house.sittings["som"], lambda: papers.pop(0), "printed")
    assert left.told.copy == 1
    with pytest.raises(Trouble):
        house.use.prints.make_and_tell(house.sittings["som"], lambda: theirs, "printed")


def test_what_says_no_copy_is_counted_and_what_would_tell_too_much_has_no_digest(house: House) -> None:
    sticker = Print(b"%PDF", ToTell("stickers", house.batch(), "", secret=True))
    for copy in (0, 1):
        assert not house.use.prints.has_left(sticker)
        told = house.use.prints.tell(house.sittings["linh"], sticker, "printed")
        assert (told.copy, told.digest, told.of_batch) == (copy, "", None)


def test_a_certificate_leaves_once_for_each_print_that_was_counted_and_by_its_form(house: House) -> None:
    linh = house.sittings["linh"]
    number = house.use.issue_certificate(house.hands["som"], house.released()).certificate
    copy = house.use.print_certificate(linh, number).copy
    of, with_results = of_certificate(number, copy), of_certificate(number, copy, "analysis")
    assert not house.use.prints.has_left(of)
    assert house.use.prints.tell(linh, of, "mailed").copy == 0
    assert house.use.prints.has_left(of)
    refused(CopyTaken, lambda: house.use.prints.tell(linh, of, "printed"))
    refused(CopyTaken, lambda: house.use.prints.tell(linh, with_results, "printed"))
    assert house.use.print_certificate(linh, number, results=True).copy == 0
    assert house.use.prints.tell(linh, with_results, "printed").copy == 0
    assert house.use.print_certificate(linh, number, results=True).copy == 1
    assert house.use.print_certificate(linh, number).copy == 1
    assert verify(house.database).problems == ()


def test_a_paper_in_a_mail_is_told_when_it_goes_once_and_as_the_copy_that_goes(house: House) -> None:
    batch, linh = house.accepted(), house.sittings["linh"]
    mail = InMail(house.use.prints, report(house, batch), lambda _: report(house, batch))
    mail.ready(linh)
    with house.use.look() as uow:
        assert not uow.prints()  # the server may still refuse it
    house.use.prints.tell(house.sittings["som"], report(house, batch), "printed")
    refused(CopyTaken, lambda: mail.tell(linh))
    assert not mail.told
    mail.ready(linh)
    assert mail.leaves == b"%PDF 1"
    mail.tell(linh)
    sent = mail.leaves
    for _ in range(2):  # refused after all, it is sent once more: the same copy
        mail.ready(linh)
        mail.tell(linh)
    assert mail.leaves == sent
    with house.use.look() as uow:
        newest, first = uow.prints()
    assert (first.way, newest.way, newest.copy) == ("printed", "mailed", 1)
    assert newest.digest == sha256(sent).hexdigest()
    plain = InMail(house.use.prints, b"%PDF", lambda _: report(house, batch))
    plain.ready(linh)
    plain.tell(linh)  # a closing slip is no paper of the log
    with house.use.look() as uow:
        assert len(uow.prints()) == 2


def test_whoever_reads_only_takes_a_paper_too_and_nobody_without_a_sitting(house: House) -> None:
    house.enrol("ai", "李娜", "auditor")
    paper = report(house, house.accepted())
    assert house.use.prints.tell(house.sittings["ai"], paper, "printed").copy == 0
    house.use.close_sitting(house.sittings["ai"])
    refused(SittingOver, lambda: house.use.prints.tell(house.sittings["ai"], paper, "printed"))


def test_whoever_is_suspended_prints_nothing(house: House) -> None:
    house.enrol("ai", "李娜", "auditor")
    paper = report(house, house.accepted())
    house.use.suspend(house.hands["linh"], "ai", "left")
    refused(NotActive, lambda: house.use.prints.tell(house.sittings["ai"], paper, "printed"))


def test_what_could_not_be_told_is_not_sent_and_what_a_printer_refuses_is_not_told(house: House) -> None:
    prints, linh, batch = house.use.prints, house.sittings["linh"], house.accepted()
    house.enrol("ai", "李娜", "auditor")
    paper, sent = report(house, batch), list[str]()

    def refuses() -> str:
        raise Trouble("printer")

    with pytest.raises(Trouble, match="printer"):
        prints.send(linh, [paper], "printed", refuses)
    house.use.suspend(house.hands["linh"], "ai", "left")
    refused(
        NotActive, lambda: prints.send(house.sittings["ai"], [paper], "printed", lambda: sent.append("ai"))
    )
    assert not prints.has_left(paper)
    prints.send(linh, [paper], "printed", lambda: sent.append("linh"))
    refused(CopyTaken, lambda: prints.send(None, [paper], "printed", lambda: sent.append("nobody")))
    assert sent == ["linh"] and prints.has_left(paper)


def test_what_a_printer_took_and_the_log_did_not_is_said(house: House) -> None:
    prints, linh, batch = house.use.prints, house.sittings["linh"], house.accepted()
    for sitting in (linh, None):
        paper = report(house, batch)
        with pytest.raises(Trouble, match="printed_untold"):
            prints.send(sitting, [paper], "printed", partial(prints.tell, linh, paper, "saved"))


def test_where_nobody_signed_in_the_workstation_notes_it_and_the_log_holds(house: House) -> None:
    batch = house.accepted()
    noted = house.use.prints.note(report(house, batch), "saved")
    assert noted is not None and noted.copy == 0
    with house.use.look() as uow:
        assert uow.next_print(noted.document, noted.subject_id, noted.state) == 1
    house.use.prints.tell(house.sittings["linh"], report(house, batch), "printed")
    assert verify(house.database).problems == ()
