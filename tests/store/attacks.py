# SPDX-License-Identifier: Apache-2.0
"""Attacks by raw SQL on every rule that the database keeps, for all proofs that attack it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
import sqlalchemy as sa

from qcdesk.store import refused
from qcdesk.store.database import Database
from tests.store.guards import (
    ALL_COLUMNS,
    APPEND_ONLY,
    KEYS,
    LOOSE,
    WRITTEN_ANEW,
    has_own_rowid,
    uniques,
)
from tests.store.scenes import World
from tests.workspace import take_all_rights

WITH_OTHERS = "a second check is signed with, of a unit that only the first person has,"
SIGN_OFF = (
    "INSERT INTO sign_off (seq, batch, round, place, person, key, checking, meaning, verdict, record, at, maker,"
    " standing) VALUES ({seq}, '{scene.batch}', '{scene.round}', '{place}', '{person}', 'k', {check}, 'I inspected',"
    " 'accepted', 'r', 1, 0, {standing})"
)


@dataclass(frozen=True)
class Attack:
    """What is tried, the trigger that must refuse it even when no other stands on its table, and the statement.

    ``{scene.batch}`` and the like are filled in from ``World``.
    """

    what: str
    trigger: str
    sql: str


def sign(
    place: str, person: str, scene: str, check: str = "NULL", standing: int = 1, seq: str = "{head}"
) -> str:
    """Return a sign-off written by hand."""
    made = SIGN_OFF.replace("{place}", place).replace("{check}", check).replace("{standing}", str(standing))
    return made.replace("{person}", f"{{{person}}}").replace("{scene.", f"{{{scene}.").replace("{seq}", seq)


def nonconformity(scene: str = "rejected", number: str = "4", quantity: str = "1") -> str:
    """Return a nonconformity written by hand."""
    return (
        "INSERT INTO nonconformity (number, seq, batch, quantity, person, at, body)"
        f" SELECT {number}, {{head}}, '{{{scene}.batch}}', {quantity}, '{{linh}}', 1, '{{{{}}}}'"
    )


_BYTES = re.compile(r"X'([0-9a-f]*)'")
UNMARKED = "X'" + json.dumps({"type": "audit.closed", "body": {}}).encode().hex() + "'"
"""The bytes of an event that leaves its mark out."""
ALL_UNITS = (
    "INSERT INTO nonconformity (number, seq, batch, quantity, person, at, body) SELECT 4, {head}, batch, 1000000,"
    ' person, 1, \'{{"codes": ["SCR"], "together": true}}\' FROM nonconformity WHERE number = 2'
)
"""A nonconformity of more units of a code than any batch has."""


def nonconformity_step(
    scene: str = "rejected", number: str = "2", kind: str = "noted", person: str = "linh"
) -> str:
    """Return a step of a nonconformity written by hand."""
    return (
        "INSERT INTO nonconformity_step (seq, nonconformity, batch, type, rests_on, person, at, body)"
        f" VALUES ({{head}}, {number}, '{{{scene}.batch}}', 'nonconformity.{kind}', NULL, '{{{person}}}', 1,"
        " '{{}}')"
    )


def complaint_step(
    kind: str, person: str = "linh", number: int = 2, batch: str = "NULL", **said: object
) -> str:
    """Return a step of a complaint written by hand."""
    body = json.dumps(said).replace("{", "{{").replace("}", "}}").replace("'", "''")
    return (
        "INSERT INTO complaint_step (seq, complaint, type, batch, person, at, body)"
        f" VALUES ({{head}}, {number}, 'complaint.{kind}', {batch}, '{{{person}}}', 1, '{body}')"
    )


def promise(action: str = "action", due: str = "2099-01-01", **test: object) -> str:
    """Return a promise written by hand; ``test``: what decides it, else that the next lot is accepted."""
    said = json.dumps({"kind": "accepted", **test}).replace("{", "{{").replace("}", "}}")
    return (
        "INSERT INTO promise (id, action, no, due, test, words, replaces, at, seq)"
        f" VALUES ('{{z}}', '{{{action}}}', 9, '{due}', '{said}', 'No dents', NULL, 1, {{head}})"
    )


def action_said(kind: str, action: str = "action") -> str:
    """Return something said in a corrective action written by hand."""
    return (
        "INSERT INTO action_said (seq, action, kind, about, person, at, body)"
        f" VALUES ({{head}}, '{{{action}}}', '{kind}', '', '{{linh}}', 1, '{{{{}}}}')"
    )


def part(parent: str) -> str:
    """Return a part of a batch written by hand."""
    return (
        "INSERT INTO batch_part (batch, seq, parent, quantity, way, terms, units, held, person, confirmed_by, reason)"
        f" VALUES ('{{z}}', {{head}}, '{{{parent}.batch}}', 10, 'sort', '', '[]', 0, '{{linh}}', '{{som}}', 'x')"
    )


def finding(check: str, scene: str, seq: str = "{head}") -> str:
    """Return a finding written by hand."""
    return (
        "INSERT INTO finding (id, checking, round, batch, unit, code, defect_class, count, place, note, photo, at,"
        f" seq, withdrawn) VALUES ('{'f' * 32}', '{{{scene}.{check}}}', '{{{scene}.round}}', '{{{scene}.batch}}', 1,"
        f" 'SCR', 'minor', 1, '', '', NULL, 1, {seq}, NULL)"
    )


def reading(check: str, scene: str, seq: str = "{head}") -> str:
    """Return a reading written by hand."""
    return (
        "INSERT INTO reading (id, checking, round, batch, unit, characteristic, typed, value, measure, inside,"
        " defect_class, instrument, calibrated_until, at, reason, replaced, seq) VALUES"
        f" ('{'f' * 32}', '{{{scene}.{check}}}', '{{{scene}.round}}', '{{{scene}.batch}}', 2, 'DIA', '12', '12', 'mm',"
        f" 1, 'major', NULL, NULL, 1, '', 0, {seq})"
    )


def unit_result(check: str, scene: str, seq: str = "{head}") -> str:
    """Return a unit's result written by hand."""
    return (
        "INSERT INTO unit_result (checking, unit, not_done, seq)"
        f" VALUES ('{{{scene}.{check}}}', 19, NULL, {seq})"
    )


def reviewed(
    check: str, claim: str, unit: int = 1, code: str = "WLD", seq: str = "{head}", count: int = 1
) -> str:
    """Return a claim of the first check opened by hand."""
    return (
        "INSERT INTO reviewed (checking, claim, unit, code, defect_class, count, agrees, note, seq)"
        f" VALUES ('{{{check}}}', '{{{claim}}}', {unit}, '{code}', 'minor', {count}, 1, '', {seq})"
    )


def opened_again(scene: str, **changed: str) -> str:
    """Return a row that opens once more what a second check has opened."""
    columns = ("checking", "claim", "unit", "code", "defect_class", "count", "agrees", "note")
    values = ", ".join(changed.get(c, c) for c in columns)
    return (
        f"INSERT INTO reviewed ({', '.join(columns)}, seq) SELECT {values}, {{head}} FROM reviewed"
        f" WHERE checking = '{{{scene}.second}}'"
    )


def checking(place: str, person: str, scene: str, state: str = "open") -> str:
    """Return a check written by hand."""
    return (
        "INSERT INTO checking (id, round, batch, place, person, state, started_at, seq, reason, signed) VALUES"
        f" ('{'f' * 32}', '{{{scene}.round}}', '{{{scene}.batch}}', '{place}', '{{{person}}}', '{state}', 1, {{head}},"
        " '', NULL)"
    )


def shipment(scene: str, quantity: int) -> str:
    """Return a shipment written by hand."""
    return (
        "INSERT INTO shipment (id, batch, quantity, to_whom, on_day, document, person, seq) VALUES"
        f" ('{'f' * 32}', '{{{scene}.batch}}', {quantity}, 'ACME', '2026-03-02', '', '{{linh}}', {{head}})"
    )


def line(kind: str, person: str, act: int = 0, session: str = "NULL") -> str:
    """Return a line of the index written by hand."""
    return (
        "INSERT INTO line (seq, type, person, session, at, act, station, batch, round, checking) VALUES"
        f" ({{head}} + 1000, '{kind}', {person}, {session}, 1, {act}, 'bench 1', NULL, NULL, NULL)"
    )


def severity(
    to: str = "'tightened'",
    *,
    batch: str = "NULL",
    defect_class: str = "'major'",
    person: str = "'{linh}'",
    other: str = "''",
) -> str:
    """Return a severity of bolts written by hand."""
    return (
        "INSERT INTO severity (seq, defect_class, supplier, product, procedure, severity, changed, state, batch, person,"
        f" other) SELECT {{head}}, {defect_class}, supplier, 'BOLT', 'IP-905', {to}, 1, 'x', {batch}, {person},"
        f" {other} FROM batch WHERE id = '{{bolt.batch}}'"
    )


def supplier_status(to: str, *, seq: str = "{head}", person: str = "'{linh}'", other: str = "''") -> str:
    """Return a status of the blocked supplier written by hand."""
    return (
        "INSERT INTO supplier_status (seq, supplier, status, reason, at, person, other)"
        f" VALUES ({seq}, '{{blocked}}', '{to}', 'why', 1, {person}, {other})"
    )


def supplier_merge(supplier: str = "{blocked}", root: str = "{root}", other: str = "'{som}'") -> str:
    """Return by hand that a supplier is the same as another one."""
    return (
        "INSERT INTO supplier_merge (seq, supplier, root, reason, at, person, other, undone)"
        f" VALUES ({{head}}, '{supplier}', '{root}', 'why', 1, '{{linh}}', {other}, NULL)"
    )


def audit_answer(audit: str, place: str = "first", person: str = "linh") -> str:
    """Return an answer in an audit written by hand."""
    return (
        "INSERT INTO audit_answer (seq, question, audit, place, person, value, points, body) VALUES"
        f" ({{head}}, 'A9', '{{audit_{audit}}}', '{place}', '{{{person}}}', 'yes', NULL, '')"
    )


def audit_step(audit: str, step: str, person: str, differences: int = 0) -> str:
    """Return an act of an audit written by hand."""
    return (
        "INSERT INTO audit_step (audit, step, person, other, differences, body, seq) VALUES"
        f" ('{{audit_{audit}}}', '{step}', '{{{person}}}', '', {differences}, '', {{head}})"
    )


def concession(scene: str = "rejected", *, quantity: str = "15") -> str:
    """Return a concession asked for by hand."""
    return (
        "INSERT INTO concession (id, batch, round, quantity, until_day, consent, person, body, at, seq) VALUES"
        f" ('{'f' * 32}', '{{{scene}.batch}}', '{{{scene}.round}}', {quantity}, '2099-01-01', NULL, '{{yen}}', 'x',"
        " 1, {head})"
    )


def concession_answer(
    person: str = "bao",
    other: str = "tho",
    *,
    scene: str = "asked",
    which: str = "wish",
    answer: str = "approved",
    quantity: str = "15",
    seq: str = "{head}",
) -> str:
    """Return an answer to a concession written by hand."""
    beside = f"'{{{other}}}'" if other else "''"
    return (
        "INSERT INTO concession_answer (concession, answer, batch, round, quantity, record, reason, person, other, at,"
        f" seq) VALUES ('{{{which}}}', '{answer}', '{{{scene}.batch}}', '{{{scene}.round}}', {quantity}, 'r', '',"
        f" '{{{person}}}', {beside}, 1, {seq})"
    )


def concession_budget(person: str = "linh", other: str = "som") -> str:
    """Return a budget written by hand."""
    return (
        "INSERT INTO concession_budget (seq, supplier, per_10000, months, reason, person, other) SELECT {head}, supplier,"
        f" 10000, 12, 'x', '{{{person}}}', '{{{other}}}' FROM batch WHERE id = '{{asked.batch}}'"
    )


def batch(scene: str, values: str) -> str:
    """Return a change of a batch."""
    return f"UPDATE batch SET {values} WHERE id = '{{{scene}.batch}}'"


def number_had(number: str) -> str:
    """Return a note that a registered batch had a number."""
    return (
        f"INSERT INTO batch_number (seq, batch, number) VALUES ({{head}}, '{{registered.batch}}', '{number}')"
    )


