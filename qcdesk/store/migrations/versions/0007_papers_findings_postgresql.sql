-- SPDX-License-Identifier: Apache-2.0
-- Seventh schema, what audits found, PostgreSQL: statements end with a line that holds only two dashes and a semicolon.
-- Lots decide nothing about what audits alone found: a document does.
CREATE FUNCTION qc_promise_of_finding_by_document() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.test::json ->> 'kind' <> 'certificate' AND (SELECT bool_and(c ~ '^A-[0-9]+/')
        FROM corrective_action a, json_array_elements_text(a.body::json -> 'codes') c WHERE a.id = NEW.action) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER promise_of_finding_by_document BEFORE INSERT ON promise
FOR EACH ROW EXECUTE FUNCTION qc_promise_of_finding_by_document('promise')
--;
-- What proves an action no more was closed; of an open one an audit may find the papers untrue that came.
CREATE OR REPLACE FUNCTION qc_action_said_unproves_what_is_closed() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.kind = 'reopened' AND NOT EXISTS (SELECT 1 FROM line WHERE seq = NEW.seq AND type = 'defect.repeated')
        AND coalesce((SELECT s.kind FROM action_said s WHERE s.action = NEW.action AND s.kind IN ('closed', 'reopened')
            ORDER BY s.seq DESC LIMIT 1), '') <> 'closed'
        AND NOT (coalesce(NEW.body::json ->> 'finding', '') <> ''
            AND EXISTS (SELECT 1 FROM action_said s WHERE s.action = NEW.action AND s.kind = 'replied' AND s.about <> '')) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
