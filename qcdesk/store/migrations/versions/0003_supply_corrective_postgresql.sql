-- SPDX-License-Identifier: Apache-2.0
-- Third schema, corrective action requests, promises, and stops of repeated defects, PostgreSQL: statements end with a line that holds only two dashes and a semicolon.
-- Corrective actions; what is said in them stands in action_said, and the last of each kind counts.
CREATE TABLE corrective_action (
    id TEXT NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL UNIQUE,
    supplier TEXT NOT NULL REFERENCES supplier (id),
    product TEXT NOT NULL,
    person TEXT NOT NULL REFERENCES person (id),
    at BIGINT NOT NULL,
    body TEXT NOT NULL,
    seq BIGINT NOT NULL REFERENCES event (seq)
)
--;
CREATE INDEX corrective_action_of_supplier ON corrective_action (supplier)
--;
CREATE TABLE action_said (
    seq BIGINT NOT NULL PRIMARY KEY REFERENCES event (seq),
    action TEXT NOT NULL REFERENCES corrective_action (id),
    kind TEXT NOT NULL,
    about TEXT NOT NULL,
    person TEXT NOT NULL REFERENCES person (id),
    at BIGINT NOT NULL,
    body TEXT NOT NULL,
    CHECK (kind IN ('step', 'sent', 'replied', 'closed', 'reopened'))
)
--;
CREATE INDEX action_said_of_action ON action_said (action, seq)
--;
CREATE TABLE promise (
    id TEXT NOT NULL PRIMARY KEY,
    action TEXT NOT NULL REFERENCES corrective_action (id),
    no BIGINT NOT NULL,
    due TEXT NOT NULL,
    test TEXT NOT NULL,
    words TEXT NOT NULL,
    replaces TEXT REFERENCES promise (id),
    at BIGINT NOT NULL,
    seq BIGINT NOT NULL REFERENCES event (seq)
)
--;
CREATE INDEX promise_of_action ON promise (action, no)
--;
-- While a stop stands, nothing of its supplier and product is released.
CREATE TABLE release_stop (
    seq BIGINT NOT NULL PRIMARY KEY REFERENCES event (seq),
    supplier TEXT NOT NULL,
    product TEXT NOT NULL,
    code TEXT NOT NULL,
    action TEXT NOT NULL REFERENCES corrective_action (id),
    lot TEXT NOT NULL REFERENCES batch (id),
    decided BIGINT REFERENCES event (seq)
)
--;
CREATE INDEX release_stop_of_supply ON release_stop (supplier, product)
--;
CREATE INDEX release_stop_of_action ON release_stop (action)
--;
CREATE OR REPLACE FUNCTION qc_release_stop_by_its_event() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.decided IS NOT NULL OR NOT EXISTS (SELECT 1 FROM line WHERE seq = NEW.seq AND type = 'defect.repeated') THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER release_stop_by_its_event BEFORE INSERT ON release_stop
FOR EACH ROW EXECUTE FUNCTION qc_release_stop_by_its_event('unverified')
--;
-- What a stop says stays; two who release decide about it, once.
CREATE OR REPLACE FUNCTION qc_release_stop_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.supplier IS DISTINCT FROM OLD.supplier OR NEW.product IS DISTINCT FROM OLD.product OR NEW.code IS DISTINCT FROM OLD.code
        OR NEW.action IS DISTINCT FROM OLD.action OR NEW.lot IS DISTINCT FROM OLD.lot OR OLD.decided IS NOT NULL THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER release_stop_stays BEFORE UPDATE ON release_stop
FOR EACH ROW EXECUTE FUNCTION qc_release_stop_stays('append-only')
--;
CREATE OR REPLACE FUNCTION qc_release_stop_by_two() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.decided IS DISTINCT FROM OLD.decided AND NOT EXISTS (SELECT 1 FROM line WHERE seq = NEW.decided AND seq = (SELECT max(seq) FROM line) AND type = 'stop.decided'
        AND (SELECT count(DISTINCT s.person) FROM act_signer s JOIN standing_role h ON h.person = s.person
            LEFT JOIN product p ON p.code = NEW.product WHERE s.seq = NEW.decided AND h.role = 'releaser'
            AND (h.families = '[]' OR p.family IN (SELECT json_array_elements_text(h.families::json)))) >= 2) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER release_stop_by_two BEFORE UPDATE ON release_stop
