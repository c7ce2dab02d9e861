# SPDX-License-Identifier: Apache-2.0
"""What a station saw and the log no longer holds blocks the release; anchors that somebody brings are held against it."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from qcdesk.domain.anchors import Anchor, Head, printed
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import SeenEventLost
from qcdesk.services.trouble import Trouble
from qcdesk.signing.verifying import verify as verify_signature
from qcdesk.store.anchors import HOUR_US, KEPT, Settled, StationAnchors, _is_settled, _settled
from qcdesk.store.backups import back_up
from qcdesk.store.database import FILE_NAME, Database
from qcdesk.store.keeping import SqlKeeping
from qcdesk.store.unit_of_work import SqlUnitOfWork
from tests.workspace import STATION, CountedIds, HandClock, House, connect, secret

on_sqlite = pytest.mark.parametrize("location", ["sqlite"], indirect=True)


def seen_from(house: House, database: Database, anchors: StationAnchors, *, signs: bool = False) -> House:
    """Return the house as a station with a memory of its own sees it, in this database. ``signs``: with its own key."""
    ids = CountedIds("seen")
    workstation = house.use.workstation if signs else None

    def begin() -> SqlUnitOfWork:
        return SqlUnitOfWork(
            database, house.clock, ids, STATION, write=True, anchors=anchors, workstation=workstation
        )

    def look() -> SqlUnitOfWork:
        return SqlUnitOfWork(database, house.clock, ids, STATION, write=False, anchors=anchors)

    keeping = SqlKeeping(database, house.clock, anchors=anchors, workstation=workstation)
    use = replace(house.use, begin=begin, look=look, keeping=keeping)
    keeping.lost()
    return replace(house, use=use, database=database, begin=begin)


@pytest.fixture
def station(own_station: Path) -> StationAnchors:
    return StationAnchors(own_station, "here", "lan")


@pytest.fixture
def seen(house: House, station: StationAnchors) -> House:
    """A workspace at work on a station that remembers."""
    return seen_from(house, house.database, station)


def vault(house: House) -> str:
    with house.use.look() as uow:
        return uow.vault


def test_after_each_act_the_head_is_kept_as_the_actor_signed_it(seen: House, station: StationAnchors) -> None:
    batch = seen.accepted()
    seen.use.release_batch(seen.hands["som"], batch)
    newest = station.newest(vault(seen))
    assert newest is not None and newest.key == seen.hands["som"].key
    assert (newest.head.seq, newest.head.hash) == seen.use.keeping.head()
    assert seen.use.keeping.against([]).problems == () and seen.use.keeping.lost() is None


def test_entries_alone_leave_no_head_where_nobody_has_signed_in_yet(
    seen: House, station: StationAnchors
) -> None:
    seen.batch()
    assert station.newest(vault(seen)) is None


def test_a_station_that_saw_nothing_yet_releases(seen: House) -> None:
    assert seen.use.keeping.lost() is None
    assert seen.state(seen.released()) == "released"


@on_sqlite
def test_an_older_copy_releases_nothing_and_says_what_was_seen(
    seen: House, station: StationAnchors, tmp_path: Path
) -> None:
    old = tmp_path / "old"
    old.mkdir()
    batch = seen.accepted()
    shutil.copy(seen.database.folder / FILE_NAME, old / FILE_NAME)
    other = seen.released()
    here = seen.use.keeping.head()[0]
    database = connect(str(old))
    copy = seen_from(seen, database, station)
    last = copy.use.keeping.head()[0]
    lost = copy.use.keeping.lost()
    assert lost is not None and (lost.kind, lost.seq, lost.last) == ("missing", here, last)
    assert 0 < lost.since <= last
    with pytest.raises(SeenEventLost) as refused:
        copy.use.release_batch(seen.hands["som"], batch)
    assert (refused.value.event, refused.value.last) == (here, last)
    assert copy.state(batch) == "accepted" and seen.state(other) == "released"
    found = copy.use.keeping.verify()
    assert [p.code for p in found.problems] == ["seen_missing"]
    database.dispose()


@on_sqlite
def test_an_older_copy_ships_nothing(seen: House, station: StationAnchors, tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.mkdir()
    batch = seen.released()
    shutil.copy(seen.database.folder / FILE_NAME, old / FILE_NAME)
    seen.accepted()
    database = connect(str(old))
    copy = seen_from(seen, database, station)
    with pytest.raises(SeenEventLost):
        copy.use.ship_batch(seen.sittings["som"], batch, 1, "Customer")
    database.dispose()


@on_sqlite
def test_a_copy_that_went_its_own_way_is_told_and_does_not_become_the_truth(
    seen: House, station: StationAnchors, tmp_path: Path
) -> None:
    old = tmp_path / "old"
    old.mkdir()
    seen.accepted()
    shutil.copy(seen.database.folder / FILE_NAME, old / FILE_NAME)
    seen.accepted()
    database = connect(str(old))
    copy = seen_from(seen, database, station)
    for _ in range(3):
        copy.accepted()
    assert copy.use.keeping.head()[0] > seen.use.keeping.head()[0]
    lost = copy.use.keeping.lost()
    assert lost is not None and lost.kind == "differs"
    assert seen.use.keeping.lost() is None, "the true log still holds all that was seen"
    database.dispose()


@on_sqlite
def test_another_log_in_the_same_place_is_told(
    seen: House, own_station: Path, tmp_path: Path, sqlite_template: Path
) -> None:
    seen.released()
    folder = tmp_path / "made anew"
    folder.mkdir()
    shutil.copy(sqlite_template, folder / FILE_NAME)
    database = connect(str(folder))
    anew = House.ready(database, HandClock(), salt="anew")
    batch = anew.accepted()
    anew = seen_from(anew, database, StationAnchors(own_station, "here", "lan"))
    lost = anew.use.keeping.lost()
    assert lost is not None and lost.kind == "vault"
    with pytest.raises(SeenEventLost):
        anew.use.release_batch(anew.hands["som"], batch)
    elsewhere = seen_from(anew, database, StationAnchors(own_station, "another place", "lan"))
    assert elsewhere.use.keeping.lost() is None
    fresh = StationAnchors(own_station, "here", "lan")
    fresh.begin()
    assert seen_from(anew, database, fresh).use.keeping.lost() is None, "the program itself laid it there"
    database.dispose()


def test_each_user_of_the_system_keeps_a_file_and_reads_all(seen: House, own_station: Path) -> None:
    seen.released()
    another = StationAnchors(own_station, "here", "Trần Bình")
    assert another.of(vault(seen))
    assert another.newest(vault(seen)) == StationAnchors(own_station, "here", "lan").newest(vault(seen))


def test_of_many_heads_the_last_some_hundred_are_kept(seen: House, station: StationAnchors) -> None:
    seen.released()
    newest = station.newest(vault(seen))
    assert newest is not None
    for n in range(4 * KEPT):
        station.saw(replace(newest.head, seq=newest.head.seq + n), seen.hands["som"])
    kept = station.of(vault(seen))
    assert KEPT <= len(kept) <= 3 * KEPT
    assert max(a.head.seq for a in kept) == newest.head.seq + 4 * KEPT - 1


def test_of_older_heads_the_last_of_each_hour_is_kept(seen: House, station: StationAnchors) -> None:
    """A backup of last week still has a head in common with what this station saw."""
    seen.released()
    newest = station.newest(vault(seen))
    assert newest is not None
    minutes = 4 * KEPT
    for n in range(minutes):
        at = newest.head.at + n * 60_000_000
        station.saw(replace(newest.head, seq=newest.head.seq + n, at=at), seen.hands["som"])
    hours = {a.head.at // HOUR_US for a in station.of(vault(seen))}
    assert len(hours) >= minutes // 60


def test_a_line_torn_by_a_power_cut_is_passed_over(
    seen: House, station: StationAnchors, own_station: Path
) -> None:
    seen.released()
    before = station.of(vault(seen))
    (file,) = (own_station / "anchors").glob("*.jsonl")
    with file.open("a") as out:
        out.write(before[0].text()[:100])
    assert station.of(vault(seen)) == before


@pytest.mark.logs
def test_an_act_is_signed_though_the_station_cannot_write(seen: House, own_station: Path) -> None:
    (own_station / "anchors").write_text("a file where the folder should be")
    assert seen.state(seen.released()) == "released"


@on_sqlite
def test_two_people_who_sign_what_was_lost_open_the_way_again(
    seen: House, station: StationAnchors, tmp_path: Path
) -> None:
    old = tmp_path / "old"
    old.mkdir()
    batch = seen.accepted()
    shutil.copy(seen.database.folder / FILE_NAME, old / FILE_NAME)
    seen.released()
    database = connect(str(old))
    copy = seen_from(seen, database, station)
    lost = copy.use.keeping.lost()
    assert lost is not None
    copy.use.sign_restore(
        seen.hands["linh"], seen.hands["som"], lost.seq + 1, lost.seq + 9, "not what was seen"
    )
    with pytest.raises(SeenEventLost):
        copy.use.release_batch(seen.hands["som"], batch)
    copy.use.sign_restore(
        seen.hands["linh"],
        seen.hands["som"],
        lost.since + 1,
        lost.seq,
        "the disk broke; the copy is of Monday",
    )
    assert copy.use.keeping.lost() is None
    copy.use.release_batch(seen.hands["som"], batch)
    assert copy.state(batch) == "released"
    newest = station.newest(vault(copy))
    assert newest is not None and newest.head.seq == copy.use.keeping.head()[0], "what is seen is kept again"
    database.dispose()


@on_sqlite
def test_an_anchor_that_is_brought_blocks_the_release_until_two_people_sign_what_was_lost(
    seen: House, tmp_path: Path
) -> None:
    """At a station that saw nothing of it: what counts is that somebody whom the log knows has signed the head."""
    old = tmp_path / "old"
    old.mkdir()
    batch = seen.accepted()
    shutil.copy(seen.database.folder / FILE_NAME, old / FILE_NAME)
    seen.released()
    slip = seen.use.keeping.anchor(seen.hands["som"])
    database = connect(str(old))
    elsewhere = seen_from(seen, database, StationAnchors(tmp_path / "elsewhere", "there", "lan"))
    keeping = elsewhere.use.keeping
    made_up = replace(slip.head, seq=slip.head.seq + 9)
    for worthless in (replace(slip, sig=bytes(64)), replace(slip, head=made_up), replace(slip, key="0" * 32)):
        assert keeping.against([worthless.text()]).problems
        assert keeping.lost() is None
    for _ in range(2):
        assert [p.code for p in keeping.against([slip.text()]).problems] == ["anchor_missing"]
    lost = keeping.lost()
    assert lost is not None and (lost.kind, lost.seq) == ("missing", slip.head.seq)
    with pytest.raises(SeenEventLost):
        elsewhere.use.release_batch(seen.hands["som"], batch)
    linh, som = seen.hands["linh"], seen.hands["som"]
    elsewhere.use.sign_restore(linh, som, lost.since + 1, lost.seq, "the disk broke; the copy is of Monday")
    elsewhere.use.release_batch(som, batch)
    assert elsewhere.state(batch) == "released"
    database.dispose()


TEN_YEARS = 3650 * 86_400 * 1_000_000


@on_sqlite
@pytest.mark.parametrize("program", ["this", "before"])
def test_two_settle_what_a_clock_ten_years_ahead_had_signed(
    seen: House, station: StationAnchors, tmp_path: Path, program: str
) -> None:
    """The clock stands ahead for a day, is put right, and the copy of before is put back: two people end it, once."""
    batch = seen.accepted()
    old = tmp_path / "old"
    old.mkdir()
    shutil.copy(seen.database.folder / FILE_NAME, old / FILE_NAME)
    seen.clock.at += TEN_YEARS
    seen.use.open_sitting(seen.use.open_hand("linh", secret("linh")))
    seen.clock.at -= TEN_YEARS
    if program == "before":  # which noted nothing beside what it kept
        for file in station._files(vault(seen)):
            kept = [Anchor.read(line).text() for line in file.read_text("ascii").splitlines()]
            file.write_text("\n".join(kept) + "\n", "ascii")
    database = connect(str(old))
    copy = seen_from(seen, database, station)
    lost = copy.use.keeping.lost()
    assert lost is not None and lost.at > seen.clock.at
    with pytest.raises(SeenEventLost):
        copy.use.release_batch(seen.hands["som"], batch)
    copy.use.sign_restore(
        seen.hands["linh"], seen.hands["som"], lost.since + 1, None, "the clock stood wrong"
    )
    assert copy.use.keeping.lost() is None
    copy.use.release_batch(seen.hands["som"], batch)
    assert copy.use.keeping.verify().ok
    database.dispose()


@on_sqlite
def test_what_two_signed_before_a_head_was_seen_settles_nothing_of_it(
    seen: House, station: StationAnchors, tmp_path: Path
) -> None:
    """Whatever time it bears: order alone counts, and the head's own log held that line already."""
    batch = seen.accepted()
    linh, som = seen.hands["linh"], seen.hands["som"]
    seen.use.sign_restore(linh, som, 1, None, "another loss, of before")
    old = tmp_path / "old"
    old.mkdir()
    shutil.copy(seen.database.folder / FILE_NAME, old / FILE_NAME)
    seen.released()
    for file in station._files(vault(seen)):  # as if the clock had been corrected to before that line
        said = [json.loads(line) for line in file.read_text("ascii").splitlines()]
        assert all("restored" in line for line in said)
    database = connect(str(old))
    copy = seen_from(seen, database, station)
    lost = copy.use.keeping.lost()
    assert lost is not None
    head = Head(vault(seen), lost.seq, "ab" * 32, 1)  # seen at the very beginning of time, by its clock
    settled = _settled_in(database)
    assert settled and not _is_settled(head, settled, frozenset(one.mark for one in settled), None)
    assert _is_settled(head, settled, frozenset(), None)
    with pytest.raises(SeenEventLost):
        copy.use.release_batch(som, batch)
    copy.use.sign_restore(linh, som, 1, None, "this loss")
    copy.use.release_batch(som, batch)
    database.dispose()


