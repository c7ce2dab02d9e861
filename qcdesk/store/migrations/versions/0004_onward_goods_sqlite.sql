-- SPDX-License-Identifier: Apache-2.0
-- Fourth schema, what splits, gates and papers of batches, SQLite: statements end with a line that holds only two dashes and a semicolon.
-- A certificate says what was released, by a releaser or under a concession, of as many units and on that record.
DROP TRIGGER certificate_of_released
--;
CREATE TRIGGER certificate_of_released BEFORE INSERT ON certificate
WHEN NOT EXISTS (SELECT 1 FROM batch b JOIN
    (SELECT round, seq, record FROM sign_off WHERE place IS 'release'
        UNION ALL SELECT round, seq, record FROM concession_answer WHERE answer IS 'approved') r ON r.round = b.round
    WHERE b.id IS NEW.batch AND b.round IS NEW.round AND b.state IS NEW.verdict AND b.released IS NEW.quantity
    AND r.seq IS NEW.release AND r.record IS NEW.record)
BEGIN SELECT RAISE(ABORT, 'rule:not-released'); END
--;
-- A split batch is done; a part that is to be sorted or reworked waits apart. SQLite adds no stored column to a table that is there.
DROP INDEX batch_lane
--;
ALTER TABLE batch DROP COLUMN lane
--;
ALTER TABLE batch ADD COLUMN lane TEXT NOT NULL GENERATED ALWAYS AS (CASE
        WHEN state IN ('cancelled', 'returned', 'scrapped', 'split') THEN 'done'
        WHEN state IN ('released', 'released_under_concession') AND shipped >= released AND held = 0 THEN 'done'
        WHEN held = 1 OR rework_ordered = 1 OR state IN ('rejected', 'withdrawn') THEN 'quarantined'
        WHEN state IN ('registered', 'first_check') THEN 'to_inspect'
        WHEN state IN ('awaiting_second', 'second_check') THEN 'waiting_second'
        WHEN state = 'disagreed' THEN 'disagreement'
        WHEN state = 'accepted' THEN 'to_release'
        ELSE 'ready_to_ship' END) VIRTUAL
--;
CREATE INDEX batch_lane ON batch (lane, ship_by, lane_since, id) WHERE lane <> 'done'
--;
-- One event gives every part its number.
DROP TRIGGER batch_number_noted
--;
DROP TRIGGER batch_number_noted_again
--;
ALTER TABLE batch_number RENAME TO batch_number_of_one
--;
CREATE TABLE batch_number (
    seq INTEGER NOT NULL REFERENCES event (seq),
    batch TEXT NOT NULL,
    number TEXT NOT NULL,
    PRIMARY KEY (seq, batch)
) STRICT
--;
INSERT INTO batch_number (seq, batch, number) SELECT seq, batch, number FROM batch_number_of_one ORDER BY seq
--;
DROP TABLE batch_number_of_one
--;
CREATE INDEX batch_number_of_batch ON batch_number (batch)
--;
CREATE INDEX batch_number_had ON batch_number (number)
--;
CREATE TRIGGER batch_number_noted BEFORE INSERT ON batch
WHEN NOT EXISTS (SELECT 1 FROM batch_number WHERE seq IS NEW.seq AND batch IS NEW.id AND number IS NEW.number)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER batch_number_noted_again BEFORE UPDATE ON batch
WHEN NEW.number IS NOT OLD.number
    AND NOT EXISTS (SELECT 1 FROM batch_number WHERE seq IS NEW.seq AND batch IS NEW.id AND number IS NEW.number)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER batch_number_taken BEFORE INSERT ON batch_number
