-- SPDX-License-Identifier: Apache-2.0
-- Sixth schema, promises of suppliers, SQLite: statements end with a line that holds only two dashes and a semicolon.
-- What is said in an action is said by its own kind of event, by whom that is.
CREATE TRIGGER action_said_by_its_event BEFORE INSERT ON action_said
WHEN NOT EXISTS (SELECT 1 FROM line WHERE seq = NEW.seq AND person IS NEW.person AND (type, NEW.kind) IN (VALUES ('action.step', 'step'), ('action.sent', 'sent'),
    ('action.replied', 'replied'), ('action.closed', 'closed'), ('defect.repeated', 'reopened'), ('action.unproved', 'reopened')))
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
-- What proves an action no more was closed: an open one was proved by nothing yet.
CREATE TRIGGER action_said_unproves_what_is_closed BEFORE INSERT ON action_said
WHEN NEW.kind = 'reopened' AND NOT EXISTS (SELECT 1 FROM line WHERE seq = NEW.seq AND type = 'defect.repeated')
    AND coalesce((SELECT s.kind FROM action_said s WHERE s.action = NEW.action AND s.kind IN ('closed', 'reopened') ORDER BY s.seq DESC LIMIT 1), '') <> 'closed'
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
-- A class is one that a code of the action is listed under, by the catalogue or a procedure.
CREATE TRIGGER promise_class_of_its_action BEFORE INSERT ON promise
WHEN json_extract(NEW.test, '$.defect_class') IS NOT NULL AND (SELECT max(x.defect_class = json_extract(NEW.test, '$.defect_class')) FROM (
    SELECT code, defect_class FROM defect_code
    UNION ALL SELECT json_extract(d.value, '$.code'), json_extract(d.value, '$.defect_class') FROM procedure_version v, json_each(v.content, '$.defects') d
    UNION ALL SELECT json_extract(d.value, '$.code'), coalesce(json_extract(d.value, '$.defect_class'), 'major') FROM procedure_version v, json_each(v.content, '$.characteristics') d
    ) x WHERE x.code IN (SELECT c.value FROM corrective_action a, json_each(a.body, '$.codes') c WHERE a.id = NEW.action)) = 0
BEGIN SELECT RAISE(ABORT, 'rule:promise'); END
