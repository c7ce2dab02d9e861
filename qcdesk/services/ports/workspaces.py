# SPDX-License-Identifier: Apache-2.0
"""Workspaces as places, and backups that become one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from qcdesk.domain.anchors import Lacking, Lost
from qcdesk.services.ports.keeping import HeldAgainst, Progress, Verified


@dataclass(frozen=True)
class BackupSeen:
    """What a backup holds and what it lacks, looked at before it is restored; nothing of it was verified yet.

    ``folder``: the backup itself, where a folder of several was named. ``made``, ``last_at``: when it was made, and its
    last entry (microseconds UTC). ``files``: photos and imported files. ``bytes``: of all. ``lost``: what this station
    saw and the copy has not; ``held``: anchors that were brought, held against it; ``lacking``: what the workspace that
    is replaced holds beyond it. ``known``: whether this station ever saw this workspace, so that it can tell.
    """

    folder: str
    vault: str
    shop: str
    made: int
    last_at: int
    batches: int
    people: int
    files: int
    bytes: int
    lost: Lost | None
    held: HeldAgainst
    lacking: Lacking | None
    known: bool


class Workspaces(Protocol):
    """Workspaces as places: the one that is open, and a backup that becomes another one."""

    @property
    def location(self) -> str:
        """Where the open workspace lies; a server's address with its password."""

    @property
    def vault(self) -> str:
        """Which workspace is open; empty: nobody has begun it yet, or none could be opened."""

    def look_at(
        self, folder: str, location: str, given: Sequence[str] = (), replaces: str = ""
    ) -> BackupSeen:
        """Return what a backup holds, and what it lacks against what was seen here, and against anchors brought.

        Args: folder: a backup, or a folder of backups, of which the newest is taken. location: where it is to be
            restored. given: files of anchors, scans of paper that bears one, or codes typed off paper. replaces: the
            workspace whose place it takes, damaged or not; empty: none is there.
        Raises: BadInput: ``not_a_backup``, ``backup_incomplete``, ``not_an_anchor``, ``other_workspace``. Trouble:
            ``schema_newer``; ``database_damaged``: nothing of the workspace that is replaced can be read.
        """

    def restore(self, folder: str, location: str, progress: Progress | None = None) -> Verified:
        """Restore a backup where nothing is, or only a workspace that nobody has begun; whole, or not at all.

        Raises: BadInput: ``not_a_backup``, ``backup_incomplete``, ``workspace_exists``, ``workspace_not_empty``.
            Trouble: ``schema_newer``, ``disk_full``, ``file_unwritable``, ``restore_failed``, ``cancelled``.
        """

    def free_place(self) -> str:
        """Return where a backup is restored to unless somebody says otherwise; empty: that must be said."""

    def remembers(self, location: str) -> bool:
        """Tell whether this station should begin there from now on: it is not where it would begin by itself."""
