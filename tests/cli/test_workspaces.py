# SPDX-License-Identifier: Apache-2.0
"""A workspace as a whole by commands: made, verified, examined, backed up and restored."""

from __future__ import annotations

import gzip
import io
import shutil
import time
from pathlib import Path

import pysqlite3.dbapi2 as sqlite
import pytest

from qcdesk import bootstrap
from qcdesk.checker import command as checker
from qcdesk.cli.doors import DemoDone, DemoPerson, Doors, SayProgress, Workspace
from qcdesk.cli.main import run
from qcdesk.domain.inputs import BadInput
from qcdesk.services.ports import Progress
from qcdesk.store.database import FILE_NAME
from tests.cli.console import Console, Ran, nowhere
from tests.cli.shops import Shop, problem, rule
from tests.store.conftest import running_server
from tests.workspace import HandClock, cheap_keys, secret

BOTH = ("--owner", "an", "--name", "An", "--second", "binh", "--second-name", "Bình")


def init(shop: Shop, *more: str, given: str | None = None) -> Ran:
    typed = f"{secret('an')}\n{secret('binh')}\n" if given is None else given
    console = Console(Doors(open_workspace=shop.open))
    return console(
        "--workspace", shop.workspace, "--secret-stdin", "init", *(more or BOTH), "--json", given=typed
    )


def test_a_new_workspace_has_two_people_and_a_recovery_code(empty: Shop) -> None:
    data = init(empty).data
    assert set(data) == {"workspace", "schema", "fingerprint", "recovery"}
    assert data["workspace"] == empty.workspace and len(data["fingerprint"].replace(" ", "")) >= 16
    assert {p["login"] for p in empty.good("person", "list")["people"]} == {"an", "binh"}


def test_a_workspace_is_made_once(shop: Shop) -> None:
    assert problem(init(shop)) == "workspace_exists"


@pytest.mark.parametrize(
    ("second", "name", "code"), [("an", "Bình", "same_login"), ("binh", "An", "same_name")]
)
def test_the_first_two_are_two_people(empty: Shop, second: str, name: str, code: str) -> None:
    ran = init(empty, "--owner", "an", "--name", "An", "--second", second, "--second-name", name)
    assert problem(ran) == code
    assert init(empty).status == 0, "nothing was left behind that is in the way"


def test_the_first_two_have_a_password_each(empty: Shop) -> None:
    ran = init(empty, given=f"{secret('an')}\n{secret('an')}\n")
    assert problem(ran) == "same_secret" and "Both people chose the same password." in ran.err
    assert init(empty).status == 0, "nothing was left behind that is in the way"


def test_both_secrets_are_needed(empty: Shop) -> None:
    assert problem(init(empty, given=secret("an") + "\n")) == "secret_needed"
    assert not Path(empty.workspace).exists()


def test_what_was_signed_verifies(shop: Shop) -> None:
    shop.batch()
    shop.check("an", "B-1")
    data = shop.good("verify")
    assert data["ok"] is True and data["checked"] == data["head"]["event"] and data["problems"] == []
    assert shop("verify", text=True).out.splitlines()[1].startswith("Everything holds.")


