# SPDX-License-Identifier: Apache-2.0
"""Copies of papers to each of which something was done: a byte, a page, a line, words drawn over."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Iterator
from ctypes import c_ushort
from functools import partial

import pypdfium2
from pypdfium2 import raw

from qcdesk.checker import canonical, papers, sealing
from qcdesk.i18n import Catalogue
from qcdesk.wording.checked_papers import sentence
from tests.cli.test_sealed import Desk, change, forged, parts, touched
from tests.wording.printed_records import Records

Copy = tuple[str, bytes, frozenset[str]]
"""A tampered copy: what was done, the file, and what it may be refused with."""
_PRINT = frozenset({"paper_pages", "paper_changed", "paper_bare"})
_TITLE = re.compile(rb"/Title [(](.)")


def copies(records: Records, places: int, chance: random.Random) -> Iterator[Copy]:
    """Yield tampered copies of every paper. ``places``: in how many places of it a byte is changed."""
    made = records.papers
    keyed = Desk(records.shop, b"", b"", b"")
    for document, content in made.items():
        pdf, evidence = parts(content)
        other = made[chance.choice([one for one in made if one != document])]
        for _ in range(places):
            place = chance.randrange(len(pdf))
            yield f"{document}: byte {place} of the print", touched(content, place), _PRINT
            place = chance.randrange(len(pdf), len(content))
            again = touched(content, place)
            if sealing.unsealed(again) != sealing.unsealed(
                content
            ):  # a packed bit may unpack to the same bytes
                yield f"{document}: byte {place} of the attachment", again, _PRINT
        mixed = sealing.sealed(parts(other)[0], canonical.write(evidence))
        yield f"{document}: the pages of another paper", mixed, frozenset({"paper_pages"})
        title = _TITLE.search(pdf)
        assert title is not None, document
        yield f"{document}: its title", touched(content, title.start(1)), _PRINT
        for what, later in (
            ("a file", b"9 0 obj\n<< /Type /Filespec /F (more.json) >>\nendobj\n"),
            (
                "a note",
                b"9 0 obj\n<< /Type /Annot /Subtype /FreeText /Contents (2000) /Rect [0 0 99 99] >>\nendobj\n",
            ),
            ("a section", b"trailer\n<< /Root 4 0 R /Prev 1 >>\nstartxref\n1\n%%EOF\n"),
        ):
            yield f"{document}: {what} behind it", content + later, frozenset({"paper_changed"})
        for what, again in _anew(content, other):
            yield f"{document}: {what}", again, frozenset({"paper_bare", "paper_changed", "paper_pages"})
        for what, again in _drawn_over(content, other):
            yield f"{document}: {what}", again, frozenset({"paper_bare", "paper_changed", "paper_pages"})
        for what, again in _drawn_over(pdf, other):
            mixed = sealing.sealed(again, canonical.write(evidence))
            yield f"{document}: {what}, with its evidence", mixed, frozenset({"paper_pages"})
        said = {**evidence, "said": {**evidence["said"], "at": evidence["said"]["at"] + 1}}
        yield (
            f"{document}: what was sealed",
            sealing.sealed(pdf, canonical.write(said)),
            frozenset({"paper_seal"}),
        )
        if evidence["records"]:
            wrong = {**evidence, "records": [evidence["records"][0] + " ", *evidence["records"][1:]]}
            again = sealing.sealed(pdf, canonical.write(wrong))
            yield f"{document}: a record", again, frozenset({"paper_lines"})
        lines = evidence["lines"]
        at = chance.randrange(1, len(lines))
        swapped = [*lines[: at - 1], {**lines[at - 1], "sig": lines[at]["sig"]}, *lines[at:]]
        again = sealing.sealed(pdf, canonical.write({**evidence, "lines": swapped}))
        yield f"{document}: the signature of line {at}", again, frozenset({"paper_lines"})
        again = forged(keyed, content, partial(change, at=at))
        wanted = frozenset({"event_signature", "event_key"})
        yield f"{document}: line {at}, by whoever has the workstation's key", again, wanted


def _anew(content: bytes, other: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield what another program saves: pages more, less, in another order, or turned."""
    for what in ("a page more", "a page less", "another order", "a page of another", "turned"):
        with (
            pypdfium2.PdfDocument(content) as opened,
            pypdfium2.PdfDocument(content) as same,
            pypdfium2.PdfDocument(other) as second,
            pypdfium2.PdfDocument.new() as saved,
        ):
            order = range(len(opened))
            saved.import_pages(same, list(reversed(order)) if what == "another order" else list(order))
            if what == "a page more":
                saved.new_page(200, 200)
            elif what == "a page less":
                saved.new_page(200, 200)
                saved.del_page(0)
            elif what == "a page of another":
                saved.import_pages(second, [0])
            elif what == "turned":
                page = saved[0]
                page.set_rotation(180)
                page.close()
            out = io.BytesIO()
            saved.save(out)
        yield what, out.getvalue()


def _drawn_over(content: bytes, other: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield what another program saves that has drawn over the first page and left all else as it was."""
    for what in ("words over it", "a note over it", "another page over it"):
        with pypdfium2.PdfDocument(content) as opened, pypdfium2.PdfDocument(other) as second:
            page = opened[0]
            if what == "words over it":
                words = raw.FPDFPageObj_NewTextObj(opened, b"Helvetica", 24.0)
                spelled = "RELEASED".encode("utf-16-le") + bytes(2)
                assert raw.FPDFText_SetText(words, (c_ushort * 9).from_buffer_copy(spelled))
                raw.FPDFPage_InsertObject(page, words)
                page.gen_content()
            elif what == "a note over it":
                note = raw.FPDFPage_CreateAnnot(page, raw.FPDF_ANNOT_FREETEXT)
                raw.FPDFPage_CloseAnnot(note)
            else:
                form = second.page_as_xobject(0, opened)
                page.insert_obj(form.as_pageobject())
                page.gen_content()
                form.close()
            page.close()
            out = io.BytesIO()
            opened.save(out)
        yield what, out.getvalue()


def hold(made: Iterator[Copy]) -> int:
    """Hold that each copy is refused with what differs, in words; return how many there were."""
    words, count = Catalogue(), 0
    for what, content, wanted in made:
        found = papers.check(content).findings
        assert {one.code for one in found} & wanted, (what, found)
        assert all(sentence(one, words).endswith((".", "!")) for one in found), what
        count += 1
    return count
