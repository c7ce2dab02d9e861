# SPDX-License-Identifier: Apache-2.0
"""What is printed of which batches, and where it goes; a line of the list, and what came of each paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import Refusal
from qcdesk.i18n import mark
from qcdesk.services.rows import BatchListRow
from qcdesk.services.trouble import Trouble

Wrong = Refusal | BadInput | Trouble
Kind = Literal["certificate", "analysis", "inspection", "labels"]
Where = Literal["folder", "mails", "send", "printer"]
KINDS: Final[dict[Kind, str]] = {
    "certificate": mark("Certificate of conformity"),
    "analysis": mark("Certificate of analysis"),
    "inspection": mark("Inspection report"),
    "labels": mark("Labels"),
}
WHERE: Final[dict[Where, str]] = {
    "folder": mark("Into a folder"),
    "mails": mark("As mails into a folder"),
    "send": mark("By mail"),
    "printer": mark("To a printer"),
}
PRINTER: Final = "printer_"
"""Before a kind: under which name its last printer is remembered."""
CERTIFIED: Final = ("certificate", "analysis")
"""Kinds that are printed under a certificate's number, each print on record."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for. ``language``: empty, that of the window; ``folder``: where files go; ``printers``: by kind.

    ``to``: the address that mails are sent to, ``mail_language`` theirs.
    """

    kinds: tuple[Kind, ...]
    where: Where
    stock: str
    copies: int = 1
    language: str = ""
    second: str = ""
    folder: str = ""
    printers: tuple[tuple[Kind, str], ...] = ()
    to: str = ""
    mail_language: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """One paper: of which batch, and which kind."""

    row: BatchListRow
    kind: Kind


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a paper: why there is none, or its bytes where it is yet to be printed or sent.

    ``kept``: it is on record.
    """

    pair: Pair
    wrong: Wrong | None = None
    pdf: bytes = b""
    title: str = ""
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A batch in the list, whether it is taken, and what came of its papers. ``fine``: None, nothing yet; ``why`` not."""

    row: BatchListRow
    taken: bool = True
    told: str = ""
    fine: bool | None = None
    why: str = ""
