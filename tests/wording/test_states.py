# SPDX-License-Identifier: Apache-2.0
"""Every code that a screen or a command shows has its word."""

from __future__ import annotations

from qcdesk.domain.batches import HOLD_KINDS, SIGNATURE_HOLD, STATES
from qcdesk.domain.people import ROLE_SETS, ROLES
from qcdesk.domain.sampling import BY_SERIOUSNESS
from qcdesk.i18n import Catalogue
from qcdesk.services.rows import LANES
from qcdesk.services.sign_check import MEANINGS as SIGNED
from qcdesk.services.start_check import NEXT_PLACE
from qcdesk.statistics.sampling_tables import SEVERITIES
from qcdesk.wording import states

EN = Catalogue()


def test_states_lanes_roles_and_classes_are_complete() -> None:
    assert set(states.BATCH_STATES) == set(STATES)
    assert set(states.BOARD_LANES) == {*LANES, "done"}
    assert set(states.ROLE_WORDS) == set(ROLES)
    assert set(states.ROLE_SET_WORDS) == set(ROLE_SETS)
    assert set(states.CLASS_WORDS) == set(BY_SERIOUSNESS)
    assert set(states.SEVERITY_WORDS) == set(SEVERITIES)
    assert set(states.HOLD_KIND_WORDS) == {*HOLD_KINDS, SIGNATURE_HOLD}
    assert set(SIGNED.values()) <= set(states.MEANINGS)
    assert set(NEXT_PLACE.values()) <= set(states.PLACES)


def test_a_hold_stands_beside_the_state() -> None:
    assert states.state("accepted", EN) == "Accepted"
    assert states.state("accepted", EN, held=True) == "Accepted, quarantined"


def test_a_rejected_batch_is_held_of_itself_and_says_so_once() -> None:
    assert states.state("rejected", EN, held=True) == "Rejected"


def test_words_of_the_screens() -> None:
    assert states.state("awaiting_second", EN) == "Waiting for second check"
    assert states.lane("ready_to_ship", EN) == "Ready to ship"
    assert states.defect_class("critical", EN) == "Critical"
    assert states.outcome_reason("critical_by_one", EN).endswith(".")
