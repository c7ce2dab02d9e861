-- SPDX-License-Identifier: Apache-2.0
-- Third schema, dispositions, parts of batches, concessions, nonconformities and where held goods stand, SQLite: statements end with a line that holds only two dashes and a semicolon.
-- Concessions and nonconformities.
CREATE TABLE concession (
    id TEXT NOT NULL CHECK (length(id) = 32),
    batch TEXT NOT NULL REFERENCES batch (id),
    round TEXT NOT NULL REFERENCES round (id),
    quantity INTEGER NOT NULL CHECK (quantity >= 1),
    until_day TEXT NOT NULL,
    consent TEXT,
    person TEXT NOT NULL REFERENCES person (id),
    body TEXT NOT NULL,
    at INTEGER NOT NULL,
    seq INTEGER NOT NULL REFERENCES event (seq),
    PRIMARY KEY (id)
) STRICT
--;
CREATE TABLE concession_answer (
    concession TEXT NOT NULL REFERENCES concession (id),
    answer TEXT NOT NULL CHECK (answer IN ('approved', 'refused')),
    batch TEXT NOT NULL REFERENCES batch (id),
    round TEXT NOT NULL REFERENCES round (id),
    quantity INTEGER NOT NULL,
    record TEXT NOT NULL,
    reason TEXT NOT NULL,
    person TEXT NOT NULL REFERENCES person (id),
    other TEXT NOT NULL,
    at INTEGER NOT NULL,
    seq INTEGER NOT NULL REFERENCES event (seq),
    PRIMARY KEY (concession),
    CHECK (person <> other)
) STRICT
--;
CREATE TABLE concession_budget (
    seq INTEGER NOT NULL REFERENCES event (seq),
    supplier TEXT NOT NULL REFERENCES supplier (id),
    per_10000 INTEGER NOT NULL CHECK (per_10000 BETWEEN 0 AND 10000),
    months INTEGER NOT NULL CHECK (months BETWEEN 1 AND 120),
    reason TEXT NOT NULL,
    person TEXT NOT NULL REFERENCES person (id),
    other TEXT NOT NULL REFERENCES person (id),
    PRIMARY KEY (seq),
    CHECK (person <> other)
) STRICT
--;
CREATE INDEX concession_of_batch ON concession (batch)
--;
CREATE INDEX concession_answer_of_batch ON concession_answer (batch)
--;
CREATE INDEX concession_budget_of_supplier ON concession_budget (supplier, seq)
--;
-- Who checked a round first or second, or made or reworked its goods: too near to approve a concession alone.
CREATE VIEW insider AS
    SELECT s.round AS round, s.person AS person FROM sign_off s WHERE s.place IN ('first', 'second') AND s.standing = 1
    UNION SELECT r.id, m.person FROM round r JOIN batch_maker m ON m.batch = r.batch
    UNION SELECT r.id, w.person FROM round r JOIN batch_reworker w ON w.batch = r.batch
--;
-- Who asked for a concession of a batch, or answered it with a yes.
CREATE VIEW conceder AS
    SELECT batch, person FROM concession
    UNION SELECT batch, person FROM concession_answer WHERE answer = 'approved'
    UNION SELECT batch, other FROM concession_answer WHERE answer = 'approved'
