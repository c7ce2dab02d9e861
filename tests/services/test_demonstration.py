# SPDX-License-Identifier: Apache-2.0
"""The demonstration: its figures are the published ones, its story holds, and nothing in it is faked."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from qcdesk.bootstrap import SystemClock, Workspace, open_workspace
from qcdesk.domain.refusals import NotQualified, SamePerson
from qcdesk.domain.times import from_datetime
from qcdesk.services.demonstration import Played, StoryClock, factory, play
from qcdesk.services.demonstration.content import picture, read_cover, read_works
from qcdesk.services.demonstration.cover import FIRST, SECOND, THIRD
from qcdesk.services.demonstration.inspecting import looks
from qcdesk.services.demonstration.story_time import DAY_MINUTES, SUNDAY, TODAY_MINUTES, Calendar
from qcdesk.services.rows import LANES
from qcdesk.signing.secrets_rules import check_new_secret
from tests.workspace import cheap_keys

PUBLISHED = Path(__file__).resolve().parents[3] / "shared" / "data" / "nist-test-bed"
STATION = "bench 1"
ALL_HOLES = ("DIAMETER2", "DIAMETER3", "DIAMETER4", "DIAMETER5")

Part = dict[str, list[tuple[Decimal, str]]]
"""What a published file says of one part: readings and verdicts by the name of the characteristic."""


@dataclass(frozen=True)
class Demonstration:
    """A demonstration that was played, and the workspace it was played into."""

    workspace: Workspace
    played: Played
    stages: list[tuple[str, int, int]]
    began: int
    ended: int

    def person(self, login: str) -> str:
        """Return a person's id."""
        with self.workspace.use.look() as uow:
            return uow.person(login).id


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    """Play it once, with keys that open at once."""
    clock = StoryClock(SystemClock())
    workspace = open_workspace(
        str(tmp_path_factory.mktemp("demonstration") / "workspace"),
        create=True,
        keys=cheap_keys(),
        clock=clock,
        station=STATION,
    )
    stages: list[tuple[str, int, int]] = []
    began = clock.now()
    played = play(workspace.use, lambda stage, done, of: stages.append((stage, done, of)), clock.set_time)
    clock.catch_up()
    yield Demonstration(workspace, played, stages, began, clock.now())
    workspace.close()


# The published figures --------------------------------------------------------------------------------------------


def test_figures_are_those_of_the_published_files() -> None:
    if not PUBLISHED.is_dir():
        pytest.skip("the published files are not here")
    first = _published(PUBLISHED / "CoverResults_20_samples.QIF")
    second = _published(PUBLISHED / "cover_fair_results.qif")
    ours = {c.code: c for c in read_cover().characteristics}
    holes = tuple(f"Diameter {n}" for n in range(1, 21))
    single = {
        "FLAT": ("FLATNESS1", "Flatness 1"),
        "PERP": ("PERPENDICULARITY1", "Perpendicularity 1"),
        "EDGE-1": ("DISTANCEBETWEEN1", "Distance 1"),
        "EDGE-2": ("DISTANCEBETWEEN2", "Distance 2"),
    }
    assert ours.keys() == {*single, "HOLE-MIN", "HOLE-MAX"}
    for code, names in single.items():
        assert (ours[code].first_name, ours[code].second_name) == names
        assert _decimals(ours[code].first) == [_only(part, names[0]) for part in first]
        assert _decimals(ours[code].second) == [_only(part, names[1]) for part in second]
    for code, which in (("HOLE-MIN", min), ("HOLE-MAX", max)):
        assert _decimals(ours[code].first) == [which(_twenty(part, ALL_HOLES)) for part in first]
        assert _decimals(ours[code].second) == [which(_twenty(part, holes)) for part in second]


def test_published_verdicts_are_those_that_the_limits_give() -> None:
    if not PUBLISHED.is_dir():
        pytest.skip("the published files are not here")
    fails = [
        (number, name)
        for file in ("CoverResults_20_samples.QIF", "cover_fair_results.qif")
        for number, part in enumerate(_published(PUBLISHED / file), start=1)
        for name, said in part.items()
        if any(verdict != "PASS" for _, verdict in said)
    ]
    assert fails == [(20, "Flatness 1")]


