# SPDX-License-Identifier: Apache-2.0
"""All cases of single rules of the database, by what they are about."""

from __future__ import annotations

from collections.abc import Iterator

from tests.store.scenes import World
from tests.trust import (
    contexts_acting,
    contexts_alone,
    contexts_families,
    contexts_goods,
    contexts_insiders,
    contexts_keeping,
    contexts_keys,
    contexts_leaving,
    contexts_marks,
    contexts_numbers,
    contexts_papers,
    contexts_parts,
    contexts_people,
    contexts_review,
    contexts_sample,
    contexts_sheet,
    contexts_signing,
    contexts_supply_audits,
    contexts_supply_care,
    contexts_supply_concessions,
    contexts_supply_corrective,
    contexts_supply_goods,
    contexts_supply_nonconformities,
    contexts_supply_suppliers,
    contexts_switching,
)
from tests.trust.rule_cases import Case


def all_cases(world: World) -> Iterator[Case]:
    """Yield every case of every rule."""
    for subject in (
        contexts_sheet,
        contexts_people,
        contexts_keys,
        contexts_keeping,
        contexts_signing,
        contexts_review,
        contexts_sample,
        contexts_goods,
        contexts_families,
        contexts_alone,
        contexts_numbers,
        contexts_parts,
        contexts_papers,
        contexts_leaving,
        contexts_marks,
        contexts_insiders,
        contexts_acting,
        contexts_switching,
        contexts_supply_suppliers,
        contexts_supply_audits,
        contexts_supply_care,
        contexts_supply_goods,
        contexts_supply_nonconformities,
        contexts_supply_concessions,
        contexts_supply_corrective,
    ):
        yield from subject.cases(world)
