# SPDX-License-Identifier: Apache-2.0
"""Trouble says whether the work is safe, and every code of the sources has words."""

from __future__ import annotations

import ast

import pytest
from messages import nodes

from qcdesk.i18n import Catalogue
from qcdesk.services.trouble import Trouble
from qcdesk.wording.troubles import known_codes, tell
from tests.architecture.sources import files_with, tree

EN = Catalogue()


def test_every_code_of_the_sources_has_words() -> None:
    found = {
        str(node.args[0].value)
        for path in files_with("Trouble")
        for node in nodes(tree(path))
        if isinstance(node, ast.Call)
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and ast.unparse(node.func).endswith("Trouble")
    }
    assert found <= known_codes()


def test_a_full_disk_says_what_is_safe() -> None:
    trouble = Trouble("disk_full", saved=64, unit=65, free_mb=200)
    assert str(tell(trouble, EN)) == (
        "The disk is full. Your 64 units are saved; unit 65 is not. Free 200 MB, then try again."
    )


@pytest.mark.parametrize("code", [*sorted(known_codes()), "never-heard-of"])
def test_words_need_no_fact(code: str) -> None:
    told = tell(Trouble(code), EN)
    assert told.fact and "{" not in str(told)
