# SPDX-License-Identifier: Apache-2.0
"""What no font can draw is known before it is signed, and nothing else is refused."""

from __future__ import annotations

import pytest

from qcdesk.domain.inputs import BadInput
from qcdesk.i18n import Catalogue
from qcdesk.reports import fonts
from qcdesk.reports.glyphs import coverage, missing, require_printable, stack
from qcdesk.wording.inputs import tell


def test_text_without_glyph_is_refused_before_printing() -> None:
    with pytest.raises(BadInput) as refused:
        require_printable("王😀", "name")
    assert refused.value.code == "glyph"
    assert refused.value.facts == {"characters": "😀", "codes": "U+1F600"}
    assert refused.value.where == {"field": "name"}
    require_printable("Nguyễn 祎玥 สมชาย\n⌀ ⟨a⟩", "name")
    assert missing("a\u202eb") == ("\u202e",)


def test_what_has_no_shape_is_named_in_the_refusal() -> None:
    with pytest.raises(BadInput) as refused:
        require_printable("a\u200eb", "note")
    assert refused.value.facts == {"characters": "left-to-right mark", "codes": "U+200E"}


def test_the_sentence_names_the_field_and_the_character() -> None:
    with pytest.raises(BadInput) as refused:
        require_printable("سلام", "reason")
    told = tell(refused.value, Catalogue("en"))
    assert told.fact.startswith("Reason holds")
    assert "س" in told.fact
    assert "U+0633" in told.fact


@pytest.mark.parametrize("name", stack(400))
def test_each_character_that_a_font_says_to_have_can_be_drawn_with_it(name: str) -> None:
    assert coverage(name)
    assert coverage(name) <= fonts.font(name).face.charToGlyph.keys()
