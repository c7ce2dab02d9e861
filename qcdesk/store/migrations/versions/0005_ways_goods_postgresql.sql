-- SPDX-License-Identifier: Apache-2.0
-- Fifth schema, every way of goods after a rejection, PostgreSQL: statements end with a line that holds only two dashes and a semicolon.
-- What no round was opened of goes back or to scrap without one; what is regraded says for what.
ALTER TABLE disposition ALTER COLUMN round DROP NOT NULL
--;
ALTER TABLE disposition ADD COLUMN terms TEXT NOT NULL DEFAULT ''
--;
-- A part is repaired as well.
ALTER TABLE batch_part DROP CONSTRAINT batch_part_way_check
--;
-- A part may be a single unit.
ALTER TABLE batch DROP CONSTRAINT batch_check
--;
ALTER TABLE batch ADD CONSTRAINT batch_check CHECK (quantity >= 1 AND held IN (0, 1) AND shipped <= released AND released <= quantity)
--;
ALTER TABLE batch_part ADD CONSTRAINT batch_part_way_check CHECK (way IN ('inspect', 'rework', 'repair', 'sort', 'regrade', 'return', 'scrap'))
--;
DROP TRIGGER disposition_round_of_batch ON disposition
--;
CREATE TRIGGER disposition_round_of_batch BEFORE INSERT ON disposition
FOR EACH ROW WHEN (NEW.round IS NOT NULL OR NEW.kind NOT IN ('return', 'scrap'))
EXECUTE FUNCTION qc_round_of_batch('unverified')
--;
-- What is regraded says which grade or use it is for, and nothing else does.
CREATE FUNCTION qc_disposition_for_what() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (NEW.kind = 'regrade') <> (trim(NEW.terms) <> '') THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER disposition_for_what BEFORE INSERT ON disposition
FOR EACH ROW EXECUTE FUNCTION qc_disposition_for_what('unverified')
--;
-- What becomes of goods is not settled while somebody inspects them; a third check ends with the dispute.
CREATE OR REPLACE FUNCTION qc_disposition_unchecked() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.kind NOT IN ('rework', 'repair') AND EXISTS (SELECT 1 FROM checking WHERE round IS NOT DISTINCT FROM NEW.round AND state IS NOT DISTINCT FROM 'open')
        AND (SELECT state FROM batch WHERE id IS NOT DISTINCT FROM NEW.batch) IS DISTINCT FROM 'rejected' THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
-- What stayed of a split batch is not inspected anew, so nothing is done to it after which it would be.
CREATE OR REPLACE FUNCTION qc_disposition_not_split() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.kind IN ('rework', 'repair', 'sort', 'regrade') AND EXISTS (SELECT 1 FROM batch_part WHERE parent = NEW.batch) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
-- A part is what its batch was, and inspected the next time as strictly as what was sorted.
CREATE OR REPLACE FUNCTION qc_batch_born_of_part() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT type FROM line WHERE seq = NEW.seq) = 'batch.split' AND NOT EXISTS (SELECT 1 FROM batch_part p JOIN batch o ON o.id = p.parent
    WHERE p.batch = NEW.id AND p.seq = NEW.seq AND p.quantity = NEW.quantity AND o.product = NEW.product AND o.supplier IS NOT DISTINCT FROM NEW.supplier
    AND o.line = NEW.line AND o.order_no = NEW.order_no AND o.made_on IS NOT DISTINCT FROM NEW.made_on AND o.ship_by IS NOT DISTINCT FROM NEW.ship_by
    AND o.round_no = NEW.round_no AND o.again_used = NEW.again_used AND NEW.next_severity = CASE WHEN p.way = 'inspect' THEN 'normal' ELSE 'tightened' END
    AND NEW.rework_ordered = CASE WHEN p.way IN ('rework', 'repair', 'sort', 'regrade') THEN 1 ELSE 0 END
    AND (SELECT count(*) FROM batch_origin WHERE batch = NEW.id) = 1 + (SELECT count(*) FROM batch_origin WHERE batch = o.id)) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