def _settled_in(database: Database) -> list[Settled]:
    with database.reading() as connection:
        return _settled(connection, verify_signature)


@on_sqlite
def test_a_brought_head_of_a_time_that_is_not_yet_blocks_nothing_and_is_said(
    seen: House, tmp_path: Path
) -> None:
    """Anybody who has a key can sign an event that never was: of a time to come, for ever."""
    elsewhere = seen_from(seen, seen.database, StationAnchors(tmp_path / "elsewhere", "there", "lan"))
    som, keeping = seen.hands["som"], elsewhere.use.keeping
    head = Head(vault(seen), 10**6, "ab" * 32, 2**53 - 1)
    forged = Anchor(head, som.key, som.sign("head", head.body()))
    codes = [p.code for p in keeping.against([forged.text()]).problems]
    assert codes == ["anchor_missing", "anchor_ahead"]
    assert keeping.lost() is None
    head = replace(head, at=seen.clock.at)
    now = Anchor(head, som.key, som.sign("head", head.body()))
    keeping.against([now.text()])
    assert keeping.lost() is not None
    elsewhere.use.sign_restore(seen.hands["linh"], som, 1, None, "it never was")
    keeping.against([now.text()])
    assert keeping.lost() is None


# The workstation signs ----------------------------------------------------------------------------------------------


