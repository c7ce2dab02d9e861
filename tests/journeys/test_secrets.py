# SPDX-License-Identifier: Apache-2.0
"""After a day of typing, no secret lies anywhere: not in logs, errors, arguments, environment, database or folders."""

from __future__ import annotations

import base64
import io
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest
import typer

from qcdesk import bootstrap, logs
from qcdesk.cli.doors import Doors
from qcdesk.cli.main import application, run
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import Refusal
from qcdesk.services.enrol_people import Founder
from qcdesk.services.trouble import Trouble
from qcdesk.services.use_cases import UseCases
from qcdesk.signing.stations import KeptWorkstation
from tests.workspace import Bench, HandClock, cheap_keys

OWNER, SECOND, CHANGED = "owner sleeps near water", "second likes green tea", "changed after all that"
WRONG, PIN, LONG_PIN, WRONG_PIN = "wrong on purpose today", "583920", "7301946258", "583929"


def told(act: Callable[[], object], errors: list[str]) -> None:
    """Do something that is refused, and keep all that the error shows, its causes with it."""
    with pytest.raises((Refusal, BadInput, Trouble)) as caught:
        act()
    error = caught.value
    errors.append("".join(traceback.format_exception(error)) + repr(error) + str(vars(error)))


def day(use: UseCases, clock: HandClock, errors: list[str]) -> list[str]:
    """Type every kind of secret, right and wrong; the codes that were printed."""
    recovery, _ = use.open_workspace(
        shop="Shop", owner=Founder("linh", "Linh", OWNER), second=Founder("som", "Som", SECOND)
    )

    def later() -> None:
        clock.forward(seconds=300)

    linh, som = use.open_hand("linh", OWNER), use.open_hand("som", SECOND)
    sitting = use.open_sitting(linh)
    told(lambda: use.open_hand("linh", WRONG), errors)
    later()
    issued = use.issue_badge(linh, som, PIN)
    told(lambda: use.open_badge(issued.code, WRONG_PIN), errors)
    later()
    told(lambda: use.open_badge(issued.code[:-1], PIN), errors)
    told(lambda: use.issue_badge(linh, som, "111111"), errors)
    told(lambda: use.change_password("linh", WRONG, CHANGED), errors)
    later()
    told(lambda: use.change_password("linh", OWNER, "password12"), errors)
    pin = use.begin_pin_sitting(use.open_badge(issued.code, PIN), LONG_PIN)
    told(lambda: pin.open(WRONG_PIN), errors)
    later()
    use.take_role(pin.open(LONG_PIN), "som", "planner")
    use.change_password("linh", OWNER, CHANGED)
    use.change_key("linh", CHANGED)
    again = use.issue_badge(use.open_hand("linh", CHANGED), som, PIN)
    use.stop_badge(som, "linh", "lost")
    told(lambda: use.open_badge(again.code, PIN), errors)
    use.close_sitting(sitting)
    for _ in range(10):
        later()
        told(lambda: use.open_hand("som", WRONG), errors)
    told(lambda: use.open_hand("som", SECOND), errors)
    return [recovery, issued.code, again.code]


def spellings(secret: str) -> set[bytes]:
    """Return a secret as it could lie somewhere."""
    plain = {secret, secret.replace("-", "")}
    return {
        spelled
        for text in plain
        for spelled in (
            text.encode(),
            text.encode("utf-16-le"),
            text.encode().hex().encode(),
            base64.b64encode(text.encode()).rstrip(b"="),
        )
    }


@pytest.mark.logs
def test_no_secret_lies_anywhere_after_a_day(tmp_path: Path, own_station: Path) -> None:
    logs.start(own_station / "logs", "cli")
    clock, errors = HandClock(), list[str]()
    here = KeptWorkstation(own_station, "bench 1", "by the window", lambda: ("one start", clock.at))
    opened = bootstrap.open_workspace(
        str(tmp_path / "workspace"), create=True, keys=cheap_keys(), clock=clock, workstation=here
    )
    codes = day(opened.use, clock, errors)
    opened.close()
    out, err = io.StringIO(), io.StringIO()
    doors = Doors(
        open_workspace=lambda where, *, create=False, progress=None: bootstrap.open_workspace(
            where, create=create, progress=progress, keys=cheap_keys(), clock=clock, workstation=here
        )
    )
    status = run(
        [
            "--workspace",
            str(tmp_path / "workspace"),
            "--as",
            "linh",
            "--secret-stdin",
            "person",
            "take",
            "som",
            "--role",
            "arbiter",
        ],
        doors,
        stdin=io.BytesIO(WRONG.encode() + b"\n"),
        out=out,
        err=err,
    )
    assert status == 3, "a wrong password is refused"
    logs.stop()

    shown = "".join([*errors, out.getvalue(), err.getvalue(), *sys.argv, *os.environ, *os.environ.values()])
    lying = {str(p): p.read_bytes() for f in (tmp_path, own_station) for p in f.rglob("*") if p.is_file()}
    assert any(path.endswith("qcdesk.sqlite") for path in lying)
    assert len(errors) > 15
    for secret in (OWNER, SECOND, CHANGED, WRONG, PIN, LONG_PIN, WRONG_PIN, *codes):
        assert secret not in shown
        for path, content in lying.items():
            if len(secret) < 8 and not path.endswith((".log", ".jsonl", ".key", ".tries")):
                continue  # six digits stand by chance in many a hash
            assert not any(spelled in content for spelled in spellings(secret)), path


def test_no_pin_stands_between_quotes_in_the_database(tmp_path: Path) -> None:
    """Six digits stand by chance in hashes; as a word of their own they would be the PIN."""
    clock = HandClock()
    opened = bootstrap.open_workspace(
        str(tmp_path), create=True, keys=cheap_keys(), clock=clock, workstation=Bench(clock)
    )
    day(opened.use, clock, [])
    opened.close()
    content = (tmp_path / "qcdesk.sqlite").read_bytes()
    for pin in (PIN, WRONG_PIN):
        for quoted in (f'"{pin}"', f"'{pin}'", f":{pin},", f":{pin}}}"):
            assert quoted.encode() not in content


def test_no_option_and_no_variable_takes_a_secret() -> None:
    """Secrets come from a prompt or standard input; arguments and environment are everybody's to read."""
    found: list[str] = []

    def look(command: object) -> None:
        for parameter in getattr(command, "params", []):
            words = set((parameter.name or "").split("_"))
            if getattr(parameter, "envvar", None):
                found.append(str(parameter.name))
            if words & {"secret", "password", "pin", "recovery"} and not getattr(parameter, "is_flag", False):
                found.append(str(parameter.name))
        for below in getattr(command, "commands", {}).values():
            look(below)

    look(typer.main.get_command(application()))
    assert found == []
