-- SPDX-License-Identifier: Apache-2.0
-- Fifth schema, every way of goods after a rejection, SQLite: statements end with a line that holds only two dashes and a semicolon.
-- SQLite keeps what a table says of its columns as it was written. These say less than before, so no row is touched.
PRAGMA writable_schema = ON
--;
-- What no round was opened of goes back or to scrap without one; what is regraded says for what.
UPDATE sqlite_master SET sql = replace(sql, 'round TEXT NOT NULL REFERENCES', 'round TEXT REFERENCES') WHERE type = 'table' AND name = 'disposition'
--;
-- A part is repaired as well.
UPDATE sqlite_master SET sql = replace(sql, '''rework'', ''sort''', '''rework'', ''repair'', ''sort''') WHERE type = 'table' AND name = 'batch_part'
--;
-- A part may be a single unit.
UPDATE sqlite_master SET sql = replace(sql, 'CHECK (quantity >= 2 AND', 'CHECK (quantity >= 1 AND') WHERE type = 'table' AND name = 'batch'
--;
PRAGMA writable_schema = RESET
--;
ALTER TABLE disposition ADD COLUMN terms TEXT NOT NULL DEFAULT ''
--;
DROP TRIGGER disposition_round_of_batch
--;
CREATE TRIGGER disposition_round_of_batch BEFORE INSERT ON disposition
WHEN NOT EXISTS (SELECT 1 FROM round WHERE id IS NEW.round AND batch IS NEW.batch) AND (NEW.round IS NOT NULL OR NEW.kind NOT IN ('return', 'scrap'))
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
-- What is regraded says which grade or use it is for, and nothing else does.
CREATE TRIGGER disposition_for_what BEFORE INSERT ON disposition
WHEN (NEW.kind = 'regrade') <> (trim(NEW.terms) <> '')
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
DROP TRIGGER disposition_unchecked
--;
-- What becomes of goods is not settled while somebody inspects them; a third check ends with the dispute.
CREATE TRIGGER disposition_unchecked BEFORE INSERT ON disposition
WHEN NEW.kind NOT IN ('rework', 'repair') AND EXISTS (SELECT 1 FROM checking WHERE round IS NEW.round AND state IS 'open')
    AND (SELECT state FROM batch WHERE id IS NEW.batch) IS NOT 'rejected'
