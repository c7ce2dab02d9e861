-- SPDX-License-Identifier: Apache-2.0
-- Fourth schema, what splits, gates and papers of batches, PostgreSQL: statements end with a line that holds only two dashes and a semicolon.
-- A certificate says what was released, by a releaser or under a concession, of as many units and on that record.
CREATE OR REPLACE FUNCTION qc_certificate_of_released() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM batch b JOIN
    (SELECT round, seq, record FROM sign_off WHERE place = 'release'
        UNION ALL SELECT round, seq, record FROM concession_answer WHERE answer = 'approved') r ON r.round = b.round
    WHERE b.id = NEW.batch AND b.round = NEW.round AND b.state = NEW.verdict AND b.released = NEW.quantity
    AND r.seq = NEW.release AND r.record = NEW.record) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
-- A split batch is done; a part that is to be sorted or reworked waits apart.
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
        ELSE 'ready_to_ship' END) STORED
--;
CREATE INDEX batch_lane ON batch (lane, ship_by, lane_since, id) WHERE lane <> 'done'
--;
-- One event gives every part its number.
ALTER TABLE batch_number DROP CONSTRAINT batch_number_pkey
--;
ALTER TABLE batch_number ADD PRIMARY KEY (seq, batch)
--;
CREATE OR REPLACE FUNCTION qc_batch_number_by_its_event() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM event e WHERE e.seq = NEW.seq AND ((convert_from(e.body, 'UTF8')::json ->> 'type' IS NOT DISTINCT FROM 'batch.saved' AND convert_from(e.body, 'UTF8')::json -> 'body' ->> 'batch' IS NOT DISTINCT FROM NEW.batch AND convert_from(e.body, 'UTF8')::json -> 'body' ->> 'number' IS NOT DISTINCT FROM NEW.number)
    OR (convert_from(e.body, 'UTF8')::json ->> 'type' IS NOT DISTINCT FROM 'batch.split' AND EXISTS (SELECT 1 FROM json_array_elements(convert_from(e.body, 'UTF8')::json -> 'body' -> 'parts') AS p(value) WHERE p.value ->> 'batch' IS NOT DISTINCT FROM NEW.batch AND p.value ->> 'number' IS NOT DISTINCT FROM NEW.number)))) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
-- A batch that is a part of another one, and the way that it goes; and all that it was split from.
CREATE TABLE batch_part (
    batch TEXT NOT NULL,
    seq BIGINT NOT NULL REFERENCES event (seq),
    parent TEXT NOT NULL REFERENCES batch (id),
    quantity BIGINT NOT NULL,
    way TEXT NOT NULL CHECK (way IN ('inspect', 'rework', 'sort', 'regrade', 'return', 'scrap')),
    terms TEXT NOT NULL,
    units TEXT NOT NULL,
    held BIGINT NOT NULL CHECK (held IN (0, 1)),
    person TEXT NOT NULL REFERENCES person (id),
    confirmed_by TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (batch)
)
--;
CREATE INDEX batch_part_of_parent ON batch_part (parent, seq)
--;
CREATE TABLE batch_origin (
    batch TEXT NOT NULL,
    origin TEXT NOT NULL REFERENCES batch (id),
    seq BIGINT NOT NULL REFERENCES event (seq),
    PRIMARY KEY (batch, origin)
)
--;
CREATE INDEX batch_origin_of ON batch_origin (origin)
--;
CREATE FUNCTION qc_batch_part_by_its_event() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM line l JOIN event e ON e.seq = l.seq WHERE l.seq = NEW.seq AND l.seq = (SELECT max(seq) FROM line) AND l.type = 'batch.split' AND l.person = NEW.person AND l.batch = NEW.parent
    AND EXISTS (SELECT 1 FROM json_array_elements(convert_from(e.body, 'UTF8')::json -> 'body' -> 'parts') AS p(value) WHERE p.value ->> 'batch' = NEW.batch AND (p.value ->> 'quantity')::bigint = NEW.quantity AND p.value ->> 'way' = NEW.way)) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER batch_part_by_its_event BEFORE INSERT ON batch_part
