# SPDX-License-Identifier: Apache-2.0
"""Where a backup may be put, what it says of itself before, and that nothing is left of a restore that was given up."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qcdesk.domain.inputs import BadInput
from qcdesk.services.trouble import Trouble
from qcdesk.signing.verifying import verify as verify_signature
from qcdesk.store import copying, restoring
from qcdesk.store.anchors import StationAnchors
from qcdesk.store.backups import back_up
from qcdesk.store.database import FILE_NAME
from qcdesk.store.manifests import MANIFEST
from qcdesk.store.restoring import look_at, restore
from qcdesk.store.upgrading import upgrade
from tests.workspace import House, connect

pytestmark = pytest.mark.parametrize(
    "location", ["sqlite"], indirect=True
)  # how a server is filled is with the backups
NOW = 1_800_000_000_000_000


@pytest.fixture
def backup(house: House, tmp_path: Path) -> Path:
    """The backup of a workspace with one batch."""
    house.database.folder = tmp_path / "workspace"
    (house.database.folder / "files").mkdir(parents=True, exist_ok=True)
    house.batch()
    return Path(back_up(house.database, tmp_path / "stick", NOW).folder)


def changed(backup: Path, change: Callable[[dict[str, object]], object]) -> None:
    said = json.loads((backup / MANIFEST).read_text())
    change(said)
    (backup / MANIFEST).write_text(json.dumps(said))


def unbegun(folder: Path) -> Path:
    """Lay a workspace that nobody has begun, as a window does that is opened where nothing is."""
    folder.mkdir()
    database = connect(str(folder))
    upgrade(database)
    database.dispose()
    return folder


def everything(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def seen(backup: Path, target: Path, station: Path, **named: object) -> object:
    kept = StationAnchors(station, str(target))
    return look_at(str(backup), verify_signature, kept, **named)  # type: ignore[arg-type]


def test_a_workspace_that_nobody_has_begun_gives_way(backup: Path, tmp_path: Path) -> None:
    target = unbegun(tmp_path / "new")
    found = restore(str(backup), str(target), verify_signature)
    assert found.ok and found.head[0] > 1
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".qcdesk")] == []
    database = connect(str(target))
    with database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM batch").scalar() == 1
    database.dispose()


@pytest.mark.parametrize("beside", ["notes.txt", "files/" + "a" * 64])
def test_an_unbegun_workspace_beside_which_anything_lies_is_left_alone(
    backup: Path, tmp_path: Path, beside: str
) -> None:
    target = unbegun(tmp_path / "new")
    (target / beside).parent.mkdir(exist_ok=True)
    (target / beside).write_text("mine")
    before = everything(target)
    with pytest.raises(BadInput, match="workspace_exists"):
        restore(str(backup), str(target), verify_signature)
    assert everything(target) == before


def test_a_workspace_that_somebody_began_is_never_written_over(backup: Path, tmp_path: Path) -> None:
    target = tmp_path / "theirs"
    restore(str(backup), str(target), verify_signature)
    before = everything(target)
    with pytest.raises(BadInput, match="workspace_exists"):
        restore(str(backup), str(target), verify_signature)
    assert everything(target) == before


@pytest.mark.parametrize("stop_at", [1, 310, 650, 990])
def test_a_restore_that_is_stopped_leaves_everything_as_it_was(
    backup: Path, tmp_path: Path, stop_at: int
) -> None:
    target = unbegun(tmp_path / "new")
    before, there = everything(target), sorted(p.name for p in tmp_path.iterdir())
    with pytest.raises(Trouble, match="cancelled"):
        restore(str(backup), str(target), verify_signature, lambda done, _of: done < stop_at)
    assert everything(target) == before
    assert sorted(p.name for p in tmp_path.iterdir()) == there


def test_where_the_copy_cannot_get_its_name_the_unbegun_workspace_is_there_again(
    backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = unbegun(tmp_path / "new")
    before, rename, names = everything(target), Path.rename, list[str]()

    def second_fails(self: Path, to: Path) -> Path:
        names.append(self.name)
        if len(names) == 2:
            raise PermissionError(13, "in use")
        return rename(self, to)

    monkeypatch.setattr(Path, "rename", second_fails)
    with pytest.raises(Trouble, match="file_unwritable"):
        restore(str(backup), str(target), verify_signature)
    assert len(names) == 3 and everything(target) == before


def test_a_disk_without_room_is_refused_before_anything_is_written(
    backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)._replace(free=1_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage)
    with pytest.raises(Trouble, match="disk_full") as told:
        restore(str(backup), str(tmp_path / "new" / "place"), verify_signature)
    assert told.value.facts["free_mb"] and not (tmp_path / "new").exists()


def test_a_backup_by_a_newer_program_is_refused_before_anything_is_read(backup: Path, tmp_path: Path) -> None:
    changed(backup, lambda said: said.update(schema="9001"))
    with pytest.raises(Trouble, match="schema_newer"):
        restore(str(backup), str(tmp_path / "new"), verify_signature)
    with pytest.raises(Trouble, match="schema_newer"):
        seen(backup, tmp_path / "new", tmp_path / "station")
    assert not (tmp_path / "new").exists()


def test_looking_says_what_a_backup_holds_and_writes_nothing(
    house: House, backup: Path, tmp_path: Path
) -> None:
    before = everything(tmp_path)
    found = look_at(
        str(backup.parent), verify_signature, StationAnchors(tmp_path / "station", str(tmp_path / "new"))
    )
    assert (found.folder, found.made, found.batches) == (str(backup), NOW, 1)
    assert (found.shop, found.people) == ("Cơ khí Sông Hồng", 2)
    assert (found.lost, found.lacking, found.known) == (None, None, False)
    assert found.bytes == (backup / FILE_NAME).stat().st_size
    assert everything(tmp_path) == before


def test_looking_names_what_the_replaced_workspace_holds_beyond(
    house: House, backup: Path, tmp_path: Path
) -> None:
    house.batch(number="B-77")
    later = Path(back_up(house.database, tmp_path / "later", NOW + 1).folder)
    found = look_at(
        str(backup),
        verify_signature,
        StationAnchors(tmp_path / "station", str(tmp_path / "new")),
        (str(later / MANIFEST),),
        str(later),
    )
    assert found.lacking is not None and "B-77" in {act.batch for act in found.lacking.acts}
    assert [problem.code for problem in found.held.problems] == ["anchor_missing"]


@pytest.mark.parametrize("content", [b"", b"no database at all", b"SQLite format 3\0" + b"\xff" * 4_000])
def test_a_backup_whose_database_cannot_be_read_is_told_as_changed(
    backup: Path, tmp_path: Path, content: bytes
) -> None:
    (backup / FILE_NAME).write_bytes(content)
    with pytest.raises(BadInput, match="backup_incomplete") as refused:
        seen(backup, tmp_path / "new", tmp_path / "station")
    assert refused.value.facts["changed"] == [FILE_NAME]


def test_a_backup_whose_database_is_missing_is_told_as_incomplete(backup: Path, tmp_path: Path) -> None:
    (backup / FILE_NAME).unlink()
    with pytest.raises(BadInput, match="backup_incomplete") as refused:
        seen(backup, tmp_path / "new", tmp_path / "station")
    assert refused.value.facts["missing"] == [FILE_NAME]


def test_a_place_that_is_taken_is_told_before_the_backup_is_read(backup: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "letter.txt").write_text("mine")
    (backup / FILE_NAME).write_bytes(b"")
    with pytest.raises(BadInput, match="workspace_not_empty"):
        restore(str(backup), str(tmp_path / "taken"), verify_signature)


def test_what_somebody_began_there_meanwhile_is_never_written_over(
    backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, verified = tmp_path / "new", copying.verified_copy

    def begun_meanwhile(*given: Any) -> Any:  # noqa: ANN401 - as the real one
        found = verified(*given)
        target.mkdir()
        (target / "letter.txt").write_text("mine")
        return found

    monkeypatch.setattr(restoring, "verified_copy", begun_meanwhile)
    with pytest.raises(BadInput, match="workspace_not_empty"):
        restore(str(backup), str(target), verify_signature)
    assert (target / "letter.txt").read_text() == "mine"


def test_nothing_is_restored_onto_a_network_drive(
    backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(where: Path) -> None:
        raise Trouble("network_drive", location=str(where))

    monkeypatch.setattr(restoring, "require_local", refuses)
    with pytest.raises(Trouble, match="network_drive"):
        restore(str(backup), str(tmp_path / "new"), verify_signature)


@pytest.mark.parametrize("server", [False, True])
def test_a_copy_whose_log_ends_elsewhere_than_the_manifest_says_is_not_put_in_place(
    backup: Path, tmp_path: Path, server: bool
) -> None:
    """On a server it is refused before anybody calls there: nobody listens at this address."""
    changed(backup, lambda said: said.update(head={"seq": 3, "hash": "0" * 64}))
    where = "postgresql://nobody@127.0.0.1:1/none" if server else str(tmp_path / "new")
    with pytest.raises(Trouble, match="restore_failed"):
        restore(str(backup), where, verify_signature)
    assert not (tmp_path / "new").exists()
