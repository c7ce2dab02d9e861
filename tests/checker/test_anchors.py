# SPDX-License-Identifier: Apache-2.0
"""Heads kept elsewhere: what fits, what was cut off, what was made anew, and what is no anchor at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from qcdesk.checker import canonical
from qcdesk.checker.anchors import Anchor, against
from qcdesk.checker.findings import Finding
from qcdesk.checker.lines import framed
from qcdesk.checker.sources import read_anchor
from qcdesk.domain import anchors as domain
from tests.checker.logs import key_name

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
VAULT, HASH = "ab" * 16, "cd" * 32
KEYS = {key_name(KEY): KEY.public_key().public_bytes_raw().hex()}


def written(folder: Path, **changes: Any) -> Path:  # noqa: ANN401 - any field
    head = {"vault": VAULT, "seq": 7, "hash": HASH, "at": 1}
    sig = KEY.sign(framed("head", canonical.write({**head, **changes.pop("signed", {})})))
    path = folder / "slip.json"
    path.write_text(json.dumps({**head, "key": key_name(KEY), "sig": sig.hex(), **changes}), "utf-8")
    return path


def found(path: Path, hashes: dict[int, str], vault: str = VAULT) -> list[str]:
    anchor = read_anchor(path)
    assert isinstance(anchor, Anchor)
    return [f.code for f in against([anchor], vault, hashes, KEYS)]


def test_an_anchor_that_the_log_holds_is_no_finding(tmp_path: Path) -> None:
    assert found(written(tmp_path), {7: HASH}) == []


def test_a_head_that_the_log_no_longer_has_is_found(tmp_path: Path) -> None:
    assert found(written(tmp_path), {6: HASH}) == ["anchor_missing"]


def test_a_head_that_the_log_holds_otherwise_is_found(tmp_path: Path) -> None:
    assert found(written(tmp_path), {7: "ef" * 32}) == ["anchor_differs"]


def test_an_anchor_of_another_workspace_is_found(tmp_path: Path) -> None:
    assert found(written(tmp_path), {7: HASH}, vault="00" * 16) == ["anchor_vault"]


def test_an_anchor_signed_over_something_else_vouches_for_nothing(tmp_path: Path) -> None:
    for signed in ({"seq": 8}, {"at": 2}, {"vault": "00" * 16}, {"hash": "ef" * 32}):
        assert found(written(tmp_path, signed=signed), {7: HASH}) == ["anchor_signature"]


def test_a_log_made_anew_lacks_the_key_and_still_differs(tmp_path: Path) -> None:
    anchor = read_anchor(written(tmp_path))
    assert isinstance(anchor, Anchor)
    assert [f.code for f in against([anchor], VAULT, {7: "ef" * 32}, {})] == ["anchor_differs", "anchor_key"]
    assert [f.code for f in against([anchor], VAULT, {}, {})] == ["anchor_missing", "anchor_key"]
    assert [f.code for f in against([anchor], VAULT, {7: HASH}, {})] == ["anchor_key"]
    assert [f.code for f in against([anchor], VAULT, {7: HASH}, {key_name(KEY): ""})] == ["anchor_signature"]


@pytest.mark.parametrize("change", [{"seq": 0}, {"seq": "7"}, {"seq": True}, {"hash": "x"}, {"vault": 1}, {"sig": "zz"},
                                    {"key": None}, {"at": -1}])  # fmt: skip
def test_a_file_out_of_form_is_no_anchor(tmp_path: Path, change: dict[str, Any]) -> None:
    assert isinstance(read_anchor(written(tmp_path, **change)), Finding)


def test_a_file_that_is_anything_else_is_no_anchor(tmp_path: Path) -> None:
    for text in (b"", b"[]", b"\xff", b'{"vault":1}', b"[" * 5_000):
        (tmp_path / "x").write_bytes(text)
        assert isinstance(read_anchor(tmp_path / "x"), Finding)


# On paper, and in a backup --------------------------------------------------------------------------------------------


def signed() -> domain.Anchor:
    head = domain.Head(VAULT, 7, HASH, 1)
    return domain.Anchor(head, key_name(KEY), KEY.sign(framed("head", head.body())))


def test_a_code_as_it_was_scanned_is_an_anchor(tmp_path: Path) -> None:
    (tmp_path / "scanned.txt").write_text(signed().code("ef" * 32) + "\n")
    for given in (Path(signed().code()), tmp_path / "scanned.txt"):
        assert found(given, {7: HASH}) == []
        assert found(given, {7: "ef" * 32}) == ["anchor_differs"]


@pytest.mark.parametrize("code", ["QH1:", "QH1:AAA", "QH1:é", signed().code() + "AAA", signed().code()[:-3]])
def test_a_code_out_of_form_is_no_anchor(code: str) -> None:
    assert isinstance(read_anchor(Path(code)), Finding)


def manifest(folder: Path, **changes: Any) -> Path:  # noqa: ANN401 - any field
    said = {"vault": VAULT, "at": 1, "head": {"seq": 7, "hash": HASH}, "files": [], **changes}
    (folder / "manifest.json").write_text(json.dumps(said))
    return folder


def test_a_backup_is_an_anchor_signed_or_not(tmp_path: Path) -> None:
    for backup in (manifest(tmp_path), manifest(tmp_path, anchor=json.loads(signed().text()))):
        for given in (backup, backup / "manifest.json"):
            assert found(given, {7: HASH}) == []
            assert found(given, {6: HASH}) == ["anchor_missing"]
            assert found(given, {7: "ef" * 32}) == ["anchor_differs"]


def test_a_key_that_signs_no_heads_vouches_for_none(tmp_path: Path) -> None:
    """Such as a sitting's, or the recovery sheet's."""
    anchor = read_anchor(manifest(tmp_path, anchor=json.loads(signed().text())))
    assert isinstance(anchor, Anchor)
    assert [f.code for f in against([anchor], VAULT, {7: HASH}, {key_name(KEY): ""})] == ["anchor_signature"]


def test_half_a_signature_is_no_anchor(tmp_path: Path) -> None:
    for change in ({"key": ""}, {"sig": ""}):
        assert isinstance(read_anchor(written(tmp_path, **change)), Finding)
