# SPDX-License-Identifier: Apache-2.0
"""Looking after the workspace as a whole: verification, anchors, backups, exports."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from qcdesk.domain.anchors import Anchor, Lacking, Lost
from qcdesk.services.inspection_report import Unsealed
from qcdesk.services.ports.keys import Hand
from qcdesk.services.ports.printing import PaperFacts, PaperKind


@dataclass(frozen=True)
class Problem:
    """One thing that does not hold: the event it stands at (None: elsewhere), the batch, and a code with facts."""

    event: int | None
    batch: str | None
    code: str
    facts: dict[str, str]


@dataclass(frozen=True)
class Explained:
    """What was found of an event, and what two people have said of it, in which event and when (microseconds UTC)."""

    problem: Problem
    event: int
    at: int
    people: str
    reason: str


@dataclass(frozen=True)
class Verified:
    """What a verification found. ``head`` is the number and hash of the last event that was looked at."""

    checked: int
    problems: tuple[Problem, ...]
    head: tuple[int, str]
    since: int = 0
    """The verified line after which was read; 0: the whole log."""
    explained: tuple[Explained, ...] = ()
    """What was found and two people have explained: it stops nothing."""
    remarks: tuple[Problem, ...] = ()
    """What is worth telling and is no fault: it stops nothing, and nobody has to explain it."""

    @property
    def ok(self) -> bool:
        """Whether everything holds."""
        return not self.problems


@dataclass(frozen=True)
class LastVerified:
    """How the last whole verification on a station ended; ``at`` in microseconds UTC, ``problems`` how many."""

    at: int
    checked: int
    problems: int
    first: Problem | None


@dataclass(frozen=True)
class Exported:
    """What went out: path and rows of each file; ``verified`` what a verification before it found, where one was due."""

    files: tuple[tuple[str, int], ...]
    verified: Verified | None


@dataclass(frozen=True)
class HeldAgainst:
    """Anchors held against the log: how many, and what does not fit.

    ``unsigned``: names of those that bear no signature, such as a code typed off paper. That one of them does not fit
    counts as of any other; that it fits is worth what the place is worth where it was kept. ``proven``: those that do
    not fit though somebody whom the log knows has signed them; from then on nothing is released at this station until
    two people have signed what was lost.
    """

    anchors: int
    problems: tuple[Problem, ...]
    unsigned: tuple[str, ...] = ()
    proven: tuple[Anchor, ...] = ()


@dataclass(frozen=True)
class BackedUp:
    """A finished, verified backup: folder, files, bytes, and the digest of its manifest."""

    folder: str
    files: int
    bytes: int
    digest: str


@dataclass(frozen=True)
class Dumped:
    """The log written out as one file: how many events and pictures, its bytes and SHA-256, and the head it ends with."""

    file: str
    events: int
    files: int
    bytes: int
    digest: str
    seq: int
    hash: str


@dataclass(frozen=True)
class Health:
    """One line of the doctor."""

    name: str
    ok: bool
    facts: dict[str, str]


Progress = Callable[[int, int], bool]
"""Told how much of how much is done; returns False to cancel."""


class Keeping(Protocol):
    """Looking after the workspace as a whole."""

    def verify(self, progress: Progress | None = None) -> Verified:
        """Check chain, canonical form, signatures, keys active then, records, files, and every projection row.

        What it comes to is kept at this station: until the whole log holds again, nothing is released, shipped or
        printed; of other batches it is, where all that was found is what signers did in some against a rule.
        """

    def verify_tail(self, progress: Progress | None = None) -> Verified:
        """Check what came after the last head up to which everything held at this station; else the whole log."""

    def verify_if_due(self, hour: int, progress: Progress | None = None) -> Verified | None:
        """Check the whole log when the hour of the local day came round since it last was here; None: it is not due."""

    def last_verified(self) -> LastVerified | None:
        """Return how the last verification on this station ended; None: there was none that came to an end."""

    def lost(self) -> Lost | None:
        """Return the last event that this station saw and the log no longer holds; None: everything seen is there."""

    def lacking(self, old: str) -> Lacking:
        """Return what another copy of this workspace holds and this one does not: a folder, a file, or an address.

        Raises: BadInput: ``no_workspace``, ``other_workspace``. Trouble ``database_damaged``: nothing of it can be read.
        """

    def against(self, given: Sequence[str]) -> HeldAgainst:
        """Hold anchors against the log: files, folders of them, backups' manifests, codes typed off paper.

        Raises: BadInput ``not_an_anchor``: nothing of this kind, facts ``file``.
        """

    def anchor(self, hand: Hand | None = None) -> Anchor:
        """Return the log's head now, signed by this hand; without one, by the workstation.

        Raises: BadInput ``station_unknown``: nobody has signed in at this workstation yet, so the log knows no key of it.
        """

    def signed_head(self) -> Anchor | None:
        """Return the log's head now, signed by the workstation; None: the log does not know this workstation yet."""

    def keep_anchor(self, anchor: Anchor, folder: str) -> str:
        """Write an anchor's file into a folder, whole or not at all; its path. Raises: Trouble ``file_unwritable``."""

    def sealed(self, pdf: bytes, facts: PaperFacts) -> bytes:
        """Return a print that carries its evidence, sealed by the workstation.

        It comes back as it is where the log does not know this workstation, and while a check runs that somebody may
        not see.
        """

    def unsealed(self, document: PaperKind, subject: str) -> Unsealed:
        """Return why a print would carry no evidence now; empty: it would."""

    def people_sheet(self, hand: Hand, path: str) -> int:
        """Write who signs here, for whoever checks certificates elsewhere; its bytes. Raises: MissingRole."""

    def withdrawn_list(self, hand: Hand, path: str) -> int:
        """Write which certificates there are, for whoever checks them elsewhere; how many are void.

        Raises: MissingRole: neither administrator nor releaser. It says nothing of who signs it: see the checker.
        """

    def newest_anchor(self) -> Anchor | None:
        """Return the newest head that this station saw, as it was signed then; None: it saw none yet."""

    def backup(self, folder: str, progress: Progress | None = None) -> BackedUp:
        """Copy the whole workspace, with files, while in use; verified, then renamed."""

    def backup_if_due(
        self, folder: str, hour: int, keep: int, progress: Progress | None = None
    ) -> BackedUp | None:
        """Make the day's backup once its hour has come, restore it for trial, keep the newest; None: not due yet."""

    def dump(self, path: str, progress: Progress | None = None) -> Dumped:
        """Write the log as one file for the stand-alone checker: every line and record, the hashes of all files.

        It holds what a backup holds but for the pictures, first checks as well: whoever has it can read them.
        """

    def schema(self) -> tuple[str, str]:
        """Return the schema revision that is there and the one this program brings."""

    def upgrade(self) -> str:
        """Bring the schema up to date, after a backup; the revision."""

    def fingerprint(self) -> str:
        """Return the site's fingerprint: 16 letters of event 1."""

    def head(self) -> tuple[int, str]:
        """Return number and hash of the last event."""

    def location(self) -> str:
        """Return where the workspace lies, without a secret."""

    def doctor(self) -> tuple[Health, ...]:
        """Check installation, database, disk, clock, fonts."""

    def export(self, kind: str, folder: str, person: str | None, form: str) -> Exported:
        """Write lists out again (``csv`` or ``jsonl``), within the blind rule.

        Before the log itself goes out, which is what an audit asks for, the whole of it is verified.
        """
