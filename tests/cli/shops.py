# SPDX-License-Identifier: Apache-2.0
"""A real workspace behind the command line, made and used by commands alone, with keys that open at once."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qcdesk import bootstrap
from qcdesk.checker import packing
from qcdesk.cli.call import Call
from qcdesk.cli.doors import Doors, Workspace
from qcdesk.i18n import Catalogue
from qcdesk.reports.codes import read_paper
from qcdesk.services.ports import Progress
from tests.cli.console import Console, Ran
from tests.workspace import Bench, HandClock, cheap_keys, secret

CONTENT: dict[str, Any] = {
    "title": "Housing cover",
    "products": ["PH-204"],
    "owner": "An Nguyễn",
    "review_by": "2027-01-01",
    "rules": [{"class": "critical", "kind": "zero", "n": 3}, {"class": "major", "kind": "aql", "aql": 4.0}],
    "defects": [
        {"code": "SCR", "name": "Scratch", "class": "major"},
        {"code": "CRK", "name": "Crack", "class": "critical"},
    ],
}
SAMPLE = 3  # level II, AQL 4.0 and a lot of 20: the arrow leads to letter B, n 3, Ac 0


@dataclass
class Shop:
    """Runs commands in one workspace; ``who`` acts, ``beside`` sign with them."""

    folder: Path
    clock: HandClock = field(default_factory=HandClock)

    def __post_init__(self) -> None:
        self.workstation = Bench(self.clock)

    @property
    def workspace(self) -> str:
        return str(self.folder / "workspace")

    def open(self, location: str, *, create: bool = False, progress: Progress | None = None) -> Workspace:
        return bootstrap.open_workspace(
            location,
            create=create,
            progress=progress,
            keys=cheap_keys(),
            clock=self.clock,
            station="bench 1",
            workstation=self.workstation,
        )

    def __call__(self, *arguments: str, who: str = "", beside: tuple[str, ...] = (), new: str = "", given: str = "",
                 text: bool = False, words: tuple[str, ...] | None = None) -> Ran:  # fmt: skip
        """Run a command; ``words``: the secrets as typed, instead of those that fit."""
        options = ["--workspace", self.workspace]
        if who:
            options += ["--as", who, "--secret-stdin"]
        for one in beside:
            options += ["--with", one]
        if words is not None and not who:
            options += ["--secret-stdin"]
        secrets = words if words is not None else [secret(login) for login in (who, *beside, new) if login]
        typed = "".join(line + "\n" for line in secrets) + given
        ran = Console(Doors(open_workspace=self.open, write_checker=packing.write))(
            *options, *arguments, *([] if text else ["--json"]), given=typed
        )
        assert "Traceback" not in ran.err
        return ran

    def good(self, *arguments: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401
        """Run a command that has to succeed, and return its document."""
        ran = self(*arguments, **more)
        assert ran.status == 0, ran.err
        return ran.data

    def init(self) -> dict[str, Any]:
        """Make the workspace with its two people."""
        return Console(Doors(open_workspace=self.open))(
            *(
                "--workspace",
                self.workspace,
                "--secret-stdin",
                "init",
                "--owner",
                "an",
                "--name",
                "An Nguyễn",
            ),
            *("--second", "binh", "--second-name", "Trần Bình", "--shop", "Xưởng Một", "--json"),
            given=f"{secret('an')}\n{secret('binh')}\n",
        ).data

    def ready(self) -> Shop:
        """Make a workspace in which a batch can be registered and checked."""
        self.init()
        self.good("product", "add", "PH-204", "--name", "Housing cover", who="an")
        self.good("supplier", "add", "ACME", "--name", "重庆 ACME", who="an")
        self.procedure()
        return self

    def procedure(self, code: str = "IP-204", **changes: Any) -> None:  # noqa: ANN401
        """Write and approve a procedure."""
        self.good("procedure", "add", "-", who="an",
                  given=json.dumps({"procedure": code, "content": {**CONTENT, **changes}}))  # fmt: skip
        self.approve(code, "binh")

    def approve(self, code: str, who: str) -> dict[str, Any]:
        """Approve the newest version, as it was shown."""
        shown = self.good("procedure", "show", code)["hash"]
        return self.good("procedure", "approve", code, "--hash", shown, who=who)

    def at_terminal(self, who: str, typed: Callable[[str], str]) -> Call:
        """Return a call of somebody at a terminal, who sees what stands there and types what ``typed`` answers."""
        doors = Doors(open_workspace=self.open)
        return Call(
            doors=doors,
            words=Catalogue(),
            stdin=io.BytesIO(),
            out=io.StringIO(),
            err=io.StringIO(),
            ask=typed,
            workspace=self.workspace,
            login=who,
        )

    def third(self, login: str = "chi", *roles: str) -> None:
        """Enrol a third person."""
        named = [part for role in roles or ("quality_manager",) for part in ("--role", role)]
        self.good(
            "person", "add", login, "--name", login.title(), *named, who="an", beside=("binh",), new=login
        )

    def batch(self, number: str = "B-1", *more: str) -> str:
        """Register a batch of 20."""
        self.good("batch", "register", number, "--product", "PH-204", "--quantity", "20", "--supplier", "ACME", *more,
                  who="an")  # fmt: skip
        return number

    def check(self, who: str, number: str, *lines: dict[str, Any]) -> dict[str, Any]:
        """Make a whole check: every unit is inspected, with these findings; return what signing answered."""
        started = self.good("check", "start", number, who=who)
        self.record(who, started["check"], {"units": started["sample"]["units"]}, *lines)
        return self.good("check", "sign", started["check"], who=who)

    def record(self, who: str, check: str, *lines: dict[str, Any]) -> dict[str, Any]:
        """Record lines."""
        text = "\n".join(json.dumps(line) for line in lines)
        return self.good("check", "record", check, "-", who=who, given=text)

    def may(self, who: str, number: str) -> dict[str, dict[str, Any]]:
        """Return what a person may do with a batch, by act."""
        return {one["act"]: one for one in self.good("batch", "show", number, who=who)["may"]}


def off_paper(content: bytes) -> tuple[tuple[str, ...], str]:
    """Read the codes and the words of a paper, in this process."""
    found = read_paper(content)
    return found.codes, found.text


def rule(ran: Ran) -> str:
    """Return the rule that refused a command; it must have been refused."""
    assert ran.status == 3, ran.err or ran.out
    assert ran.error["kind"] == "refusal" and ran.err.strip() == ran.error["message"]
    return str(ran.error["code"])


def problem(ran: Ran) -> str:
    """Return what was wrong with what was given to a command."""
    assert ran.status == 2, ran.err or ran.out
    assert ran.error["kind"] == "input" and ran.err.strip() == ran.error["message"]
    return str(ran.error["code"])