WHEN EXISTS (SELECT 1 FROM batch_number WHERE number IS NEW.number AND batch IS NOT NEW.batch)
BEGIN SELECT RAISE(ABORT, 'rule:number-taken'); END
--;
CREATE TRIGGER batch_number_by_its_event BEFORE INSERT ON batch_number
WHEN NOT EXISTS (SELECT 1 FROM event e WHERE e.seq = NEW.seq AND ((json_extract(CAST(e.body AS TEXT), '$.type') IS 'batch.saved' AND json_extract(CAST(e.body AS TEXT), '$.body.batch') IS NEW.batch AND json_extract(CAST(e.body AS TEXT), '$.body.number') IS NEW.number)
    OR (json_extract(CAST(e.body AS TEXT), '$.type') IS 'batch.split' AND EXISTS (SELECT 1 FROM json_each(CAST(e.body AS TEXT), '$.body.parts') p WHERE json_extract(p.value, '$.batch') IS NEW.batch AND json_extract(p.value, '$.number') IS NEW.number))))
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
-- A batch that is a part of another one, and the way that it goes; and all that it was split from.
CREATE TABLE batch_part (
    batch TEXT NOT NULL,
    seq INTEGER NOT NULL REFERENCES event (seq),
    parent TEXT NOT NULL REFERENCES batch (id),
    quantity INTEGER NOT NULL,
    way TEXT NOT NULL CHECK (way IN ('inspect', 'rework', 'sort', 'regrade', 'return', 'scrap')),
    terms TEXT NOT NULL,
    units TEXT NOT NULL,
    held INTEGER NOT NULL CHECK (held IN (0, 1)),
    person TEXT NOT NULL REFERENCES person (id),
    confirmed_by TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (batch)
) STRICT
--;
CREATE INDEX batch_part_of_parent ON batch_part (parent, seq)
--;
CREATE TABLE batch_origin (
    batch TEXT NOT NULL,
    origin TEXT NOT NULL REFERENCES batch (id),
    seq INTEGER NOT NULL REFERENCES event (seq),
    PRIMARY KEY (batch, origin)
) STRICT
--;
CREATE INDEX batch_origin_of ON batch_origin (origin)
--;
CREATE TRIGGER batch_part_by_its_event BEFORE INSERT ON batch_part
WHEN NOT EXISTS (SELECT 1 FROM line l JOIN event e ON e.seq = l.seq WHERE l.seq = NEW.seq AND l.seq = (SELECT max(seq) FROM line) AND l.type = 'batch.split' AND l.person = NEW.person AND l.batch = NEW.parent
    AND EXISTS (SELECT 1 FROM json_each(CAST(e.body AS TEXT), '$.body.parts') p WHERE json_extract(p.value, '$.batch') = NEW.batch AND json_extract(p.value, '$.quantity') = NEW.quantity AND json_extract(p.value, '$.way') = NEW.way))
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
-- One asks, another confirms.
CREATE TRIGGER batch_part_by_two BEFORE INSERT ON batch_part
WHEN NOT EXISTS (SELECT 1 FROM line_signer WHERE seq = NEW.seq AND person = NEW.confirmed_by AND person <> NEW.person) OR (SELECT count(*) FROM act_worker WHERE seq = NEW.seq) < 2
BEGIN SELECT RAISE(ABORT, 'rule:two-needed'); END
--;
-- What is rejected or held is split, after a comparison or before anything was inspected; a hold goes with the parts.
CREATE TRIGGER batch_part_fit BEFORE INSERT ON batch_part
WHEN NOT EXISTS (SELECT 1 FROM batch b WHERE b.id = NEW.parent AND b.shipped = 0 AND b.rework_ordered = 0
    AND (b.state IN ('rejected', 'disagreed', 'withdrawn') OR (b.held = 1 AND (b.state = 'accepted' OR (b.state = 'registered' AND b.round_no = 0))))
    AND (NEW.way <> 'inspect' OR (b.state = 'registered' AND b.round_no = 0)) AND (NEW.way <> 'return' OR b.supplier IS NOT NULL)
    AND NEW.held = CASE WHEN NEW.way IN ('return', 'scrap') THEN 0 ELSE b.held END)
