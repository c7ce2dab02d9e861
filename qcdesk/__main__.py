# SPDX-License-Identifier: Apache-2.0
"""Starts qcdesk: the window, or the command line, and loads only the one that is wanted."""

from __future__ import annotations

import sys

from qcdesk.cli.call import Doors, Workspace


def main() -> int:
    """Run qcdesk with the arguments of the process and return its exit status."""
    from qcdesk.cli.main import run

    return run(sys.argv[1:], Doors(open_workspace=_open, restore=_restore))


def _open(location: str, *, create: bool = False) -> Workspace:
    """Open a workspace; commands that only compute never come here, so they load no database."""
    from qcdesk import bootstrap

    return bootstrap.open_workspace(location, create=create)


def _restore(folder: str, location: str) -> None:
    """Restore a backup to a location where nothing is yet."""
    from qcdesk import bootstrap

    bootstrap.restore_workspace(folder, location)


if __name__ == "__main__":
    sys.exit(main())
