# SPDX-License-Identifier: Apache-2.0
"""The sheets of one batch: what each act says, what it asks, and the use case it ends in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

from qcdesk.domain.batches import HOLD_KINDS
from qcdesk.domain.events import ComplaintTaken
from qcdesk.domain.numbers import parse_quantity
from qcdesk.domain.refusals import NobodyLeft
from qcdesk.domain.splitting import WAYS, suggest
from qcdesk.gui.asking import Answers, Asking, Question, WhoNow, rows_of
from qcdesk.gui.given_files import read_given
from qcdesk.gui.problems import Told
from qcdesk.gui.screens.batch.parts import Goods, parts_asked, wished
from qcdesk.i18n import Catalogue
from qcdesk.services.concessions import Wish
from qcdesk.services.letters import ATTACHMENT_BYTES
from qcdesk.services.ports import Hand
from qcdesk.services.rows import BatchPage, CheckHeadRow, PersonRow
from qcdesk.services.use_cases import UseCases
from qcdesk.wording import spelling, states
from qcdesk.wording.named_lots import named

CONCESSION_DAYS = 30
"""How long a concession is offered to hold."""
Work = Callable[[Answers, tuple[Hand, ...]], object]


@dataclass(frozen=True)
class Act:
    """A sheet, what it does, and the line that says it is done."""

    asking: Asking
    work: Work
    told: str


@dataclass(frozen=True)
class Foreseen:
    """What ``work`` brings instead of a fact: nothing was done, as nobody may be left; ``go_on``: by two."""

    cause: NobodyLeft
    go_on: Callable[[Hand], object]


class BatchSheets:
    """Makes the sheet of an act on a batch."""

    def __init__(self, use: UseCases, words: Catalogue, who: WhoNow) -> None:
        self._use, self._words, self._who = use, words, who

    def recalled(self, page: BatchPage, lot: int) -> Act:
        """Return the sheet by which somebody says that the batch is a lot that a report names: a complaint about it."""
        say, use, who, said = self._words.say, self._use, self._who(), page.named[lot]
        taken = ComplaintTaken(
            0, said.source, "", "en", "written", named(said, self._words), use.clock.today(), who.person
        )
        return Act(
            Asking(
                say("{number} is the lot of the report", number=page.header.number),
                say(
                    "The report of {source} is taken as a complaint about this batch, and you see to it: {report}",
                    source=said.source,
                    report=taken.words,
                ),
                say("Take it as a complaint"),
                secret=False,
            ),
            lambda _a, _h: use.care.take_complaint(who.sitting, taken, (page.batch,)),
            say("The report is taken as a complaint about this batch."),
        )

    def of(self, act: str, page: BatchPage, people: Sequence[PersonRow]) -> Act | None:
        """Return the sheet of an act; None for what has none, or is about a check that is not there."""
        if act == "reworked":
            return self._reworked(page, people)
        sheets: dict[str, Callable[[BatchPage], Act | None]] = {
            "stop": self._stop,
            "hold": self._stop,
            "lift": self._lift,
            "dispose": self._dispose,
            "rework": self._dispose,
            "dispose_goods": self._dispose_goods,
            "split": self._split,
            "place": self._place,
            "ship": self._ship,
            "ship_unreleased": self._left,
            "release": self._release,
            "withdraw": self._withdraw,
            "cancel": self._cancel,
            "give_up": self._give_up,
            "reject_after_all": self._reject,
            "again": self._again,
            "order_round": self._order,
            "reopen_round": self._reopen,
            "ask_concession": self._ask_concession,
            "approve_concession": self._approve_concession,
            "refuse_concession": self._refuse_concession,
            "retract": self._retract,
            "set_aside": self._set_aside,
        }
        return sheets[act](page) if act in sheets else None

    def knowing(self, foreseen: Foreseen, warned: Told, told: str) -> Act:
        """Return the sheet on which two go on although nobody may be left."""
        say = self._words.say
        asking = Asking(
            say("Before you put this down"),
            warned.fact,
            say("Go on anyway"),
            note=warned.way,
            other=True,
            stops=True,
        )
        return Act(asking, lambda _a, h: foreseen.go_on(h[1]), told)

    def _reason(self) -> Question:
        return Question("reason", self._words.say("Reason"), "text")

    def _with_reason(
        self,
        asking: Asking,
        work: Callable[[str, tuple[Hand, ...]], object],
        told: str,
    ) -> Act:
        """Return the sheet of an act that takes a reason, after whatever else it asks; ``work`` gets it and the hands."""
        whole = replace(asking, questions=(*asking.questions, self._reason()))
        return Act(whole, lambda a, h: work(a["reason"], h), told)

    def _check_of(self, page: BatchPage, state: Literal["open", "signed"]) -> CheckHeadRow | None:
        """Return the check that an act is about: one's own in this state, or the last one there is."""
        checks = page.rounds[-1].checks if page.rounds else ()
        fitting = [c for c in checks if c.state == state]
        mine = [c for c in fitting if c.person == self._who().person]
        found = mine or fitting
        return found[-1] if found else None

    def _stop(self, page: BatchPage) -> Act:
        say, use, batch, sitting = self._words.say, self._use, page.batch, self._who().sitting
        number = page.header.number
        kinds = tuple((kind, say(states.HOLD_KIND_WORDS[kind])) for kind in HOLD_KINDS)
        return Act(
            Asking(
                say("Stop batch {number}", number=number),
                say("Nothing of it is released or shipped until two releasers lift the stop."),
                say("Stop this batch"),
                (Question("kind", say("What kind of reason?"), "choice", kinds, "other"), self._reason()),
                note=say("The second person sees the kind, not your words, until both have signed."),
                secret=False,
                stops=True,
            ),
            lambda a, _h: use.stop_batch(sitting, batch, a["kind"], a["reason"]),
            say("Batch {number} is stopped.", number=number),
        )

    def _lift(self, page: BatchPage) -> Act:
        say, use, batch = self._words.say, self._use, page.batch
        number = page.header.number
        return self._with_reason(
            Asking(
                say("Lift the stop of {number}", number=number),
                say("We end the stop of this batch, and nothing else."),
                say("Lift the stop"),
                note=""
                if page.lifts == page.shown.hold
                else say("The stop of a check that was taken back ends first; the other one stays."),
                other=True,
            ),
            lambda why, h: use.lift_hold(h[0], h[1], batch, why, hold=page.lifts),
            say("The stop is lifted."),
        )

    def _dispose(self, page: BatchPage) -> Act:
        say, use, batch = self._words.say, self._use, page.batch
        number = page.header.number
        unit, ways = page.header.unit, ("rework", "repair")
        kinds = tuple((one, say(states.DISPOSITIONS[one])) for one in ways)
        asking = Asking(
            say("Send {number} to rework or repair", number=number),
            say("All {n} {unit} go there. One asks, the other confirms.", n=page.header.quantity, unit=unit),
            say("Sign it together"),
            (Question("kind", say("What becomes of it?"), "choice", kinds, "rework"), self._reason()),
            note=say("Rework makes it what was asked for. Repair makes it fit for use, and what was asked for"
                     " it may still not be."),
            other=True,
        )  # fmt: skip
        return Act(
            asking,
            lambda a, h: use.dispose_batch(h[0], h[1], batch, a["kind"], a["reason"], seen=page.shown),
            say("{number} is sent to rework or repair.", number=number),
        )

    def _dispose_goods(self, page: BatchPage) -> Act:
        say, use, batch = self._words.say, self._use, page.batch
        number = page.header.number
        again = not page.shipped and page.state != "registered" and not page.waits_for_rework
        ways = ("sort", "regrade", "return", "scrap") if again else ("return", "scrap")
        which = say("Which grade, and what for, where it is regraded")
        grade = (Question("terms", which, optional=True, only=("kind", "regrade")),)
        kinds = tuple(
            (one, say(states.DISPOSITIONS[one])) for one in ways if one != "return" or page.supplier
        )
        asking = Asking(
            say("What becomes of {number}", number=number),
            say("All {n} {unit} go the same way. One asks, the other confirms.",
                n=page.here, unit=page.header.unit),
            say("Sign it together"),
            (Question("kind", say("What becomes of it?"), "choice", kinds, kinds[0][0]),
             *(grade if again else ()), self._reason()),
            note=say("What is sorted or regraded is inspected anew, tightened. What goes back or to scrap never returns.")
            if again
            else say("What goes back or to scrap never returns. To sort or regrade what is left, split it off.")
            if page.shipped
            else say("What goes back or to scrap never returns."),
            other=True,
        )  # fmt: skip
        return Act(
            asking,
            lambda a, h: use.dispose_batch(
                h[0], h[1], batch, a["kind"], a["reason"], terms=a.get("terms", ""), seen=page.shown
            ),
            say("It is settled what becomes of {number}.", number=number),
        )

    def _split(self, page: BatchPage) -> Act:
        """Return the sheet of a split: how many units go each way, what stays, and where claimed criticals are."""
        say, use, batch, unit = self._words.say, self._use, page.batch, page.header.unit
        number, conceded = page.header.number, page.state == "released_under_concession"
        keeps = conceded or page.state == "rejected"
        ways = tuple(
            way
            for way in WAYS
            if (way != "return" or page.supplier) and (way != "inspect" or (not page.rounds and not keeps))
        )
        first = suggest(number, (part.number for part in page.parts), 1)[0]
        left = page.released - page.shipped if conceded else 0
        asked = parts_asked(
            ways, Goods(page.here, unit, page.critical, page.shipped, left), self._words, keeps=keeps
        )
        asking = Asking(
            say("Split {number}", number=number),
            say("{n} {unit} are here. Say how many go each way; together they are all.", n=page.here, unit=unit),
            say("Sign it together"),
            (Question("parts", say("Parts"), "rows", rows=asked), self._reason()),
            note=say("Each part becomes a batch of its own, numbered {first} and on, with all that is known of this one.",
                     first=first),
            other=True,
        )  # fmt: skip
        return Act(
            asking,
            lambda a, h: use.split_batch(
                h[0], h[1], batch, *wished(rows_of(a["parts"])), a["reason"], seen=page.shown
            ),
            say("{number} is split; each part has its own page.", number=number),
        )

    def _place(self, page: BatchPage) -> Act:
        say, use, batch, sitting = self._words.say, self._use, page.batch, self._who().sitting
        number = page.header.number
        return Act(
            Asking(
                say("Where {number} stands", number=number),
                say("It shows on the board, so that held goods are found and not taken for good ones."),
                say("Keep the place"),
                (Question("stands", say("Where it stands"), value=page.stands),),
                note=say("Everybody reads it: a place, and nothing of what was found."),
                secret=False,
            ),
            lambda a, _h: use.place_batch(sitting, batch, a["stands"]),
            say("The place of {number} is kept.", number=number),
        )

    def _reworked(self, page: BatchPage, people: Sequence[PersonRow]) -> Act:
        say, use, batch, sitting = self._words.say, self._use, page.batch, self._who().sitting
        number = page.header.number
        choices = tuple((row.person.id, row.person.name) for row in people)

        def work(a: Answers, _h: tuple[Hand, ...]) -> object:
            by, note = tuple(a["by"].split(",")), a["note"]
            try:
                return use.record_rework(sitting, batch, by, note)
            except NobodyLeft as cause:
                return Foreseen(
                    cause, lambda h: use.record_rework(sitting, batch, by, note, knowing=True, other=h)
                )

        if page.ordered == "repair":
            return Act(
                Asking(
                    say("Record the repair of {number}", number=number),
                    say("Whoever repaired it makes no independent check of it any more."),
                    say("Record the repair"),
                    (
                        Question("by", say("Who repaired it?"), "people", choices),
                        Question("note", say("Note"), "text", optional=True),
                    ),
                    note=say("The batch then waits for a new round, with tightened inspection."),
                    secret=False,
                ),
                work,
                say("The repair is recorded; a new round can begin."),
            )
        return Act(
            Asking(
                say("Record the rework of {number}", number=number),
                say("Whoever reworked it makes no independent check of it any more."),
                say("Record the rework"),
                (
                    Question("by", say("Who reworked it?"), "people", choices),
                    Question("note", say("Note"), "text", optional=True),
                ),
                note=say("The batch then waits for a new round, with tightened inspection."),
                secret=False,
            ),
            work,
            say("Rework is recorded; a new round can begin."),
        )

    def _ship(self, page: BatchPage) -> Act:
        say, use, batch, sitting = self._words.say, self._use, page.batch, self._who().sitting
        number = page.header.number
        unit = page.header.unit
        left = page.released - page.shipped
        return Act(
            Asking(
                say("Record a shipment of {number}", number=number),
                self._words.say("{n} {unit} are released and still here.", n=left, unit=unit),
                say("Record the shipment"),
                (
                    Question("quantity", say("Quantity"), value=str(left)),
                    Question("to", say("To whom")),
                    Question("on", say("Day"), "day", value=use.clock.today().isoformat()),
                    Question("document", say("Delivery note"), optional=True),
                ),
                secret=False,
            ),
            lambda a, _h: use.ship_batch(
                sitting,
                batch,
                parse_quantity(a["quantity"], where={"field": "quantity"}),
                a["to"],
                date.fromisoformat(a["on"]),
                a["document"],
            ),
            say("The shipment is recorded."),
        )

    def _release(self, page: BatchPage) -> Act:
        say, use, batch = self._words.say, self._use, page.batch
        number, standing = page.header.number, page.rounds[-1].round
        unit = page.header.unit
        return Act(
            Asking(
                say("Release {number}", number=number),
                say("I release {n} {unit} of batch {number}. Both checks and their comparison are under "
                    "my signature.", n=page.header.quantity, unit=unit, number=number),
                say("Release {n} {unit}", n=page.header.quantity, unit=unit),
            ),
            lambda _a, h: use.release_batch(h[0], batch, seen=(standing, page.header.quantity)),
            say("Released: {n} {unit}.", n=page.header.quantity, unit=unit),
        )  # fmt: skip

    def _ask_concession(self, page: BatchPage) -> Act:
        say, use, batch, unit = self._words.say, self._use, page.batch, page.header.unit
        number, until = page.header.number, use.clock.today() + timedelta(days=CONCESSION_DAYS)
        return Act(
            Asking(
                say("Ask for a concession for {number}", number=number),
                say(
                    "I ask that rejected goods be used as they are. Two others approve it, neither of them me."
                ),
                say("Ask for the concession"),
                (
                    Question("quantity", say("How many {unit}?", unit=unit), value=str(page.here)),
                    Question("until", say("Last day on which they leave"), "day", value=until.isoformat()),
                    Question("deviation", say("How they deviate, and why they can be used"), "text"),
                    Question("reference", say("The customer's reference")),
                    Question("use", say("Customer or use"), optional=True),
                    Question(
                        "codes",
                        say("Defect codes"),
                        optional=True,
                        hint=say("With commas between; none: all that were found."),
                    ),
                    Question(
                        "consent",
                        say("The customer's signed consent"),
                        "file",
                        value=say(
                            "Documents and pictures (*.pdf *.png *.jpg *.jpeg *.eml *.docx);;All files (*)"
                        ),
                        optional=True,
                        hint=say("Needed where nobody else is left to approve. The file is kept."),
                    ),
                ),
                note=say("Whoever asks or approves makes no independent check of these goods any more."),
            ),
            lambda a, h: use.request_concession(
                h[0],
                batch,
                Wish(
                    parse_quantity(a["quantity"], where={"field": "quantity"}),
                    date.fromisoformat(a["until"]),
                    a["deviation"],
                    a["reference"],
                    tuple(a["codes"].split(",")),
                    a["use"],
                    use.files.keep_file(read_given(a["consent"], ATTACHMENT_BYTES)) if a["consent"] else None,
                    Path(a["consent"]).name,
                ),
            ),
            say("The concession is asked for. Two others approve it."),
        )

    def _approve_concession(self, page: BatchPage) -> Act:
        say, use, batch, number = self._words.say, self._use, page.batch, page.header.number
        with use.look() as uow:
            found = uow.concession(batch)
            asked = found.asked if found is not None else None
        told = say("We release batch {number} under the concession.", number=number)
        if asked is not None and found is not None:
            told = say(
                "We release {n} {unit} of batch {number} as they are, until {day}: {deviation} ({codes}). Reference:"
                " {reference}.",
                n=asked.quantity, unit=page.header.unit, number=number, day=spelling.day(asked.until, self._words),
                deviation=asked.deviation, codes=", ".join(asked.codes), reference=asked.reference,
            )  # fmt: skip
        if asked is not None and asked.consent is not None:
            told += " " + say(
                "The customer's signed consent is kept as {digest}.", digest=spelling.digest(asked.consent)
            )
        return Act(
            Asking(
                say("Release {number} under concession", number=number),
                told,
                say("Release under concession"),
                note=say(
                    "One of the two has neither checked nor made the goods, or the customer has consented."
                ),
                other=True,
                but=(found.person,) if found is not None else (),
            ),
            lambda _a, h: use.approve_concession(h[0], h[1], batch, seen=page.shown),
            say("Released under concession."),
        )

    def _refuse_concession(self, page: BatchPage) -> Act:
        say, use, batch = self._words.say, self._use, page.batch
        return self._with_reason(
            Asking(
                say("Refuse the concession for {number}", number=page.header.number),
                say("I refuse it. The batch stays rejected."),
                say("Refuse the concession"),
                stops=True,
            ),
            lambda why, h: use.refuse_concession(h[0], batch, why),
            say("The concession is refused."),
        )

    def _withdraw(self, page: BatchPage) -> Act:
        say, use, batch = self._words.say, self._use, page.batch
        number = page.header.number
        return self._with_reason(
            Asking(
                say("Withdraw the release of {number}", number=number),
                say("I take the release back. What has left already stays listed."),
                say("Withdraw the release"),
                stops=True,
            ),
            lambda why, h: use.withdraw_batch(h[0], batch, why),
            say("The release is withdrawn."),
        )

    def _cancel(self, page: BatchPage) -> Act:
        say, use, batch, sitting = self._words.say, self._use, page.batch, self._who().sitting
        number = page.header.number
        return self._with_reason(
            Asking(
                say("Cancel batch {number}", number=number),
                say("It was registered by mistake. It stays in the history."),
                say("Cancel the batch"),
                secret=False,
            ),
            lambda why, _h: use.cancel_batch(sitting, batch, why),
            say("The batch is cancelled."),
        )

    def _give_up(self, page: BatchPage) -> Act:
        say, use, batch, sitting = self._words.say, self._use, page.batch, self._who().sitting
        return self._with_reason(
            Asking(
                say("Give up the second place"),
                say("You will not be the second person of this round. The first check then opens to you."),
                say("Give up my place"),
                note=say("This cannot be taken back."),
                secret=False,
            ),
            lambda why, _h: use.give_up_place(sitting, batch, why),
            say("You gave up the second place."),
        )

    def _reject(self, page: BatchPage) -> Act:
        say, use, batch = self._words.say, self._use, page.batch
        number = page.header.number
        return self._with_reason(
            Asking(
                say("Reject {number} after all", number=number),
                say("I reject this batch. One of the two is enough for that."),
                say("Reject the batch"),
                stops=True,
            ),
            lambda why, h: use.reject_after_all(h[0], batch, why),
            say("Rejected."),
        )

    def _again(self, page: BatchPage) -> Act:
        say, use, batch = self._words.say, self._use, page.batch
        number = page.header.number
        return self._with_reason(
            Asking(
                say("Do {number} again on a fresh sample", number=number),
                say("We both inspect again, on a fresh sample. Once per batch."),
                say("Do it again"),
                other=True,
            ),
            lambda why, h: use.do_again(h[0], h[1], batch, why, seen=page.shown),
            say("A new round can begin."),
        )

    def _retract(self, page: BatchPage) -> Act | None:
        mine = self._check_of(page, "signed")
        if mine is None:
            return None
        say, use = self._words.say, self._use
        return self._with_reason(
            Asking(
                say("Take back your signed check"),
                say("I take my check back. It stays readable, with my reason, and is made again."),
                say("Take my check back"),
                stops=True,
            ),
            lambda why, h: use.retract_check(h[0], mine.check, why),
            say("Your check is taken back."),
        )

    def _set_aside(self, page: BatchPage) -> Act | None:
        mine = self._check_of(page, "open")
        if mine is None:
            return None
        say, use, sitting = self._words.say, self._use, self._who().sitting
        return self._with_reason(
            Asking(
                say("Set a check aside"),
                say("The check of {name} ends without a signature and is made again from the start.",
                    name=mine.person_name),
                say("Set the check aside"),
                note=say("Defects that it found already stay on record."),
                secret=False,
            ),
            lambda why, _h: use.set_aside(sitting, mine.check, why),
            say("The check is set aside."),
        )  # fmt: skip

    def _left(self, page: BatchPage) -> Act:
        say, use, batch, sitting = self._words.say, self._use, page.batch, self._who().sitting
        return Act(
            Asking(
                say("Goods of {number} left without a release", number=page.header.number),
                say("This allows nothing. It puts down what happened, and stays on the owner's page."),
                say("Put it down"),
                (
                    Question("quantity", say("Quantity")),
                    Question("to", say("To whom")),
                    Question("on", say("Day"), "day", value=use.clock.today().isoformat()),
                    Question("document", say("Delivery note"), optional=True),
                    self._reason(),
                ),
                secret=False,
                stops=True,
            ),
            lambda a, _h: use.ship_unreleased(
                sitting,
                batch,
                parse_quantity(a["quantity"], where={"field": "quantity"}),
                a["to"],
                a["reason"],
                date.fromisoformat(a["on"]),
                a["document"],
            ),
            say("It is put down that goods left without a release."),
        )

    def _order(self, page: BatchPage) -> Act:
        say, use, batch = self._words.say, self._use, page.batch
        return self._with_reason(
            Asking(
                say("Order a new round of {number}", number=page.header.number),
                say("I order that both check this batch anew. The check that was taken back stays readable."),
                say("Order the round"),
            ),
            lambda why, h: use.order_round(h[0], batch, why),
            say("A new round can begin."),
        )

    def _reopen(self, page: BatchPage) -> Act:
        say, use, batch, number = self._words.say, self._use, page.batch, page.header.number
        return self._with_reason(
            Asking(
                say("Do {number} afresh in a new round", number=number),
                say("We send batch {number} to a new round: a check of this one was signed with a key in doubt.",
                    number=number),
                say("Order the round"),
                note=say("Whoever signed it may be one of the two, with a new key. A stop stays until two lift it."),
                other=True,
            ),
            lambda why, h: use.reopen_round(h[0], h[1], batch, why, seen=page.shown),
            say("A new round can begin."),
        )  # fmt: skip
