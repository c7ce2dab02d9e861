-- SPDX-License-Identifier: Apache-2.0
-- Eighth schema, what is amiss and what follows, SQLite: statements end with a line that holds only two dashes and a semicolon.
-- Since the log says so, nonconformities that are open name together no more units for a code than the batch has.
CREATE TRIGGER nonconformity_together_within BEFORE INSERT ON nonconformity
WHEN (json_extract(NEW.body, '$.together') = 1 OR EXISTS (SELECT 1 FROM nonconformity m WHERE json_extract(m.body, '$.together') = 1))
    AND EXISTS (SELECT 1 FROM json_each(NEW.body, '$.codes') c WHERE NEW.quantity + (SELECT coalesce(sum(n.quantity), 0)
        FROM nonconformity n WHERE n.batch = NEW.batch AND EXISTS (SELECT 1 FROM json_each(n.body, '$.codes') d WHERE d.value = c.value)
            AND coalesce((SELECT s.type FROM nonconformity_step s WHERE s.nonconformity = n.number ORDER BY s.seq DESC LIMIT 1), '')
                <> 'nonconformity.closed') > (SELECT quantity FROM batch WHERE id = NEW.batch))
BEGIN SELECT RAISE(ABORT, 'rule:quantities'); END
--;
CREATE TRIGGER nonconformity_step_together_within BEFORE INSERT ON nonconformity_step
WHEN NEW.type = 'nonconformity.reopened'
    AND (json_extract(NEW.body, '$.together') = 1 OR EXISTS (SELECT 1 FROM nonconformity m WHERE json_extract(m.body, '$.together') = 1))
    AND EXISTS (SELECT 1 FROM nonconformity o, json_each(o.body, '$.codes') c WHERE o.number = NEW.nonconformity
        AND (SELECT sum(n.quantity) FROM nonconformity n WHERE n.batch = o.batch
            AND EXISTS (SELECT 1 FROM json_each(n.body, '$.codes') d WHERE d.value = c.value)
            AND (n.number = o.number OR coalesce((SELECT s.type FROM nonconformity_step s WHERE s.nonconformity = n.number
                ORDER BY s.seq DESC LIMIT 1), '') <> 'nonconformity.closed')) > (SELECT quantity FROM batch WHERE id = o.batch))
BEGIN SELECT RAISE(ABORT, 'rule:quantities'); END
--;
-- A complaint ends when no call is promised any more; a call that reached nobody leaves open what was promised.
CREATE TRIGGER complaint_step_ends_called BEFORE INSERT ON complaint_step
WHEN NEW.type = 'complaint.closed' AND (SELECT json_extract(k.body, '$.call_back') FROM (
        SELECT s.seq, s.body FROM complaint_step s WHERE s.complaint = NEW.complaint AND s.type = 'complaint.called_back'
            AND NOT (json_extract(s.body, '$.reached') IS 0 AND json_extract(s.body, '$.call_back') IS NULL)
        UNION ALL SELECT c.seq, c.body FROM complaint c WHERE c.number = NEW.complaint) k ORDER BY k.seq DESC LIMIT 1) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'rule:complaint'); END
--;
