-- SPDX-License-Identifier: Apache-2.0
-- Second schema, the sign-off machine, PostgreSQL: statements end with a line that holds only two dashes and a semicolon.
CREATE TABLE shipped_unreleased (
    id TEXT NOT NULL CHECK (length(id) = 32),
    batch TEXT NOT NULL REFERENCES batch (id),
    quantity BIGINT NOT NULL,
    to_whom TEXT NOT NULL,
    on_day TEXT NOT NULL,
    document TEXT NOT NULL,
    reason TEXT NOT NULL,
    person TEXT NOT NULL,
    seq BIGINT NOT NULL REFERENCES event (seq),
    PRIMARY KEY (id),
    CHECK (quantity >= 1)
)
--;
CREATE TABLE voided (
    event_no BIGINT NOT NULL,
    hash TEXT NOT NULL,
    reason TEXT NOT NULL,
    batch TEXT,
    person TEXT NOT NULL,
    other TEXT NOT NULL,
    seq BIGINT NOT NULL REFERENCES event (seq),
    PRIMARY KEY (event_no),
    CHECK (person <> other)
)
--;
CREATE TABLE restored (
    seq BIGINT NOT NULL REFERENCES event (seq),
    lost_from BIGINT NOT NULL,
    lost_to BIGINT,
    said TEXT NOT NULL,
    person TEXT NOT NULL,
    other TEXT NOT NULL,
    PRIMARY KEY (seq),
    CHECK (person <> other)
)
--;
CREATE TABLE procedure_grace (
    seq BIGINT NOT NULL REFERENCES event (seq),
    code TEXT NOT NULL,
    version BIGINT NOT NULL,
    until TEXT NOT NULL,
    reason TEXT NOT NULL,
    person TEXT NOT NULL,
    other TEXT NOT NULL,
    PRIMARY KEY (seq),
    CHECK (person <> other)
)
--;
CREATE TABLE procedure_stopped (
    code TEXT NOT NULL,
    version BIGINT NOT NULL,
    reason TEXT NOT NULL,
    person TEXT NOT NULL,
    seq BIGINT NOT NULL REFERENCES event (seq),
    PRIMARY KEY (code, version)
)
--;
INSERT INTO procedure_stopped (code, version, reason, person, seq)
SELECT convert_from(e.body, 'UTF8')::json -> 'body' ->> 'code', (convert_from(e.body, 'UTF8')::json -> 'body' ->> 'version')::bigint,
    convert_from(e.body, 'UTF8')::json -> 'body' ->> 'reason', l.person, l.seq