BEGIN SELECT RAISE(ABORT, 'rule:check-running'); END
--;
DROP TRIGGER disposition_not_split
--;
-- What stayed of a split batch is not inspected anew, so nothing is done to it after which it would be.
CREATE TRIGGER disposition_not_split BEFORE INSERT ON disposition
WHEN NEW.kind IN ('rework', 'repair', 'sort', 'regrade') AND EXISTS (SELECT 1 FROM batch_part WHERE parent = NEW.batch)
BEGIN SELECT RAISE(ABORT, 'rule:state'); END
--;
DROP TRIGGER batch_born_of_part
--;
-- A part is what its batch was, and inspected the next time as strictly as what was sorted.
CREATE TRIGGER batch_born_of_part BEFORE INSERT ON batch
WHEN (SELECT type FROM line WHERE seq = NEW.seq) = 'batch.split' AND NOT EXISTS (SELECT 1 FROM batch_part p JOIN batch o ON o.id = p.parent
    WHERE p.batch = NEW.id AND p.seq = NEW.seq AND p.quantity = NEW.quantity AND o.product = NEW.product AND o.supplier IS NEW.supplier
    AND o.line = NEW.line AND o.order_no = NEW.order_no AND o.made_on IS NEW.made_on AND o.ship_by IS NEW.ship_by
    AND o.round_no = NEW.round_no AND o.again_used = NEW.again_used AND NEW.next_severity = CASE WHEN p.way = 'inspect' THEN 'normal' ELSE 'tightened' END
    AND NEW.rework_ordered = CASE WHEN p.way IN ('rework', 'repair', 'sort', 'regrade') THEN 1 ELSE 0 END
    AND (SELECT count(*) FROM batch_origin WHERE batch = NEW.id) = 1 + (SELECT count(*) FROM batch_origin WHERE batch = o.id))
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
-- Only a part is a single unit.
CREATE TRIGGER batch_of_two BEFORE INSERT ON batch
WHEN NEW.quantity < 2 AND NOT EXISTS (SELECT 1 FROM batch_part WHERE batch = NEW.id)
BEGIN SELECT RAISE(ABORT, 'rule:quantities'); END
--;
CREATE TRIGGER batch_of_two_stays BEFORE UPDATE ON batch
WHEN NEW.quantity < 2 AND NOT EXISTS (SELECT 1 FROM batch_part WHERE batch = NEW.id)
BEGIN SELECT RAISE(ABORT, 'rule:quantities'); END
--;
DROP TRIGGER disposition_fit
--;
-- Goods get an end, are sorted or regraded, when they are rejected or held, in the round that is the last. Of what was
-- shipped in part the rest goes back or to scrap; of what was conceded, once all of that has left; and what is held
-- before a round.
CREATE TRIGGER disposition_fit BEFORE INSERT ON disposition
WHEN NEW.kind NOT IN ('rework', 'repair') AND NOT EXISTS (SELECT 1 FROM batch b WHERE b.id IS NEW.batch AND NEW.round IS CASE b.state WHEN 'registered' THEN NULL ELSE b.round END AND b.rework_ordered IS 0
    AND (b.shipped IS 0 OR NEW.kind IN ('return', 'scrap'))
    AND (b.state IN ('rejected', 'disagreed', 'withdrawn') OR (b.state IS 'released_under_concession' AND b.shipped IS b.released) OR (b.held IS 1 AND (b.state IN ('first_check', 'awaiting_second', 'second_check', 'accepted') OR (b.state IS 'registered' AND NEW.kind IN ('return', 'scrap'))))))
BEGIN SELECT RAISE(ABORT, 'rule:state'); END
--;
DROP TRIGGER disposition_of_all
--;
-- All goods that are here go the same way: what neither left nor is a batch of its own.
CREATE TRIGGER disposition_of_all BEFORE INSERT ON disposition
WHEN NEW.kind NOT IN ('rework', 'repair') AND (NEW.quantity < 1 OR NEW.quantity IS NOT (SELECT quantity - shipped FROM batch WHERE id IS NEW.batch)
    - (SELECT coalesce(sum(quantity), 0) FROM shipped_unreleased WHERE batch IS NEW.batch)
    - (SELECT coalesce(sum(quantity), 0) FROM batch_part WHERE parent IS NEW.batch))
BEGIN SELECT RAISE(ABORT, 'rule:quantities'); END
--;
DROP TRIGGER batch_part_fit
--;
-- What is rejected or held is split, after a comparison or before anything was inspected, and what of a conceded batch
-- is here; a hold goes with the parts.
CREATE TRIGGER batch_part_fit BEFORE INSERT ON batch_part
WHEN NOT EXISTS (SELECT 1 FROM batch b WHERE b.id = NEW.parent AND b.rework_ordered = 0
    AND (b.state IN ('rejected', 'disagreed', 'withdrawn', 'released_under_concession') OR (b.held = 1 AND (b.state = 'accepted' OR (b.state = 'registered' AND b.round_no = 0))))
    AND (NEW.way <> 'inspect' OR b.state = 'registered') AND (NEW.way <> 'return' OR b.supplier IS NOT NULL)
    AND NEW.held = CASE WHEN NEW.way IN ('return', 'scrap') THEN 0 ELSE b.held END)