def test_limits_are_those_of_the_published_files() -> None:
    if not PUBLISHED.is_dir():
        pytest.skip("the published files are not here")
    limits = _published_limits(PUBLISHED / "cover_fair_results.qif")
    for c in read_cover().characteristics:
        name = "Diameter 1" if c.code.startswith("HOLE") else c.second_name
        assert (c.lower, c.upper) == limits[name]


def test_every_part_has_one_reading_of_each_party() -> None:
    cover = read_cover()
    assert {(len(c.first), len(c.second)) for c in cover.characteristics} == {(cover.parts, cover.parts)}


def test_the_only_reading_outside_is_the_second_flatness_of_part_20() -> None:
    cover = read_cover()
    outside = [
        (part, c.code, place, typed)
        for c in cover.characteristics
        for place, side in ((1, c.first), (2, c.second))
        for part, typed in enumerate(side, start=1)
        if not c.characteristic(cover.unit).inside(Decimal(typed))
    ]
    assert outside == [(20, "FLAT", 2, "0.078")]


def test_the_note_names_source_and_our_choice() -> None:
    note = read_cover().note()
    assert "NIST" in note and "public domain" in note and "is ours, not NIST's" in note


# The story --------------------------------------------------------------------------------------------------------


def test_the_first_inspection_passed_what_the_second_did_not(demonstration: Demonstration) -> None:
    use, told = demonstration.workspace.use, demonstration.played.cover
    page = use.read.comparison(told.batch, demonstration.person("karen"), use.clock.now())
    assert (page.outcome, page.reasons) == ("disagreed", ("verdicts_differ",))
    assert not [m for m in page.first_measured if not m.inside]
    outside = [(m.unit, m.characteristic, m.typed) for m in page.second_measured if not m.inside]
    assert outside == [(told.sample_no, "FLAT", "0.078")]
    assert (told.part, told.first_reading, told.limit) == (20, "0.03", "0.05")
    assert len(page.first_measured) == len(page.second_measured) == 20 * 6


def test_sample_number_leads_back_to_the_part(demonstration: Demonstration) -> None:
    told = demonstration.played.cover
    with demonstration.workspace.use.look() as uow:
        opened = uow.rounds(told.batch)[0].opened
    assert sorted(opened.sample) == list(range(1, 21))
    assert opened.sample[told.sample_no - 1] == told.part


def test_three_different_people_checked_and_decided(demonstration: Demonstration) -> None:
    use, told = demonstration.workspace.use, demonstration.played.cover
    page = use.read.batch(told.batch, demonstration.person("karen"), use.clock.now())
    names = {p.login: p.name for p in demonstration.played.people}
    assert [s.name for s in page.signatures] == [names[FIRST], names[SECOND], names[THIRD]]
    assert page.state == "rejected"
    assert told.outcome == "rejected"


def test_screen_and_report_say_that_the_pairing_is_ours(demonstration: Demonstration) -> None:
    use, told = demonstration.workspace.use, demonstration.played.cover
    page = use.read.comparison(told.batch, demonstration.person("karen"), use.clock.now())
    assert page.note == demonstration.played.note
    with use.look() as uow:
        assert uow.rounds(told.batch)[0].opened.procedure.content.note == demonstration.played.note


def test_the_caps_are_released_though_neither_saw_everything(demonstration: Demonstration) -> None:
    use, told = demonstration.workspace.use, demonstration.played.closures
    page = use.read.comparison(told.batch, demonstration.person("karen"), use.clock.now())
    total = page.comparison.total
    assert (total.both, total.first_only, total.second_only) == (4, 1, 1)
    assert (page.outcome, page.state) == ("accepted", "released")
    assert [f.photo is not None for f in page.first_findings].count(True) == 2


def test_both_stories_print_a_report(demonstration: Demonstration) -> None:
    use, played = demonstration.workspace.use, demonstration.played
    for batch in (played.cover.batch, played.closures.batch):
        pdf = use.printing.inspection(batch, demonstration.person("anong"))
        assert pdf.startswith(b"%PDF-")
        assert use.printing.page_count(pdf) >= 2


# The works --------------------------------------------------------------------------------------------------------


def test_everything_played_verifies(demonstration: Demonstration) -> None:
    verified = demonstration.workspace.use.keeping.verify()
    assert verified.problems == ()
    assert verified.checked > 1_000


