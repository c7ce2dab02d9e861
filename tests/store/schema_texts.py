# SPDX-License-Identifier: Apache-2.0
"""The schema as its scripts spell it, over all revisions: what is created and not dropped again."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from qcdesk.checker.schema import SCRIPTS as SCRIPTS_OF
from qcdesk.store import upgrading

FOLDER = Path(upgrading.__file__).parent / "migrations" / "versions"
SCRIPTS = tuple(script for revision in SCRIPTS_OF.values() for script in revision)

_CREATES = re.compile(
    r"CREATE (?:OR REPLACE )?(?:UNIQUE )?(?:CONSTRAINT )?(TABLE|INDEX|TRIGGER|FUNCTION|VIEW) (?:IF NOT EXISTS )?(\w+)"
)
_DROPS = re.compile(r"DROP (TABLE|INDEX|TRIGGER|FUNCTION|VIEW) (?:IF EXISTS )?(\w+)")


def scripts(dialect: str) -> dict[str, str]:
    """Return the text of every script of a dialect, in the order in which they run."""
    return {name: (FOLDER / f"{name}_{dialect}.sql").read_text("utf-8") for name in SCRIPTS}


@cache
def statements(dialect: str) -> tuple[str, ...]:
    """Return the statements that stand in the end: those whose object no later statement drops or makes anew."""
    standing: dict[tuple[str, str], str] = {}
    others: list[str] = []
    for text in scripts(dialect).values():
        for statement in text.split("--;\n"):
            bare = "\n".join(line for line in statement.splitlines() if not line.startswith("--")).strip()
            dropped, created = _DROPS.match(bare), _CREATES.match(bare)
            if dropped:
                standing.pop((dropped[1], dropped[2]), None)
            elif created:
                standing[created[1], created[2]] = bare
            elif bare:
                others.append(bare)
    return (*standing.values(), *others)


@cache
def text(dialect: str) -> str:
    """Return the standing statements as one text."""
    return "\n--;\n".join(statements(dialect))
