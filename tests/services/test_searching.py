# SPDX-License-Identifier: Apache-2.0
"""Search that forgives missing diacritics and writes Chinese in Latin letters."""

from __future__ import annotations

import unicodedata

import pytest

from qcdesk.services.searching import folded, found, wanted


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("Đặng Thị Hồng", "dang"),
        ("Đặng Thị Hồng", "hong dang"),
        ("Đặng Thị Hồng", "đặng"),
        ("Đặng Thị Hồng", unicodedata.normalize("NFD", "ĐẶNG")),
        ("重庆长安有限公司", "chongqing"),
        ("重庆长安有限公司", "zhongqing"),
        ("重庆长安有限公司", "cq"),
        ("重庆长安有限公司", "重庆"),
        ("重庆 ABC", "abc"),
        ("โรงพยาบาล", "พยาบาล"),
        ("Türkiye", "turkiye"),
        ("LOT-24/0071", "24/00"),
    ],
)
def test_name_is_found(name: str, query: str) -> None:
    assert found(folded([name]), query)


@pytest.mark.parametrize(("name", "query"), [("Dang", "đặng"), ("重庆", "cd"), ("An Li", "ann")])
def test_other_name_is_not_found(name: str, query: str) -> None:
    assert not found(folded([name]), query)


def test_no_match_runs_across_two_texts() -> None:
    assert not found(folded(["LOT 1", "2 Anna"]), "12")
    assert found(folded(["LOT 1", "2 Anna"]), "anna lot")


def test_empty_query_finds_all() -> None:
    assert wanted("  ") == ()
    assert found(folded(["x"]), "")