def test_every_lane_of_the_board_has_batches(demonstration: Demonstration) -> None:
    use = demonstration.workspace.use
    who = demonstration.person("linh")
    totals = {lane: use.read.lane(lane, who).total for lane in (*LANES, "done")}
    assert min(totals.values()) >= 5
    assert sum(totals.values()) == demonstration.played.batches == factory.batches() + 2


def test_every_state_before_the_end_is_there(demonstration: Demonstration) -> None:
    use = demonstration.workspace.use
    rows = use.read.batches(None, None, 1_000)
    assert {r.state for r in rows} == {
        *(
            "registered",
            "first_check",
            "awaiting_second",
            "second_check",
            "accepted",
            "rejected",
            "disagreed",
        ),
        *("released", "withdrawn", "cancelled"),
    }
    assert any(r.held for r in rows) and any(r.round_no == 2 for r in rows)


def test_a_running_check_has_some_units_and_not_all(demonstration: Demonstration) -> None:
    use, people = demonstration.workspace.use, demonstration.played.people
    running = [
        row
        for p in people
        for row in use.read.waiting(demonstration.person(p.login), use.clock.today())
        if row.act == "continue_check"
    ]
    assert len(running) >= 10
    assert [r for r in running if r.done and r.of and 0 < r.done < r.of]


def test_names_stand_in_four_scripts() -> None:
    plan = read_works()
    for names in ([p.name for p in plan.people], [s.name for s in plan.suppliers]):
        together = "".join(names)
        assert any("\u0e00" <= c <= "\u0e7f" for c in together)
        assert any("\u4e00" <= c <= "\u9fff" for c in together)
        assert any("\u1ea0" <= c <= "\u1eff" for c in together)
        assert any(name.isascii() for name in names)


def test_every_printed_secret_opens_its_key(demonstration: Demonstration) -> None:
    use = demonstration.workspace.use
    for p in demonstration.played.people:
        check_new_secret(p.secret, about=(p.login, p.name))
        assert use.open_hand(p.login, p.secret).person == demonstration.person(p.login)


def test_times_never_run_back_nor_into_the_future(demonstration: Demonstration) -> None:
    use = demonstration.workspace.use
    rows = use.read.audit(demonstration.person("karen"))
    times = [r.at for r in rows]
    assert times == sorted(times)
    assert times[-1] <= demonstration.ended
    assert demonstration.began - times[0] > timedelta(days=18).total_seconds() * 1_000_000


def test_progress_ends_with_everything_done(demonstration: Demonstration) -> None:
    last = {stage: (done, of) for stage, done, of in demonstration.stages}
    assert list(last) == ["people", "master_data", "batches"]
    assert all(done == of for done, of in last.values())


def test_a_visitor_meets_the_rules(demonstration: Demonstration) -> None:
    """The demonstration's own people are refused what everybody is refused."""
    use, played = demonstration.workspace.use, demonstration.played
    secrets = {p.login: p.secret for p in played.people}
    hand = use.open_hand("huy", secrets["huy"])
    sitting = use.open_sitting(hand)
    with use.look() as uow:
        saved = uow.batch(played.cover.batch).saved
    again = use.register_batch(sitting, replace(saved, batch="", number="NIST-COVER-AGAIN"))
    with pytest.raises(NotQualified):
        use.start_check(sitting, again.batch)
    use.cancel_batch(sitting, again.batch, "It was only to see who may.")
    waiting = next(
        r
        for r in use.read.lane("waiting_second", hand.person).rows
        if r.state == "awaiting_second" and not r.held
    )
    with use.look() as uow:
        first = uow.person(uow.rounds(waiting.batch)[-1].checks[0].person)
    assert first.login is not None
    own = use.open_sitting(use.open_hand(first.login, secrets[first.login]))
    with pytest.raises(SamePerson):
        use.start_check(own, waiting.batch)