BEGIN SELECT RAISE(ABORT, 'rule:state'); END
--;
DROP TRIGGER batch_part_adds_up
--;
-- All parts, what stays and what was shipped are together what the batch still has; what is conceded and here stays.
CREATE TRIGGER batch_part_adds_up BEFORE INSERT ON batch_part
WHEN NEW.quantity < 1 OR NOT EXISTS (SELECT 1 FROM event e, batch b WHERE e.seq = NEW.seq AND b.id = NEW.parent
    AND json_extract(CAST(e.body AS TEXT), '$.body.kept') >= 0 AND (json_extract(CAST(e.body AS TEXT), '$.body.kept') = 0 OR b.state IN ('rejected', 'released_under_concession'))
    AND (b.state <> 'released_under_concession' OR json_extract(CAST(e.body AS TEXT), '$.body.kept') >= b.released - b.shipped)
    AND json_extract(CAST(e.body AS TEXT), '$.body.kept') + (SELECT sum(json_extract(p.value, '$.quantity')) FROM json_each(CAST(e.body AS TEXT), '$.body.parts') p) = b.quantity - b.shipped - (SELECT coalesce(sum(quantity), 0) FROM shipped_unreleased WHERE batch = b.id)
        - (SELECT coalesce(sum(s.quantity), 0) FROM batch_part s WHERE s.parent = b.id AND s.seq <> NEW.seq))
BEGIN SELECT RAISE(ABORT, 'rule:quantities'); END
--;
DROP TRIGGER batch_moves
--;
-- What is conceded too, once all of it has left, and what no round was opened of, to its end or into its parts.
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
    OR (OLD.state IN ('registered', 'first_check', 'awaiting_second', 'second_check', 'accepted', 'disagreed', 'rejected', 'withdrawn', 'released_under_concession') AND NEW.state IN ('returned', 'scrapped') AND EXISTS (SELECT 1 FROM disposition WHERE seq IS (SELECT max(seq) FROM line)
        AND batch IS NEW.id AND kind IS CASE NEW.state WHEN 'returned' THEN 'return' ELSE 'scrap' END))
    OR (OLD.state IS 'rejected' AND NEW.state IS 'released_under_concession' AND EXISTS (SELECT 1 FROM line WHERE seq IS (SELECT max(seq) FROM line) AND type IN ('concession.approved') AND batch IS NEW.id))
    OR (NEW.state = 'split' AND OLD.state IN ('registered', 'accepted', 'disagreed', 'rejected', 'withdrawn', 'released_under_concession') AND EXISTS (SELECT 1 FROM line WHERE seq = (SELECT max(seq) FROM line) AND type = 'batch.split' AND batch = NEW.id)
        AND NEW.quantity = NEW.shipped + (SELECT coalesce(sum(quantity), 0) FROM shipped_unreleased WHERE batch = NEW.id) + (SELECT coalesce(sum(quantity), 0) FROM batch_part WHERE parent = NEW.id))
    OR (OLD.state = 'registered' AND NEW.state IN ('returned', 'scrapped') AND EXISTS (SELECT 1 FROM batch_part WHERE seq = (SELECT max(seq) FROM line)
        AND batch = NEW.id AND way = CASE NEW.state WHEN 'returned' THEN 'return' ELSE 'scrap' END)))
BEGIN SELECT RAISE(ABORT, 'rule:state'); END
--;
DROP TRIGGER nonconformity_closed_over_something
--;
-- Closed over a decision about the goods, such as that a batch was split or which way a part of it goes, or with a reason.
CREATE TRIGGER nonconformity_closed_over_something BEFORE INSERT ON nonconformity_step
WHEN NEW.type = 'nonconformity.closed' AND NOT EXISTS (SELECT 1 FROM disposition d WHERE d.batch = NEW.batch AND d.seq = NEW.rests_on)
    AND NOT EXISTS (SELECT 1 FROM concession_answer a WHERE a.batch = NEW.batch AND a.seq = NEW.rests_on AND a.answer = 'approved')
    AND NOT EXISTS (SELECT 1 FROM batch_part p WHERE NEW.batch IN (p.batch, p.parent) AND p.seq = NEW.rests_on)
    AND (NEW.rests_on IS NOT NULL OR coalesce(trim(json_extract(NEW.body, '$.reason')), '') = '')
BEGIN SELECT RAISE(ABORT, 'rule:nonconformity'); END
--;
