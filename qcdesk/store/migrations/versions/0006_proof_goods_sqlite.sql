-- SPDX-License-Identifier: Apache-2.0
-- Sixth schema, every way of goods after a rejection, SQLite: statements end with a line that holds only two dashes and a semicolon.
-- What was registered and nobody began to inspect can still be called off: it lifts no budget of concessions.
DROP TRIGGER concession_approved_within_budget
--;
CREATE TRIGGER concession_approved_within_budget BEFORE INSERT ON concession_answer
WHEN NEW.answer = 'approved' AND EXISTS (SELECT 1 FROM batch b JOIN supplier_kin n ON n.supplier = b.supplier JOIN concession_budget g ON g.seq = (SELECT max(seq) FROM concession_budget WHERE supplier = n.kin) WHERE b.id = NEW.batch AND 10000 * (NEW.quantity + (SELECT coalesce(sum(a.quantity), 0) FROM concession_answer a JOIN batch o ON o.id = a.batch WHERE o.supplier IN (SELECT kin FROM supplier_kin WHERE supplier = b.supplier) AND a.answer = 'approved' AND date(a.at / 1000000 + 0, 'unixepoch') >= date((SELECT at FROM line WHERE seq = NEW.seq) / 1000000 + 86400, 'unixepoch', '-' || g.months || ' months', 'floor'))) > g.per_10000 * (SELECT coalesce(sum(o.quantity), 0) FROM batch o WHERE o.supplier IN (SELECT kin FROM supplier_kin WHERE supplier = b.supplier) AND o.state <> 'cancelled' AND (o.state <> 'registered' OR o.round_no > 0) AND NOT EXISTS (SELECT 1 FROM batch_part t WHERE t.batch = o.id) AND date(o.registered_at / 1000000 + 0, 'unixepoch') >= date((SELECT at FROM line WHERE seq = NEW.seq) / 1000000 + -86400, 'unixepoch', '-' || g.months || ' months', 'floor')))
BEGIN SELECT RAISE(ABORT, 'rule:concession-budget'); END
--;
