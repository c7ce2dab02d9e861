-- SPDX-License-Identifier: Apache-2.0
-- Fourth schema, nonconformities, SQLite: statements end with a line that holds only two dashes and a semicolon.
CREATE TABLE nonconformity (
    number INTEGER NOT NULL PRIMARY KEY,
    seq INTEGER NOT NULL REFERENCES event (seq),
    batch TEXT NOT NULL REFERENCES batch (id),
    quantity INTEGER NOT NULL,
    person TEXT NOT NULL REFERENCES person (id),
    at INTEGER NOT NULL,
    body TEXT NOT NULL,
    CHECK (number > 0),
    CHECK (quantity > 0)
) STRICT
--;
CREATE INDEX nonconformity_of_batch ON nonconformity (batch)
--;
CREATE TABLE nonconformity_step (
    seq INTEGER NOT NULL PRIMARY KEY REFERENCES event (seq),
    nonconformity INTEGER NOT NULL REFERENCES nonconformity (number),
    batch TEXT NOT NULL REFERENCES batch (id),
    type TEXT NOT NULL,
    rests_on INTEGER REFERENCES event (seq),
    person TEXT NOT NULL REFERENCES person (id),
    at INTEGER NOT NULL,
    body TEXT NOT NULL,
    CHECK (rests_on < seq)
) STRICT
--;
CREATE INDEX nonconformity_step_of_nonconformity ON nonconformity_step (nonconformity, seq)
--;
-- Nonconformities are counted without gaps.
CREATE TRIGGER nonconformity_in_a_row BEFORE INSERT ON nonconformity
WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM nonconformity)
BEGIN SELECT RAISE(ABORT, 'rule:nonconformity'); END
--;
-- It affects no more than there is.
CREATE TRIGGER nonconformity_within_batch BEFORE INSERT ON nonconformity
WHEN NEW.quantity > (SELECT quantity FROM batch WHERE id = NEW.batch)
BEGIN SELECT RAISE(ABORT, 'rule:quantities'); END
--;
-- It is of goods that are stopped or were rejected, or of a round that is compared.
CREATE TRIGGER nonconformity_of_something BEFORE INSERT ON nonconformity
WHEN NOT EXISTS (SELECT 1 FROM batch WHERE id = NEW.batch AND (held = 1 OR state IN ('rejected', 'disagreed', 'withdrawn')))
    AND NOT EXISTS (SELECT 1 FROM comparison WHERE batch = NEW.batch)
BEGIN SELECT RAISE(ABORT, 'rule:nothing-nonconforming'); END
--;
-- Nothing is put down that could tell a second person what the first found.
CREATE TRIGGER nonconformity_not_blind BEFORE INSERT ON nonconformity
WHEN EXISTS (SELECT 1 FROM batch WHERE id = NEW.batch AND state IN ('first_check', 'awaiting_second', 'second_check'))
BEGIN SELECT RAISE(ABORT, 'rule:nonconformity-blind'); END
--;
CREATE TRIGGER nonconformity_step_not_blind BEFORE INSERT ON nonconformity_step
WHEN EXISTS (SELECT 1 FROM batch WHERE id = NEW.batch AND state IN ('first_check', 'awaiting_second', 'second_check'))
BEGIN SELECT RAISE(ABORT, 'rule:nonconformity-blind'); END
--;
-- Rows say what their event says, of the batch that the nonconformity is of.
CREATE TRIGGER nonconformity_by_its_event BEFORE INSERT ON nonconformity
WHEN NOT EXISTS (SELECT 1 FROM line WHERE seq = NEW.seq AND type = 'nonconformity.opened' AND person = NEW.person AND batch = NEW.batch)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER nonconformity_step_by_its_event BEFORE INSERT ON nonconformity_step
WHEN NOT EXISTS (SELECT 1 FROM line WHERE seq = NEW.seq AND type = NEW.type AND person = NEW.person AND batch = NEW.batch)
    OR NOT EXISTS (SELECT 1 FROM nonconformity WHERE number = NEW.nonconformity AND batch = NEW.batch)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
-- Nothing comes after the end but that it is opened again, which is for what has ended.
CREATE TRIGGER nonconformity_step_in_order BEFORE INSERT ON nonconformity_step
WHEN (NEW.type = 'nonconformity.reopened') <> coalesce((SELECT s.type = 'nonconformity.closed' FROM nonconformity_step s
    WHERE s.nonconformity = NEW.nonconformity ORDER BY s.seq DESC LIMIT 1), 0)
BEGIN SELECT RAISE(ABORT, 'rule:nonconformity'); END
--;
-- Closed by another than who opened it last, over a decision about the goods or with a reason.
CREATE TRIGGER nonconformity_closed_by_another BEFORE INSERT ON nonconformity_step
WHEN NEW.type = 'nonconformity.closed' AND NEW.person = coalesce((SELECT s.person FROM nonconformity_step s
    WHERE s.nonconformity = NEW.nonconformity AND s.type = 'nonconformity.reopened' ORDER BY s.seq DESC LIMIT 1),
    (SELECT n.person FROM nonconformity n WHERE n.number = NEW.nonconformity))
BEGIN SELECT RAISE(ABORT, 'rule:nonconformity-own'); END
--;
CREATE TRIGGER nonconformity_closed_over_something BEFORE INSERT ON nonconformity_step
WHEN NEW.type = 'nonconformity.closed' AND NOT EXISTS (SELECT 1 FROM disposition d WHERE d.batch = NEW.batch AND d.seq = NEW.rests_on)
    AND NOT EXISTS (SELECT 1 FROM concession_answer a WHERE a.batch = NEW.batch AND a.seq = NEW.rests_on AND a.answer = 'approved')
    AND (NEW.rests_on IS NOT NULL OR coalesce(trim(json_extract(NEW.body, '$.reason')), '') = '')
BEGIN SELECT RAISE(ABORT, 'rule:nonconformity'); END
--;
CREATE TRIGGER nonconformity_program_insert BEFORE INSERT ON nonconformity
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER nonconformity_program_update BEFORE UPDATE ON nonconformity
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER nonconformity_program_delete BEFORE DELETE ON nonconformity
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER nonconformity_no_replace BEFORE INSERT ON nonconformity
WHEN EXISTS (SELECT 1 FROM nonconformity WHERE number IS NEW.number)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER nonconformity_no_delete BEFORE DELETE ON nonconformity
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER nonconformity_no_update BEFORE UPDATE ON nonconformity
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER nonconformity_of_last_event BEFORE INSERT ON nonconformity
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER nonconformity_step_program_insert BEFORE INSERT ON nonconformity_step
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER nonconformity_step_program_update BEFORE UPDATE ON nonconformity_step
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER nonconformity_step_program_delete BEFORE DELETE ON nonconformity_step
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER nonconformity_step_no_replace BEFORE INSERT ON nonconformity_step
WHEN EXISTS (SELECT 1 FROM nonconformity_step WHERE seq IS NEW.seq)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER nonconformity_step_no_delete BEFORE DELETE ON nonconformity_step
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER nonconformity_step_no_update BEFORE UPDATE ON nonconformity_step
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER nonconformity_step_of_last_event BEFORE INSERT ON nonconformity_step
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