--;
DROP TRIGGER batch_moves
--;
-- The way out of a rejection that a concession opens.
CREATE TRIGGER batch_moves BEFORE UPDATE ON batch
WHEN NEW.state IS NOT OLD.state AND NOT (
    (OLD.state IS 'registered' AND NEW.state IN ('first_check', 'cancelled'))
    OR (OLD.state IS 'first_check' AND NEW.state IN ('awaiting_second'))
    OR (OLD.state IS 'awaiting_second' AND NEW.state IN ('second_check', 'registered'))
    OR (OLD.state IS 'second_check' AND NEW.state IN ('awaiting_second', 'accepted', 'rejected', 'disagreed', 'registered'))
    OR (OLD.state IS 'accepted' AND NEW.state IN ('released', 'registered'))
    OR (OLD.state IS 'rejected' AND NEW.state IN ('registered'))
    OR (OLD.state IS 'disagreed' AND NEW.state IN ('accepted', 'rejected', 'registered'))
    OR (OLD.state IS 'released' AND NEW.state IN ('withdrawn'))
    OR (OLD.state IS 'released_under_concession' AND NEW.state IN ('withdrawn'))
    OR (NEW.state IS 'registered' AND EXISTS (SELECT 1 FROM line WHERE seq IS (SELECT max(seq) FROM line) AND type IN ('log.voided') AND batch IS NEW.id))
    OR (NEW.state IS 'registered' AND OLD.state IN ('first_check', 'released', 'withdrawn') AND EXISTS (SELECT 1 FROM line WHERE seq IS (SELECT max(seq) FROM line) AND type IN ('batch.reworked') AND batch IS NEW.id))
    OR (NEW.state IS 'registered' AND OLD.state IS 'first_check' AND EXISTS (SELECT 1 FROM reinspection
        WHERE seq IS (SELECT max(seq) FROM line) AND batch IS NEW.id))
    OR (OLD.state IN ('first_check', 'awaiting_second', 'second_check', 'accepted', 'disagreed', 'rejected', 'withdrawn') AND NEW.state IN ('returned', 'scrapped') AND EXISTS (SELECT 1 FROM disposition WHERE seq IS (SELECT max(seq) FROM line)
        AND batch IS NEW.id AND kind IS CASE NEW.state WHEN 'returned' THEN 'return' ELSE 'scrap' END))
    OR (OLD.state IS 'rejected' AND NEW.state IS 'released_under_concession' AND EXISTS (SELECT 1 FROM line WHERE seq IS (SELECT max(seq) FROM line) AND type IN ('concession.approved') AND batch IS NEW.id)))
BEGIN SELECT RAISE(ABORT, 'rule:state'); END
--;
DROP TRIGGER batch_released_quantity
--;
-- Released is what a release says, or a concession that was approved.
CREATE TRIGGER batch_released_quantity BEFORE UPDATE ON batch
WHEN NEW.released IS NOT OLD.released
    AND NOT EXISTS (SELECT 1 FROM concession_answer WHERE seq = (SELECT max(seq) FROM line) AND round = NEW.round AND batch = NEW.id AND answer = 'approved' AND quantity = NEW.released)
    AND ((OLD.released <> 0 AND (SELECT type FROM line ORDER BY seq DESC LIMIT 1) <> 'batch.released') OR NEW.released > NEW.quantity
        OR NOT EXISTS (SELECT 1 FROM sign_off WHERE round = NEW.round AND place = 'release' AND batch = NEW.id))
BEGIN SELECT RAISE(ABORT, 'rule:four-eyes'); END
--;
DROP TRIGGER voided_begins_anew
--;
-- Nor for one that no release under a concession rests on.
CREATE TRIGGER voided_begins_anew BEFORE INSERT ON voided
WHEN NEW.batch IS NOT NULL AND EXISTS (SELECT 1 FROM line WHERE seq = NEW.event_no AND type NOT IN ('round.opened', 'check.started', 'check.recorded', 'check.resolved', 'check.set_aside', 'check.signed', 'check.retracted', 'round.compared', 'round.decided', 'round.rejected_after_all', 'round.again', 'round.ordered', 'place.given_up', 'first.seen', 'batch.released', 'batch.saved', 'batch.lifted', 'batch.disposed', 'batch.reworked', 'round.reopened', 'certificate.issued', 'concession.requested', 'concession.approved'))
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
DROP TRIGGER shipment_on_day
--;
-- Goods leave between their release, under a concession too, and tomorrow.
CREATE TRIGGER shipment_on_day BEFORE INSERT ON shipment
WHEN NEW.on_day < (SELECT date(min(clock, (SELECT max(at) FROM (SELECT at FROM sign_off WHERE batch IS NEW.batch AND place IS 'release' UNION ALL SELECT at FROM concession_answer WHERE batch IS NEW.batch AND answer = 'approved'))) / 1000000 - 86400, 'unixepoch') FROM clock_of_line WHERE seq IS NEW.seq)
    OR NEW.on_day > (SELECT date(max(clock, at) / 1000000 + 172800, 'unixepoch') FROM clock_of_line WHERE seq IS NEW.seq)
