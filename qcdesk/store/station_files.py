# SPDX-License-Identifier: Apache-2.0
"""What a station remembers of each workspace by itself, in small files outside the database."""

from __future__ import annotations

import json
import logging
import os
import re
from pathlib import Path
from typing import Any

_VAULT = re.compile("[0-9a-f]{32}")
_log = logging.getLogger(__name__)


class StationFiles:
    """A file for each workspace in one folder. Neither reading nor writing one raises."""

    def __init__(self, folder: Path, what: str) -> None:
        """Take the folder. ``what``: what the files hold, for the log."""
        self._folder, self._what = folder, what

    def read(self, vault: str) -> Any:  # noqa: ANN401 - whatever was kept, or somebody has written there
        """Return what was kept of a workspace; None: nothing was, or it cannot be read."""
        try:
            return json.loads((self._folder / f"{vault}.json").read_text("utf-8"))
        except (OSError, ValueError):
            return None

    def keep(self, vault: str, said: object) -> None:
        """Keep it, in place of what was kept before: whole, or not at all."""
        if not _VAULT.fullmatch(vault):
            return
        file = self._folder / f"{vault}.json"
        aside = file.with_name(f"{file.name}.{os.getpid()}.part")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            aside.write_text(json.dumps(said) + "\n", "utf-8")
            aside.replace(file)
        except OSError as failed:
            _log.warning(
                "%s could not be kept", self._what, extra={"facts": {"reason": failed.strerror or ""}}
            )
