# SPDX-License-Identifier: Apache-2.0
"""A backup is looked at before anything is done, restored where nothing is, and opened at its sign-in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from qcdesk import bootstrap
from qcdesk.config import Settings
from qcdesk.gui.problems import Problems
from qcdesk.gui.screens.restore.presenter import RestorePresenter, RestoreWays, backups_of
from qcdesk.gui.screens.restore.rows import DoneRow, SeenRow
from qcdesk.gui.screens.restore.view import RestoreView
from qcdesk.gui.tasks import ImmediateTasks
from qcdesk.store.database import FILE_NAME
from qcdesk.store.manifests import MANIFEST
from tests.gui.screens.conftest import EN, Desk, Remembers, tell
from tests.workspace import HandClock, cheap_keys


class Page:
    """The page over a workspace, with a backup of it on a stick."""

    def __init__(self, desk: Desk, workspace: bootstrap.Workspace, tmp_path: Path) -> None:
        self.tmp_path, self.desk = tmp_path, desk
        desk.house.batch(number="B-1")
        self.backup = Path(desk.house.use.keeping.backup(str(tmp_path / "stick")).folder)
        self.workspaces = bootstrap.OpenWorkspaces(
            workspace,
            workspace.location,
            lambda place, progress: bootstrap.open_workspace(
                place, keys=cheap_keys(), clock=HandClock(), progress=progress
            ),
        )
        self.view, self.entered, self.went = Remembers(), list[str](), list[str]()
        self.presenter = RestorePresenter(
            self.view,
            self.workspaces,
            ImmediateTasks(),
            EN,
            Problems(tell, EN, self.view),
            RestoreWays(
                lambda: self.went.append("back"), lambda location, _failed: self.entered.append(location)
            ),
        )
        self.presenter.open()

    def values(self, **changes: str) -> dict[str, str]:
        target = str(self.tmp_path / "new")
        return {"backup": str(self.backup), "target": target, "anchors": "", "replaces": ""} | changes

    @property
    def seen(self) -> SeenRow:
        row = self.view.last("show_seen")
        assert isinstance(row, SeenRow)
        return row

    @property
    def how(self) -> str:
        return self.seen.how

    @property
    def problem(self) -> tuple[str, str]:
        last = self.view.problems[-1]
        return last.field, f"{last.told.fact} {last.told.way}"


@pytest.fixture
def page(desk: Desk, workspace: bootstrap.Workspace, tmp_path: Path) -> Page:
    return Page(desk, workspace, tmp_path)


def test_place_offered_is_beside_a_workspace_that_is_at_work(page: Page) -> None:
    assert page.view.last("show_form")["target"] == f"{page.workspaces.location}-restored"


def test_place_offered_is_here_where_nobody_has_begun(workspace: bootstrap.Workspace) -> None:
    places = bootstrap.OpenWorkspaces(workspace, workspace.location, lambda *_: workspace)
    assert places.free_place() == workspace.location


def test_named_backup_says_what_it_holds_before_anything_is_done(page: Page) -> None:
    page.presenter.look(page.values())
    facts = dict(page.seen.facts)
    assert (facts["Batches"], facts["Folder"]) == ("1", page.backup.name)
    assert not (page.tmp_path / "new").exists()


def test_what_the_copy_lacks_is_told_by_batch_and_act(page: Page) -> None:
    page.desk.house.batch(number="B-2")
    page.presenter.look(page.values(replaces=page.workspaces.location))
    assert page.seen.how == "lacks"
    assert "Something of 1 batch is lost: B-2." in page.seen.lines
    assert any("batch B-2, Nguyễn Thị Linh" in line for line in page.seen.lines)


def test_old_workspace_of_which_nothing_can_be_read_does_not_hide_what_the_copy_holds(page: Page) -> None:
    old = page.tmp_path / "old"
    old.mkdir()
    (old / FILE_NAME).write_bytes(b"torn" * 4_000)
    page.presenter.look(page.values(replaces=str(old)))
    assert "Nothing of the old workspace can be read any more." in page.seen.lines
    assert dict(page.seen.facts)["Batches"] == "1"


def test_folder_of_the_days_backup_is_offered_where_it_is_there(tmp_path: Path) -> None:
    assert backups_of(Settings("s", backup_folder=str(tmp_path))) == {"backup": str(tmp_path)}
    assert backups_of(Settings("s", backup_folder=str(tmp_path / "gone"))) == {}
    assert backups_of(Settings("s")) == {}


def test_anchor_from_elsewhere_is_held_against_the_copy(page: Page) -> None:
    fits = page.desk.house.use.keeping.backup(str(page.tmp_path / "fits")).folder
    page.presenter.look(page.values(backup=fits, anchors=fits))
    assert page.how == "whole" and "The anchor given fits" in page.seen.lines[0]
    page.desk.house.batch(number="B-2")
    later = page.desk.house.use.keeping.backup(str(page.tmp_path / "later")).folder
    page.presenter.look(page.values(anchors=later))
    assert page.how == "lacks"


def test_restored_backup_is_opened_at_its_sign_in(page: Page) -> None:
    page.presenter.restore(page.values())
    done = page.view.last("show_done")
    assert isinstance(done, DoneRow) and done.holds
    page.presenter.enter()
    assert page.entered == [str(page.tmp_path / "new")]
    use = page.workspaces.open(page.entered[0])
    assert use.read.batch_by_number("B-1")
    page.workspaces.close()


def test_way_back_leads_to_the_restored_workspace_where_there_is_no_other(
    page: Page, workspace: bootstrap.Workspace, tmp_path: Path
) -> None:
    page.presenter.restore(page.values())
    page.workspaces._location = str(tmp_path / "new")  # as on a new machine, where nobody had begun
    page.presenter.back()
    assert (page.went, page.entered) == ([], [str(tmp_path / "new")])


def test_way_back_after_a_restore_beside_it_leads_to_the_open_workspace(page: Page) -> None:
    page.presenter.restore(page.values())
    page.presenter.back()
    assert (page.went, page.entered) == (["back"], [])


def no_manifest(page: Page) -> None:
    (page.backup / MANIFEST).unlink()


def damaged(page: Page) -> None:
    (page.backup / FILE_NAME).write_bytes(b"SQLite format 3\0" + b"x" * 100)


def newer(page: Page) -> None:
    said = json.loads((page.backup / MANIFEST).read_text())
    (page.backup / MANIFEST).write_text(json.dumps(said | {"schema": "9001"}))


def taken(page: Page) -> None:
    (page.tmp_path / "new").mkdir()
    (page.tmp_path / "new" / "mine.txt").write_text("mine")


@pytest.mark.parametrize(
    ("spoil", "field", "words"),
    [
        (no_manifest, "backup", "is no backup of a workspace. Name the folder that the backup made."),
        (damaged, "backup", "these files are missing or changed: qcdesk.sqlite. Take another backup."),
        (newer, "", "This backup was made by a newer qcdesk. Install that version or a later one"),
        (taken, "target", "is not empty. Name an empty or new folder."),
    ],
)
@pytest.mark.logs
def test_what_is_wrong_is_said_in_a_sentence_beside_its_field(
    page: Page, spoil: object, field: str, words: str
) -> None:
    assert callable(spoil)
    spoil(page)
    page.presenter.restore(page.values())
    assert page.problem[0] == field and words in page.problem[1]
    assert "show_done" not in page.view.told
    assert spoil is taken or not (page.tmp_path / "new").exists()


def test_open_workspace_is_never_written_over(page: Page) -> None:
    page.presenter.restore(page.values(target=page.workspaces.location))
    assert page.problem[0] == "target" and "There is a workspace at" in page.problem[1]
    assert page.desk.house.use.read.batch_by_number("B-1")


def test_backup_of_another_workspace_is_named_so(
    page: Page, workspace: bootstrap.Workspace, tmp_path: Path
) -> None:
    other = bootstrap.OpenWorkspaces(workspace, workspace.location, lambda *_: workspace)
    page.presenter._workspaces = other
    said = json.loads((page.backup / MANIFEST).read_text())
    (page.backup / MANIFEST).write_text(json.dumps(said | {"vault": "0" * 32}))
    page.presenter.look(page.values())
    assert "It is of another workspace than the one that is open here." in page.seen.lines


@pytest.mark.parametrize("missing", ["backup", "target"])
def test_nothing_begins_without_a_backup_and_a_place(page: Page, missing: str) -> None:
    page.presenter.restore(page.values(**{missing: ""}))
    assert page.problem[0] == missing
    assert "show_running" not in page.view.told


def test_stopped_restore_says_so_and_leaves_nothing(page: Page) -> None:
    follow = []

    def begin(how_far: object) -> None:
        follow.append(how_far)
        page.presenter.cancel()

    page.view._answers["show_running"] = begin
    page.view.problems.clear()
    page.presenter.restore(page.values())
    assert page.view.problems[-1].told.fact == "Stopped by you; nothing was changed."
    assert follow and not (page.tmp_path / "new").exists()


def test_view_looks_again_only_after_the_last_letter(qtbot: QtBot) -> None:
    view = RestoreView(EN)
    qtbot.addWidget(view)
    view.show_form({"target": "/somewhere"})
    asked: list[object] = []
    view.look_wanted.connect(asked.append)
    with qtbot.waitSignal(view.look_wanted):
        QTest.keyClicks(view.backup.edit, "/stick")
    assert len(asked) == 1 and isinstance(asked[0], dict) and asked[0]["backup"] == "/stick"
