# SPDX-License-Identifier: Apache-2.0
"""XML from outside, as a stream of elements: no DTD, no entity of its own, nothing fetched, no endless depth."""

from __future__ import annotations

from collections.abc import Callable
from xml.parsers import expat

from qcdesk.domain.inputs import BadInput

DEPTH = 64

Attributes = dict[str, str]
Start = Callable[[str, Attributes], None]
End = Callable[[str], None]
Text = Callable[[str], None]

_ENCODINGS = ("utf-8", "utf-16", "us-ascii", "ascii")


def walk_xml(payload: bytes, part: str, start: Start, end: End, text: Text | None = None) -> None:
    """Go through a document and call back for every element; names are ``namespace local``.

    Args: part: what the document is called in its archive, for refusals. text: gets character data, in pieces.
    Raises: BadInput: ``dtd`` or ``xml_damaged`` (facts ``part``, ``line``), and whatever the callbacks raise.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    depth = 0

    def refuse_dtd(*_: object) -> int:
        raise BadInput("dtd", facts={"part": part, "line": parser.CurrentLineNumber})

    def declared(_version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.lower() not in _ENCODINGS:
            raise BadInput("xml_damaged", facts={"part": part, "line": 1})

    def began(name: str, attributes: Attributes) -> None:
        nonlocal depth
        depth += 1
        if depth > DEPTH:
            raise BadInput("xml_damaged", facts={"part": part, "line": parser.CurrentLineNumber})
        start(name, attributes)

    def ended(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(name)

    parser.XmlDeclHandler = declared
    parser.StartDoctypeDeclHandler = refuse_dtd
    parser.EntityDeclHandler = refuse_dtd
    parser.ExternalEntityRefHandler = refuse_dtd
    parser.StartElementHandler = began
    parser.EndElementHandler = ended
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        parser.Parse(payload, True)
    except expat.ExpatError as damaged:
        raise BadInput("xml_damaged", facts={"part": part, "line": damaged.lineno}) from damaged
    except ValueError as odd:  # the parser cannot take the bytes at all
        raise BadInput("xml_damaged", facts={"part": part, "line": 1}) from odd