FROM line l JOIN event e ON e.seq = l.seq WHERE l.type = 'procedure.retired'
--;
CREATE TABLE reinspection (
    round TEXT NOT NULL REFERENCES round (id),
    batch TEXT NOT NULL REFERENCES batch (id),
    code TEXT NOT NULL,
    version BIGINT NOT NULL,
    seq BIGINT NOT NULL REFERENCES event (seq),
    PRIMARY KEY (round)
)
--;
-- Every number that a batch ever had, by the event that gave it.
CREATE TABLE batch_number (
    seq BIGINT NOT NULL REFERENCES event (seq),
    batch TEXT NOT NULL,
    number TEXT NOT NULL,
    PRIMARY KEY (seq)
)
--;
CREATE INDEX batch_number_of_batch ON batch_number (batch)
--;
CREATE INDEX batch_number_had ON batch_number (number)
--;
INSERT INTO batch_number (seq, batch, number)
SELECT l.seq, l.batch, convert_from(e.body, 'UTF8')::json -> 'body' ->> 'number' FROM line l JOIN event e ON e.seq = l.seq WHERE l.type = 'batch.saved'
--;
CREATE TABLE clock_correction (
    seq BIGINT NOT NULL REFERENCES event (seq),
    true_time BIGINT NOT NULL,
    said TEXT NOT NULL,
    person TEXT NOT NULL,
    other TEXT NOT NULL,
    PRIMARY KEY (seq),
    CHECK (person <> other)
)
--;
CREATE TABLE clock_behind (
    seq BIGINT NOT NULL REFERENCES event (seq),
    station TEXT NOT NULL,
    seconds BIGINT NOT NULL,
    PRIMARY KEY (seq)
)
--;
-- What the second person opened of the first check, and said of it: the later row of a claim counts.
CREATE TABLE reviewed (
    checking TEXT NOT NULL REFERENCES checking (id),
    claim TEXT NOT NULL,
    unit BIGINT NOT NULL,
    code TEXT NOT NULL,
    defect_class TEXT NOT NULL,
    count BIGINT NOT NULL,
    agrees BIGINT NOT NULL,
    note TEXT NOT NULL,
    seq BIGINT NOT NULL REFERENCES event (seq),
    PRIMARY KEY (checking, claim, seq)
)
--;
-- Each second check, and each claim of the signed first that it is to open.
CREATE VIEW claim_to_review AS
    SELECT c.id AS checking, f.id AS claim, f.unit AS unit, f.code AS code, f.defect_class AS defect_class, f.count AS count
    FROM checking c JOIN checking o ON o.round = c.round AND o.place = 'first' AND o.state = 'signed'
        JOIN round r ON r.id = c.round
        CROSS JOIN LATERAL json_array_elements(r.opened::json -> 'procedure' -> 'content' -> 'characteristics') one
        JOIN finding f ON f.checking = o.id AND f.code = one ->> 'code'
    WHERE c.place = 'second' AND one ->> 'mode' = 'review' AND f.withdrawn IS NULL
    UNION ALL
    SELECT c.id, m.id, m.unit, m.characteristic, m.defect_class, 1
    FROM checking c JOIN checking o ON o.round = c.round AND o.place = 'first' AND o.state = 'signed'
        JOIN round r ON r.id = c.round
        CROSS JOIN LATERAL json_array_elements(r.opened::json -> 'procedure' -> 'content' -> 'characteristics') one
        JOIN reading m ON m.checking = o.id AND m.characteristic = one ->> 'code'
    WHERE c.place = 'second' AND one ->> 'mode' = 'review' AND m.inside = 0 AND m.replaced = 0
--;
CREATE OR REPLACE FUNCTION qc_reviewed_open() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT state FROM checking WHERE id = NEW.checking) IS DISTINCT FROM 'open' THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER reviewed_open BEFORE INSERT ON reviewed
FOR EACH ROW EXECUTE FUNCTION qc_reviewed_open('check-closed')
--;
CREATE OR REPLACE FUNCTION qc_reviewed_own() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT person FROM checking WHERE id = NEW.checking) IS DISTINCT FROM (SELECT person FROM line WHERE seq = NEW.seq) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER reviewed_own BEFORE INSERT ON reviewed
FOR EACH ROW EXECUTE FUNCTION qc_reviewed_own('not-your-check')
--;
CREATE OR REPLACE FUNCTION qc_reviewed_of_first() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM claim_to_review WHERE checking IS NOT DISTINCT FROM NEW.checking AND claim IS NOT DISTINCT FROM NEW.claim
        AND unit IS NOT DISTINCT FROM NEW.unit AND code IS NOT DISTINCT FROM NEW.code
        AND defect_class IS NOT DISTINCT FROM NEW.defect_class AND count IS NOT DISTINCT FROM NEW.count) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER reviewed_of_first BEFORE INSERT ON reviewed
FOR EACH ROW EXECUTE FUNCTION qc_reviewed_of_first('unverified')
--;
CREATE OR REPLACE FUNCTION qc_sign_off_reviewed() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM claim_to_review t WHERE t.checking = NEW.checking
        AND NOT EXISTS (SELECT 1 FROM reviewed r WHERE r.checking = NEW.checking AND r.claim = t.claim)) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER sign_off_reviewed BEFORE INSERT ON sign_off
FOR EACH ROW EXECUTE FUNCTION qc_sign_off_reviewed('not-reviewed')
--;
-- Every sample number that a second check may say something of: of what is split it has a sample of its own.
CREATE VIEW unit_of_second AS
    SELECT c.id AS checking, s.place AS unit
    FROM checking c JOIN round r ON r.id = c.round
        CROSS JOIN LATERAL json_array_elements(r.opened::json -> 'sample') WITH ORDINALITY AS s (number, place)
    WHERE s.place > (r.opened::json -> 'plan' ->> 'n')::bigint
        OR EXISTS (SELECT 1 FROM json_array_elements(r.opened::json -> 'procedure' -> 'content' -> 'characteristics') one
            WHERE coalesce(one ->> 'mode', 'blind') <> 'split')
        OR (coalesce(json_array_length(r.opened::json -> 'procedure' -> 'content' -> 'defects'), 0) > 0
            AND coalesce(r.opened::json -> 'procedure' -> 'content' ->> 'defects_mode', 'blind') <> 'split')
    UNION ALL
    SELECT c.id, o::text::bigint
    FROM checking c JOIN round r ON r.id = c.round CROSS JOIN LATERAL json_array_elements(r.opened::json -> 'overlap') o
    UNION ALL
    SELECT c.id, json_array_length(r.opened::json -> 'sample') + f.place
    FROM checking c JOIN round r ON r.id = c.round
        CROSS JOIN LATERAL json_array_elements(r.opened::json -> 'fresh') WITH ORDINALITY AS f (number, place)