@pytest.fixture
def bench(house: House, station: StationAnchors) -> House:
    """A workspace at work on a workstation that it knows, whose key signs what is remembered."""
    house.use.open_sitting(house.use.open_hand("linh", secret("linh")))  # the first act introduces it
    return seen_from(house, house.database, station, signs=True)


def test_what_a_known_workstation_saw_it_signs_itself(bench: House, station: StationAnchors) -> None:
    batch = bench.accepted()
    bench.use.release_batch(bench.hands["som"], batch)
    newest, key = station.newest(vault(bench)), bench.use.workstation.hand(vault(bench))
    assert newest is not None and newest.key == key.key
    assert verify_signature(key.public_key, "head", newest.head.body(), newest.sig)


def test_entries_are_seen_by_a_known_workstation(bench: House, station: StationAnchors) -> None:
    """Nobody asks for a secret at each save, and a cut end of saves alone would go unseen."""
    bench.batch()
    newest = station.newest(vault(bench))
    assert newest is not None and newest.head.seq == bench.use.keeping.head()[0]


@on_sqlite
def test_what_was_lost_is_named_by_act_batch_and_person(
    bench: House, station: StationAnchors, tmp_path: Path
) -> None:
    bench.use.keeping.lost()
    first = bench.released(number="DA-OLD")
    old = tmp_path / "old"
    old.mkdir()
    shutil.copy(bench.database.folder / FILE_NAME, old / FILE_NAME)
    kept = bench.use.keeping.head()[0]
    bench.use.ship_batch(bench.sittings["linh"], first, 5, to="ACME", on=bench.clock.today())
    bench.released(number="DA-NEW")
    database = connect(str(old))
    copy = seen_from(bench, database, station, signs=True)
    lost = copy.use.keeping.lost()
    assert lost is not None and lost.since == kept
    assert [a.seq for a in lost.acts] == list(range(kept + 1, lost.seq + 1))
    told = {(a.kind, a.batch, a.person) for a in lost.acts}
    assert ("batch.shipped", "DA-OLD", "Nguyễn Thị Linh") in told
    assert ("batch.released", "DA-NEW", "สมชาย ศรีสุข") in told
    assert ("batch.saved", "DA-NEW", "Nguyễn Thị Linh") in told
    database.dispose()


