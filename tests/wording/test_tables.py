# SPDX-License-Identifier: Apache-2.0
"""What a table rests on is said wherever several transcriptions do not agree."""

from __future__ import annotations

from typing import get_args

import pytest

from qcdesk.i18n import Catalogue
from qcdesk.statistics.sampling_stages import RestsOn
from qcdesk.wording import tables

EN = Catalogue()


@pytest.mark.parametrize("how", get_args(RestsOn))
def test_only_well_attested_tables_need_no_word(how: RestsOn) -> None:
    assert bool(tables.rests_on(how, EN)) is (how != "several")


def test_where_a_table_points_is_said() -> None:
    assert tables.used_instead("single", EN).endswith("single sampling.")
    assert tables.used_instead("double", EN).endswith("double sampling.")
