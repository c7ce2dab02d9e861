# SPDX-License-Identifier: Apache-2.0
"""A workspace with its readers, on both engines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TypeAlias

import pytest

from qcdesk.services.use_cases import UseCases
from qcdesk.store.database import Database
from qcdesk.store.readers import SqlBlindReader, SqlReaders, SqlReviewReader
from qcdesk.store.unit_of_work import SqlUnitOfWork
from tests.overhearing import overheard
from tests.workspace import STATION, CountedIds, HandClock, House

Collected: TypeAlias = Callable[[], AbstractContextManager[list[tuple[str, object]]]]


@pytest.fixture
def house(made_house: House, database: Database, clock: HandClock) -> House:
    """Open a workspace with Linh and Som, who hold every role, and a procedure; its use cases can read."""

    def look() -> SqlUnitOfWork:
        return SqlUnitOfWork(database, clock, CountedIds("look"), STATION, write=False)

    return House.like(
        made_house,
        database,
        clock,
        read=SqlReaders(database.reading, look),
        own=SqlBlindReader(database.reading),
        review=SqlReviewReader(database.reading),
    )


@pytest.fixture
def use(house: House) -> UseCases:
    """Return the workspace's use cases."""
    return house.use


@pytest.fixture
def statements(database: Database) -> Collected:
    """Return a context manager that collects every statement with its values while it is open."""

    @contextmanager
    def collected() -> Iterator[list[tuple[str, object]]]:
        found: list[tuple[str, object]] = []

        with overheard(lambda _cursor, statement, values: found.append((statement, values)), database):
            yield found

    return collected