def changed(own_station: Path, old: str, new: str) -> None:
    (file,) = (own_station / "anchors").glob("*.jsonl")
    file.write_text(file.read_text().replace(old, new))


def test_a_kept_line_whose_signature_is_not_good_stops_nobody(
    bench: House, station: StationAnchors, own_station: Path
) -> None:
    """Whoever can write the file could as well throw it away; a made-up line must not stop the shop."""
    bench.released()
    newest = station.newest(vault(bench))
    assert newest is not None
    changed(own_station, newest.head.hash, "0" * 64)
    assert bench.use.keeping.lost() is None
    assert bench.state(bench.released()) == "released"


def test_a_kept_line_of_a_key_that_the_log_lost_counts(
    bench: House, station: StationAnchors, own_station: Path
) -> None:
    bench.released()
    newest = station.newest(vault(bench))
    assert newest is not None
    changed(own_station, newest.head.hash, "0" * 64)
    changed(own_station, newest.key, "0" * 32)
    lost = bench.use.keeping.lost()
    assert lost is not None and lost.kind == "differs"


def test_an_anchor_of_the_workstation_fits_and_one_without_its_key_is_refused(
    bench: House, seen: House, tmp_path: Path
) -> None:
    made = bench.use.keeping.anchor()
    assert made.key == bench.use.workstation.hand(vault(bench)).key
    assert bench.use.keeping.against([made.text(), made.code("ab" * 32)]).problems == ()
    with pytest.raises(BadInput, match="station_unknown"):
        seen.use.keeping.anchor()
    assert seen.use.keeping.signed_head() is None


