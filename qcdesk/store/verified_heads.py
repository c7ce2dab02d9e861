# SPDX-License-Identifier: Apache-2.0
"""The head up to which everything held, and where every rule stood there, so that a start reads only what came after.

A file for each workspace in the station's folder, outside the database. It is thrown away when in doubt: another
program, another workspace, another event at that number, or bytes that are not those that were written.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from qcdesk import __version__, durable
from qcdesk.checker.rules.desk import Desk
from qcdesk.checker.rules.replay import Replay
from qcdesk.checker.rules.shelf import FORM, put_away, take_out
from qcdesk.checker.walk import Standing
from qcdesk.store.last_verified import FOLDER

LONGEST_HEADER = 2_000
_VAULT = re.compile("[0-9a-f]{32}")
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class VerifiedHead:
    """The line up to which everything held. ``at``: the time of the log there, microseconds UTC."""

    seq: int
    hash: str
    vault: str
    at: int
    text: bytes
    """Where every rule stood then."""
    schema: str = ""
    """Digest of the database's rules and tables, which were as they should be."""

    def standing(self) -> Standing:
        """Return where a walk goes on."""
        return Standing(self.seq, self.hash, self.vault, self.at)

    def rules(self) -> Replay | None:
        """Return the rules as they stood; None: what was written cannot be taken out by this program."""
        replay = Replay()
        try:
            take_out(self.text, replay)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None
        return replay


class VerifiedHeads:
    """Heads by workspace. Neither reading nor writing one raises: without it, the whole log is read."""

    def __init__(self, folder: Path) -> None:
        """Take the station's folder."""
        self._folder = folder / FOLDER

    def forget(self, vault: str) -> None:
        """Throw a workspace's away."""
        with suppress(OSError):
            self._file(vault).unlink(missing_ok=True)

    def keep(self, standing: Standing, desk: Desk, schema: str = "") -> None:
        """Put away where everything stood at a head up to which the whole log holds."""
        if standing.vault is None or not _VAULT.fullmatch(standing.vault):
            return
        text = put_away(desk)
        header = {
            "form": FORM,
            "program": __version__,
            "vault": standing.vault,
            "seq": standing.seq,
            "hash": standing.hash,
            "at": standing.at,
            "schema": schema,
            "sha256": hashlib.sha256(text).hexdigest(),
        }
        try:
            durable.make_folder(self._folder)
            with durable.written_whole(self._file(standing.vault)) as file:
                file.write(json.dumps(header).encode() + b"\n" + text)
        except OSError as problem:
            _log.warning(
                "the verified head could not be kept", extra={"facts": {"reason": problem.strerror or ""}}
            )

    def head(self, vault: str) -> VerifiedHead | None:
        """Return the last verified head of this workspace; None: there is none that this program may go on from."""
        try:
            with self._file(vault).open("rb") as file:
                said = json.loads(file.readline(LONGEST_HEADER))
                text = file.read()
            right = (said["form"], said["program"], said["vault"]) == (FORM, __version__, vault)
            if not right or hashlib.sha256(text).hexdigest() != said["sha256"]:
                return None
            return VerifiedHead(
                int(said["seq"]), str(said["hash"]), vault, int(said["at"]), text, str(said["schema"])
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _file(self, vault: str) -> Path:
        return self._folder / f"{vault}.shelf"