def certificate(scene: str, number: str = "{certified} + 1", person: str = "som", **changed: str) -> str:
    """Return a certificate written by hand, for the release of a scene, as if its event had just come in."""
    values = {
        "number": number,
        "batch": f"'{{{scene}.batch}}'",
        "round": f"'{{{scene}.round}}'",
        "release": f"coalesce((SELECT seq FROM sign_off WHERE place = 'release' AND round = '{{{scene}.round}}'), 1)",
        "person": f"'{{{person}}}'",
        "key": "'k'",
        "verdict": "'released'",
        "quantity": f"(SELECT released FROM batch WHERE id = '{{{scene}.batch}}') + 0",
        "on_day": "'2026-03-02'",
        "record": f"coalesce((SELECT record FROM sign_off WHERE place = 'release' AND round = '{{{scene}.round}}'), 'r')",
        "code": "'00'",
        "sig": f"'{'0' * 128}'",
        "at": "1",
        "seq": "{head}",
        **changed,
    }
    return f"INSERT INTO certificate ({', '.join(values)}) VALUES ({', '.join(values.values())})"


def conceded_certificate(scene: str = "conceded", **changed: str) -> str:
    """Return a certificate written by hand, for what was released under a concession."""
    answer = f"FROM concession_answer WHERE round = '{{{scene}.round}}')"
    of = {"release": f"(SELECT seq {answer}", "record": f"(SELECT record {answer}"}
    return certificate(scene, **{"verdict": "'released_under_concession'", **of, **changed})


def copy(number: str, copy: str, seq: str = "{head}") -> str:
    """Return a print of a certificate written by hand."""
    return f"INSERT INTO certificate_copy (number, copy, person, at, seq) VALUES ({number}, {copy}, '{{som}}', 1, {seq})"


def analysis_copy(number: str, number_of_copy: str, seq: str = "{head}") -> str:
    """Return a print of a certificate with each result written by hand."""
    return copy(number, number_of_copy, seq).replace("certificate_copy", "analysis_copy")


def paper_print(document: str = "label", copy: str = "0", **changed: str) -> str:
    """Return that a paper left, written by hand as if its event had just come in."""
    values = {
        "seq": "{head}",
        "document": f"'{document}'",
        "subject": "'{accepted.batch}'",
        "name": "'A-1'",
        "batch": "'{accepted.batch}'",
        "state": "'accepted'",
        "copy": copy,
        "way": "'printed'",
        "languages": "'en'",
        "digest": f"'{'0' * 64}'",
        "person": "'{linh}'",
        "station": "'bench 1'",
        "at": "1",
        **changed,
    }
    return f"INSERT INTO paper_print ({', '.join(values)}) VALUES ({', '.join(values.values())})"


