-- SPDX-License-Identifier: Apache-2.0
-- Seventh schema, what follows when a defect comes back, SQLite: statements end with a line that holds only two dashes and a semicolon.
-- While the action of a defect that came again is open, every round of that supply is tightened by which switching tightens no class.
CREATE TRIGGER round_tightened_by_repeat BEFORE INSERT ON round
WHEN json_extract(NEW.opened, '$.plan.severity') IS NOT 'tightened'
    AND EXISTS (SELECT 1 FROM batch b JOIN product p ON p.id = b.product JOIN supplier_kin n ON n.supplier = b.supplier
        JOIN release_stop s ON s.supplier = n.kin AND s.product = p.code JOIN action_said d ON d.seq = s.seq
        WHERE b.id = NEW.batch
            AND (json_extract(d.body, '$.tightens') = 'rounds' OR (json_extract(d.body, '$.tightens') = 'class'
                AND json_extract(NEW.opened, '$.procedure.content.switching') IS NULL))
            AND (SELECT a.kind FROM action_said a WHERE a.action = s.action AND a.kind IN ('closed', 'reopened')
                ORDER BY a.seq DESC LIMIT 1) = 'reopened')
BEGIN SELECT RAISE(ABORT, 'rule:state'); END
--;
