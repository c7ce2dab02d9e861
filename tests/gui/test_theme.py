# SPDX-License-Identifier: Apache-2.0
"""Colours keep their contrast, and one line box serves all scripts."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from qcdesk import config
from qcdesk.gui import icons, shapes, status, theme
from qcdesk.gui.density import Metrics, believable
from qcdesk.gui.theme import DARK, LIGHT, TEXT_PAIRS, Role, Tokens, contrast
from qcdesk.gui.widgets.text import Text, text_width, wrapped
from qcdesk.i18n import Catalogue


def test_contrast_of_black_on_white_is_21() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("words", "ground"), TEXT_PAIRS)
def test_words_stand_out_from_every_ground(tokens: Tokens, words: Role, ground: Role) -> None:
    assert contrast(tokens.of(words), tokens.of(ground)) >= 4.5


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["canvas", "surface", "sunken"])
def test_frames_of_controls_stand_out(tokens: Tokens, ground: Role) -> None:
    assert contrast(tokens.edge, tokens.of(ground)) >= 3


def test_every_state_has_word_shape_and_colour() -> None:
    for code in status.LOOKS:
        assert status.word(code, Catalogue())
        assert status.look(code).shape in shapes.SHAPES


def test_unknown_state_is_a_bug() -> None:
    with pytest.raises(KeyError):
        status.look("good")


def test_line_is_as_high_in_every_script() -> None:
    heights = {Text(words).sizeHint().height() for words in ("Unit", "Đặng Ế", "ที่สุ๊ก", "检验")}
    assert len(heights) == 1


def test_thai_wraps_between_words() -> None:
    text = "พลิกฝาครอบส่องขอบซีลทั้งสองข้างกับแสง"
    lines = wrapped(text, 15, 400, 120)
    assert len(lines) > 1
    assert "".join(lines).replace("\u200b", "") == text


def test_too_many_lines_end_with_an_ellipsis() -> None:
    assert wrapped("one two three four five six seven", 15, 400, 60, 2)[-1].endswith("…")


def test_fonts_of_four_scripts_are_the_programs_own() -> None:
    from PySide6.QtGui import QFontDatabase

    families = QFontDatabase.families()
    assert {"Noto Sans", "Noto Sans Thai", "Noto Sans SC"} <= set(families)


def test_dark_theme_changes_what_is_drawn(look: theme.Theme) -> None:
    before = look.colour("surface").name()
    look.set_scheme("dark")
    assert look.dark
    assert look.colour("surface").name() != before


def test_style_sheet_comes_from_the_tokens(qapp: QApplication, look: theme.Theme) -> None:
    look.set_scheme("dark")
    assert DARK.surface in qapp.styleSheet()
    assert LIGHT.surface not in qapp.styleSheet()


def test_floor_key_is_20_mm_by_the_true_density() -> None:
    assert Metrics("floor").key == 76
    assert Metrics("floor", 141.0).key == 111
    assert Metrics("floor").key_least == 57


@pytest.mark.parametrize("dpi", [0.0, 25.4, 5000.0])
def test_density_that_no_screen_has_is_not_believed(dpi: float) -> None:
    assert believable(dpi) == 96.0


def test_every_icon_of_the_program_draws() -> None:
    assert len(icons.names()) > 80
    for name in icons.names():
        assert not icons.pixmap(name, 24).isNull()


def test_icon_is_sharp_at_double_density() -> None:
    assert icons.pixmap("check", 24, ratio=2.0).width() == 48


def test_a_remembered_width_holds_for_one_size_weight_and_set_of_fonts(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme.install(qapp, "light", 1.0)
    said = "Lot 12 is held"
    plain, bold = text_width(said, 16), text_width(said, 16, 700)
    assert plain < bold < text_width(said, 32, 700)
    theme.install(qapp, "light", 1.5)
    assert text_width(said, 16) > plain
    assert len(wrapped(said, 16, 400, plain)) == 2
    theme.install(qapp, "light", 1.0)
    assert (text_width(said, 16), wrapped(said, 16, 400, plain + 1)) == (plain, [said])
    before = theme.current().face()
    monkeypatch.setattr(config, "resource", lambda _: tmp_path)
    theme.load_fonts()
    assert theme.current().face() != before
