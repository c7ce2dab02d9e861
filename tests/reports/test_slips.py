# SPDX-License-Identifier: Apache-2.0
"""The closing slip holds the whole anchor in its square, and beside it what a hand can type."""

from __future__ import annotations

import pytest
import zxingcpp
from PIL import Image

from qcdesk.domain.anchors import Anchor, Head, printed
from qcdesk.domain.log import fingerprint
from qcdesk.i18n import STRETCHED, Catalogue
from qcdesk.reports import pages, slips
from qcdesk.services.inspection_report import Paper

ANCHOR = Anchor(Head("ab" * 16, 1204, "9f" * 32, 1_800_000_000_000_000), "cd" * 16, b"\x07" * 64)
SITE = fingerprint(b"\x5a" * 32)


def slip(name: str = "Nguyễn Thị Linh") -> slips.Slip:
    return slips.Slip("Cơ khí Sông Hồng", ANCHOR, "2027-01-15T15:00:00.000000+07:00", SITE, name, "17")


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_square_holds_the_anchors_file(paper: Paper) -> None:
    image = pages.render_page(slips.render(slip(), Catalogue("en"), paper), 0, 150)
    picture = Image.frombytes("RGBX", (image.width, image.height), image.pixels).convert("L")
    (read,) = zxingcpp.read_barcodes(picture)
    assert Anchor.read(read.text) == ANCHOR


def test_what_can_be_typed_stands_beside_it() -> None:
    said = " ".join(pages.text(slips.render(slip(), Catalogue("en"), "A4"))[0].split())
    assert printed(1204, ANCHOR.head.hash, SITE) in said
    for part in ("Nguyễn Thị Linh", "staff no. 17", "2027-01-15 15:00 +07:00", "Cơ khí Sông Hồng"):
        assert part in said


def test_long_names_and_long_languages_stay_on_the_page() -> None:
    pdf = slips.render(slip("Somebody with a very long name " * 6), Catalogue(STRETCHED), "Letter")
    assert pages.page_count(pdf) == 1