BEGIN SELECT RAISE(ABORT, 'rule:state'); END
--;
CREATE TRIGGER batch_part_unchecked BEFORE INSERT ON batch_part
WHEN EXISTS (SELECT 1 FROM batch b JOIN checking c ON c.round = b.round WHERE b.id = NEW.parent AND b.state <> 'rejected' AND c.state = 'open')
BEGIN SELECT RAISE(ABORT, 'rule:check-running'); END
--;
-- All parts and what stays are together what the batch still has.
CREATE TRIGGER batch_part_adds_up BEFORE INSERT ON batch_part
WHEN NEW.quantity < 2 OR NOT EXISTS (SELECT 1 FROM event e, batch b WHERE e.seq = NEW.seq AND b.id = NEW.parent
    AND json_extract(CAST(e.body AS TEXT), '$.body.kept') >= 0 AND (json_extract(CAST(e.body AS TEXT), '$.body.kept') = 0 OR b.state = 'rejected')
    AND json_extract(CAST(e.body AS TEXT), '$.body.kept') + (SELECT sum(json_extract(p.value, '$.quantity')) FROM json_each(CAST(e.body AS TEXT), '$.body.parts') p) = b.quantity - (SELECT coalesce(sum(quantity), 0) FROM shipped_unreleased WHERE batch = b.id)
        - (SELECT coalesce(sum(s.quantity), 0) FROM batch_part s WHERE s.parent = b.id AND s.seq <> NEW.seq))
BEGIN SELECT RAISE(ABORT, 'rule:quantities'); END
--;
CREATE TRIGGER batch_origin_of_part BEFORE INSERT ON batch_origin
WHEN NOT EXISTS (SELECT 1 FROM batch_part p WHERE p.batch = NEW.batch AND p.seq = NEW.seq AND (p.parent = NEW.origin OR EXISTS (SELECT 1 FROM batch_origin o WHERE o.batch = p.parent AND o.origin = NEW.origin)))
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
-- A part is what its batch was, and inspected the next time as strictly as what was sorted.
CREATE TRIGGER batch_born_of_part BEFORE INSERT ON batch
WHEN (SELECT type FROM line WHERE seq = NEW.seq) = 'batch.split' AND NOT EXISTS (SELECT 1 FROM batch_part p JOIN batch o ON o.id = p.parent
    WHERE p.batch = NEW.id AND p.seq = NEW.seq AND p.quantity = NEW.quantity AND o.product = NEW.product AND o.supplier IS NEW.supplier
    AND o.line = NEW.line AND o.order_no = NEW.order_no AND o.made_on IS NEW.made_on AND o.ship_by IS NEW.ship_by
    AND o.round_no = NEW.round_no AND o.again_used = NEW.again_used AND NEW.next_severity = CASE WHEN p.way = 'inspect' THEN 'normal' ELSE 'tightened' END
    AND NEW.rework_ordered = CASE WHEN p.way IN ('rework', 'sort', 'regrade') THEN 1 ELSE 0 END
    AND (SELECT count(*) FROM batch_origin WHERE batch = NEW.id) = 1 + (SELECT count(*) FROM batch_origin WHERE batch = o.id))
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
-- A part stays what it was split off as.
CREATE TRIGGER batch_part_stays BEFORE UPDATE ON batch
WHEN EXISTS (SELECT 1 FROM batch_part WHERE batch = OLD.id) AND (NEW.number <> OLD.number OR NEW.quantity <> OLD.quantity OR NEW.product <> OLD.product
    OR NEW.supplier IS NOT OLD.supplier OR (NEW.state = 'cancelled' AND OLD.state <> 'cancelled'))
