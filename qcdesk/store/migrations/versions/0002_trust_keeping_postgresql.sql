-- SPDX-License-Identifier: Apache-2.0
-- Second schema, anchors, certificates, backups, PostgreSQL: statements end with a line that holds only two dashes and a semicolon.
CREATE TABLE certificate (
    number BIGINT NOT NULL CHECK (number >= 1),
    batch TEXT NOT NULL REFERENCES batch (id),
    round TEXT NOT NULL REFERENCES round (id),
    release BIGINT NOT NULL UNIQUE REFERENCES event (seq),
    person TEXT NOT NULL REFERENCES person (id),
    key TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('released', 'released_under_concession')),
    quantity BIGINT NOT NULL CHECK (quantity >= 1),
    on_day TEXT NOT NULL,
    record TEXT NOT NULL,
    code TEXT NOT NULL,
    sig TEXT NOT NULL CHECK (length(sig) = 128),
    at BIGINT NOT NULL,
    seq BIGINT NOT NULL REFERENCES event (seq),
    PRIMARY KEY (number)
)
--;
CREATE TABLE certificate_copy (
    number BIGINT NOT NULL REFERENCES certificate (number),
    copy BIGINT NOT NULL CHECK (copy >= 0),
    person TEXT NOT NULL REFERENCES person (id),
    at BIGINT NOT NULL,
    seq BIGINT NOT NULL REFERENCES event (seq),
    PRIMARY KEY (number, copy)
)
--;
CREATE TABLE certificate_withdrawn (
    number BIGINT NOT NULL REFERENCES certificate (number),
    batch TEXT NOT NULL REFERENCES batch (id),
    person TEXT NOT NULL REFERENCES person (id),
    reason TEXT NOT NULL,
    at BIGINT NOT NULL,
    seq BIGINT NOT NULL REFERENCES event (seq),
    PRIMARY KEY (number)
)
--;
CREATE INDEX certificate_of_batch ON certificate (batch)
--;
CREATE FUNCTION qc_certificate_gapless() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.number IS DISTINCT FROM (SELECT coalesce(max(number), 0) + 1 FROM certificate) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER certificate_gapless BEFORE INSERT ON certificate
FOR EACH ROW EXECUTE FUNCTION qc_certificate_gapless('certificate-number')
--;
CREATE FUNCTION qc_certificate_by_its_event() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM line WHERE seq = NEW.seq AND seq = (SELECT max(seq) FROM line)
    AND type = 'certificate.issued' AND person = NEW.person AND batch = NEW.batch AND round = NEW.round) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER certificate_by_its_event BEFORE INSERT ON certificate
FOR EACH ROW EXECUTE FUNCTION qc_certificate_by_its_event('unverified')
--;
CREATE FUNCTION qc_certificate_of_released() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM batch b JOIN sign_off s ON s.round = b.round
    WHERE b.id = NEW.batch AND b.round = NEW.round AND b.state = NEW.verdict AND b.released = NEW.quantity
    AND s.place = 'release' AND s.seq = NEW.release AND s.record = NEW.record) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER certificate_of_released BEFORE INSERT ON certificate
FOR EACH ROW EXECUTE FUNCTION qc_certificate_of_released('not-released')
--;
CREATE FUNCTION qc_certificate_not_held() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT held FROM batch WHERE id = NEW.batch) IS DISTINCT FROM 0 THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER certificate_not_held BEFORE INSERT ON certificate
FOR EACH ROW EXECUTE FUNCTION qc_certificate_not_held('held')
--;
CREATE FUNCTION qc_certificate_role() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM releaser WHERE person = NEW.person AND batch = NEW.batch) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER certificate_role BEFORE INSERT ON certificate
FOR EACH ROW EXECUTE FUNCTION qc_certificate_role('role')
--;
CREATE FUNCTION qc_certificate_copy_gapless() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.copy IS DISTINCT FROM (SELECT coalesce(max(copy), -1) + 1 FROM certificate_copy WHERE number = NEW.number) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER certificate_copy_gapless BEFORE INSERT ON certificate_copy
FOR EACH ROW EXECUTE FUNCTION qc_certificate_copy_gapless('certificate-number')
--;
CREATE FUNCTION qc_certificate_copy_by_its_event() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM line WHERE seq = NEW.seq AND seq = (SELECT max(seq) FROM line)
    AND type = 'certificate.printed' AND person = NEW.person
    AND batch = (SELECT batch FROM certificate WHERE number = NEW.number)) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER certificate_copy_by_its_event BEFORE INSERT ON certificate_copy
FOR EACH ROW EXECUTE FUNCTION qc_certificate_copy_by_its_event('unverified')
--;
CREATE FUNCTION qc_certificate_copy_stands() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM certificate_withdrawn WHERE number = NEW.number) OR NOT EXISTS (
    SELECT 1 FROM certificate c JOIN batch b ON b.id = c.batch WHERE c.number = NEW.number AND b.state = c.verdict AND b.round = c.round) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER certificate_copy_stands BEFORE INSERT ON certificate_copy
FOR EACH ROW EXECUTE FUNCTION qc_certificate_copy_stands('certificate-withdrawn')
--;
CREATE FUNCTION qc_certificate_copy_not_held() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT b.held FROM certificate c JOIN batch b ON b.id = c.batch WHERE c.number = NEW.number) IS DISTINCT FROM 0 THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER certificate_copy_not_held BEFORE INSERT ON certificate_copy
FOR EACH ROW EXECUTE FUNCTION qc_certificate_copy_not_held('held')
--;
CREATE FUNCTION qc_certificate_withdrawn_with_batch() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM line l JOIN batch b ON b.id = l.batch JOIN certificate c ON c.batch = b.id
    WHERE l.seq = NEW.seq AND l.seq = (SELECT max(seq) FROM line) AND l.type = 'certificate.withdrawn' AND l.person = NEW.person
    AND b.id = NEW.batch AND b.state = 'withdrawn' AND c.number = NEW.number) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER certificate_withdrawn_with_batch BEFORE INSERT ON certificate_withdrawn
FOR EACH ROW EXECUTE FUNCTION qc_certificate_withdrawn_with_batch('unverified')
--;
-- What is certified begins no new round; where an event is void, its certificate may be the one that nobody signed.
CREATE FUNCTION qc_batch_certified_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.state IS NOT DISTINCT FROM 'registered' AND OLD.state IS DISTINCT FROM 'registered'
    AND EXISTS (SELECT 1 FROM certificate c WHERE c.batch IS NOT DISTINCT FROM NEW.id
        AND NOT EXISTS (SELECT 1 FROM certificate_withdrawn w WHERE w.number = c.number))
    AND (SELECT type FROM line ORDER BY seq DESC LIMIT 1) IS DISTINCT FROM 'log.voided' THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER batch_certified_stays BEFORE UPDATE ON batch
FOR EACH ROW EXECUTE FUNCTION qc_batch_certified_stays('certificate-stands')