BEGIN SELECT RAISE(ABORT, 'rule:ship-day'); END
--;
DROP VIEW possible_second
--;
-- Who could still make the second check, which nobody can who had a part in a concession of the goods.
CREATE VIEW possible_second AS
    SELECT r.id AS round, h.person AS person FROM round r JOIN role_for_batch h ON h.batch = r.batch
    WHERE h.role = 'inspector'
        AND NOT EXISTS (SELECT 1 FROM unqualified u WHERE u.round = r.id AND u.person = h.person)
        AND NOT EXISTS (SELECT 1 FROM checking c WHERE c.round = r.id AND c.person = h.person AND c.state IN ('open', 'signed'))
        AND NOT EXISTS (SELECT 1 FROM batch_maker m WHERE m.batch = r.batch AND m.person = h.person)
        AND NOT EXISTS (SELECT 1 FROM batch_reworker w WHERE w.batch = r.batch AND w.person = h.person)
        AND NOT EXISTS (SELECT 1 FROM place_given_up g WHERE g.round = r.id AND g.person = h.person)
        AND NOT EXISTS (SELECT 1 FROM first_seen f WHERE f.round = r.id AND f.person = h.person)
        AND NOT EXISTS (SELECT 1 FROM conceder d WHERE d.batch = r.batch AND d.person = h.person)