def test_another_workspace_may_be_named(shop: Shop, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(shop.workspace, copy)
    console = Console(Doors(open_workspace=shop.open))
    assert console("verify", str(copy), "--json").data["ok"] is True


def test_a_changed_table_does_not_hold(shop: Shop) -> None:
    connection = sqlite.connect(str(Path(shop.workspace) / "qcdesk.sqlite"))
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute("UPDATE person SET name = 'Somebody' WHERE login = 'an'")
    connection.commit()
    connection.close()
    ran = shop("verify")
    assert ran.status == 1 and ran.data["ok"] is False
    assert ran.data["problems"][0]["problem"].startswith("A row of the table person was changed")


def test_the_batch_is_named_beside_what_does_not_hold(shop: Shop) -> None:
    shop.batch()
    shop.check("an", "B-1")
    connection = sqlite.connect(str(Path(shop.workspace) / "qcdesk.sqlite"))
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute(
        "UPDATE event SET sig = zeroblob(64) WHERE seq = (SELECT seq FROM line WHERE type = 'check.signed')"
    )
    connection.commit()
    connection.close()
    named = [one for one in shop("verify").data["problems"] if one["batch"]]
    assert named and all(one["number"] == "B-1" for one in named)
    head, *lines = shop("verify", text=True).out.splitlines()[2:]
    assert head.split() == ["Event", "Batch", "Problem"]
    assert [line.split()[:2] for line in lines if "B-1" in line] == [[str(p["record"]), "B-1"] for p in named]


def test_two_have_the_tables_written_anew_from_the_log(shop: Shop) -> None:
    assert shop.good("db", "rebuild", "--why", "to be sure", who="an", beside=("binh",))["rows"] == 0
    connection = sqlite.connect(str(Path(shop.workspace) / "qcdesk.sqlite"))
    rules = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in rules:
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute("UPDATE person SET status = 'suspended' WHERE login = 'an'")
    connection.execute("DELETE FROM role_grant")
    for _, rule_text in rules:
        connection.execute(rule_text)
    connection.commit()
    connection.close()
    assert "Two people can have the tables written anew from the log" in shop("verify", text=True).out
    assert problem(shop("db", "rebuild", "--why", "x", who="an")) == "with_needed"
    done = shop("db", "rebuild", "--why", "a script wrote them", who="an", beside=("binh",), text=True)
    assert done.status == 0
    assert "written anew from the log, up to event" in done.out and "Everything holds." in done.out
    assert shop.good("verify")["ok"] is True
    told = [entry["text"] for entry in shop.good("audit-trail", who="an")["entries"]]
    assert sum(text.startswith("Two people had the tables written anew from the log") for text in told) == 1


def test_the_audit_trail_says_who_did_what(shop: Shop) -> None:
    shop.batch()
    shop.check("an", "B-1")
    entries = shop.good("audit-trail", "--batch", "B-1", who="an")["entries"]
    assert (
        entries[0]["text"].startswith("Registered")
        and entries[-1]["text"] == "First check signed: it accepts."
    )
    assert {e["person"] for e in entries} == {"An Nguyễn"}
    assert shop.good("audit-trail", "--person", "binh", who="an")["entries"]
    assert shop.good("audit-trail", "--since", "2030-01-01", who="an")["entries"] == []
    blind = shop("audit-trail", "--batch", "B-1", who="binh")
    assert blind.status == 0 and "accepts" not in blind.out


def test_the_audit_trail_needs_a_name(shop: Shop) -> None:
    assert problem(shop("audit-trail")) == "as_needed"


def test_a_backup_is_restored_elsewhere(shop: Shop, tmp_path: Path) -> None:
    shop.batch()
    data = shop.good("backup", str(tmp_path / "safe"))
    assert data["files"] >= 1 and data["bytes"] > 0 and len(data["digest"]) == 64
    elsewhere = Shop(tmp_path / "elsewhere", shop.clock)
    doors = Doors(open_workspace=elsewhere.open, restore=bootstrap.restore_workspace)
    ran = Console(doors)("--workspace", elsewhere.workspace, "restore", data["folder"], "--json")
    assert ran.status == 0 and ran.data["ok"] is True
    assert [b["batch"] for b in elsewhere.good("batch", "list")["batches"]] == ["B-1"]


def test_a_backup_is_not_restored_over_a_workspace(shop: Shop, tmp_path: Path) -> None:
    folder = shop.good("backup", str(tmp_path / "safe"))["folder"]
    ran = Console(Doors(shop.open, bootstrap.restore_workspace))(
        "--workspace", shop.workspace, "restore", folder, "--json"
    )
    assert problem(ran) == "workspace_exists"


@pytest.mark.parametrize(("folder", "code"), [("nowhere", "no_folder"), ("", "not_a_backup")])
def test_only_a_backup_is_restored(empty: Shop, tmp_path: Path, folder: str, code: str) -> None:
    (tmp_path / "empty").mkdir()
    named = str(tmp_path / folder) if folder else str(tmp_path / "empty")
    ran = Console(Doors(empty.open, bootstrap.restore_workspace))(
        "--workspace", empty.workspace, "restore", named, "--json"
    )
    assert problem(ran) == code


def test_the_doctor_looks_at_installation_and_workspace(shop: Shop) -> None:
    ran = shop("doctor")
    checks = {one["name"]: one for one in ran.data["checks"]}
    assert {"version", "python", "fonts", "database", "schema", "disk", "clock"} <= set(checks)
    assert all(one["detail"] and "…" not in one["detail"] for one in checks.values())
    assert ran.status == (0 if ran.data["ok"] else 1)
    assert checks["database"]["ok"] is True and checks["schema"]["ok"] is True


def test_the_doctor_works_before_there_is_a_workspace() -> None:
    ran = Console(Doors(open_workspace=nowhere))("--workspace", "somewhere", "doctor", "--json")
    assert ran.status == 0 and ran.data["checks"][-1]["name"] == "workspace"


def test_the_schema_is_said_and_brought_up_to_date(shop: Shop) -> None:
    data = shop.good("db", "status")
    assert data["up_to_date"] is True and data["location"] == shop.workspace
    assert shop.good("db", "upgrade")["schema"] == data["schema"]


class AtATerminal(io.StringIO):
    """Standard error that somebody reads while it is written."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("revision", ["0001", "0002", "0003", "0004", "0005"])
def test_a_workspace_of_an_earlier_version_is_backed_up_and_brought_and_a_terminal_told_how_far(
    tmp_path: Path, revision: str
) -> None:
    kept = Path(__file__).parents[1] / "store" / "kept" / f"{revision}.sqlite.gz"
    place = tmp_path / "workspace"
    place.mkdir()
    (place / FILE_NAME).write_bytes(gzip.decompress(kept.read_bytes()))

    def opened(location: str, *, create: bool = False, progress: Progress | None = None) -> Workspace:
        return bootstrap.open_workspace(
            location, create=create, keys=cheap_keys(), clock=HandClock(), progress=progress
        )

    def told() -> list[str]:
        err = AtATerminal()
        arguments = ("--workspace", str(place), "db", "status")
        assert run(arguments, Doors(opened), stdin=io.BytesIO(), out=io.StringIO(), err=err) == 0, (
            err.getvalue()
        )
        return err.getvalue().splitlines()

    assert told()[-1] == "Bringing the workspace up to this version: 100 %"
    assert told() == [], "it is brought there once"
    [backup] = (place / "backups").iterdir()
    restored = bootstrap.restore_workspace(str(backup), str(tmp_path / "restored"))
    assert restored.ok, "the backup of the earlier version holds, and can be restored"


def test_the_demonstration_says_what_it_left_and_who_can_sign_in() -> None:
    asked: list[tuple[str | None, str | None, bool]] = []

    def demo(headless: str | None, workspace: str | None, reset: bool, say: SayProgress) -> DemoDone:
        asked.append((headless, workspace, reset))
        say("people", 1, 2)
        people = (DemoPerson("an", "a secret", ("inspector",)),)
        return DemoDone("/w", "B-7", "released", "/d/report.pdf", ("/d/1.png",), people)

    data = Console(Doors(nowhere, demo=demo))("demo", "--headless", "/d", "--reset", "--json").data
    assert asked == [("/d", None, True)]
    assert (data["batch"], data["verdict"], data["report"]) == ("B-7", "released", "/d/report.pdf")
    assert data["people"] == [{"login": "an", "secret": "a secret", "roles": ["inspector"]}]


def test_the_password_of_a_server_is_never_shown() -> None:
    def there(location: str, *, create: bool = False, progress: Progress | None = None) -> Workspace:
        raise BadInput("no_workspace", facts={"path": location})

    address = "postgresql+psycopg://qc:hunter2@server/qc"
    for arguments in (("doctor",), ("supplier", "list")):
        ran = Console(Doors(open_workspace=there))("--workspace", address, *arguments, "--json")
        assert "hunter2" not in ran.out + ran.err


def test_a_scheduled_backup_is_made_once_a_day_and_tried(shop: Shop, tmp_path: Path) -> None:
    assert problem(shop("backup", "--if-due")) == "backup_folder_needed"
    folder = str(tmp_path / "stick")
    assert shop.good("backup", folder, "--schedule", "--hour", "7", "--keep", "2")["keep"] == 2
    assert shop.good("backup", "--if-due")["rehearsed"] is True
    assert shop.good("backup", "--if-due") == {"due": False}
    shop.clock.forward(days=3)
    (line,) = (c for c in shop("doctor").data["checks"] if c["name"] == "backup")
    assert line["ok"] is False and line["facts"]["wanted_days"] == "2"
    assert problem(shop("backup", "--if-due", "--hour", "25")) == "unknown_kind"


def test_a_restore_says_which_events_are_missing(shop: Shop, tmp_path: Path) -> None:
    made = shop.good("anchor", who="an")  # the sitting of a command is an act, so this station saw it
    shop.good("backup", str(tmp_path / "stick"))
    shop.batch()
    after = shop.good("anchor", "--to", str(tmp_path / "papers"), who="an")
    shop.check("an", "B-1")
    shutil.rmtree(shop.workspace)
    console = Console(Doors(open_workspace=shop.open, restore=bootstrap.restore_workspace))
    ran = console(
        *("--workspace", shop.workspace, "restore", str(tmp_path / "stick")),
        *("--anchor", after["file"], "--json"),
    )
    missing = ran.data["missing"]
    assert missing["first"] <= made["event"] + 1 and missing["last"] > after["event"]
    assert missing["kept"] == made["event"]
    assert ran.status == 1 and len(ran.data["problems"]) == 2


def test_a_restore_names_batches_and_acts_that_it_lacks(shop: Shop, tmp_path: Path) -> None:
    """As this station noted them; or, of the workspace that is replaced, as it says itself."""
    shop.good("backup", str(tmp_path / "stick"))
    shop.batch("B-7")
    shop.check("an", "B-7")
    Path(shop.workspace).rename(tmp_path / "put aside")
    console = Console(Doors(open_workspace=shop.open, restore=bootstrap.restore_workspace))
    begin = ("--workspace", shop.workspace, "restore", str(tmp_path / "stick"))
    ran = console(*begin, "--replaces", str(tmp_path / "put aside"), "--json")
    assert ran.data["missing_batches"] == ["B-7"] and ran.data["unread"] == 0
    lost = {(a["type"], a["batch"], a["person"]) for a in ran.data["missing_acts"]}
    assert ("check.signed", "B-7", "An Nguyễn") in lost and ("batch.saved", "B-7", "An Nguyễn") in lost
    shutil.rmtree(shop.workspace)
    ran = console(*begin, "--json")
    assert ran.data["missing_batches"] == ["B-7"], "as far as this station noted it"
    shutil.rmtree(shop.workspace)
    told = console(*begin, "--replaces", str(tmp_path / "put aside"))
    assert "Something of 1 batch is lost: B-7." in told.out and "that this one lacks" in told.out


def test_what_is_replaced_must_be_there_before_anything_is_restored(shop: Shop, tmp_path: Path) -> None:
    shop.good("backup", str(tmp_path / "stick"))
    shutil.rmtree(shop.workspace)
    console = Console(Doors(open_workspace=shop.open, restore=bootstrap.restore_workspace))
    ran = console(
        *("--workspace", shop.workspace, "restore", str(tmp_path / "stick")),
        *("--replaces", str(tmp_path / "nowhere"), "--json"),
    )
    assert problem(ran) == "no_folder" and not Path(shop.workspace).exists()


def test_the_log_is_written_for_the_checker(shop: Shop, tmp_path: Path) -> None:
    shop.batch()
    shop.check("an", "B-1")
    shop.check("binh", "B-1")
    done = shop.good("db", "dump", str(tmp_path / "log.jsonl"), who="an")
    assert done["events"] == done["head"]["event"] and Path(done["file"]).stat().st_size == done["bytes"]
    assert checker.main([done["file"], "--json"]) == 0
    told = shop("db", "dump", str(tmp_path / "log.jsonl"), who="an", text=True)
    assert told.status == 0 and "python3 qcdesk-check.pyz log.jsonl" in told.out


def test_a_dump_goes_into_no_folder_that_is_a_file(shop: Shop, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file")
    assert shop("db", "dump", str(tmp_path / "file" / "log.jsonl"), who="an").status == 4
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith((".", "log"))] == []


def test_the_log_is_not_written_out_by_nobody_nor_by_who_may_still_be_second(
    shop: Shop, tmp_path: Path
) -> None:
    file = tmp_path / "log.jsonl"
    shop.third("chi", "auditor")
    shop.third("duc", "inspector")
    shop.batch()
    started = shop.good("check", "start", "B-1", who="an")
    shop.record("an", started["check"], {"units": started["sample"]["units"]}, {"unit": 2, "defect": "SCR"})
    assert problem(shop("db", "dump", str(file))) == "as_needed"
    for login in ("binh", "duc"):
        ran = shop("db", "dump", str(file), who=login)
        assert rule(ran) == "blind" and "B-1" in ran.err
    assert not file.exists()
    shop.good("db", "dump", str(file), who="chi")  # reads only, so can be no second person
    seen = [
        e
        for e in shop.good("audit-trail", "--batch", "B-1", who="an")["entries"]
        if e["type"] == "first.seen"
    ]
    assert [e["person"] for e in seen] == ["Chi"]
    file.unlink()
    shop.good("db", "dump", str(file), who="an")  # whose own check it is
    assert shop.good("verify")["ok"] is True
    again = [
        e
        for e in shop.good("audit-trail", "--batch", "B-1", who="an")["entries"]
        if e["type"] == "first.seen"
    ]
    assert again == seen


def test_commands_on_a_server_hold_this_clock_against_the_servers(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """More than two minutes ahead is a clock event; what is signed then says so. Behind, no act is signed."""
    off = 0.0
    monkeypatch.setattr(bootstrap.SystemClock, "now", lambda _: int((time.time() + off) * 1_000_000))

    def opened(location: str, *, create: bool = False, progress: Progress | None = None) -> Workspace:
        return bootstrap.open_workspace(location, create=create, keys=cheap_keys(), progress=progress)

    console = Console(Doors(open_workspace=opened))
    with running_server() as server:
        name, address = server.fresh()
        who = ("--workspace", address, "--secret-stdin")
        made = console(
            *(*who, "init", "--owner", "an", "--name", "An", "--second", "binh", "--second-name", "Binh"),
            given=f"{secret('an')}\n{secret('binh')}\n",
        )
        assert made.status == 0, made.err

        def add(login: str) -> Ran:
            added = ("supplier", "add", login, "--name", login, "--json")
            return console(*who, "--as", "an", *added, given=f"{secret('an')}\n")

        def noted() -> list[str]:
            trail = console(*who, "--as", "an", "audit-trail", "--json", given=f"{secret('an')}\n")
            return [e["text"] for e in trail.data["entries"] if e["type"] == "clock.jumped"]

        assert add("S-1").status == 0 and noted() == []
        off = 110.0
        assert add("S-2").status == 0 and noted() == []
        off = 130.0
        assert add("S-3").status == 0
        off = 0.0
        assert len(noted()) >= 1
        off = -130.0
        refused = console(
            *(*who, "--as", "an", "--with", "binh"),
            *("person", "grant", "an", "--role", "auditor", "--json"),
            given=f"{secret('an')}\n{secret('binh')}\n",
        )
        assert rule(refused) == "clock"
        server.run(f"DROP DATABASE {name} WITH (FORCE)")
