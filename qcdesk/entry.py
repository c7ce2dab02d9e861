# SPDX-License-Identifier: Apache-2.0
"""What the command line and the window are opened with: workspaces, the window, papers, the demonstration."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qcdesk import config
from qcdesk.cli.doors import DemoDone, DemoPerson, Doors, SayProgress, Workspace
from qcdesk.domain.inputs import BadInput
from qcdesk.services.company_signatures import CompanySigned
from qcdesk.services.ports import Progress
from qcdesk.services.trouble import Trouble
from qcdesk.services.use_cases import UseCases


def run(arguments: Sequence[str]) -> int:
    """Run qcdesk with these arguments and return its exit status."""
    from qcdesk.cli.main import run

    doors = Doors(
        _open,
        restore=_restore,
        window=_window,
        read_paper=read_paper,
        read_company=_read_company,
        demo=_demo,
        write_checker=_write_checker,
        now=_now,
    )
    return run(arguments, doors)


def _open(location: str, *, create: bool = False, progress: Progress | None = None) -> Workspace:
    """Open a workspace; commands that only compute never come here, so they load no database."""
    from qcdesk import bootstrap

    return bootstrap.open_workspace(location, create=create, progress=progress)


def _restore(folder: str, location: str) -> None:
    """Restore a backup to a location where nothing is yet."""
    from qcdesk import bootstrap

    bootstrap.restore_workspace(folder, location)


def _now() -> int:
    """Return what time it is, where no workspace is open."""
    from qcdesk import bootstrap

    return bootstrap.SystemClock().now()


def _write_checker(path: Path) -> None:
    """Write the stand-alone checker."""
    from qcdesk.checker import packing

    packing.write(path)


def read_paper(content: bytes) -> tuple[tuple[str, ...], str]:
    """Read, in a process apart, the codes on a paper, and its words where it is a PDF."""
    from qcdesk.exchange.papers import codes_on_paper
    from qcdesk.reports.codes import read_in_child

    return codes_on_paper(content, read_in_child)


def _read_company(content: bytes) -> CompanySigned | None:
    """Read a company's signature on a PDF."""
    from qcdesk.signing import companies

    return companies.read(content)


def _window(location: str | None, language: str | None) -> int:
    """Open the window on a workspace; an empty one begins with its first two people."""
    from qcdesk import bootstrap
    from qcdesk.gui import app

    settings = config.load_settings()
    words = app.words_for(language or settings.language)
    where = config.workspace_location(location)
    opened, cause = None, None
    upgrading = app.Upgrading(settings, words)
    try:
        opened = bootstrap.open_workspace(where, create=True, words=words, progress=upgrading.told)
    except (BadInput, Trouble) as problem:
        if not config.has_display():
            raise  # said on the command line
        cause = problem
    finally:
        upgrading.close()
    workspaces = bootstrap.OpenWorkspaces(
        opened,
        where,
        lambda place, progress: bootstrap.open_workspace(place, words=words, progress=progress),
        begins=config.workspace_location if location is None else lambda: "",
    )
    try:
        if cause is not None:
            return app.run_at_the_door(cause, settings, words, workspaces, workspaces.open)
        return app.run(workspaces.use, settings, words, workspaces=workspaces, open_other=workspaces.open)
    finally:
        workspaces.close()


def _demo(headless: str | None, location: str | None, reset: bool, say: SayProgress) -> DemoDone:
    """Play the demonstration where it was not played yet; then its window, or its papers where there is none."""
    from qcdesk import bootstrap

    shown = headless is None and config.has_display()
    demonstration = bootstrap.open_demonstration(location, reset=reset, say=say)
    use = demonstration.workspace.use
    reader = use.read.wall()[0].person
    page = use.read.batch(use.read.batch_by_number(demonstration.released), reader, use.clock.now())
    reports: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    if not shown:
        folder = Path(headless) if headless else config.station_folder() / "demonstration-papers"
        batches = (demonstration.released, demonstration.disputed)
        inspectors = [p for p in demonstration.people if "inspector" in p.roles]
        secrets = [(p.login, p.secret) for p in sorted(inspectors, key=lambda p: "planner" not in p.roles)]
        reports, pictures = _papers(use, batches, secrets, reader, folder)
        demonstration.workspace.close()
    return DemoDone(
        workspace=demonstration.workspace.location,
        batch=page.header.number,
        verdict=page.verdict or page.state,
        report=reports[0] if reports else None,
        more_reports=reports[1:],
        screenshots=pictures,
        people=tuple(DemoPerson(p.login, p.secret, p.roles) for p in demonstration.people),
        window=(lambda: _window(demonstration.workspace.location, None)) if shown else None,
    )


def _papers(
    use: UseCases, batches: tuple[str, ...], secrets: list[tuple[str, str]], reader: str, folder: Path
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Write the reports of both stories, and pictures of the screens; the report of the released batch first."""
    from qcdesk.gui.app import words_for
    from qcdesk.gui.headless import screenshots

    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for batch in batches:
        found = use.read.batch(use.read.batch_by_number(batch), reader, use.clock.now())
        pdf = use.printing.inspection(found.batch, reader)
        files.append(
            use.printing.save(pdf, str(folder.absolute() / f"inspection-{found.header.number}.pdf")).file
        )
    pictures = screenshots(use, folder.absolute() / "screens", secrets, words_for("en"))
    return tuple(files), tuple(str(p) for p in pictures)