--;
CREATE OR REPLACE FUNCTION qc_sign_off_own_sample() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM (SELECT unit FROM unit_result WHERE checking = NEW.checking
            UNION ALL SELECT unit FROM finding WHERE checking = NEW.checking
            UNION ALL SELECT unit FROM reading WHERE checking = NEW.checking) e
        WHERE CASE (SELECT place FROM checking WHERE id = NEW.checking)
            WHEN 'second' THEN e.unit NOT IN (SELECT unit FROM unit_of_second WHERE checking = NEW.checking)
            ELSE e.unit NOT BETWEEN 1 AND (SELECT json_array_length(r.opened::json -> 'sample')
                FROM checking c JOIN round r ON r.id = c.round WHERE c.id = NEW.checking) END) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER sign_off_own_sample BEFORE INSERT ON sign_off
FOR EACH ROW EXECUTE FUNCTION qc_sign_off_own_sample('unverified')
--;
DROP TRIGGER batch_moves ON batch
--;
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
        OR (OLD.state IS NOT DISTINCT FROM 'rejected' AND NEW.state IN ('returned', 'scrapped') AND EXISTS (SELECT 1 FROM disposition WHERE seq IS NOT DISTINCT FROM (SELECT max(seq) FROM line)
            AND batch IS NOT DISTINCT FROM NEW.id AND kind IS NOT DISTINCT FROM CASE NEW.state WHEN 'returned' THEN 'return' ELSE 'scrap' END))
        OR (OLD.state IS NOT DISTINCT FROM 'rejected' AND NEW.state IS NOT DISTINCT FROM 'released_under_concession' AND EXISTS (SELECT 1 FROM line WHERE seq IS NOT DISTINCT FROM (SELECT max(seq) FROM line) AND type IN ('batch.conceded') AND batch IS NOT DISTINCT FROM NEW.id))) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER batch_moves BEFORE UPDATE ON batch
FOR EACH ROW EXECUTE FUNCTION qc_batch_moves('state')
--;
DROP TRIGGER hold_lifted_by_two ON hold
--;
-- Two releasers let go; what a retracted check had stopped goes to rework, or a third person orders a new round.
CREATE OR REPLACE FUNCTION qc_hold_lifted_by_two() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.lifted IS DISTINCT FROM OLD.lifted AND (OLD.lifted IS NOT NULL OR NEW.lifted IS DISTINCT FROM (SELECT max(seq) FROM line) OR NOT EXISTS (
        SELECT 1 FROM line l WHERE l.seq = NEW.lifted AND l.batch = NEW.batch
        AND ((l.type = 'batch.lifted' AND (SELECT count(*) FROM act_signer s JOIN role_grant g ON g.person = s.person
                WHERE s.seq = l.seq AND g.role = 'releaser') >= 2)
            OR (l.type IN ('batch.reworked', 'round.ordered')
                AND EXISTS (SELECT 1 FROM line WHERE seq = NEW.seq AND type = 'check.retracted'))))) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER hold_lifted_by_two BEFORE UPDATE ON hold
