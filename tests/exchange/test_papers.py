# SPDX-License-Identifier: Apache-2.0
"""Papers that come back are read apart and by the one decoder; nothing else is opened, and nothing for long."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from PIL import Image

from qcdesk import bootstrap, entry
from qcdesk.domain.inputs import BadInput
from qcdesk.exchange import papers
from qcdesk.exchange.papers import codes_on_paper
from qcdesk.i18n import Catalogue
from qcdesk.reports import conformity, pages
from qcdesk.reports.codes import read_in_child
from tests.reports.test_conformity import certificate


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return conformity.render(certificate(), Catalogue("en"))


def saved(form: str, picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, form)
    return out.getvalue()


def test_a_paper_is_read_in_a_process_of_its_own(pdf: bytes) -> None:
    codes, text = codes_on_paper(pdf, read_in_child)
    assert codes == (certificate().code,)
    assert "Certificate of conformity" in text


def test_a_photograph_goes_through_the_one_decoder_first(pdf: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = pages.render_page(pdf, 0, 150)
    photograph = saved(
        "JPEG", Image.frombytes("RGBX", (drawn.width, drawn.height), drawn.pixels).convert("L")
    )
    assert codes_on_paper(photograph, read_in_child) == ((certificate().code,), "")
    apart: list[bytes] = []

    def looked(_task: Any, _request: Any, payload: bytes) -> tuple[dict[str, Any], bytes]:  # noqa: ANN401
        apart.append(payload)
        return {"codes": [], "text": ""}, b""

    monkeypatch.setattr(papers, "work_apart", looked)
    codes_on_paper(photograph, read_in_child)
    assert apart and apart[0] != photograph  # what the decoder made anew, never what came


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "picture_empty"),
        (b"hello", "picture_kind"),
        (b"<svg/>", "picture_kind"),
        (saved("TIFF", Image.new("L", (30, 30))), "picture_kind"),
        (saved("PNG", Image.new("1", (9_000, 9_000))), "picture_too_many_pixels"),
        (b"%PDF-1.7 hello", "pdf"),
    ],
)
def test_what_is_no_paper_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(BadInput, match=code):
        codes_on_paper(content, read_in_child)


def test_a_page_that_no_printer_takes_is_refused_before_it_is_drawn(pdf: bytes) -> None:
    huge, changed = re.subn(rb"/MediaBox \[ 0 0 [\d.]+ [\d.]+ \]", b"/MediaBox [ 0 0 99999 99999 ]", pdf)
    assert changed
    with pytest.raises(BadInput, match="pdf"):
        codes_on_paper(huge, read_in_child)


def test_more_bytes_than_a_paper_has_are_not_read() -> None:
    with pytest.raises(BadInput, match="file_too_big"):
        codes_on_paper(bytes(50_000_001), read_in_child)


@pytest.mark.parametrize("door", [bootstrap._codes_on, entry.read_paper])
def test_every_door_reads_papers_apart(door: Any, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ANN401
    monkeypatch.setattr(papers, "work_apart", lambda *_: ({"codes": ["apart"], "text": ""}, b""))
    assert door(b"%PDF-") == (("apart",), "")
