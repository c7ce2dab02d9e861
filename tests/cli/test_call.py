# SPDX-License-Identifier: Apache-2.0
"""Where secrets and files come from, and in which order."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from qcdesk.cli.call import Call
from qcdesk.cli.doors import Doors
from qcdesk.cli.terminal import read_file
from qcdesk.domain.inputs import BadInput
from qcdesk.i18n import Catalogue
from tests.cli.console import nowhere
from tests.cli.shops import Shop, problem
from tests.workspace import secret


def call(typed: bytes = b"", ask: Callable[[str], str] | None = None, *, secret_stdin: bool = False) -> Call:
    return Call(
        doors=Doors(nowhere),
        words=Catalogue(),
        stdin=io.BytesIO(typed),
        out=io.StringIO(),
        err=io.StringIO(),
        ask=ask,
        secret_stdin=secret_stdin,
    )


def test_secrets_come_line_by_line_and_the_rest_stays() -> None:
    one = call("bí mật\r\nsecond\n{}".encode(), secret_stdin=True)
    assert (one.secret_of("an"), one.secret_of("binh")) == ("bí mật", "second")
    assert one.read("-", 100) == b"{}"


def test_a_secret_is_asked_for_by_name_at_a_terminal() -> None:
    prompts: list[str] = []

    def ask(prompt: str) -> str:
        prompts.append(prompt)
        return "x"

    assert call(ask=ask).secret_of("an") == "x" and prompts == ["Password of an: "]


def test_a_new_secret_is_typed_twice_alike() -> None:
    answers = iter(["one", "one", "one", "two"])
    asked = call(ask=lambda prompt: next(answers))
    assert asked.new_secret_of("an") == "one"
    with pytest.raises(BadInput, match="secret_differs"):
        asked.new_secret_of("an")


def test_without_a_terminal_the_secret_has_to_be_given() -> None:
    with pytest.raises(BadInput, match="secret_needed"):
        call().secret_of("an")
    with pytest.raises(BadInput, match="secret_needed"):
        call(secret_stdin=True).secret_of("an")


def test_a_secret_in_another_encoding_is_refused_without_showing_it() -> None:
    with pytest.raises(BadInput, match="secret_characters") as bad:
        call(b"\xff\xfe\n", secret_stdin=True).secret_of("an")
    assert not bad.value.facts


def test_only_plain_files_within_bounds_are_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    assert read_file(tmp_path / "a", 10) == b"12345"
    for path, code in ((tmp_path, "not_a_file"), (tmp_path / "b", "no_file"), (Path("a\0b"), "no_file")):
        with pytest.raises(BadInput, match=code):
            read_file(path, 10)
    with pytest.raises(BadInput, match="file_too_big"):
        call().read(str(tmp_path / "a"), 4)


def test_more_people_than_an_act_takes_are_refused(shop: Shop) -> None:
    shop.batch()
    ran = shop("batch", "hold", "B-1", "--why", "x", who="an", beside=("binh",))
    assert problem(ran) == "with_too_many"
    assert shop.good("batch", "show", "B-1", who="an")["held"] is False


def test_failed_tries_are_told_on_standard_error_until_they_were_seen(shop: Shop) -> None:
    for _ in range(2):
        assert shop("audit-trail", who="an", words=("a guess",)).status == 3
        shop.clock.forward(seconds=300)
    for _ in range(2):  # what a script writes may be read by nobody
        ran = shop("audit-trail", who="an")
        assert ran.status == 0 and ran.data["entries"]
        assert ran.err.startswith("an: 2 tries failed in your name: ") and ran.err.count("\n") == 1
    assert "tries failed" not in shop("audit-trail", who="binh").err
    with_binh = shop("person", "grant", "an", "--role", "auditor", who="binh", beside=("an",))
    assert "an: 2 tries failed" in with_binh.err
    sits = shop.at_terminal("an", lambda _asked: secret("an"))
    with sits.sitting():
        assert sits.answer({}, []) == 0
    assert isinstance(sits.err, io.StringIO)
    assert sits.err.getvalue().startswith("an: 2 tries failed in your name: ")
    sits.close()
    assert shop("audit-trail", who="an").err == ""
