-- SPDX-License-Identifier: Apache-2.0
-- Sixth schema, complaints, touches, waiting and the owner's figures, PostgreSQL: statements end with a line that holds only two dashes and a semicolon.
-- A step says what its event says.
CREATE FUNCTION qc_complaint_step_by_its_event() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM line WHERE seq = NEW.seq AND type = NEW.type AND person = NEW.person) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER complaint_step_by_its_event BEFORE INSERT ON complaint_step
FOR EACH ROW EXECUTE FUNCTION qc_complaint_step_by_its_event('complaint')
--;
-- Whoever has a complaint goes on with it, or somebody who manages complaints.
CREATE FUNCTION qc_complaint_step_by_owner() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.type NOT IN ('complaint.linked', 'complaint.judged') AND NEW.person IS DISTINCT FROM coalesce((SELECT (h.body::json ->> 'owner') FROM complaint_step h WHERE h.complaint = NEW.complaint AND h.type = 'complaint.handed_over' ORDER BY h.seq DESC LIMIT 1), (SELECT (c.body::json ->> 'owner') FROM complaint c WHERE c.number = NEW.complaint))
    AND NOT EXISTS (SELECT 1 FROM standing_role WHERE person = NEW.person AND role IN ('planner', 'administrator')) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER complaint_step_by_owner BEFORE INSERT ON complaint_step
FOR EACH ROW EXECUTE FUNCTION qc_complaint_step_by_owner('complaint-owner')
--;
-- Who settles what others disagree about says whether it is an escape.
CREATE FUNCTION qc_complaint_step_by_judge() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.type = 'complaint.judged' AND NOT EXISTS (SELECT 1 FROM standing_role WHERE person = NEW.person AND role = 'arbiter') THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER complaint_step_by_judge BEFORE INSERT ON complaint_step
FOR EACH ROW EXECUTE FUNCTION qc_complaint_step_by_judge('role')
--;
-- It is acknowledged once, and not judged the same again, nor otherwise for the same reason.
CREATE FUNCTION qc_complaint_step_once() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (NEW.type = 'complaint.acknowledged' AND EXISTS (SELECT 1 FROM complaint_step a WHERE a.complaint = NEW.complaint AND a.type = NEW.type))
    OR (NEW.type = 'complaint.judged' AND EXISTS (SELECT 1 FROM complaint_step j WHERE j.seq = (SELECT max(m.seq) FROM complaint_step m WHERE m.complaint = NEW.complaint AND m.type = 'complaint.judged') AND (trim((j.body::json ->> 'reason')) = trim((NEW.body::json ->> 'reason'))
        OR ((j.body::json ->> 'escape') = (NEW.body::json ->> 'escape') AND trim((j.body::json ->> 'about')) = trim((NEW.body::json ->> 'about')))))) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER complaint_step_once BEFORE INSERT ON complaint_step
FOR EACH ROW EXECUTE FUNCTION qc_complaint_step_once('complaint')
--;
-- Nothing is said of a batch that is being checked.
CREATE FUNCTION qc_complaint_step_not_blind() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM batch b WHERE b.state IN ('first_check', 'awaiting_second', 'second_check')
    AND ((NEW.type = 'complaint.linked' AND b.id = NEW.batch AND NOT coalesce((NEW.body::json ->> 'undone') = 'true', false))
    OR (NEW.type = 'complaint.judged' AND EXISTS (SELECT 1 FROM complaint_step s WHERE s.complaint = NEW.complaint AND s.batch = b.id
        AND NOT coalesce((s.body::json ->> 'undone') = 'true', false) AND NOT EXISTS (SELECT 1 FROM complaint_step u WHERE u.complaint = s.complaint AND u.batch = s.batch AND u.seq > s.seq))))) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER complaint_step_not_blind BEFORE INSERT ON complaint_step
FOR EACH ROW EXECUTE FUNCTION qc_complaint_step_not_blind('nonconformity-blind')
--;
-- A line at the foot of the shop's papers, and the colour of their rules and charts.
ALTER TABLE shop ADD COLUMN footer TEXT NOT NULL DEFAULT ''
--;
ALTER TABLE shop ADD COLUMN accent TEXT NOT NULL DEFAULT '' CHECK (length(accent) IN (0, 7))
--;