-- Only a part is a single unit.
CREATE FUNCTION qc_batch_of_two() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.quantity < 2 AND NOT EXISTS (SELECT 1 FROM batch_part WHERE batch = NEW.id) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER batch_of_two BEFORE INSERT ON batch
FOR EACH ROW EXECUTE FUNCTION qc_batch_of_two('quantities')
--;
CREATE TRIGGER batch_of_two_stays BEFORE UPDATE ON batch
FOR EACH ROW EXECUTE FUNCTION qc_batch_of_two('quantities')
--;
-- Goods get an end, are sorted or regraded, when they are rejected or held, in the round that is the last. Of what was
-- shipped in part the rest goes back or to scrap; of what was conceded, once all of that has left; and what is held
-- before a round.
CREATE OR REPLACE FUNCTION qc_disposition_fit() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.kind NOT IN ('rework', 'repair') AND NOT EXISTS (SELECT 1 FROM batch b WHERE b.id IS NOT DISTINCT FROM NEW.batch AND NEW.round IS NOT DISTINCT FROM CASE b.state WHEN 'registered' THEN NULL ELSE b.round END AND b.rework_ordered IS NOT DISTINCT FROM 0
    AND (b.shipped IS NOT DISTINCT FROM 0 OR NEW.kind IN ('return', 'scrap'))
    AND (b.state IN ('rejected', 'disagreed', 'withdrawn') OR (b.state IS NOT DISTINCT FROM 'released_under_concession' AND b.shipped IS NOT DISTINCT FROM b.released) OR (b.held IS NOT DISTINCT FROM 1 AND (b.state IN ('first_check', 'awaiting_second', 'second_check', 'accepted') OR (b.state IS NOT DISTINCT FROM 'registered' AND NEW.kind IN ('return', 'scrap')))))) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
-- All goods that are here go the same way: what neither left nor is a batch of its own.
CREATE OR REPLACE FUNCTION qc_disposition_of_all() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.kind NOT IN ('rework', 'repair') AND (NEW.quantity < 1 OR NEW.quantity IS DISTINCT FROM (SELECT quantity - shipped FROM batch WHERE id IS NOT DISTINCT FROM NEW.batch)
    - (SELECT coalesce(sum(quantity), 0) FROM shipped_unreleased WHERE batch IS NOT DISTINCT FROM NEW.batch)
    - (SELECT coalesce(sum(quantity), 0) FROM batch_part WHERE parent IS NOT DISTINCT FROM NEW.batch)) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
-- What is rejected or held is split, after a comparison or before anything was inspected, and what of a conceded batch
-- is here; a hold goes with the parts.
CREATE OR REPLACE FUNCTION qc_batch_part_fit() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM batch b WHERE b.id = NEW.parent AND b.rework_ordered = 0
    AND (b.state IN ('rejected', 'disagreed', 'withdrawn', 'released_under_concession') OR (b.held = 1 AND (b.state = 'accepted' OR (b.state = 'registered' AND b.round_no = 0))))
    AND (NEW.way <> 'inspect' OR b.state = 'registered') AND (NEW.way <> 'return' OR b.supplier IS NOT NULL)
    AND NEW.held = CASE WHEN NEW.way IN ('return', 'scrap') THEN 0 ELSE b.held END) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
-- All parts, what stays and what was shipped are together what the batch still has; what is conceded and here stays.
CREATE OR REPLACE FUNCTION qc_batch_part_adds_up() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.quantity < 1 OR NOT EXISTS (SELECT 1 FROM event e, batch b WHERE e.seq = NEW.seq AND b.id = NEW.parent
    AND (convert_from(e.body, 'UTF8')::json -> 'body' ->> 'kept')::bigint >= 0 AND ((convert_from(e.body, 'UTF8')::json -> 'body' ->> 'kept')::bigint = 0 OR b.state IN ('rejected', 'released_under_concession'))
    AND (b.state <> 'released_under_concession' OR (convert_from(e.body, 'UTF8')::json -> 'body' ->> 'kept')::bigint >= b.released - b.shipped)
    AND (convert_from(e.body, 'UTF8')::json -> 'body' ->> 'kept')::bigint + (SELECT sum((p.value ->> 'quantity')::bigint) FROM json_array_elements(convert_from(e.body, 'UTF8')::json -> 'body' -> 'parts') AS p(value)) = b.quantity - b.shipped - (SELECT coalesce(sum(quantity), 0) FROM shipped_unreleased WHERE batch = b.id)
        - (SELECT coalesce(sum(s.quantity), 0) FROM batch_part s WHERE s.parent = b.id AND s.seq <> NEW.seq)) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
