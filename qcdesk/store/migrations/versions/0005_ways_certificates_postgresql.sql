-- SPDX-License-Identifier: Apache-2.0
-- Fifth schema, certificates, PostgreSQL: statements end with a line that holds only two dashes and a semicolon.
-- Nothing is certified under a concession after its last day.
CREATE FUNCTION qc_certificate_in_time() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM concession_answer a JOIN concession c ON c.id = a.concession WHERE a.seq = NEW.release
        AND (c.until_day < NEW.on_day OR c.until_day < to_char(to_timestamp((SELECT least(clock, at) FROM clock_of_line
            WHERE seq = NEW.seq) / 1000000 + -86400) AT TIME ZONE 'UTC', 'YYYY-MM-DD'))) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER certificate_in_time BEFORE INSERT ON certificate
FOR EACH ROW EXECUTE FUNCTION qc_certificate_in_time('concession-expired')
