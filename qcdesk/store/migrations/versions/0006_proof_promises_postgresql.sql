-- SPDX-License-Identifier: Apache-2.0
-- Sixth schema, promises of suppliers, PostgreSQL: statements end with a line that holds only two dashes and a semicolon.
-- What is said in an action is said by its own kind of event, by whom that is.
CREATE FUNCTION qc_action_said_by_its_event() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM line WHERE seq = NEW.seq AND person IS NOT DISTINCT FROM NEW.person
        AND (type, NEW.kind) IN (VALUES ('action.step', 'step'), ('action.sent', 'sent'), ('action.replied', 'replied'),
            ('action.closed', 'closed'), ('defect.repeated', 'reopened'), ('action.unproved', 'reopened'))) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER action_said_by_its_event BEFORE INSERT ON action_said
FOR EACH ROW EXECUTE FUNCTION qc_action_said_by_its_event('unverified')
--;
-- What proves an action no more was closed: an open one was proved by nothing yet.
CREATE FUNCTION qc_action_said_unproves_what_is_closed() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.kind = 'reopened' AND NOT EXISTS (SELECT 1 FROM line WHERE seq = NEW.seq AND type = 'defect.repeated')
        AND coalesce((SELECT s.kind FROM action_said s WHERE s.action = NEW.action AND s.kind IN ('closed', 'reopened')
            ORDER BY s.seq DESC LIMIT 1), '') <> 'closed' THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER action_said_unproves_what_is_closed BEFORE INSERT ON action_said
FOR EACH ROW EXECUTE FUNCTION qc_action_said_unproves_what_is_closed('unverified')
--;
-- A class is one that a code of the action is listed under, by the catalogue or a procedure.
CREATE FUNCTION qc_promise_class_of_its_action() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.test::json ->> 'defect_class' IS NOT NULL AND (SELECT bool_or(x.defect_class = NEW.test::json ->> 'defect_class') FROM (
        SELECT code, defect_class FROM defect_code
        UNION ALL SELECT d ->> 'code', d ->> 'defect_class'
            FROM procedure_version v, json_array_elements(coalesce(v.content::json -> 'defects', '[]')) d
        UNION ALL SELECT d ->> 'code', coalesce(d ->> 'defect_class', 'major')
            FROM procedure_version v, json_array_elements(coalesce(v.content::json -> 'characteristics', '[]')) d
        ) x WHERE x.code IN (SELECT c FROM corrective_action a, json_array_elements_text(a.body::json -> 'codes') c
            WHERE a.id = NEW.action)) IS FALSE THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER promise_class_of_its_action BEFORE INSERT ON promise
FOR EACH ROW EXECUTE FUNCTION qc_promise_class_of_its_action('promise')