ATTACKS = (
    # Papers that left
    Attack("a paper left without its event", "paper_print_by_its_event", paper_print()),
    Attack("a paper left in somebody else's name", "paper_print_by_its_event", paper_print(person="'{som}'")),
    Attack("a copy of a paper leaves a gap", "paper_print_gapless", paper_print(copy="1")),
    Attack(
        "two copies of a paper with one number",
        "paper_print_gapless",
        paper_print("inspection", "0", subject="'{printed_paper}'"),
    ),
    Attack(
        "a certificate's print that nobody counted",
        "paper_print_of_certificate",
        paper_print("certificate", "9", subject="'1'"),
    ),
    Attack(
        "a print of a certificate leaves twice",
        "paper_print_of_certificate",
        paper_print("certificate", "0", subject="'1'", state="'other'"),
    ),
    Attack(
        "a print with results that nobody counted",
        "paper_print_of_certificate",
        paper_print("analysis", "9", subject="'1'"),
    ),
    # Certificates
    Attack(
        "a certificate's number leaves a gap",
        "certificate_gapless",
        certificate("released", "{certified} + 2"),
    ),
    Attack(
        "a certificate's number comes again", "certificate_gapless", certificate("released", "{certified}")
    ),
    Attack(
        "what was conceded is certified after the last day",
        "certificate_in_time",
        conceded_certificate(on_day="'2099-01-01'"),
    ),
    Attack("a certificate without its event", "certificate_by_its_event", certificate("released")),
    Attack(
        "a certificate on another batch's event",
        "certificate_by_its_event",
        certificate("released", seq="{accepted.seq}"),
    ),
    Attack(
        "a batch not released is certified", "certificate_of_released", certificate("accepted", quantity="20")
    ),
    Attack(
        "more is certified than was released",
        "certificate_of_released",
        certificate("released", quantity="21"),
    ),
    Attack(
        "a certificate on another record",
        "certificate_of_released",
        certificate("released", record="'another'"),
    ),
    Attack(
        "a certificate of a withdrawn release",
        "certificate_of_released",
        certificate("withdrawn", quantity="20"),
    ),
    Attack(
        "a certificate for more than was conceded",
        "certificate_of_released",
        conceded_certificate(quantity="16"),
    ),
    Attack(
        "what was conceded is certified as an ordinary release",
        "certificate_of_released",
        conceded_certificate(verdict="'released'"),
    ),
    Attack(
        "a certificate of a concession that was refused",
        "certificate_of_released",
        conceded_certificate("denied", quantity="15"),
    ),
    Attack("a stopped batch is certified", "certificate_not_held", certificate("released_held")),
    Attack(
        "somebody certifies who releases nothing", "certificate_role", certificate("released", person="minh")
    ),
    Attack("a suspended person certifies", "certificate_role", certificate("released", person="hoa")),
    Attack("a copy's number leaves a gap", "certificate_copy_gapless", copy("1", "7")),
    Attack("a copy without its event", "certificate_copy_by_its_event", copy("1", "2")),
    Attack("a copy with results leaves a gap", "analysis_copy_gapless", analysis_copy("1", "7")),
    Attack("a copy with results without its event", "analysis_copy_by_its_event", analysis_copy("1", "1")),
    Attack(
        "a void certificate is printed with results", "analysis_copy_stands", analysis_copy("{void}", "0")
    ),
    Attack(
        "a certificate of a stopped batch is printed with results",
        "analysis_copy_not_held",
        analysis_copy("{certified_held}", "0"),
    ),
    Attack("a void certificate is printed", "certificate_copy_stands", copy("{void}", "1")),
    Attack("a certificate is printed that there is not", "certificate_copy_stands", copy("999", "0")),
    Attack(
        "a certificate of a stopped batch is printed",
        "certificate_copy_not_held",
        copy("{certified_held}", "1"),
    ),
    Attack(
        "a certificate is void without its release taken back",
        "certificate_withdrawn_with_batch",
        "INSERT INTO certificate_withdrawn (number, batch, person, reason, at, seq)"
        " VALUES (1, '{released.batch}', '{som}', 'r', 1, {head})",
    ),
    # Sign-offs: four eyes
    Attack(
        "the first signer signs the second check", "sign_off_once", sign("second", "linh", "second_check")
    ),
    Attack("a place is signed twice", "sign_off_once", sign("first", "minh", "second_check")),
    Attack("one of the two decides", "sign_off_once", sign("third", "som", "disagreed")),
    Attack("the first signer releases", "sign_off_release_not_first", sign("release", "linh", "accepted")),
    Attack("a maker signs the second check", "sign_off_not_maker", sign("second", "som", "made")),
    Attack("a maker releases", "sign_off_not_maker", sign("release", "som", "made")),
    Attack("a reworker signs the second check", "sign_off_not_reworker", sign("second", "minh", "reworked")),
    Attack(
        "a maker signs first though that is off", "sign_off_maker_first", sign("first", "som", "made_first")
    ),
    Attack(
        "a reworker signs first though that is off", "sign_off_maker_first", sign("first", "minh", "reworked")
    ),
    Attack(
        "who saw the first signs the second", "sign_off_not_seen", sign("second", "minh", "awaiting_second")
    ),
    Attack(
        "who gave up the place signs it", "sign_off_not_given_up", sign("second", "minh", "awaiting_second")
    ),
    Attack("a second signs before the first", "sign_off_order", sign("second", "som", "first_check")),
    Attack("a third decides before the comparison", "sign_off_order", sign("third", "minh", "second_check")),
    Attack("a release before the comparison", "sign_off_order", sign("release", "som", "second_check")),
    Attack("a third decides where both agree", "sign_off_third", sign("third", "minh", "accepted")),
    Attack("a signature without its event", "sign_off_by_its_event", sign("second", "som", "second_check")),
    Attack(
        "a signature on another batch's event",
        "sign_off_by_its_event",
        sign("second", "som", "second_check", seq="{accepted.seq}"),
    ),
    Attack(
        "a signature not standing", "sign_off_by_its_event", sign("second", "som", "second_check", standing=0)
    ),
    Attack(
        "a signature on somebody else's check",
        "sign_off_own_check",
        sign("second", "minh", "second_check", check="'{second_check.second}'"),
    ),
    Attack("a signature without a check", "sign_off_own_check", sign("second", "som", "second_check")),
    Attack(
        "a second check is signed over a claim in review that it never opened",
        "sign_off_reviewed",
        sign("second", "minh", "review", check="'{review.second}'"),
    ),
    *(
        Attack(
            f"{WITH_OTHERS} {what}",
            "sign_off_own_sample",
            sign("second", "linh", "split", check="'{split.second}'"),
        )
        for what in ("results", "findings", "readings")
    ),
    Attack("a claim is opened in a signed check", "reviewed_open", opened_again("review_done")),
    Attack("a claim is opened in somebody else's check", "reviewed_own", opened_again("review")),
    Attack("a claim is opened that nobody made", "reviewed_of_first", reviewed("review.second", "z")),
    Attack(
        "a claim is opened that is looked at blindly",
        "reviewed_of_first",
        reviewed("review.second", "scratch", 3, "SCR"),
    ),
    Attack(
        "a claim is opened by the first person",
        "reviewed_of_first",
        opened_again("review", checking="'{review.first}'"),
    ),
    Attack(
        "a claim is opened as another unit's", "reviewed_of_first", opened_again("review", unit="unit + 1")
    ),
    Attack("a claim is opened as more", "reviewed_of_first", opened_again("review", count="count + 1")),
    Attack(
        "a claim is opened as less grave", "reviewed_of_first", opened_again("review", defect_class="'major'")
    ),
    Attack("a release without the role", "sign_off_role", sign("release", "lan", "accepted")),
    Attack("a decision without the role", "sign_off_role", sign("third", "lan", "disagreed")),
    Attack("a check signed by someone suspended", "sign_off_role", sign("second", "hoa", "second_check")),
    Attack("a check signed by a listed maker", "sign_off_role", sign("second", "anh", "second_check")),
    Attack("a rejected batch is released", "sign_off_release_accepted", sign("release", "som", "rejected")),
    Attack(
        "a disagreed batch is released", "sign_off_release_accepted", sign("release", "minh", "disagreed")
    ),
    Attack(
        "a batch with one signature is released",
        "sign_off_release_accepted",
        sign("release", "som", "awaiting_second"),
    ),
    Attack("a held batch is released", "sign_off_release_not_held", sign("release", "som", "held")),
    Attack(
        "the second releases where a third must", "sign_off_release_third", sign("release", "som", "accepted")
    ),
    Attack(
        "a signature's verdict is turned",
        "sign_off_signed_stays",
        "UPDATE sign_off SET verdict = 'rejected' WHERE round = '{accepted.round}'",
    ),
    Attack(
        "a retracted signature stands again",
        "sign_off_standing_once",
        "UPDATE sign_off SET standing = 1 WHERE round = '{accepted.round}'",
    ),
    # Comparison and decision
    Attack(
        "a comparison of one check",
        "comparison_of_two",
        "INSERT INTO comparison (round, batch, seq, outcome, body) VALUES"
        " ('{awaiting_second.round}', '{awaiting_second.batch}', {head}, 'accepted', '{{}}')",
    ),
    Attack(
        "a comparison without its event",
        "comparison_by_its_event",
        "INSERT INTO comparison (round, batch, seq, outcome, body) VALUES"
        " ('{awaiting_second.round}', '{awaiting_second.batch}', {head}, 'accepted', '{{}}')",
    ),
    Attack(
        "a decision nobody signed",
        "decision_signed",
        "INSERT INTO decision (round, batch, seq, person, outcome, body) VALUES"
        " ('{disagreed.round}', '{disagreed.batch}', {head}, '{minh}', 'accepted', '{{}}')",
    ),
    Attack(
        "a decision other than the one signed",
        "decision_signed",
        "INSERT INTO decision (round, batch, seq, person, outcome, body) VALUES"
        " ('{decided.round}', '{decided.batch}', {head}, '{minh}', 'rejected', '{{}}')",
    ),
    # Checks and entries
    Attack(
        "a second person in a taken place", "checking_place_once", checking("first", "minh", "first_check")
    ),
    Attack(
        "a check begun as signed",
        "checking_place_once",
        checking("second", "som", "awaiting_second", "signed"),
    ),
    Attack(
        "the first person starts the second",
        "checking_other_person",
        checking("second", "linh", "awaiting_second"),
    ),
    Attack(
        "the second person takes the first place too",
        "checking_other_person",
        checking("first", "som", "second_check"),
    ),
    Attack(
        "a signed check is opened again",
        "checking_state",
        "UPDATE checking SET state = 'open' WHERE id = '{second_check.first}'",
    ),
    Attack(
        "an open check is retracted",
        "checking_state",
        "UPDATE checking SET state = 'retracted' WHERE id = '{second_check.second}'",
    ),
    Attack(
        "a check is called signed without a signature",
        "checking_signed_has_sign_off",
        "UPDATE checking SET state = 'signed', signed = {head} WHERE id = '{second_check.second}'",
    ),
    Attack(
        "a check changes hands",
        "checking_signed_stays",
        "UPDATE checking SET person = '{linh}' WHERE id = '{second_check.second}'",
    ),
    Attack("a finding into a signed check", "finding_open_insert", finding("first", "second_check")),
    Attack("a finding into somebody else's check", "finding_own", finding("second", "second_check", "1")),
    Attack(
        "a finding of a signed check is withdrawn",
        "finding_open_update",
        "UPDATE finding SET withdrawn = 'slip' WHERE checking = '{disagreed.second}'",
    ),
    Attack(
        "a finding is made smaller",
        "finding_signed_stays",
        "UPDATE finding SET defect_class = 'minor' WHERE checking = '{disagreed.second}'",
    ),
    Attack(
        "a withdrawn finding comes back",
        "finding_withdrawn_stays",
        "UPDATE finding SET withdrawn = NULL WHERE withdrawn IS NOT NULL",
    ),
    Attack("a reading into a signed check", "reading_open_insert", reading("first", "second_check")),
    Attack("a reading into somebody else's check", "reading_own", reading("second", "second_check", "1")),
    Attack(
        "a reading of a signed check is replaced",
        "reading_open_update",
        "UPDATE reading SET replaced = 1 WHERE checking = '{second_check.first}'",
    ),
    Attack(
        "a reading is changed",
        "reading_signed_stays",
        "UPDATE reading SET value = '12.00' WHERE checking = '{second_check.second}'",
    ),
    Attack(
        "a replaced reading counts again",
        "reading_replaced_once",
        "UPDATE reading SET replaced = 0 WHERE checking = '{second_check.second}'",
    ),
    Attack("a result into a signed check", "unit_result_open_insert", unit_result("first", "second_check")),
    Attack(
        "a result into somebody else's check", "unit_result_own", unit_result("second", "second_check", "1")
    ),
    Attack(
        "a result of a signed check is changed",
        "unit_result_open_update",
        "UPDATE unit_result SET not_done = 'gone' WHERE checking = '{second_check.first}'",
    ),
    Attack(
        "a result of somebody else's check is changed",
        "unit_result_own_update",
        "UPDATE unit_result SET seq = 1 WHERE checking = '{second_check.second}'",
    ),
    Attack(
        "a finding put in as withdrawn",
        "finding_begins_standing",
        finding("second", "second_check").replace("{head}, NULL)", "{head}, 'slip')"),
    ),
    Attack(
        "a reading put in as replaced",
        "reading_begins_standing",
        reading("second", "second_check").replace("'', 0, {head})", "'', 1, {head})"),
    ),
    # Keys, tries and locks
    Attack("a workstation releases", "line_station_alone", line("batch.released", "NULL")),
    Attack("a workstation's event in a person's name", "line_station_alone", line("auth.failed", "'{linh}'")),
    Attack("a workstation acts", "line_station_alone", line("auth.locked", "NULL", act=1)),
    Attack(
        "a workstation notes within a session",
        "line_station_alone",
        line("clock.jumped", "NULL", session="'s'"),
    ),
    Attack(
        "a workstation nobody introduced",
        "station_key_introduced",
        "INSERT INTO station_key (key, station, name, public_key, from_seq, until_seq, active) SELECT '{z}', 'other',"
        " name, public_key, {head}, NULL, 1 FROM station_key",
    ),
    Attack(
        "a workstation introduced by an older event",
        "station_key_introduced",
        "INSERT INTO station_key (key, station, name, public_key, from_seq, until_seq, active) SELECT '{z}', station,"
        " name, public_key, from_seq, NULL, 1 FROM station_key",
    ),
    Attack(
        "a workstation's key ends by nothing",
        "station_key_ends_once",
        "UPDATE station_key SET until_seq = {head}, active = 0",
    ),
    Attack(
        "a workstation's key is another",
        "station_key_signed_stays",
        f"UPDATE station_key SET public_key = '{'ab' * 32}'",
    ),
    Attack(
        "a second standing key of a workstation",
        "station_key_one_stands",
        "INSERT INTO station_key (key, station, name, public_key, from_seq, until_seq, active) SELECT '{z}', station,"
        " name, public_key, {head}, NULL, 1 FROM station_key",
    ),
    Attack(
        "a failed try nobody noted",
        "failed_try_by_its_event",
        "INSERT INTO failed_try (seq, person, station, at, way, in_a_row, start, steady, tried) SELECT {head}, person,"
        " station, at, way, 1, start, steady, NULL FROM failed_try WHERE in_a_row = 9 AND person = '{quy}'",
    ),
    Attack(
        "a clock jump nobody noted",
        "clock_jump_by_its_event",
        "INSERT INTO clock_jump (seq, station, at, ahead) SELECT {head}, station, at, ahead FROM clock_jump",
    ),
    Attack(
        "a lock without its event",
        "person_lock_by_its_event",
        "INSERT INTO person_lock (seq, person, station, at, until, unlocked, unlocked_by) SELECT {head}, '{som}',"
        " station, at, until, NULL, NULL FROM person_lock WHERE person = '{quy}'",
    ),
    Attack(
        "a lock ends by nothing",
        "person_lock_unlocked_by_another",
        "UPDATE person_lock SET unlocked = {head}, unlocked_by = '{som}' WHERE person = '{quy}'",
    ),
    Attack(
        "a lock ends by an older unlocking",
        "person_lock_unlocked_by_another",
        "UPDATE person_lock SET unlocked = (SELECT max(seq) FROM line WHERE type = 'person.unlocked'), unlocked_by ="
        " '{linh}' WHERE person = '{quy}'",
    ),
    Attack(
        "a lock gets shorter",
        "person_lock_signed_stays",
        "UPDATE person_lock SET until = 1 WHERE person = '{quy}'",
    ),
    Attack(
        "a badge without its event",
        "badge_issued_by_event",
        "INSERT INTO badge (id, person, key, seal, issued, stopped) SELECT '{z}', person, key, seal, {head}, NULL"
        " FROM badge WHERE stopped IS NULL",
    ),
    Attack(
        "a badge stopped by nothing",
        "badge_stops_once",
        "UPDATE badge SET stopped = {head} WHERE stopped IS NULL",
    ),
    Attack(
        "a stopped badge opens again",
        "badge_stops_once",
        "UPDATE badge SET stopped = NULL WHERE stopped IS NOT NULL",
    ),
    Attack("a badge changes hands", "badge_signed_stays", "UPDATE badge SET person = '{som}'"),
    Attack(
        "a second seal for a badge",
        "sealed_badge_of_badge",
        "INSERT INTO sealed_badge (id, person, key, public_key, sealed) SELECT '{z}', person, key, public_key, sealed"
        " FROM sealed_badge",
    ),
    Attack(
        "a seal for a key that is older",
        "sealed_key_of_key",
        "INSERT INTO sealed_key (key, person, public_key, sealed) SELECT '{z}', person, public_key, sealed"
        " FROM sealed_key LIMIT 1",
    ),
    Attack("a seal goes while its key is active", "sealed_key_no_delete", "DELETE FROM sealed_key"),
    Attack("a badge's seal goes while it stands", "sealed_badge_no_delete", "DELETE FROM sealed_badge"),
    Attack(
        "a seal is replaced by nobody",
        "sealed_key_changed_by_event",
        "UPDATE sealed_key SET sealed = (SELECT sealed FROM sealed_key WHERE person = '{som}')",
    ),
    Attack(
        "a seal changes hands",
        "sealed_key_changed_by_event",
        "UPDATE sealed_key SET person = '{som}' WHERE person = '{linh}'",
    ),
    # Batches
    Attack(
        "a hold put in as lifted",
        "hold_begins_standing",
        "INSERT INTO hold (id, batch, kind, reason, person, at, seq, lifted) SELECT '{z}', batch, kind, reason, person,"
        " at, {head}, {head} FROM hold WHERE id = '{hold_standing}'",
    ),
    Attack(
        "a batch put straight into released",
        "batch_begins_registered",
        "INSERT INTO batch (id, number, product, line, quantity, order_no, note, state, held, lane_since, round_no,"
        " next_severity, again_used, rework_ordered, released, shipped, registered_at, registered_by, seq) SELECT"
        " '{z}', 'X-1', product, line, quantity, order_no, note, 'released', 0, lane_since, 0, next_severity, 0, 0,"
        " 20, 0, registered_at, registered_by, seq FROM batch WHERE id = '{registered.batch}'",
    ),
    Attack("a registered batch is accepted", "batch_moves", batch("registered", "state = 'accepted'")),
    Attack("a cancelled state from the middle", "batch_moves", batch("second_check", "state = 'cancelled'")),
    Attack(
        "a certified batch begins anew", "batch_certified_stays", batch("standing", "state = 'registered'")
    ),
    Attack("a released batch goes back", "batch_moves", batch("released", "state = 'accepted'")),
    Attack("a rejected batch is called accepted", "batch_moves", batch("rejected", "state = 'accepted'")),
    Attack("accepted without a comparison", "batch_compared", batch("second_check", "state = 'accepted'")),
    Attack("accepted against the comparison", "batch_compared", batch("rejected", "state = 'accepted'")),
    Attack("a disagreement is called accepted", "batch_compared", batch("disagreed", "state = 'accepted'")),
    Attack("released without a release signature", "batch_released", batch("accepted", "state = 'released'")),
    Attack("released with one signature", "batch_released", batch("awaiting_second", "state = 'released'")),
    Attack("released while held", "batch_released", batch("held", "state = 'released'")),
    Attack(
        "a quantity released without a signature",
        "batch_released_quantity",
        batch("accepted", "released = 20"),
    ),
    Attack("more is released afterwards", "batch_released_quantity", batch("released", "released = 19")),
    Attack("the batch grows after its round opened", "batch_pinned", batch("first_check", "quantity = 2")),
    Attack("the batch takes another number", "batch_pinned", batch("released", "number = 'DA-999'")),
    Attack("a round is taken back", "batch_round_forward", batch("second_check", "round_no = 0")),
    Attack(
        "a round of another batch", "batch_round_forward", batch("second_check", "round = '{accepted.round}'")
    ),
    Attack("the one repeat comes back", "batch_again_once", batch("registered", "again_used = -1")),
    Attack("shipped without a shipment", "batch_shipped", batch("released", "shipped = 20")),
    Attack("a hold is dropped by one", "batch_hold_lifts", batch("held", "held = 0, hold = NULL")),
    Attack(
        "a hold is swapped for a lifted one", "batch_hold_stands", batch("held", "hold = '{hold_lifted}'")
    ),
    Attack(
        "a hold lifted by an older lift",
        "hold_lifted_by_two",
        "UPDATE hold SET lifted = (SELECT lifted FROM hold WHERE id = '{hold_lifted}') WHERE id = '{hold_standing}'",
    ),
    Attack(
        "a hold lifted by another event",
        "hold_lifted_by_two",
        "UPDATE hold SET lifted = {head} WHERE id = '{hold_standing}'",
    ),
    Attack(
        "a hold lifted by a releaser and one of other products",
        "hold_lifted_by_releasers",
        "UPDATE hold SET lifted = {cable_lift} WHERE id = '{hold_standing}'",
    ),
    Attack(
        "a hold's reason is changed",
        "hold_signed_stays",
        "UPDATE hold SET reason = 'nothing' WHERE id = '{hold_standing}'",
    ),
    Attack(
        "a maker is forgotten after the round opened",
        "batch_maker_pinned",
        "DELETE FROM batch_maker WHERE batch = '{made.batch}'",
    ),
    Attack(
        "a maker becomes another person",
        "batch_maker_stays",
        "UPDATE batch_maker SET person = '{lan}' WHERE batch = '{made_begun.batch}' AND person = '{som}'",
    ),
    Attack("goods leave that were not released", "shipment_of_released", shipment("accepted", 5)),
    Attack("goods leave that are held", "shipment_not_held", shipment("released_held", 5)),
    Attack("more leaves than was released", "shipment_not_more", shipment("released", 16)),
    Attack("more leaves than was conceded", "shipment_not_more", shipment("conceded", 11)),
    Attack("less than nothing leaves", "shipment_not_more", shipment("released", -1)),
    Attack(
        "goods leave of a batch that is not there",
        "shipment_of_released",
        shipment("released", 5).replace("{released.batch}", "{z}"),
    ),
    Attack(
        "goods leave of a batch of unknown quantity",
        "shipment_not_more",
        shipment("released", 5).replace("{released.batch}", "{z}"),
    ),
    Attack(
        "one person disposes alone",
        "disposition_by_two",
        "INSERT INTO disposition (seq, batch, round, kind, quantity, person, confirmed_by, reason) VALUES"
        " ({head}, '{rejected.batch}', '{rejected.round}', 'rework', 20, '{linh}', '{linh}', 'polish')",
    ),
    Attack(
        "more leaves unreleased than there is",
        "shipped_unreleased_not_more",
        "INSERT INTO shipped_unreleased (id, batch, quantity, to_whom, on_day, document, reason, person, seq) VALUES"
        " ('{z}', '{left.batch}', 16, 'ACME', '2026-03-02', '', 'why', '{linh}', {head})",
    ),
    Attack(
        "goods leave long before their release",
        "shipment_on_day",
        shipment("released", 1).replace("2026-03-02", "0001-01-01"),
    ),
    Attack(
        "goods leave in some years",
        "shipped_unreleased_on_day",
        "INSERT INTO shipped_unreleased (id, batch, quantity, to_whom, on_day, document, reason, person, seq) VALUES"
        " ('{z}', '{left.batch}', 1, 'ACME', '9999-12-31', '', 'why', '{linh}', {head})",
    ),
    # A number stays with the batch that had it, and nobody writes over what was not read
    Attack(
        "a batch is changed as nobody read it", "batch_changed_as_read", batch("registered", "seq = {head}")
    ),
    Attack("a held batch gets another number", "batch_held_stays", batch("held", "number = 'X-1'")),
    Attack("a number is noted that nobody saved", "batch_number_by_its_event", number_had("X-1")),
    Attack(
        "a batch comes without its number's note",
        "batch_number_noted",
        "INSERT INTO batch (id, number, product, line, quantity, order_no, note, state, held, lane_since, round_no,"
        " next_severity, again_used, rework_ordered, released, shipped, registered_at, registered_by, seq) SELECT"
        " '{z}', 'X-1', product, line, quantity, order_no, note, 'registered', 0, lane_since, 0, next_severity, 0, 0,"
        " 0, 0, registered_at, registered_by, seq FROM batch WHERE id = '{registered.batch}'",
    ),
    Attack(
        "another number comes without its note",
        "batch_number_noted_again",
        batch("registered", "number = 'X-1'"),
    ),
    Attack(
        "a number goes to another batch",
        "batch_number_taken",
        "INSERT INTO batch_number (seq, batch, number)"
        " SELECT {head}, '{z}', number FROM batch WHERE id = '{registered.batch}'",
    ),
    Attack(
        "one alone puts down a rework after which nobody can inspect",
        "batch_reworked_by_two",
        batch("rejected", "rework_ordered = 0"),
    ),
    # What two people sign about the log
    Attack(
        "a void line that no round rests on begins a batch anew",
        "voided_begins_anew",
        "INSERT INTO voided (event_no, hash, reason, batch, person, other, seq)"
        " VALUES (1, 'h', 'why', '{rejected.batch}', '{linh}', '{som}', {head})",
    ),
    Attack(
        "an event is void without its act",
        "voided_by_its_event",
        "INSERT INTO voided (event_no, hash, reason, batch, person, other, seq)"
        " VALUES (3, 'h', 'why', NULL, '{linh}', '{som}', {head})",
    ),
    Attack(
        "a loss that nobody signed",
        "restored_by_its_event",
        "INSERT INTO restored (seq, lost_from, lost_to, said, person, other)"
        " VALUES ({head}, 5, NULL, 'why', '{linh}', '{som}')",
    ),
    Attack(
        "a grace that nobody granted",
        "procedure_grace_by_its_event",
        "INSERT INTO procedure_grace (seq, code, version, until, reason, person, other)"
        " VALUES ({head}, '{code}', {version}, '2099-01-01', 'why', '{linh}', '{som}')",
    ),
    Attack(
        "a version stopped by nobody",
        "procedure_stopped_by_its_event",
        "INSERT INTO procedure_stopped (code, version, reason, person, seq)"
        " VALUES ('{code}', {version}, 'why', '{linh}', {head})",
    ),
    Attack(
        "a true time that nobody named",
        "clock_correction_by_its_event",
        "INSERT INTO clock_correction (seq, true_time, said, person, other)"
        " VALUES ({head}, 5, 'why', '{linh}', '{som}')",
    ),
    Attack(
        "a true time on an older correction's event",
        "clock_correction_by_its_event",
        "INSERT INTO clock_correction (seq, true_time, said, person, other)"
        " VALUES ({clock_corrected}, 5, 'why', '{linh}', '{som}')",
    ),
    Attack(
        "a round inspected anew without an approval",
        "reinspection_by_its_event",
        "INSERT INTO reinspection (round, batch, code, version, seq)"
        " VALUES ('{accepted.round}', '{accepted.batch}', '{code}', {version}, {head})",
    ),
    Attack(
        "time runs back",
        "line_time_forward",
        "INSERT INTO line (seq, type, person, session, at, act, station, batch, round, checking)"
        " VALUES ({head} + 1, 'batch.released', '{linh}', NULL, 1, 1, 'bench 1', NULL, NULL, NULL)",
    ),
    Attack(
        "a release by a version taken out of use",
        "sign_off_procedure_allowed",
        sign("release", "som", "stopped"),
    ),
    # Procedures
    Attack(
        "the text of an approved procedure is changed",
        "procedure_version_approved_stays",
        "UPDATE procedure_version SET content = '{{}}' WHERE state = 'approved'",
    ),
    Attack(
        "an approved procedure becomes a draft",
        "procedure_version_approved_stays",
        "UPDATE procedure_version SET state = 'draft' WHERE state = 'approved'",
    ),
    Attack(
        "an author approves",
        "procedure_version_other_approves",
        "UPDATE procedure_version SET state = 'approved', approved_by = author WHERE state = 'draft'",
    ),
    Attack(
        "an approval nobody signed",
        "procedure_version_approved_by_event",
        "UPDATE procedure_version SET state = 'approved', approved_by = '{som}' WHERE state = 'draft'",
    ),
    Attack(
        "a procedure that begins approved",
        "procedure_version_begins_draft",
        "INSERT INTO procedure_version (code, version, state, author, content, hash, approved_by, approved_at, seq)"
        " VALUES ('IP-1', 1, 'approved', '{linh}', '{{}}', 'h', '{som}', 1, {head})",
    ),
    Attack(
        "an approved procedure covers one product more",
        "procedure_product_of_draft",
        "INSERT INTO procedure_product (code, version, product, seq) VALUES ('{code}', {version}, 'OTHER', {head})",
    ),
    Attack(
        "an approved procedure covers one product less",
        "procedure_product_of_draft_gone",
        "DELETE FROM procedure_product WHERE code = '{code}'",
    ),
    Attack(
        "a procedure covers another product",
        "procedure_product_stays",
        "UPDATE procedure_product SET product = 'OTHER' WHERE code = '{code}'",
    ),
    Attack(
        "a draft by somebody who plans nothing",
        "procedure_product_planner",
        "INSERT INTO procedure_product (code, version, product, seq) VALUES ('IP-900', 1, 'CABLE',"
        " (SELECT max(seq) FROM line WHERE person = '{lan}'))",
    ),
    Attack(
        "a draft by a planner of other products",
        "procedure_product_planner",
        "INSERT INTO procedure_product (code, version, product, seq) VALUES ('IP-900', 1, 'PLUG',"
        " (SELECT max(seq) FROM line WHERE person = '{tam}'))",
    ),
    Attack(
        "an approval by somebody who plans nothing",
        "procedure_version_planner",
        "UPDATE procedure_version SET state = 'approved', approved_by = '{lan}' WHERE code = 'IP-900'",
    ),
    Attack(
        "an approval by a planner of other products",
        "procedure_version_planner",
        "UPDATE procedure_version SET state = 'approved', approved_by = '{tam}' WHERE code = 'IP-900'",
    ),
    Attack(
        "a version stopped by a planner of other products",
        "procedure_stopped_planner",
        "INSERT INTO procedure_stopped (code, version, reason, person, seq)"
        " VALUES ('{code}', {version}, 'why', '{tam}', {head})",
    ),
    Attack(
        "a grace granted by a planner of other products",
        "procedure_grace_planner",
        "INSERT INTO procedure_grace (seq, code, version, until, reason, person, other)"
        " VALUES ({head}, '{code}', {version}, '2099-01-01', 'why', '{tam}', '{som}')",
    ),
    Attack(
        "a grace granted beside a planner of other products",
        "procedure_grace_planner",
        "INSERT INTO procedure_grace (seq, code, version, until, reason, person, other)"
        " VALUES ({head}, '{code}', {version}, '2099-01-01', 'why', '{linh}', '{tam}')",
    ),
    # Switching
    Attack("a severity that no event says", "severity_by_its_event", severity(batch="'{bolt.batch}'")),
    Attack(
        "a batch counts for its supplier once more",
        "severity_once_of_batch",
        severity(batch="'{bolt.batch}'"),
    ),
    Attack(
        "inspection goes on where it was discontinued, as after any lot",
        "severity_moves",
        severity(batch="'{waiting.batch}'"),
    ),
    Attack("inspection that was discontinued becomes normal", "severity_moves", severity("'normal'")),
    Attack(
        "inspection that nobody tightened is discontinued",
        "severity_moves",
        severity("'discontinued'", defect_class="'minor'"),
    ),
    Attack("one alone lets inspection go on", "severity_by_two", severity()),
    Attack(
        "one alone has normal inspection become reduced",
        "severity_by_two",
        severity("'reduced'", defect_class="'minor'"),
    ),
    Attack(
        "another severity by somebody who plans nothing", "severity_by_planners", severity(person="'{lan}'")
    ),
    Attack(
        "another severity beside somebody who plans nothing",
        "severity_by_planners",
        severity(other="'{lan}'"),
    ),
    Attack(
        "a round opens where inspection is discontinued",
        "round_not_discontinued",
        "INSERT INTO round (id, batch, no, opened, seq)"
        " SELECT '{z}', '{waiting.batch}', 1, opened, {head} FROM round WHERE id = '{bolt.round}'",
    ),
    # Suppliers
    Attack(
        "a supplier's status that no event says", "supplier_status_by_its_event", supplier_status("blocked")
    ),
    Attack(
        "a supplier is blocked by nobody who may",
        "supplier_status_by_workers",
        supplier_status("blocked", seq="{head} + 1"),
    ),
    Attack(
        "a supplier is approved beside somebody who did not sign",
        "supplier_status_by_workers",
        supplier_status("approved", other="'{tam}'"),
    ),
    Attack(
        "one alone lets a blocked supplier deliver", "supplier_status_by_two", supplier_status("approved")
    ),
    Attack(
        "a blocked supplier becomes conditional beside somebody who releases nothing",
        "supplier_status_by_two",
        supplier_status("conditional", other="'{lan}'"),
    ),
    Attack(
        "goods of a blocked supplier are released",
        "batch_supplier_not_blocked",
        batch("accepted", "state = 'released', supplier = '{blocked}'"),
    ),
    Attack(
        "goods of a blocked supplier are released under a concession",
        "batch_supplier_not_blocked",
        batch("rejected", "state = 'released_under_concession', supplier = '{blocked}'"),
    ),
    Attack("a supplier is another one, which no event says", "supplier_merge_by_its_event", supplier_merge()),
    Attack(
        "one alone says that a supplier is another one",
        "supplier_merge_by_two",
        supplier_merge(other="'{tam}'"),
    ),
    Attack(
        "a supplier is the same as one that is itself another one",
        "supplier_merge_no_chain",
        supplier_merge(root="{merged}"),
    ),
    Attack(
        "a supplier that another one is the same as becomes another one",
        "supplier_merge_no_chain",
        supplier_merge(supplier="{root}"),
    ),
    Attack(
        "a supplier is the same as a third one all at once",
        "supplier_merge_stays",
        "UPDATE supplier_merge SET root = '{blocked}' WHERE seq = {merge}",
    ),
    Attack(
        "suppliers are taken apart by nobody",
        "supplier_merge_undone_by_two",
        "UPDATE supplier_merge SET undone = {head} WHERE seq = {merge}",
    ),
    Attack(
        "a batch of a supplier that is the same as another one is registered",
        "batch_of_merged",
        "INSERT INTO batch (id, number, product, supplier, line, quantity, order_no, note, state, held, lane_since,"
        " round_no, next_severity, again_used, rework_ordered, released, shipped, registered_at, registered_by, seq)"
        " SELECT '{z}', 'X-1', product, '{merged}', '', quantity, order_no, note, 'registered', 0, lane_since, 0,"
        " next_severity, 0, 0, 0, 0, registered_at, registered_by, seq FROM batch WHERE id = '{registered.batch}'",
    ),
    Attack(
        "a batch comes from a supplier that is the same as another one",
        "batch_to_merged",
        batch("registered", "supplier = '{merged}', line = ''"),
    ),
    # Audits of suppliers
    Attack(
        "an audit template that was approved is written again",
        "audit_template_is_draft",
        "INSERT INTO audit_template (seq, code, version, author, hash, body)"
        " VALUES ({head}, 'GEN', 1, '{linh}', 'h', '')",
    ),
    Attack(
        "the author approves an audit template",
        "audit_template_by_another",
        "INSERT INTO audit_template_approved (code, version, hash, person, seq)"
        " SELECT code, version, hash, author, {head} FROM audit_template WHERE version = 2",
    ),
    Attack(
        "an audit by a draft",
        "audit_of_approved",
        "INSERT INTO audit (id, no, supplier, template, version, hash, auditor, seq) SELECT '{z}', 99, a.supplier, 'GEN',"
        " 2, a.hash, a.auditor, {head} FROM audit a WHERE a.id = '{audit_open}'",
    ),
    Attack("the auditor answers once more after signing", "audit_answer_in_time", audit_answer("signed")),
    Attack(
        "the auditor answers in the place of who reviews",
        "audit_answer_in_time",
        audit_answer("signed", place="second"),
    ),
    Attack("another one signs the audit", "audit_step_by_two", audit_step("open", "signed", "som")),
    Attack(
        "the auditor signs with a critical question open",
        "audit_signed_whole",
        audit_step("begun", "signed", "linh"),
    ),
    Attack(
        "a reviewer signs without an answer to a critical question",
        "audit_signed_whole",
        audit_step("signed", "reviewed", "minh"),
    ),
    Attack("the auditor reviews alone", "audit_step_by_two", audit_step("signed", "reviewed", "linh")),
    Attack(
        "the reviewer closes alone what differs", "audit_step_by_two", audit_step("reviewed", "closed", "som")
    ),
    # Concessions
    Attack("a concession that no event asks for", "concession_by_its_event", concession()),
    Attack("a concession for an accepted batch", "concession_of_rejected", concession("accepted")),
    Attack(
        "a concession for more than there is", "concession_of_rejected", concession("asked", quantity="9999")
    ),
    Attack("another concession beside the one asked for", "concession_one_open", concession("asked")),
    Attack("a concession for a critical", "concession_not_critical", concession("rejected")),
    Attack("an approval that no event says", "concession_answer_by_its_event", concession_answer()),
    Attack(
        "an approval for a batch that is rejected no more",
        "concession_answer_once",
        concession_answer(scene="conceded"),
    ),
    Attack("one alone approves a concession", "concession_approved_by_two", concession_answer(other="")),
    Attack("two approve, of whom only one signed", "concession_approved_by_two", concession_answer()),
    Attack("who asked approves", "concession_approved_by_others", concession_answer("yen")),
    Attack("who asked signs beside", "concession_approved_by_others", concession_answer("bao", "yen")),
    Attack("one approves without the role", "concession_answer_by_role", concession_answer("minh")),
    Attack(
        "one signs beside without the role", "concession_answer_by_role", concession_answer("bao", "minh")
    ),
    Attack(
        "one without the role refuses",
        "concession_answer_by_role",
        concession_answer("minh", "", answer="refused"),
    ),
    Attack("both who checked approve", "concession_approved_by_outsider", concession_answer("linh", "som")),
    Attack("a stopped batch is conceded", "concession_approved_unheld", concession_answer(scene="held")),
    Attack(
        "a batch on its way to rework is conceded",
        "concession_approved_unheld",
        concession_answer(scene="rejected"),
    ),
    Attack(
        "a batch with a signature in doubt is conceded",
        "concession_approved_suspect",
        concession_answer(scene="suspect"),
    ),
    Attack("an expired concession is approved", "concession_approved_in_time", concession_answer()),
    Attack(
        "more is conceded than the budget allows",
        "concession_approved_within_budget",
        concession_answer(quantity="100000"),
    ),
    Attack("a budget that no event says", "concession_budget_by_two", concession_budget()),
    Attack("a budget by one who plans nothing", "concession_budget_by_planners", concession_budget("lan")),
    Attack(
        "a budget beside one who plans nothing",
        "concession_budget_by_planners",
        concession_budget("linh", "lan"),
    ),
    Attack(
        "a batch released under a concession that nobody approved just now",
        "batch_conceded",
        batch("asked", "state = 'released_under_concession'"),
    ),
    Attack(
        "goods leave after the last day of their concession",
        "shipment_under_concession",
        shipment("conceded", 1).replace("2026-03-02", "2099-01-01"),
    ),
    Attack(
        "who approved a concession makes the second check",
        "checking_not_conceder",
        checking("second", "bao", "conceded"),
    ),
    Attack("who asked for a concession releases", "sign_off_not_conceder", sign("release", "yen", "asked")),
    # Complaints
    Attack(
        "a complaint whose number leaves one out",
        "complaint_in_a_row",
        "INSERT INTO complaint (number, seq, said_as, received, person, at, body)"
        " SELECT number + 2, {head}, said_as, received, person, at, body FROM complaint"
        " WHERE number = (SELECT max(number) FROM complaint)",
    ),
    Attack(
        "a complaint goes on after its end",
        "complaint_step_before_the_end",
        "INSERT INTO complaint_step (seq, complaint, type, batch, person, at, body)"
        " SELECT {head}, complaint, 'complaint.handed_over', NULL, person, at, body FROM complaint_step"
        " WHERE type = 'complaint.closed'",
    ),
    Attack(
        "a step of a complaint that no event says", "complaint_step_by_its_event", complaint_step("answered")
    ),
    Attack("somebody else closes a complaint", "complaint_step_by_owner", complaint_step("closed", "lan")),
    Attack(
        "somebody else gives a complaint away",
        "complaint_step_by_owner",
        complaint_step("handed_over", "minh"),
    ),
    Attack("who settles nothing judges", "complaint_step_by_judge", complaint_step("judged", "lan")),
    Attack(
        "a complaint ends before a call that is promised",
        "complaint_step_ends_called",
        complaint_step("closed"),
    ),
    Attack(
        "a complaint is acknowledged twice", "complaint_step_once", complaint_step("acknowledged", number=1)
    ),
    Attack(
        "a complaint is judged the same again",
        "complaint_step_once",
        complaint_step("judged", number=1, escape=False, about="leak", reason="a second time"),
    ),
    Attack(
        "a complaint is judged otherwise for the same reason",
        "complaint_step_once",
        complaint_step("judged", number=1, escape=True, about="leak", reason="another maker's"),
    ),
    Attack(
        "a complaint is linked to a batch that is being checked",
        "complaint_step_not_blind",
        complaint_step("linked", batch="(SELECT id FROM batch WHERE number = '{awaiting}')", undone=False),
    ),
    # Nonconformities
    Attack(
        "a nonconformity whose number leaves one out",
        "nonconformity_in_a_row",
        nonconformity(number="(SELECT max(number) + 2 FROM nonconformity)"),
    ),
    Attack("more is affected than there is", "nonconformity_within_batch", nonconformity(quantity="1000000")),
    Attack(
        "two nonconformities name more units of a code than there are",
        "nonconformity_together_within",
        ALL_UNITS,
    ),
    Attack(
        "a nonconformity is opened again beside others that name all units",
        "nonconformity_step_together_within",
        nonconformity_step(number="4", kind="reopened"),
    ),
    Attack(
        "a nonconformity of goods that nothing is wrong with",
        "nonconformity_of_something",
        nonconformity("registered"),
    ),
    Attack(
        "a nonconformity that tells what a first check found",
        "nonconformity_not_blind",
        nonconformity("awaiting_second"),
    ),
    Attack("a nonconformity that no event opens", "nonconformity_by_its_event", nonconformity()),
    Attack(
        "a note that tells what a first check found",
        "nonconformity_step_not_blind",
        nonconformity_step("awaiting_second"),
    ),
    Attack("a note that no event says", "nonconformity_step_by_its_event", nonconformity_step()),
    Attack(
        "a nonconformity goes on after its end", "nonconformity_step_in_order", nonconformity_step(number="1")
    ),
    Attack(
        "who opened a nonconformity closes it",
        "nonconformity_closed_by_another",
        nonconformity_step(kind="closed"),
    ),
    Attack(
        "a nonconformity is closed without a word",
        "nonconformity_closed_over_something",
        nonconformity_step(kind="closed", person="som"),
    ),
    # People, keys, sessions
    Attack(
        "a role without an event",
        "role_grant_by_two",
        "INSERT INTO role_grant (person, role, families, until, seq) VALUES ('{lan}', 'releaser', '[]', NULL, {head})",
    ),
    Attack(
        "a role on an older grant's event",
        "role_grant_by_two",
        "INSERT INTO role_grant (person, role, families, until, seq)"
        " VALUES ('{lan}', 'releaser', '[]', NULL, {role_granted})",
    ),
    Attack(
        "a role that its one signer gives alone",
        "role_grant_by_two",
        "INSERT INTO role_grant (person, role, families, until, seq) VALUES ('{lan}', 'releaser', '[]', NULL, {head})",
    ),
    Attack(
        "a role taken without an act",
        "role_grant_taken_by_administrator",
        "DELETE FROM role_grant WHERE person = '{som}'",
    ),
    Attack(
        "the last administrator's role is taken",
        "role_grant_last_administrator",
        "DELETE FROM role_grant WHERE role = 'administrator'",
    ),
    Attack(
        "a qualification without an act",
        "qualification_by_two",
        "INSERT INTO qualification (person, procedure, until, seq) VALUES ('{lan}', '{code}', NULL, {head})",
    ),
    Attack(
        "a qualification is made longer",
        "qualification_by_two_again",
        "UPDATE qualification SET until = NULL, seq = {head}",
    ),
    Attack(
        "a qualification taken without an act",
        "qualification_taken_by_administrator",
        "DELETE FROM qualification",
    ),
    Attack(
        "a role turned into another",
        "role_grant_by_two_again",
        "UPDATE role_grant SET role = 'releaser' WHERE person = '{lan}'",
    ),
    Attack(
        "a key without an enrolment",
        "person_key_by_enrolment",
        "INSERT INTO person_key (key, person, public_key, from_seq, until_seq)"
        " VALUES ('{z}', '{som}', '00', {head}, NULL)",
    ),
    Attack(
        "a key becomes another",
        "person_key_signed_stays",
        "UPDATE person_key SET public_key = '00' WHERE person = '{som}'",
    ),
    Attack(
        "a revoked key comes back",
        "person_key_ends_once",
        "UPDATE person_key SET until_seq = NULL WHERE person = '{van}'",
    ),
    Attack(
        "a key enrolled that never signed",
        "person_key_in_hand",
        "INSERT INTO person_key (key, person, public_key, from_seq, until_seq)"
        " VALUES ('{z}', '{som}', '00', {head}, NULL)",
    ),
    Attack(
        "a second key beside the first",
        "person_key_one_at_a_time",
        "INSERT INTO person_key (key, person, public_key, from_seq, until_seq)"
        " VALUES ('{z}', '{som}', '00', {head}, NULL)",
    ),
    Attack(
        "a key ended without an act",
        "person_key_ends_by_two",
        "UPDATE person_key SET until_seq = {head}, ended = 'lost' WHERE person = '{som}'",
    ),
    Attack(
        "a key put in doubt without an act",
        "person_key_ends_by_two",
        "UPDATE person_key SET suspect_from = 1 WHERE person = '{som}'",
    ),
    Attack(
        "a key in doubt is cleared",
        "person_key_stays_suspect",
        "UPDATE person_key SET suspect_from = NULL WHERE person = '{van}'",
    ),
    Attack(
        "a key in doubt is in doubt from later on",
        "person_key_stays_suspect",
        "UPDATE person_key SET suspect_from = suspect_from + 1 WHERE person = '{van}'",
    ),
    Attack(
        "the mark of the recovery sheet is wiped off",
        "person_key_stays_suspect",
        "UPDATE person_key SET by_sheet = 1 WHERE person = '{van}'",
    ),
    Attack(
        "a check is set aside whose round does not go on",
        "checking_aside_in_its_round",
        "UPDATE checking SET state = 'set_aside' WHERE id = '{second_check.second}'",
    ),
    Attack(
        "a key begins with a mark of the recovery sheet that nobody handed on",
        "person_key_marked",
        "INSERT INTO person_key (key, person, public_key, from_seq, by_sheet)"
        " VALUES ('{z}', '{som}', '00', {head}, 1)",
    ),
    Attack(
        "somebody is renamed without an act",
        "person_name_by_two",
        "UPDATE person SET name = 'สมชาย ศรีสุข' WHERE id = '{lan}'",
    ),
    Attack(
        "a listed maker gets a login without an act",
        "person_name_by_two",
        "UPDATE person SET login = 'anh' WHERE id = '{anh}'",
    ),
    Attack(
        "a suspension by somebody else's act",
        "person_status_by_event",
        "UPDATE person SET status = 'suspended' WHERE id = '{som}'",
    ),
    # Who signs beside, the recovery sheet
    Attack(
        "somebody who did not sign is written beside an act",
        "line_signer_by_its_event",
        "INSERT INTO line_signer (seq, person, key) VALUES ({head}, '{som}', '{z}')",
    ),
    Attack(
        "somebody suspended signs beside",
        "line_signer_by_active",
        "INSERT INTO line_signer (seq, person, key) VALUES ({head}, '{hoa}', '{z}')",
    ),
    Attack(
        "the recovery sheet signs a grant",
        "line_signer_recovery",
        "INSERT INTO line_signer (seq, person, key, next_sheet)"
        " SELECT max(seq), 'recovery', '{z}', max(seq) + 1 FROM line"
        " WHERE type = 'qualification.granted'",
    ),
    Attack(
        "the recovery sheet signs a check",
        "line_signer_recovery",
        "INSERT INTO line_signer (seq, person, key, next_sheet)"
        " SELECT max(seq), 'recovery', '{z}', max(seq) + 1 FROM line"
        " WHERE type = 'check.signed'",
    ),
    Attack(
        "the recovery sheet signs a release",
        "line_signer_recovery",
        "INSERT INTO line_signer (seq, person, key, next_sheet)"
        " SELECT max(seq), 'recovery', '{z}', max(seq) + 1 FROM line"
        " WHERE type = 'batch.released'",
    ),
    Attack(
        "the recovery sheet signs while two others can",
        "line_signer_recovery",
        "INSERT INTO line_signer (seq, person, key, next_sheet)"
        " SELECT max(seq), 'recovery', '{z}', max(seq) + 1 FROM line"
        " WHERE type = 'person.enrolled'",
    ),
    Attack(
        "the recovery sheet signs and waits for no use of it",
        "line_signer_next_sheet",
        "INSERT INTO line_signer (seq, person, key) SELECT max(seq), 'recovery', '{z}' FROM line",
    ),
    Attack(
        "somebody suspended acts",
        "line_by_active",
        "INSERT INTO line (seq, type, person, session, at, act, station, batch, round, checking)"
        " VALUES ({head} + 1, 'batch.held', '{hoa}', NULL, 1, 0, 's', NULL, NULL, NULL)",
    ),
    Attack(
        "somebody whose roles are over stops a batch of others",
        "line_about_batch_by_role",
        "INSERT INTO line (seq, type, person, session, at, act, station, batch, round, checking)"
        " VALUES ({head} + 1, 'batch.held', '{anh}', 's', 1, 0, 's', '{released.batch}', NULL, NULL)",
    ),
    Attack(
        "what is tightened is inspected as at first again",
        "batch_stays_tightened",
        "UPDATE batch SET next_severity = 'normal' WHERE next_severity = 'tightened'",
    ),
    Attack(
        "a released batch is held for a key in doubt",
        "line_quarantine_unreleased",
        "INSERT INTO line (seq, type, person, session, at, act, station, batch, round, checking)"
        " VALUES ({head} + 1, 'batch.quarantined', '{linh}', NULL, 1, 1, 's', '{released.batch}', NULL, NULL)",
    ),
    Attack(
        "the first check is seen early when it was compared",
        "first_seen_before_compared",
        "INSERT INTO first_seen (round, person, what, seq) VALUES ('{released.round}', '{minh}', 'x', {head})",
    ),
    Attack(
        "a place is given up when both have signed",
        "place_given_up_before_compared",
        "INSERT INTO place_given_up (round, person, seq) VALUES ('{released.round}', '{minh}', {head})",
    ),
    Attack(
        "a product of which there are batches is called otherwise",
        "product_name_by_two",
        "UPDATE product SET unit = 'boxes' WHERE id = (SELECT product FROM batch LIMIT 1)",
    ),
    Attack(
        "a supplier from whom there are batches is called otherwise",
        "supplier_name_by_two",
        "UPDATE supplier SET name = 'b' WHERE id = (SELECT supplier FROM batch WHERE supplier IS NOT NULL LIMIT 1)",
    ),
    Attack(
        "somebody without a key acts",
        "line_by_active",
        "INSERT INTO line (seq, type, person, session, at, act, station, batch, round, checking)"
        " VALUES ({head} + 1, 'batch.held', '{van}', NULL, 1, 0, 's', NULL, NULL, NULL)",
    ),
    Attack(
        "the stop of a badge that is none",
        "line_of_a_badge_that_stands",
        "INSERT INTO line (seq, type, person, session, at, act, station, batch, round, checking)"
        " VALUES ({head} + 1, 'badge.stopped', '{linh}', '{z}', 1, 1, 's', NULL, NULL, NULL)",
    ),
    Attack(
        "the end of a lock that does not stand",
        "line_of_a_lock_that_stands",
        "INSERT INTO line (seq, type, person, session, at, act, station, batch, round, checking)"
        " VALUES ({head} + 1, 'person.unlocked', '{linh}', '{z}', 1, 1, 's', NULL, NULL, NULL)",
    ),
    Attack(
        "another person's secret is changed",
        "line_of_the_own_secret",
        "INSERT INTO line (seq, type, person, session, at, act, station, batch, round, checking)"
        " VALUES ({head} + 1, 'secret.changed', '{linh}', '{z}', 1, 1, 's', NULL, NULL, NULL)",
    ),
    Attack(
        "another sitting is closed",
        "line_of_the_own_session",
        "INSERT INTO line (seq, type, person, session, at, act, station, batch, round, checking)"
        " VALUES ({head} + 1, 'session.closed', '{linh}', '{z}', 1, 1, 's', NULL, NULL, NULL)",
    ),
    Attack(
        "a concern is explained by who may not",
        "line_of_anothers_concern",
        "INSERT INTO line (seq, type, person, session, at, act, station, batch, round, checking)"
        " VALUES ({head} + 1, 'concern.explained', '{lan}', '{z}', 1, 1, 's', NULL, NULL, NULL)",
    ),
    Attack(
        "a use of the recovery sheet that follows no act",
        "line_after_recovery",
        "INSERT INTO line (seq, type, person, session, at, act, station, batch, round, checking)"
        " VALUES ({head} + 1, 'recovery.used', '{linh}', NULL, 1, 1, 's', NULL, NULL, NULL)",
    ),
    Attack(
        "a recovery sheet made by hand",
        "recovery_sheet_by_its_event",
        "INSERT INTO recovery_sheet (public_key, from_seq, until_seq) VALUES ('{z}{z}', {head}, NULL)",
    ),
    Attack(
        "a second recovery sheet",
        "recovery_sheet_one_at_a_time",
        "INSERT INTO recovery_sheet (public_key, from_seq, until_seq) VALUES ('{z}{z}', {head}, NULL)",
    ),
    Attack(
        "a recovery sheet ends without a use",
        "recovery_sheet_ends_once",
        "UPDATE recovery_sheet SET until_seq = {head}",
    ),
    Attack(
        "a statement that nobody made",
        "namesake_by_its_event",
        "INSERT INTO namesake (person, other, seq) VALUES ('{lan}', '{som}', {head})",
    ),
    Attack(
        "a statement by another event",
        "namesake_by_its_event_again",
        "UPDATE namesake SET seq = {head}",
    ),
    Attack(
        "a release over a key in doubt",
        "sign_off_release_suspect",
        sign("release", "som", "suspect"),
    ),
    Attack(
        "a check by a role that has run out",
        "sign_off_role",
        sign("second", "mai", "second_check"),
    ),
    Attack(
        "a check by a role for other products",
        "sign_off_role",
        sign("second", "nga", "second_check"),
    ),
    Attack(
        "someone suspended is active again", "person_status_by_event", "UPDATE person SET status = 'active'"
    ),
    Attack(
        "a listed maker becomes active",
        "person_status_by_event",
        "UPDATE person SET status = 'active' WHERE id = '{anh}'",
    ),
    Attack(
        "a session nobody opened",
        "session_by_its_event",
        "INSERT INTO session (id, person, key, public_key, opened, closed)"
        " VALUES ('{z}', '{som}', '{z}', '00', {head}, NULL)",
    ),
    Attack(
        "a session changes hands",
        "session_signed_stays",
        "UPDATE session SET person = '{linh}' WHERE person = '{som}'",
    ),
    Attack(
        "a closed session opens again",
        "session_closed_once",
        "UPDATE session SET closed = NULL WHERE closed IS NOT NULL",
    ),
    Attack(
        "a session under the id of a person's key",
        "session_key_is_new",
        "INSERT INTO session (id, person, key, public_key, opened, closed)"
        " SELECT '{z}', person, key, '00', {head}, NULL FROM person_key",
    ),
    Attack(
        "a person's key under the id of a session's",
        "person_key_key_is_new",
        "INSERT INTO person_key (key, person, public_key, from_seq)"
        " SELECT key, person, public_key, {head} FROM session",
    ),
    Attack(
        "the shop's rules are changed without its event",
        "shop_by_its_event",
        "UPDATE shop SET third_releases = 1",
    ),
    Attack(
        "the shop's rules are changed by another event",
        "shop_by_its_event",
        "UPDATE shop SET third_releases = 1, seq = {head}",
    ),
    Attack(
        "the shop's rules are changed by somebody who does not administrate",
        "shop_by_administrator",
        "UPDATE shop SET third_releases = 1, seq = 0",
    ),
    Attack(
        "a maker takes the own name off",
        "batch_maker_not_by_self",
        "DELETE FROM batch_maker WHERE batch = '{made.batch}'",
    ),
    Attack(
        "a product of which there were batches is made one that never had any",
        "product_used_stays",
        "UPDATE product SET used = NULL",
    ),
    Attack(
        "an instrument that was calibrated is made one that never was",
        "instrument_used_stays",
        "UPDATE instrument SET used = NULL",
    ),
    Attack(
        "whoever measures extends a calibration",
        "instrument_loosened_by_two",
        "UPDATE instrument SET calibrated_until = '9999-12-31'",
    ),
    Attack(
        "a supplier from whom there were batches is made one who never had any",
        "supplier_used_stays",
        "UPDATE supplier SET used = NULL",
    ),
    Attack(
        "a product takes another one's code though there are batches of it",
        "product_code_stays",
        "UPDATE product SET code = 'MINE', revision = id",
    ),
    Attack(
        "a product moves to another family than its code's",
        "product_family_of_code",
        "UPDATE product SET family = 'mine'",
    ),
    Attack(
        "a revision in another family than its code's",
        "product_family_of_new_revision",
        "INSERT INTO product (id, code, revision, name, family, unit, picture, note, source, seq)"
        " SELECT '{z}', code, 'Z', name, 'mine', unit, picture, note, source, {head} FROM product LIMIT 1",
    ),
    Attack(
        "a round opens while the rework that was ordered is not recorded",
        "round_after_rework",
        "INSERT INTO round (id, batch, no, opened, seq)"
        " SELECT '{z}', batch, 99, opened, {head} FROM round WHERE batch = '{accepted.batch}'",
    ),
    Attack(
        "a batch is released while the rework that was ordered is not recorded",
        "sign_off_release_after_rework",
        sign("release", "som", "accepted"),
    ),
    # Who may do what
    Attack(
        "the clock is corrected by one",
        "clock_correction_by_two",
        "INSERT INTO clock_correction (seq, true_time, said, person, other)"
        " VALUES ({head} + 1, 1, 'x', '{linh}', '{som}')",
    ),
    Attack(
        "what was lost is signed by one",
        "restored_by_two",
        "INSERT INTO restored (seq, lost_from, lost_to, said, person, other)"
        " VALUES ({head} + 1, 1, 2, 'x', '{linh}', '{som}')",
    ),
    Attack(
        "what was lost is signed without an administrator",
        "restored_by_administrator",
        "INSERT INTO restored (seq, lost_from, lost_to, said, person, other)"
        " VALUES ({head} + 1, 1, 2, 'x', '{minh}', '{lan}')",
    ),
    Attack(
        "an event is declared void by one",
        "voided_by_two",
        "INSERT INTO voided (event_no, hash, reason, batch, person, other, seq)"
        " VALUES (900, 'h', 'x', NULL, '{linh}', '{som}', {head} + 1)",
    ),
    Attack(
        "an event declared void takes another batch along",
        "voided_names_its_batch",
        "INSERT INTO voided (event_no, hash, reason, batch, person, other, seq)"
        " VALUES (7, 'h', 'x', '{rejected.batch}', '{linh}', '{som}', {head})",
    ),
    Attack(
        "a disposition is confirmed by nobody who may",
        "disposition_by_workers",
        "INSERT INTO disposition (seq, batch, round, kind, quantity, person, confirmed_by, reason)"
        " VALUES ({head} + 1, '{rejected.batch}', '{rejected.round}', 'rework', 20, '{linh}', '{som}', 'x')",
    ),
    Attack(
        "a batch begins anew by no act that says so",
        "batch_anew_by_event",
        batch("accepted", "state = 'registered'"),
    ),
    Attack(
        "a batch is done again that two do not disagree on",
        "batch_again_by_both",
        batch("accepted", "state = 'registered'"),
    ),
    Attack("a round is reopened by one", "batch_reopened_by_two", batch("suspect", "state = 'registered'")),
    Attack(
        "a round is reopened without a signature in doubt",
        "batch_reopened_suspect",
        batch("accepted", "state = 'registered'"),
    ),
    Attack(
        "somebody's check is taken back by nobody",
        "checking_taken_back",
        "UPDATE checking SET state = 'retracted' WHERE id = '{awaiting_second.first}'",
    ),
    Attack(
        "somebody's check is set aside by nobody",
        "checking_set_aside_by",
        "UPDATE checking SET state = 'set_aside' WHERE id = '{second_check.second}'",
    ),
    Attack(
        "a batch is rejected after all by nobody",
        "batch_rejected_by_signer",
        batch("disagreed", "state = 'rejected'"),
    ),
    Attack(
        "a release is taken back by nobody", "batch_withdrawn_by", batch("released", "state = 'withdrawn'")
    ),
    Attack(
        "somebody suspended writes master data",
        "line_by_worker",
        "INSERT INTO line (seq, type, person, session, at, act, station, batch, round, checking)"
        " VALUES ({head} + 1, 'supplier.saved', '{hoa}', 's', 1, 0, 's', NULL, NULL, NULL)",
    ),
    Attack(
        "somebody suspended vouches for another",
        "line_signer_worker",
        "INSERT INTO line_signer (seq, person, key)"
        " SELECT max(seq), '{hoa}', 'k' FROM line WHERE type = 'person.lifted'",
    ),
    Attack(
        "an act while the clock is blocked",
        "line_clock",
        "INSERT INTO line (seq, type, person, session, at, act, station, batch, round, checking)"
        " SELECT seq, 'check.signed', '{linh}', NULL, at + 1000000000, 1, station, batch, round, checking"
        " FROM line WHERE seq = {head}",
    ),
    Attack(
        "a round is opened by nobody who inspects",
        "round_by_inspector",
        "INSERT INTO round (id, batch, no, opened, seq)"
        " SELECT '{z}', batch, 99, opened, {head} + 1 FROM round WHERE batch = '{accepted.batch}'",
    ),
    Attack(
        "a check is begun by nobody who inspects",
        "checking_role",
        "INSERT INTO checking (id, round, batch, place, person, state, started_at, seq, reason, signed)"
        " VALUES ('{z}', '{accepted.round}', '{accepted.batch}', 'second', '{mai}', 'open', 1, {head}, '', NULL)",
    ),
    Attack(
        "a check is signed without the qualification that is asked for",
        "sign_off_qualified",
        sign("first", "linh", "first_check"),
    ),
    Attack(
        "the last one gives the second place up",
        "place_given_up_last",
        "INSERT INTO place_given_up (round, person, seq) VALUES ('{z}', '{linh}', {head})",
    ),
    # The log
    *(
        Attack(
            f"a line that says another {column} than its event",
            "line_by_its_event",
            "INSERT INTO line (seq, type, person, session, at, act, station, batch, round, checking) SELECT "
            + ", ".join(
                wrong if c == column else c
                for c in (
                    "seq",
                    "type",
                    "person",
                    "session",
                    "at",
                    "act",
                    "station",
                    "batch",
                    "round",
                    "checking",
                )
            )
            + " FROM line WHERE seq = {second_check.seq}",
        )
        for column, wrong in (
            ("type", "'batch.released'"),
            ("person", "'{linh}'"),
            ("person", "NULL"),
            ("session", "NULL"),
            ("at", "at + 1"),
            ("station", "'elsewhere'"),
            ("batch", "'{accepted.batch}'"),
            ("batch", "NULL"),
            ("round", "'{accepted.round}'"),
            ("checking", "'{second_check.first}'"),
        )
    ),
    Attack(
        "an event is copied to the end",
        "event_verified",
        "INSERT INTO event (seq, body, sig, hash) SELECT {head} + 1, body, sig, hash FROM event WHERE seq = {head}",
    ),
    Attack(
        "an event is inserted before the end",
        "event_verified",
        "INSERT INTO event (seq, body, sig, hash) SELECT seq, body, sig, hash FROM event WHERE seq = 7",
    ),
    Attack(
        "an audit is closed that does not say what it opens again",
        "event_says_how_it_counts",
        f"INSERT INTO event (seq, body, sig, hash) VALUES ({{head}} + 1, {UNMARKED}, {UNMARKED}, {UNMARKED})",
    ),
    Attack(
        "released goods are scrapped",
        "disposition_fit",
        "INSERT INTO disposition (seq, batch, round, kind, quantity, person, confirmed_by, reason) VALUES"
        " ({head}, '{released.batch}', '{released.round}', 'scrap', 20, '{linh}', '{som}', 'x')",
    ),
    Attack(
        "goods are scrapped while somebody inspects them",
        "disposition_unchecked",
        "INSERT INTO disposition (seq, batch, round, kind, quantity, person, confirmed_by, reason) VALUES"
        " ({head}, '{second_check.batch}', '{second_check.round}', 'scrap', 20, '{linh}', '{som}', 'x')",
    ),
    Attack(
        "more is scrapped than there is",
        "disposition_of_all",
        "INSERT INTO disposition (seq, batch, round, kind, quantity, person, confirmed_by, reason) VALUES"
        " ({head}, '{rejected.batch}', '{rejected.round}', 'scrap', 21, '{linh}', '{som}', 'x')",
    ),
    Attack(
        "goods are regraded for nothing that anybody said",
        "disposition_for_what",
        "INSERT INTO disposition (seq, batch, round, kind, quantity, person, confirmed_by, reason, terms) VALUES"
        " ({head}, '{rejected.batch}', '{rejected.round}', 'regrade', 20, '{linh}', '{som}', 'x', ' ')",
    ),
    Attack(
        "goods are repaired of which no round was ever opened",
        "disposition_round_of_batch",
        "INSERT INTO disposition (seq, batch, round, kind, quantity, person, confirmed_by, reason) VALUES"
        " ({head}, '{registered.batch}', NULL, 'repair', 20, '{linh}', '{som}', 'x')",
    ),
    Attack(
        "a single unit comes as a batch that is no part of one",
        "batch_of_two",
        "INSERT INTO batch (id, number, product, line, quantity, order_no, note, state, held, lane_since, round_no,"
        " next_severity, again_used, rework_ordered, released, shipped, registered_at, registered_by, seq) SELECT"
        " '{z}', 'X-1', product, line, 1, order_no, note, 'registered', 0, lane_since, 0, next_severity, 0, 0,"
        " 0, 0, registered_at, registered_by, seq FROM batch WHERE id = '{registered.batch}'",
    ),
    Attack(
        "a batch that is no part shrinks to a single unit",
        "batch_of_two_stays",
        batch("registered", "quantity = 1"),
    ),
    # Parts of batches
    Attack("a part that nobody split off", "batch_part_by_its_event", part("asked")),
    Attack("one person splits alone", "batch_part_by_two", part("asked")),
    Attack("what is released is split", "batch_part_fit", part("released")),
    Attack("a batch is split while somebody inspects it", "batch_part_unchecked", part("second_check")),
    Attack("parts that do not add up", "batch_part_adds_up", part("asked")),
    Attack(
        "a part that comes from another batch",
        "batch_origin_of_part",
        "INSERT INTO batch_origin (batch, origin, seq) VALUES ('{z}', '{asked.batch}', {head})",
    ),
    Attack(
        "a part that is no part of its batch",
        "batch_born_of_part",
        "INSERT INTO batch (id, number, product, line, quantity, order_no, note, state, held, lane_since, round_no,"
        " next_severity, again_used, rework_ordered, released, shipped, registered_at, registered_by, seq) SELECT"
        " '{z}', 'X-1', product, line, quantity, order_no, note, 'registered', 0, lane_since, 1, next_severity, 0, 0,"
        " 0, 0, registered_at, registered_by, {parted.seq} FROM batch WHERE id = '{registered.batch}'",
    ),
    Attack(
        "a part grows",
        "batch_part_stays",
        "UPDATE batch SET quantity = quantity + 5 WHERE id = '{crate_part}'",
    ),
    Attack(
        "what stayed of a split batch is inspected anew",
        "batch_split_stays",
        batch("parted", "state = 'registered'"),
    ),
    Attack(
        "a part is inspected that nobody is known to have made",
        "round_of_part",
        "INSERT INTO round (id, batch, no, opened, seq)"
        " SELECT '{z}', '{crate_part}', 1, opened, {head} FROM round WHERE id = '{parted.round}'",
    ),
    Attack(
        "more is asked for than stayed of a split batch",
        "concession_of_rest",
        "INSERT INTO concession (id, batch, round, quantity, until_day, consent, person, body, at, seq)"
        " VALUES ('{z}', '{parted.batch}', '{parted.round}', 7, '2030-01-01', NULL, '{linh}', '{{}}', 1, {head})",
    ),
    Attack(
        "more is conceded than stayed of a split batch",
        "concession_approved_of_rest",
        "INSERT INTO concession_answer (concession, answer, batch, round, quantity, record, reason, person, other, at,"
        " seq) VALUES ('{wish}', 'approved', '{parted.batch}', '{parted.round}', 7, 'r', '', '{linh}', '{som}', 1,"
        " {head})",
    ),
    Attack(
        "what stayed of a split batch is sorted",
        "disposition_not_split",
        "INSERT INTO disposition (seq, batch, round, kind, quantity, person, confirmed_by, reason) VALUES"
        " ({head}, '{parted.batch}', '{parted.round}', 'sort', 6, '{linh}', '{som}', 'x')",
    ),
    # Corrective actions, promises, and stops of what came again
    Attack("a promise that no event says", "promise_by_its_event", promise()),
    Attack("a promise in a closed action", "promise_in_open_action", promise("closed_action")),
    Attack("a promise for a day before its action", "promise_not_before_action", promise(due="2001-01-01")),
    Attack("a promise that somebody decides as he likes", "promise_of_a_kind", promise(kind="hope")),
    Attack(
        "a rate over no lots", "promise_rate_decidable", promise(kind="rate", code="DEN", percent="1", lots=0)
    ),
    Attack("a document without a name", "promise_document_named", promise(kind="certificate", document=" ")),
    Attack(
        "a rate of what the action is not about",
        "promise_about_its_action",
        promise(kind="rate", code="SCR", percent="1", lots=1),
    ),
    Attack(
        "a lot that decides what an audit found", "promise_of_finding_by_document", promise("audit_action")
    ),
    Attack(
        "a rate on a class that no code of the action has",
        "promise_class_of_its_action",
        promise(kind="rate", defect_class="minor", percent="1", lots=1),
    ),
    Attack("an action that no event opens again", "action_said_by_its_event", action_said("reopened")),
    Attack("an action that no event closes", "action_said_by_its_event", action_said("closed")),
    Attack(
        "an open action is opened again because nothing proves it",
        "action_said_unproves_what_is_closed",
        action_said("reopened"),
    ),
    Attack(
        "a stop that no event lays",
        "release_stop_by_its_event",
        "INSERT INTO release_stop (seq, supplier, product, code, action, lot, decided)"
        " SELECT {head}, supplier, product, code, action, lot, NULL FROM release_stop WHERE seq = {stop}",
    ),
    Attack(
        "a stop that names neither a lot nor a report",
        "release_stop_names_lot_or_report",
        "INSERT INTO release_stop (seq, supplier, product, code, action, lot, decided)"
        " SELECT {head}, supplier, product, code, action, NULL, NULL FROM release_stop WHERE seq = {stop}",
    ),
    Attack(
        "a stop of other goods",
        "release_stop_stays",
        "UPDATE release_stop SET product = 'NUT' WHERE seq = {stop}",
    ),
    Attack(
        "a stop that nobody decides about is decided",
        "release_stop_by_two",
        "UPDATE release_stop SET decided = {head} WHERE seq = {stop}",
    ),
    Attack(
        "a normal round opens though what came again tightens inspection",
        "round_tightened_by_repeat",
        "INSERT INTO round (id, batch, no, opened, seq) VALUES ('{z}', '{waiting.batch}', 1,"
        ' \'{{"plan": {{"severity": "normal"}}, "procedure": {{"content": {{"rules": []}}}}}}\', {head})',
    ),
    Attack(
        "goods are released while a defect that came again holds them back",
        "batch_release_stopped",
        batch("bolt", "state = 'released'"),
    ),
    Attack(
        "goods are released under concession while a defect that came again holds them back",
        "batch_release_stopped",
        batch("bolt", "state = 'released_under_concession'"),
    ),
)

