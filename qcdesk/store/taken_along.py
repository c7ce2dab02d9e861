# SPDX-License-Identifier: Apache-2.0
"""Which audits were taken along from this station, kept outside the database: to write a file is no act."""

from __future__ import annotations

import json
import logging
import os
import re
from datetime import date
from pathlib import Path

FOLDER = "taken-along"
_VAULT = re.compile("[0-9a-f]{32}")
_log = logging.getLogger(__name__)


class StationTaken:
    """See the port ``TakenAlong``: a file for each workspace in the station's folder."""

    def __init__(self, folder: Path) -> None:
        """Take the station's folder."""
        self._folder = folder / FOLDER

    def note(self, vault: str, audit: str, on: date) -> None:
        """See the port."""
        self._keep(vault, {**self._said(vault), audit: on.isoformat()})

    def since(self, vault: str, audit: str) -> date | None:
        """See the port."""
        try:
            return date.fromisoformat(self._said(vault)[audit])
        except (KeyError, ValueError):
            return None

    def over(self, vault: str, audit: str) -> None:
        """See the port."""
        said = self._said(vault)
        if said.pop(audit, None) is not None:
            self._keep(vault, said)

    def _said(self, vault: str) -> dict[str, str]:
        try:
            said = json.loads((self._folder / f"{vault}.json").read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return {str(k): str(v) for k, v in said.items()} if isinstance(said, dict) else {}

    def _keep(self, vault: str, said: dict[str, str]) -> None:
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
                "what was taken along could not be kept", extra={"facts": {"reason": failed.strerror or ""}}
            )
