# SPDX-License-Identifier: Apache-2.0
"""XML: no DTD, no entity, nothing fetched, no endless depth."""

from __future__ import annotations

import pytest

from qcdesk.domain.inputs import BadInput
from qcdesk.exchange.xml_parts import DEPTH, walk_xml


def walked(text: str | bytes) -> list[str]:
    found: list[str] = []
    payload = text.encode() if isinstance(text, str) else text
    walk_xml(payload, "part.xml", lambda name, _: found.append(name), lambda _: None, found.append)
    return found


def test_elements_come_with_their_namespace_and_text() -> None:
    assert walked("<a xmlns='urn:x'><b>t &lt;</b></a>") == ["urn:x a", "urn:x b", "t <"]


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE a><a/>",
        "<!DOCTYPE a SYSTEM 'http://example.org/x.dtd'><a/>",
        "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
        "<!DOCTYPE a [<!ENTITY % x SYSTEM 'http://example.org/x'> %x;]><a/>",
        "<!DOCTYPE a [<!ENTITY b 'bb'><!ENTITY c '&b;&b;&b;&b;'>]><a>&c;</a>",
    ],
)
def test_a_definition_of_its_own_is_refused(text: str) -> None:
    with pytest.raises(BadInput) as refused:
        walked(text)
    assert refused.value.code == "dtd"
    assert refused.value.facts["part"] == "part.xml"


@pytest.mark.parametrize(
    "text",
    [
        "<a>",
        "<a></b>",
        "<a>&nothing;</a>",
        "",
        "<a/><b/>",
        "<a>\x01</a>",
        "<?xml version='1.0' encoding='utf-7'?><a/>",
        "<?xml version='1.0' encoding='cp037'?><a/>",
        "<a>" * (DEPTH + 1) + "</a>" * (DEPTH + 1),
        b"\xff\xfe<\x00a\x00/",
    ],
)
def test_what_is_not_well_formed_is_refused(text: str | bytes) -> None:
    with pytest.raises(BadInput, match="xml_damaged"):
        walked(text)
