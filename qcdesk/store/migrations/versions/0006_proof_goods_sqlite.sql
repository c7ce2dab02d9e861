-- SPDX-License-Identifier: Apache-2.0
-- Sixth schema, every way of goods after a rejection, SQLite: statements end with a line that holds only two dashes and a semicolon.
-- What was registered and nobody began to inspect can still be called off: it lifts no budget of concessions.
DROP TRIGGER concession_approved_within_budget
--;
CREATE TRIGGER concession_approved_within_budget BEFORE INSERT ON concession_answer
WHEN NEW.answer = 'approved' AND EXISTS (SELECT 1 FROM batch b JOIN supplier_kin n ON n.supplier = b.supplier JOIN concession_budget g ON g.seq = (SELECT max(seq) FROM concession_budget WHERE supplier = n.kin) WHERE b.id = NEW.batch AND 10000 * (NEW.quantity + (SELECT coalesce(sum(a.quantity), 0) FROM concession_answer a JOIN batch o ON o.id = a.batch WHERE o.supplier IN (SELECT kin FROM supplier_kin WHERE supplier = b.supplier) AND a.answer = 'approved' AND date(a.at / 1000000 + 0, 'unixepoch') >= date((SELECT at FROM line WHERE seq = NEW.seq) / 1000000 + 86400, 'unixepoch', '-' || g.months || ' months', 'floor'))) > g.per_10000 * (SELECT coalesce(sum(o.quantity), 0) FROM batch o WHERE o.supplier IN (SELECT kin FROM supplier_kin WHERE supplier = b.supplier) AND o.state <> 'cancelled' AND (o.state <> 'registered' OR o.round_no > 0) AND NOT EXISTS (SELECT 1 FROM batch_part t WHERE t.batch = o.id) AND date(o.registered_at / 1000000 + 0, 'unixepoch') >= date((SELECT at FROM line WHERE seq = NEW.seq) / 1000000 + -86400, 'unixepoch', '-' || g.months || ' months', 'floor')))
BEGIN SELECT RAISE(ABORT, 'rule:concession-budget'); END
--;
-- What is to be reworked may go back or to scrap instead, as long as nobody put the rework down.
DROP TRIGGER disposition_fit
--;
CREATE TRIGGER disposition_fit BEFORE INSERT ON disposition
WHEN NEW.kind NOT IN ('rework', 'repair') AND NOT EXISTS (SELECT 1 FROM batch b WHERE b.id IS NEW.batch AND NEW.round IS CASE b.state WHEN 'registered' THEN NULL ELSE b.round END AND (b.rework_ordered IS 0 OR NEW.kind IN ('return', 'scrap'))
    AND (b.shipped IS 0 OR NEW.kind IN ('return', 'scrap'))
    AND (b.state IN ('rejected', 'disagreed', 'withdrawn') OR (b.state IS 'released_under_concession' AND b.shipped IS b.released) OR (b.held IS 1 AND (b.state IN ('first_check', 'awaiting_second', 'second_check', 'accepted') OR (b.state IS 'registered' AND NEW.kind IN ('return', 'scrap')))) OR (b.state IS 'registered' AND b.rework_ordered = 1 AND NEW.kind IN ('return', 'scrap'))))
BEGIN SELECT RAISE(ABORT, 'rule:state'); END
--;
