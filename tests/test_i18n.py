# SPDX-License-Identifier: Apache-2.0
"""Words: the source where there is no translation, and never a translation that says something else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcdesk import config, i18n
from qcdesk.i18n import (
    CONTEXT,
    LANGUAGES,
    STRETCHED,
    Catalogue,
    half,
    language_for,
    load,
    mark,
    placeholders,
    read_po,
    side_by_side,
)
from qcdesk.wording.spelling import day, listed
from tests.sentences import sentences

PO = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

# a translator's remark
#: qcdesk/gui/screens/runner/view.py:12
msgid "Unit {unit} of {total}"
msgstr "Chiếc {unit} trên {total}"

msgid "Released"
msgstr ""

msgid ""
"Two lines\n"
"of \"text\""
msgstr "Hai dòng"

msgid "Signed by {name}"
msgstr "Đã ký bởi {person}"

#, fuzzy
msgid "Stop"
msgstr "Đi"

msgid "{n} unit"
msgid_plural "{n} units"
msgstr[0] "một chiếc"
msgstr[1] "{n} chiếc"

msgid "{n} defect of {name}"
msgid_plural "{n} defects of {name}"
msgstr[0] "{n} lỗi"
msgstr[1] "{n} lỗi của {other}"
"""


@pytest.fixture
def vietnamese(tmp_path: Path) -> Catalogue:
    (tmp_path / "vi.po").write_text(PO, encoding="utf-8")
    return load("vi", tmp_path)


def test_translation_is_said_with_its_values(vietnamese: Catalogue) -> None:
    assert vietnamese.say("Unit {unit} of {total}", unit=7, total=80) == "Chiếc 7 trên 80"
    assert vietnamese.say('Two lines\nof "text"') == "Hai dòng"


@pytest.mark.parametrize("message", ["Released", "Never heard of"])
def test_missing_translation_is_said_in_english(vietnamese: Catalogue, message: str) -> None:
    assert vietnamese.say(message) == message


def test_translation_with_other_placeholders_is_not_used(vietnamese: Catalogue) -> None:
    assert vietnamese.say("Signed by {name}", name="Lan") == "Signed by Lan"
    assert vietnamese.count("{n} defect of {name}", "{n} defects of {name}", 1, name="X") == "1 defect of X"
    assert vietnamese.count("{n} defect of {name}", "{n} defects of {name}", 3, name="X") == "3 defects of X"


def test_fuzzy_translation_is_not_used(vietnamese: Catalogue) -> None:
    assert vietnamese.say("Stop") == "Stop"


def test_count_takes_the_form_of_the_language(vietnamese: Catalogue) -> None:
    assert vietnamese.count("{n} unit", "{n} units", 3) == "3 chiếc"
    english = Catalogue()
    assert [english.count("{n} unit", "{n} units", n) for n in (0, 1, 2)] == ["0 units", "1 unit", "2 units"]


def test_form_without_its_number_is_not_used(vietnamese: Catalogue) -> None:
    assert vietnamese.count("{n} unit", "{n} units", 1) == "1 unit"


def test_missing_value_is_a_bug_not_a_blank() -> None:
    with pytest.raises(KeyError):
        Catalogue().say("Unit {unit}")


def test_only_languages_with_a_catalogue_can_be_chosen(tmp_path: Path) -> None:
    assert i18n.available(tmp_path) == ("en",)
    (tmp_path / "th.po").write_text(PO, encoding="utf-8")
    (tmp_path / "xx.po").write_text(PO, encoding="utf-8")
    assert i18n.available(tmp_path) == ("en", "th")


def test_catalogue_that_is_still_read_over_is_not_offered(tmp_path: Path) -> None:
    (tmp_path / "vi.po").write_text(
        PO.replace('msgid ""\nmsgstr ""', '#, fuzzy\nmsgid ""\nmsgstr ""', 1), "utf-8"
    )
    assert i18n.available(tmp_path) == ("en",)
    assert load("vi", tmp_path).say("Unit {unit} of {total}", unit=7, total=80) == "Chiếc 7 trên 80"


@given(st.text())
def test_values_are_never_read_as_sentences(value: str) -> None:
    assert Catalogue().say("{name}", name=value) == value


def test_translation_cannot_reach_into_a_value(tmp_path: Path) -> None:
    (tmp_path / "th.po").write_text('msgid "{name}"\nmsgstr "{name.__class__}"\n', encoding="utf-8")
    assert load("th", tmp_path).say("{name}", name="Lan") == "Lan"


def test_a_word_that_means_two_things_is_told_apart_by_what_it_is_about(tmp_path: Path) -> None:
    (tmp_path / "th.po").write_text(
        'msgctxt "button"\nmsgid "Open"\nmsgstr "เปิด"\n\nmsgid "Open"\nmsgstr "ยังไม่ปิด"\n', encoding="utf-8"
    )
    thai = load("th", tmp_path)
    assert (thai.say("Open", context="button"), thai.say("Open")) == ("เปิด", "ยังไม่ปิด")
    assert thai.say(mark("Open", context="button")) == "เปิด"
    assert thai.say("Open", context="another") == "Open"
    assert Catalogue().say(mark("{n} open", context="list"), n=2) == "2 open"
    assert CONTEXT not in Catalogue(STRETCHED).say("Open", context="button")


