# SPDX-License-Identifier: Apache-2.0
"""Starts qcdesk: the window, or the command line, and loads only what is wanted."""

from __future__ import annotations

import sys


def main() -> int:
    """Run qcdesk with the arguments of the process and return its exit status."""
    arguments = sys.argv[1:]
    before = next((i for i, one in enumerate(arguments) if one != "--json"), 0)
    if arguments[before : before + 1] == ["sample"]:
        from qcdesk.cli import computing

        status = computing.sample([*arguments[:before], *arguments[before + 1 :]], _failed)
        if status is not None:
            return status
    from qcdesk import entry

    return entry.run(arguments)


def _failed(terminal: object, problem: Exception) -> int:
    """Say what ended a command; the words for every kind of failure are loaded only then."""
    from qcdesk.cli.main import failed
    from qcdesk.cli.terminal import Terminal

    assert isinstance(terminal, Terminal)
    return failed(terminal, problem)


if __name__ == "__main__":
    sys.exit(main())
