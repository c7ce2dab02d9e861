-- SPDX-License-Identifier: Apache-2.0
-- Fourth schema, what splits, gates and papers of batches, PostgreSQL: statements end with a line that holds only two dashes and a semicolon.
-- A certificate says what was released, by a releaser or under a concession, of as many units and on that record.
CREATE OR REPLACE FUNCTION qc_certificate_of_released() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM batch b JOIN
    (SELECT round, seq, record FROM sign_off WHERE place = 'release'
        UNION ALL SELECT round, seq, record FROM concession_answer WHERE answer = 'approved') r ON r.round = b.round
    WHERE b.id = NEW.batch AND b.round = NEW.round AND b.state = NEW.verdict AND b.released = NEW.quantity
    AND r.seq = NEW.release AND r.record = NEW.record) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
