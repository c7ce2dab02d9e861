# SPDX-License-Identifier: Apache-2.0
"""How suppliers stand, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from qcdesk.domain.events import Contact, SupplierPaper, SupplierSaved
from qcdesk.domain.suppliers import SupplierStanding
from qcdesk.i18n import LANGUAGE_NAMES, Catalogue, mark
from qcdesk.services.business_numbers import remarks
from qcdesk.services.lapsing_papers import SOON_DAYS, LapsingPaper
from qcdesk.services.rows import SameRow
from qcdesk.wording.ages import on_day
from qcdesk.wording.spelling import day, in_a_row

SUPPLIER_STATUSES: Final = {
    "approved": mark("approved"),
    "conditional": mark("conditional"),
    "blocked": mark("blocked"),
}
SUPPLIER_WORDS: Final = {
    "approved": mark("Approved"),
    "conditional": mark("Conditional"),
    "blocked": mark("Blocked"),
}
"""The same as the word of a state."""
WHAT_STATUS_DOES: Final = {
    "approved": mark("Its batches are inspected and released as any other."),
    "conditional": mark("Its batches are inspected and released; the condition stands beside its name."),
    "blocked": mark("None of its batches is released until two releasers let it deliver again."),
}


_REMARKS: Final = {
    "gln": mark("its check digit is wrong, or it has not 13 digits"),
    "tax_number": mark("not as this country forms them"),
}


def facts(one: SupplierSaved, today: date, words: Catalogue) -> list[tuple[str, str]]:
    """Return what a record says of numbers, products, contacts and certificates, each with its name; empty ones too."""
    say, odd = words.say, remarks(one.country, one.tax_number, one.gln)

    def number(code: str, text: str) -> str:
        return say("{number} ({remark})", number=text, remark=say(_REMARKS[code])) if code in odd else text

    return [
        (say("Tax number"), number("tax_number", one.tax_number)),
        (say("GLN"), number("gln", one.gln)),
        (say("Products supplied"), in_a_row(one.products, words) if one.products else ""),
        (say("Contacts"), "\n".join(contact(each, words) for each in one.contacts)),
        (say("Certificates"), "\n".join(paper(each, today, words) for each in one.papers)),
    ]


def odd_lines(one: SupplierSaved, alike: Sequence[SupplierSaved], words: Catalogue) -> list[str]:
    """Return what is odd about a record that was saved, a line each: numbers, and others that could be the same one."""
    named = {
        "gln": (words.say("GLN"), one.gln),
        "tax_number": (words.say("Tax number"), one.tax_number),
    }
    lines = []
    for code in remarks(one.country, one.tax_number, one.gln):
        name, number = named[code]
        remark = words.say(_REMARKS[code])
        lines.append(words.say("{name} {number}: {remark}.", name=name, number=number, remark=remark))
    for other in alike:
        lines.append(words.say("{code} {name} could be the same supplier.", code=other.code, name=other.name))
    return lines


def contact(one: Contact, words: Catalogue) -> str:
    """Return somebody to write to, in a line."""
    language = LANGUAGE_NAMES.get(one.language, one.language)
    line = one.name
    for part in (one.role, language, one.email, one.phone):
        if part:
            line = words.say("{before} · {part}", before=line, part=part)
    return line


def paper(one: SupplierPaper, today: date, words: Catalogue) -> str:
    """Return a certificate in a line, with until when it is good."""
    line = one.kind
    for part in (one.number, one.issuer):
        if part:
            line = words.say("{before} · {part}", before=line, part=part)
    if one.until is None:
        return line
    if one.until < today:
        return words.say("{paper}, lapsed on {day}", paper=line, day=day(one.until, words))
    if (one.until - today).days <= SOON_DAYS:
        return words.say("{paper}, lapses on {day}", paper=line, day=day(one.until, words))
    return words.say("{paper}, good until {day}", paper=line, day=day(one.until, words))


def standing_line(standing: SupplierStanding, words: Catalogue) -> str:
    """Return how a supplier stands, since when, by whom and why, in a line."""
    status = words.say(SUPPLIER_WORDS[standing.status])
    if not standing.seq:
        return words.say("{status}. Nobody has said otherwise.", status=status)
    return words.say("{status} since {moment}, by {names}: {reason}.", status=status, moment=on_day(standing.at, words),
                     names=in_a_row(standing.by, words), reason=standing.reason.rstrip(" ."))  # fmt: skip


def same_lines(same: Sequence[SameRow], words: Catalogue) -> list[str]:
    """Return who is the same as whom, since when, by whom and why, a line for each."""
    return [
        words.say("{one} is the same as {other}, since {moment}, by {names}: {reason}.", one=each.name,
                  other=each.root_name, moment=on_day(each.merge.at, words), names=in_a_row(each.merge.by, words),
                  reason=each.merge.reason.rstrip(" ."))
        for each in same
    ]  # fmt: skip


def held_back(blocked: Sequence[str], words: Catalogue) -> str:
    """Return that goods are held back by a block of whoever is the same; empty: by none."""
    if not blocked:
        return ""
    names = in_a_row(blocked, words)
    return words.say("Nothing of it is released: it is the same as {names}, which is blocked.", names=names)


def registered_blocked(supplier: str, words: Catalogue) -> str:
    """Return what goods of a blocked supplier wait for, whose being there is put down all the same."""
    return words.say(
        "{supplier} is blocked: its goods are registered, and none is released until two let it deliver again.",
        supplier=supplier,
    )


def lapse(one: LapsingPaper, today: date, words: Catalogue) -> str:
    """Return that a certificate of a supplier lapses, or has lapsed."""
    named = {"paper": one.paper.kind, "supplier": one.supplier.name, "day": day(one.until, words, today)}
    if one.until < today:
        return words.say("{paper} of {supplier} lapsed on {day}.", **named)
    return words.say("{paper} of {supplier} lapses on {day}.", **named)
