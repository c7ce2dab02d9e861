# SPDX-License-Identifier: Apache-2.0
"""A certificate on paper is checked with the people sheet alone, and each way of lying with either is told."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from qcdesk.checker import canonical, certificates
from qcdesk.checker.certificates import (
    Certificate,
    Known,
    Unreadable,
    check,
    read,
    read_sheet,
    read_withdrawn,
)
from qcdesk.domain.certificates import CertificateCode, printed_code
from qcdesk.domain.log import event_hash
from qcdesk.domain.refusals import MissingRole
from qcdesk.store.keeping import SqlKeeping
from qcdesk.store.upgrading import upgrade
from tests.workspace import HandClock, House, connect


@dataclass
class Site:
    """A site with two certificates, one of them void, and what it gives out."""

    house: House
    folder: Path
    codes: tuple[str, ...] = ()

    def play(self) -> Site:
        use, som = self.house.use, self.house.hands["som"]
        self.house.enrol("minh", "Trần Văn Minh", "inspector", "releaser")
        self.house.enrol("audi", "Au Ditor", "auditor")
        self.house.enrol("huy", "Phạm Huy", "inspector")
        good, void = self.house.released(number="DA-1"), self.house.released(number="DA-2")
        facts = [use.issue_certificate(som, good), use.issue_certificate(self.house.hands["minh"], void)]
        self.codes = tuple(printed_code(f.code, f.sig) for f in facts)
        use.withdraw_batch(som, void, "recall")
        keeping = SqlKeeping(self.house.database, self.house.clock)
        keeping.people_sheet(self.house.hands["linh"], str(self.folder / "people.json"))
        keeping.withdrawn_list(self.house.hands["linh"], str(self.folder / "void.json"))
        self.fingerprint = keeping.fingerprint()
        return self

    def sheet(self) -> dict[str, Any]:
        found = json.loads((self.folder / "people.json").read_text("utf-8"))
        assert isinstance(found, dict)
        return found

    def void(self) -> dict[str, Any]:
        found = json.loads((self.folder / "void.json").read_text("utf-8"))
        assert isinstance(found, dict)
        return found


def site_in(folder: Path, salt: str = "") -> Site:
    folder.mkdir()
    database = connect(str(folder))
    upgrade(database)
    return Site(House.ready(database, HandClock(), salt=salt), folder).play()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    made = site_in(tmp_path_factory.mktemp("site") / "one")
    yield made
    made.house.database.dispose()


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    made = site_in(tmp_path_factory.mktemp("site") / "two", "another site")
    yield made
    made.house.database.dispose()


def text(said: dict[str, Any]) -> str:
    return json.dumps(said)


def problems(
    certificate: Certificate, sheet: dict[str, Any], void: dict[str, Any] | None = None
) -> list[str]:
    listed = read_withdrawn(text(void)) if void is not None else None
    return [f.code for f in check(certificate, read_sheet(text(sheet)), listed)]


def signed_anew(site: Site, said: dict[str, Any], who: str) -> dict[str, Any]:
    """Return a sheet or a list as somebody with a key of the site makes it up: any content, the own signature."""
    hand = site.house.hands[who]
    body = {name: said[name] for name in said if name not in ("format", "key", "sig")}
    if "lines" in body:
        body["lines"] = [
            event_hash(one["body"].encode(), bytes.fromhex(one["sig"])).hex() for one in said["lines"]
        ]
    return {**said, "key": hand.key, "sig": hand.sign("head", canonical.write(body)).hex()}


def test_a_genuine_certificate_holds_with_the_sheet_and_the_list(site: Site) -> None:
    certificate = read(site.codes[0])
    assert (certificate.number, certificate.batch, certificate.quantity) == (1, "DA-1", 20)
    assert problems(certificate, site.sheet(), site.void()) == []


def test_the_code_alone_is_one_persons_word(site: Site) -> None:
    assert problems(read(site.codes[0]), site.sheet()) == ["certificate_unlisted"]


def test_what_a_releaser_makes_up_outside_is_not_known_to_the_list(site: Site) -> None:
    """Neither a number that the site never gave, nor one of another certificate, nor the very same words again."""
    for number in (1, 2, 3):
        made_up = signed_by(site, "som", number=number, batch="DA-9999")
        wanted = "certificate_void" if number == 2 else "certificate_unknown"
        assert problems(made_up, site.sheet(), site.void()) == [wanted]


def test_a_list_by_whoever_signed_the_certificate_is_not_enough(site: Site) -> None:
    made_up = signed_by(site, "som", number=3, batch="DA-9999")
    known = {"number": 3, "code": sha256(made_up.signed).hexdigest()}
    own = signed_anew(site, {**site.void(), "issued": [known]}, "som")
    assert problems(made_up, site.sheet(), own) == ["certificate_own_list"]


def test_a_list_of_before_knows_only_what_is_void(site: Site) -> None:
    before = {**site.void(), "format": "qcdesk-withdrawn-1"}
    del before["issued"]
    before = signed_anew(site, before, "linh")
    assert problems(read(site.codes[1]), site.sheet(), before) == ["certificate_void"]
    assert problems(read(site.codes[0]), site.sheet(), before) == ["certificate_unknown"]


@pytest.mark.parametrize("who", ["huy", "audi"])
def test_a_list_or_sheet_by_who_has_no_right_to_it_is_refused(site: Site, who: str) -> None:
    empty = signed_anew(site, {**site.void(), "withdrawn": []}, who)
    assert problems(read(site.codes[1]), site.sheet(), empty) == ["withdrawn_right"]
    with pytest.raises(Unreadable, match="no administrator and no releaser"):
        read_sheet(text(signed_anew(site, site.sheet(), who)))
    keeping = SqlKeeping(site.house.database, site.house.clock)
    for write in (keeping.people_sheet, keeping.withdrawn_list):
        with pytest.raises(MissingRole):
            write(site.house.hands[who], str(site.folder / "never.json"))
    assert not (site.folder / "never.json").exists()


def test_a_list_or_sheet_by_who_has_left_is_refused() -> None:
    day = 86_400_000_000
    known = Known("An", "1", b"", active=False, ended=30 * day, administrator=10 * day, administered=20 * day)
    assert known.vouches(10 * day) and known.vouches(20 * day)
    assert not known.vouches(9 * day) and not known.vouches(20 * day + 1)
    assert known._replace(administered=None).vouches(30 * day)
    assert not known._replace(administered=None).vouches(30 * day + 1)
    assert not known._replace(administrator=None).vouches(15 * day)
    assert known._replace(administrator=None, releaser=1, no_more=None).vouches(15 * day)


def test_the_sheet_gives_names_and_the_fingerprint_of_every_paper(site: Site) -> None:
    sheet = read_sheet(text(site.sheet()))
    assert sheet.fingerprint == site.fingerprint
    assert {known.name for known in sheet.people.values()} == {
        "Nguyễn Thị Linh",
        "สมชาย ศรีสุข",
        "Trần Văn Minh",
        "Phạm Huy",
        "Au Ditor",
    }
    assert sheet.people[read(site.codes[1]).key].name == "Trần Văn Minh" and all(
        k.active for k in sheet.people.values()
    )


def test_a_void_certificate_is_told_by_the_list(site: Site) -> None:
    certificate = read(site.codes[1])
    assert problems(certificate, site.sheet()) == ["certificate_unlisted"], "without the list nobody can know"
    assert problems(certificate, site.sheet(), site.void()) == ["certificate_void"]


def test_a_certificate_of_another_site_is_told(site: Site, other: Site) -> None:
    assert problems(read(other.codes[0]), site.sheet()) == ["certificate_site"]


def test_a_list_of_another_site_is_told(site: Site, other: Site) -> None:
    assert problems(read(site.codes[0]), site.sheet(), other.void()) == ["withdrawn_signature"]


def test_a_list_from_which_one_was_taken_out_is_told(site: Site) -> None:
    assert problems(read(site.codes[1]), site.sheet(), {**site.void(), "withdrawn": []}) == [
        "withdrawn_signature"
    ]


def test_a_signature_by_somebody_not_on_the_sheet_is_told(site: Site) -> None:
    sheet = site.sheet()
    sheet["lines"] = [line for line in sheet["lines"] if "Minh" not in line["body"]]
    with pytest.raises(Unreadable, match="not signed by anybody"):
        read_sheet(text(sheet))
    forged = bytearray(read(site.codes[0]).signed)
    forged[92] ^= 1
    assert problems(read(printed_code(bytes(forged), read(site.codes[0]).sig)), site.sheet()) == [
        "certificate_key"
    ]


def signed_by(site: Site, who: str, number: int = 1, batch: str = "DA-1") -> Certificate:
    """Return a certificate that somebody made up with the own key."""
    hand, good = site.house.hands[who], read(site.codes[0])
    said = CertificateCode(
        vault=good.vault, number=number, verdict="released", quantity=good.quantity, on=good.on,
        record=good.record, event=good.event, key=hand.key, batch=batch, product=good.product,
        revision=good.revision,
    )  # fmt: skip
    code = said.body()
    return read(printed_code(code, hand.sign("certificate", code)))


def test_who_was_never_a_releaser_certifies_nothing(site: Site) -> None:
    assert problems(signed_by(site, "minh"), site.sheet()) == ["certificate_unlisted"]
    assert problems(signed_by(site, "huy"), site.sheet()) == ["certificate_role"]


def test_a_day_before_the_role_or_after_its_end_or_the_keys_is_told() -> None:
    day = 86_400_000_000
    known = Known("An", "1", b"", active=True, releaser=100 * day)
    on = date(1970, 1, 1) + timedelta(days=100)
    assert known.certified(on) is None
    assert known.certified(on - timedelta(days=2)) == "certificate_role"
    assert known._replace(releaser=None).certified(on) == "certificate_role"
    assert known._replace(no_more=98 * day).certified(on) == "certificate_role"
    assert known._replace(no_more=99 * day).certified(on) is None, "what was signed that very day"
    assert known._replace(active=False, ended=98 * day).certified(on) == "certificate_ended"


@pytest.mark.parametrize("kind", ["key.enrolled", "person.renamed", "role.granted"])
def test_a_key_a_name_or_a_role_by_one_alone_counts_for_nothing_on_a_sheet(site: Site, kind: str) -> None:
    """Nobody brings a fresh key, another name or a role for somebody onto a sheet with one signature."""
    sheet = site.sheet()
    hand, minh = site.house.hands["huy"], site.house.id("minh")
    said = json.loads(sheet["lines"][-1]["body"])
    body: dict[str, Any] = {
        "key.enrolled": {"person": minh, "key": hand.key, "public_key": "00" * 32},
        "person.renamed": {"person": minh, "name": "Maria Keller"},
        "role.granted": {"person": hand.person, "grant": {"role": "releaser", "families": [], "until": None}},
    }[kind]  # type: ignore[assignment]
    del said["co"]
    made_up = canonical.write(
        {**said, "seq": said["seq"] + 1, "type": kind, "by": hand.person, "key": hand.key, "body": body}
    )
    sheet["lines"].append({"body": made_up.decode(), "sig": hand.sign("event", made_up).hex()})
    with pytest.raises(Unreadable):
        read_sheet(text(sheet))
    genuine, found = read_sheet(text(site.sheet())), read_sheet(text(signed_anew(site, sheet, "linh")))
    assert (found.people, found.left_out) == (genuine.people, (said["seq"] + 1,))


def test_a_line_that_nobody_signed_leaves_the_sheet_readable(site: Site) -> None:
    """One forged line that says somebody was suspended, or that is no line at all, takes nobody's sheet away."""
    sheet, good = site.sheet(), read_sheet(text(site.sheet()))
    said = json.loads(sheet["lines"][-1]["body"])
    forged = canonical.write({**said, "seq": said["seq"] + 1, "type": "person.suspended"})
    sheet["lines"][1:1] = [
        {"body": forged.decode(), "sig": "5a" * 64},
        {"body": "{", "sig": ""},
        {"body": '{"seq":"x"}', "sig": ""},
    ]
    found = read_sheet(text(signed_anew(site, sheet, "linh")))
    assert (found.people, found.left_out) == (good.people, (said["seq"] + 1, 0, 0))


