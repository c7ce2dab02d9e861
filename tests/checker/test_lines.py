# SPDX-License-Identifier: Apache-2.0
"""One line: the same reading as the program's, its links without reading it whole, and everything that is no line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from qcdesk.checker import canonical, lines
from qcdesk.checker.lines import BadLine, Row
from qcdesk.domain import log
from tests.checker.logs import rows, said


def test_hash_and_signed_bytes_are_the_programs(played: Path) -> None:
    for row in rows(played)[:5]:
        assert lines.hash_of(row.body, row.sig) == log.event_hash(row.body, row.sig) == row.hash
        assert lines.framed("event", row.body) == log.signed_bytes("event", row.body)


def test_every_line_reads_as_the_program_reads_it(played: Path) -> None:
    for row in rows(played):
        line, event = lines.read(row), log.Event.from_bytes(row.body)
        assert (line.seq, line.prev, line.type, line.by, line.key, line.session, line.at) == (
            event.seq,
            event.prev.hex(),
            event.type,
            event.by,
            event.key,
            event.session,
            event.at,
        )
        assert line.bare == event.cosign_bytes()
        people = [person for person in (event.by, *(c.person for c in event.co)) if person is not None]
        assert line.signers == tuple(people)


def test_the_links_of_a_line_are_read_from_its_end(played: Path) -> None:
    for row in rows(played):
        line = lines.read(row)
        assert lines.link(row) == (line.prev, line.seq, line.vault)


def test_links_inside_a_typed_text_are_not_taken_for_the_lines_own(played: Path) -> None:
    row = rows(played)[5]
    data = said(row)
    data["body"]["note"] = '"prev":"' + "f" * 64 + '","seq":9,"session":null,"station":"x","type":"a.b","v":1'
    body = canonical.write(data)
    assert lines.link(Row(row.seq, body, row.sig, row.hash)) == (data["prev"], row.seq, data["vault"])
    assert lines.link(Row(row.seq, body + b" ", row.sig, row.hash)) is None


WRONG: dict[str, dict[str, Any]] = {
    "another version": {"v": 2},
    "true for 1": {"v": True},
    "another number": {"seq": 9_999},
    "a time as text": {"at": "1"},
    "a time before 1970": {"at": -1},
    "a key of another form": {"key": "K"},
    "no station": {"station": ""},
    "nobody as empty text": {"by": ""},
    "a body that is a list": {"body": []},
    "one field more": {"extra": 1},
    "no co-signature in co": {"co": []},
    "a co-signature without person": {"co": [{"key": "0" * 32, "sig": "0" * 128}]},
    "a co-signature too short": {"co": [{"person": "p", "key": "0" * 32, "sig": "00"}]},
    "one key twice": {"co": [{"person": "p", "key": "0" * 32, "sig": "0" * 128}] * 2},
    "a type that is none": {"type": "Batch"},
}


@pytest.mark.parametrize("change", WRONG.values(), ids=WRONG.keys())
def test_a_line_out_of_form_is_refused_by_both_programs(played: Path, change: dict[str, Any]) -> None:
    row = rows(played)[5]
    body = canonical.write({**said(row), **change})
    with pytest.raises(BadLine):
        lines.read(Row(row.seq, body, row.sig, row.hash))
    if "seq" not in change:  # the number beside the body is the row's business there
        with pytest.raises(log.BadEvent):
            log.Event.from_bytes(body)


def test_a_line_that_lacks_a_field_is_refused(played: Path) -> None:
    row = rows(played)[5]
    for name in json.loads(row.body):
        data = said(row)
        del data[name]
        with pytest.raises(BadLine):
            lines.read(Row(row.seq, canonical.write(data), row.sig, row.hash))
