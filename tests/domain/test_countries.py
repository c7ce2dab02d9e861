# SPDX-License-Identifier: Apache-2.0
"""A country is one of the list, said by its name or two letters."""

from __future__ import annotations

import pytest

from qcdesk.domain.countries import NAMES, country_code, country_name
from qcdesk.domain.inputs import BadInput


def test_every_country_is_found_by_its_letters_and_its_name() -> None:
    assert len(NAMES) == 249
    for code, name in NAMES.items():
        assert len(code) == 2 and code.isascii() and code.isupper() and name == name.strip()
        assert country_code(code.lower()) == country_code(f" {name.upper()} ") == code
        assert country_name(code) == name


def test_no_country_is_none() -> None:
    assert country_code("  ") == country_name("") == ""


@pytest.mark.parametrize("text", ["XX", "Atlantis", "Germany – every unit tested", "VN VN", "V\u200bN"])
def test_whatever_is_no_country_is_refused(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        country_code(text)
    assert caught.value.code == "country"


def test_what_was_kept_before_there_was_a_list_stays_readable() -> None:
    assert country_name("Đông Á") == "Đông Á"
