# SPDX-License-Identifier: Apache-2.0
"""What is odd about a supplier's numbers: said as a remark, never a refusal, for an office may have given it so."""

from __future__ import annotations

from typing import Literal

Remark = Literal["gln", "tax_number"]


def remarks(country: str, tax_number: str, gln: str) -> tuple[Remark, ...]:
    """Return which numbers do not check: the GLN by GS1's check digit, the tax number by its country's rule.

    Args: country: two letters (ISO 3166); of countries whose rule is not known no tax number is remarked on.
    Source: python-stdnum (GS1 General Specifications 7.9; national rules as named there).
    """
    found: list[Remark] = []
    if gln and not _good_gln(gln):
        found.append("gln")
    if tax_number and not _good_tax_number(country, tax_number):
        found.append("tax_number")
    return tuple(found)


def _good_gln(text: str) -> bool:
    from stdnum import ean  # lazy: seldom asked

    return len(text) == 13 and bool(ean.is_valid(text))


def _good_tax_number(country: str, text: str) -> bool:
    from stdnum import get_cc_module  # lazy: seldom asked

    rules = [rule for kind in ("vat", "tin") if (rule := get_cc_module(country.lower(), kind)) is not None]
    return not rules or any(rule.is_valid(text) for rule in rules)
