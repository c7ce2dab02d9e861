# SPDX-License-Identifier: Apache-2.0
"""Map files: what they may say, and how a mistake in one is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qcdesk.domain.imports import ImportKind
from qcdesk.domain.inputs import BadInput
from qcdesk.exchange.maps import mapping_from_headers, parse_mapping, read_mapping

MAPS = Path(__file__).resolve().parents[2] / "resources" / "maps"
FIELDS: dict[str, object] = {"code": "Code", "source": {"constant": "Customer"}}


def said(**more: object) -> bytes:
    return json.dumps({"format": "qcdesk-map-1", "kind": "defects", "fields": FIELDS, **more}).encode()


def refusal(payload: bytes, kind: ImportKind = "defects") -> BadInput:
    with pytest.raises(BadInput) as refused:
        parse_mapping(payload, kind)
    return refused.value


def field(**of: object) -> bytes:
    return said(fields={**FIELDS, "note": of})


def test_short_and_long_fields_are_read() -> None:
    fields = {
        **FIELDS,
        "class": {"column": "Risk", "values": {" Serious ": "critical"}, "other_values": "keep"},
    }
    mapping = parse_mapping(
        said(fields=fields, separator=";", date_format="D.M.YYYY", repeats="keep"), "defects"
    )
    assert mapping.fields["code"].columns == ("Code",)
    assert mapping.fields["source"].constant == "Customer"
    assert mapping.fields["class"].values == (("serious", "critical"),)
    assert mapping.fields["class"].keep_other_values
    assert (mapping.separator, mapping.repeats, mapping.decimal_sign) == (";", "keep", ".")


def test_headers_named_like_our_fields_need_no_map() -> None:
    mapping = mapping_from_headers("catalogue", ["Code", " NAME", "name zh-cn", "Class", "else"])
    assert {name: of.columns for name, of in mapping.fields.items()} == {
        "code": ("Code",),
        "name": (" NAME",),
        "name_zh_CN": ("name zh-cn",),
        "class": ("Class",),
    }
    with pytest.raises(BadInput, match="field_twice"):
        mapping_from_headers("batches", ["made on", "made_on"])


def test_unknown_key_names_the_one_that_was_meant() -> None:
    refused = refusal(said(seperator=";"))
    assert (refused.code, refused.facts["meant"]) == ("map_key_unknown", "separator")
    refused = refusal(field(colunm="x"))
    assert (refused.facts["meant"], refused.where) == ("column", {"field": "note"})
    assert refusal(said(fields={**FIELDS, "grade": "x"})).code == "map_key_unknown"


def test_key_given_twice_is_refused() -> None:
    payload = b'{"format": "qcdesk-map-1", "kind": "defects", "kind": "defects", "fields": {}}'
    assert refusal(payload).code == "map_key_twice"


@pytest.mark.parametrize(
    "payload",
    [b"", b"{", b"[]", b"null", b'"x"', b"\xff{}", b"[" * 100_000, b'{"a":' + b"9" * 10_000 + b"}"],
)
def test_what_is_no_json_object_is_refused(payload: bytes) -> None:
    assert refusal(payload).code in ("map_not_json", "map_key_unknown")


def test_broken_json_is_refused_with_its_place() -> None:
    refused = refusal(b'{"format":\n  oops}')
    assert refused.facts == {"line": 2, "column": 3}


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        (b"{}", "map_key_missing"),
        (said(format="qcdesk-map-2"), "map_value"),
        (said(kind="batches"), "map_kind"),
        (said(kind="spaceships"), "map_value"),
        (said(fields={}), "map_value"),
        (said(fields=[]), "map_value"),
        (said(fields={"code": "Code"}), "map_key_missing"),
        (said(decimal_sign="'"), "map_value"),
        (said(date_format="DD/MM/YY"), "date_format"),
        (said(repeats="last"), "map_value"),
        (said(encoding=7), "map_value"),
        (said(quote_prefix="yes"), "map_value"),
        (field(column="a", constant="b"), "map_key_missing"),
        (field(join=" "), "map_key_missing"),
        (field(column=7), "map_value"),
        (field(columns="ab"), "map_value"),
        (field(column="a", values=["x"]), "map_value"),
        (field(column="a", values={"x": 1}), "map_value"),
        (field(column="a", split=""), "map_value"),
        (field(column="a", form="upper"), "map_value"),
        (field(column="a", drop="everything"), "map_value"),
        (said(fields={**FIELDS, "note": 7}), "map_value"),
        (
            said(
                fields={
                    **FIELDS,
                    "note": {"column": "a", "split": ","},
                    "class": {"column": "b", "split": ","},
                }
            ),
            "map_value",
        ),
        (b'{"format": NaN}', "map_value"),
    ],
)
def test_wrong_map_is_refused(payload: bytes, code: str) -> None:
    assert refusal(payload).code == code


def test_only_defects_may_come_twice() -> None:
    payload = {"format": "qcdesk-map-1", "kind": "suppliers", "fields": {"name": "n"}, "repeats": "keep"}
    assert refusal(json.dumps(payload).encode(), "suppliers").code == "map_value"


def test_file_is_named_in_the_refusal(tmp_path: Path) -> None:
    (tmp_path / "map.json").write_text("{")
    with pytest.raises(BadInput) as refused:
        read_mapping(tmp_path / "map.json", "defects")
    assert refused.value.where["file"] == "map.json"


@pytest.mark.parametrize("path", sorted(MAPS.glob("*.json")), ids=lambda path: path.stem)
def test_bundled_map_is_right(path: Path) -> None:
    kind = json.loads(path.read_text(encoding="utf-8"))["kind"]
    assert read_mapping(path, kind).kind == kind


@pytest.mark.parametrize("cut", [1, 10_001, "200", True])
def test_a_length_that_is_none_is_refused(cut: object) -> None:
    assert refusal(field(column="a", cut=cut)).facts["key"] == "cut"