FOR EACH ROW EXECUTE FUNCTION qc_batch_part_by_its_event('unverified')
--;
-- One asks, another confirms.
CREATE FUNCTION qc_batch_part_by_two() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM line_signer WHERE seq = NEW.seq AND person = NEW.confirmed_by AND person <> NEW.person) OR (SELECT count(*) FROM act_worker WHERE seq = NEW.seq) < 2 THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER batch_part_by_two BEFORE INSERT ON batch_part
FOR EACH ROW EXECUTE FUNCTION qc_batch_part_by_two('two-needed')
--;
-- What is rejected or held is split, after a comparison or before anything was inspected; a hold goes with the parts.
CREATE FUNCTION qc_batch_part_fit() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM batch b WHERE b.id = NEW.parent AND b.shipped = 0 AND b.rework_ordered = 0
    AND (b.state IN ('rejected', 'disagreed', 'withdrawn') OR (b.held = 1 AND (b.state = 'accepted' OR (b.state = 'registered' AND b.round_no = 0))))
    AND (NEW.way <> 'inspect' OR (b.state = 'registered' AND b.round_no = 0)) AND (NEW.way <> 'return' OR b.supplier IS NOT NULL)
    AND NEW.held = CASE WHEN NEW.way IN ('return', 'scrap') THEN 0 ELSE b.held END) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER batch_part_fit BEFORE INSERT ON batch_part
FOR EACH ROW EXECUTE FUNCTION qc_batch_part_fit('state')
--;
CREATE FUNCTION qc_batch_part_unchecked() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM batch b JOIN checking c ON c.round = b.round WHERE b.id = NEW.parent AND b.state <> 'rejected' AND c.state = 'open') THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER batch_part_unchecked BEFORE INSERT ON batch_part
FOR EACH ROW EXECUTE FUNCTION qc_batch_part_unchecked('check-running')
--;
-- All parts and what stays are together what the batch still has.
CREATE FUNCTION qc_batch_part_adds_up() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.quantity < 2 OR NOT EXISTS (SELECT 1 FROM event e, batch b WHERE e.seq = NEW.seq AND b.id = NEW.parent
    AND (convert_from(e.body, 'UTF8')::json -> 'body' ->> 'kept')::bigint >= 0 AND ((convert_from(e.body, 'UTF8')::json -> 'body' ->> 'kept')::bigint = 0 OR b.state = 'rejected')
    AND (convert_from(e.body, 'UTF8')::json -> 'body' ->> 'kept')::bigint + (SELECT sum((p.value ->> 'quantity')::bigint) FROM json_array_elements(convert_from(e.body, 'UTF8')::json -> 'body' -> 'parts') AS p(value)) = b.quantity - (SELECT coalesce(sum(quantity), 0) FROM shipped_unreleased WHERE batch = b.id)
        - (SELECT coalesce(sum(s.quantity), 0) FROM batch_part s WHERE s.parent = b.id AND s.seq <> NEW.seq)) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER batch_part_adds_up BEFORE INSERT ON batch_part
FOR EACH ROW EXECUTE FUNCTION qc_batch_part_adds_up('quantities')
--;
CREATE FUNCTION qc_batch_origin_of_part() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM batch_part p WHERE p.batch = NEW.batch AND p.seq = NEW.seq AND (p.parent = NEW.origin OR EXISTS (SELECT 1 FROM batch_origin o WHERE o.batch = p.parent AND o.origin = NEW.origin))) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER batch_origin_of_part BEFORE INSERT ON batch_origin
FOR EACH ROW EXECUTE FUNCTION qc_batch_origin_of_part('unverified')
--;
-- A part is what its batch was, and inspected the next time as strictly as what was sorted.
CREATE FUNCTION qc_batch_born_of_part() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT type FROM line WHERE seq = NEW.seq) = 'batch.split' AND NOT EXISTS (SELECT 1 FROM batch_part p JOIN batch o ON o.id = p.parent
    WHERE p.batch = NEW.id AND p.seq = NEW.seq AND p.quantity = NEW.quantity AND o.product = NEW.product AND o.supplier IS NOT DISTINCT FROM NEW.supplier
    AND o.line = NEW.line AND o.order_no = NEW.order_no AND o.made_on IS NOT DISTINCT FROM NEW.made_on AND o.ship_by IS NOT DISTINCT FROM NEW.ship_by
    AND o.round_no = NEW.round_no AND o.again_used = NEW.again_used AND NEW.next_severity = CASE WHEN p.way = 'inspect' THEN 'normal' ELSE 'tightened' END
    AND NEW.rework_ordered = CASE WHEN p.way IN ('rework', 'sort', 'regrade') THEN 1 ELSE 0 END
    AND (SELECT count(*) FROM batch_origin WHERE batch = NEW.id) = 1 + (SELECT count(*) FROM batch_origin WHERE batch = o.id)) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER batch_born_of_part BEFORE INSERT ON batch