-- What is conceded too, once all of it has left, and what no round was opened of, to its end or into its parts.
CREATE OR REPLACE FUNCTION qc_batch_moves() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.state IS DISTINCT FROM OLD.state AND NOT (
    (OLD.state IS NOT DISTINCT FROM 'registered' AND NEW.state IN ('first_check', 'cancelled'))
    OR (OLD.state IS NOT DISTINCT FROM 'first_check' AND NEW.state IN ('awaiting_second'))
    OR (OLD.state IS NOT DISTINCT FROM 'awaiting_second' AND NEW.state IN ('second_check', 'registered'))
    OR (OLD.state IS NOT DISTINCT FROM 'second_check' AND NEW.state IN ('awaiting_second', 'accepted', 'rejected', 'disagreed', 'registered'))
    OR (OLD.state IS NOT DISTINCT FROM 'accepted' AND NEW.state IN ('released', 'registered'))
    OR (OLD.state IS NOT DISTINCT FROM 'rejected' AND NEW.state IN ('registered'))
    OR (OLD.state IS NOT DISTINCT FROM 'disagreed' AND NEW.state IN ('accepted', 'rejected', 'registered'))
    OR (OLD.state IS NOT DISTINCT FROM 'released' AND NEW.state IN ('withdrawn'))
    OR (OLD.state IS NOT DISTINCT FROM 'released_under_concession' AND NEW.state IN ('withdrawn'))
    OR (NEW.state IS NOT DISTINCT FROM 'registered' AND EXISTS (SELECT 1 FROM line WHERE seq IS NOT DISTINCT FROM (SELECT max(seq) FROM line) AND type IN ('log.voided') AND batch IS NOT DISTINCT FROM NEW.id))
    OR (NEW.state IS NOT DISTINCT FROM 'registered' AND OLD.state IN ('first_check', 'released', 'withdrawn') AND EXISTS (SELECT 1 FROM line WHERE seq IS NOT DISTINCT FROM (SELECT max(seq) FROM line) AND type IN ('batch.reworked') AND batch IS NOT DISTINCT FROM NEW.id))
    OR (NEW.state IS NOT DISTINCT FROM 'registered' AND OLD.state IS NOT DISTINCT FROM 'first_check' AND EXISTS (SELECT 1 FROM reinspection
        WHERE seq IS NOT DISTINCT FROM (SELECT max(seq) FROM line) AND batch IS NOT DISTINCT FROM NEW.id))
    OR (OLD.state IN ('registered', 'first_check', 'awaiting_second', 'second_check', 'accepted', 'disagreed', 'rejected', 'withdrawn', 'released_under_concession') AND NEW.state IN ('returned', 'scrapped') AND EXISTS (SELECT 1 FROM disposition WHERE seq IS NOT DISTINCT FROM (SELECT max(seq) FROM line)
        AND batch IS NOT DISTINCT FROM NEW.id AND kind IS NOT DISTINCT FROM CASE NEW.state WHEN 'returned' THEN 'return' ELSE 'scrap' END))
    OR (OLD.state IS NOT DISTINCT FROM 'rejected' AND NEW.state IS NOT DISTINCT FROM 'released_under_concession' AND EXISTS (SELECT 1 FROM line WHERE seq IS NOT DISTINCT FROM (SELECT max(seq) FROM line) AND type IN ('concession.approved') AND batch IS NOT DISTINCT FROM NEW.id))
    OR (NEW.state = 'split' AND OLD.state IN ('registered', 'accepted', 'disagreed', 'rejected', 'withdrawn', 'released_under_concession') AND EXISTS (SELECT 1 FROM line WHERE seq = (SELECT max(seq) FROM line) AND type = 'batch.split' AND batch = NEW.id)
        AND NEW.quantity = NEW.shipped + (SELECT coalesce(sum(quantity), 0) FROM shipped_unreleased WHERE batch = NEW.id) + (SELECT coalesce(sum(quantity), 0) FROM batch_part WHERE parent = NEW.id))
    OR (OLD.state = 'registered' AND NEW.state IN ('returned', 'scrapped') AND EXISTS (SELECT 1 FROM batch_part WHERE seq = (SELECT max(seq) FROM line)
        AND batch = NEW.id AND way = CASE NEW.state WHEN 'returned' THEN 'return' ELSE 'scrap' END))) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
-- Closed over a decision about the goods, such as that a batch was split or which way a part of it goes, or with a reason.
CREATE OR REPLACE FUNCTION qc_nonconformity_closed_over_something() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.type = 'nonconformity.closed' AND NOT EXISTS (SELECT 1 FROM disposition d WHERE d.batch = NEW.batch AND d.seq = NEW.rests_on)
        AND NOT EXISTS (SELECT 1 FROM concession_answer a WHERE a.batch = NEW.batch AND a.seq = NEW.rests_on AND a.answer = 'approved')
        AND NOT EXISTS (SELECT 1 FROM batch_part p WHERE NEW.batch IN (p.batch, p.parent) AND p.seq = NEW.rests_on)
        AND (NEW.rests_on IS NOT NULL OR coalesce(trim(NEW.body::json ->> 'reason'), '') = '') THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
