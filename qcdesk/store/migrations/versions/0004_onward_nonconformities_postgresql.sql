-- SPDX-License-Identifier: Apache-2.0
-- Fourth schema, nonconformities, PostgreSQL: statements end with a line that holds only two dashes and a semicolon.
CREATE TABLE nonconformity (
    number BIGINT NOT NULL PRIMARY KEY,
    seq BIGINT NOT NULL REFERENCES event (seq),
    batch TEXT NOT NULL REFERENCES batch (id),
    quantity BIGINT NOT NULL,
    person TEXT NOT NULL REFERENCES person (id),
    at BIGINT NOT NULL,
    body TEXT NOT NULL,
    CHECK (number > 0),
    CHECK (quantity > 0)
)
--;
CREATE INDEX nonconformity_of_batch ON nonconformity (batch)
--;
CREATE TABLE nonconformity_step (
    seq BIGINT NOT NULL PRIMARY KEY REFERENCES event (seq),
    nonconformity BIGINT NOT NULL REFERENCES nonconformity (number),
    batch TEXT NOT NULL REFERENCES batch (id),
    type TEXT NOT NULL,
    rests_on BIGINT REFERENCES event (seq),
    person TEXT NOT NULL REFERENCES person (id),
    at BIGINT NOT NULL,
    body TEXT NOT NULL,
    CHECK (rests_on < seq)
)
--;
CREATE INDEX nonconformity_step_of_nonconformity ON nonconformity_step (nonconformity, seq)
--;
-- Nonconformities are counted without gaps.
CREATE FUNCTION qc_nonconformity_in_a_row() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM nonconformity) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER nonconformity_in_a_row BEFORE INSERT ON nonconformity
FOR EACH ROW EXECUTE FUNCTION qc_nonconformity_in_a_row('nonconformity')
--;
-- It affects no more than there is.
CREATE FUNCTION qc_nonconformity_within_batch() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.quantity > (SELECT quantity FROM batch WHERE id = NEW.batch) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER nonconformity_within_batch BEFORE INSERT ON nonconformity
FOR EACH ROW EXECUTE FUNCTION qc_nonconformity_within_batch('quantities')
--;
-- It is of goods that are stopped or were rejected, or of a round that is compared.
CREATE FUNCTION qc_nonconformity_of_something() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM batch WHERE id = NEW.batch AND (held = 1 OR state IN ('rejected', 'disagreed', 'withdrawn')))
        AND NOT EXISTS (SELECT 1 FROM comparison WHERE batch = NEW.batch) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER nonconformity_of_something BEFORE INSERT ON nonconformity
FOR EACH ROW EXECUTE FUNCTION qc_nonconformity_of_something('nothing-nonconforming')
--;
-- Nothing is put down that could tell a second person what the first found.
CREATE FUNCTION qc_nonconformity_not_blind() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM batch WHERE id = NEW.batch AND state IN ('first_check', 'awaiting_second', 'second_check')) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER nonconformity_not_blind BEFORE INSERT ON nonconformity
FOR EACH ROW EXECUTE FUNCTION qc_nonconformity_not_blind('nonconformity-blind')
--;
CREATE FUNCTION qc_nonconformity_step_not_blind() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM batch WHERE id = NEW.batch AND state IN ('first_check', 'awaiting_second', 'second_check')) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER nonconformity_step_not_blind BEFORE INSERT ON nonconformity_step
FOR EACH ROW EXECUTE FUNCTION qc_nonconformity_step_not_blind('nonconformity-blind')
--;
-- Rows say what their event says, of the batch that the nonconformity is of.
CREATE FUNCTION qc_nonconformity_by_its_event() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM line WHERE seq = NEW.seq AND type = 'nonconformity.opened' AND person = NEW.person AND batch = NEW.batch) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER nonconformity_by_its_event BEFORE INSERT ON nonconformity
FOR EACH ROW EXECUTE FUNCTION qc_nonconformity_by_its_event('unverified')
--;
CREATE FUNCTION qc_nonconformity_step_by_its_event() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM line WHERE seq = NEW.seq AND type = NEW.type AND person = NEW.person AND batch = NEW.batch)
        OR NOT EXISTS (SELECT 1 FROM nonconformity WHERE number = NEW.nonconformity AND batch = NEW.batch) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER nonconformity_step_by_its_event BEFORE INSERT ON nonconformity_step
FOR EACH ROW EXECUTE FUNCTION qc_nonconformity_step_by_its_event('unverified')
--;
-- Nothing comes after the end but that it is opened again, which is for what has ended.
CREATE FUNCTION qc_nonconformity_step_in_order() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (NEW.type = 'nonconformity.reopened') <> coalesce((SELECT s.type = 'nonconformity.closed' FROM nonconformity_step s
        WHERE s.nonconformity = NEW.nonconformity ORDER BY s.seq DESC LIMIT 1), false) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER nonconformity_step_in_order BEFORE INSERT ON nonconformity_step
FOR EACH ROW EXECUTE FUNCTION qc_nonconformity_step_in_order('nonconformity')
--;
-- Closed by another than who opened it last, over a decision about the goods or with a reason.
CREATE FUNCTION qc_nonconformity_closed_by_another() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.type = 'nonconformity.closed' AND NEW.person = coalesce((SELECT s.person FROM nonconformity_step s
        WHERE s.nonconformity = NEW.nonconformity AND s.type = 'nonconformity.reopened' ORDER BY s.seq DESC LIMIT 1),
        (SELECT n.person FROM nonconformity n WHERE n.number = NEW.nonconformity)) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER nonconformity_closed_by_another BEFORE INSERT ON nonconformity_step
FOR EACH ROW EXECUTE FUNCTION qc_nonconformity_closed_by_another('nonconformity-own')
--;
CREATE FUNCTION qc_nonconformity_closed_over_something() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.type = 'nonconformity.closed' AND NOT EXISTS (SELECT 1 FROM disposition d WHERE d.batch = NEW.batch AND d.seq = NEW.rests_on)
        AND NOT EXISTS (SELECT 1 FROM concession_answer a WHERE a.batch = NEW.batch AND a.seq = NEW.rests_on AND a.answer = 'approved')
        AND (NEW.rests_on IS NOT NULL OR coalesce(trim(NEW.body::json ->> 'reason'), '') = '') THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER nonconformity_closed_over_something BEFORE INSERT ON nonconformity_step
FOR EACH ROW EXECUTE FUNCTION qc_nonconformity_closed_over_something('nonconformity')
--;
CREATE TRIGGER nonconformity_no_truncate BEFORE TRUNCATE ON nonconformity
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER nonconformity_no_delete BEFORE DELETE ON nonconformity
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER nonconformity_no_update BEFORE UPDATE ON nonconformity
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER nonconformity_of_last_event BEFORE INSERT ON nonconformity
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER nonconformity_step_no_truncate BEFORE TRUNCATE ON nonconformity_step
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER nonconformity_step_no_delete BEFORE DELETE ON nonconformity_step
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER nonconformity_step_no_update BEFORE UPDATE ON nonconformity_step
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER nonconformity_step_of_last_event BEFORE INSERT ON nonconformity_step
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
