# SPDX-License-Identifier: Apache-2.0
"""Figures on paper, alike in all languages since a paper may be in two; and what a reading has to be."""

from __future__ import annotations

from decimal import Decimal

from qcdesk.i18n import Catalogue


def decimal(value: Decimal | None) -> str:
    """Return a measured figure as it stands, never in scientific notation; nothing is an en dash."""
    return "–" if value is None else f"{value:f}".replace("-", "\u2212")


def number(value: int) -> str:
    """Return a whole number with its thousands set apart by a narrow space (ISO 80000-1), alike in all languages.

    A paper may be in two, and says its data once.
    """
    return f"{value:,}".replace(",", "\u202f")


def limits(
    lower: Decimal | None, upper: Decimal | None, nominal: Decimal | None, unit: str, words: Catalogue
) -> str:
    """Return what a reading has to be, with the nominal where there is one."""
    say = words.say
    if lower is not None and upper is not None:
        told = say("{lower} – {upper} {unit}", lower=decimal(lower), upper=decimal(upper), unit=unit)
    elif lower is not None:
        told = say("≥ {lower} {unit}", lower=decimal(lower), unit=unit)
    elif upper is not None:
        told = say("≤ {upper} {unit}", upper=decimal(upper), unit=unit)
    else:
        return "–"
    if nominal is None:
        return told
    return say("{limits}, nominal {nominal}", limits=told, nominal=decimal(nominal))
