# SPDX-License-Identifier: Apache-2.0
"""Files that somebody chose on a sheet: read and kept; and kept ones saved where somebody chose."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from qcdesk.domain.attachments import Attachment
from qcdesk.gui.asking import Answers, Question
from qcdesk.i18n import Catalogue
from qcdesk.services.letters import ATTACHMENT_BYTES
from qcdesk.services.trouble import Trouble
from qcdesk.services.use_cases import UseCases


def read_given(file: str, longest: int) -> bytes:
    """Return what a file holds; at most one byte beyond ``longest``, so that whoever keeps it can refuse it.

    Raises: Trouble ``file_unreadable``.
    """
    try:
        with Path(file).open("rb") as opened:
            return opened.read(longest + 1)
    except (OSError, ValueError) as problem:  # ValueError: a NUL in the name
        reason = problem.strerror or "" if isinstance(problem, OSError) else ""
        raise Trouble("file_unreadable", file=Path(file).name, reason=reason) from problem


def file_asked(words: Catalogue) -> Question:
    """Return the question for a file that stands beside what is written."""
    return Question("attachments", words.say("File"), "file", optional=True)


def kept_file(use: UseCases, answers: Answers) -> tuple[Attachment, ...]:
    """Keep the file that was chosen, if any, as it is. Raises: BadInput, Trouble."""
    path = answers.get("attachments", "")
    if not path:
        return ()
    content = read_given(path, ATTACHMENT_BYTES)
    return (Attachment(Path(path).name, use.files.keep_file(content), len(content)),)


def saving(use: UseCases, sha256: str, path: str) -> Callable[[], None]:
    """Return what saves a kept file as it was kept; it has to fit its hash."""
    return lambda: use.letters.save(use.files.read(sha256), path)