FOR EACH ROW EXECUTE FUNCTION qc_batch_born_of_part('unverified')
--;
-- A part stays what it was split off as.
CREATE FUNCTION qc_batch_part_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM batch_part WHERE batch = OLD.id) AND (NEW.number <> OLD.number OR NEW.quantity <> OLD.quantity OR NEW.product <> OLD.product
    OR NEW.supplier IS DISTINCT FROM OLD.supplier OR (NEW.state = 'cancelled' AND OLD.state <> 'cancelled')) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER batch_part_stays BEFORE UPDATE ON batch
FOR EACH ROW EXECUTE FUNCTION qc_batch_part_stays('state')
--;
-- What is left of a split batch is not inspected anew: its units are elsewhere.
CREATE FUNCTION qc_batch_split_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.state = 'registered' AND OLD.state <> 'registered' AND EXISTS (SELECT 1 FROM batch_part WHERE parent = NEW.id) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER batch_split_stays BEFORE UPDATE ON batch
FOR EACH ROW EXECUTE FUNCTION qc_batch_split_stays('state')
--;
-- Who made or reworked a batch did so with its parts, and what held it holds them.
CREATE FUNCTION qc_round_of_part() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM batch_part p WHERE p.batch = NEW.batch AND (
    EXISTS (SELECT 1 FROM batch_maker m WHERE m.batch = p.parent AND NOT EXISTS (SELECT 1 FROM batch_maker n WHERE n.batch = NEW.batch AND n.person = m.person))
    OR EXISTS (SELECT 1 FROM batch_reworker m WHERE m.batch = p.parent AND NOT EXISTS (SELECT 1 FROM batch_reworker n WHERE n.batch = NEW.batch AND n.person = m.person))
    OR (p.held = 1 AND NOT EXISTS (SELECT 1 FROM hold h WHERE h.batch = NEW.batch AND h.seq = p.seq)))) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER round_of_part BEFORE INSERT ON round
FOR EACH ROW EXECUTE FUNCTION qc_round_of_part('unverified')
--;
-- Into its parts, and a part to its end.
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
    OR (OLD.state IN ('first_check', 'awaiting_second', 'second_check', 'accepted', 'disagreed', 'rejected', 'withdrawn') AND NEW.state IN ('returned', 'scrapped') AND EXISTS (SELECT 1 FROM disposition WHERE seq IS NOT DISTINCT FROM (SELECT max(seq) FROM line)
        AND batch IS NOT DISTINCT FROM NEW.id AND kind IS NOT DISTINCT FROM CASE NEW.state WHEN 'returned' THEN 'return' ELSE 'scrap' END))
    OR (OLD.state IS NOT DISTINCT FROM 'rejected' AND NEW.state IS NOT DISTINCT FROM 'released_under_concession' AND EXISTS (SELECT 1 FROM line WHERE seq IS NOT DISTINCT FROM (SELECT max(seq) FROM line) AND type IN ('concession.approved') AND batch IS NOT DISTINCT FROM NEW.id))
    OR (NEW.state = 'split' AND OLD.state IN ('registered', 'accepted', 'disagreed', 'rejected', 'withdrawn') AND EXISTS (SELECT 1 FROM line WHERE seq = (SELECT max(seq) FROM line) AND type = 'batch.split' AND batch = NEW.id)
        AND NEW.quantity = (SELECT coalesce(sum(quantity), 0) FROM shipped_unreleased WHERE batch = NEW.id) + (SELECT coalesce(sum(quantity), 0) FROM batch_part WHERE parent = NEW.id))
    OR (OLD.state = 'registered' AND NEW.state IN ('returned', 'scrapped') AND EXISTS (SELECT 1 FROM batch_part WHERE seq = (SELECT max(seq) FROM line)
        AND batch = NEW.id AND way = CASE NEW.state WHEN 'returned' THEN 'return' ELSE 'scrap' END))) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
