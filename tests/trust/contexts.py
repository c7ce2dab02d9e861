# SPDX-License-Identifier: Apache-2.0
"""All cases of single rules of the database, by what they are about."""

from __future__ import annotations

from collections.abc import Iterator

from tests.store.scenes import World
from tests.trust import (
    contexts_goods,
    contexts_keeping,
    contexts_keys,
    contexts_people,
    contexts_sheet,
    contexts_signing,
)
from tests.trust.rule_cases import Case


def all_cases(world: World) -> Iterator[Case]:
    """Yield every case of every rule."""
    yield from contexts_people.cases(world)
    yield from contexts_keys.cases(world)
    yield from contexts_sheet.cases(world)
    yield from contexts_keeping.cases(world)
    yield from contexts_signing.cases(world)
    yield from contexts_goods.cases(world)
