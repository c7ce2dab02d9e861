# SPDX-License-Identifier: Apache-2.0
"""Papers that come back, as PDF, scan or photograph: read apart, pictures through the one decoder of pictures."""

from __future__ import annotations

from qcdesk.domain.inputs import BadInput
from qcdesk.exchange.apart import Task, work_apart
from qcdesk.exchange.photos import read_picture

PAPER_BYTES = 50_000_000
_PDF = b"%PDF"


def codes_on_paper(content: bytes, read_in_child: Task) -> tuple[tuple[str, ...], str]:
    """Return the codes on a paper, and its words where it is a PDF.

    Args: read_in_child: ``qcdesk.reports.codes.read_in_child``, which runs in the child process.
    Raises: BadInput: ``file_too_big``; ``pdf``; those of ``read_picture`` and of ``work_apart``.
    """
    if len(content) > PAPER_BYTES:
        raise BadInput("file_too_big", facts={"bytes": len(content), "longest": PAPER_BYTES})
    if not content.startswith(_PDF):
        content = read_picture(content).copy
    found, _ = work_apart(read_in_child, {}, content)
    return tuple(found["codes"]), found["text"]
