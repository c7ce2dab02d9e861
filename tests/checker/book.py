# SPDX-License-Identifier: Apache-2.0
"""A log written by hand: every line signed and chained as the design says, whether the rules allow it or not.

The program refuses what the rules refuse, so a log that breaks them has to be written past it. Keys follow from names.
"""

# ruff: noqa: ANN401, E501 - bodies of events, each on few lines

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from qcdesk.checker import canonical
from qcdesk.checker.findings import Finding
from qcdesk.checker.lines import GENESIS, Row, framed, hash_of
from qcdesk.checker.rules import judging, records
from qcdesk.checker.rules.replay import Replay
from qcdesk.checker.rules.state import ALL_ROLES, Check, Marks, Plan
from qcdesk.checker.walk import Standing, Walk
from qcdesk.domain.codec import from_data, to_data
from qcdesk.domain.comparison import compare
from qcdesk.domain.drawing import draw
from qcdesk.domain.sampling import BY_SERIOUSNESS, Claimed, ClassRule, DefectClass, SamplingPlan, plans_for
from qcdesk.statistics.sampling_tables import Severity

DAY = 86_400_000_000
START = 1_772_438_400_000_000  # 2 March 2026, 8:00 UTC
SIZE = 5
SEED = "00" * 16
PRODUCT = "P-1"
PROCEDURE = "IP-1"


def name_of(*parts: object) -> str:
    """Return 32 hexadecimal digits that follow from a name."""
    return sha256("/".join(map(str, parts)).encode()).hexdigest()[:32]


@dataclass
class Pen:
    """A key, and its name in the log."""

    key: Ed25519PrivateKey
    public: str
    id: str

    @staticmethod
    def of(*parts: object) -> Pen:
        """Return the key that follows from a name."""
        key = Ed25519PrivateKey.from_private_bytes(sha256("/".join(map(str, parts)).encode()).digest())
        public = key.public_key().public_bytes_raw()
        return Pen(key, public.hex(), sha256(public).hexdigest()[:32])


@dataclass
class Told:
    """What the log says of a round, for its record."""

    opened: dict[str, Any]
    hash: str
    earlier: list[dict[str, Any]]
    checks: dict[str, Check] = field(default_factory=dict)
    compared: dict[str, Any] = field(default_factory=dict)
    compared_hash: str = ""
    decided: dict[str, Any] = field(default_factory=dict)
    decided_hash: str | None = None

    def summed_up(self) -> dict[str, Any]:
        """Return it as the record of a later round repeats it."""
        return {"round": self.opened["round"], "no": self.opened["no"], "opened_hash": self.hash,
                "compared": self.compared_hash or None, "outcome": self.compared.get("outcome"),
                "decided": self.decided.get("outcome")}  # fmt: skip

    def record(self, resolutions: list[dict[str, Any]]) -> bytes:
        """Return its record."""
        return records.of_round(self.opened, self.hash, self.checks.values(), self.compared, self.compared_hash,
                                resolutions, self.decided_hash, self.earlier)  # fmt: skip


