-- SPDX-License-Identifier: Apache-2.0
-- Sixth schema, complaints, touches, waiting and the owner's figures, SQLite: statements end with a line that holds only two dashes and a semicolon.
-- A step says what its event says.
CREATE TRIGGER complaint_step_by_its_event BEFORE INSERT ON complaint_step
WHEN NOT EXISTS (SELECT 1 FROM line WHERE seq = NEW.seq AND type = NEW.type AND person = NEW.person)
BEGIN SELECT RAISE(ABORT, 'rule:complaint'); END
--;
-- Whoever has a complaint goes on with it, or somebody who manages complaints.
CREATE TRIGGER complaint_step_by_owner BEFORE INSERT ON complaint_step
WHEN NEW.type NOT IN ('complaint.linked', 'complaint.judged') AND NEW.person IS NOT coalesce((SELECT json_extract(h.body, '$.owner') FROM complaint_step h WHERE h.complaint = NEW.complaint AND h.type = 'complaint.handed_over' ORDER BY h.seq DESC LIMIT 1), (SELECT json_extract(c.body, '$.owner') FROM complaint c WHERE c.number = NEW.complaint))
    AND NOT EXISTS (SELECT 1 FROM standing_role WHERE person = NEW.person AND role IN ('planner', 'administrator'))
BEGIN SELECT RAISE(ABORT, 'rule:complaint-owner'); END
--;
-- Who settles what others disagree about says whether it is an escape.
CREATE TRIGGER complaint_step_by_judge BEFORE INSERT ON complaint_step
WHEN NEW.type = 'complaint.judged' AND NOT EXISTS (SELECT 1 FROM standing_role WHERE person = NEW.person AND role = 'arbiter')
BEGIN SELECT RAISE(ABORT, 'rule:role'); END
--;
-- It is acknowledged once, and not judged the same again, nor otherwise for the same reason.
CREATE TRIGGER complaint_step_once BEFORE INSERT ON complaint_step
WHEN (NEW.type = 'complaint.acknowledged' AND EXISTS (SELECT 1 FROM complaint_step a WHERE a.complaint = NEW.complaint AND a.type = NEW.type))
    OR (NEW.type = 'complaint.judged' AND EXISTS (SELECT 1 FROM complaint_step j WHERE j.seq = (SELECT max(m.seq) FROM complaint_step m WHERE m.complaint = NEW.complaint AND m.type = 'complaint.judged') AND (trim(json_extract(j.body, '$.reason')) = trim(json_extract(NEW.body, '$.reason'))
        OR (json_extract(j.body, '$.escape') = json_extract(NEW.body, '$.escape') AND trim(json_extract(j.body, '$.about')) = trim(json_extract(NEW.body, '$.about'))))))
BEGIN SELECT RAISE(ABORT, 'rule:complaint'); END
--;
-- Nothing is said of a batch that is being checked.
CREATE TRIGGER complaint_step_not_blind BEFORE INSERT ON complaint_step
WHEN EXISTS (SELECT 1 FROM batch b WHERE b.state IN ('first_check', 'awaiting_second', 'second_check')
    AND ((NEW.type = 'complaint.linked' AND b.id = NEW.batch AND NOT coalesce(json_extract(NEW.body, '$.undone') = 1, false))
    OR (NEW.type = 'complaint.judged' AND EXISTS (SELECT 1 FROM complaint_step s WHERE s.complaint = NEW.complaint AND s.batch = b.id
        AND NOT coalesce(json_extract(s.body, '$.undone') = 1, false) AND NOT EXISTS (SELECT 1 FROM complaint_step u WHERE u.complaint = s.complaint AND u.batch = s.batch AND u.seq > s.seq)))))
BEGIN SELECT RAISE(ABORT, 'rule:nonconformity-blind'); END
--;
-- A line at the foot of the shop's papers, and the colour of their rules and charts.
ALTER TABLE shop ADD COLUMN footer TEXT NOT NULL DEFAULT ''
--;
ALTER TABLE shop ADD COLUMN accent TEXT NOT NULL DEFAULT '' CHECK (length(accent) IN (0, 7))
--;
