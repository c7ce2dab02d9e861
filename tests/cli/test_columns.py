# SPDX-License-Identifier: Apache-2.0
"""Columns of a table: whatever separates them, the figures are those of the house's grammar, or refused by place."""

from __future__ import annotations

import csv
import io
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcdesk.cli.call import Call
from qcdesk.cli.columns import Columns, Table, open_table
from qcdesk.cli.doors import Doors
from qcdesk.domain.inputs import BadInput
from qcdesk.i18n import Catalogue
from qcdesk.wording.inputs import tell
from tests.cli.console import nowhere


def call(given: bytes = b"") -> Call:
    return Call(
        doors=Doors(open_workspace=nowhere),
        words=Catalogue(),
        stdin=io.BytesIO(given),
        out=io.StringIO(),
        err=io.StringIO(),
    )


def read(text: str | bytes, *columns: str, texts: tuple[str, ...] = (), gaps: bool = False, most: int = 100_000,
         separator: str | None = None, header: bool | None = None) -> Columns:  # fmt: skip
    content = text.encode() if isinstance(text, str) else text
    with open_table(call(content), "-", separator=separator, header=header) as table:
        numbers = [table.place(name) for name in columns] or [table.only(None)]
        return table.read(numbers, [table.place(name) for name in texts], gaps=gaps, most=most)


def refused(text: str | bytes, *columns: str, **how: object) -> BadInput:
    with pytest.raises(BadInput) as bad:
        read(text, *columns, **how)  # type: ignore[arg-type]
    return bad.value


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_any_separator_and_line_end_gives_the_same_columns(separator: str, end: str) -> None:
    text = end.join(
        separator.join(row) for row in (("part", "size"), ("A", "12.03"), ("B", "-4"), ("", ""), ("A", "7"))
    )
    found = read(text, "size", texts=("part",))
    assert (list(found.numbers[0]), found.texts, found.rows) == ([12.03, -4.0, 7.0], (("A", "B", "A"),), 3)


@pytest.mark.parametrize(
    "text", ["1\n2\n3\n", "size\n1\n2\n3", "\n\nsize\n\n1\n2\n\n3\n\n", "\ufeff1\n2\n3\n", '"1"\n"2"\n 3 \n']
)
def test_a_single_column_needs_no_name_and_no_heading(text: str) -> None:
    assert list(read(text).numbers[0]) == [1, 2, 3]


def test_columns_are_named_by_heading_or_number() -> None:
    text = "Part;Länge;2\n1;10;20\n"
    assert [list(c) for c in read(text, "länge", "1", "2", header=True).numbers] == [[10], [1], [20]]
    assert read("1;2\n3;4\n", "2").numbers[0].tolist() == [2, 4]


def test_a_decimal_comma_is_read_where_it_cannot_separate() -> None:
    assert list(read("a;b\n1,5;2\n2,25;3\n", "a").numbers[0]) == [1.5, 2.25]
    assert list(read('a,b\n"1,5",2\n', "a").numbers[0]) == [1.5]


def test_point_and_comma_do_not_stand_in_one_table() -> None:
    """1.234 and 1,234 beside each other: one of them is thousands, and nobody can tell which."""
    bad = refused("a;b\n1,5;2\n2.25;3\n", "a")
    assert (bad.code, bad.where) == ("number", {"file": "-", "row": 3, "column": "a"})


@pytest.mark.parametrize(
    "cell",
    ["abc", "NaN", "nan", "inf", "-Infinity", "1e3", "0x1F", "1_0", "٣", "1 234", "=1", "−5", "+5", ".5"],
)
@pytest.mark.parametrize("before", [0, 1, 30_000])
def test_what_is_no_figure_is_refused_with_row_and_column(cell: str, before: int) -> None:
    bad = refused("size\n" + "1\n" * before + cell + "\n", "size", header=True)
    assert (bad.code, bad.where) == ("number", {"file": "-", "row": before + 2, "column": "size"})


@pytest.mark.parametrize("first", ["NaN", "inf", "12.3a", "-1e5", ".5"])
def test_a_wrong_figure_in_the_first_row_is_no_heading(first: str) -> None:
    bad = refused(f"{first}\n1\n2\n")
    assert (bad.code, bad.where["row"]) == ("number", 1)


def test_a_missing_figure_is_refused_unless_gaps_are_allowed() -> None:
    text = "a,b\n1,2\n,4\n"
    bad = refused(text, "a")
    assert (bad.code, bad.where["row"], bad.where["column"]) == ("number_missing", 3, "a")
    first, second = read(text, "a", "b", gaps=True).numbers
    assert first[0] == 1 and math.isnan(first[1]) and list(second) == [2, 4]


