# SPDX-License-Identifier: Apache-2.0
"""Who may do what: acts of two, batches that begin anew, checks taken back or set aside, roles, clocks, places given up.

What two sign is signed by two people who do more than read. Whoever reads only, or holds no role, puts nothing on record
and vouches for nobody but for the own role. The last person who could make the second check does not give it up.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from qcdesk.domain.explaining import OF_A_ROUND, UNDER_A_RELEASE
from tests.store.attacks import filled, sign
from tests.store.scenes import World
from tests.trust.rule_cases import OTHER, Case, day, event, now, quoted

NOTES = ("defect.reported", "batch.shipped", "batch.held", "batch.withdrawn", "certificate.printed")
"""What no release rests on."""
ANEW = ("check.retracted", "round.again", "round.reopened", "round.ordered", "log.voided", "batch.reworked")
RECORDED = (
    "supplier.saved",
    "product.saved",
    "defect_code.saved",
    "instrument.saved",
    "defect.reported",
    "defects.reported",
    "person.listed",
)
VOUCHED = (
    "role.granted",
    "qualification.granted",
    "person.renamed",
    "person.enrolled",
    "person.lifted",
    "key.revoked",
    "key.enrolled",
    "badge.issued",
)
SIGNS_IN = ("clock.corrected", "session.opened", "station.introduced")
DOUBT_ENDS = "UPDATE person_key SET suspect_from = 900000 WHERE suspect_from IS NOT NULL"

DOUBT_EARLIER = "UPDATE person_key SET suspect_from = 1 WHERE suspect_from IS NOT NULL"


def cases(world: World) -> Iterator[Case]:
    """Yield every case."""
    yield from _by_two(world)
    yield from _voids(world)
    yield from _anew(world)
    yield from _again(world)
    yield from _reopened(world)
    yield from _taken_back(world)
    yield from _set_aside(world)
    yield from _rejected(world)
    yield from _withdrawn(world)
    yield from _recorded(world)
    yield from _vouched(world)
    yield from _clocks(world)
    yield from _roles(world)
    yield from _sessions(world)
    yield from _qualified(world)
    yield from _given_up(world)


def reads_only(person: str) -> tuple[str, ...]:
    """Return what makes a person an auditor and nothing else."""
    return (
        f"DELETE FROM role_grant WHERE person = '{person}'",
        "INSERT INTO role_grant (person, role, families, until, seq)"
        f" VALUES ('{person}', 'auditor', '[]', NULL, 1)",
    )


def acted(
    world: World,
    kind: str,
    by: str,
    *beside: str,
    batch: str | None = None,
    round_: str | None = None,
    check: str | None = None,
) -> tuple[str, ...]:
    """Return what puts an act at the end of the log, of a round and a check."""
    seq = world.head + 1
    return (
        *event(seq, kind, by, now(world), beside=beside, batch=batch),
        f"UPDATE line SET round = {quoted(round_)}, checking = {quoted(check)} WHERE seq = {seq}",
    )


def after(world: World) -> tuple[str, ...]:
    """Return what puts one more act behind it, of two people."""
    return event(world.head + 2, "supplier.saved", world.linh, now(world), beside=(world.som,))


def _by_two(world: World) -> Iterator[Case]:
    seq, linh, som, minh, hoa = world.head + 1, world.linh, world.som, world.minh, world.hoa
    rows = {
        "clock_correction_by_two": "clock_correction (seq, true_time, said, person, other)"
        f" VALUES ({seq}, 1, 'x', 'p', 'q')",
        "restored_by_two": "restored (seq, lost_from, lost_to, said, person, other)"
        f" VALUES ({seq}, 1, 2, 'x', 'p', 'q')",
        "voided_by_two": "voided (event_no, hash, reason, batch, person, other, seq)"
        f" VALUES (900, 'h', 'x', NULL, 'p', 'q', {seq})",
        "disposition_by_workers": "disposition (seq, batch, round, kind, quantity, person, confirmed_by, reason)"
        f" VALUES ({seq}, '{world.rejected.batch}', '{world.rejected.round}', 'rework', 1, 'p', 'q', '')",
    }
    for trigger, row in rows.items():
        for by, *beside in ((linh,), (linh, linh), (linh, som), (linh, minh), (minh, som), (linh, hoa)):
            for ready in ((), reads_only(minh)):
                for later in ((), after(world)):
                    reading = minh if ready else hoa
                    right = len({by, *beside} - {reading, hoa}) == 2
                    act = acted(world, "x", by, *beside)
                    what = f"by {by} and {beside}, {len(ready)}, {len(later)}"
                    yield Case(trigger, what, not right, (*ready, *act, *later), f"INSERT INTO {row}")
    for by, *beside in ((linh, minh), (minh, linh), (minh, world.lan), (minh,)):
        for later in ((), after(world)):
            yield Case(
                "restored_by_administrator",
                f"by {by} and {beside}, {len(later)}",
                linh not in (by, *beside),
                (*acted(world, "x", by, *beside), *later),
                f"INSERT INTO {rows['restored_by_two']}",
            )


def _voids(world: World) -> Iterator[Case]:
    seq, batch, other = world.head + 1, world.accepted.batch, world.rejected.batch
    for of_line in (None, batch, other):
        for said in (None, batch, other):
            body = json.dumps({"body": {"batch": said}}, separators=(",", ":")).encode().hex()
            for named in (None, batch, other):
                void = (
                    "INSERT INTO voided (event_no, hash, reason, batch, person, other, seq)"
                    f" VALUES ({seq}, 'h', 'x', {quoted(named)}, 'p', 'q', {seq + 1})"
                )
                ready = (
                    *event(seq, "batch.released", world.linh, now(world), batch=of_line),
                    f"UPDATE event SET body = X'{body}' WHERE seq = {seq}",
                    *event(seq + 1, "log.voided", world.linh, now(world), batch=batch),
                )
                wrong = named is not None and named not in (of_line, said)
                yield Case("voided_names_its_batch", f"{of_line}, {said}: {named}", wrong, ready, void)
    for kind in sorted({*OF_A_ROUND, *UNDER_A_RELEASE, *NOTES}):
        for named in (None, batch):
            void = (
                "INSERT INTO voided (event_no, hash, reason, batch, person, other, seq)"
                f" VALUES ({seq}, 'h', 'x', {quoted(named)}, 'p', 'q', {seq + 1})"
            )
            ready = (
                *event(seq, kind, world.linh, now(world), batch=batch),
                *event(seq + 1, "log.voided", world.linh, now(world), batch=named),
            )
            wrong = named is not None and kind in NOTES
            yield Case("voided_begins_anew", f"{kind}: {named}", wrong, ready, void)


def _anew(world: World) -> Iterator[Case]:
    trigger, seq = "batch_anew_by_event", world.head + 1
    batch, other = world.accepted.batch, world.rejected.batch
    begins = f"UPDATE batch SET state = 'registered' WHERE id = '{batch}'"
    for kind in (*ANEW, "batch.held"):
        for about in (batch, other):
            for later in ((), after(world)):
                right = kind in ANEW and about == batch and not later
                ready = (*acted(world, kind, world.linh, batch=about), *later)
                yield Case(trigger, f"{kind} of {about}, {len(later)}", not right, ready, begins)
    for about in (batch, other):
        for by in (seq, seq - 1):
            anew = (
                "INSERT INTO reinspection (round, batch, code, version, seq)"
                f" VALUES ('{OTHER}', '{about}', 'IP-204', 1, {by})"
            )
            ready = (*acted(world, "procedure.approved", world.som), anew)
            yield Case(trigger, f"a new version of {about}, {by}", about != batch or by != seq, ready, begins)
    stands = f"UPDATE batch SET state = 'registered' WHERE id = '{world.registered.batch}'"
    yield Case(trigger, "where it stands already", False, acted(world, "x", world.linh), stands)
    yield Case(trigger, "a note", False, acted(world, "x", world.linh), _note(batch))


def _note(batch: str) -> str:
    return f"UPDATE batch SET note = 'x' WHERE id = '{batch}'"


def _again(world: World) -> Iterator[Case]:
    trigger, linh, som, minh = "batch_again_by_both", world.linh, world.som, world.minh
    for scene in (world.disagreed, world.accepted):
        begins = f"UPDATE batch SET state = 'registered' WHERE id = '{scene.batch}'"
        back = f"UPDATE sign_off SET standing = 0 WHERE round = '{scene.round}' AND place = 'second'"
        for kind in ("round.again", "check.retracted"):
            for by, *beside in ((linh, som), (som, linh), (linh,), (linh, minh)):
                for ready in ((), (back,)):
                    both = {by, *beside} == {linh, som} and scene is world.disagreed and not ready
                    wrong = kind == "round.again" and not both
                    act = acted(world, kind, by, *beside, batch=scene.batch)
                    what = f"{kind} of {scene.batch} by {by} and {beside}, {len(ready)}"
                    yield Case(trigger, what, wrong, (*ready, *act), begins)
        act = acted(world, "round.again", linh, batch=scene.batch)
        yield Case(trigger, f"a note of {scene.batch}", False, act, _note(scene.batch))


def _reopened(world: World) -> Iterator[Case]:
    linh, som, hoa = world.linh, world.som, world.hoa
    for scene in (world.suspect, world.accepted):
        begins = f"UPDATE batch SET state = 'registered' WHERE id = '{scene.batch}'"
        for kind in ("round.reopened", "check.retracted"):
            for by, *beside in ((linh, som), (linh,), (linh, hoa)):
                for ready in ((), (DOUBT_ENDS,), (DOUBT_EARLIER,)):
                    act = (*ready, *acted(world, kind, by, *beside, batch=scene.batch))
                    what = f"{kind} of {scene.batch} by {by} and {beside}, {ready}"
                    reopens = kind == "round.reopened"
                    alone = reopens and {by, *beside} != {linh, som}
                    yield Case("batch_reopened_by_two", what, alone, act, begins)
                    sound = reopens and (scene is world.accepted or ready == (DOUBT_ENDS,))
                    yield Case("batch_reopened_suspect", what, sound, act, begins)
        act = acted(world, "round.reopened", linh, batch=scene.batch)
        for trigger in ("batch_reopened_by_two", "batch_reopened_suspect"):
            yield Case(trigger, f"a note of {scene.batch}", False, act, _note(scene.batch))


def _taken_back(world: World) -> Iterator[Case]:
    trigger, scene, other = "checking_taken_back", world.suspect, world.accepted
    persons = {scene.first: world.linh, scene.second: world.van}
    for check, person in persons.items():
        back = f"UPDATE checking SET state = 'retracted' WHERE id = '{check}'"
        for kind in ("check.retracted", "round.reopened", "batch.held"):
            for by in (person, world.som):
                for named in (check, other.first):
                    for round_ in (scene.round, other.round):
                        act = acted(world, kind, by, world.som, round_=round_, check=named)
                        own = kind == "check.retracted" and by == person and named == check
                        for ready, doubt in (((), check == scene.second), ((DOUBT_ENDS,), False)):
                            two = kind == "round.reopened" and round_ == scene.round and doubt
                            what = f"{check}: {kind} by {by} of {named} in {round_}, {len(ready)}"
                            yield Case(trigger, what, not (own or two), (*ready, *act), back)
        act = acted(world, "check.retracted", person, round_=scene.round, check=check)
        yield Case(trigger, f"{check}, late", True, (*act, *after(world)), back)
        words = f"UPDATE checking SET reason = 'x' WHERE id = '{check}'"
        yield Case(trigger, f"{check}, its reason", False, acted(world, "x", person), words)


def _set_aside(world: World) -> Iterator[Case]:
    trigger, scene = "checking_set_aside_by", world.second_check
    aside = f"UPDATE checking SET state = 'set_aside' WHERE id = '{scene.second}'"
    minh = world.minh

    def only(*roles: tuple[str, str]) -> tuple[str, ...]:
        given = (
            "INSERT INTO role_grant (person, role, families, until, seq)"
            f" VALUES ('{minh}', '{role}', '{families}', NULL, 1)"
            for role, families in roles
        )
        return (f"DELETE FROM role_grant WHERE person = '{minh}'", *given)

    for kind in ("check.set_aside", "check.retracted"):
        for named in (scene.second, world.accepted.first):
            about = kind == "check.set_aside" and named == scene.second
            for ready, may in (
                ((), False),
                (only(("administrator", "[]")), True),
                (only(("administrator", '["Cables"]')), True),
                (only(("releaser", "[]")), True),
                (only(("releaser", '["Cables"]')), False),
                (only(("planner", "[]")), False),
            ):
                act = acted(world, kind, minh, check=named)
                what = f"{kind} of {named}: {ready}"
                yield Case(trigger, what, not (about and may), (*ready, *act), aside)
            act = acted(world, kind, world.som, check=named)
            yield Case(trigger, f"{kind} of {named} by its person", not about, act, aside)
    for by in (world.som, world.lan):
        for ready in ((), only(("releaser", "[]"))):
            act = (*ready, *acted(world, "check.set_aside", by, check=scene.second))
            right = by == world.som
            yield Case(trigger, f"by {by} while somebody else may, {len(ready)}", not right, act, aside)
    act = acted(world, "check.set_aside", world.som, check=scene.second)
    none = f"DELETE FROM role_grant WHERE person = '{world.som}'"
    yield Case(trigger, "by its person, who holds no role", False, (none, *act), aside)
    yield Case(trigger, "late", True, (*act, *event(world.head + 2, "x", world.lan, now(world))), aside)
    words = f"UPDATE checking SET reason = 'x' WHERE id = '{scene.second}'"
    yield Case(trigger, "its reason", False, acted(world, "x", minh), words)


def _rejected(world: World) -> Iterator[Case]:
    trigger, scene, other = "batch_rejected_by_signer", world.disagreed, world.accepted
    rejects = f"UPDATE batch SET state = 'rejected' WHERE id = '{scene.batch}'"
    back = f"UPDATE sign_off SET standing = 0 WHERE round = '{scene.round}' AND place = 'first'"
    kind = "round.rejected_after_all"
    decided = (
        "INSERT INTO decision (round, batch, seq, person, outcome, body) VALUES"
        f" ('{scene.round}', '{scene.batch}', {world.head}, '{world.minh}', 'rejected', '')"
    )
    elsewhere = decided.replace(scene.round, OTHER)
    for said in (kind, "batch.held"):
        for by in (world.linh, world.som, world.minh):
            for about in (scene.batch, other.batch):
                for ready in ((), (back,), (decided,), (elsewhere,)):
                    signer = by == world.som or (by == world.linh and back not in ready)
                    own = said == kind and about == scene.batch and signer
                    act = acted(world, said, by, batch=about)
                    what = f"{said} of {about} by {by}, {ready[:1]}"
                    yield Case(trigger, what, not own and decided not in ready, (*ready, *act), rejects)
    act = acted(world, kind, world.linh, batch=scene.batch)
    later = event(world.head + 2, "x", world.minh, now(world))
    yield Case(trigger, "late", True, (*act, *later), rejects)
    begun = f"UPDATE batch SET state = 'second_check' WHERE id = '{scene.batch}'"
    yield Case(trigger, "by a comparison", False, (begun, *acted(world, "x", world.minh)), rejects)
    yield Case(trigger, "a note", False, acted(world, "x", world.minh), _note(scene.batch))


def _withdrawn(world: World) -> Iterator[Case]:
    trigger, scene, other = "batch_withdrawn_by", world.released, world.accepted
    back = f"UPDATE batch SET state = 'withdrawn' WHERE id = '{scene.batch}'"
    signed = f"UPDATE sign_off SET person = '{world.lan}' WHERE round = '{scene.round}' AND place = 'first'"
    grant = "INSERT INTO role_grant (person, role, families, until, seq) VALUES"
    for said in ("batch.withdrawn", "batch.held"):
        for about in (scene.batch, other.batch):
            for ready, may in (
                ((), False),
                ((signed,), True),
                ((signed.replace(scene.round, other.round),), False),
                ((f"{grant} ('{world.lan}', 'releaser', '[]', NULL, 1)",), True),
                ((f"{grant} ('{world.lan}', 'releaser', '[\"Cables\"]', NULL, 1)",), False),
            ):
                right = may and said == "batch.withdrawn" and about == scene.batch
                act = acted(world, said, world.lan, batch=about)
                what = f"{said} of {about}, {ready[:1]}"
                yield Case(trigger, what, not right, (*ready, *act), back)
    act = acted(world, "batch.withdrawn", world.som, batch=scene.batch)
    late = event(world.head + 2, "x", world.lan, now(world))
    yield Case(trigger, "late", True, (*act, *late), back)
    yield Case(trigger, "a note", False, acted(world, "x", world.lan), _note(scene.batch))
    gone = back.replace(scene.batch, world.withdrawn.batch)
    yield Case(trigger, "where it stands already", False, acted(world, "x", world.lan), gone)


def _recorded(world: World) -> Iterator[Case]:
    at, seq = now(world), world.head + 1
    for kind in (*RECORDED, "first.seen"):
        for who, ready in (
            (world.linh, ()),
            (world.hoa, ()),
            (world.minh, ()),
            (world.minh, reads_only(world.minh)),
        ):
            line = (
                "INSERT INTO line (seq, type, person, session, at, act, station, batch, round, checking) VALUES"
                f" ({seq}, '{kind}', '{who}', 's', {at}, 0, 'bench 1', NULL, NULL, NULL)"
            )
            wrong = kind in RECORDED and (who == world.hoa or bool(ready))
            yield Case("line_by_worker", f"{kind} by {who}, {len(ready)}", wrong, ready, line)
    line = line.replace(f"'{kind}'", "'supplier.saved'")
    for until in (-2, 0):
        for clock in (0, -10):
            ends = f"UPDATE role_grant SET until = '{day(at, until)}' WHERE person = '{world.minh}'"
            body = json.dumps({"at": at, "clock": at + clock * 86_400_000_000}).encode().hex()
            entry = (
                "INSERT INTO event (seq, body, sig, hash)"
                f" VALUES ({seq}, X'{body}', X'{'00' * 64}', X'{seq:064x}')"
            )
            lapsed = until == -2 and clock == 0
            yield Case("line_by_worker", f"until {until}, by a clock {clock}", lapsed, (ends, entry), line)


def _vouched(world: World) -> Iterator[Case]:
    at, seq, linh, som = now(world), world.head + 1, world.linh, world.som
    lan, hoa = world.lan, world.hoa
    none = (f"DELETE FROM role_grant WHERE person = '{lan}'",)
    for kind in (*VOUCHED, "batch.lifted"):
        for by, beside in (
            (linh, som),
            (linh, hoa),
            (hoa, linh),
            (linh, lan),
            (lan, linh),
            (hoa, lan),
            (linh, "recovery"),
            (hoa, "recovery"),
        ):
            ready = (*none, *event(seq, kind, by, at, person=lan))
            wrong = kind in VOUCHED and hoa in (by, beside) and beside != "recovery"
            signs = f"INSERT INTO line_signer (seq, person, key) VALUES ({seq}, '{beside}', 'k')"
            yield Case("line_signer_worker", f"{kind} by {by} with {beside}", wrong, ready, signs)


def _clocks(world: World) -> Iterator[Case]:
    at, seq = now(world), world.head + 1
    for kind in (*SIGNS_IN, "check.signed"):
        for person, session in ((world.linh, None), (world.linh, "s"), (None, None)):
            for behind in (0, 120_000_000, 120_000_001):
                body = json.dumps({"clock": at - behind}).encode().hex()
                ready = (
                    "INSERT INTO event (seq, body, sig, hash)"
                    f" VALUES ({seq}, X'{body}', X'{'00' * 64}', X'{seq:064x}')"
                )
                line = (
                    "INSERT INTO line (seq, type, person, session, at, act, station, batch, round, checking)"
                    f" VALUES ({seq}, '{kind}', {quoted(person)}, {quoted(session)}, {at}, 1, 'bench 1',"
                    " NULL, NULL, NULL)"
                )
                act = person is not None and session is None and kind not in SIGNS_IN
                wrong = act and behind > 120_000_000
                yield Case("line_clock", f"{kind} by {person} in {session}, {behind}", wrong, (ready,), line)


def _roles(world: World) -> Iterator[Case]:
    at, seq = now(world), world.head + 1
    batch, round_ = world.first_check.batch, world.first_check.round
    opened = (
        f"INSERT INTO round (id, batch, no, opened, seq) SELECT '{OTHER}', batch, 99, opened, {seq}"
        f" FROM round WHERE id = '{round_}'"
    )
    grant = "INSERT INTO role_grant (person, role, families, until, seq) VALUES"
    quy = world.hoa
    for role in ("inspector", "arbiter", "planner"):
        for families in ("[]", '["Cables"]'):
            ready = (
                f"UPDATE person SET status = 'active' WHERE id = '{quy}'",
                f"DELETE FROM role_grant WHERE person = '{quy}'",
                f"{grant} ('{quy}', '{role}', '{families}', NULL, 1)",
                *event(seq, "round.opened", quy, at, batch=batch),
                *event(seq + 1, "check.started", world.linh, at, batch=batch),
            )
            inspects = role == "inspector" and families == "[]"
            what = f"{role} of {families}"
            yield Case("round_by_inspector", what, not inspects, ready, opened)
            for place in ("first", "second", "third"):
                start = (
                    "INSERT INTO checking (id, round, batch, place, person, state, started_at, seq, reason,"
                    f" signed) VALUES ('{OTHER}', '{OTHER}', '{batch}', '{place}', '{quy}', 'open', 1, {seq},"
                    " '', NULL)"
                )
                asked = "arbiter" if place == "third" else "inspector"
                right = role == asked and families == "[]"
                yield Case("checking_role", f"{place}: {what}", not right, ready, start)


def _sessions(world: World) -> Iterator[Case]:
    at, seq = now(world), world.head + 1
    for kind in ("session.opened", "supplier.saved"):
        for by in (world.linh, world.som):
            for opened in (seq, seq + 1):
                for closed in (None, seq):
                    ready = (*event(seq, kind, by, at), *event(seq + 1, "session.opened", world.linh, at))
                    before = (*event(seq, "x", world.lan, at), *event(seq + 1, kind, by, at))
                    sits = (
                        "INSERT INTO session (id, person, key, public_key, opened, closed)"
                        f" VALUES ('{OTHER}', '{world.linh}', 'k', 'p', {opened}, {quoted(closed)})"
                    )
                    last = opened == seq + 1
                    right = last and kind == "session.opened" and by == world.linh and closed is None
                    what = f"{kind} by {by}, {opened}, {closed}"
                    yield Case("session_by_its_event", what, not right, before if last else ready, sits)


def _qualified(world: World) -> Iterator[Case]:
    at, seq = now(world), world.head + 1
    asked = (
        "UPDATE round SET opened = replace(opened, '\"qualification_required\":false',"
        " '\"qualification_required\":true')"
    )
    for place, who, scene in (
        ("first", "linh", "first_check"),
        ("second", "som", "second_check"),
        ("third", "minh", "disagreed"),
        ("release", "som", "accepted"),
    ):
        person = getattr(world, who)
        signed = filled(sign(place, who, scene, seq=str(seq)), world)
        none = f"DELETE FROM qualification WHERE person = '{person}'"
        has = "INSERT INTO qualification (person, procedure, until, seq) VALUES"
        for until, good in (
            (None, True),
            (day(at, -2), False),
            (day(at, 1), True),
        ):
            for procedure in (world.code, "IP-999"):
                held = f"{has} ('{person}', '{procedure}', {quoted(until)}, 1)"
                for ask in ((), (asked,)):
                    ready = (none, held, *ask, *event(seq, "check.signed", person, at))
                    right = not ask or place == "release" or (good and procedure == world.code)
                    what = f"{place} with {procedure} until {until}, {len(ask)}"
                    yield Case("sign_off_qualified", what, not right, ready, signed)


def _given_up(world: World) -> Iterator[Case]:
    at, seq = now(world), world.head + 1
    scene, other, lan, minh = world.awaiting_second, world.accepted, world.lan, world.minh
    gives = "INSERT INTO place_given_up (round, person, seq) VALUES"
    alone = (
        f"DELETE FROM role_grant WHERE person <> '{lan}'",
        f"DELETE FROM place_given_up WHERE round = '{scene.round}'",
        f"DELETE FROM first_seen WHERE round = '{scene.round}'",
        *event(seq, "place.given_up", minh, at, batch=scene.batch),
    )
    up = f"{gives} ('{scene.round}', '{minh}', {seq})"
    trigger = "place_given_up_last"
    begun = (
        "INSERT INTO checking (id, round, batch, place, person, state, started_at, seq, reason, signed)"
        f" VALUES ('{OTHER}', '{scene.round}', '{scene.batch}', '%s', '%s', '%s', 1, 1, '', NULL)"
    )
    elsewhere = begun.replace(scene.round, world.first_check.round)
    asked = (
        "UPDATE round SET opened = replace(opened, '\"qualification_required\":false',"
        " '\"qualification_required\":true')",
        f"DELETE FROM qualification WHERE person = '{lan}'",
    )
    cables = f"UPDATE role_grant SET families = '[\"Cables\"]' WHERE person = '{lan}'"
    of_these = (
        "UPDATE role_grant SET families = (SELECT '[\"' || p.family || '\"]' FROM product p JOIN batch b"
        f" ON b.product = p.id WHERE b.id = '{scene.batch}') WHERE person = '{lan}'"
    )
    none = (f"DELETE FROM role_grant WHERE person = '{lan}'",)
    for what, ready, refused in (
        ("one is left", (), False),
        ("nobody is left", none, True),
        ("a second check runs", (*none, begun % ("second", world.som, "open")), False),
        ("a second check is signed", (*none, begun % ("second", world.som, "signed")), False),
        ("a second check was set aside", (*none, begun % ("second", world.som, "set_aside")), True),
        ("somebody decides", (*none, begun % ("third", world.som, "open")), True),
        ("a second check runs elsewhere", (*none, elsewhere % ("second", world.mai, "open")), True),
        ("who is left plans", (f"UPDATE role_grant SET role = 'planner' WHERE person = '{lan}'",), True),
        ("who is left checks already", (begun % ("third", lan, "open"),), True),
        ("who is left has signed", (begun % ("third", lan, "signed"),), True),
        ("who is left inspects other goods", (cables,), True),
        ("who is left inspects these goods", (of_these,), False),
        ("who is left has set one aside", (begun % ("first", lan, "set_aside"),), False),
        ("who is left checks elsewhere", (elsewhere % ("third", lan, "open"),), False),
        ("who is left is not qualified", asked, True),
        ("others are not qualified", (asked[0], "DELETE FROM qualification", "INSERT INTO qualification"
            f" (person, procedure, until, seq) VALUES ('{lan}', '{world.code}', NULL, 1)"), False),
    ):  # fmt: skip
        yield Case(trigger, what, refused, (*alone, *ready), up)
    own = up.replace(minh, lan)
    yield Case(trigger, "who is left gives it up", True, alone, own)
    for table, columns, row in (
        ("batch_maker", "batch, person, units, seq", "'[]', 1"),
        ("batch_reworker", "batch, person, seq", "1"),
        ("place_given_up", "round, person, seq", "1"),
        ("first_seen", "round, person, what, seq", "'', 1"),
    ):
        of_batch = columns.startswith("batch")
        for where in (scene, other):
            for who in (lan, world.som):
                key = where.batch if of_batch else where.round
                known = f"INSERT INTO {table} ({columns}) VALUES ('{key}', '{who}', {row})"
                wrong = where is scene and who == lan
                what = f"{table} of {key}: {who}"
                yield Case(trigger, what, wrong, (*alone, known), up)
