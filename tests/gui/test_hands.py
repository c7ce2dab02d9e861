# SPDX-License-Identifier: Apache-2.0
"""No key opens by a PIN where none stands."""

from __future__ import annotations

from typing import Any, cast

import pytest

from qcdesk.domain.refusals import PinOver
from qcdesk.gui.asking import Secret, Who
from qcdesk.gui.hands import open_own


def test_no_key_opens_by_a_pin_where_none_stands() -> None:
    nothing = cast(Any, None)  # refused before anything of the sitting or of the use cases is asked
    with pytest.raises(PinOver) as refused:
        open_own(nothing, Who(nothing, "linh", "Linh", ""), Secret("pin", "1234"))
    assert refused.value.person == "Linh"
