# SPDX-License-Identifier: Apache-2.0
"""Answers ``sample`` at once where its options are plain; whatever else they are goes the long way, through Typer.

Building any command with Typer takes several times as long as a plan, so the plain spelling is read here.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from qcdesk.cli import sampling
from qcdesk.cli.terminal import Terminal, as_utf8, standard_input, without_json, words_of

_OPTIONS = {"--from": "from", **{f"--{name.replace('_', '-')}": name for name in sampling.COLUMNS}}


def sample(arguments: Sequence[str], failed: Callable[[Terminal, Exception], int]) -> int | None:
    """Run ``sample`` and return its exit status; None: not plain, and nothing was done.

    Args: arguments: what stands after ``sample``. failed: says what ended it, and gives the exit status.
    """
    kept, json = without_json(arguments)
    said = plain_options(kept)
    if said is None:
        return None
    terminal = Terminal(
        words=words_of(None),
        stdin=standard_input(),
        out=as_utf8(sys.stdout),
        err=as_utf8(sys.stderr),
        json=json,
    )
    table_file = said.pop("from", None)
    try:
        return sampling.answer(terminal, {**sampling.DEFAULTS, **said}, table_file, set(said))
    except Exception as problem:
        return failed(terminal, problem)


def plain_options(arguments: Sequence[str]) -> dict[str, str] | None:
    """Return options spelled ``--name value`` or ``--name=value``, each once; None where anything else stands there."""
    found: dict[str, str] = {}
    rest = list(arguments)
    while rest:
        name, equals, value = rest.pop(0).partition("=")
        field = _OPTIONS.get(name)
        if field is None or field in found or not (equals or rest):
            return None
        found[field] = value if equals else rest.pop(0)
    return found
