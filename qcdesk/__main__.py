# SPDX-License-Identifier: Apache-2.0
"""Starts qcdesk: the window, or the command line, and loads only the one that is wanted."""

from __future__ import annotations

import sys
from pathlib import Path

from qcdesk import config
from qcdesk.cli.doors import DemoDone, DemoPerson, Doors, SayProgress, Workspace


def main() -> int:
    """Run qcdesk with the arguments of the process and return its exit status."""
    from qcdesk.cli.main import run

    return run(sys.argv[1:], Doors(open_workspace=_open, restore=_restore, demo=_demo))


def _open(location: str, *, create: bool = False) -> Workspace:
    """Open a workspace; commands that only compute never come here, so they load no database."""
    from qcdesk import bootstrap

    return bootstrap.open_workspace(location, create=create)


def _restore(folder: str, location: str) -> None:
    """Restore a backup to a location where nothing is yet."""
    from qcdesk import bootstrap

    bootstrap.restore_workspace(folder, location)


def _demo(headless: str | None, location: str | None, reset: bool, say: SayProgress) -> DemoDone:
    """Play the demonstration where it was not played yet, and write the report of its released batch."""
    from qcdesk import bootstrap

    demonstration = bootstrap.open_demonstration(location, reset=reset, say=say)
    use = demonstration.workspace.use
    try:
        reader = use.read.wall()[0].person
        page = use.read.batch(use.read.batch_by_number(demonstration.released), reader, use.clock.now())
        folder = Path(headless) if headless else config.station_folder() / "demonstration-papers"
        folder.mkdir(parents=True, exist_ok=True)
        pdf = use.printing.inspection(page.batch, reader)
        printed = use.printing.save(pdf, str(folder.absolute() / f"inspection-{page.header.number}.pdf"))
    finally:
        demonstration.workspace.close()
    return DemoDone(
        workspace=demonstration.workspace.location,
        batch=page.header.number,
        verdict=page.verdict or page.state,
        report=printed.file,
        screenshots=(),
        people=tuple(DemoPerson(p.login, p.secret, p.roles) for p in demonstration.people),
    )


if __name__ == "__main__":
    sys.exit(main())
