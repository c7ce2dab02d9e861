# SPDX-License-Identifier: Apache-2.0
"""Writes the stand-alone checker: one file that verifies a log with Python alone."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Annotated

import typer

from qcdesk.checker import FILE
from qcdesk.cli.call import call_of
from qcdesk.cli.output import Data
from qcdesk.domain.refusals import NotYet
from qcdesk.i18n import mark


def checker(
    ctx: typer.Context,
    to: Annotated[str, typer.Option(metavar="FILE", help=mark("Where to write it."))] = FILE,
) -> int:
    """Write the stand-alone checker, which runs with Python 3.11 or newer and nothing else."""
    call = call_of(ctx)
    path = Path(to).expanduser().absolute()
    if call.doors.write_checker is None:
        raise NotYet("checker")
    call.doors.write_checker(path)
    data: Data = {"file": str(path), "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
    lines = [
        call.words.say("The checker is written to {file}.", file=path),
        call.words.say("Run it on any machine that has Python: python3 {file} WORKSPACE", file=path.name),
        call.words.say("Its SHA-256 is {digest}.", digest=data["sha256"]),
    ]
    return call.answer(data, lines)