FOR EACH ROW EXECUTE FUNCTION qc_hold_lifted_by_two('two-needed')
--;
-- Whatever moves a batch, it is held for as long as anything that holds it has not been lifted.
CREATE OR REPLACE FUNCTION qc_batch_hold_lifts() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.held IS DISTINCT FROM 1 AND EXISTS (SELECT 1 FROM hold WHERE batch = NEW.id AND lifted IS NULL) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
DROP TRIGGER disposition_by_two ON disposition
--;
CREATE FUNCTION qc_disposition_by_two() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM line_signer WHERE seq = NEW.seq AND person = NEW.confirmed_by AND person <> NEW.person) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER disposition_by_two BEFORE INSERT ON disposition
FOR EACH ROW EXECUTE FUNCTION qc_disposition_by_two('two-needed')
--;
CREATE OR REPLACE FUNCTION qc_shipped_unreleased_not_more() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.quantity + (SELECT coalesce(sum(quantity), 0) FROM shipped_unreleased WHERE batch IS NOT DISTINCT FROM NEW.batch)
        + (SELECT shipped FROM batch WHERE id IS NOT DISTINCT FROM NEW.batch) > (SELECT quantity FROM batch WHERE id IS NOT DISTINCT FROM NEW.batch) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER shipped_unreleased_not_more BEFORE INSERT ON shipped_unreleased
FOR EACH ROW EXECUTE FUNCTION qc_shipped_unreleased_not_more('more-than-released')
--;
CREATE OR REPLACE FUNCTION qc_voided_by_its_event() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.seq IS DISTINCT FROM (SELECT max(seq) FROM line) OR NOT EXISTS (SELECT 1 FROM line WHERE seq IS NOT DISTINCT FROM NEW.seq AND type IS NOT DISTINCT FROM 'log.voided' AND person IS NOT DISTINCT FROM NEW.person) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER voided_by_its_event BEFORE INSERT ON voided
FOR EACH ROW EXECUTE FUNCTION qc_voided_by_its_event('unverified')
--;
CREATE OR REPLACE FUNCTION qc_restored_by_its_event() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.seq IS DISTINCT FROM (SELECT max(seq) FROM line) OR NOT EXISTS (SELECT 1 FROM line WHERE seq IS NOT DISTINCT FROM NEW.seq AND type IS NOT DISTINCT FROM 'workspace.restored' AND person IS NOT DISTINCT FROM NEW.person) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER restored_by_its_event BEFORE INSERT ON restored
FOR EACH ROW EXECUTE FUNCTION qc_restored_by_its_event('unverified')
--;
CREATE OR REPLACE FUNCTION qc_procedure_grace_by_its_event() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.seq IS DISTINCT FROM (SELECT max(seq) FROM line) OR NOT EXISTS (SELECT 1 FROM line WHERE seq IS NOT DISTINCT FROM NEW.seq AND type IS NOT DISTINCT FROM 'procedure.grace' AND person IS NOT DISTINCT FROM NEW.person) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER procedure_grace_by_its_event BEFORE INSERT ON procedure_grace
FOR EACH ROW EXECUTE FUNCTION qc_procedure_grace_by_its_event('unverified')
--;
CREATE OR REPLACE FUNCTION qc_procedure_stopped_by_its_event() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.seq IS DISTINCT FROM (SELECT max(seq) FROM line) OR NOT EXISTS (SELECT 1 FROM line WHERE seq IS NOT DISTINCT FROM NEW.seq AND type IS NOT DISTINCT FROM 'procedure.retired' AND person IS NOT DISTINCT FROM NEW.person) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER procedure_stopped_by_its_event BEFORE INSERT ON procedure_stopped
FOR EACH ROW EXECUTE FUNCTION qc_procedure_stopped_by_its_event('unverified')
--;
CREATE OR REPLACE FUNCTION qc_clock_correction_by_its_event() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.seq IS DISTINCT FROM (SELECT max(seq) FROM line) OR NOT EXISTS (SELECT 1 FROM line WHERE seq IS NOT DISTINCT FROM NEW.seq AND type IS NOT DISTINCT FROM 'clock.corrected' AND person IS NOT DISTINCT FROM NEW.person) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER clock_correction_by_its_event BEFORE INSERT ON clock_correction
FOR EACH ROW EXECUTE FUNCTION qc_clock_correction_by_its_event('unverified')
--;
CREATE OR REPLACE FUNCTION qc_reinspection_by_its_event() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.seq IS DISTINCT FROM (SELECT max(seq) FROM line) OR NOT EXISTS (SELECT 1 FROM line WHERE seq IS NOT DISTINCT FROM NEW.seq AND type IS NOT DISTINCT FROM 'procedure.approved') THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER reinspection_by_its_event BEFORE INSERT ON reinspection
FOR EACH ROW EXECUTE FUNCTION qc_reinspection_by_its_event('unverified')
--;
CREATE OR REPLACE FUNCTION qc_line_time_forward() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.at < (SELECT at FROM line ORDER BY seq DESC LIMIT 1) AND NEW.type IS DISTINCT FROM 'clock.corrected' THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER line_time_forward BEFORE INSERT ON line
FOR EACH ROW EXECUTE FUNCTION qc_line_time_forward('clock')
--;
-- Whoever puts down something about a batch works here: a role, or a part in it where one's own part is taken back. Reading
-- the first check early is put down of everybody, and whoever gives up a key holds what it touched. An entry has the day of its workstation, an act the day of the log.
CREATE FUNCTION qc_line_about_batch_by_role() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.person IS NOT NULL AND NEW.batch IS NOT NULL AND NEW.type NOT IN ('first.seen', 'batch.quarantined')
    AND NOT EXISTS (SELECT 1 FROM role_grant g WHERE g.person = NEW.person AND g.role <> 'auditor'
        AND (g.until IS NULL OR g.until >= (SELECT to_char(to_timestamp((CASE WHEN NEW.session IS NULL THEN NEW.at
            ELSE LEAST(NEW.at, (convert_from(e.body, 'UTF8')::jsonb ->> 'clock')::bigint) END) / 1000000 - 86400) AT TIME ZONE 'UTC', 'YYYY-MM-DD')
            FROM event e WHERE e.seq = NEW.seq)))
    AND NOT (NEW.type IN ('check.recorded', 'check.resolved', 'check.set_aside', 'check.retracted', 'round.compared', 'round.rejected_after_all', 'batch.withdrawn', 'certificate.withdrawn')
        AND (EXISTS (SELECT 1 FROM checking WHERE batch = NEW.batch AND person = NEW.person)
            OR EXISTS (SELECT 1 FROM sign_off WHERE batch = NEW.batch AND person = NEW.person))) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER line_about_batch_by_role BEFORE INSERT ON line
