-- SPDX-License-Identifier: Apache-2.0
-- Eighth schema, what is amiss and what follows, PostgreSQL: statements end with a line that holds only two dashes and a semicolon.
-- Since the log says so, nonconformities that are open name together no more units for a code than the batch has.
CREATE FUNCTION qc_nonconformity_together_within() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF ((NEW.body::json ->> 'together') = 'true' OR EXISTS (SELECT 1 FROM nonconformity m WHERE (m.body::json ->> 'together') = 'true'))
        AND EXISTS (SELECT 1 FROM json_array_elements_text(coalesce(NEW.body::json -> 'codes', '[]')) c(code)
            WHERE NEW.quantity + (SELECT coalesce(sum(n.quantity), 0) FROM nonconformity n WHERE n.batch = NEW.batch
                AND (n.body::jsonb -> 'codes') ? c.code
                AND coalesce((SELECT s.type FROM nonconformity_step s WHERE s.nonconformity = n.number ORDER BY s.seq DESC LIMIT 1), '')
                    <> 'nonconformity.closed') > (SELECT quantity FROM batch WHERE id = NEW.batch)) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER nonconformity_together_within BEFORE INSERT ON nonconformity
FOR EACH ROW EXECUTE FUNCTION qc_nonconformity_together_within('quantities')
--;
CREATE FUNCTION qc_nonconformity_step_together_within() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.type = 'nonconformity.reopened'
        AND ((NEW.body::json ->> 'together') = 'true' OR EXISTS (SELECT 1 FROM nonconformity m WHERE (m.body::json ->> 'together') = 'true'))
        AND EXISTS (SELECT 1 FROM nonconformity o, json_array_elements_text(coalesce(o.body::json -> 'codes', '[]')) c(code)
            WHERE o.number = NEW.nonconformity AND (SELECT sum(n.quantity) FROM nonconformity n WHERE n.batch = o.batch
                AND (n.body::jsonb -> 'codes') ? c.code
                AND (n.number = o.number OR coalesce((SELECT s.type FROM nonconformity_step s WHERE s.nonconformity = n.number
                    ORDER BY s.seq DESC LIMIT 1), '') <> 'nonconformity.closed')) > (SELECT quantity FROM batch WHERE id = o.batch)) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER nonconformity_step_together_within BEFORE INSERT ON nonconformity_step
FOR EACH ROW EXECUTE FUNCTION qc_nonconformity_step_together_within('quantities')
--;
-- A complaint ends when no call is promised any more; a call that reached nobody leaves open what was promised.
CREATE FUNCTION qc_complaint_step_ends_called() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.type = 'complaint.closed' AND (SELECT (k.body::json ->> 'call_back') FROM (
            SELECT s.seq, s.body FROM complaint_step s WHERE s.complaint = NEW.complaint AND s.type = 'complaint.called_back'
                AND NOT ((s.body::json ->> 'reached') IS NOT DISTINCT FROM 'false' AND (s.body::json ->> 'call_back') IS NULL)
            UNION ALL SELECT c.seq, c.body FROM complaint c WHERE c.number = NEW.complaint) k
            ORDER BY k.seq DESC LIMIT 1) IS NOT NULL THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER complaint_step_ends_called BEFORE INSERT ON complaint_step
FOR EACH ROW EXECUTE FUNCTION qc_complaint_step_ends_called('complaint')
--;
