# SPDX-License-Identifier: Apache-2.0
"""Long answers come out whole, and read as the short ones do."""

from __future__ import annotations

import io
import json
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcdesk.cli import terminal
from qcdesk.cli.terminal import write_json

leaves = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
)
documents = st.recursive(leaves, lambda one: st.lists(one) | st.dictionaries(st.text(), one), max_leaves=20)


def written(value: object) -> str:
    out = io.StringIO()
    write_json(value, out)
    return out.getvalue()


@given(st.dictionaries(st.text(), documents))
def test_a_document_reads_as_what_was_written(document: dict[str, object]) -> None:
    assert json.loads(written(document)) == document
    assert written(document) == json.dumps(document, ensure_ascii=False, indent=1)


@given(st.dictionaries(st.text(), documents), st.integers(0, 3), st.integers(1, 4))
def test_where_rows_are_cut_changes_nothing(document: dict[str, object], long: int, piece: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(terminal, "LONG", long)
        patch.setattr(terminal, "PIECE", piece)
        assert json.loads(written(document)) == document


def test_a_row_of_a_million_points_is_not_written_line_by_line() -> None:
    points = array("d", [0.1, -2.5, 1e-7]) * 10_000
    text = written({"points": points, "few": array("d", [1.5])})
    assert json.loads(text) == {"points": list(points), "few": [1.5]}
    assert text.count("\n") < 20