def test_without_a_story_clock_everything_happens_now(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(factory, "SHARES", tuple(replace(s, count=1) for s in factory.SHARES[::3]))
    workspace = open_workspace(
        str(tmp_path / "workspace"), create=True, keys=cheap_keys(), station=STATION, clock=SystemClock()
    )
    played = play(workspace.use, lambda stage, done, of: None)
    days = {r.at // 86_400_000_000 for r in workspace.use.read.audit(_someone(workspace))}
    workspace.close()
    assert played.cover.outcome == "rejected"
    assert len(days) <= 2


# Its parts --------------------------------------------------------------------------------------------------------


def test_story_clock_never_goes_back() -> None:
    clock = StoryClock(SystemClock())
    now = SystemClock().now()
    clock.set_time(now - 1_000_000_000)
    first = clock.now()
    clock.set_time(now - 2_000_000_000)
    assert clock.now() > first >= now - 1_000_000_000


def test_story_clock_never_goes_ahead_of_the_real_one() -> None:
    real = SystemClock()
    clock = StoryClock(real)
    clock.set_time(real.now() + 60_000_000)
    assert clock.now() <= real.now()


def test_story_clock_catches_up() -> None:
    real = SystemClock()
    clock = StoryClock(real)
    clock.set_time(real.now() - 10**12)
    clock.catch_up()
    assert real.now() - clock.now() < 10**9
    assert clock.today() == real.today()


@pytest.mark.parametrize("hour", [0, 6, 13, 23])
def test_calendar_runs_forward_and_ends_now(hour: int) -> None:
    now = from_datetime(datetime(2026, 3, 4, hour, 40, tzinfo=UTC))
    calendar = Calendar(now, 21)
    moments = [calendar.at(minute) for minute in range(0, calendar.minutes + 1, 30)]
    assert moments == sorted(set(moments))
    assert now - 120_000_000 < moments[-1] < now
    assert calendar.minutes == 18 * DAY_MINUTES + TODAY_MINUTES


def test_nobody_works_on_a_sunday_before_today() -> None:
    now = from_datetime(datetime(2026, 3, 6, 12, tzinfo=ZoneInfo("UTC")))
    calendar = Calendar(now, 21)
    days = {
        datetime.fromtimestamp(calendar.at(m) / 1_000_000, UTC).astimezone().weekday()
        for m in range(0, calendar.today, 60)
    }
    assert SUNDAY not in days


def test_pictures_of_the_plan_are_there() -> None:
    plan = read_works()
    named = {s.picture for p in plan.procedures for s in p.steps} | {p.picture for p in plan.products}
    for name in {*named, plan.shop.logo} - {None}:
        assert name is not None and picture(name).startswith(b"\x89PNG")


def test_the_same_seed_finds_the_same(demonstration: Demonstration) -> None:
    use = demonstration.workspace.use
    with use.look() as uow:
        opened = uow.rounds(demonstration.played.closures.batch)[0].opened
    assert looks("few", 7)(opened) == looks("few", 7)(opened)
    assert looks("few", 7)(opened) != looks("few", 8)(opened)


def _someone(workspace: Workspace) -> str:
    with workspace.use.look() as uow:
        return uow.person("karen").id


def _decimals(typed: tuple[str, ...]) -> list[Decimal]:
    return [Decimal(t) for t in typed]


def _only(part: Part, name: str) -> Decimal:
    ((value, _),) = part[name]
    return value


def _twenty(part: Part, names: tuple[str, ...]) -> list[Decimal]:
    values = [value for name in names for value, _ in part[name]]
    assert len(values) == 20
    return values


def _local(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _all(root: ET.Element, ending: str) -> list[ET.Element]:
    return [e for e in root.iter() if _local(e).endswith(ending)]


def _text(element: ET.Element, name: str) -> str:
    return next((e.text or "" for e in element.iter() if _local(e) == name), "")


def _published(file: Path) -> list[Part]:
    root = ET.parse(file).getroot()
    names = {e.attrib["id"]: _text(e, "Name") for e in _all(root, "CharacteristicItem") if "id" in e.attrib}
    parts: list[Part] = []
    for results in (e for e in root.iter() if _local(e) == "MeasurementResults"):
        part: Part = {}
        for actual in _all(results, "CharacteristicActual"):
            said = Decimal(_text(actual, "Value")), _text(actual, "CharacteristicStatusEnum")
            part.setdefault(names[_text(actual, "CharacteristicItemId")], []).append(said)
        parts.append(part)
    return parts


def _published_limits(file: Path) -> dict[str, tuple[Decimal | None, Decimal | None]]:
    limits: dict[str, tuple[Decimal | None, Decimal | None]] = {}
    for definition in (
        e for e in _all(ET.parse(file).getroot(), "CharacteristicDefinition") if "id" in e.attrib
    ):
        zone, low, high = (_text(definition, n) for n in ("ToleranceValue", "MinValue", "MaxValue"))
        limits[_text(definition, "Name")] = (None, Decimal(zone)) if zone else (Decimal(low), Decimal(high))
    return limits
