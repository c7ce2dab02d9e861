# SPDX-License-Identifier: Apache-2.0
"""Brings in what was answered where the supplier works: shown first, then saved, or refused in a sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qcdesk.domain.audit_templates import said
from qcdesk.gui.asking import Answers, Ask, Asking, WhoNow
from qcdesk.gui.given_files import read_given
from qcdesk.gui.problems import Problems
from qcdesk.gui.records import Notice
from qcdesk.gui.tasks import Tasks
from qcdesk.i18n import Catalogue
from qcdesk.services import taken_audits
from qcdesk.services.audit_rows import Coming, TakenAudit
from qcdesk.services.ports import Hand
from qcdesk.services.use_cases import UseCases
from qcdesk.wording import audits as wording

MOST_BROUGHT = 12
"""Answers brought back that the sheet writes out; of the others it says how many there are."""


class Bringing:
    """From the list of audits, and from an audit's own page."""

    def __init__(
        self,
        use: UseCases,
        tasks: Tasks,
        words: Catalogue,
        problems: Problems,
        who: WhoNow,
        ask: Ask,
        notice: Notice,
        audit: Callable[[str], None],
    ) -> None:
        self._use, self._tasks, self._words, self._problems = use, tasks, words, problems
        self._who, self._ask, self._notice, self._audit = who, ask, notice, audit

    def bring(self, path: str) -> None:
        """Show what was answered at the supplier's, and bring it in; what was answered here otherwise since stays."""
        sitting = self._who().sitting

        def load() -> tuple[TakenAudit, dict[str, bytes], Coming]:
            taken, photos = taken_audits.from_file(read_given(path, taken_audits.LONGEST))
            return taken, photos, self._use.audits.changes(sitting, taken)

        def show(found: tuple[TakenAudit, dict[str, bytes], Coming]) -> None:
            self._ask_to_bring(*found)

        self._tasks.run(load, show, self._problems.show)

    def _ask_to_bring(self, taken: TakenAudit, photos: dict[str, bytes], coming: Coming) -> None:
        say, count, sitting = self._words.say, self._words.count, self._who().sitting
        collisions = wording.collisions(coming, self._words)
        title = say("Bring back answers of {audit}", audit=taken.name)
        if not coming.new and not collisions:
            self._audit(taken.audit)
            self._notice(wording.came_in(coming, self._words))
            return
        if not coming.new:
            only = Asking(title, "\n".join(self._short(collisions)), say("Go to the audit"), secret=False)
            self._ask(only, lambda *_: None, lambda _: self._audit(taken.audit))
            return
        lines = [
            wording.brought(one.question, one.here, one.there, self._words,
                            named=said(one.question.text, self._words.language))
            for one in coming.new
        ]  # fmt: skip
        shown = [*self._short(collisions), *self._short(lines)]

        def work(_answers: Answers, _hands: tuple[Hand, ...]) -> Coming:
            kept = taken_audits.with_kept(taken, photos, self._use.files.keep_picture)
            return self._use.audits.bring(sitting, kept)

        def done(came: Coming) -> None:
            self._audit(taken.audit)
            self._notice(wording.came_in(came, self._words))

        self._ask(
            Asking(
                title,
                "\n".join(shown),
                say("Bring them back"),
                note=count("{n} photo comes along.", "{n} photos come along.", len(photos)) if photos else "",
                secret=False,
            ),
            work,
            done,
        )

    def _short(self, lines: Sequence[str]) -> list[str]:
        more = len(lines) - MOST_BROUGHT
        told = self._words.count("and {n} more answer", "and {n} more answers", more)
        return [*lines[:MOST_BROUGHT], *([told] if more > 0 else ())]