--;
CREATE TRIGGER concession_by_its_event BEFORE INSERT ON concession
WHEN NEW.seq <> (SELECT max(seq) FROM line) OR NOT EXISTS (SELECT 1 FROM line WHERE seq = NEW.seq AND type = 'concession.requested' AND person = NEW.person AND batch = NEW.batch AND round = NEW.round)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
-- Only a rejected batch is asked for, at most all of it, and one concession at a time.
CREATE TRIGGER concession_of_rejected BEFORE INSERT ON concession
WHEN NOT EXISTS (SELECT 1 FROM batch WHERE id = NEW.batch AND round = NEW.round AND state = 'rejected' AND rework_ordered = 0 AND quantity >= NEW.quantity)
BEGIN SELECT RAISE(ABORT, 'rule:state'); END
--;
CREATE TRIGGER concession_one_open BEFORE INSERT ON concession
WHEN EXISTS (SELECT 1 FROM concession c WHERE c.batch = NEW.batch AND c.round = NEW.round AND NOT EXISTS (SELECT 1 FROM concession_answer a WHERE a.concession = c.id))
BEGIN SELECT RAISE(ABORT, 'rule:concession-open'); END
--;
-- A critical that anybody ever claimed is never conceded.
CREATE TRIGGER concession_not_critical BEFORE INSERT ON concession
WHEN EXISTS (SELECT 1 FROM finding WHERE batch = NEW.batch AND defect_class = 'critical') OR EXISTS (SELECT 1 FROM reading WHERE batch = NEW.batch AND defect_class = 'critical' AND inside = 0)
BEGIN SELECT RAISE(ABORT, 'rule:concession-critical'); END
--;
CREATE TRIGGER concession_answer_by_its_event BEFORE INSERT ON concession_answer
WHEN NEW.seq <> (SELECT max(seq) FROM line) OR NOT EXISTS (SELECT 1 FROM line l JOIN concession c ON c.id = NEW.concession AND c.batch = l.batch AND c.round = l.round WHERE l.seq = NEW.seq AND l.type = 'concession.' || NEW.answer AND l.person = NEW.person AND l.batch = NEW.batch AND l.round = NEW.round AND (NEW.answer = 'refused' OR c.quantity = NEW.quantity))
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
-- What is answered is still asked: the batch stands rejected in that round.
CREATE TRIGGER concession_answer_once BEFORE INSERT ON concession_answer
WHEN NOT EXISTS (SELECT 1 FROM batch WHERE id = NEW.batch AND round = NEW.round AND state = 'rejected')
BEGIN SELECT RAISE(ABORT, 'rule:no-concession'); END
--;
-- Two approve who may, and neither of them asked.
CREATE TRIGGER concession_approved_by_two BEFORE INSERT ON concession_answer
WHEN NEW.answer = 'approved' AND NOT EXISTS (SELECT 1 FROM line_signer WHERE seq = NEW.seq AND person = NEW.other AND person <> NEW.person)
BEGIN SELECT RAISE(ABORT, 'rule:two-needed'); END
--;
CREATE TRIGGER concession_approved_by_others BEFORE INSERT ON concession_answer
WHEN NEW.answer = 'approved' AND EXISTS (SELECT 1 FROM concession WHERE id = NEW.concession AND person IN (NEW.person, NEW.other))
BEGIN SELECT RAISE(ABORT, 'rule:asked-concession'); END
--;
CREATE TRIGGER concession_answer_by_role BEFORE INSERT ON concession_answer
WHEN (NEW.answer = 'approved' AND (NOT EXISTS (SELECT 1 FROM role_for_batch WHERE person = NEW.person AND batch = NEW.batch AND role = 'concession') OR NOT EXISTS (SELECT 1 FROM role_for_batch WHERE person = NEW.other AND batch = NEW.batch AND role = 'concession'))) OR (NEW.answer = 'refused' AND NOT EXISTS (SELECT 1 FROM role_for_batch WHERE person = NEW.person AND batch = NEW.batch AND role = 'concession') AND NOT EXISTS (SELECT 1 FROM concession WHERE id = NEW.concession AND person = NEW.person))
BEGIN SELECT RAISE(ABORT, 'rule:role'); END
--;
-- One of the two has neither checked nor made the goods, or the customer consents in writing.
CREATE TRIGGER concession_approved_by_outsider BEFORE INSERT ON concession_answer
WHEN NEW.answer = 'approved' AND EXISTS (SELECT 1 FROM insider WHERE round = NEW.round AND person = NEW.person) AND EXISTS (SELECT 1 FROM insider WHERE round = NEW.round AND person = NEW.other) AND NOT EXISTS (SELECT 1 FROM concession WHERE id = NEW.concession AND consent IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'rule:concession-outsider'); END
--;
CREATE TRIGGER concession_approved_unheld BEFORE INSERT ON concession_answer
WHEN NEW.answer = 'approved' AND EXISTS (SELECT 1 FROM batch WHERE id = NEW.batch AND (held = 1 OR rework_ordered = 1))
BEGIN SELECT RAISE(ABORT, 'rule:held'); END
--;
CREATE TRIGGER concession_approved_suspect BEFORE INSERT ON concession_answer
WHEN NEW.answer = 'approved' AND EXISTS (SELECT 1 FROM sign_off s JOIN person_key k ON k.key = s.key WHERE s.round = NEW.round AND s.standing = 1 AND k.suspect_from <= s.seq)
BEGIN SELECT RAISE(ABORT, 'rule:suspect'); END
--;
CREATE TRIGGER concession_approved_in_time BEFORE INSERT ON concession_answer
WHEN NEW.answer = 'approved' AND EXISTS (SELECT 1 FROM concession WHERE id = NEW.concession AND until_day < date((SELECT at FROM line WHERE seq = NEW.seq) / 1000000 + -86400, 'unixepoch'))
BEGIN SELECT RAISE(ABORT, 'rule:concession-expired'); END
--;
-- No more is conceded of a supplier than the last budget allows of what was received in its months.
CREATE TRIGGER concession_approved_within_budget BEFORE INSERT ON concession_answer
WHEN NEW.answer = 'approved' AND EXISTS (SELECT 1 FROM batch b JOIN concession_budget g ON g.seq = (SELECT max(seq) FROM concession_budget WHERE supplier = b.supplier) WHERE b.id = NEW.batch AND 10000 * (NEW.quantity + (SELECT coalesce(sum(a.quantity), 0) FROM concession_answer a JOIN batch o ON o.id = a.batch WHERE o.supplier = b.supplier AND a.answer = 'approved' AND date(a.at / 1000000 + 0, 'unixepoch') >= date((SELECT at FROM line WHERE seq = NEW.seq) / 1000000 + 86400, 'unixepoch', '-' || g.months || ' months', 'floor'))) > g.per_10000 * (SELECT coalesce(sum(o.quantity), 0) FROM batch o WHERE o.supplier = b.supplier AND o.state <> 'cancelled' AND date(o.registered_at / 1000000 + 0, 'unixepoch') >= date((SELECT at FROM line WHERE seq = NEW.seq) / 1000000 + -86400, 'unixepoch', '-' || g.months || ' months', 'floor')))
BEGIN SELECT RAISE(ABORT, 'rule:concession-budget'); END
--;
-- Two planners say how much may be conceded.
CREATE TRIGGER concession_budget_by_two BEFORE INSERT ON concession_budget
WHEN NEW.seq <> (SELECT max(seq) FROM line) OR NOT EXISTS (SELECT 1 FROM line WHERE seq = NEW.seq AND type = 'concession.budget' AND person = NEW.person) OR NOT EXISTS (SELECT 1 FROM line_signer WHERE seq = NEW.seq AND person = NEW.other AND person <> NEW.person)
BEGIN SELECT RAISE(ABORT, 'rule:two-needed'); END
--;
CREATE TRIGGER concession_budget_by_planners BEFORE INSERT ON concession_budget
WHEN NOT EXISTS (SELECT 1 FROM standing_role WHERE person = NEW.person AND role = 'planner') OR NOT EXISTS (SELECT 1 FROM standing_role WHERE person = NEW.other AND role = 'planner')
BEGIN SELECT RAISE(ABORT, 'rule:role'); END
--;
-- A batch is released under the concession that two have approved just now, and of no more units.
CREATE TRIGGER batch_conceded BEFORE UPDATE ON batch
WHEN NEW.state = 'released_under_concession' AND OLD.state <> 'released_under_concession' AND NOT EXISTS (SELECT 1 FROM concession_answer WHERE seq = (SELECT max(seq) FROM line) AND answer = 'approved' AND batch = NEW.id AND round = NEW.round AND quantity = NEW.released)
BEGIN SELECT RAISE(ABORT, 'rule:four-eyes'); END
--;
-- Nothing leaves under a concession after its last day.
CREATE TRIGGER shipment_under_concession BEFORE INSERT ON shipment
WHEN EXISTS (SELECT 1 FROM batch b JOIN concession_answer a ON a.batch = b.id AND a.round = b.round AND a.answer = 'approved' JOIN concession c ON c.id = a.concession WHERE b.id = NEW.batch AND b.state = 'released_under_concession' AND (c.until_day < NEW.on_day OR c.until_day < date((SELECT min(clock, at) FROM clock_of_line WHERE seq = NEW.seq) / 1000000 + -86400, 'unixepoch')))
BEGIN SELECT RAISE(ABORT, 'rule:concession-expired'); END
--;
-- Who asked for a concession, or approved one, is independent of these goods no more.
CREATE TRIGGER checking_not_conceder BEFORE INSERT ON checking
WHEN NEW.place <> 'first' AND EXISTS (SELECT 1 FROM conceder WHERE batch = NEW.batch AND person = NEW.person)
BEGIN SELECT RAISE(ABORT, 'rule:asked-concession'); END
--;
CREATE TRIGGER sign_off_not_conceder BEFORE INSERT ON sign_off
WHEN NEW.place <> 'first' AND EXISTS (SELECT 1 FROM conceder WHERE batch = NEW.batch AND person = NEW.person)
BEGIN SELECT RAISE(ABORT, 'rule:asked-concession'); END
--;
CREATE TRIGGER concession_program_insert BEFORE INSERT ON concession
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER concession_program_update BEFORE UPDATE ON concession
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER concession_program_delete BEFORE DELETE ON concession
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER concession_no_replace BEFORE INSERT ON concession
WHEN EXISTS (SELECT 1 FROM concession WHERE id IS NEW.id)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER concession_no_delete BEFORE DELETE ON concession
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER concession_no_update BEFORE UPDATE ON concession
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER concession_rowid_free BEFORE INSERT ON concession
WHEN EXISTS (SELECT 1 FROM concession WHERE rowid IS NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER concession_of_last_event BEFORE INSERT ON concession
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER concession_round_of_batch BEFORE INSERT ON concession
WHEN NOT EXISTS (SELECT 1 FROM round WHERE id IS NEW.round AND batch IS NEW.batch)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER concession_answer_program_insert BEFORE INSERT ON concession_answer
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER concession_answer_program_update BEFORE UPDATE ON concession_answer
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER concession_answer_program_delete BEFORE DELETE ON concession_answer
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER concession_answer_no_replace BEFORE INSERT ON concession_answer
WHEN EXISTS (SELECT 1 FROM concession_answer WHERE concession IS NEW.concession)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER concession_answer_no_delete BEFORE DELETE ON concession_answer
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER concession_answer_no_update BEFORE UPDATE ON concession_answer
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER concession_answer_rowid_free BEFORE INSERT ON concession_answer
WHEN EXISTS (SELECT 1 FROM concession_answer WHERE rowid IS NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER concession_answer_of_last_event BEFORE INSERT ON concession_answer
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER concession_answer_round_of_batch BEFORE INSERT ON concession_answer
WHEN NOT EXISTS (SELECT 1 FROM round WHERE id IS NEW.round AND batch IS NEW.batch)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER concession_budget_program_insert BEFORE INSERT ON concession_budget
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER concession_budget_program_update BEFORE UPDATE ON concession_budget
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER concession_budget_program_delete BEFORE DELETE ON concession_budget
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER concession_budget_no_replace BEFORE INSERT ON concession_budget
WHEN EXISTS (SELECT 1 FROM concession_budget WHERE seq IS NEW.seq)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER concession_budget_no_delete BEFORE DELETE ON concession_budget
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER concession_budget_no_update BEFORE UPDATE ON concession_budget
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER concession_budget_of_last_event BEFORE INSERT ON concession_budget
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
-- Where goods stand; what was said last counts.
CREATE TABLE batch_place (
    seq INTEGER NOT NULL REFERENCES event (seq),
    batch TEXT NOT NULL REFERENCES batch (id),
    stands TEXT NOT NULL,
    person TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (seq)
) STRICT
--;
CREATE INDEX batch_place_of_batch ON batch_place (batch, seq)
--;
-- Goods get an end, or are sorted, when they are rejected or held, in the round that is the last, and none of them was shipped.
CREATE TRIGGER disposition_fit BEFORE INSERT ON disposition
WHEN NEW.kind IS NOT 'rework' AND NOT EXISTS (SELECT 1 FROM batch b WHERE b.id IS NEW.batch AND b.round IS NEW.round AND b.shipped IS 0 AND b.rework_ordered IS 0
    AND (b.state IN ('rejected', 'disagreed', 'withdrawn') OR (b.held IS 1 AND b.state IN ('first_check', 'awaiting_second', 'second_check', 'accepted'))))
BEGIN SELECT RAISE(ABORT, 'rule:state'); END
--;
-- What becomes of goods is not settled while somebody inspects them; a third check ends with the dispute.
CREATE TRIGGER disposition_unchecked BEFORE INSERT ON disposition
WHEN NEW.kind IS NOT 'rework' AND EXISTS (SELECT 1 FROM checking WHERE round IS NEW.round AND state IS 'open')
    AND (SELECT state FROM batch WHERE id IS NEW.batch) IS NOT 'rejected'
BEGIN SELECT RAISE(ABORT, 'rule:check-running'); END
--;
-- All goods that are here go the same way; goods that go different ways are split.
CREATE TRIGGER disposition_of_all BEFORE INSERT ON disposition
WHEN NEW.kind IS NOT 'rework' AND NEW.quantity IS NOT (SELECT quantity FROM batch WHERE id IS NEW.batch)
    - (SELECT coalesce(sum(quantity), 0) FROM shipped_unreleased WHERE batch IS NEW.batch)
BEGIN SELECT RAISE(ABORT, 'rule:quantities'); END
--;
CREATE TRIGGER batch_place_program_insert BEFORE INSERT ON batch_place
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER batch_place_program_update BEFORE UPDATE ON batch_place
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER batch_place_program_delete BEFORE DELETE ON batch_place
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER batch_place_no_replace BEFORE INSERT ON batch_place
WHEN EXISTS (SELECT 1 FROM batch_place WHERE seq IS NEW.seq)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER batch_place_no_delete BEFORE DELETE ON batch_place
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER batch_place_no_update BEFORE UPDATE ON batch_place
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER batch_place_of_last_event BEFORE INSERT ON batch_place
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
