# SPDX-License-Identifier: Apache-2.0
"""What a verification found and what the doctor saw, in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from qcdesk.i18n import Catalogue, mark, placeholders
from qcdesk.wording.spelling import quoted

_PROBLEMS: Final[dict[str, str]] = {}
_GOOD: Final[dict[str, str]] = {}
_BAD: Final[dict[str, str]] = {}


def problem(code: str, facts: Mapping[str, str], words: Catalogue) -> str:
    """Return one thing that does not hold, as a sentence."""
    return _filled(_PROBLEMS.get(code, mark("Something here is not as it was written.")), facts, words)


def line(name: str, ok: bool, facts: Mapping[str, str], words: Catalogue) -> str:
    """Return one line of the doctor."""
    table = _GOOD if ok else _BAD
    return _filled(table.get(name, mark("In order.") if ok else mark("Not in order.")), facts, words)


def _filled(message: str, facts: Mapping[str, str], words: Catalogue) -> str:
    values = {name: quoted(value) for name, value in facts.items()}
    return words.say(message, **{name: values.get(name, "…") for name in placeholders(message)})
