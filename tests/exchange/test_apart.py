# SPDX-License-Identifier: Apache-2.0
"""The child process that reads foreign bytes: what it hands back, and what it may not do."""

from __future__ import annotations

import os
import socket
import sys
import time
from pathlib import Path

import pytest

from qcdesk.domain.inputs import BadInput
from qcdesk.exchange.apart import Facts, work_apart


def echo(request: Facts, payload: bytes) -> tuple[Facts, bytes]:
    return {"said": request["say"], "pid": os.getpid()}, payload[::-1]


def refuse(request: Facts, payload: bytes) -> tuple[Facts, bytes]:
    raise BadInput("row_width", facts={"has": 2}, where={"row": 7})


def err(request: Facts, payload: bytes) -> tuple[Facts, bytes]:
    raise KeyError("a bug")


def hang(request: Facts, payload: bytes) -> tuple[Facts, bytes]:
    while True:
        time.sleep(1)


def swell(request: Facts, payload: bytes) -> tuple[Facts, bytes]:
    return {}, bytes(2_000_000_000)


def die(request: Facts, payload: bytes) -> tuple[Facts, bytes]:
    os._exit(11)


def attempt(request: Facts, payload: bytes) -> tuple[Facts, bytes]:
    """Try what the request names and tell whether it was refused."""
    try:
        if request["what"] == "network":
            socket.create_connection(("127.0.0.1", 9), 1)
        elif request["what"] == "write":
            Path(request["path"]).write_bytes(b"x")
        elif request["what"] == "remove":
            os.remove(request["path"])
        else:
            os.system("true")
    except PermissionError as refused:
        return {"refused": str(refused)}, b""
    return {"refused": None}, b""


def test_answer_comes_from_another_process() -> None:
    answer, payload = work_apart(echo, {"say": "Đặng 重庆"}, b"abc" * 100_000)
    assert answer["said"] == "Đặng 重庆"
    assert answer["pid"] != os.getpid()
    assert payload == b"cba" * 100_000


def test_refusal_of_the_child_is_the_refusal_of_the_parent() -> None:
    with pytest.raises(BadInput) as refused:
        work_apart(refuse, {}, b"")
    assert (refused.value.code, refused.value.facts, refused.value.where) == (
        "row_width",
        {"has": 2},
        {"row": 7},
    )


def test_bug_in_the_child_is_a_bug_and_no_bad_input() -> None:
    with pytest.raises(RuntimeError, match="a bug"):
        work_apart(err, {}, b"")


def test_child_that_does_not_end_is_stopped() -> None:
    with pytest.raises(BadInput, match="reading_too_long"):
        work_apart(hang, {}, b"", seconds=1)


@pytest.mark.skipif(sys.platform != "linux", reason="only here can a process be kept from memory")
def test_child_that_takes_too_much_memory_is_refused() -> None:
    with pytest.raises(BadInput, match="reading_too_big"):
        work_apart(swell, {}, b"")


def test_child_that_dies_of_the_file_is_bad_input() -> None:
    with pytest.raises(BadInput, match="reading_broke"):
        work_apart(die, {}, b"")


@pytest.mark.parametrize("what", ["network", "write", "remove", "run"])
def test_child_may_neither_call_out_nor_write_nor_start(what: str, tmp_path: Path) -> None:
    path = tmp_path / "kept"
    path.write_bytes(b"old")
    answer, _ = work_apart(attempt, {"what": what, "path": str(path)}, b"")
    assert answer["refused"] is not None
    assert path.read_bytes() == b"old"
