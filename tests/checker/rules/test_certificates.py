# SPDX-License-Identifier: Apache-2.0
"""Each rule of certificates with a log that breaks it, written past the program and found all the same (trust.md §6)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from qcdesk.checker.lines import framed
from qcdesk.checker.rules.replay import Replay
from qcdesk.checker.walk import Standing, Walk
from qcdesk.domain.certificates import CertificateCode
from tests.checker.book import PRODUCT, Book, name_of, person

Deed = Callable[["Site"], object]


class Site:
    """An, Bo and Chi, and a batch that Chi released."""

    def __init__(self) -> None:
        """Play up to the release."""
        self.book = Book().opened()
        self.book.enrol("chi", ["inspector", "arbiter", "releaser"])
        self.released = self.release("B-1")

    def release(self, number: str) -> tuple[str, str, int]:
        """Release one more batch; its id, its round, and the number of the release."""
        batch, round_, checks = self.book.accepted(number)
        row = self.book.release("chi", batch, round_, checks)
        self.book.hashes[batch] = row.hash.hex()
        return batch, round_, row.seq

    def issue(
        self,
        certificate: int = 1,
        who: str = "chi",
        signed_by: str | None = None,
        of: tuple[str, str, int] | None = None,
        number: str = "B-1",
        co: tuple[str, ...] = (),
        code: dict[str, Any] | None = None,
        **changes: Any,  # noqa: ANN401 - any field of the event
    ) -> None:
        """Issue a certificate; ``code`` changes what the printed code says, ``changes`` what the event says."""
        batch, round_, release = of or self.released
        pen = self.book.pens[who]
        said = CertificateCode(
            vault=self.book.vault,
            number=certificate,
            verdict="released",
            quantity=20,
            on=date(2026, 3, 2),
            record=self.book.record_of(batch),
            event=self.book.hashes[batch],
            key=pen.id,
            batch=number,
            product=PRODUCT,
            revision="",
        )
        printed = replace(said, **(code or {})).body()
        sig = self.book.pens[signed_by or who].key.sign(framed("certificate", printed))
        body = {
            "certificate": certificate,
            "batch": batch,
            "round": round_,
            "release": release,
            "verdict": "released",
            "quantity": 20,
            "on": "2026-03-02",
            "record": said.record,
            "code": printed.hex(),
            "sig": sig.hex(),
            **changes,
        }
        self.book.act(who, "certificate.issued", body, co)

    def print(
        self, copy: int = 0, certificate: int = 1, who: str = "an", batch: str = "", **more: object
    ) -> None:
        """Put a print on record."""
        self.book.entry(
            who,
            "certificate.printed",
            {"certificate": certificate, "batch": batch or self.released[0], "copy": copy, **more},
        )

    def hold(self) -> None:
        """Stop the batch."""
        hold = {
            "batch": self.released[0],
            "hold": name_of("hold"),
            "kind": "other",
            "reason": "call",
        }
        self.book.entry("an", "batch.held", hold)

    def take_back(self) -> None:
        """Take the release back."""
        self.book.act("chi", "batch.withdrawn", {"batch": self.released[0], "reason": "recall"})

    def void(self, certificate: int = 1, batch: str = "") -> None:
        """Say that a certificate is void."""
        body = {"certificate": certificate, "batch": batch or self.released[0], "reason": "recall"}
        self.book.act("chi", "certificate.withdrawn", body)


def test_a_certificate_issued_printed_copied_and_voided_holds() -> None:
    site = Site()
    site.issue()
    site.print()
    site.print(0, results=True)
    site.print(1)
    site.print(1, results=True)
    second = site.release("B-2")
    site.issue(2, of=second, number="B-2")
    site.take_back()
    site.void()
    assert site.book.codes() == set()


def a_number_left_out(site: Site) -> None:
    site.issue(2)


def a_second_one_of_the_same_release(site: Site) -> None:
    site.issue()
    site.issue(2)


def signed_by_two(site: Site) -> None:
    site.issue(co=("an",))


def before_the_release(site: Site) -> None:
    batch, round_, _ = site.book.accepted("B-2")
    site.book.hashes[batch] = "0" * 64
    site.issue(of=(batch, round_, 1), number="B-2")


def of_what_is_held(site: Site) -> None:
    site.hold()
    site.issue()


def by_who_may_not_release(site: Site) -> None:
    site.book.enrol("dan", ["inspector"])
    site.issue(who="dan")


def print_of_none(site: Site) -> None:
    site.print()


def print_by_an_auditor(site: Site) -> None:
    site.book.enrol("aud", ["auditor"])
    site.issue()
    site.print(who="aud")


def print_of_a_void_one(site: Site) -> None:
    site.issue()
    site.take_back()
    site.void()
    site.print()


def print_for_another_batch(site: Site) -> None:
    other = site.release("B-2")
    site.issue()
    site.print(batch=other[0])


def print_of_what_is_held(site: Site) -> None:
    site.issue()
    site.hold()
    site.print()


def a_copy_left_out(site: Site) -> None:
    site.issue()
    site.print()
    site.print(2)


def a_copy_called_the_first_print(site: Site) -> None:
    site.issue()
    site.print()
    site.print()


def a_copy_with_results_after_one_without(site: Site) -> None:
    site.issue()
    site.print()
    site.print(1, results=True)


def rework_ordered_while_it_stands(site: Site) -> None:
    site.issue()
    site.hold()
    batch, round_, _ = site.released
    said = {"disposition": "rework", "quantity": 20, "reason": "deburr"}
    site.book.act("an", "batch.disposed", {"batch": batch, "round": round_, **said}, ("bo",))


def rework_done_while_it_stands(site: Site) -> None:
    batch, round_, _ = site.released
    site.hold()
    said = {"disposition": "rework", "quantity": 20, "reason": "deburr"}
    site.book.act("an", "batch.disposed", {"batch": batch, "round": round_, **said}, ("bo",))
    hold = name_of("hold")
    site.book.act("chi", "batch.lifted", {"batch": batch, "hold": hold, "reason": "no edge"}, ("bo",))
    site.issue()
    site.book.entry("an", "batch.reworked", {"batch": batch, "by": [person("an")]})


def void_without_the_release_taken_back(site: Site) -> None:
    site.issue()
    site.void()


def void_twice(site: Site) -> None:
    site.issue()
    site.take_back()
    site.void()
    site.void()


def void_where_there_is_none(site: Site) -> None:
    site.take_back()
    site.void()


def void_for_another_batch(site: Site) -> None:
    other = site.release("B-2")
    site.issue()
    site.take_back()
    site.void(batch=other[0])


def issuing(**changes: Any) -> Deed:  # noqa: ANN401 - any field
    def deed(site: Site) -> None:
        site.issue(**changes)

    return deed


BROKEN: list[tuple[Deed, str]] = [
    (a_number_left_out, "rule_certificate_number"),
    (a_second_one_of_the_same_release, "rule_certificate_number"),
    (signed_by_two, "rule_signers"),
    (before_the_release, "rule_state"),
    (of_what_is_held, "rule_held"),
    (by_who_may_not_release, "rule_role"),
    (issuing(verdict="released_under_concession"), "rule_certificate"),
    (issuing(quantity=19), "rule_certificate"),
    (issuing(release=1), "rule_certificate"),
    (issuing(record="0" * 64), "rule_certificate"),
    (issuing(signed_by="bo"), "rule_certificate_code"),
    (issuing(sig="00" * 64), "rule_certificate_code"),
    (issuing(code={"number": 2}), "rule_certificate_code"),
    (issuing(code={"vault": "0" * 32}), "rule_certificate_code"),
    (issuing(code={"verdict": "released_under_concession"}), "rule_certificate_code"),
    (issuing(code={"quantity": 21}), "rule_certificate_code"),
    (issuing(code={"on": date(2026, 3, 3)}), "rule_certificate_code"),
    (issuing(code={"record": "0" * 64}), "rule_certificate_code"),
    (issuing(code={"event": "0" * 64}), "rule_certificate_code"),
    (issuing(code={"key": "0" * 32}), "rule_certificate_code"),
    (issuing(code={"batch": "B-2"}), "rule_certificate_code"),
    (issuing(code={"product": "HIP"}), "rule_certificate_code"),
    (issuing(code={"revision": "B"}), "rule_certificate_code"),
    (print_of_none, "rule_certificate_number"),
    (print_by_an_auditor, "rule_no_role"),
    (print_of_a_void_one, "rule_certificate_void"),
    (print_for_another_batch, "rule_certificate_void"),
    (print_of_what_is_held, "rule_held"),
    (a_copy_left_out, "rule_certificate_copy"),
    (a_copy_called_the_first_print, "rule_certificate_copy"),
    (a_copy_with_results_after_one_without, "rule_certificate_copy"),
    (rework_ordered_while_it_stands, "rule_certificate_stands"),
    (rework_done_while_it_stands, "rule_certificate_stands"),
    (void_without_the_release_taken_back, "rule_certificate_void"),
    (void_twice, "rule_certificate_void"),
    (void_where_there_is_none, "rule_certificate_void"),
    (void_for_another_batch, "rule_certificate_void"),
]


@pytest.mark.parametrize(
    ("deed", "code"), BROKEN, ids=[f"{d.__name__}-{c}-{i}" for i, (d, c) in enumerate(BROKEN)]
)
def test_each_rule_of_certificates_is_found_broken(deed: Deed, code: str) -> None:
    site = Site()
    assert site.book.codes() == set()
    deed(site)
    found = site.book.codes()
    assert code in found and found <= {code, "rule_certificate", "rule_certificate_code"}


def found_in(site: Site) -> list[tuple[int | None, str]]:
    """Return number and code of everything that does not hold."""
    walk = Walk(Replay(), Standing())
    walk.take(site.book.rows)
    return [(f.event, f.code) for f in (*walk.rules.findings, *walk.rules.owing())]


@pytest.mark.parametrize(("until", "found"), [("2026-03-02", False), ("2026-03-01", True)])
def test_nothing_is_certified_under_a_concession_after_its_last_day(until: str, found: bool) -> None:
    site = Site()
    site.issue(verdict="released_under_concession", code={"verdict": "released_under_concession"})
    *before, issued = site.book.rows
    walk = Walk(Replay(), Standing())
    walk.take(before)
    batch = walk.rules.batches.get(site.released[0])
    assert batch is not None
    batch.state, batch.until = "released_under_concession", until  # as an approved concession leaves it
    walk.take([issued])
    assert [f.code for f in walk.rules.findings] == ["rule_concession_over"] * found


def test_a_release_taken_back_owes_the_end_of_its_certificate_also_at_the_end_of_the_log() -> None:
    site = Site()
    other = site.book.accepted("B-2")
    site.issue()
    site.take_back()
    owing = [(site.book.seq, "rule_owed")]
    assert found_in(site) == owing
    site.book.release("chi", *other)
    assert found_in(site) == owing, "not held against who came next"


def test_the_end_of_the_certificate_settles_what_was_owed() -> None:
    site = Site()
    site.issue()
    site.take_back()
    site.void()
    assert found_in(site) == []
