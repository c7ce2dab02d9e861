# SPDX-License-Identifier: Apache-2.0
"""A workstation's key is made once, readable by its owner alone, and signs nothing that a person does."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from qcdesk.domain.anchors import Head
from qcdesk.domain.canonical import encode
from qcdesk.domain.events import STATION_TYPES, all_facts
from qcdesk.domain.guessing import Moment
from qcdesk.domain.log import GENESIS, Event
from qcdesk.services.ports import KeptTry, Workstation
from qcdesk.services.trouble import Trouble
from qcdesk.signing.stations import KeptWorkstation
from qcdesk.signing.verifying import verify

VAULT = "a" * 32
FAILED = KeptTry("p" * 32, "badge", Moment(5, "bench 1", "s", 7))


def bench(folder: Path, station: str = "bench 1") -> KeptWorkstation:
    return KeptWorkstation(folder, station, "by the window", lambda: ("s", 7))


def body(kind: str, by: str | None = None, station: str = "bench 1") -> bytes:
    return Event(
        "b" * 32, VAULT, 1, GENESIS, 1, 1, station, "qcdesk 0", kind, by, "c" * 32, None, {}
    ).to_bytes()


def test_it_is_the_port(tmp_path: Path) -> None:
    port: Workstation = bench(tmp_path)
    assert (port.station, port.name) == ("bench 1", "by the window")
    assert port.moment(5) == Moment(5, "bench 1", "s", 7)


def test_the_key_is_made_once_for_each_workspace(tmp_path: Path) -> None:
    first = bench(tmp_path).hand(VAULT)
    assert bench(tmp_path).hand(VAULT).key == first.key
    assert bench(tmp_path).hand("b" * 32).key != first.key
    assert bench(tmp_path / "other").hand(VAULT).key != first.key


def test_the_key_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    bench(tmp_path).hand(VAULT)
    bench(tmp_path).keep_try(VAULT, FAILED)
    files = [p for p in tmp_path.rglob("*") if p.is_file()]
    assert len(files) == 2
    owners_alone = (
        0o600 if os.name == "posix" else 0o666
    )  # elsewhere the profile's folder is the owner's alone
    assert {stat.S_IMODE(p.stat().st_mode) for p in files} == {owners_alone}


def test_it_signs_station_events_of_its_own_and_heads(tmp_path: Path) -> None:
    hand = bench(tmp_path).hand(VAULT)
    for kind in STATION_TYPES:
        assert verify(hand.public_key, "event", body(kind), hand.sign("event", body(kind)))
    head = Head(VAULT, 7, "c" * 64, 1).body()
    assert verify(hand.public_key, "head", head, hand.sign("head", head))


@pytest.mark.parametrize(
    "body",
    [
        b"{}",
        b"[]",
        b"head",
        encode({"vault": VAULT, "seq": 7, "hash": "c" * 64}),
        encode({"vault": VAULT, "seq": 7, "hash": "c" * 64, "at": "1"}),
        encode({"vault": 1, "seq": 7, "hash": "c" * 64, "at": 1}),
        encode({"vault": VAULT, "seq": 7, "hash": "c" * 64, "at": 1, "withdrawn": []}),
        encode({"vault": VAULT, "seq": 7, "hash": "c" * 64, "at": 1, "keys": []}),
        b'{"vault":"' + VAULT.encode() + b'","seq":7,"hash":"' + b"c" * 64 + b'","at":1}',
    ],
)
def test_as_a_head_it_signs_a_head_and_nothing_more(tmp_path: Path, body: bytes) -> None:
    """The people sheet and the withdrawn list are signed by people, as kind ``head`` too."""
    with pytest.raises(ValueError, match="only"):
        bench(tmp_path).hand(VAULT).sign("head", body)


@pytest.mark.parametrize("kind", sorted(set(all_facts()) - STATION_TYPES))
def test_it_signs_nothing_that_a_person_does(tmp_path: Path, kind: str) -> None:
    with pytest.raises(ValueError, match="only"):
        bench(tmp_path).hand(VAULT).sign("event", body(kind))


def test_it_signs_for_no_person_no_other_workstation_and_no_other_kind(tmp_path: Path) -> None:
    hand = bench(tmp_path).hand(VAULT)
    for kind, bad in (
        ("event", body("auth.failed", by="p" * 32)),
        ("event", body("auth.failed", station="bench 2")),
        ("event", b"{}"),
        ("event", b"\xff"),
        ("cosign", body("auth.failed")),
        ("certificate", b"{}"),
        ("letter", b"{}"),
    ):
        with pytest.raises(ValueError):  # noqa: PT011 - whichever sentence: it is a fault of ours
            hand.sign(kind, bad)


def test_a_damaged_key_is_put_aside_and_made_anew(tmp_path: Path) -> None:
    old = bench(tmp_path).hand(VAULT).key
    (file,) = [p for p in tmp_path.rglob("*") if p.is_file()]
    file.write_bytes(b"short")
    assert bench(tmp_path).hand(VAULT).key != old
    assert file.with_suffix(".key.damaged").read_bytes() == b"short"


def test_a_folder_that_cannot_be_used_is_trouble(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(Trouble) as caught:
        bench(tmp_path / "file").hand(VAULT)
    assert caught.value.code == "folder"


def test_kept_tries_outlive_the_program_and_end_when_they_are_on_record(tmp_path: Path) -> None:
    for _ in range(3):
        bench(tmp_path).keep_try(VAULT, FAILED)
    assert bench(tmp_path).kept_tries(VAULT) == (FAILED,) * 3
    assert bench(tmp_path).kept_tries("b" * 32) == ()
    bench(tmp_path).drop_tries(VAULT)
    assert bench(tmp_path).kept_tries(VAULT) == ()


def test_tries_count_where_the_folder_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    station = bench(tmp_path / "file")
    station.keep_try(VAULT, FAILED)
    assert station.kept_tries(VAULT) == (FAILED,)


def test_a_damaged_line_of_kept_tries_is_left_out(tmp_path: Path) -> None:
    bench(tmp_path).keep_try(VAULT, FAILED)
    (file,) = tmp_path.rglob("*.tries")
    file.write_bytes(b"\xff{\n[]\n" + file.read_bytes() + b'{"person":1}\n')
    assert bench(tmp_path).kept_tries(VAULT) == (FAILED,)


def test_nothing_shows_the_key(tmp_path: Path) -> None:
    hand = bench(tmp_path).hand(VAULT)
    (file,) = [p for p in tmp_path.rglob("*") if p.is_file()]
    assert file.read_bytes().hex() not in repr(hand)


def test_tries_that_wait_count_from_whatever_station_folder(tmp_path: Path) -> None:
    workspace = tmp_path / "workspace"
    workspace.mkdir()
    failed = KeptTry("p" * 32, "password", Moment(1, "bench 1", "s", 7))
    for number in range(3):
        fresh = KeptWorkstation(tmp_path / str(number), f"bench {number}", "", lambda: ("s", 7), workspace)
        assert len(fresh.kept_tries(VAULT)) == number
        fresh.keep_try(VAULT, failed)
    last = KeptWorkstation(tmp_path / "last", "bench 9", "", lambda: ("s", 7), workspace)
    assert last.kept_tries(VAULT) == (failed,) * 3
    last.drop_tries(VAULT)
    assert bench(tmp_path / "0").kept_tries(VAULT) == ()


def test_tries_are_kept_in_the_stations_own_folder_where_the_workspace_takes_none(tmp_path: Path) -> None:
    failed = KeptTry("p" * 32, "password", Moment(1, "bench 1", "s", 7))
    one = KeptWorkstation(tmp_path / "own", "bench 1", "", lambda: ("s", 7), tmp_path / "not there")
    one.keep_try(VAULT, failed)
    again = KeptWorkstation(tmp_path / "own", "bench 1", "", lambda: ("s", 7))
    assert again.kept_tries(VAULT) == (failed,)


def test_what_was_seen_outlives_the_program_for_each_workspace_and_person(tmp_path: Path) -> None:
    bench(tmp_path).saw_up_to(VAULT, "tries linh", 40)
    bench(tmp_path).saw_up_to(VAULT, "tries som", 7)
    bench(tmp_path).saw_up_to(VAULT, "tries linh", 12)
    assert bench(tmp_path).seen_up_to(VAULT, "tries linh") == 40
    assert bench(tmp_path).seen_up_to(VAULT, "tries som") == 7
    assert bench(tmp_path).seen_up_to("b" * 32, "tries linh") == 0
    (file,) = tmp_path.rglob("*.seen")
    file.write_bytes(b"\xff[")
    assert bench(tmp_path).seen_up_to(VAULT, "tries linh") == 0


def test_what_was_seen_counts_where_the_folder_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    station = bench(tmp_path / "file")
    station.saw_up_to(VAULT, "tries linh", 40)
    assert station.seen_up_to(VAULT, "tries linh") == 40
