# SPDX-License-Identifier: Apache-2.0
"""A reader of each script finds no broken word: lines end where words do, and what is copied is what was written."""

from __future__ import annotations

import io
from itertools import accumulate

import pytest
from icu4py.breakers import WordBreaker
from pypdfium2 import PdfDocument

from qcdesk import config
from qcdesk.i18n import LANGUAGES, load
from qcdesk.reports.glyphs import missing
from qcdesk.reports.paper import Pen, begin
from qcdesk.reports.typesetting import Style, clean, compose

BODY = Style(9)
SENTENCES = 500
NARROW = 150.0  # no single word is wider
WIDE, HIGH = 4_000.0, 13_000.0  # a page on which every sentence stands on one line


def sentences(language: str) -> list[str]:
    """Return the longest sentences of a catalogue that are one line each."""
    messages = load(language, config.resource("translations")).messages
    said = {text for key, texts in messages.items() if key for text in texts if "\n" not in text}
    longest = sorted(said, key=len, reverse=True)[:SENTENCES]
    assert len(longest) == SENTENCES
    return longest


def test_thai_lines_on_paper_end_where_words_end() -> None:
    wrong, ended = [], 0
    for sentence in map(clean, sentences("th")):
        ends = set(accumulate(len(word) for word in WordBreaker(sentence, "th")))
        place = 0
        for line in compose(sentence, BODY, NARROW).lines[:-1]:
            place += len("".join(run.text for run in line.runs))
            while place not in ends and sentence[place : place + 1] == " ":
                place += 1
            ended += 1
            if place not in ends:
                wrong.append(sentence[:place])
            while sentence[place : place + 1] == " ":
                place += 1
    assert not wrong and ended > SENTENCES


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_five_hundred_sentences_are_copied_from_paper_as_they_were_written(language: str) -> None:
    said = [" ".join(clean(sentence).split()) for sentence in sentences(language)]
    out = io.BytesIO()
    canvas = begin(out, (WIDE, HIGH), "Sentences", language=language)
    pen = Pen(canvas, HIGH)
    for place, sentence in enumerate(said):
        pen.text(compose(sentence, BODY, WIDE), 20, 20 + place * 25)
    canvas.save()
    copied = PdfDocument(out.getvalue())[0].get_textpage().get_text_range()
    assert [" ".join(line.split()) for line in copied.splitlines()] == said


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sign_of_a_language_can_be_drawn(language: str) -> None:
    messages = load(language, config.resource("translations")).messages
    assert not missing("".join(text for texts in messages.values() for text in texts))
