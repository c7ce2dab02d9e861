# SPDX-License-Identifier: Apache-2.0
"""The benchmarks still run. What they measure is nobody's test: times depend on the machine."""

from __future__ import annotations

import pytest

from tests.bench.__main__ import BENCHES, STUDIES, main, measured
from tests.bench.measuring import Bench, Line, Size, Spread, Study, table
from tests.store.conftest import in_memory

TINY = Size.tiny()


@pytest.mark.parametrize("bench", BENCHES, ids=lambda b: b.name)
def test_each_benchmark_still_runs(bench: Bench) -> None:
    memory = in_memory()
    lines = measured(bench, TINY, str(memory) if memory else None)
    assert lines
    assert all(line.ours.median > 0 and line.base.median > 0 for line in lines)


@pytest.mark.parametrize("study", STUDIES, ids=lambda s: s.name)
def test_each_study_still_runs(study: Study) -> None:
    assert len(study.run(TINY).splitlines()) > 10


def test_a_line_whose_bare_side_differs_from_itself_does_not_count() -> None:
    spread = Spread(2.0, 1.0, 3.0)
    assert Line("quiet", spread, spread, 1.05, "", 0.0).counts
    assert not Line("busy", spread, spread, 1.2, "", 0.0).counts
    assert "does not count" in table([Line("busy", spread, spread, 1.2, "", 0.0)])


def test_an_unknown_benchmark_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["nothing"])
    assert "unknown: nothing" in capsys.readouterr().err
