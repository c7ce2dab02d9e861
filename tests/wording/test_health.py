# SPDX-License-Identifier: Apache-2.0
"""Everything that a verification can find is a sentence."""

from __future__ import annotations

import re

import pytest

from qcdesk.checker.findings import SENTENCES
from qcdesk.i18n import Catalogue
from qcdesk.wording import health
from tests.architecture.sources import PACKAGE

EN = Catalogue()
SOURCE = "".join(
    (PACKAGE / "store" / name).read_text(encoding="utf-8") for name in ("verification.py", "schema_text.py")
)
CODES = sorted(
    set(SENTENCES)
    | set(re.findall(r'"((?:event|chain|other|row|record|file|schema)_[a-z]+|cancelled)"', SOURCE))
)


def test_the_codes_are_found_in_the_verification() -> None:
    assert {"chain_broken", "row_differs", "record_missing", "schema_extra"} <= set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_every_problem_has_a_sentence_of_its_own(code: str) -> None:
    told = health.problem(code, {}, EN)
    assert told != health.problem("never-heard-of", {}, EN)
    assert told.endswith(".") and "{" not in told


def test_facts_are_told() -> None:
    assert "sign_off" in health.problem("row_extra", {"table": "sign_off", "key": "x first"}, EN)
