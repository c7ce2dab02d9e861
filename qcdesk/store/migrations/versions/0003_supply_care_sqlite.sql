-- SPDX-License-Identifier: Apache-2.0
-- Third schema, touches and complaints, SQLite: statements end with a line that holds only two dashes and a semicolon.
CREATE TABLE touch (
    seq INTEGER NOT NULL PRIMARY KEY REFERENCES event (seq),
    batch TEXT REFERENCES batch (id),
    order_no TEXT NOT NULL,
    kind TEXT NOT NULL,
    undoes INTEGER UNIQUE REFERENCES touch (seq),
    person TEXT NOT NULL,
    at INTEGER NOT NULL,
    CHECK (kind IN ('call', 'message', 'chase', 'hand_off', 'rework')),
    CHECK (batch IS NOT NULL OR order_no <> ''),
    CHECK (undoes < seq)
) STRICT
--;
CREATE INDEX touch_of_batch ON touch (batch)
--;
CREATE INDEX touch_by_time ON touch (at)
--;
CREATE TABLE complaint (
    number INTEGER NOT NULL PRIMARY KEY,
    seq INTEGER NOT NULL REFERENCES event (seq),
    said_as TEXT NOT NULL,
    received TEXT NOT NULL,
    person TEXT NOT NULL,
    at INTEGER NOT NULL,
    body TEXT NOT NULL,
    CHECK (said_as IN ('spoken', 'written'))
) STRICT
--;
CREATE TABLE complaint_step (
    seq INTEGER NOT NULL PRIMARY KEY REFERENCES event (seq),
    complaint INTEGER NOT NULL REFERENCES complaint (number),
    type TEXT NOT NULL,
    batch TEXT REFERENCES batch (id),
    person TEXT NOT NULL,
    at INTEGER NOT NULL,
    body TEXT NOT NULL
) STRICT
--;
CREATE INDEX complaint_step_of_complaint ON complaint_step (complaint, seq)
--;
CREATE INDEX complaint_step_of_batch ON complaint_step (batch)
--;
-- Complaints are counted without gaps, and nothing comes after the end of one.
CREATE TRIGGER complaint_in_a_row BEFORE INSERT ON complaint
WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM complaint)
BEGIN SELECT RAISE(ABORT, 'rule:complaint'); END
--;
CREATE TRIGGER complaint_step_before_the_end BEFORE INSERT ON complaint_step
WHEN EXISTS (SELECT 1 FROM complaint_step WHERE complaint = NEW.complaint AND type = 'complaint.closed')
BEGIN SELECT RAISE(ABORT, 'rule:complaint'); END
--;
CREATE TABLE owner_figure (
    seq INTEGER NOT NULL PRIMARY KEY REFERENCES event (seq),
    month TEXT NOT NULL,
    repeat_orders INTEGER NOT NULL,
    referrals INTEGER NOT NULL,
    person TEXT NOT NULL,
    CHECK (repeat_orders >= 0),
    CHECK (referrals >= 0)
) STRICT
--;
CREATE TRIGGER touch_program_insert BEFORE INSERT ON touch
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER touch_program_update BEFORE UPDATE ON touch
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER touch_program_delete BEFORE DELETE ON touch
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER touch_no_replace BEFORE INSERT ON touch
WHEN EXISTS (SELECT 1 FROM touch WHERE seq IS NEW.seq) OR EXISTS (SELECT 1 FROM touch WHERE undoes IS NEW.undoes AND NEW.undoes IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER touch_no_delete BEFORE DELETE ON touch
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER touch_no_update BEFORE UPDATE ON touch
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER touch_of_last_event BEFORE INSERT ON touch
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER complaint_program_insert BEFORE INSERT ON complaint
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER complaint_program_update BEFORE UPDATE ON complaint
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER complaint_program_delete BEFORE DELETE ON complaint
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER complaint_no_replace BEFORE INSERT ON complaint
WHEN EXISTS (SELECT 1 FROM complaint WHERE number IS NEW.number)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER complaint_no_delete BEFORE DELETE ON complaint
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER complaint_no_update BEFORE UPDATE ON complaint
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER complaint_of_last_event BEFORE INSERT ON complaint
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER complaint_step_program_insert BEFORE INSERT ON complaint_step
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER complaint_step_program_update BEFORE UPDATE ON complaint_step
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER complaint_step_program_delete BEFORE DELETE ON complaint_step
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER complaint_step_no_replace BEFORE INSERT ON complaint_step
WHEN EXISTS (SELECT 1 FROM complaint_step WHERE seq IS NEW.seq)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER complaint_step_no_delete BEFORE DELETE ON complaint_step
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER complaint_step_no_update BEFORE UPDATE ON complaint_step
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER complaint_step_of_last_event BEFORE INSERT ON complaint_step
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER owner_figure_program_insert BEFORE INSERT ON owner_figure
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER owner_figure_program_update BEFORE UPDATE ON owner_figure
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER owner_figure_program_delete BEFORE DELETE ON owner_figure
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER owner_figure_no_replace BEFORE INSERT ON owner_figure
WHEN EXISTS (SELECT 1 FROM owner_figure WHERE seq IS NEW.seq)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER owner_figure_no_delete BEFORE DELETE ON owner_figure
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER owner_figure_no_update BEFORE UPDATE ON owner_figure
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER owner_figure_of_last_event BEFORE INSERT ON owner_figure
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
