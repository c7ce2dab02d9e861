-- SPDX-License-Identifier: Apache-2.0
-- Fifth schema, promises of suppliers, SQLite: statements end with a line that holds only two dashes and a semicolon.
CREATE TRIGGER promise_by_its_event BEFORE INSERT ON promise
WHEN NOT EXISTS (SELECT 1 FROM line WHERE seq = NEW.seq AND type = 'promise.made')
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
-- Nothing is promised in an action that is over.
CREATE TRIGGER promise_in_open_action BEFORE INSERT ON promise
WHEN coalesce((SELECT s.kind FROM action_said s WHERE s.action = NEW.action AND s.kind IN ('closed', 'reopened') ORDER BY s.seq DESC LIMIT 1), '') = 'closed'
BEGIN SELECT RAISE(ABORT, 'rule:action-closed'); END
--;
-- It is due on a day after the action was there; a clock that was behind does not count against it.
CREATE TRIGGER promise_not_before_action BEFORE INSERT ON promise
WHEN NEW.due < (SELECT date(min(clock, (SELECT at FROM corrective_action WHERE id = NEW.action)) / 1000000 - 86400, 'unixepoch') FROM clock_of_line WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'rule:promise'); END
--;
-- Lots, or a document, can decide it.
CREATE TRIGGER promise_of_a_kind BEFORE INSERT ON promise
WHEN coalesce(json_extract(NEW.test, '$.kind'), '') NOT IN ('rate', 'certificate', 'accepted')
BEGIN SELECT RAISE(ABORT, 'rule:promise'); END
--;
CREATE TRIGGER promise_rate_decidable BEFORE INSERT ON promise
WHEN json_extract(NEW.test, '$.kind') = 'rate' AND ((coalesce(json_extract(NEW.test, '$.code'), '') = '') = (json_extract(NEW.test, '$.defect_class') IS NULL)
    OR json_extract(NEW.test, '$.percent') IS NULL OR CAST(json_extract(NEW.test, '$.percent') AS REAL) < 0 OR CAST(json_extract(NEW.test, '$.percent') AS REAL) >= 100
    OR coalesce(json_extract(NEW.test, '$.lots'), 0) < 1 OR json_extract(NEW.test, '$.lots') > 100)
BEGIN SELECT RAISE(ABORT, 'rule:promise'); END
--;
CREATE TRIGGER promise_document_named BEFORE INSERT ON promise
WHEN json_extract(NEW.test, '$.kind') = 'certificate' AND trim(coalesce(json_extract(NEW.test, '$.document'), '')) = ''
BEGIN SELECT RAISE(ABORT, 'rule:promise'); END
--;
-- A code is one that the action is about, unless it is about none that lots can have.
CREATE TRIGGER promise_about_its_action BEFORE INSERT ON promise
WHEN coalesce(json_extract(NEW.test, '$.code'), '') <> ''
    AND NOT EXISTS (SELECT 1 FROM corrective_action a, json_each(a.body, '$.codes') c WHERE a.id = NEW.action AND c.value = json_extract(NEW.test, '$.code'))
    AND EXISTS (SELECT 1 FROM corrective_action a, json_each(a.body, '$.codes') c WHERE a.id = NEW.action AND c.value IN (SELECT code FROM defect_code))
BEGIN SELECT RAISE(ABORT, 'rule:promise'); END
