# SPDX-License-Identifier: Apache-2.0
"""Whatever people write into names and notes, every paper is made, nothing of it leaves its page or becomes markup."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from email import message_from_bytes, policy
from functools import cache
from pathlib import Path
from typing import Any, get_type_hints

import pypdfium2
import pytest

from qcdesk import config
from qcdesk.domain.events import RoundOpened
from qcdesk.exchange.csv_out import unguarded, write_csv
from qcdesk.exchange.mail_files import mail_bytes, read_letter
from qcdesk.i18n import Catalogue, load, side_by_side
from qcdesk.reports import (
    analyses,
    audits,
    cards,
    chart_sheets,
    conformity,
    eight_d,
    first_articles,
    inspection,
    instructions,
    labels,
    nonconformities,
    slips,
    stickers,
    zpl,
)
from qcdesk.services.audit_suppliers import page_of
from qcdesk.services.chart_sheets import ChartSheet
from qcdesk.services.corrective_actions import one_action
from qcdesk.services.labels import STOCKS
from qcdesk.services.ports import CodeCard
from qcdesk.signing.badges import new_code
from tests.domain.cases import opened
from tests.exchange.test_mail_files import MAIL
from tests.reports.reports_example import example
from tests.reports.sheets_example import sheets
from tests.reports.test_analyses import analysis
from tests.reports.test_conformity import conceded
from tests.reports.test_first_articles import article
from tests.reports.test_instructions import made as instruction
from tests.reports.test_labels import HELD, RELEASED
from tests.reports.test_slips import slip
from tests.reports.zpl_drawn import FIELD, drawn
from tests.store.scenes import World

EDGE_PT = 17
EN = Catalogue()
NAMES = 500
PARTS = (
    *("<b>", "</para>", "&amp;", "]]>", "%s", "{name}", "{0.__class__}", "\\n(", ") Tj ET", "^XA^FS", "=1+1"),
    *("\u202e", "\u2066", "\u200f", "\u200b", "\u200d", "\ufeff", "\u00ad", "\t", "\n", "\r\n", "\u2028"),
    *(
        "😀",
        "👩\u200d🔧",
        "🇻🇳",
        "e\u0301\u0302\u0323",
        "ก็ื้้",
        "น้ำ",
        "Nguyễn",
        "重庆",
        "龘",
        "𠮷",
        "مصنع",
        "מפעל",
        "เ",
    ),
    *("\u0000", "\u001b[31m", "\ud7ff", "\ufffd", "\U0010fffd", "ﷺ", " " * 40),
)


FIGURES = ("scorecard", "comparison", "period")


@dataclass(frozen=True)
class Number:
    """The number of a batch, which stickers bear."""

    text: str


def numbered(number: str) -> RoundOpened:
    """Return a round of a batch of that number."""
    return replace(opened(), header=replace(opened().header, number=number))


def hostile() -> Iterator[str]:
    """Yield names for ever, the same in every run: one of 10,000 characters, then two or three of the parts each."""
    luck = random.Random(6)
    yield "x<b>" * 2_500
    while True:
        yield "".join(luck.choices(PARTS, k=luck.randint(2, 3)))


FREE = frozenset(
    {
        *(
            "name",
            "title",
            "product_name",
            "supplier",
            "order",
            "unit_word",
            "note",
            "notes",
            "place",
            "text",
        ),
        *("reason", "reasons", "what", "address", "said", "about", "deviation", "reference", "use", "lines"),
        *("headings", "rows", "foot", "remark", "owner", "staff", "shop", "product", "revision", "made_by"),
        *("approved_by", "description", "author", "approver", "instrument_type"),
        *("names", "texts", "words", "unit", "regraded", "to_name", "sender_name", "subject"),
    }
)
"""The fields into which people write; the others hold codes, which are checked where they come in."""


def poisoned(value: Any, names: Iterator[str], put: list[str], field: str = "") -> Any:  # noqa: ANN401 - any record
    """Return a record with a hostile name in each field that somebody wrote."""
    if isinstance(value, str):
        if field not in FREE:
            return value
        put.append(next(names))
        return put[-1]
    if isinstance(value, tuple):
        made = [poisoned(each, names, put, field) for each in value]
        return type(value)(*made) if hasattr(value, "_fields") else tuple(made)
    if is_dataclass(value) and not isinstance(value, type):
        written = {
            name: poisoned(getattr(value, name), names, put, name) for name in open_fields(type(value))
        }
        return replace(value, **written)
    return value


@cache
def open_fields(kind: type[Any]) -> tuple[str, ...]:
    """Return the fields of a record that hold something else than one of few words."""
    hints = get_type_hints(kind, None, {"Column": object})
    return tuple(one.name for one in fields(kind) if one.init and "Literal" not in str(hints[one.name]))


@pytest.fixture(scope="module")
def documents(world: World) -> dict[str, tuple[object, Callable[[Any], bytes]]]:
    use, head, figures = world.house.use, (9, "0a" * 32), sheets(EN)
    with use.look() as uow:
        audit = page_of(uow, uow.audit(world.audit_closed), world.linh)
    action = one_action(use.look(), world.action, world.today())
    page = use.read.nonconformities.page(1, world.linh)
    sheet = ChartSheet(
        "Sheet", "About", ("Line",) * 3, None, ("A", "B"), (("a", "b"),) * 9, ("Foot",) * 3, "sheet"
    )
    none = lambda _: None  # noqa: E731 - there are no pictures
    folder = config.resource("translations")
    two = side_by_side(load("vi", folder), load("zh_CN", folder))
    return {
        "analysis": (analysis(), lambda one: analyses.render(one, EN)),
        "analysis in two": (analysis(), lambda one: analyses.render(one, two)),
        "first article": (article(), lambda one: first_articles.render(one, "SITE", head, EN)),
        "first article in two": (article(), lambda one: first_articles.render(one, "SITE", head, two)),
        "instruction": (
            instruction(),
            lambda one: instructions.render(one, "SITE", head, none, EN, "A4"),
        ),
        "instruction in two": (
            instruction(),
            lambda one: instructions.render(one, "SITE", head, none, two, "Letter"),
        ),
        "label": (HELD, lambda one: labels.render(one, EN, STOCKS["roll-100x50"])),
        "label in two": (HELD, lambda one: labels.render(one, two, STOCKS["roll-60x40"])),
        "audit in two": (audit, lambda one: audits.render(one, "shop", "SITE", head, none, two, "Letter")),
        "nonconformity in two": (
            page,
            lambda one: nonconformities.render(one, world.today(), "shop", "SITE", head, none, two, "A4"),
        ),
        "inspection in two": (example(), lambda one: inspection.render(one, two)),
        "certificate in two": (conceded(), lambda one: conformity.render(one, two)),
        "action in two": (
            action,
            lambda one: eight_d.render(one, "its", {}, "shop", "SITE", head, two, "Letter", fixed=True),
        ),
        "stickers": (
            Number("DA-1"),
            lambda one: stickers.render(numbered(one.text), EN, "A4", (1,)),
        ),
        **{
            name: (figures[name], lambda one: chart_sheets.render(one, "shop", "today", EN, "A4"))
            for name in FIGURES
        },
        "inspection": (example(), lambda one: inspection.render(one, EN)),
        "certificate": (conceded(), lambda one: conformity.render(one, EN)),
        "slip": (slip(), lambda one: slips.render(one, EN, "A4")),
        "card": (
            CodeCard("Badge", "Linh", "1042", new_code(), "Stop it."),
            lambda one: cards.render(one, EN, "A4"),
        ),
        "sheet": (sheet, lambda one: chart_sheets.render(one, "shop", "today", EN, "A4")),
        "audit": (audit, lambda one: audits.render(one, "shop", "SITE", head, none, EN, "A4")),
        "action": (
            action,
            lambda one: eight_d.render(one, "its", {}, "shop", "SITE", head, EN, "A4", fixed=True),
        ),
        "nonconformity": (
            page,
            lambda one: nonconformities.render(one, world.today(), "shop", "SITE", head, none, EN, "A4"),
        ),
    }


KINDS = ("inspection", "certificate", "slip", "card", "sheet", "audit", "action", "nonconformity")
NEWER = ("analysis", "first article", "instruction", "label")
OLDER_IN_TWO = ("audit", "nonconformity", "action", "inspection", "certificate")
IN_TWO = tuple(f"{one} in two" for one in (*OLDER_IN_TWO, *NEWER))


@pytest.mark.parametrize("kind", [*KINDS, *NEWER, *IN_TWO, "stickers", *FIGURES])
def test_paper_holds_hostile_names(
    documents: dict[str, tuple[object, Callable[[Any], bytes]]], kind: str
) -> None:
    names, put = hostile(), list[str]()
    record, render = documents[kind]
    edge = 0 if kind.startswith("label") else EDGE_PT
    while len(put) < NAMES:
        before = len(put)
        pdf = render(poisoned(record, names, put))
        assert len(put) > before
        document = pypdfium2.PdfDocument(pdf)
        for page in document:
            wide, high = page.get_size()
            text = page.get_textpage()
            said = text.get_text_range()
            assert not any(sign in said for sign in "\u202e\u2066\u200f\x1b")
            for place in range(text.count_rects()):
                left, bottom, right, top = text.get_rect(place)
                assert min(left, bottom) >= edge and right <= wide - edge and top <= high - edge
        document.close()


def test_no_hostile_name_is_a_command_to_a_label_printer() -> None:
    names, put, written = hostile(), list[str](), set[str]()
    while len(put) < NAMES:
        made = zpl.render(poisoned(RELEASED, names, put), EN, STOCKS["roll-100x50"], density=203)
        around = FIELD.sub("", made.decode("ascii")).split()
        assert around == ["^XA", "^CI28", "^PW799", "^LL400", "^LH0,0", "^PQ1", "^XZ"]
        printed = drawn(made)
        assert printed.codes() == {RELEASED.number}
        written |= {text for _, _, text in printed.written}
    said = "\n".join(written)
    assert "^XA^FS" in said and "\\n(" in said  # it stands there as it was written


def test_no_hostile_name_begins_a_header_of_a_mail() -> None:
    names, put = hostile(), list[str]()
    headers = message_from_bytes(mail_bytes(MAIL), policy=policy.default).keys()
    while len(put) < NAMES:
        mail = poisoned(MAIL, names, put)
        mail = replace(mail, text="Text. " + mail.text)
        content = mail_bytes(mail)
        assert max(len(line) for line in content.split(b"\r\n")) <= 998
        message = message_from_bytes(content, policy=policy.default)
        assert message.keys() == headers
        assert [one.addr_spec for one in message["To"].addresses] == [MAIL.to]
        assert [one.addr_spec for one in message["From"].addresses] == [MAIL.sender]
        assert seen(message["To"].addresses[0].display_name) == seen(mail.to_name)
        assert seen(message["Subject"]) == seen(mail.subject)
        back = read_letter("a.eml", content)
        assert seen(back.text) == seen(mail.text)
        assert [one.content for one in back.enclosures] == [one.content for one in MAIL.enclosures]


def seen(text: str) -> str:
    """Return the signs with which a text begins, of those that can be seen."""
    return "".join(sign for sign in text if sign.isprintable() and sign != " ")[:300]


def test_no_hostile_name_is_run_as_a_formula_or_leaves_its_field(tmp_path: Path) -> None:
    signs, names = "=+-@\t\r\n＝＋－＠", hostile()
    rows = [
        (name, signs[place % len(signs)] + name) for place, name in zip(range(NAMES), names, strict=False)
    ]
    write_csv(tmp_path / "out.csv", rows[1], rows)
    before = csv.field_size_limit(1_000_000)  # of the process: what reads foreign files keeps it low
    try:
        with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
            found = list(csv.reader(file))
    finally:
        csv.field_size_limit(before)
    assert not [cell for row in found for cell in row if cell[:1] in signs and cell]
    assert [tuple(map(unguarded, row)) for row in found] == [rows[1], *rows]