@dataclass
class Book:
    """The log so far. People are called by name; ``an`` and ``bo`` opened it."""

    rows: list[Row] = field(default_factory=list)
    prev: str = GENESIS.hex()
    at: int = START
    vault: str = name_of("vault")
    pens: dict[str, Pen] = field(default_factory=dict)
    sittings: dict[str, tuple[str, Pen]] = field(default_factory=dict)
    hashes: dict[str, str] = field(default_factory=dict)
    entries: dict[str, dict[str, Any]] = field(default_factory=dict)
    content: dict[str, Any] = field(default_factory=dict)
    records: dict[str, bytes] = field(default_factory=dict)
    """The signed records, by hash."""
    rounds: dict[str, Told] = field(default_factory=dict)
    clock_behind: int = 0
    read: dict[str, int] = field(default_factory=dict)
    """Batch -> the line that said last what it is."""
    """By how much the workstation's clock is behind the log, in microseconds."""
    seq: int = 0
    keep: bool = True
    _count: Any = field(default_factory=itertools.count)

    # Lines -----------------------------------------------------------------------------------------------------

    def line(
        self,
        kind: str,
        body: dict[str, Any],
        by: str | None,
        pen: Pen,
        session: str | None,
        co: Iterable[str] = (),
    ) -> Row:
        """Write one line; ``co`` are people who sign it too."""
        self.at += 1_000_000
        self.seq += 1
        data: dict[str, Any] = {
            "v": 1,
            "id": name_of("event", self.seq),
            "vault": self.vault,
            "seq": self.seq,
            "prev": self.prev,
            "at": self.at,
            "clock": self.at - self.clock_behind,
            "station": "bench 1",
            "app": "hand",
            "type": kind,
            "by": by and person(by),
            "key": pen.id,
            "session": session,
            "body": body,
        }
        bare = canonical.write(data)
        others = [(person(n), self.pens[n]) for n in co]
        if others:
            data["co"] = [
                {"person": p, "key": o.id, "sig": o.key.sign(framed("cosign", bare)).hex()} for p, o in others
            ]
            bare = canonical.write(data)
        sig = pen.key.sign(framed("event", bare))
        row = Row(self.seq, bare, sig, hash_of(bare, sig))
        self.prev = row.hash.hex()
        self._note(kind, body, data["by"], row)
        if self.keep:
            self.rows.append(row)
        return row

    def _note(self, kind: str, body: dict[str, Any], by: str | None, row: Row) -> None:
        """Keep what the records will repeat."""
        told, line = self.rounds.get(body.get("round", "")), row.hash.hex()
        if kind == "round.opened":
            before = [t.summed_up() for t in self.rounds.values() if t.opened["batch"] == body["batch"]]
            self.rounds[body["round"]] = Told(body, line, before)
        if told is None:
            return
        check = told.checks.get(body.get("check", ""))
        if kind == "check.started":
            told.checks[body["check"]] = Check(body["check"], body["place"], by or "", begun_at=self.at)
        elif kind == "round.compared":
            told.compared, told.compared_hash = body, line
        elif check is not None and kind in ("check.recorded", "check.resolved"):
            check.entries.append({"seq": row.seq, "hash": line, "at": self.at, "by": by, "entry": body})
        elif check is not None and kind in ("check.signed", "round.decided"):
            check.state, check.hash, check.signed_at = "signed", line, self.at
            check.said = body if kind == "check.signed" else None
            if kind == "round.decided":
                told.decided, told.decided_hash = body, line
        elif check is not None and kind == "check.set_aside":
            check.record = records.digest(records.of_check(told.opened, told.hash, check))
            check.state = "aside"

    def act(self, who: str, kind: str, body: dict[str, Any], co: Iterable[str] = ()) -> Row:
        """Write an act, with the person's own key."""
        return self.line(kind, body, who, self.pens[who], None, co)

    def entry(self, who: str, kind: str, body: dict[str, Any], co: Iterable[str] = ()) -> Row:
        """Write an entry, with the key of the person's sitting."""
        session, pen = self.sittings[who]
        return self.line(kind, body, who, pen, session, co)

    def codes(self) -> set[str]:
        """Return the codes of everything that does not hold."""
        return {f.code for f in self.findings()}

    def findings(self) -> list[Finding]:
        """Return everything that does not hold."""
        walk = Walk(Replay(), Standing())
        walk.take(self.rows)
        return walk.rules.findings

    # People ----------------------------------------------------------------------------------------------------

    def opened(self) -> Book:
        """Open the workspace: An and Bo, a product, a supplier, an approved procedure."""
        people = []
        for number, who in enumerate(("an", "bo"), 1):
            people.append(self.newborn(who, str(number)))
        self.act("an", "workspace.opened", {"vault": self.vault, "shop": "S", "people": people,
                 "recovery_public_key": "00" * 32}, ["bo"])  # fmt: skip
        for who in ("an", "bo"):
            self.sit(who)
        self.entry(
            "an", "supplier.saved", {"supplier": name_of("supplier"), "code": "S-1", "name": "Supplier"}
        )
        self.entry(
            "an",
            "product.saved",
            {"product": name_of(PRODUCT), "code": PRODUCT, "name": "Lid", "family": "lids"},
        )
        self.procedure()
        return self

    def newborn(self, who: str, staff: str) -> dict[str, Any]:
        """Return how a person with a new key is written down."""
        pen = self.pens[who] = Pen.of("person", who)
        return {"person": person(who), "login": who, "name": who.title(), "staff": staff, "key": pen.id,
                "public_key": pen.public}  # fmt: skip

    def enrol(
        self, who: str, roles: Sequence[Any] = ALL_ROLES, by: tuple[str, ...] = ("an", "bo"), **more: Any
    ) -> Row:
        """Enrol a person, who sits down."""
        grants = [r if isinstance(r, dict) else {"role": r, "families": [], "until": None} for r in roles]
        body = {**self.newborn(who, f"{100 + next(self._count)}"), "roles": grants, "languages": [],
                "another_than": [], **more}  # fmt: skip
        row = self.act(by[0], "person.enrolled", body, [*by[1:], who])
        self.sit(who)
        return row

    def sit(self, who: str) -> Row:
        """Open a sitting."""
        session = name_of("session", who, next(self._count))
        pen = Pen.of("session", session)
        self.sittings[who] = (session, pen)
        return self.act(who, "session.opened", {"session": session, "key": pen.id, "public_key": pen.public})

    # Procedures and batches ------------------------------------------------------------------------------------

    def procedure(self, version: int = 1, by: str = "an", approver: str = "bo", **changes: Any) -> None:
        """Draft a version and approve it."""
        self.write(**changes)
        self.version = version
        self.entry(by, "procedure.drafted", {"code": PROCEDURE, "version": version, "content": self.content,
                                             "hash": self.digest})  # fmt: skip
        self.act(approver, "procedure.approved", {"code": PROCEDURE, "version": version, "hash": self.digest,
                                                  "open_batches": "continue"})  # fmt: skip

    def write(self, **changes: Any) -> None:
        """Say what the next version holds."""
        rules = [{"defect_class": c, "kind": k, "aql": aql, "level": "II", "n": n, "standard": "iso2859-1:1999"}
                 for c, k, aql, n in (("critical", "zero", None, SIZE), ("major", "aql", "10", None))]  # fmt: skip
        self.content = {
            "title": "Lids", "products": [PRODUCT], "owner": person("an"), "review_by": "2027-01-01", "rules": rules,
            "defects": [{"code": "CRK", "name": "Crack", "defect_class": "critical"},
                        {"code": "DEN", "name": "Dent", "defect_class": "major"}],
            "characteristics": [{"code": "DIA", "name": "Bore", "kind": "variable", "defect_class": "major",
                                 "unit": "mm", "nominal": None, "lower": "11.98", "upper": "12.05"}],
            **changes,
        }  # fmt: skip
        self.digest = sha256(canonical.write(self.content)).hexdigest()

    def reinspect(self, *batches: str) -> None:
        """Approve a new version under which these batches, all that are open, are inspected anew."""
        self.version += 1
        said = {"code": PROCEDURE, "version": self.version, "hash": self.digest}
        self.entry("an", "procedure.drafted", {**said, "content": self.content})
        again = [{"batch": b, "round": list(self.rounds)[-1]} for b in batches]
        self.act("bo", "procedure.approved", {**said, "open_batches": "re_inspect", "reinspected": again})

    def batch(
        self, number: str = "B-1", quantity: int = 20, makers: Iterable[str] = (), by: str = "an"
    ) -> str:
        """Register a batch; its id."""
        id_ = name_of("batch", number)
        said = {"batch": id_, "number": number, "product": name_of(PRODUCT), "quantity": quantity, "supplier": name_of("supplier"),
                "makers": [{"person": person(m), "units": []} for m in makers], "seen": self.read.get(id_, 0)}  # fmt: skip
        self.entry(by, "batch.saved", said)
        self.read[id_] = self.rows[-1].seq
        return id_

    def plan(self, quantity: int, severity: Severity = "normal") -> dict[str, Any]:
        """Return the plan of the procedure's rules: five units, none critical and one major."""
        return to_data(self._plan(quantity, severity))

    def _plan(self, quantity: int, severity: Severity = "normal") -> SamplingPlan:
        rules = [from_data(ClassRule, rule) for rule in self.content["rules"]]
        return plans_for(rules, quantity, severity)

    def round(
        self, batch: str, no: int = 1, by: str = "an", number: str = "B-1", quantity: int = 20, **changes: Any
    ) -> str:
        """Open a round; its id."""
        id_ = name_of("round", batch, no)
        plan = changes.pop("plan", None) or self.plan(quantity)
        header = {"number": number, "product_code": PRODUCT, "product_name": "Lid", "revision": "", "unit": "pcs",
                  "quantity": quantity, "supplier_code": "S-1", "supplier_name": "Supplier", "line": "", "order": "",
                  "makers": [], "made_on": None, "ship_by": None}  # fmt: skip
        body = {"round": id_, "batch": batch, "no": no, "header": header,
                "procedure": {"code": PROCEDURE, "version": self.version, "hash": self.digest, "content": self.content},
                "plan": plan, "severity_reason": "start", "seed": SEED,
                "sample": self.drawn(quantity, plan["n"], changes.get("must_include", ()), later=no > 1),
                "must_include": [], **changes}  # fmt: skip
        self.hashes[id_] = self.entry(by, "round.opened", body).hash.hex()
        return id_

    def drawn(
        self, quantity: int, n: int, must_include: Iterable[int] = (), *, later: bool = False
    ) -> list[int]:
        """Return the units that the seed draws."""
        return list(draw(bytes.fromhex(SEED), quantity, n, must_include, hide=later))

    # Checks ----------------------------------------------------------------------------------------------------

    def start(self, who: str, batch: str, round_: str, place: str) -> str:
        """Take a place; the check's id."""
        id_ = name_of("check", round_, place, who, next(self._count))
        self.entries[id_] = {
            "batch": batch,
            "round": round_,
            "place": place,
            "who": who,
            "marks": {},
            "begun": self.at + 1_000_000,
        }
        self.entry(who, "check.started", {"check": id_, "round": round_, "batch": batch, "place": place})
        return id_

    def record(
        self,
        check: str,
        defects: Sequence[tuple[int, str]] = (),
        who: str | None = None,
        saves: int = 1,
        **more: Any,
    ) -> None:
        """Put every unit and reading on record, in so many saves, with defects by unit."""
        said = self.entries[check]
        classes = {"CRK": "critical", "DEN": "major"}
        units = range(1, self.size_of(said["round"]) + 1)
        for part in range(saves):
            own = [u for u in units if u % saves == part]
            found = [(u, c) for u, c in defects if u in own]
            body = {
                "check": check, "batch": said["batch"], "round": said["round"],
                "results": [{"unit": u, "not_done": None} for u in own],
                "findings": [{"id": name_of(check, u, c, next(self._count)), "unit": u, "code": c, "defect_class": classes[c],
                              "count": 1, "place": "", "note": "", "photo": None} for u, c in found],
                "measured": [{"id": name_of(check, u, "DIA", next(self._count)), "unit": u, "characteristic": "DIA",
                              "typed": "12,00", "value": "12.00", "measure": "mm", "inside": True, "defect_class": "major",
                              "instrument": None, "calibrated_until": None, "replaces": None, "reason": ""} for u in own],
                "withdrawn": [], "tallied": None, **more,
            }  # fmt: skip
            for u, c in found:
                said["marks"][(u, c)] = (classes[c], 1)
            self.entry(who or said["who"], "check.recorded", body)
        said["last"] = self.at

    def judged(self, marks: Marks) -> tuple[list[dict[str, Any]], str]:
        """Return the verdict of each class, and of all."""
        plans = [Plan("critical", SIZE, 0, 1, "percent"), Plan("major", SIZE, 1, 2, "percent")]
        found = judging.judge(plans, marks)
        classes = [{"defect_class": p.defect_class, "n": p.n, "ac": p.ac, "re": p.re, "basis": p.basis,
                    "counted": j.counted, "beyond": j.beyond, "verdict": j.verdict}
                   for p, j in zip(plans, found, strict=True)]  # fmt: skip
        return classes, judging.verdict(found)

    def sign(self, check: str, by: str | None = None, **changes: Any) -> Row:
        """Sign a check, first or second."""
        said = self.entries[check]
        classes, verdict = self.judged(said["marks"])
        meaning = "I inspected" if said["place"] == "first" else "I inspected independently"
        size = self.size_of(said["round"])
        seconds = (said.get("last", said["begun"]) - said["begun"]) // 1_000_000
        body = {"check": check, "batch": said["batch"], "round": said["round"], "place": said["place"], "meaning": meaning,
                "verdict": verdict, "classes": classes, "record": self.record_of(check),
                "procedure": PROCEDURE, "version": self.version, "procedure_hash": self.digest,
                "over": [self.hashes[said["round"]]], "mode": "blind", "maker": False,
                "seen": {"units": size, "of": size, "not_done": 0, "readings": size, "seconds": seconds}, **changes}  # fmt: skip
        row = self.act(by or said["who"], "check.signed", body)
        self.hashes[check] = row.hash.hex()
        return row

    def compare(self, first: str, second: str, /, by: str | None = None, **changes: Any) -> Row:
        """Write the comparison of two signed checks."""
        a, b = self.entries[first], self.entries[second]
        classes, verdict = self.judged(judging.union(a["marks"], b["marks"]))
        disputed = judging.disputed(a["marks"], b["marks"])
        verdicts = {self.judged(s["marks"])[1] for s in (a, b)}
        by_one = any(name == "critical" for name, _ in disputed.values())
        why = [w for w, so in (("verdicts_differ", len(verdicts) > 1), ("critical_by_one", by_one)) if so]
        critical = [{u for (u, _), (c, _) in s["marks"].items() if c == "critical"} for s in (a, b)]
        if critical[0] & critical[1]:
            why, outcome = ["critical_both"], "rejected"
        else:
            outcome = "disagreed" if why else verdict
        body = {"batch": a["batch"], "round": a["round"], "first": first, "second": second, "outcome": outcome,
                "comparison": self.comparison(a["marks"], b["marks"], self.size_of(a["round"])), "classes": classes, "reasons": why or ["union"],
                **changes}  # fmt: skip
        row = self.entry(by or b["who"], "round.compared", body)
        self.hashes[a["round"]] = row.hash.hex()
        return row

    def size_of(self, round_: str) -> int:
        """Return how many units a round's sample has, with those that joined it."""
        return len(self.rounds[round_].opened["sample"])

    def comparison(self, mine: Marks, others: Marks, size: int = SIZE) -> dict[str, Any]:
        """Return what a comparison counts."""
        first, second = (
            [Claimed(unit, code, as_class(name), count) for (unit, code), (name, count) in marks.items()]
            for marks in (mine, others)
        )
        return to_data(compare(first, second, self._plan(20), size))

    def check(
        self,
        who: str,
        batch: str,
        round_: str,
        place: str,
        defects: Sequence[tuple[int, str]] = (),
        saves: int = 1,
    ) -> str:
        """Take a place, record everything and sign."""
        check = self.start(who, batch, round_, place)
        self.record(check, defects, saves=saves)
        self.sign(check)
        return check

    def both(
        self,
        batch: str,
        round_: str,
        a: Sequence[tuple[int, str]] = (),
        b: Sequence[tuple[int, str]] = (),
        saves: int = 1,
    ) -> tuple[str, str]:
        """Let An and Bo check a round, and compare."""
        one = self.check("an", batch, round_, "first", a, saves)
        two = self.check("bo", batch, round_, "second", b, saves)
        self.compare(one, two)
        return one, two

    def release(self, by: str, batch: str, round_: str, checks: Sequence[str], **changes: Any) -> Row:
        """Release a batch."""
        over = [self.hashes[c] for c in checks] + [self.hashes[round_]]
        return self.act(by, "batch.released", {"batch": batch, "round": round_, "quantity": 20,
                        "record": self.record_of(batch), "over": over, **changes})  # fmt: skip

    def record_of(self, id_: str) -> str:
        """Keep the record of a check, or of a batch's last round (also by its third check); its hash."""
        told = next(t for t in reversed(self.rounds.values()) if id_ in t.checks or id_ == t.opened["batch"])
        check = told.checks.get(id_)
        if check is not None and check.place != "third":
            document = records.of_check(told.opened, told.hash, check)
        elif check is not None:
            settled = [said for entry in check.entries for said in entry["entry"].get("resolutions", [])]
            document = told.record(settled)
        else:
            document = told.record(told.decided.get("resolutions", []))
        digest = records.digest(document)
        self.records[digest] = document
        return digest

    def accepted(self, number: str = "B-1") -> tuple[str, str, tuple[str, str]]:
        """Return a batch that both accepted: batch, round, checks."""
        batch = self.batch(number)
        round_ = self.round(batch, number=number)
        return batch, round_, self.both(batch, round_)


def as_class(name: str) -> DefectClass:
    """Return the name of a class as one."""
    return next(c for c in BY_SERIOUSNESS if c == name)


def person(who: str) -> str:
    """Return a person's id."""
    return name_of("person", who)
