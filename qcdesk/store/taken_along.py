# SPDX-License-Identifier: Apache-2.0
"""Which audits were taken along from this station, kept outside the database: to write a file is no act."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from qcdesk.store.station_files import StationFiles

FOLDER = "taken-along"


class StationTaken:
    """See the port ``TakenAlong``: a file for each workspace in the station's folder."""

    def __init__(self, folder: Path) -> None:
        """Take the station's folder."""
        self._files = StationFiles(folder / FOLDER, "what was taken along")

    def note(self, vault: str, audit: str, on: date) -> None:
        """See the port."""
        self._files.keep(vault, {**self._said(vault), audit: on.isoformat()})

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
            self._files.keep(vault, said)

    def _said(self, vault: str) -> dict[str, str]:
        said = self._files.read(vault)
        return {str(k): str(v) for k, v in said.items()} if isinstance(said, dict) else {}
