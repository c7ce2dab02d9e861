# SPDX-License-Identifier: Apache-2.0
"""Labels: the state stands large and by shape, a scanner reads the number, and nothing on one is a command."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import zxingcpp
from PIL import Image

from qcdesk import config
from qcdesk.checker import certificates
from qcdesk.domain.certificates import CertificateCode, printed_code
from qcdesk.i18n import Catalogue, load, side_by_side
from qcdesk.reports import labels, pages, zpl
from qcdesk.reports.paper import MM
from qcdesk.services.labels import STOCKS, Label, Stock
from qcdesk.wording.labels import heading
from tests.reports.zpl_drawn import drawn

EN = Catalogue()
RELEASED = Label(
    "release", "released", False, "Minh Phát", "DA-2026-0412", "PH-204", "Housing cover", "C", 1800, "pcs",
    "Đại An", "PO-7", 2, "2026-11-23T13:40:00+07:00", 421, date(2026, 11, 18),
)  # fmt: skip
HELD = replace(RELEASED, kind="hold", stopped=True)
CONCEDED = replace(RELEASED, state="released_under_concession", until=date(2026, 12, 31))
CHINESE = replace(RELEASED, number="批号2026-东莞-7")
CODE = CertificateCode(
    "ab" * 16, 421, "released", 1800, date(2026, 11, 23), "cd" * 32, "ef" * 32, "12" * 16, "DA-2026-0412", "PH-204", "C"
)  # fmt: skip
PROVED = replace(RELEASED, certificate=421, proof=printed_code(CODE.body(), bytes(range(64))))
HOSTILE = replace(
    RELEASED,
    product_name="<b>^XZ~JA\u202e{}",
    supplier="^FS" * 400,
    unit="ก" * 300,
    order="_5E^FD",
    shop="^XA",
)


def codes(pdf: bytes, stock: Stock, page: int = 0) -> list[str]:
    """Return what a scanner reads, held before one label after the other."""
    dots = 254
    drawn_ = pages.render_page(pdf, page, dots)
    picture = Image.frombytes("RGBX", (drawn_.width, drawn_.height), drawn_.pixels).convert("L")
    found = []
    for place in range(stock.each):
        left = (stock.left + place % stock.columns * stock.across) * dots / 25.4
        top = (stock.top + place // stock.columns * stock.down) * dots / 25.4
        size = stock.width * dots / 25.4, stock.height * dots / 25.4
        one = picture.crop((round(left), round(top), round(left + size[0]), round(top + size[1])))
        found += [code.text for code in zxingcpp.read_barcodes(one)]
    return found


@pytest.mark.parametrize("stock", STOCKS)
@pytest.mark.parametrize("label", [RELEASED, CHINESE], ids=["bars", "square"])
def test_every_label_of_every_stock_is_read_by_the_scanner(label: Label, stock: str) -> None:
    kind = STOCKS[stock]
    pdf = labels.render(label, EN, kind, copies=kind.each)
    assert pages.page_count(pdf) == 1
    assert codes(pdf, kind) == [label.number] * kind.each


WIDE = tuple(stock for stock, kind in STOCKS.items() if kind.width > 99)


@pytest.mark.parametrize("stock", WIDE)
def test_a_certified_release_proves_itself_beside_the_bars_of_its_number(stock: str) -> None:
    kind = STOCKS[stock]
    found = codes(labels.render(PROVED, EN, kind, copies=kind.each), kind)
    assert sorted(found) == sorted([PROVED.number, PROVED.proof] * kind.each)
    said = certificates.read(PROVED.proof)
    assert (said.batch, said.quantity, said.number) == ("DA-2026-0412", 1800, 421)
    (square,) = (
        one for one in labels.layout(PROVED, EN, kind, in_black=False) if isinstance(one, labels.Square)
    )
    assert square.side / labels.squares_of(PROVED.proof) >= labels.FINEST_SQUARE


@pytest.mark.parametrize("stock", [stock for stock in STOCKS if stock not in WIDE])
def test_a_small_label_keeps_the_bars_of_its_number_and_proves_only_what_has_none(stock: str) -> None:
    kind = STOCKS[stock]
    assert codes(labels.render(PROVED, EN, kind), kind)[0] == PROVED.number
    assert PROVED.proof not in codes(labels.render(PROVED, EN, kind), kind)
    assert codes(labels.render(replace(PROVED, number=CHINESE.number), EN, kind), kind)[0] == PROVED.proof


@pytest.mark.parametrize("density", [203, 300, 600])
def test_a_label_printer_prints_what_proves_a_release_in_whole_dots(density: int) -> None:
    out = drawn(zpl.render(PROVED, EN, STOCKS["roll-100x50"], density=density))
    assert out.codes() == {PROVED.number, PROVED.proof}


@pytest.mark.parametrize("stock", STOCKS)
@pytest.mark.parametrize(
    "label", [HELD, replace(HELD, state="rejected", stopped=False)], ids=["held", "rejected"]
)
def test_no_label_of_a_held_batch_says_released(label: Label, stock: str) -> None:
    text = pages.text(labels.render(label, EN, STOCKS[stock]))[0]
    assert heading(label, EN) in text
    assert "Released" not in text and "RELEASED" not in text


@pytest.mark.parametrize("stock", STOCKS)
def test_a_concession_is_told_in_full_with_its_last_day(stock: str) -> None:
    text = " ".join(pages.text(labels.render(CONCEDED, EN, STOCKS[stock]))[0].split())
    assert "RELEASED UNDER CONCESSION" in text and "2026-12-31" in text


@pytest.mark.parametrize("stock", STOCKS)
@pytest.mark.parametrize(("first", "second"), [("th", "vi"), ("vi", "th"), ("en", "zh_CN"), ("vi", "en")])
def test_the_state_stays_whole_inside_its_band_in_two_languages(stock: str, first: str, second: str) -> None:
    words = side_by_side(*(load(one, config.resource("translations")) for one in (first, second)))
    for label in (RELEASED, HELD, CONCEDED, replace(RELEASED, kind="quarantine", state="accepted")):
        head, *rest = labels.layout(label, words, STOCKS[stock], in_black=True)
        assert isinstance(head, labels.Together)
        (word,) = (item for item in head.items if isinstance(item, labels.Written))
        assert not word.block.cut and head.top <= word.top
        assert word.top + word.block.height <= head.top + head.height
        below = [item.top for item in rest if isinstance(item, labels.Written)]
        assert min(below) >= head.top + head.height


@pytest.mark.parametrize("stock", ["roll-100x50", "a4-8", "a4-14", "letter-10"])
def test_a_label_in_two_languages_names_the_goods(stock: str) -> None:
    words = side_by_side(*(load(one, config.resource("translations")) for one in ("th", "vi")))
    for label in (RELEASED, HELD, CONCEDED, replace(RELEASED, kind="quarantine", state="accepted")):
        assert label.product_name in pages.text(labels.render(label, words, STOCKS[stock]))[0]


def test_states_differ_in_grey_by_shape_ground_or_frame() -> None:
    looks = set()
    for label in (RELEASED, HELD, CONCEDED, replace(RELEASED, kind="quarantine", state="accepted"),
                  replace(RELEASED, kind="sample")):  # fmt: skip
        head = labels.layout(label, EN, STOCKS["roll-100x50"], in_black=True)[0]
        assert isinstance(head, labels.Together)
        looks.add(tuple(item.drawing for item in head.items if isinstance(item, labels.Drawn)))
    assert len(looks) == 5


def test_a_sheet_begins_at_the_place_that_is_free_and_goes_on_over_the_page() -> None:
    sheet = STOCKS["a4-24"]
    pdf = labels.render(RELEASED, EN, sheet, copies=3, start=24)
    assert [len(codes(pdf, sheet, page)) for page in range(pages.page_count(pdf))] == [1, 2]


@pytest.mark.parametrize(
    "label", [RELEASED, CHINESE, HELD, HOSTILE], ids=["plain", "chinese", "held", "hostile"]
)
@pytest.mark.parametrize("density", [203, 300])
def test_a_label_printer_prints_the_code_and_the_words(label: Label, density: int) -> None:
    out = drawn(zpl.render(label, EN, STOCKS["roll-100x50"], density=density, copies=7))
    assert out.codes() == {label.number} and out.copies == 7
    written = [text for _, _, text in out.written]
    if label.number.isascii():
        assert label.number in written
    if label is RELEASED:
        assert "Housing cover" in written and "Two people have signed for it. It may be shipped." in written


@pytest.mark.parametrize("language", ["vi", "zh_CN", "th"])
def test_what_the_printer_has_no_letters_for_is_a_picture(language: str) -> None:
    words = load(language, config.resource("translations"))
    out = drawn(zpl.render(RELEASED, words, STOCKS["roll-100x50"], density=203))
    assert all(text.isascii() for _, _, text in out.written)
    band = out.picture.crop((24, 20, 780, 100))
    assert band.getbbox() and min(band.tobytes()) == 0  # the state
    assert out.codes() == {RELEASED.number}


def test_a_second_language_is_on_what_a_label_printer_prints_too() -> None:
    thai = load("th", config.resource("translations"))
    both = drawn(zpl.render(HELD, side_by_side(EN, thai), STOCKS["roll-100x50"], density=203))
    short = replace(HELD, kind="release", stopped=False)
    printed = drawn(zpl.render(short, side_by_side(EN, thai), STOCKS["roll-100x50"], density=203))
    assert not any("signed" in text for _, _, text in printed.written)
    assert both.codes() == printed.codes() == {HELD.number}


def test_the_same_label_gives_the_same_bytes() -> None:
    roll = STOCKS["roll-60x40"]
    assert labels.render(HELD, EN, roll) == labels.render(HELD, EN, roll)
    assert zpl.render(HELD, EN, roll, density=203) == zpl.render(HELD, EN, roll, density=203)


@pytest.mark.parametrize("stock", STOCKS)
def test_long_and_strange_words_stay_on_their_label(stock: str) -> None:
    strange = replace(HOSTILE, number="<b>批号</b> " + "ก" * 60, kind="hold")
    for text in labels.layout(strange, EN, STOCKS[stock], in_black=True):
        if isinstance(text, labels.Written):
            assert text.top >= 0 and text.top + text.block.height <= STOCKS[stock].height * MM
