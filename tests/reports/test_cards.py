# SPDX-License-Identifier: Apache-2.0
"""A card's code is read back from its square and from its bars, by itself and from the sheet it is cut out of."""

from __future__ import annotations

import pytest
import zxingcpp
from PIL import Image

from qcdesk.i18n import STRETCHED, Catalogue
from qcdesk.reports import cards, pages
from qcdesk.services.inspection_report import Paper
from qcdesk.services.ports import CodeCard
from qcdesk.signing.badges import new_code, read_code

NAME = "Nguyễn Thị Hồng Linh"


@pytest.mark.parametrize("paper", [None, "A4", "Letter"])
def test_square_and_bars_hold_the_code(paper: Paper | None) -> None:
    code = new_code()
    card = CodeCard("Badge", NAME, "Staff no. 1042", code, "Stop it when it is lost.")
    image = pages.render_page(cards.render(card, Catalogue(), paper), 0, 300)
    picture = Image.frombytes("RGBX", (image.width, image.height), image.pixels).convert("L")
    found = {str(read.format): read.text for read in zxingcpp.read_barcodes(picture)}
    assert len(found) == 2
    assert {read_code(text) for text in found.values()} == {read_code(code)}
    assert code in found.values()


def test_card_says_whose_it_is_and_shows_the_code_to_type() -> None:
    code = new_code()
    (said,) = pages.text(cards.render(CodeCard("Badge", NAME, "Staff no. 1042", code), Catalogue(), None))
    for part in (NAME, "Staff no. 1042", code):
        assert part in " ".join(said.split())


def test_long_names_and_languages_stay_on_one_page() -> None:
    card = CodeCard("Badge " * 20, NAME * 9, "Staff no. 1042 " * 9, new_code(), "Stop it. " * 60)
    assert pages.page_count(cards.render(card, Catalogue(STRETCHED), "Letter")) == 1
