-- SPDX-License-Identifier: Apache-2.0
-- Fifth schema, promises of suppliers, PostgreSQL: statements end with a line that holds only two dashes and a semicolon.
CREATE FUNCTION qc_promise_by_its_event() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM line WHERE seq = NEW.seq AND type = 'promise.made') THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER promise_by_its_event BEFORE INSERT ON promise
FOR EACH ROW EXECUTE FUNCTION qc_promise_by_its_event('unverified')
--;
-- Nothing is promised in an action that is over.
CREATE FUNCTION qc_promise_in_open_action() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF coalesce((SELECT s.kind FROM action_said s WHERE s.action = NEW.action AND s.kind IN ('closed', 'reopened')
        ORDER BY s.seq DESC LIMIT 1), '') = 'closed' THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER promise_in_open_action BEFORE INSERT ON promise
FOR EACH ROW EXECUTE FUNCTION qc_promise_in_open_action('action-closed')
--;
-- It is due on a day after the action was there; a clock that was behind does not count against it.
CREATE FUNCTION qc_promise_not_before_action() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.due < (SELECT to_char(to_timestamp(least(clock, (SELECT at FROM corrective_action WHERE id = NEW.action)) / 1000000 - 86400)
        AT TIME ZONE 'UTC', 'YYYY-MM-DD') FROM clock_of_line WHERE seq = NEW.seq) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER promise_not_before_action BEFORE INSERT ON promise
FOR EACH ROW EXECUTE FUNCTION qc_promise_not_before_action('promise')
--;
-- Lots, or a document, can decide it.
CREATE FUNCTION qc_promise_of_a_kind() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF coalesce(NEW.test::json ->> 'kind', '') NOT IN ('rate', 'certificate', 'accepted') THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER promise_of_a_kind BEFORE INSERT ON promise
FOR EACH ROW EXECUTE FUNCTION qc_promise_of_a_kind('promise')
--;
CREATE FUNCTION qc_promise_rate_decidable() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.test::json ->> 'kind' = 'rate' AND ((coalesce(NEW.test::json ->> 'code', '') = '') = (NEW.test::json ->> 'defect_class' IS NULL)
        OR NEW.test::json ->> 'percent' IS NULL OR (NEW.test::json ->> 'percent')::numeric < 0 OR (NEW.test::json ->> 'percent')::numeric >= 100
        OR coalesce((NEW.test::json ->> 'lots')::bigint, 0) < 1 OR (NEW.test::json ->> 'lots')::bigint > 100) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER promise_rate_decidable BEFORE INSERT ON promise
FOR EACH ROW EXECUTE FUNCTION qc_promise_rate_decidable('promise')
--;
CREATE FUNCTION qc_promise_document_named() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.test::json ->> 'kind' = 'certificate' AND trim(coalesce(NEW.test::json ->> 'document', '')) = '' THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER promise_document_named BEFORE INSERT ON promise
FOR EACH ROW EXECUTE FUNCTION qc_promise_document_named('promise')
--;
-- A code is one that the action is about, unless it is about none that lots can have.
CREATE FUNCTION qc_promise_about_its_action() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF coalesce(NEW.test::json ->> 'code', '') <> ''
        AND NOT EXISTS (SELECT 1 FROM corrective_action a, json_array_elements_text(a.body::json -> 'codes') c
            WHERE a.id = NEW.action AND c = NEW.test::json ->> 'code')
        AND EXISTS (SELECT 1 FROM corrective_action a, json_array_elements_text(a.body::json -> 'codes') c
            WHERE a.id = NEW.action AND c IN (SELECT code FROM defect_code)) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER promise_about_its_action BEFORE INSERT ON promise
FOR EACH ROW EXECUTE FUNCTION qc_promise_about_its_action('promise')