FOR EACH ROW EXECUTE FUNCTION qc_line_about_batch_by_role('role')
--;
-- Neither void nor a check that is taken back is a way round a rejection: the next round is tightened, and what is tightened stays so.
CREATE FUNCTION qc_batch_stays_tightened() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.next_severity IS DISTINCT FROM 'tightened' AND (OLD.next_severity IS NOT DISTINCT FROM 'tightened'
    OR (OLD.state IS NOT DISTINCT FROM 'rejected' AND NEW.state IS NOT DISTINCT FROM 'registered' AND (SELECT type FROM line ORDER BY seq DESC LIMIT 1) IN ('log.voided', 'check.retracted', 'round.ordered'))) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER batch_stays_tightened BEFORE UPDATE ON batch
FOR EACH ROW EXECUTE FUNCTION qc_batch_stays_tightened('state')
--;
CREATE FUNCTION qc_line_quarantine_unreleased() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.type IS NOT DISTINCT FROM 'batch.quarantined' AND NOT EXISTS (SELECT 1 FROM batch WHERE id = NEW.batch AND state IN ('registered', 'first_check', 'awaiting_second', 'second_check', 'accepted', 'rejected', 'disagreed')) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER line_quarantine_unreleased BEFORE INSERT ON line
FOR EACH ROW EXECUTE FUNCTION qc_line_quarantine_unreleased('state')
--;
CREATE FUNCTION qc_first_seen_before_compared() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM comparison WHERE round = NEW.round) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER first_seen_before_compared BEFORE INSERT ON first_seen
FOR EACH ROW EXECUTE FUNCTION qc_first_seen_before_compared('state')
--;
CREATE FUNCTION qc_place_given_up_before_compared() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM comparison WHERE round = NEW.round) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER place_given_up_before_compared BEFORE INSERT ON place_given_up
FOR EACH ROW EXECUTE FUNCTION qc_place_given_up_before_compared('state')
--;
CREATE OR REPLACE FUNCTION qc_sign_off_procedure_allowed() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.place IS NOT DISTINCT FROM 'release' AND EXISTS (SELECT 1 FROM procedure_stopped s JOIN round r ON r.id = NEW.round
        WHERE s.code = (r.opened::json -> 'procedure' ->> 'code') AND s.version = (r.opened::json -> 'procedure' ->> 'version')::bigint) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER sign_off_procedure_allowed BEFORE INSERT ON sign_off
