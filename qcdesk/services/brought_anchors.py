# SPDX-License-Identifier: Apache-2.0
"""Anchors as people bring them: files, folders, codes typed off paper, and scans of the paper itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from qcdesk.domain.anchors import CODES
from qcdesk.domain.inputs import BadInput

PAPER = (".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff")
ReadPaper = Callable[[bytes], tuple[tuple[str, ...], str]]
"""read_paper(content): the codes on a PDF or a picture, and its words."""


def codes_off_paper(
    given: Sequence[str], read: Callable[[str], bytes], read_paper: ReadPaper | None
) -> tuple[str, ...]:
    """Return what was brought, with the codes that stand on a PDF or a picture in place of its file.

    Raises: BadInput ``not_an_anchor``: a paper without a code of ours; whatever ``read`` raises.
    """
    found: list[str] = []
    for one in given:
        if read_paper is not None and Path(one).suffix.lower() in PAPER and Path(one).is_file():
            codes, _ = read_paper(read(one))
            heads = [code for code in codes if code.startswith(CODES)]
            if not heads:
                raise BadInput("not_an_anchor", facts={"file": one}, where={"file": one})
            found += heads
        else:
            found.append(one)
    return tuple(found)