FOR EACH ROW EXECUTE FUNCTION qc_release_stop_by_two('two-needed')
--;
CREATE OR REPLACE FUNCTION qc_batch_release_stopped() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.state IN ('released', 'released_under_concession') AND OLD.state IS DISTINCT FROM NEW.state
        AND EXISTS (SELECT 1 FROM release_stop s JOIN product p ON p.code = s.product
            WHERE s.decided IS NULL AND s.supplier = NEW.supplier AND p.id = NEW.product) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER batch_release_stopped BEFORE UPDATE ON batch
FOR EACH ROW EXECUTE FUNCTION qc_batch_release_stopped('release-stopped')
--;
-- A defect that came again tightens inspection too: that is of no lot (the lot had its own row), and nobody sets it.
DROP TRIGGER severity_by_its_event ON severity
--;
CREATE OR REPLACE FUNCTION qc_severity_by_its_event() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.seq IS DISTINCT FROM (SELECT max(seq) FROM line) OR NOT EXISTS (SELECT 1 FROM line WHERE seq IS NOT DISTINCT FROM NEW.seq
        AND person IS NOT DISTINCT FROM NEW.person AND batch IS NOT DISTINCT FROM NEW.batch
        AND (type IN ('round.compared', 'round.decided', 'round.rejected_after_all', 'severity.set') OR (type = 'defect.repeated' AND NEW.severity = 'tightened'))) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER severity_by_its_event BEFORE INSERT ON severity
FOR EACH ROW EXECUTE FUNCTION qc_severity_by_its_event('unverified')
--;
DROP TRIGGER severity_by_two ON severity
--;
CREATE OR REPLACE FUNCTION qc_severity_by_two() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.batch IS NULL AND NOT EXISTS (SELECT 1 FROM line_signer WHERE seq = NEW.seq AND person = NEW.other AND person <> NEW.person)
        AND NOT (NEW.severity = 'normal' AND (SELECT s.severity FROM severity s WHERE s.supplier = NEW.supplier AND s.product = NEW.product
            AND s.procedure = NEW.procedure AND s.defect_class = NEW.defect_class ORDER BY s.seq DESC LIMIT 1) IS NOT DISTINCT FROM 'reduced')
        AND NOT EXISTS (SELECT 1 FROM line WHERE seq = NEW.seq AND type = 'defect.repeated') THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER severity_by_two BEFORE INSERT ON severity
FOR EACH ROW EXECUTE FUNCTION qc_severity_by_two('two-needed')
--;
DROP TRIGGER severity_by_planners ON severity
--;
CREATE OR REPLACE FUNCTION qc_severity_by_planners() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.batch IS NULL AND NOT EXISTS (SELECT 1 FROM line WHERE seq = NEW.seq AND type = 'defect.repeated')
        AND (NOT EXISTS (SELECT 1 FROM planner WHERE person = NEW.person AND product = NEW.product)
        OR (NEW.other <> '' AND NOT EXISTS (SELECT 1 FROM planner WHERE person = NEW.other AND product = NEW.product))) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER severity_by_planners BEFORE INSERT ON severity
FOR EACH ROW EXECUTE FUNCTION qc_severity_by_planners('role')
--;
CREATE TRIGGER corrective_action_no_truncate BEFORE TRUNCATE ON corrective_action
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER corrective_action_no_delete BEFORE DELETE ON corrective_action
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER corrective_action_no_update BEFORE UPDATE ON corrective_action
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER corrective_action_of_last_event BEFORE INSERT ON corrective_action
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER action_said_no_truncate BEFORE TRUNCATE ON action_said
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER action_said_no_delete BEFORE DELETE ON action_said
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER action_said_no_update BEFORE UPDATE ON action_said
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER action_said_of_last_event BEFORE INSERT ON action_said
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER promise_no_truncate BEFORE TRUNCATE ON promise
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER promise_no_delete BEFORE DELETE ON promise
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER promise_no_update BEFORE UPDATE ON promise
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER promise_of_last_event BEFORE INSERT ON promise
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER release_stop_no_truncate BEFORE TRUNCATE ON release_stop
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER release_stop_no_delete BEFORE DELETE ON release_stop
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER release_stop_key_stays BEFORE UPDATE ON release_stop
FOR EACH ROW WHEN (NEW.seq IS DISTINCT FROM OLD.seq)
EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER release_stop_of_last_event BEFORE INSERT ON release_stop
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