FOR EACH ROW EXECUTE FUNCTION qc_sign_off_procedure_allowed('procedure-stopped')
--;
CREATE VIEW role_holder AS
    SELECT g.person AS person, g.role AS role, g.families AS families FROM role_grant g JOIN person p ON p.id = g.person
    WHERE p.status = 'active' AND (g.until IS NULL OR g.until >= (SELECT to_char(to_timestamp(at / 1000000 - 86400) AT TIME ZONE 'UTC', 'YYYY-MM-DD') FROM line ORDER BY seq DESC LIMIT 1))
--;
CREATE VIEW planner AS
    SELECT h.person AS person, c.product AS product FROM role_holder h, (SELECT DISTINCT code AS product FROM product) c
    WHERE h.role = 'planner' AND (h.families = '[]' OR NOT EXISTS (
        SELECT 1 FROM product p WHERE p.code = c.product AND p.family NOT IN (SELECT jsonb_array_elements_text(h.families::jsonb))))
--;
CREATE VIEW releaser AS
    SELECT h.person AS person, b.id AS batch FROM role_holder h, batch b JOIN product p ON p.id = b.product
    WHERE h.role = 'releaser' AND (h.families = '[]' OR p.family IN (SELECT jsonb_array_elements_text(h.families::jsonb)))
--;
CREATE OR REPLACE FUNCTION qc_hold_lifted_by_releasers() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT type FROM line WHERE seq = NEW.lifted) IS NOT DISTINCT FROM 'batch.lifted'
        AND (SELECT count(*) FROM act_signer s JOIN releaser r ON r.person = s.person WHERE s.seq = NEW.lifted AND r.batch = NEW.batch) < 2 THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER hold_lifted_by_releasers BEFORE UPDATE ON hold
FOR EACH ROW EXECUTE FUNCTION qc_hold_lifted_by_releasers('two-needed')
--;
CREATE OR REPLACE FUNCTION qc_procedure_product_planner() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.product NOT IN (SELECT product FROM planner WHERE person = (SELECT person FROM line WHERE seq = NEW.seq)) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER procedure_product_planner BEFORE INSERT ON procedure_product
FOR EACH ROW EXECUTE FUNCTION qc_procedure_product_planner('role')
--;
CREATE OR REPLACE FUNCTION qc_procedure_version_planner() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.state IS NOT DISTINCT FROM 'approved' AND EXISTS (SELECT 1 FROM procedure_product v WHERE v.code = NEW.code AND v.version = NEW.version
        AND v.product NOT IN (SELECT product FROM planner WHERE person = NEW.approved_by)) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER procedure_version_planner BEFORE UPDATE ON procedure_version
FOR EACH ROW EXECUTE FUNCTION qc_procedure_version_planner('role')
--;
CREATE OR REPLACE FUNCTION qc_procedure_stopped_planner() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM procedure_product v WHERE v.code = NEW.code AND v.version = NEW.version
        AND v.product NOT IN (SELECT product FROM planner WHERE person = NEW.person)) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER procedure_stopped_planner BEFORE INSERT ON procedure_stopped
FOR EACH ROW EXECUTE FUNCTION qc_procedure_stopped_planner('role')
--;
CREATE OR REPLACE FUNCTION qc_procedure_grace_planner() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM procedure_product v WHERE v.code = NEW.code AND v.version = NEW.version
        AND (v.product NOT IN (SELECT product FROM planner WHERE person = NEW.person)
            OR v.product NOT IN (SELECT product FROM planner WHERE person = NEW.other))) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER procedure_grace_planner BEFORE INSERT ON procedure_grace
FOR EACH ROW EXECUTE FUNCTION qc_procedure_grace_planner('role')
--;
-- What was left open when its round began anew stays as it stands.
CREATE FUNCTION qc_checking_aside_in_its_round() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.state IS DISTINCT FROM OLD.state AND NEW.state IS NOT DISTINCT FROM 'set_aside'
    AND NOT EXISTS (SELECT 1 FROM batch WHERE id IS NOT DISTINCT FROM NEW.batch AND round IS NOT DISTINCT FROM NEW.round
        AND state IS DISTINCT FROM 'registered') THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER checking_aside_in_its_round BEFORE UPDATE ON checking
FOR EACH ROW EXECUTE FUNCTION qc_checking_aside_in_its_round('check-closed')
