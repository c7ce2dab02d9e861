# SPDX-License-Identifier: Apache-2.0
"""What went wrong, sorted: a rule that says no, input that cannot be taken, trouble with the world, or a bug."""

from __future__ import annotations

import logging
import platform
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from qcdesk import __version__
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import Refusal
from qcdesk.i18n import Catalogue
from qcdesk.services.trouble import Trouble

Kind = Literal["refusal", "input", "trouble", "bug"]


@dataclass(frozen=True, slots=True)
class Told:
    """A problem in words: the fact, then who can or what to do."""

    fact: str
    way: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """A way on that is offered beside a refusal: its words, and what opens it. ``go`` is told what to do when settled."""

    words: str
    go: Callable[[Callable[[], None]], None]


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem as a screen shows it. ``report`` is the text to copy for a bug; ``field`` the place of bad input."""

    kind: Kind
    told: Told
    cause: Exception
    field: str = ""
    report: str = ""
    offer: Offer | None = None


Offers = Callable[[Exception], Offer | None]
"""What can be done about a refusal where it is shown."""


class Place(Protocol):
    """Where a person is working: the screen that can show a problem beside what was tried."""

    def show_problem(self, problem: Problem) -> None:
        """Show it; trouble stays until it is solved, a refusal until the next try."""


Teller = Callable[[Exception], Told]
"""Turns a Refusal, BadInput or Trouble into words (``qcdesk.wording``)."""


def bug_report(cause: BaseException) -> str:
    """Return what a developer needs, without what anybody typed: versions and the calls, no values."""
    lines = "".join(traceback.format_tb(cause.__traceback__))
    versions = f"qcdesk {__version__}, Python {platform.python_version()}, {platform.platform()}"
    return f"{versions}\n{type(cause).__name__}\n{lines}"


def sort(cause: Exception, tell: Teller, words: Catalogue) -> Problem:
    """Return the problem that an exception is."""
    if isinstance(cause, Refusal):
        return Problem("refusal", tell(cause), cause)
    if isinstance(cause, BadInput):
        return Problem("input", tell(cause), cause, field=str(cause.where.get("field", "")))
    if isinstance(cause, Trouble):
        return Problem("trouble", tell(cause), cause)
    told = Told(
        words.say("qcdesk made a mistake. What was saved before is safe."),
        words.say("Copy the report for whoever looks after qcdesk, then go on or start it again."),
    )
    return Problem("bug", told, cause, report=bug_report(cause))


class Problems:
    """Shows problems at the place of work: ``failed`` of every task ends here."""

    def __init__(
        self, tell: Teller, words: Catalogue, place: Place, offers: Offers = lambda _cause: None
    ) -> None:
        self._tell = tell
        self._offers = offers
        self._words = words
        self._place = place
        self._log = logging.getLogger(__name__)

    def told(self, cause: Exception) -> Told:
        """Return a refusal in words, for whoever asks about it instead of showing it."""
        return self._tell(cause)

    def show(self, cause: Exception) -> None:
        """Show one problem; a refusal leaves no noise in the log."""
        problem = sort(cause, self._tell, self._words)
        if problem.kind == "trouble":
            self._log.warning("trouble: %s", cause)
        elif problem.kind == "bug":
            self._log.error("bug", exc_info=cause)
        elif problem.kind == "refusal":
            problem = replace(problem, offer=self._offers(cause))
        self._place.show_problem(problem)
