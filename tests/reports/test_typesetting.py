# SPDX-License-Identifier: Apache-2.0
"""What a person wrote comes out on paper as it was written, whatever it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdfium2 import PdfDocument

from qcdesk.reports.glyphs import coverage
from qcdesk.reports.typesetting import Span, Style, clean, compose

BODY = Style(9)
THAI = "หล่อด้วยแรงดันสูงเพื่อให้ได้ชิ้นงานที่มีคุณภาพดีน้ำมันที่ก้ามปูญี่ปุ่นฐานทัพผู้ใหญ่"
Copied = Callable[..., str]
Printed = Callable[..., bytes]


@pytest.mark.parametrize(
    "text",
    [
        "Nguyễn Thị Linh, Đặng Hữu Phước, Trường Sơn",
        "王敏 检验报告：泵壳盖，合格并放行。",
        "สมชาย ศรีสุข น้ำมัน ญี่ปุ่น ฐานทัพ ผู้ใหญ่",
        "Łódź, Ærø, Ünal, Ελλάδα, Київ",
        "⌀ 12.03 ± 0.05 mm ≤ ≥ ≠ ⏥ ⌖ ✓ ✗ ⊥ ∥ µ °C ²",
    ],
)
@pytest.mark.parametrize("size", [8.5, 27.0])
def test_text_of_every_script_is_copied_as_it_was_written(copied: Copied, text: str, size: float) -> None:
    block = compose(text, Style(size), 5000)
    assert copied(block).strip() == text


def test_decomposed_text_is_printed_composed(copied: Copied) -> None:
    assert copied(compose("Nguye\u0302\u0303n", BODY, 400)).strip() == "Nguyễn"


# The faults of ReportLab's own shaping, each kept out ----------------------------------------------------------


def test_shaped_alternates_are_copied_as_text_and_not_as_private_codes(copied: Copied) -> None:
    copy = copied(compose("ปู่ ฟู้ ญี่ปุ่น ฐู น้ำ", Style(14), 400)).strip()
    assert copy == "ปู่ ฟู้ ญี่ปุ่น ฐู น้ำ"
    assert not any("\ue000" <= c <= "\uf8ff" or ord(c) >= 0xF0000 for c in copy)


def test_word_of_two_scripts_gets_a_font_for_each(copied: Copied) -> None:
    block = compose("PH-204ฝาครอบ泵壳", BODY, 400)
    assert [run.font for run in block.lines[0].runs] == [
        "NotoSans-Regular",
        "NotoSansThai-Regular",
        "NotoSansSC-Regular",
    ]
    assert copied(block).strip() == "PH-204ฝาครอบ泵壳"
    for run in block.lines[0].runs:
        assert all(ord(c) in coverage(run.font) for c in run.text)


def test_raised_marks_leave_the_baseline_where_it_was(printed: Printed) -> None:
    marked = printed(compose([Span("ป้ำป้ำป้ำ", BODY), Span(" end", BODY)], BODY, 400))
    document = PdfDocument(marked)
    page = document[0].get_textpage()
    text = page.get_text_range()
    plain = PdfDocument(printed(compose("ปปป end", BODY, 400)))[0].get_textpage()
    low = page.get_charbox(text.index("e"))[1]  # type: ignore[attr-defined]
    assert low == pytest.approx(plain.get_charbox(plain.get_text_range().index("e"))[1], abs=0.01)  # type: ignore[attr-defined]


def test_thai_breaks_between_words_and_never_inside_a_cluster() -> None:
    for width in (40, 60, 90, 140):
        block = compose(THAI * 3, BODY, width)
        lines = ["".join(run.text for run in line.runs) for line in block.lines]
        assert "".join(lines) == THAI * 3
        assert all(line.width <= width + 0.01 for line in block.lines)
        assert not any(line[0] in "ะาำิีึืุูัํ่้๊๋์็ๆ" for line in lines)


def test_hanzi_above_ffff_are_copied_right(copied: Copied) -> None:
    assert copied(compose("李\U0002b5ae", BODY, 400)).strip() == "李\U0002b5ae"


# Hostile and odd text ------------------------------------------------------------------------------------------


def test_markup_is_printed_as_characters(copied: Copied) -> None:
    text = '<b>Bold</b> <font size="99">x</font> &amp; <img src="file:///etc/passwd"/> (a)\\) Tj ET'
    assert copied(compose(text, BODY, 480)).replace("\n", " ").strip() == text


def test_right_to_left_controls_are_shown_and_reorder_nothing(copied: Copied) -> None:
    shown = copied(compose("LOT \u202e12345\u2066", BODY, 400)).strip()
    assert shown == "LOT ⟨U+202E⟩12345⟨U+2066⟩"


def test_character_without_glyph_is_shown_as_its_code() -> None:
    assert clean("a\U00020bb8 😀 سلام"[:3]) == "a⟨U+20BB8⟩ "
    assert clean("😀\x07\ue000\ud800") == "⟨U+1F600⟩⟨U+0007⟩⟨U+E000⟩⟨U+D800⟩"


def test_ten_thousand_characters_stay_between_the_edges() -> None:
    for text in ("x" * 10_000, "王" * 10_000, "คุณภาพ" * 1_700, "long words " * 900):
        whole = compose(text, BODY, 200)
        assert all(line.width <= 200.01 for line in whole.lines)
        kept = "".join("".join(r.text for r in line.runs) for line in whole.lines)
        assert kept.replace(" ", "") == text.replace(" ", "")
        short = compose(text, BODY, 200, max_lines=2)
        assert short.cut
        assert len(short.lines) == 2
        assert short.width <= 200.01


def test_line_ends_make_lines_and_empty_text_makes_one() -> None:
    assert len(compose("a\nb\r\nc\u2028d", BODY, 200).lines) == 4
    assert len(compose("", BODY, 200).lines) == 1


def test_every_script_has_the_same_line_box() -> None:
    heights = {compose(t, BODY, 400).height for t in ("abc", "Ẫộ", "ผู้ใหญ่ปู่", "王敏")}
    assert heights == {13.5}


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_any_text_can_be_set_within_its_width(text: str) -> None:
    block = compose(text, BODY, 120, max_lines=3)
    assert 1 <= len(block.lines) <= 3
    assert block.width <= 120.01
