-- SPDX-License-Identifier: Apache-2.0
-- Fourth schema, what splits, gates and papers of batches, SQLite: statements end with a line that holds only two dashes and a semicolon.
-- A certificate says what was released, by a releaser or under a concession, of as many units and on that record.
DROP TRIGGER certificate_of_released
--;
CREATE TRIGGER certificate_of_released BEFORE INSERT ON certificate
WHEN NOT EXISTS (SELECT 1 FROM batch b JOIN
    (SELECT round, seq, record FROM sign_off WHERE place IS 'release'
        UNION ALL SELECT round, seq, record FROM concession_answer WHERE answer IS 'approved') r ON r.round = b.round
    WHERE b.id IS NEW.batch AND b.round IS NEW.round AND b.state IS NEW.verdict AND b.released IS NEW.quantity
    AND r.seq IS NEW.release AND r.record IS NEW.record)
BEGIN SELECT RAISE(ABORT, 'rule:not-released'); END
--;
