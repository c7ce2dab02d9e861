# SPDX-License-Identifier: Apache-2.0
"""The command line as a script sees it: arguments and standard input in, status, document and sentences out."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, field
from typing import Any

from qcdesk.cli.doors import Doors, Workspace
from qcdesk.cli.main import run
from qcdesk.domain.inputs import BadInput
from qcdesk.services.ports import Progress


@dataclass(frozen=True)
class Ran:
    """What one call came to."""

    status: int
    out: str
    err: str

    @property
    def data(self) -> dict[str, Any]:
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found

    @property
    def error(self) -> dict[str, Any]:
        found = self.data["error"]
        assert isinstance(found, dict)
        return found


def nowhere(location: str, *, create: bool = False, progress: Progress | None = None) -> Workspace:
    """Stand for a place without a workspace."""
    raise BadInput("no_workspace", facts={"path": location}, where={"field": "workspace"})


@dataclass
class Console:
    """Runs commands in this process."""

    doors: Doors = field(default_factory=lambda: Doors(open_workspace=nowhere))

    def __call__(self, *arguments: str, given: str | bytes = b"") -> Ran:
        out, err = io.StringIO(), io.StringIO()
        content = given.encode() if isinstance(given, str) else given
        status = run(arguments, self.doors, stdin=io.BytesIO(content), out=out, err=err)
        return Ran(status, out.getvalue(), err.getvalue())
