# SPDX-License-Identifier: Apache-2.0
"""Photos and files beside the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from qcdesk.domain.audit_templates import AuditTemplate


@dataclass(frozen=True)
class KeptPhoto:
    """A photo that is kept twice: the SHA-256 of the copy that is shown and printed, and of the bytes as they came."""

    copy: str
    original: str


class Files(Protocol):
    """Photos and imported files, beside the database under their SHA-256."""

    def keep_photo(self, content: bytes) -> KeptPhoto:
        """Check, re-encode and keep a PNG or JPEG that is evidence. BadInput for anything else."""

    def keep_picture(self, content: bytes) -> str:
        """Check, re-encode and keep a PNG or JPEG; its SHA-256. BadInput for anything else."""

    def keep_logo(self, content: bytes) -> str:
        """Check and keep a PNG, a JPEG, or an SVG of plain outlines, which is made anew; its SHA-256. BadInput else."""

    def read_audit_template(self, file: str) -> AuditTemplate:
        """Read an audit template from XLSX, ODS, CSV or JSON; empty: the general one that comes with the program."""

    def write_audit_template(self, file: str, content: AuditTemplate) -> None:
        """Write an audit template; JSON where the name ends so, else XLSX."""

    def keep_file(self, content: bytes) -> str:
        """Keep any file as it came, at most ``ATTACHMENT_BYTES`` long; its SHA-256.

        Raises: BadInput ``file_empty``, ``file_too_big``.
        """

    def read(self, sha256: str) -> bytes:
        """Return a kept file; Trouble when it no longer fits its hash."""

    def on_paper(self, content: bytes) -> tuple[tuple[str, ...], str]:
        """Return the codes on a paper, and its words where it is a PDF; nothing of it is kept.

        Raises: BadInput: what is neither a PDF nor a picture, or cannot be read; see ``exchange.papers``.
        """