PREPARED = {
    "sign_off_release_third": "UPDATE shop SET third_releases = 1",
    f"{WITH_OTHERS} results": unit_result("second", "split").replace(" 19,", " {not_shared},"),
    f"{WITH_OTHERS} findings": finding("second", "split").replace("', 1,", "', {not_shared},", 1),
    f"{WITH_OTHERS} readings": reading("second", "split").replace("', 2,", "', {not_shared},", 1),
    "batch_maker_not_by_self": "UPDATE line SET person = '{som}' WHERE seq = (SELECT max(seq) FROM line)",
    "checking_aside_in_its_round": "UPDATE batch SET state = 'registered' WHERE id = '{second_check.batch}'",
    "batch_again_by_both": "UPDATE line SET type = 'round.again' WHERE seq = (SELECT max(seq) FROM line)",
    "batch_reopened_by_two": "UPDATE line SET type = 'round.reopened', person = '{hoa}'"
    " WHERE seq = (SELECT max(seq) FROM line)",
    "batch_reopened_suspect": "UPDATE line SET type = 'round.reopened' WHERE seq = (SELECT max(seq) FROM line)",
    "sign_off_qualified": "UPDATE round SET opened = replace(opened, '\"qualification_required\":false',"
    " '\"qualification_required\":true')",
    "nonconformity_step_together_within": ALL_UNITS,
    "complaint_step_ends_called": complaint_step(
        "called_back", called=False, call_back=4_000_000_000_000_000
    ),
    "concession_approved_in_time": "UPDATE concession SET until_day = '2020-01-01'",
    "round_after_rework": "UPDATE batch SET rework_ordered = 1 WHERE id = '{accepted.batch}'",
    "sign_off_release_after_rework": "UPDATE batch SET rework_ordered = 1 WHERE id = '{accepted.batch}'",
    "batch_reworked_by_two": "UPDATE person SET status = 'suspended'",
    "round_of_part": "DELETE FROM batch_maker WHERE batch = '{crate_part}'",
    "finding_withdrawn_stays": "UPDATE finding SET withdrawn = 'slip' WHERE checking = '{second_check.second}'",
}
"""What the program itself may have done before, by the trigger or by what is tried."""
BY_ANOTHER_LINE = (
    "batch_maker_not_by_self",
    "batch_again_by_both",
    "batch_reopened_by_two",
    "batch_reopened_suspect",
)
"""Rules whose attack is prepared by another last line."""


