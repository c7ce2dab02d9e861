# SPDX-License-Identifier: Apache-2.0
"""What lies above the command line and is handed in by the entry: workspaces, the window, the demonstration."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from qcdesk.services.company_signatures import CompanySigned
from qcdesk.services.ports import Progress
from qcdesk.services.use_cases import UseCases


@dataclass(frozen=True)
class DemoPerson:
    """Somebody of the demonstration, with the secret to sign in with."""

    login: str
    secret: str
    roles: tuple[str, ...]


@dataclass(frozen=True)
class DemoDone:
    """What the demonstration left behind; ``report`` and ``screenshots`` only where it played without a window.

    ``window`` opens it, where there is a display; None where the papers are all there is to show.
    """

    workspace: str
    batch: str
    verdict: str
    report: str | None
    screenshots: tuple[str, ...]
    people: tuple[DemoPerson, ...]
    more_reports: tuple[str, ...] = ()
    window: Callable[[], int] | None = None


SayProgress = Callable[[str, int, int], None]
"""say(stage, done, all): ``people``, ``master_data``, ``batches``"""


class Workspace(Protocol):
    """An open workspace, and what closes it."""

    @property
    def use(self) -> UseCases:
        """What can be done in it."""

    @property
    def close(self) -> Callable[[], None]:
        """Let go of it."""


class OpenWorkspace(Protocol):
    """Opens the workspace at a location, or with ``create`` lays an empty one; BadInput ``no_workspace``."""

    def __call__(self, location: str, *, create: bool = False, progress: Progress | None = None) -> Workspace:
        """Open it. ``progress``: is told how far one of an earlier version is brought up to this one."""


@dataclass(frozen=True)
class Doors:
    """What lies above the command line, handed in by the entry so that nothing is loaded before it is wanted.

    ``restore``: a backup's folder into a location where nothing is yet. ``window``: the window on a workspace, in a
    language or the station's own; its exit status. ``read_paper``: the codes on a PDF or a picture, and its words.
    ``read_company``: a company's signature on a PDF.
    ``write_checker``: the stand-alone checker, as one file.
    ``demo``: the demonstration; folder of a headless run or None, workspace or None for its own, whether to begin anew,
    and whom to tell how far it is.
    """

    open_workspace: OpenWorkspace
    restore: Callable[[str, str], object] | None = None
    window: Callable[[str | None, str | None], int] | None = None
    read_paper: Callable[[bytes], tuple[tuple[str, ...], str]] | None = None
    read_company: Callable[[bytes], CompanySigned | None] | None = None
    demo: Callable[[str | None, str | None, bool, SayProgress], DemoDone] | None = None
    write_checker: Callable[[Path], None] | None = None
    now: Callable[[], int] | None = None
    """What time it is, in microseconds UTC, where no workspace is open."""