# Anchors that somebody brings -------------------------------------------------------------------------------------


def codes(house: House, *given: object) -> list[str]:
    return [p.code for p in house.use.keeping.against([str(g) for g in given]).problems]


def test_an_anchor_of_this_log_fits_in_each_of_its_forms(seen: House, tmp_path: Path) -> None:
    seen.released()
    keeping = seen.use.keeping
    anchor = keeping.anchor(seen.hands["linh"])
    file = keeping.keep_anchor(anchor, str(tmp_path / "stick"))
    code = printed(anchor.head.seq, anchor.head.hash, keeping.fingerprint())
    seen.accepted()
    held = keeping.against([file, str(tmp_path / "stick"), code])
    assert (held.anchors, held.problems) == (3, ())
    assert [p.name for p in (tmp_path / "stick").iterdir()] == [Path(file).name]


def test_an_anchor_that_the_log_does_not_hold_is_told(seen: House, tmp_path: Path) -> None:
    seen.released()
    keeping, hand = seen.use.keeping, seen.hands["linh"]
    good = keeping.anchor(hand)

    def signed(**changes: object) -> Path:
        head = replace(good.head, **changes)  # type: ignore[arg-type]
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.json"
        path.write_text(Anchor(head, hand.key, hand.sign("head", head.body())).text())
        return path

    assert codes(seen, signed(seq=good.head.seq + 1)) == ["anchor_missing"]
    assert codes(seen, signed(hash="0" * 64)) == ["anchor_differs"]
    assert codes(seen, signed(vault="0" * 32)) == ["anchor_vault"]
    forged = tmp_path / "forged.json"
    forged.write_text(replace(good, sig=bytes(64)).text())
    assert codes(seen, forged) == ["anchor_signature"]
    forged.write_text(replace(good, key="0" * 32).text())
    assert codes(seen, forged) == ["anchor_key"]
    other = printed(good.head.seq, "1" * 64, keeping.fingerprint())
    assert codes(seen, other) == ["anchor_differs"]
    assert codes(seen, printed(good.head.seq + 9, good.head.hash, keeping.fingerprint())) == [
        "anchor_missing"
    ]
    assert codes(seen, printed(good.head.seq, good.head.hash, "ABCD-ABCD-ABCD-ABCD")) == ["anchor_vault"]


