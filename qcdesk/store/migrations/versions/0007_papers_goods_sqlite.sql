-- SPDX-License-Identifier: Apache-2.0
-- Seventh schema, every way of goods after a rejection, SQLite: statements end with a line that holds only two dashes and a semicolon.
-- What was received: lots on which two signed checks came to a verdict that stands, on them or on a part of them. Whatever
-- one person alone can write lifts no budget of concessions.
CREATE VIEW received_lot AS
SELECT b.id, b.supplier, b.quantity, b.registered_at FROM batch b
WHERE NOT EXISTS (SELECT 1 FROM batch_part p WHERE p.batch = b.id)
    AND EXISTS (SELECT 1 FROM round r JOIN comparison k ON k.round = r.id
        WHERE r.batch IN (SELECT b.id UNION ALL SELECT g.batch FROM batch_origin g WHERE g.origin = b.id)
            AND (k.outcome <> 'disagreed' OR EXISTS (SELECT 1 FROM decision d WHERE d.round = r.id)
                OR EXISTS (SELECT 1 FROM line l WHERE l.batch = r.batch AND l.round = r.id AND l.type = 'round.rejected_after_all'))
            AND NOT EXISTS (SELECT 1 FROM sign_off s WHERE s.round = r.id AND s.place IN ('first', 'second') AND s.standing = 0)
            AND NOT EXISTS (SELECT 1 FROM voided v WHERE v.batch = r.batch AND v.seq > k.seq))
--;
DROP TRIGGER concession_approved_within_budget
--;
CREATE TRIGGER concession_approved_within_budget BEFORE INSERT ON concession_answer
WHEN NEW.answer = 'approved' AND EXISTS (SELECT 1 FROM batch b JOIN supplier_kin n ON n.supplier = b.supplier JOIN concession_budget g ON g.seq = (SELECT max(seq) FROM concession_budget WHERE supplier = n.kin) WHERE b.id = NEW.batch AND 10000 * (NEW.quantity + (SELECT coalesce(sum(a.quantity), 0) FROM concession_answer a JOIN batch o ON o.id = a.batch WHERE o.supplier IN (SELECT kin FROM supplier_kin WHERE supplier = b.supplier) AND a.answer = 'approved' AND date(a.at / 1000000 + 0, 'unixepoch') >= date((SELECT at FROM line WHERE seq = NEW.seq) / 1000000 + 86400, 'unixepoch', '-' || g.months || ' months', 'floor'))) > g.per_10000 * (SELECT coalesce(sum(o.quantity), 0) FROM received_lot o WHERE o.supplier IN (SELECT kin FROM supplier_kin WHERE supplier = b.supplier) AND date(o.registered_at / 1000000 + 0, 'unixepoch') >= date((SELECT at FROM line WHERE seq = NEW.seq) / 1000000 + -86400, 'unixepoch', '-' || g.months || ' months', 'floor')))
BEGIN SELECT RAISE(ABORT, 'rule:concession-budget'); END
--;