BEGIN SELECT RAISE(ABORT, 'rule:state'); END
--;
-- What is left of a split batch is not inspected anew: its units are elsewhere.
CREATE TRIGGER batch_split_stays BEFORE UPDATE ON batch
WHEN NEW.state = 'registered' AND OLD.state <> 'registered' AND EXISTS (SELECT 1 FROM batch_part WHERE parent = NEW.id)
BEGIN SELECT RAISE(ABORT, 'rule:state'); END
--;
-- Who made or reworked a batch did so with its parts, and what held it holds them.
CREATE TRIGGER round_of_part BEFORE INSERT ON round
WHEN EXISTS (SELECT 1 FROM batch_part p WHERE p.batch = NEW.batch AND (
    EXISTS (SELECT 1 FROM batch_maker m WHERE m.batch = p.parent AND NOT EXISTS (SELECT 1 FROM batch_maker n WHERE n.batch = NEW.batch AND n.person = m.person))
    OR EXISTS (SELECT 1 FROM batch_reworker m WHERE m.batch = p.parent AND NOT EXISTS (SELECT 1 FROM batch_reworker n WHERE n.batch = NEW.batch AND n.person = m.person))
    OR (p.held = 1 AND NOT EXISTS (SELECT 1 FROM hold h WHERE h.batch = NEW.batch AND h.seq = p.seq))))
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
DROP TRIGGER batch_moves
--;
-- Into its parts, and a part to its end.
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
    OR (OLD.state IS 'rejected' AND NEW.state IS 'released_under_concession' AND EXISTS (SELECT 1 FROM line WHERE seq IS (SELECT max(seq) FROM line) AND type IN ('concession.approved') AND batch IS NEW.id))
    OR (NEW.state = 'split' AND OLD.state IN ('registered', 'accepted', 'disagreed', 'rejected', 'withdrawn') AND EXISTS (SELECT 1 FROM line WHERE seq = (SELECT max(seq) FROM line) AND type = 'batch.split' AND batch = NEW.id)
        AND NEW.quantity = (SELECT coalesce(sum(quantity), 0) FROM shipped_unreleased WHERE batch = NEW.id) + (SELECT coalesce(sum(quantity), 0) FROM batch_part WHERE parent = NEW.id))
    OR (OLD.state = 'registered' AND NEW.state IN ('returned', 'scrapped') AND EXISTS (SELECT 1 FROM batch_part WHERE seq = (SELECT max(seq) FROM line)
        AND batch = NEW.id AND way = CASE NEW.state WHEN 'returned' THEN 'return' ELSE 'scrap' END)))
BEGIN SELECT RAISE(ABORT, 'rule:state'); END
--;
DROP VIEW conceder
--;
-- Whoever had a part in a concession of a batch had it in its parts.
CREATE VIEW conceder AS
    SELECT batch, person FROM concession
    UNION SELECT batch, person FROM concession_answer WHERE answer = 'approved'
    UNION SELECT batch, other FROM concession_answer WHERE answer = 'approved'
    UNION SELECT o.batch, c.person FROM batch_origin o JOIN concession c ON c.batch = o.origin
    UNION SELECT o.batch, a.person FROM batch_origin o JOIN concession_answer a ON a.batch = o.origin WHERE a.answer = 'approved'
    UNION SELECT o.batch, a.other FROM batch_origin o JOIN concession_answer a ON a.batch = o.origin WHERE a.answer = 'approved'
--;
DROP TRIGGER concession_not_critical
--;
-- Nor of a part whose batch a critical was ever claimed on.
CREATE TRIGGER concession_not_critical BEFORE INSERT ON concession
WHEN EXISTS (SELECT 1 FROM finding WHERE batch IN (SELECT NEW.batch UNION ALL SELECT origin FROM batch_origin WHERE batch = NEW.batch) AND defect_class = 'critical') OR EXISTS (SELECT 1 FROM reading WHERE batch IN (SELECT NEW.batch UNION ALL SELECT origin FROM batch_origin WHERE batch = NEW.batch) AND defect_class = 'critical' AND inside = 0)
BEGIN SELECT RAISE(ABORT, 'rule:concession-critical'); END
--;
-- Only what stayed of a split batch is asked for, and approved.
CREATE TRIGGER concession_of_rest BEFORE INSERT ON concession
WHEN NEW.quantity > (SELECT quantity FROM batch WHERE id = NEW.batch) - (SELECT coalesce(sum(quantity), 0) FROM batch_part WHERE parent = NEW.batch)
BEGIN SELECT RAISE(ABORT, 'rule:quantities'); END
--;
CREATE TRIGGER concession_approved_of_rest BEFORE INSERT ON concession_answer
WHEN NEW.answer = 'approved' AND NEW.quantity > (SELECT quantity FROM batch WHERE id = NEW.batch) - (SELECT coalesce(sum(quantity), 0) FROM batch_part WHERE parent = NEW.batch)
BEGIN SELECT RAISE(ABORT, 'rule:quantities'); END
--;
DROP TRIGGER disposition_of_all
--;
-- Of a split batch, what stayed.
CREATE TRIGGER disposition_of_all BEFORE INSERT ON disposition
WHEN NEW.kind IS NOT 'rework' AND NEW.quantity IS NOT (SELECT quantity FROM batch WHERE id IS NEW.batch)
    - (SELECT coalesce(sum(quantity), 0) FROM shipped_unreleased WHERE batch IS NEW.batch)
    - (SELECT coalesce(sum(quantity), 0) FROM batch_part WHERE parent IS NEW.batch)
