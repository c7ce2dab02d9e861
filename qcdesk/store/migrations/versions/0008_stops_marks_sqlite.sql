-- SPDX-License-Identifier: Apache-2.0
-- Eighth schema, marks by which events count, SQLite: statements end with a line that holds only two dashes and a semicolon.
-- A mark that says how an event counts is left out by older programs alone: they write to no database of this schema.
CREATE TRIGGER event_says_how_it_counts BEFORE INSERT ON event
WHEN CASE WHEN json_valid(CAST(NEW.body AS TEXT)) THEN (SELECT CASE json_extract(e.said, '$.type')
        WHEN 'defect.reported' THEN json_extract(e.said, '$.body.stops') IS NOT 1
        WHEN 'defects.reported' THEN json_extract(e.said, '$.body.stops') IS NOT 1
        WHEN 'nonconformity.opened' THEN json_extract(e.said, '$.body.together') IS NOT 1
        WHEN 'nonconformity.reopened' THEN json_extract(e.said, '$.body.together') IS NOT 1
        WHEN 'audit.closed' THEN json_extract(e.said, '$.body.reopens') IS NOT 1
        WHEN 'round.again' THEN json_extract(e.said, '$.body.stands') IS NOT 1
        WHEN 'concession.approved' THEN json_extract(e.said, '$.body.arrived') IS NOT 1 OR json_extract(e.said, '$.body.judged') IS NOT 1
        WHEN 'complaint.called_back' THEN json_extract(e.said, '$.body.called') IS 1 AND json_extract(e.said, '$.body.reached') IS NULL
        WHEN 'defect.repeated' THEN json_extract(e.said, '$.body.tightens') IS NULL
        ELSE 0 END FROM (SELECT CAST(NEW.body AS TEXT) AS said) e) ELSE 0 END
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
