# SPDX-License-Identifier: Apache-2.0
"""The replay's desk: where everything stands, and the questions that many rules ask of it.

Not decidable from the log alone, and so not replayed (each is enforced by the program, or said in the manual):

- which day it was at the workstation: a role, qualification, review or calibration counts as over only when its last day
  has passed everywhere on earth, and where a rule asks that nobody could, as standing only while its last day has
  begun nowhere to be over;
- that a secret was asked for, that a picture shows what it should, that a unit was looked at;
- whether somebody waited with a round until what others signed drew a sample that suits;
- names that look alike beyond capitals, blanks and compatibility forms;
- what a reader saw without an event of it, and what was told by mouth;
- who may write master data beyond holding a role: the design asks for no more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from qcdesk.checker.findings import REMARKS, Finding
from qcdesk.checker.keys import Keys
from qcdesk.checker.lines import GENESIS, Line
from qcdesk.checker.rules.drawn import seed_after
from qcdesk.checker.rules.explaining import wrong_in
from qcdesk.checker.rules.shelf import Shelf
from qcdesk.checker.rules.state import Batch, Certificate, Check, Owed, Person, Round, Version, Wrong

Rule = Callable[["Desk", Line], None]
"""What a kind of event asks for, and what it brings."""

QUALIFIED = ("inspector", "arbiter")
"""Roles whose holders need a procedure's qualification, where it asks for one: who looks at the units. A release is
authorised by its role alone."""
_EPOCH = date(1970, 1, 1)


_HOUR = 3_600_000_000
_MINUTES = 120_000_000
"""By how much a workstation's clock may differ from the log's time and be believed, in microseconds."""


def day_on_earth(moment: int, *, latest: bool = False) -> str:
    """Return the earliest date, or the latest, that any honest calendar can have shown then.

    The one place where the replay asks for a day: time zones lie from twelve hours behind UTC to fourteen ahead, and a
    clock may be two minutes off. Args: moment: microseconds since 1970 UTC.
    """
    hours = (moment + 14 * _HOUR + _MINUTES) if latest else (moment - 12 * _HOUR - _MINUTES)
    return _date(hours // (24 * _HOUR))


@lru_cache(maxsize=4_096)
def _date(days: int) -> str:
    return (_EPOCH + timedelta(days=days)).isoformat()


_NEWEST = ("stops", "together", "reached")
"""Marks of the newest schema: an older program writes no line after one of them."""


class Desk:
    """Everything that the rules look at, and what they found."""

    KNOWS: tuple[str, ...] = ()
    """Names of all of it; whoever adds to a desk puts nothing of that away."""

    def __init__(self) -> None:
        """Begin before the first line."""
        self.keys = Keys()
        self.findings: list[Finding] = []
        self.failed: dict[int, str] = {}
        """Lines that nobody signed: number -> hash."""
        self.meant: dict[int, str] = {}
        """Of these, which batch they speak of, where they do."""
        self.broken: dict[int, Wrong] = {}
        """Lines that somebody signed, and a rule does not allow."""
        self.voided: dict[int, tuple[int, int, str, str]] = {}
        """Those of both that two people have explained: in which line, when, who, and why."""
        self.lost: dict[str, tuple[int, int, str, str]] = {}
        """Hashes of files and records that are gone or damaged, as two have explained: where, when, who, and why."""
        self.doubts: dict[str, int] = {}
        """Key of a person that was put in doubt -> the event from which on."""
        self.opened = False
        self.follows = False
        """Whether a round was opened whose seed follows from the log: from then on every one's does."""
        self.third_releases = False
        self.owed: Owed | None = None
        """What must follow at once: the use of the recovery sheet, the end of a certificate."""
        self.own_keys: dict[str, str] = {}
        """Key of a person, also one that ended -> whose."""
        self.people: dict[str, Person] = {}
        self.sessions: dict[str, str] = {}
        """Sitting -> whose."""
        self.stations: set[str] = set()
        """Ids of workstations that were introduced: each has one key and keeps it."""
        self.tries: dict[str, int] = {}
        """Person -> failed tries in a row."""
        self.locks: dict[str, int] = {}
        """Person -> number of the lock that stands."""
        self.badges: dict[str, str] = {}
        """Badge that was not stopped -> whose."""
        self.products: dict[str, tuple[str, str, str, str, str]] = {}
        """Id -> code, revision, family, name, the word for one piece."""
        self.suppliers: dict[str, tuple[str, str, str]] = {}
        """Id -> code, name, and country."""
        self.supplier_statuses: dict[str, tuple[str, int]] = {}
        """Supplier -> how it stands, and which line said so."""
        self.same_as: dict[str, str] = {}
        """Supplier -> the one that it is the same as."""
        self.merged_since: dict[str, int] = {}
        """The same supplier -> since which line its lots count for the other one."""
        self.first_merged: dict[str, int] = {}
        """Two suppliers that ever were the same -> which line said so first."""
        self.merged_by: dict[str, int] = {}
        """The same supplier -> which line said so."""
        self.supplied: dict[str, str] = {}
        """Suppliers from whom a batch was registered, with the last one: name and country take two from then on."""
        self.families: dict[str, str] = {}
        """Product, and code of products, of which a batch was ever registered -> the family that stays."""
        self.codes: dict[str, set[str]] = {}
        """Code of a defect -> every class under which the catalogue or a procedure ever listed it."""
        self.instruments: dict[str, tuple[str | None, bool, str]] = {}
        """Number -> good until, whether blocked, and its kind."""
        self.gauges: dict[str, str] = {}
        """Id of an instrument -> its number."""
        self.relied_on: set[str] = set()
        """Instruments that ever had a calibration or were blocked: letting them measure longer or again takes two."""
        self.kept: dict[str, int] = {}
        """Kind and id of what is kept once for all batches -> the line that wrote it last."""
        self.says_over = False
        """Whether what is kept says over which line it was written; older logs do not."""
        self.versions: dict[str, dict[int, Version]] = {}
        self.says_seen = False
        """Whether batches say since a line which record of theirs was read, and numbers stay with them."""
        self.believes = False
        """Whether of other lots only some lines were read, so that what was said of severities last is believed."""
        self.actions: dict[str, dict[str, Any]] = {}
        """Corrective actions by id: of whom, about what, whether closed, and their promises with the lots counted."""
        self.last_action = 0
        self.stops: dict[int, dict[str, Any]] = {}
        """Stops of defects that came again, by the number of their line."""
        self.marks: set[str] = set()
        """Marks that a line bore, by which it counts as newer programs say."""
        self.lots: dict[str, list[list[Any]]] = {}
        """Supplier -> the lots that are its now, in the order in which they were registered: line, and id."""
        self.repeats_due: list[list[Any]] = []
        """What must be said at once of what came again: action, lot, supplier, product, code, class."""
        self.unproved_due: list[list[Any]] = []
        """What must be said at once of what is not proved any more: action, its promises, the report that says so."""
        self.severities: dict[tuple[str, str, str, str], dict[str, Any]] = {}
        """Supplier, code of product and procedure, and class -> how strictly it is inspected next, and why."""
        self.audit_templates: dict[str, dict[int, Any]] = {}
        """Code of an audit template -> version -> what ``rules.audits`` holds of it."""
        self.audits: dict[str, Any] = {}
        self.batches = Shelf()
        self.budgets: dict[str, list[int]] = {}
        """Supplier -> how much of the units received may be conceded: hundredths of a percent, and of how many months."""
        self.received: dict[str, dict[str, int]] = {}
        """Supplier -> day (since 1970, as text) -> units registered and not cancelled."""
        self.coming_in: dict[str, set[str]] = {}
        """Supplier -> batches registered of which no check was begun: they may turn out never to have come."""
        self.says_arrived = False
        """Whether budgets count only what has arrived; before, whatever was registered was counted."""
        self.judged_units: dict[str, dict[str, int]] = {}
        """Supplier -> day of registration -> units of lots with a verdict of two that stands, on them or on a part."""
        self.says_judged = False
        """Whether budgets count only those; before, it was enough that somebody began to inspect."""
        self.conceded: dict[str, dict[str, int]] = {}
        """Supplier -> day -> units released under concession."""
        self.certificates: dict[int, Certificate] = {}
        self.prints: dict[str, int] = {}
        """A paper (what it is and in which state, about what) -> how often it left; a print of a certificate -> once."""
        self.nonconformities: dict[int, dict[str, Any]] = {}
        """Number of a nonconformity -> of which batch, whose, who opened it last, and whether it is closed."""
        self.call_backs: dict[int, int | None] = {}
        """Number of a complaint -> the time for which a call is promised that was not made yet."""
        self.complaints: dict[int, str] = {}
        """Number of a complaint -> whose it is; empty once it is closed."""
        self.says_bound = False
        """Whether owners bind complaints, and nothing is acknowledged or judged twice; in older logs they did not."""
        self.confirmed: set[int] = set()
        """Numbers of complaints that a customer acknowledged."""
        self.judged: dict[int, list[Any]] = {}
        """Number of a complaint -> what was said of it last: escape or not, about what, and why."""
        self.escaped: dict[int, str] = {}
        """Number of a complaint that was judged an escape -> what it is about."""
        self.complained: dict[int, set[str]] = {}
        """Number of a complaint -> the batches that it is about."""
        self.ids: set[str] = set()
        self.taken: dict[str, dict[str, str]] = {
            "login": {},
            "staff": {},
            "supplier": {},
            "product": {},
            "batch": {},
        }
        """Logins, staff numbers, codes and numbers, each with whose it is."""
        self.last: tuple[int, str, str] = (0, "", "")
        """Number, kind and round of the last line taken: a comparison follows its signature at once."""
        self.coming: dict[str, Any] = {}
        """The line that is being taken; what it does to the next seed and sample counts from the next one on."""
        self.runs: list[list[Any]] = [["", 0, GENESIS.hex()], ["", 0, GENESIS.hex()]]
        """The last line of whoever signed last, and the last one of anybody else: who, number, hash. What workstations
        sign is nobody's."""
        self.rounds_run = 0
        """How many rounds were opened since the second of them."""
        self.found_before = 0
        """How many findings there were before the line that is being taken."""

    # What the next sample follows from -------------------------------------------------------------------------

    def come_by(self, line: Line) -> None:
        """Take notice of a line before it is taken, good or not: the program that goes on from it does not tell."""
        before, body = self.coming, line.body
        if before and before["by"] is not None:
            last, other = self.runs
            if before["by"] != last[0]:
                other, self.rounds_run = last, 0
            self.runs = [[before["by"], before["seq"], before["hash"]], other]
            self.rounds_run += before["opened"]
        batch = self.batches.get(before["batch"]) if before and before["opened"] else None
        if batch is not None:
            batch.looked = sorted({*batch.looked, *before["units"]})
        opened = line.type == "round.opened"
        lists = [body.get(name) for name in ("sample", "fresh")] if opened else []
        units = [u for one in lists if type(one) is list for u in one if type(u) is int]
        self.coming = {"by": line.by, "seq": line.seq, "hash": line.hash, "opened": int(opened),
                       "batch": str(body.get("batch")) if opened else "", "units": units}  # fmt: skip

    def seed_of(self, line: Line) -> tuple[int, str]:
        """Return the number of the event from which the seed of a round opened here follows, and that seed."""
        last, other = self.runs
        rounds = self.rounds_run
        if line.by != last[0]:
            other, rounds = last, 0
        return other[1], seed_after(line.vault, other[2], rounds)

    # Findings --------------------------------------------------------------------------------------------------

    def find(self, line: Line, code: str, /, **facts: object) -> None:
        """Note what a line does that the rules do not allow."""
        batch = line.body.get("batch")
        number = self.number(batch) if type(batch) is str else None
        self.findings.append(Finding.of(line.seq, code, number, **facts))

    def require(self, holds: bool, line: Line, code: str, /, **facts: object) -> bool:
        """Note it unless it holds; tell whether it does."""
        if not holds:
            self.find(line, code, **facts)
        return holds

    def marked(self, line: Line, name: str, *, said: bool | None = None) -> bool:
        """Tell whether a line counts as newer programs say: since one bore the mark, none leaves it out.

        Args: said: whether it bears it; None: where it says so of itself.
        """
        if line.body.get(name, False) if said is None else said:
            self.marks.add(name)
            return True
        self.require(not self.newly(name), line, "rule_mark_missing", mark=name)
        return name in self.marks

    def newly(self, name: str) -> bool:
        """Tell whether a line leaves out no mark any more: some line bore it, or one that no older program knows."""
        return name in self.marks or not self.marks.isdisjoint(_NEWEST)

    def sound(self, line: Line) -> bool:
        """Tell whether nothing was found of a line so far: what breaks a rule gives nobody anything."""
        new = self.findings[self.found_before :]
        return all(found.event != line.seq or found.code in REMARKS for found in new)

    def owe(self, line: Line, kind: str, certificate: int = 0) -> None:
        """Put down what must follow a line at once."""
        batch = line.body.get("batch")
        number = self.number(batch) if type(batch) is str else None
        self.owed = Owed(line.seq, kind, certificate, number, wrong_in(line))

    def take_down(self, seq: int, wrong: Wrong) -> None:
        """Put down that a line breaks a rule, so that two may explain it, and that nobody came in by it."""
        if wrong.batch and self.batches.get(wrong.batch) is None:
            wrong.batch = ""
        if seq > 1:  # the workspace was opened by everybody there was
            self.broken[seq] = wrong
        if wrong.lets_in in self.people:
            self.people[wrong.lets_in].barred = True

    def let_in(self, line: Line) -> None:
        """A person whom two others have let back in, or given a key, by the rules, signs again."""
        person = line.body.get("person")
        if line.type in ("person.lifted", "key.enrolled") and person in self.people:
            self.people[person].barred = False

    def number(self, batch: str) -> str:
        """Return a batch's number as people know it."""
        found = self.batches.get(batch)
        return found.number if found else batch

    def name(self, person: str) -> str:
        """Return a person's name."""
        found = self.people.get(person)
        return found.name if found else person

    # People ----------------------------------------------------------------------------------------------------

    def active(self, person: str) -> bool:
        """Tell whether a person has a key and is neither suspended nor revoked."""
        found = self.people.get(person)
        return found is not None and found.enrolled and found.active and not (found.keyless or found.barred)

    def holds_role(
        self, line: Line, person: str, role: str, family: str | None = None, *, surely: bool = False
    ) -> bool:
        """Tell whether a person holds a role at this line (for a product family, where one is given).

        Args: surely: wherever on earth the workstation stands; where a rule asks that nobody could.
        """
        found = self.people.get(person)
        if found is None or not self.active(person) or role not in found.roles:
            return False
        families, until = found.roles[role]
        if until is not None and until < self.day(line, surely=surely):
            return False
        return family is None or not families or family in families

    def may_act(self, line: Line, person: str, *, surely: bool = False) -> bool:
        """Tell whether a person holds any role but that of an auditor, who only reads."""
        found = self.people.get(person)
        return found is not None and any(
            self.holds_role(line, person, role, surely=surely) for role in found.roles if role != "auditor"
        )

    def qualified(self, line: Line, person: str, procedure: str, *, surely: bool = False) -> bool:
        """Tell whether a person holds the qualification for a procedure."""
        found = self.people.get(person)
        if found is None or procedure not in found.qualifications:
            return False
        until = found.qualifications[procedure]
        return until is None or until >= self.day(line, surely=surely)

    def day(self, line: Line, *, surely: bool = False) -> str:
        """Return the earliest day that it can have been at the workstation; ``surely``: the latest one.

        An act's is the log's own time, which never runs back: a clock set back brings no lapsed role to life. Entries
        go on under a clock behind the log (trust.md §8.7), where another station's future time got in, and are marked;
        theirs is what the workstation's clock read, by which the person was asked. What they find is signed by an act.
        """
        if surely:
            return day_on_earth(line.at if line.session is None else max(line.at, line.clock), latest=True)
        return day_on_earth(line.at if line.session is None else min(line.at, line.clock))

    def require_worker(self, line: Line) -> None:
        """Note it unless who signed holds a role other than auditor."""
        if line.by is not None:
            self.require(self.may_act(line, line.by), line, "rule_no_role", person=self.name(line.by))

    def require_role(self, line: Line, role: str, family: str | None = None) -> None:
        """Note it unless who signed holds this role."""
        if line.by is not None and not self.holds_role(line, line.by, role, family):
            self.find(line, "rule_role", person=self.name(line.by), role=role)

    def require_vouched(self, line: Line, concerned: str) -> None:
        """Note signers who vouch for another person and hold no role that does more than read."""
        for signer in line.signers:
            vouches = signer == concerned or self.may_act(line, signer)
            self.require(vouches, line, "rule_no_role", person=self.name(signer))

    def require_signers(self, line: Line, count: int) -> bool:
        """Note it unless exactly so many different people signed."""
        signers = line.signers
        return self.require(
            len(signers) == count == len(set(signers)),
            line,
            "rule_signers",
            needed=count,
            signed=len(set(signers)),
        )

    def require_administrator(self, line: Line, signers: Iterable[str], concerned: str) -> None:
        """Note it unless one of the signers is an administrator other than the person concerned."""
        good = any(s != concerned and self.holds_role(line, s, "administrator") for s in signers)
        self.require(good, line, "rule_administrator")

    def fresh(self, line: Line, id_: str) -> bool:
        """Note an id that came before; ids are never used twice."""
        if not self.require(id_ not in self.ids, line, "rule_id_again", id=id_):
            return False
        self.ids.add(id_)
        return True

    def claim(self, line: Line, kind: str, name: str, owner: str, before: str | None = None) -> None:
        """Give a login, number or code to its owner (who had another ``before``); note it where it is another's."""
        register = self.taken[kind]
        if before is not None and before != name and register.get(before) == owner:
            del register[before]
        whose = register.setdefault(name, owner)
        self.require(whose == owner, line, "rule_name_again", kind=kind, name=name)

    def require_over(self, line: Line, kept: str) -> None:
        """Note it where what is kept was written over another state than the one that stood.

        What nobody signed, or a rule did not allow, may have been what a person saw. Older lines say nothing of it.
        """
        over, last = line.body.get("over"), self.kept.get(kept)
        self.says_over = self.says_over or over is not None
        void = over is not None and (over in self.failed or over in self.broken)
        old = over is None and not self.says_over
        self.require(over == last or void or old, line, "rule_kept_over")
        self.kept[kept] = line.seq

    # Batches ---------------------------------------------------------------------------------------------------

    def batch(self, line: Line) -> Batch | None:
        """Return the batch of a line; note it where there is none."""
        found = self.batches.get(line.body["batch"])
        if found is None:
            self.find(line, "rule_unknown", what="batch", id=line.body["batch"])
        return found

    def round(self, line: Line) -> tuple[Batch, Round] | None:
        """Return batch and present round of a line; note it where the line is about another round."""
        batch = self.batch(line)
        if batch is None:
            return None
        round_ = batch.round
        if round_ is None or round_.id != line.body["round"]:
            self.find(line, "rule_round")
            return None
        return batch, round_

    def family(self, batch: Batch) -> str:
        """Return the product family of a batch."""
        product = self.products.get(batch.product)
        return product[2] if product else ""

    def settle_family(self, product: str) -> None:
        """A batch of it is registered: the family of the product, and of its code, stays from here on."""
        known = self.products.get(product)
        if known is not None:
            self.families[product] = self.families[f"code {known[0]}"] = known[2]

    def require_state(self, line: Line, batch: Batch, *states: str) -> bool:
        """Note it unless the batch stands in one of these states."""
        return self.require(batch.state in states, line, "rule_state", state=batch.state)

    def can_check(
        self, line: Line, person: str, batch: Batch, round_: Round, role: str, *, surely: bool = False
    ) -> str | None:
        """Return which rule keeps a person from a place: not active, without its role, or not qualified for it."""
        if not self.active(person):
            return "rule_not_active"
        family = self.family(batch)
        if not self.holds_role(line, person, role, family, surely=surely):
            return "rule_role"
        if (
            role in QUALIFIED
            and round_.qualification_required
            and not self.qualified(line, person, round_.code, surely=surely)
        ):
            return "rule_not_qualified"
        return None

    def dependent(self, person: str, batch: Batch, round_: Round, *other_than: str) -> str | None:
        """Return which rule of independence (§8.2) a person fails: makers, reworkers, earlier signers of these places."""
        if person in batch.made_by:
            return "rule_own_work"
        if person in batch.conceders:
            return "rule_asked_concession"
        if any(round_.signed.get(place) == person for place in other_than):
            return "rule_same_person"
        return None

    def in_doubt(self, check: Check) -> bool:
        """Tell whether a check stands signed with a key that was put in doubt from before on."""
        seq, key = check.signed
        return check.state == "signed" and self.doubts.get(key, seq + 1) <= seq

    def could_be_second(
        self, line: Line, person: str, batch: Batch, round_: Round, *, surely: bool = False
    ) -> bool:
        """Tell whether a person could still take the second place of a round; it is not asked whether it is free."""
        first = next(
            (
                c.person
                for c in round_.checks.values()
                if c.place == "first" and c.state in ("open", "signed")
            ),
            None,
        )
        return (
            person != first
            and self.can_check(line, person, batch, round_, "inspector", surely=surely) is None
            and self.dependent(person, batch, round_, "first") is None
            and self.knows_nothing(person, round_)
        )

    def knows_nothing(self, person: str, round_: Round) -> bool:
        """Tell whether a person neither saw the first check nor gave up the second place."""
        only = round_.only_second
        return person not in (*round_.seen, *round_.given_up) and only in ("", person)


Desk.KNOWS = tuple(vars(Desk()))