def test_broken_braces_fall_back_to_the_source(tmp_path: Path) -> None:
    (tmp_path / "th.po").write_text('msgid "Good"\nmsgstr "{"\n', encoding="utf-8")
    assert load("th", tmp_path).say("Good") == "Good"
    assert placeholders("{a} {b} {a}") == {"a", "b"}


def test_unknown_language_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="zh_CN"):
        load("de", tmp_path)


@pytest.mark.parametrize("line", ['msgwhat "menu"', 'msgid "open', '"orphan"'])
def test_damaged_catalogue_names_its_line(line: str) -> None:
    with pytest.raises(ValueError, match="not a line of a catalogue"):
        read_po(line)


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("vi_VN.UTF-8", "vi"),
        ("zh-Hans-CN", "zh_CN"),
        ("zh_CN", "zh_CN"),
        ("TH", "th"),
        ("C", "en"),
        (None, "en"),
    ],
)
def test_locale_gives_a_language(locale: str | None, language: str) -> None:
    assert language_for(locale) == language


def test_stretched_words_are_longer_and_keep_their_values() -> None:
    words = load(STRETCHED, Path())
    assert words.say("Unit {unit} of {total}", unit=7, total=80).startswith("Unit 7 of 80 ~~~~~")
    assert words.count("{n} unit", "{n} units", 2).startswith("2 units ~~")


def test_marked_message_is_itself() -> None:
    assert i18n.mark("Minor") == "Minor"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_bundled_catalogue_opens(language: str) -> None:
    assert load(language, config.resource(".") / "translations").language == language


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_a_language_that_is_offered_says_every_sentence_and_none_that_went(language: str) -> None:
    """``python3 packaging/dev.py messages`` brings its catalogue up to the sources."""
    folder = config.resource("translations")
    assert language in i18n.available(folder)
    found = load(language, folder).messages
    assert not [message for message, texts in found.items() if not all(texts)]
    assert found.keys() - {""} == sentences().keys()


def test_each_of_two_languages_joins_its_sentences_as_it_does_alone() -> None:
    chinese = {"All are inside.": ("都合格。",), "More on page {page}.": ("详见第{page}页。",)}
    words = side_by_side(Catalogue("zh_CN", chinese, lambda _: 0), Catalogue())
    told = words.run_on((words.say("All are inside."), "", words.say("More on page {page}.", page=2)))
    assert half(told, 0) == "都合格。详见第2页。"
    assert half(told, 1) == half(told, 2) == "All are inside. More on page 2."
    assert (
        words.run_on(("Left of bore 1.", "Burr.")) == "Left of bore 1.Burr."
    )  # what people wrote stands once


def test_a_part_in_two_languages_stands_with_its_data_in_a_sentence_of_the_second() -> None:
    chinese = {"{n} unit": ("{n}件",), "Rework of {n} was decided by {who}": ("{n}返工，由{who}决定",),
               "{n} of {all}": ("{all}的{n}",), "{n}, Ac {ac}, all": ("{n}，Ac {ac}，全部",)}  # fmt: skip
    words = side_by_side(Catalogue(), Catalogue("zh_CN", chinese, lambda _: 0))
    units = words.count("{n} unit", "{n} units", 20)
    told = words.say("Rework of {n} was decided by {who}", n=units, who="Linh")
    assert half(told, 0) == "Rework of 20 units was decided by Linh"
    assert "20件返工" in half(told, 1) and half(told, 2) == "20件返工，由Linh决定"
    assert (
        words.say("{n} of {all}", n=3, all=20) == "3 of 20"
    )  # what only joins is not said again, nor the same word
    assert half(words.say("{n}, Ac {ac}, all", n=13, ac=0), 1) == "全部"


def test_sentences_and_lists_are_joined_as_their_language_joins_them() -> None:
    chinese = load("zh_CN", config.resource("translations"))
    assert Catalogue().run_on(["One.", "", "Two."]) == "One. Two."
    assert chinese.run_on(["一。", "", "二。"]) == "一。二。"
    assert (
        listed(["a", "b", "c"], Catalogue()) == "a, b, c"
        and listed(["王敏", "李娜"], chinese) == "王敏、李娜"
    )


def test_day_stands_whole_in_the_second_language_too() -> None:
    folder = config.resource("translations")
    for first, second, told in (
        ("en", "vi", ("Period summary, 1 Mar 2026 to 31 Mar 2026", "1/3/2026", "31/3/2026")),
        ("th", "en", ("สรุปช่วงเวลา 1 มี.ค. 2026 ถึง 31 มี.ค. 2026", "1 Mar 2026", "31 Mar 2026")),
        ("zh_CN", "th", ("时期汇总，2026年3月1日至2026年3月31日", "1 มี.ค. 2026", "31 มี.ค. 2026")),
    ):
        words = side_by_side(load(first, folder), load(second, folder))
        days = (day(date(2026, 3, 1), words), day(date(2026, 3, 31), words))
        said = words.say("Period summary, {first} to {last}", first=days[0], last=days[1])
        assert half(said, 0) == told[0]
        assert all(figure in half(said, 1) for figure in told[1:])