def test_a_figure_has_all_the_digits_that_programs_write() -> None:
    text = "a;b\n12.7533110462178;x\n0.30000000000000004;\n"
    assert list(read(text, "a").numbers[0]) == [12.7533110462178, 0.30000000000000004]
    quoted = read(text.replace("x", '"x"').replace(".", ","), "a")
    assert quoted.numbers[0][0] == 12.7533110462178
    assert refused("1." + "1" * 21 + "\n").code == "number_too_long"


def test_a_missing_text_is_refused() -> None:
    assert refused("a,b\n1,x\n2,\n", "a", texts=("b",)).where["row"] == 3


def test_an_odd_row_is_named_by_its_line_though_a_cell_before_goes_over_two() -> None:
    text = 'note,size\n"two\nlines",1\nx,2\nx,2,3\n'
    bad = refused(text, "size")
    assert (bad.code, bad.where["row"], bad.facts) == ("row_width", 5, {"has": 3, "wants": 2})
    assert refused('note,size\n"two\nlines",1\nx,y\n', "size").where["row"] == 4


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "file_empty"), (b"\n \n", "file_empty"), (b"a\xff\n1\n", "table_not_utf8"), (b"1\n\x00\n", "number"),
     (b'a\n"1\n', "open_quote"), (b"a,a\n1,2\n", "header_twice"), (b"a,b\n1,2\n", "columns_unclear"),
     (b"1" * 1_000_001, "field_too_long"), (b'a\n"' + b"x" * 200_000 + b'"\n', "field_too_long")],
)  # fmt: skip
def test_what_is_no_table_is_refused(content: bytes, code: str) -> None:
    bad = refused(content)
    assert bad.code == code and "…" not in str(tell(bad, Catalogue()))


def test_a_column_that_is_not_there_names_those_that_are() -> None:
    bad = refused("a,b\n1,2\n", "c")
    assert (bad.code, bad.facts["known"]) == ("no_such_column", ("a", "b"))
    assert refused("a,b\n1,2\n", "3").code == refused("a,b\n1,2\n", "0").code == "no_such_column"


def test_more_rows_than_are_taken_are_refused() -> None:
    assert read("1\n" * 50, most=50).rows == 50
    assert refused("1\n" * 51, most=50).code == "too_many_rows"
    endless = Table(("1\n" * 1000 for _ in iter(int, 1)), "-", None, None)
    with pytest.raises(BadInput, match="too_many_rows"):
        endless.read([0], most=30_000)


def test_a_separator_that_is_said_holds() -> None:
    assert list(read("a,b;2\n1,5;3\n", "2", separator=";", header=False, texts=("1",)).numbers[0]) == [2, 3]
    assert list(read("1\t2\n", "2", separator="tab").numbers[0]) == [2]
    assert refused("1\n", separator="x").code == "separator_unknown"


def test_a_file_is_read_and_closed_and_its_absence_told(tmp_path: Path) -> None:
    (tmp_path / "sizes.csv").write_text("1\n2\n", encoding="utf-8")
    with open_table(call(), str(tmp_path / "sizes.csv")) as table:
        assert (table.name, list(table.read([table.only(None)]).numbers[0])) == ("sizes.csv", [1, 2])
    for file, code in ((tmp_path / "none.csv", "no_file"), (tmp_path, "not_a_file")):
        with pytest.raises(BadInput, match=code), open_table(call(), str(file)):
            pass


@given(
    st.lists(st.decimals(-(10**11), 10**11, places=3), min_size=1, max_size=40),
    st.sampled_from([",", ";", "\t", "|"]),
)
def test_every_figure_comes_back_as_written(values: list[object], separator: str) -> None:
    text = "x" + separator + "y\n" + "".join(f"{v}{separator}1\n" for v in values)
    assert list(read(text, "x").numbers[0]) == [float(str(v)) for v in values]


@given(
    st.lists(
        st.tuples(st.text('ab"; \n', min_size=1).filter(str.strip), st.integers(0, 99)),
        min_size=1,
        max_size=20,
    )
)
def test_texts_come_back_as_a_spreadsheet_quotes_them(rows: list[tuple[str, int]]) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\n").writerows([("word", "n"), *rows])
    found = read(text.getvalue(), "n", texts=("word",), separator=";")
    assert found.texts[0] == tuple(word.strip() for word, _ in rows)
    assert list(found.numbers[0]) == [n for _, n in rows]
