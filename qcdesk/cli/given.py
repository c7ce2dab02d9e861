# SPDX-License-Identifier: Apache-2.0
"""What people give on the command line and in JSON files: days, counts, unit numbers, people and things by name."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any, NoReturn

from qcdesk.domain.events import ProductSaved, SupplierSaved
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.numbers import parse_number, parse_quantity
from qcdesk.domain.people import ROLE_SETS, ROLES, Person, Role
from qcdesk.domain.times import from_datetime, parse_rfc3339
from qcdesk.services.use_cases import UseCases

_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_RANGE = re.compile("([0-9]{1,9})(?:[-–]([0-9]{1,9}))?")
MOST_UNITS = 1_000_000


class Digits(str):
    """A JSON number with the digits as they were written; never a float."""

    __slots__ = ()


def day(text: str | None, field: str) -> date | None:
    """Take a day as ``2026-03-01``.

    Raises: BadInput: ``day``.
    """
    if text is None:
        return None
    try:
        if not _DAY.fullmatch(text):
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError as odd:
        raise BadInput("day", facts={"value": text}, where={"field": field}) from odd


def the_day(text: str, field: str) -> date:
    """Take a day that is needed. Raises: BadInput: ``day``, ``missing``."""
    found = day(text, field)
    if found is None:
        raise BadInput("missing", where={"field": field})
    return found


def since(text: str | None) -> int | None:
    """Take a time, or a day that begins at midnight here; microseconds UTC."""
    if text is None:
        return None
    if _DAY.fullmatch(text):
        on = day(text, "since")
        assert on is not None
        return from_datetime(datetime.combine(on, time(0), UTC).replace(tzinfo=None).astimezone())
    return parse_rfc3339(text, where={"field": "since"})


def whole(text: str, field: str, *, least: int = 0) -> int:
    """Take a whole number."""
    return parse_quantity(text, least=least, where={"field": field})


def decimal(text: str, field: str) -> Decimal:
    """Take a decimal number with a point."""
    return parse_number(text, ".", where={"field": field}).decimal


def units(text: str, where: dict[str, object] | None = None) -> tuple[int, ...]:
    """Take unit numbers as ``1-80`` or ``7, 9, 12-20``.

    Raises: BadInput: ``units``.
    """
    found: list[int] = []
    for piece in text.split(","):
        match = _RANGE.fullmatch(piece.strip())
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
        if not 0 < first <= last or len(found) + last - first >= MOST_UNITS:
            raise BadInput("units", facts={"value": text[:60]}, where=where or {"field": "units"})
        found.extend(range(first, last + 1))
    return tuple(dict.fromkeys(found))


def roles(texts: list[str]) -> tuple[Role, ...]:
    """Take roles by code, or ready-made sets of them such as ``quality_manager``.

    Raises: BadInput: ``unknown_role``.
    """
    found: list[Role] = []
    for text in texts:
        code = text.strip().lower().replace("-", "_")
        named = ROLE_SETS.get(code) or ((code,) if code in ROLES else None)
        if named is None:
            known = (*ROLES, *(name for name in ROLE_SETS if name not in ROLES))
            raise BadInput("unknown_role", facts={"value": text, "roles": known}, where={"field": "role"})
        found.extend(named)
    return tuple(dict.fromkeys(found))


def person(use: UseCases, text: str, field: str = "person") -> Person:
    """Find a person by login, staff number, id, or the only one of that name.

    Raises: BadInput: ``unknown_person``.
    """
    everyone = [row.person for row in use.read.people()]
    for matches in (
        [p for p in everyone if text in (p.login, p.id)],
        [p for p in everyone if p.staff == text],
        [p for p in everyone if p.name == text],
    ):
        if len(matches) == 1:
            return matches[0]
    raise BadInput("unknown_person", facts={"value": text}, where={"field": field})


def product(use: UseCases, text: str) -> ProductSaved:
    """Find a product by code (its last revision on record), by code and revision, or by id.

    Raises: BadInput: ``unknown_product``.
    """
    known = use.read.products()
    for one in known:
        if text == one.product or text == f"{one.code} {one.revision}".strip():
            return one
    found = [one for one in known if one.code == text]
    if not found:
        raise BadInput("unknown_product", facts={"value": text}, where={"field": "product"})
    return max(found, key=lambda one: one.revision)


def supplier(use: UseCases, text: str) -> SupplierSaved:
    """Find a supplier by code, id, or the only one of that name.

    Raises: BadInput: ``unknown_supplier``.
    """
    known = [row.supplier for row in use.read.suppliers()]
    for matches in ([s for s in known if text in (s.code, s.supplier)], [s for s in known if s.name == text]):
        if len(matches) == 1:
            return matches[0]
    raise BadInput("unknown_supplier", facts={"value": text}, where={"field": "supplier"})


def json_object(content: bytes | str, where: dict[str, object]) -> dict[str, Any]:
    """Read one JSON object: UTF-8, no key twice, numbers with a fraction kept as written (``Digits``).

    Raises: BadInput: ``not_json``, ``json_key_twice``, with where.
    """

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in pairs:
            if key in found:
                raise BadInput("json_key_twice", facts={"key": key}, where=where)
            found[key] = value
        return found

    def refuse(name: str) -> NoReturn:
        raise BadInput("not_json", facts={"line": 1, "column": 1}, where=where)

    try:
        text = content.decode("utf-8-sig") if isinstance(content, bytes) else content
        found = json.loads(text, object_pairs_hook=once, parse_float=Digits, parse_constant=refuse)
    except json.JSONDecodeError as odd:
        raise BadInput("not_json", facts={"line": odd.lineno, "column": odd.colno}, where=where) from odd
    except (ValueError, RecursionError) as odd:  # not UTF-8, endless figures, endless nesting
        raise BadInput("not_json", facts={"line": 1, "column": 1}, where=where) from odd
    if not isinstance(found, dict):
        raise BadInput("not_json", facts={"line": 1, "column": 1}, where=where)
    return found
