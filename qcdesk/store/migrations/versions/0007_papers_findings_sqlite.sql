-- SPDX-License-Identifier: Apache-2.0
-- Seventh schema, what audits found, SQLite: statements end with a line that holds only two dashes and a semicolon.
-- Lots decide nothing about what audits alone found: a document does.
CREATE TRIGGER promise_of_finding_by_document BEFORE INSERT ON promise
WHEN json_extract(NEW.test, '$.kind') <> 'certificate'
    AND (SELECT min(c.value GLOB 'A-[0-9]*/*' AND substr(c.value, 3, instr(c.value, '/') - 3) NOT GLOB '*[^0-9]*')
        FROM corrective_action a, json_each(a.body, '$.codes') c WHERE a.id = NEW.action) = 1
BEGIN SELECT RAISE(ABORT, 'rule:promise'); END
--;