def test_that_the_log_lacks_a_head_is_said_whatever_its_signature_is_worth(
    seen: House, tmp_path: Path
) -> None:
    """Spoiling a signature must not silence the loudest finding there is; a log made anew lacks the key as well."""
    seen.released()
    good = seen.use.keeping.anchor(seen.hands["linh"])
    gone = replace(good.head, seq=good.head.seq + 1)
    other = replace(good.head, hash="0" * 64)
    assert codes(seen, replace(good, head=gone).text()) == ["anchor_missing", "anchor_signature"]
    assert codes(seen, replace(good, head=other).text()) == ["anchor_differs", "anchor_signature"]
    assert codes(seen, replace(good, head=gone, key="0" * 32).text()) == ["anchor_missing", "anchor_key"]
    assert codes(seen, replace(good, head=other, key="0" * 32).text()) == ["anchor_differs", "anchor_key"]


def test_codes_of_earlier_versions_are_read_and_said_to_be_unsigned(seen: House) -> None:
    seen.released()
    seq, digest = seen.use.keeping.head()
    old = f"QCDESK:1:{vault(seen)}:DA-1:{'ab' * 32}:{seq}:{digest}"
    typed = printed(seq, digest, seen.use.keeping.fingerprint())
    held = seen.use.keeping.against([old, typed])
    assert (held.anchors, held.problems, held.unsigned) == (2, (), (old[:20], typed))
    assert codes(seen, old.replace(digest, "0" * 64)) == ["anchor_differs"]
    assert codes(seen, old.replace(f":{seq}:", f":{seq + 1}:")) == ["anchor_missing"]


def test_a_signature_of_another_kind_is_none_on_a_head(seen: House, tmp_path: Path) -> None:
    seen.released()
    hand = seen.hands["linh"]
    head = seen.use.keeping.anchor(hand).head
    path = tmp_path / "other.json"
    path.write_text(Anchor(head, hand.key, hand.sign("event", head.body())).text())
    assert codes(seen, path) == ["anchor_signature"]


@on_sqlite
def test_a_backup_is_an_anchor_too(seen: House, tmp_path: Path) -> None:
    seen.released()
    (seen.database.folder / "files").mkdir()
    folder = Path(back_up(seen.database, tmp_path / "backups", seen.clock.now()).folder)
    assert codes(seen, folder) == [] and seen.use.keeping.against([str(folder)]).unsigned == (folder.name,)
    manifest = folder / "manifest.json"
    said = json.loads(manifest.read_text())
    said["head"]["seq"] += 1
    manifest.write_text(json.dumps(said))
    assert codes(seen, folder) == ["anchor_missing"]


@pytest.mark.parametrize("what", ["empty folder", "a text", "no file and no code"])
def test_what_is_no_anchor_is_refused(seen: House, tmp_path: Path, what: str) -> None:
    (tmp_path / "empty folder").mkdir()
    (tmp_path / "a text").write_text("hello")
    with pytest.raises(BadInput, match="not_an_anchor"):
        codes(seen, tmp_path / what)


def test_a_folder_that_takes_no_file_is_trouble_and_nothing_is_left(seen: House, tmp_path: Path) -> None:
    seen.released()
    (tmp_path / "stick").write_text("a file")
    with pytest.raises(Trouble, match="file_unwritable"):
        seen.use.keeping.keep_anchor(seen.use.keeping.anchor(seen.hands["linh"]), str(tmp_path / "stick"))


def test_a_head_without_a_log_is_none(station: StationAnchors) -> None:
    assert station.newest("ab" * 16) is None and station.at_place() is None
    station.trust("cd" * 16)
    assert station.of("ab" * 16) == ()
    assert Head("ab" * 16, 1, "0" * 64, 0).body()


def test_a_head_that_an_introduced_workstation_signed_is_known(house: House, tmp_path: Path) -> None:
    house.use.open_sitting(
        house.use.open_hand("linh", secret("linh"))
    )  # the first act introduces the workstation
    keeping = SqlKeeping(house.database, house.clock)
    seq, digest = keeping.head()
    head = Head(vault(house), seq, digest, house.clock.now())
    key = house.use.workstation.hand(vault(house))
    file = str(keeping.keep_anchor(Anchor(head, key.key, key.sign("head", head.body())), str(tmp_path)))
    assert keeping.against((file,)).problems == ()
    forged = Anchor(head, key.key, house.hands["linh"].sign("head", head.body()))
    other = str(keeping.keep_anchor(forged, str(tmp_path / "forged")))
    assert [p.code for p in keeping.against((other,)).problems] == ["anchor_signature"]
