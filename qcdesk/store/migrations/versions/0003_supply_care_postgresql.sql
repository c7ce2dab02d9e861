-- SPDX-License-Identifier: Apache-2.0
-- Third schema, touches and complaints, PostgreSQL: statements end with a line that holds only two dashes and a semicolon.
CREATE TABLE touch (
    seq BIGINT NOT NULL PRIMARY KEY REFERENCES event (seq),
    batch TEXT REFERENCES batch (id),
    order_no TEXT NOT NULL,
    kind TEXT NOT NULL,
    undoes BIGINT UNIQUE REFERENCES touch (seq),
    person TEXT NOT NULL,
    at BIGINT NOT NULL,
    CHECK (kind IN ('call', 'message', 'chase', 'hand_off', 'rework')),
    CHECK (batch IS NOT NULL OR order_no <> ''),
    CHECK (undoes < seq)
)
--;
CREATE INDEX touch_of_batch ON touch (batch)
--;
CREATE INDEX touch_by_time ON touch (at)
--;
CREATE TABLE complaint (
    number BIGINT NOT NULL PRIMARY KEY,
    seq BIGINT NOT NULL REFERENCES event (seq),
    said_as TEXT NOT NULL,
    received TEXT NOT NULL,
    person TEXT NOT NULL,
    at BIGINT NOT NULL,
    body TEXT NOT NULL,
    CHECK (said_as IN ('spoken', 'written'))
)
--;
CREATE TABLE complaint_step (
    seq BIGINT NOT NULL PRIMARY KEY REFERENCES event (seq),
    complaint BIGINT NOT NULL REFERENCES complaint (number),
    type TEXT NOT NULL,
    batch TEXT REFERENCES batch (id),
    person TEXT NOT NULL,
    at BIGINT NOT NULL,
    body TEXT NOT NULL
)
--;
CREATE INDEX complaint_step_of_complaint ON complaint_step (complaint, seq)
--;
CREATE INDEX complaint_step_of_batch ON complaint_step (batch)
--;
-- Complaints are counted without gaps, and nothing comes after the end of one.
CREATE FUNCTION qc_complaint_in_a_row() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM complaint) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER complaint_in_a_row BEFORE INSERT ON complaint
FOR EACH ROW EXECUTE FUNCTION qc_complaint_in_a_row('complaint')
--;
CREATE FUNCTION qc_complaint_step_before_the_end() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM complaint_step WHERE complaint = NEW.complaint AND type = 'complaint.closed') THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER complaint_step_before_the_end BEFORE INSERT ON complaint_step
FOR EACH ROW EXECUTE FUNCTION qc_complaint_step_before_the_end('complaint')
--;
CREATE TABLE owner_figure (
    seq BIGINT NOT NULL PRIMARY KEY REFERENCES event (seq),
    month TEXT NOT NULL,
    repeat_orders BIGINT NOT NULL,
    referrals BIGINT NOT NULL,
    person TEXT NOT NULL,
    CHECK (repeat_orders >= 0),
    CHECK (referrals >= 0)
)
--;
CREATE TRIGGER touch_no_truncate BEFORE TRUNCATE ON touch
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER touch_no_delete BEFORE DELETE ON touch
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER touch_no_update BEFORE UPDATE ON touch
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER touch_of_last_event BEFORE INSERT ON touch
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER complaint_no_truncate BEFORE TRUNCATE ON complaint
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER complaint_no_delete BEFORE DELETE ON complaint
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER complaint_no_update BEFORE UPDATE ON complaint
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER complaint_of_last_event BEFORE INSERT ON complaint
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER complaint_step_no_truncate BEFORE TRUNCATE ON complaint_step
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER complaint_step_no_delete BEFORE DELETE ON complaint_step
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER complaint_step_no_update BEFORE UPDATE ON complaint_step
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER complaint_step_of_last_event BEFORE INSERT ON complaint_step
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER owner_figure_no_truncate BEFORE TRUNCATE ON owner_figure
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER owner_figure_no_delete BEFORE DELETE ON owner_figure
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER owner_figure_no_update BEFORE UPDATE ON owner_figure
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER owner_figure_of_last_event BEFORE INSERT ON owner_figure
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