-- Whoever had a part in a concession of a batch had it in its parts.
CREATE OR REPLACE VIEW conceder AS
    SELECT batch, person FROM concession
    UNION SELECT batch, person FROM concession_answer WHERE answer = 'approved'
    UNION SELECT batch, other FROM concession_answer WHERE answer = 'approved'
    UNION SELECT o.batch, c.person FROM batch_origin o JOIN concession c ON c.batch = o.origin
    UNION SELECT o.batch, a.person FROM batch_origin o JOIN concession_answer a ON a.batch = o.origin WHERE a.answer = 'approved'
    UNION SELECT o.batch, a.other FROM batch_origin o JOIN concession_answer a ON a.batch = o.origin WHERE a.answer = 'approved'
--;
-- Nor of a part whose batch a critical was ever claimed on.
CREATE OR REPLACE FUNCTION qc_concession_not_critical() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM finding WHERE batch IN (SELECT NEW.batch UNION ALL SELECT origin FROM batch_origin WHERE batch = NEW.batch) AND defect_class = 'critical') OR EXISTS (SELECT 1 FROM reading WHERE batch IN (SELECT NEW.batch UNION ALL SELECT origin FROM batch_origin WHERE batch = NEW.batch) AND defect_class = 'critical' AND inside = 0) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
-- Only what stayed of a split batch is asked for, and approved.
CREATE FUNCTION qc_concession_of_rest() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.quantity > (SELECT quantity FROM batch WHERE id = NEW.batch) - (SELECT coalesce(sum(quantity), 0) FROM batch_part WHERE parent = NEW.batch) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER concession_of_rest BEFORE INSERT ON concession
FOR EACH ROW EXECUTE FUNCTION qc_concession_of_rest('quantities')
--;
CREATE FUNCTION qc_concession_approved_of_rest() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.answer = 'approved' AND NEW.quantity > (SELECT quantity FROM batch WHERE id = NEW.batch) - (SELECT coalesce(sum(quantity), 0) FROM batch_part WHERE parent = NEW.batch) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER concession_approved_of_rest BEFORE INSERT ON concession_answer
FOR EACH ROW EXECUTE FUNCTION qc_concession_approved_of_rest('quantities')
--;
-- Of a split batch, what stayed.
CREATE OR REPLACE FUNCTION qc_disposition_of_all() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.kind IS DISTINCT FROM 'rework' AND NEW.quantity IS DISTINCT FROM (SELECT quantity FROM batch WHERE id IS NOT DISTINCT FROM NEW.batch)
    - (SELECT coalesce(sum(quantity), 0) FROM shipped_unreleased WHERE batch IS NOT DISTINCT FROM NEW.batch)
    - (SELECT coalesce(sum(quantity), 0) FROM batch_part WHERE parent IS NOT DISTINCT FROM NEW.batch) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
-- What stayed of a split batch is not inspected anew, so it is neither sorted nor reworked.
CREATE FUNCTION qc_disposition_not_split() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.kind IN ('rework', 'sort') AND EXISTS (SELECT 1 FROM batch_part WHERE parent = NEW.batch) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER disposition_not_split BEFORE INSERT ON disposition
FOR EACH ROW EXECUTE FUNCTION qc_disposition_not_split('state')
--;
CREATE OR REPLACE FUNCTION qc_shipped_unreleased_not_more() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.quantity + (SELECT coalesce(sum(quantity), 0) FROM shipped_unreleased WHERE batch IS NOT DISTINCT FROM NEW.batch)
    + (SELECT coalesce(sum(quantity), 0) FROM batch_part WHERE parent IS NOT DISTINCT FROM NEW.batch)
    + (SELECT shipped FROM batch WHERE id IS NOT DISTINCT FROM NEW.batch) > (SELECT quantity FROM batch WHERE id IS NOT DISTINCT FROM NEW.batch) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER batch_part_no_truncate BEFORE TRUNCATE ON batch_part
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER batch_part_no_delete BEFORE DELETE ON batch_part
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER batch_part_no_update BEFORE UPDATE ON batch_part
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER batch_part_of_last_event BEFORE INSERT ON batch_part
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER batch_origin_no_truncate BEFORE TRUNCATE ON batch_origin
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER batch_origin_no_delete BEFORE DELETE ON batch_origin
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER batch_origin_no_update BEFORE UPDATE ON batch_origin
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER batch_origin_of_last_event BEFORE INSERT ON batch_origin
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