def prepared(attack: Attack) -> str | None:
    """Return what the program itself may have done before an attack; None: nothing is needed."""
    return PREPARED.get(attack.what, PREPARED.get(attack.trigger))


@contextmanager
def attacking(database: Database, *, as_program: bool = True) -> Iterator[sa.Connection]:
    """Give the program's own connection in a transaction of which nothing stays; on a server with the owner's rights."""
    connection = database.engine.connect()
    if database.dialect == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        take_all_rights(connection)
    database.writing.on = as_program
    try:
        yield connection
    finally:
        database.writing.on = False
        connection.rollback()
        connection.close()


def run(connection: sa.Connection, statement: str) -> None:
    """Run a statement as it stands, with bytes as the dialect writes them."""
    if connection.dialect.name == "postgresql":
        statement = _BYTES.sub(r"'\\x\1'::bytea", statement.replace("%", "%%"))
    connection.exec_driver_sql(statement)


def rule_that_refuses(connection: sa.Connection, statement: str) -> str:
    """Run a statement that must be refused; the rule that the database names."""
    with pytest.raises(sa.exc.DBAPIError) as caught:
        run(connection, statement)
    rule = refused.rule_in(str(caught.value.orig))
    assert rule is not None, caught.value.orig
    return rule


def leave_only(connection: sa.Connection, trigger: str) -> None:
    """Take every other rule off the trigger's table: what refuses then is this one."""
    if connection.dialect.name == "postgresql":
        table = triggers(connection, trigger)[trigger][0]
        run(connection, f"ALTER TABLE {table} DISABLE TRIGGER USER")
        run(connection, f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {trigger}")
        return
    others = connection.exec_driver_sql(
        "SELECT o.name FROM sqlite_master t JOIN sqlite_master o ON o.tbl_name = t.tbl_name AND o.type = t.type"
        " WHERE t.type = 'trigger' AND t.name = ?",
        (trigger,),
    ).scalars()
    names = set(others.all())
    assert trigger in names
    for name in names - {trigger}:
        run(connection, f"DROP TRIGGER {name}")


def triggers(connection: sa.Connection, name: str = "") -> dict[str, tuple[str, str]]:
    """Return table and rule of every trigger, or of one."""
    if connection.dialect.name == "sqlite":
        asked = "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"
        asked += f" AND name = '{name}'" if name else ""
    else:
        asked = (
            "SELECT t.tgname, c.relname, pg_get_triggerdef(t.oid) || ' ' || pg_get_functiondef(t.tgfoid)"
            " FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal"
        )
        asked += f" AND t.tgname = '{name}'" if name else ""
    return {name: (table, rule_of(text)) for name, table, text in connection.exec_driver_sql(asked)}


def rule_of(text: str) -> str:
    """Return the rule that a trigger's text names: in the message itself, or as the argument of its function."""
    named = re.search(r"rule:([a-z-]+)", text) or re.search(r"EXECUTE FUNCTION \w+\('([a-z-]+)'\)", text)
    assert named is not None, text
    return named.group(1)


def prepare(connection: sa.Connection, attack: Attack, world: World) -> None:
    """Bring about what the program itself may have done before an attack, with its event."""
    if attack.trigger == "sign_off_release_third":
        run(connection, "DROP TRIGGER shop_by_its_event" + off(connection, "shop"))
    if attack.trigger == "checking_aside_in_its_round":
        run(connection, "DROP TRIGGER batch_anew_by_event" + off(connection, "batch"))
    if attack.trigger == "batch_reworked_by_two":
        run(connection, "DROP TRIGGER person_status_by_event" + off(connection, "person"))
        run(connection, "UPDATE batch SET rework_ordered = 1")
    if attack.trigger in BY_ANOTHER_LINE:
        run(connection, "DROP TRIGGER line_no_update" + off(connection, "line"))
    if attack.trigger == "nonconformity_step_together_within":
        leave_only(connection, "nonconformity_together_within")
        run(connection, "DROP TRIGGER nonconformity_together_within" + off(connection, "nonconformity"))
    if attack.trigger == "complaint_step_ends_called":
        leave_only(connection, "complaint_step_ends_called")
    if attack.trigger == "concession_approved_in_time":
        run(connection, "DROP TRIGGER concession_no_update" + off(connection, "concession"))
    if attack.trigger == "sign_off_qualified":
        run(connection, "DROP TRIGGER round_no_update" + off(connection, "round"))
    before = prepared(attack)
    assert before is not None, attack.what
    run(connection, filled(before, world))


def off(connection: sa.Connection, table: str) -> str:
    """Return how PostgreSQL says of which table a trigger is."""
    return f" ON {table}" if connection.dialect.name == "postgresql" else ""


def filled(statement: str, world: World) -> str:
    """Return a statement with the world's ids in it."""
    return statement.format(**vars(world), z="f" * 32)


# Whole families: nothing is deleted, replaced or emptied, no key changes, what is append-only is never updated --------

REPLACING = ("REPLACE", "INSERT OR REPLACE", "INSERT OR IGNORE", "INSERT OR FAIL")
SINGLE = ("shop",)
"""Tables of one row, in which there is no other row to be replaced."""


def family(table: str, dialect: str) -> dict[str, tuple[str, ...]]:
    """Return the triggers that every table of a kind has, with what each must refuse."""
    columns, key = ", ".join(ALL_COLUMNS[table]), KEYS[table]
    copy = f"SELECT {columns} FROM {table} LIMIT 1"
    last = ALL_COLUMNS[table][-1]
    upsert = f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET {last} = excluded.{last}"
    made: dict[str, tuple[str, ...]] = {}
    if dialect == "postgresql":
        made["no_truncate"] = (f"TRUNCATE {table} CASCADE",)
    if table in LOOSE:
        return made
    if table not in WRITTEN_ANEW:
        made["no_delete"] = (f"DELETE FROM {table}",)
    if table in APPEND_ONLY:
        made["no_update"] = (f"UPDATE {table} SET {last} = {last}",)
        if dialect == "postgresql":
            made["no_update"] += (f"INSERT INTO {table} ({columns}) {copy} {upsert}",)
    else:
        other = f"{key[0]} || 'x'" if has_own_rowid(table) else f"{key[0]} + 1000"
        made["key_stays"] = (f"UPDATE {table} SET {key[0]} = {other}",)
    if dialect == "postgresql":
        return made
    made["no_replace"] = (
        *(f"{verb} INTO {table} ({columns}) {copy}" for verb in REPLACING),
        f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {table} WHERE true LIMIT 1 {upsert}",
    )
    if "key_stays" in made:
        made["key_stays"] += (made["key_stays"][0].replace("UPDATE", "UPDATE OR REPLACE", 1),)
    if has_own_rowid(table):
        made["rowid_free"] = (
            f"REPLACE INTO {table} (rowid, {columns}) SELECT rowid, {columns} FROM {table}",
        )
        if table not in APPEND_ONLY:
            other = f"(SELECT max(rowid) FROM {table})"
            made["rowid_stays"] = (
                f"UPDATE {table} SET rowid = rowid + 1000",
                f"UPDATE OR REPLACE {table} SET rowid = {other} WHERE rowid < {other}",
            )[: 1 if table in SINGLE else 2]
    if table not in APPEND_ONLY and uniques(table):
        made["unique_stays"] = tuple(
            f"UPDATE OR REPLACE {table} SET ({', '.join(u)}) = (SELECT {', '.join(u)} FROM {table} AS other"
            f" WHERE other.{key[0]} <> {table}.{key[0]} AND {u[0]} IS NOT NULL LIMIT 1)"
            for u in uniques(table)
        )
    return made
