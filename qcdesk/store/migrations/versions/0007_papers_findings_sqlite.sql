-- SPDX-License-Identifier: Apache-2.0
-- Seventh schema, what audits found, SQLite: statements end with a line that holds only two dashes and a semicolon.
-- Lots decide nothing about what audits alone found: a document does.
CREATE TRIGGER promise_of_finding_by_document BEFORE INSERT ON promise
WHEN json_extract(NEW.test, '$.kind') <> 'certificate'
    AND (SELECT min(c.value GLOB 'A-[0-9]*/*' AND substr(c.value, 3, instr(c.value, '/') - 3) NOT GLOB '*[^0-9]*')
        FROM corrective_action a, json_each(a.body, '$.codes') c WHERE a.id = NEW.action) = 1
BEGIN SELECT RAISE(ABORT, 'rule:promise'); END
--;
-- What proves an action no more was closed; of an open one an audit may find the papers untrue that came.
DROP TRIGGER action_said_unproves_what_is_closed
--;
CREATE TRIGGER action_said_unproves_what_is_closed BEFORE INSERT ON action_said
WHEN NEW.kind = 'reopened' AND NOT EXISTS (SELECT 1 FROM line WHERE seq = NEW.seq AND type = 'defect.repeated')
    AND coalesce((SELECT s.kind FROM action_said s WHERE s.action = NEW.action AND s.kind IN ('closed', 'reopened') ORDER BY s.seq DESC LIMIT 1), '') <> 'closed'
    AND NOT (coalesce(json_extract(NEW.body, '$.finding'), '') <> ''
        AND EXISTS (SELECT 1 FROM action_said s WHERE s.action = NEW.action AND s.kind = 'replied' AND s.about <> ''))
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
