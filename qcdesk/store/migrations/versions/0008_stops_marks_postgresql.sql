-- SPDX-License-Identifier: Apache-2.0
-- Eighth schema, marks by which events count, PostgreSQL: statements end with a line that holds only two dashes and a semicolon.
-- A mark that says how an event counts is left out by older programs alone: they write to no database of this schema.
CREATE FUNCTION qc_event_says_how_it_counts() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    said json;
    what json;
BEGIN
    said := convert_from(NEW.body, 'UTF8')::json;
    what := said -> 'body';
    IF (CASE said ->> 'type'
        WHEN 'defect.reported' THEN (what ->> 'stops') IS DISTINCT FROM 'true'
        WHEN 'defects.reported' THEN (what ->> 'stops') IS DISTINCT FROM 'true'
        WHEN 'nonconformity.opened' THEN (what ->> 'together') IS DISTINCT FROM 'true'
        WHEN 'nonconformity.reopened' THEN (what ->> 'together') IS DISTINCT FROM 'true'
        WHEN 'audit.closed' THEN (what ->> 'reopens') IS DISTINCT FROM 'true'
        WHEN 'round.again' THEN (what ->> 'stands') IS DISTINCT FROM 'true'
        WHEN 'concession.approved' THEN (what ->> 'arrived') IS DISTINCT FROM 'true' OR (what ->> 'judged') IS DISTINCT FROM 'true'
        WHEN 'complaint.called_back' THEN (what ->> 'called') IS NOT DISTINCT FROM 'true' AND (what ->> 'reached') IS NULL
        WHEN 'defect.repeated' THEN (what ->> 'tightens') IS NULL
        ELSE false END) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
EXCEPTION WHEN data_exception THEN
    RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
END $$
--;
CREATE TRIGGER event_says_how_it_counts BEFORE INSERT ON event
FOR EACH ROW EXECUTE FUNCTION qc_event_says_how_it_counts('unverified')
--;
