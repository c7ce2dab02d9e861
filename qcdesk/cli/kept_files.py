# SPDX-License-Identifier: Apache-2.0
"""Kept files on the command line: one of a record is named, and saved as it was kept."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from qcdesk.cli.call import Call
from qcdesk.domain.attachments import Attachment
from qcdesk.domain.inputs import BadInput
from qcdesk.i18n import mark

Kept = Annotated[
    str, typer.Argument(metavar="FILE", help=mark("Its name, or how its SHA-256 begins (8 or more)."))
]
Output = Annotated[str, typer.Option("-o", "--output", help=mark("Where to write it."))]
SHORTEST = 8
"""So many digits of a hash name a file."""


def chosen(files: Sequence[Attachment], asked: str) -> Attachment:
    """Return one of the files of a record by its name, or how its SHA-256 begins.

    Raises: BadInput ``no_such_file``: none, or more than one, is called so.
    """
    named = {one.sha256: one for one in files if one.name == asked}
    begun = {one.sha256: one for one in files if len(asked) >= SHORTEST and one.sha256.startswith(asked)}
    found = list((named or begun).values())
    if len(found) != 1:
        known = tuple(f"{one.name} ({one.sha256[:16]})" for one in files)
        raise BadInput("no_such_file", facts={"value": asked, "known": known}, where={"field": "attachments"})
    return found[0]


def saved(call: Call, name: str, sha256: str, output: str) -> int:
    """Write a kept file as it was kept: it has to fit its hash, and nothing is written over."""
    if Path(output).exists():
        raise BadInput("file_exists", facts={"file": output})
    call.use.letters.save(call.use.files.read(sha256), output)
    told = call.words.say("{file} is written.", file=output)
    return call.answer({"file": output, "name": name or None, "sha256": sha256}, [told])