BEGIN SELECT RAISE(ABORT, 'rule:quantities'); END
--;
-- What stayed of a split batch is not inspected anew, so it is neither sorted nor reworked.
CREATE TRIGGER disposition_not_split BEFORE INSERT ON disposition
WHEN NEW.kind IN ('rework', 'sort') AND EXISTS (SELECT 1 FROM batch_part WHERE parent = NEW.batch)
BEGIN SELECT RAISE(ABORT, 'rule:state'); END
--;
DROP TRIGGER shipped_unreleased_not_more
--;
CREATE TRIGGER shipped_unreleased_not_more BEFORE INSERT ON shipped_unreleased
WHEN NEW.quantity + (SELECT coalesce(sum(quantity), 0) FROM shipped_unreleased WHERE batch IS NEW.batch)
    + (SELECT coalesce(sum(quantity), 0) FROM batch_part WHERE parent IS NEW.batch)
    + (SELECT shipped FROM batch WHERE id IS NEW.batch) > (SELECT quantity FROM batch WHERE id IS NEW.batch)
BEGIN SELECT RAISE(ABORT, 'rule:more-than-released'); END
--;
CREATE TRIGGER batch_number_program_insert BEFORE INSERT ON batch_number
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER batch_number_program_update BEFORE UPDATE ON batch_number
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER batch_number_program_delete BEFORE DELETE ON batch_number
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER batch_number_no_replace BEFORE INSERT ON batch_number
WHEN EXISTS (SELECT 1 FROM batch_number WHERE seq IS NEW.seq AND batch IS NEW.batch)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER batch_number_no_delete BEFORE DELETE ON batch_number
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER batch_number_no_update BEFORE UPDATE ON batch_number
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER batch_number_rowid_free BEFORE INSERT ON batch_number
WHEN EXISTS (SELECT 1 FROM batch_number WHERE rowid IS NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER batch_number_of_last_event BEFORE INSERT ON batch_number
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER batch_part_program_insert BEFORE INSERT ON batch_part
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER batch_part_program_update BEFORE UPDATE ON batch_part
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER batch_part_program_delete BEFORE DELETE ON batch_part
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER batch_part_no_replace BEFORE INSERT ON batch_part
WHEN EXISTS (SELECT 1 FROM batch_part WHERE batch IS NEW.batch)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER batch_part_no_delete BEFORE DELETE ON batch_part
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER batch_part_no_update BEFORE UPDATE ON batch_part
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER batch_part_rowid_free BEFORE INSERT ON batch_part
WHEN EXISTS (SELECT 1 FROM batch_part WHERE rowid IS NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER batch_part_of_last_event BEFORE INSERT ON batch_part
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER batch_origin_program_insert BEFORE INSERT ON batch_origin
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER batch_origin_program_update BEFORE UPDATE ON batch_origin
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER batch_origin_program_delete BEFORE DELETE ON batch_origin
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER batch_origin_no_replace BEFORE INSERT ON batch_origin
WHEN EXISTS (SELECT 1 FROM batch_origin WHERE batch IS NEW.batch AND origin IS NEW.origin)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER batch_origin_no_delete BEFORE DELETE ON batch_origin
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER batch_origin_no_update BEFORE UPDATE ON batch_origin
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER batch_origin_rowid_free BEFORE INSERT ON batch_origin
WHEN EXISTS (SELECT 1 FROM batch_origin WHERE rowid IS NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER batch_origin_of_last_event BEFORE INSERT ON batch_origin
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
