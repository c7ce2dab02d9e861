# SPDX-License-Identifier: Apache-2.0
"""The page that checks everything: says what holds, what does not, and what it cannot know."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from qcdesk.domain.anchors import Lost, SeenAct, printed
from qcdesk.domain.refusals import EventHolds
from qcdesk.gui.screens.verification.presenter import VerificationPresenter
from qcdesk.gui.screens.verification.rows import Answer
from qcdesk.services.ports import Keeping, Problem, Progress, Verified
from tests.gui.screens.conftest import EN, Desk, Remembers


class Found:
    """A workspace in which a verification comes to a known end."""

    def __init__(self, keeping: Keeping, found: Verified) -> None:
        self._keeping, self._found, self.far = keeping, found, list[bool]()

    def verify(self, progress: Progress | None = None) -> Verified:
        if progress is not None:
            self.far = [progress(1, 2), progress(2, 2)]
        return self._found

    def __getattr__(self, name: str) -> object:
        return getattr(self._keeping, name)


def page(desk: Desk, view: Remembers, found: Verified | None = None) -> VerificationPresenter:
    use = desk.house.use
    if found is not None:
        use = replace(use, keeping=Found(use.keeping, found))  # type: ignore[arg-type]
    return VerificationPresenter(
        view, use, desk.tasks, EN, desk.problems(view), desk.ask, desk.who, lambda: None
    )


def answer(view: Remembers) -> Answer:
    told = view.last("show_answer")
    assert isinstance(told, Answer)
    return told


def test_nothing_is_claimed_before_a_check(desk: Desk) -> None:
    view = Remembers()
    page(desk, view).open()
    assert answer(view).how == "unknown"


def test_whole_workspace_is_checked_and_said_to_hold_as_far_as_one_can_know(desk: Desk) -> None:
    desk.house.released()
    view = Remembers()
    page(desk, view).check()
    told = answer(view)
    assert told.how == "holds"
    assert "No anchor was given" in told.line
    head, _ = desk.house.use.keeping.head()
    assert ("Events checked", str(head)) in told.facts


def test_each_finding_names_its_event_and_batch(desk: Desk) -> None:
    number = desk.house.released()
    batch = desk.house.use.read.batch_by_number(number)
    wrong = (Problem(7, batch, "event_hash", {}), Problem(None, "0" * 32, "record_missing", {"record": "ab"}))
    view = Remembers()
    page(desk, view, Verified(9, wrong, (9, "ab" * 32))).check()
    told = answer(view)
    assert told.how == "broken"
    assert told.headline == "2 things do not hold"
    assert [(each.event, each.number) for each in told.findings] == [("7", number), ("", "")]
    assert "changed" in told.findings[0].problem


def test_stopped_check_claims_nothing_of_the_rest(desk: Desk) -> None:
    view = Remembers()
    page(desk, view, Verified(9, (Problem(9, None, "cancelled", {}),), (9, "ab" * 32))).check()
    assert answer(view).how == "stopped"
    assert answer(view).findings == ()


def test_last_answer_stays_when_one_comes_back(desk: Desk) -> None:
    view = Remembers()
    one = page(desk, view)
    one.check()
    one.open()
    assert answer(view).how == "holds"


def test_anchor_that_fits_is_said_and_counted(desk: Desk, tmp_path: Path) -> None:
    keeping = desk.house.use.keeping
    file = keeping.keep_anchor(keeping.anchor(desk.house.hands["linh"]), str(tmp_path))
    desk.house.released()
    view = Remembers()
    page(desk, view).check_against((file,))
    told = answer(view)
    assert told.how == "holds"
    assert "No anchor" not in told.line and "fits" in told.line
    assert ("Anchors held against it", "1") in told.facts


def test_anchor_that_does_not_fit_is_the_first_finding(desk: Desk, tmp_path: Path) -> None:
    keeping = desk.house.use.keeping
    made = keeping.anchor(desk.house.hands["linh"])
    seq = made.head.seq + 7
    file = keeping.keep_anchor(replace(made, head=replace(made.head, seq=seq)), str(tmp_path))
    view = Remembers()
    page(desk, view).check_against((file,))
    told = answer(view)
    assert told.how == "broken"
    assert Path(file).name in told.findings[0].problem


def test_file_that_is_no_anchor_is_said_and_nothing_is_claimed(desk: Desk, tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_text("{}")
    view = Remembers()
    one = page(desk, view)
    one.check_against((str(other),))
    assert view.problems[-1].kind == "input"
    assert answer(view).how == "unknown"
    other.unlink()
    one.again()
    assert len(view.problems) == 2


def test_code_off_paper_is_held_against_the_log(desk: Desk) -> None:
    keeping = desk.house.use.keeping
    seq, digest = keeping.head()
    view = Remembers()
    one = page(desk, view)
    desk.answers = {"code": printed(seq, digest, keeping.fingerprint()).lower()}
    one.ask_for_code()
    assert not desk.asked[-1].secret
    assert answer(view).how == "holds" and "fits" in answer(view).line
    desk.answers = {"code": printed(seq, "ab" * 32, keeping.fingerprint())}
    one.ask_for_code()
    assert answer(view).how == "broken"


def test_check_without_anchors_does_not_remember_those_of_before(desk: Desk, tmp_path: Path) -> None:
    keeping = desk.house.use.keeping
    file = keeping.keep_anchor(keeping.anchor(desk.house.hands["linh"]), str(tmp_path))
    view = Remembers()
    one = page(desk, view)
    one.check_against((file,))
    one.check()
    assert "No anchor was given" in answer(view).line


def test_whoever_may_be_second_is_told_no_count_even_of_anothers_answer(desk: Desk) -> None:
    house = desk.house
    house.check("linh", house.batch())
    view = Remembers()
    presenter = page(desk, view)
    presenter.check()
    assert "Last event" in dict(answer(view).facts)  # Linh's own check hides nothing from Linh
    desk.login = "som"
    presenter.open()
    assert answer(view).how == "unknown"
    presenter.check()
    assert answer(view).how == "holds"
    assert "Last event" not in dict(answer(view).facts)
    assert dict(answer(view).facts)["Events checked"] == "all; how many is told after the comparison"


def test_event_that_holds_is_not_declared_void_and_two_are_asked(desk: Desk) -> None:
    desk.house.released()
    view = Remembers()
    presenter = page(desk, view)
    presenter.open()
    desk.answers = {"event": "5", "reason": "forged"}
    with pytest.raises(EventHolds):
        presenter.void("5")
    assert desk.asked[-1].other and desk.asked[-1].questions[0].value == "5"


class Lacks(Found):
    """A workspace whose log lacks what this station saw."""

    def lost(self) -> Lost:
        return Lost("missing", 90, 1, 80, 80, (SeenAct(88, "batch.released", "DA-9", "Linh"),))


def test_two_sign_what_was_lost_and_the_range_is_what_the_station_saw(desk: Desk) -> None:
    use = desk.house.use
    wrong = Verified(
        80, (Problem(None, None, "seen_missing", {"seq": "90", "seen": "", "last": "80"}),), (80, "ab" * 32)
    )
    view = Remembers()
    use = replace(use, keeping=Lacks(use.keeping, wrong))  # type: ignore[arg-type]
    presenter = VerificationPresenter(
        view, use, desk.tasks, EN, desk.problems(view), desk.ask, desk.who, lambda: None
    )
    presenter.open()
    desk.answers = {"said": "the last backup was restored"}
    presenter.sign_restore()
    assert desk.asked[-1].other
    asked = " ".join(str(part) for part in (desk.asked[-1].says, desk.asked[-1].note))
    assert "Events 81 to 90" in asked and "Something of 1 batch is lost: DA-9." in asked
    assert "batch DA-9, Linh" in asked
    told = [row for row in use.read.audit(desk.house.id("linh")) if row.kind == "workspace.restored"]
    assert [(row.facts["lost_from"], row.facts["lost_to"]) for row in told] == [("81", "90")]


def test_way_to_have_the_tables_written_anew_is_offered_where_rows_differ(desk: Desk) -> None:
    row = {"table": "batch", "key": "b", "columns": "released"}
    for code, offered in (("row_differs", True), ("row_missing", True), ("event_hash", False)):
        view = Remembers()
        page(desk, view, Verified(9, (Problem(7, None, code, row),), (9, "ab" * 32))).check()
        assert answer(view).tables is offered
        assert ("written anew from the log" in answer(view).line) is offered


def test_two_have_the_tables_written_anew_and_a_check_follows(desk: Desk) -> None:
    desk.house.released()
    with desk.house.database.engine.connect() as connection:
        rules = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all()
        for name, _ in rules:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        connection.exec_driver_sql("UPDATE batch SET rework_ordered = 1")
        for _, rule in rules:
            connection.exec_driver_sql(rule)
        connection.commit()
    view = Remembers()
    presenter = page(desk, view)
    presenter.check()
    assert answer(view).tables
    desk.answers = {"reason": "a script wrote them"}
    presenter.rebuild()
    asking = desk.asked[-1]
    assert (asking.other, asking.by_log, asking.password) == (True, True, True)
    assert answer(view).how == "holds"