def test_a_signature_of_another_kind_is_none(site: Site) -> None:
    certificate = read(site.codes[0])
    sig = site.house.hands["som"].sign("head", certificate.signed)
    assert problems(read(printed_code(certificate.signed, sig)), site.sheet()) == ["certificate_signature"]


CHANGES: dict[str, Callable[[dict[str, Any]], object]] = {
    "a name was changed": lambda s: s["lines"][0].update(body=s["lines"][0]["body"].replace("Linh", "Lanh")),
    "a line was left out": lambda s: s["lines"].pop(),
    "the first line was left out": lambda s: s["lines"].pop(0),
    "the order was changed": lambda s: s["lines"].reverse(),
    "a line comes twice": lambda s: s["lines"].append(s["lines"][-1]),
    "a signature was changed": lambda s: s["lines"][-1].update(sig="00" * 64),
    "the time was changed": lambda s: s.update(at=s["at"] + 1),
    "the head was changed": lambda s: s.update(hash="00" * 32),
    "another key is named": lambda s: s.update(key="00" * 16),
    "no lines": lambda s: s.update(lines=[]),
    "lines are text": lambda s: s.update(lines=["x"]),
    "another format": lambda s: s.update(format="qcdesk-people-2"),
    "no time": lambda s: s.pop("at"),
    "time is text": lambda s: s.update(at="now"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_sheet_that_was_touched_is_refused(site: Site, what: str) -> None:
    sheet = site.sheet()
    CHANGES[what](sheet)
    with pytest.raises(Unreadable):
        read_sheet(text(sheet))


def test_somebody_added_to_a_sheet_by_one_insider_counts_for_nothing(site: Site) -> None:
    """Two who were there before sign whoever comes; a line that one insider made up has not both."""
    sheet = site.sheet()
    said = json.loads(sheet["lines"][-1]["body"])
    said["co"] = [c for c in said["co"] if c["person"] == said["body"]["person"]]
    assert len(said["co"]) == 1
    body = canonical.write(said)
    hand = site.house.hands["linh"] if said["by"] == site.house.id("linh") else site.house.hands["som"]
    sheet["lines"][-1] = {"body": body.decode(), "sig": hand.sign("event", body).hex()}
    with pytest.raises(Unreadable):
        read_sheet(text(sheet))
    found = read_sheet(
        text(signed_anew(site, sheet, "som" if hand.person == site.house.id("linh") else "linh"))
    )
    assert found.left_out == (said["seq"],)
    assert said["body"]["name"] not in {known.name for known in found.people.values()}


@pytest.mark.parametrize("given", ["", "[]", "null", "{", "[" * 5_000, "{}"])
def test_what_is_no_sheet_or_list_is_refused(given: str) -> None:
    for reader in (read_sheet, read_withdrawn):
        with pytest.raises(Unreadable):
            reader(given)


@pytest.mark.parametrize(
    "code", ["", "QC1:", "QC2:ABC", "QC1:abc", "QC1:" + "A" * 7, "QC1:" + ":" * 300, "hello"]
)
def test_what_is_no_code_is_refused(code: str) -> None:
    with pytest.raises(Unreadable):
        read(code)


def test_the_alphabet_is_the_printers(site: Site) -> None:
    assert set(site.codes[0].removeprefix("QC1:")) <= set(certificates.ALPHABET)
