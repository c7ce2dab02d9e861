# SPDX-License-Identifier: Apache-2.0
"""Hearing every statement that goes to a database, whichever way the program sends it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, TypeAlias, cast
from unittest.mock import patch

from sqlalchemy.engine.default import DefaultDialect

from qcdesk.store.database import Database

Heard: TypeAlias = Callable[[Any, str, Any], None]
"""heard(the driver's cursor, the statement, its values: a mapping or a sequence)"""


@contextmanager
def overheard(heard: Heard, of: Database | None = None) -> Iterator[None]:
    """Let each statement be heard before it runs, once for each of many rows: on one database, or in this process.

    What is heard is what SQLAlchemy's dialect hands to the driver, which is the last place that all of them pass.
    """

    def hearing(name: str) -> Callable[..., None]:
        plain: Callable[..., None] = getattr(DefaultDialect, name)

        def called(self: DefaultDialect, cursor: object, statement: str, *given: object) -> None:
            if of is None or self is of.engine.dialect:
                many = given[0] if name == "do_executemany" else [() if "no_params" in name else given[0]]
                for values in cast("list[object]", many):
                    heard(cursor, statement, values)
            plain(self, cursor, statement, *given)

        return called

    with ExitStack() as patched:
        for name in ("do_execute", "do_execute_no_params", "do_executemany"):
            patched.enter_context(patch.object(DefaultDialect, name, hearing(name)))
        yield
