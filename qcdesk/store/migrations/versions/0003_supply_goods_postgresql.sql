-- SPDX-License-Identifier: Apache-2.0
-- Third schema, dispositions, parts of batches, concessions, nonconformities and where held goods stand, PostgreSQL: statements end with a line that holds only two dashes and a semicolon.
-- Concessions and nonconformities.
CREATE TABLE concession (
    id TEXT NOT NULL CHECK (length(id) = 32),
    batch TEXT NOT NULL REFERENCES batch (id),
    round TEXT NOT NULL REFERENCES round (id),
    quantity BIGINT NOT NULL CHECK (quantity >= 1),
    until_day TEXT NOT NULL,
    consent TEXT,
    person TEXT NOT NULL REFERENCES person (id),
    body TEXT NOT NULL,
    at BIGINT NOT NULL,
    seq BIGINT NOT NULL REFERENCES event (seq),
    PRIMARY KEY (id)
)
--;
CREATE TABLE concession_answer (
    concession TEXT NOT NULL REFERENCES concession (id),
    answer TEXT NOT NULL CHECK (answer IN ('approved', 'refused')),
    batch TEXT NOT NULL REFERENCES batch (id),
    round TEXT NOT NULL REFERENCES round (id),
    quantity BIGINT NOT NULL,
    record TEXT NOT NULL,
    reason TEXT NOT NULL,
    person TEXT NOT NULL REFERENCES person (id),
    other TEXT NOT NULL,
    at BIGINT NOT NULL,
    seq BIGINT NOT NULL REFERENCES event (seq),
    PRIMARY KEY (concession),
    CHECK (person <> other)
)
--;
CREATE TABLE concession_budget (
    seq BIGINT NOT NULL REFERENCES event (seq),
    supplier TEXT NOT NULL REFERENCES supplier (id),
    per_10000 BIGINT NOT NULL CHECK (per_10000 BETWEEN 0 AND 10000),
    months BIGINT NOT NULL CHECK (months BETWEEN 1 AND 120),
    reason TEXT NOT NULL,
    person TEXT NOT NULL REFERENCES person (id),
    other TEXT NOT NULL REFERENCES person (id),
    PRIMARY KEY (seq),
    CHECK (person <> other)
)
--;
CREATE INDEX concession_of_batch ON concession (batch)
--;
CREATE INDEX concession_answer_of_batch ON concession_answer (batch)
--;
CREATE INDEX concession_budget_of_supplier ON concession_budget (supplier, seq)
--;
-- Who checked a round first or second, or made or reworked its goods: too near to approve a concession alone.
CREATE VIEW insider AS
    SELECT s.round AS round, s.person AS person FROM sign_off s WHERE s.place IN ('first', 'second') AND s.standing = 1
    UNION SELECT r.id, m.person FROM round r JOIN batch_maker m ON m.batch = r.batch
    UNION SELECT r.id, w.person FROM round r JOIN batch_reworker w ON w.batch = r.batch
--;
-- Who asked for a concession of a batch, or answered it with a yes.
CREATE VIEW conceder AS
    SELECT batch, person FROM concession
    UNION SELECT batch, person FROM concession_answer WHERE answer = 'approved'
    UNION SELECT batch, other FROM concession_answer WHERE answer = 'approved'
--;
-- The way out of a rejection that a concession opens.
CREATE OR REPLACE FUNCTION qc_batch_moves() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.state IS DISTINCT FROM OLD.state AND NOT (
        (OLD.state IS NOT DISTINCT FROM 'registered' AND NEW.state IN ('first_check', 'cancelled'))
        OR (OLD.state IS NOT DISTINCT FROM 'first_check' AND NEW.state IN ('awaiting_second'))
        OR (OLD.state IS NOT DISTINCT FROM 'awaiting_second' AND NEW.state IN ('second_check', 'registered'))
        OR (OLD.state IS NOT DISTINCT FROM 'second_check' AND NEW.state IN ('awaiting_second', 'accepted', 'rejected', 'disagreed', 'registered'))
        OR (OLD.state IS NOT DISTINCT FROM 'accepted' AND NEW.state IN ('released', 'registered'))
        OR (OLD.state IS NOT DISTINCT FROM 'rejected' AND NEW.state IN ('registered'))
        OR (OLD.state IS NOT DISTINCT FROM 'disagreed' AND NEW.state IN ('accepted', 'rejected', 'registered'))
        OR (OLD.state IS NOT DISTINCT FROM 'released' AND NEW.state IN ('withdrawn'))
        OR (OLD.state IS NOT DISTINCT FROM 'released_under_concession' AND NEW.state IN ('withdrawn'))
        OR (NEW.state IS NOT DISTINCT FROM 'registered' AND EXISTS (SELECT 1 FROM line WHERE seq IS NOT DISTINCT FROM (SELECT max(seq) FROM line) AND type IN ('log.voided') AND batch IS NOT DISTINCT FROM NEW.id))
        OR (NEW.state IS NOT DISTINCT FROM 'registered' AND OLD.state IN ('first_check', 'released', 'withdrawn') AND EXISTS (SELECT 1 FROM line WHERE seq IS NOT DISTINCT FROM (SELECT max(seq) FROM line) AND type IN ('batch.reworked') AND batch IS NOT DISTINCT FROM NEW.id))
        OR (NEW.state IS NOT DISTINCT FROM 'registered' AND OLD.state IS NOT DISTINCT FROM 'first_check' AND EXISTS (SELECT 1 FROM reinspection
            WHERE seq IS NOT DISTINCT FROM (SELECT max(seq) FROM line) AND batch IS NOT DISTINCT FROM NEW.id))
        OR (OLD.state IN ('first_check', 'awaiting_second', 'second_check', 'accepted', 'disagreed', 'rejected', 'withdrawn') AND NEW.state IN ('returned', 'scrapped') AND EXISTS (SELECT 1 FROM disposition WHERE seq IS NOT DISTINCT FROM (SELECT max(seq) FROM line)
            AND batch IS NOT DISTINCT FROM NEW.id AND kind IS NOT DISTINCT FROM CASE NEW.state WHEN 'returned' THEN 'return' ELSE 'scrap' END))
        OR (OLD.state IS NOT DISTINCT FROM 'rejected' AND NEW.state IS NOT DISTINCT FROM 'released_under_concession' AND EXISTS (SELECT 1 FROM line WHERE seq IS NOT DISTINCT FROM (SELECT max(seq) FROM line) AND type IN ('concession.approved') AND batch IS NOT DISTINCT FROM NEW.id))) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
-- Released is what a release says, or a concession that was approved.
CREATE OR REPLACE FUNCTION qc_batch_released_quantity() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.released IS DISTINCT FROM OLD.released
    AND NOT EXISTS (SELECT 1 FROM concession_answer WHERE seq = (SELECT max(seq) FROM line) AND round = NEW.round AND batch = NEW.id AND answer = 'approved' AND quantity = NEW.released)
    AND ((OLD.released <> 0 AND (SELECT type FROM line ORDER BY seq DESC LIMIT 1) <> 'batch.released') OR NEW.released > NEW.quantity
        OR NOT EXISTS (SELECT 1 FROM sign_off WHERE round = NEW.round AND place = 'release' AND batch = NEW.id)) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
-- Nor for one that no release under a concession rests on.
CREATE OR REPLACE FUNCTION qc_voided_begins_anew() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.batch IS NOT NULL AND EXISTS (SELECT 1 FROM line WHERE seq = NEW.event_no AND type NOT IN ('round.opened', 'check.started', 'check.recorded', 'check.resolved', 'check.set_aside', 'check.signed', 'check.retracted', 'round.compared', 'round.decided', 'round.rejected_after_all', 'round.again', 'round.ordered', 'place.given_up', 'first.seen', 'batch.released', 'batch.saved', 'batch.lifted', 'batch.disposed', 'batch.reworked', 'round.reopened', 'certificate.issued', 'concession.requested', 'concession.approved')) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
-- Goods leave between their release, under a concession too, and tomorrow.
CREATE OR REPLACE FUNCTION qc_shipment_on_day() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.on_day < (SELECT to_char(to_timestamp(least(clock, (SELECT max(at) FROM (SELECT at FROM sign_off WHERE batch = NEW.batch AND place = 'release' UNION ALL SELECT at FROM concession_answer WHERE batch = NEW.batch AND answer = 'approved') AS one)) / 1000000 - 86400) AT TIME ZONE 'UTC', 'YYYY-MM-DD') FROM clock_of_line WHERE seq = NEW.seq)
    OR NEW.on_day > (SELECT to_char(to_timestamp(greatest(clock, at) / 1000000 + 172800) AT TIME ZONE 'UTC', 'YYYY-MM-DD') FROM clock_of_line WHERE seq = NEW.seq) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
-- Who could still make the second check, which nobody can who had a part in a concession of the goods.
CREATE OR REPLACE VIEW possible_second AS
    SELECT r.id AS round, h.person AS person FROM round r JOIN role_for_batch h ON h.batch = r.batch
    WHERE h.role = 'inspector'
        AND NOT EXISTS (SELECT 1 FROM unqualified u WHERE u.round = r.id AND u.person = h.person)
        AND NOT EXISTS (SELECT 1 FROM checking c WHERE c.round = r.id AND c.person = h.person AND c.state IN ('open', 'signed'))
        AND NOT EXISTS (SELECT 1 FROM batch_maker m WHERE m.batch = r.batch AND m.person = h.person)
        AND NOT EXISTS (SELECT 1 FROM batch_reworker w WHERE w.batch = r.batch AND w.person = h.person)
        AND NOT EXISTS (SELECT 1 FROM place_given_up g WHERE g.round = r.id AND g.person = h.person)
        AND NOT EXISTS (SELECT 1 FROM first_seen f WHERE f.round = r.id AND f.person = h.person)
        AND NOT EXISTS (SELECT 1 FROM conceder d WHERE d.batch = r.batch AND d.person = h.person)
--;
CREATE FUNCTION qc_concession_by_its_event() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.seq <> (SELECT max(seq) FROM line) OR NOT EXISTS (SELECT 1 FROM line WHERE seq = NEW.seq AND type = 'concession.requested' AND person = NEW.person AND batch = NEW.batch AND round = NEW.round) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER concession_by_its_event BEFORE INSERT ON concession
FOR EACH ROW EXECUTE FUNCTION qc_concession_by_its_event('unverified')
--;
-- Only a rejected batch is asked for, at most all of it, and one concession at a time.
CREATE FUNCTION qc_concession_of_rejected() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM batch WHERE id = NEW.batch AND round = NEW.round AND state = 'rejected' AND rework_ordered = 0 AND quantity >= NEW.quantity) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER concession_of_rejected BEFORE INSERT ON concession
FOR EACH ROW EXECUTE FUNCTION qc_concession_of_rejected('state')
--;
CREATE FUNCTION qc_concession_one_open() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM concession c WHERE c.batch = NEW.batch AND c.round = NEW.round AND NOT EXISTS (SELECT 1 FROM concession_answer a WHERE a.concession = c.id)) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER concession_one_open BEFORE INSERT ON concession
FOR EACH ROW EXECUTE FUNCTION qc_concession_one_open('concession-open')
--;
-- A critical that anybody ever claimed is never conceded.
CREATE FUNCTION qc_concession_not_critical() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM finding WHERE batch = NEW.batch AND defect_class = 'critical') OR EXISTS (SELECT 1 FROM reading WHERE batch = NEW.batch AND defect_class = 'critical' AND inside = 0) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER concession_not_critical BEFORE INSERT ON concession
FOR EACH ROW EXECUTE FUNCTION qc_concession_not_critical('concession-critical')
--;
CREATE FUNCTION qc_concession_answer_by_its_event() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.seq <> (SELECT max(seq) FROM line) OR NOT EXISTS (SELECT 1 FROM line l JOIN concession c ON c.id = NEW.concession AND c.batch = l.batch AND c.round = l.round WHERE l.seq = NEW.seq AND l.type = 'concession.' || NEW.answer AND l.person = NEW.person AND l.batch = NEW.batch AND l.round = NEW.round AND (NEW.answer = 'refused' OR c.quantity = NEW.quantity)) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER concession_answer_by_its_event BEFORE INSERT ON concession_answer
FOR EACH ROW EXECUTE FUNCTION qc_concession_answer_by_its_event('unverified')
--;
-- What is answered is still asked: the batch stands rejected in that round.
CREATE FUNCTION qc_concession_answer_once() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM batch WHERE id = NEW.batch AND round = NEW.round AND state = 'rejected') THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER concession_answer_once BEFORE INSERT ON concession_answer
FOR EACH ROW EXECUTE FUNCTION qc_concession_answer_once('no-concession')
--;
-- Two approve who may, and neither of them asked.
CREATE FUNCTION qc_concession_approved_by_two() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.answer = 'approved' AND NOT EXISTS (SELECT 1 FROM line_signer WHERE seq = NEW.seq AND person = NEW.other AND person <> NEW.person) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER concession_approved_by_two BEFORE INSERT ON concession_answer
FOR EACH ROW EXECUTE FUNCTION qc_concession_approved_by_two('two-needed')
--;
CREATE FUNCTION qc_concession_approved_by_others() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.answer = 'approved' AND EXISTS (SELECT 1 FROM concession WHERE id = NEW.concession AND person IN (NEW.person, NEW.other)) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER concession_approved_by_others BEFORE INSERT ON concession_answer
FOR EACH ROW EXECUTE FUNCTION qc_concession_approved_by_others('asked-concession')
--;
CREATE FUNCTION qc_concession_answer_by_role() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (NEW.answer = 'approved' AND (NOT EXISTS (SELECT 1 FROM role_for_batch WHERE person = NEW.person AND batch = NEW.batch AND role = 'concession') OR NOT EXISTS (SELECT 1 FROM role_for_batch WHERE person = NEW.other AND batch = NEW.batch AND role = 'concession'))) OR (NEW.answer = 'refused' AND NOT EXISTS (SELECT 1 FROM role_for_batch WHERE person = NEW.person AND batch = NEW.batch AND role = 'concession') AND NOT EXISTS (SELECT 1 FROM concession WHERE id = NEW.concession AND person = NEW.person)) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER concession_answer_by_role BEFORE INSERT ON concession_answer
FOR EACH ROW EXECUTE FUNCTION qc_concession_answer_by_role('role')
--;
-- One of the two has neither checked nor made the goods, or the customer consents in writing.
CREATE FUNCTION qc_concession_approved_by_outsider() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.answer = 'approved' AND EXISTS (SELECT 1 FROM insider WHERE round = NEW.round AND person = NEW.person) AND EXISTS (SELECT 1 FROM insider WHERE round = NEW.round AND person = NEW.other) AND NOT EXISTS (SELECT 1 FROM concession WHERE id = NEW.concession AND consent IS NOT NULL) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER concession_approved_by_outsider BEFORE INSERT ON concession_answer
FOR EACH ROW EXECUTE FUNCTION qc_concession_approved_by_outsider('concession-outsider')
--;
CREATE FUNCTION qc_concession_approved_unheld() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.answer = 'approved' AND EXISTS (SELECT 1 FROM batch WHERE id = NEW.batch AND (held = 1 OR rework_ordered = 1)) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER concession_approved_unheld BEFORE INSERT ON concession_answer
FOR EACH ROW EXECUTE FUNCTION qc_concession_approved_unheld('held')
--;
CREATE FUNCTION qc_concession_approved_suspect() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.answer = 'approved' AND EXISTS (SELECT 1 FROM sign_off s JOIN person_key k ON k.key = s.key WHERE s.round = NEW.round AND s.standing = 1 AND k.suspect_from <= s.seq) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER concession_approved_suspect BEFORE INSERT ON concession_answer
FOR EACH ROW EXECUTE FUNCTION qc_concession_approved_suspect('suspect')
--;
CREATE FUNCTION qc_concession_approved_in_time() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.answer = 'approved' AND EXISTS (SELECT 1 FROM concession WHERE id = NEW.concession AND until_day < to_char(to_timestamp((SELECT at FROM line WHERE seq = NEW.seq) / 1000000 + -86400) AT TIME ZONE 'UTC', 'YYYY-MM-DD')) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER concession_approved_in_time BEFORE INSERT ON concession_answer
FOR EACH ROW EXECUTE FUNCTION qc_concession_approved_in_time('concession-expired')
--;
-- No more is conceded of a supplier than the last budget allows of what was received in its months.
CREATE FUNCTION qc_concession_approved_within_budget() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.answer = 'approved' AND EXISTS (SELECT 1 FROM batch b JOIN concession_budget g ON g.seq = (SELECT max(seq) FROM concession_budget WHERE supplier = b.supplier) WHERE b.id = NEW.batch AND 10000 * (NEW.quantity + (SELECT coalesce(sum(a.quantity), 0) FROM concession_answer a JOIN batch o ON o.id = a.batch WHERE o.supplier = b.supplier AND a.answer = 'approved' AND to_char(to_timestamp(a.at / 1000000 + 0) AT TIME ZONE 'UTC', 'YYYY-MM-DD') >= to_char((to_timestamp((SELECT at FROM line WHERE seq = NEW.seq) / 1000000 + 86400) AT TIME ZONE 'UTC') - make_interval(months => g.months::int), 'YYYY-MM-DD'))) > g.per_10000 * (SELECT coalesce(sum(o.quantity), 0) FROM batch o WHERE o.supplier = b.supplier AND o.state <> 'cancelled' AND to_char(to_timestamp(o.registered_at / 1000000 + 0) AT TIME ZONE 'UTC', 'YYYY-MM-DD') >= to_char((to_timestamp((SELECT at FROM line WHERE seq = NEW.seq) / 1000000 + -86400) AT TIME ZONE 'UTC') - make_interval(months => g.months::int), 'YYYY-MM-DD'))) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER concession_approved_within_budget BEFORE INSERT ON concession_answer
FOR EACH ROW EXECUTE FUNCTION qc_concession_approved_within_budget('concession-budget')
--;
-- Two planners say how much may be conceded.
CREATE FUNCTION qc_concession_budget_by_two() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.seq <> (SELECT max(seq) FROM line) OR NOT EXISTS (SELECT 1 FROM line WHERE seq = NEW.seq AND type = 'concession.budget' AND person = NEW.person) OR NOT EXISTS (SELECT 1 FROM line_signer WHERE seq = NEW.seq AND person = NEW.other AND person <> NEW.person) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER concession_budget_by_two BEFORE INSERT ON concession_budget
FOR EACH ROW EXECUTE FUNCTION qc_concession_budget_by_two('two-needed')
--;
CREATE FUNCTION qc_concession_budget_by_planners() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM standing_role WHERE person = NEW.person AND role = 'planner') OR NOT EXISTS (SELECT 1 FROM standing_role WHERE person = NEW.other AND role = 'planner') THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER concession_budget_by_planners BEFORE INSERT ON concession_budget
FOR EACH ROW EXECUTE FUNCTION qc_concession_budget_by_planners('role')
--;
-- A batch is released under the concession that two have approved just now, and of no more units.
CREATE FUNCTION qc_batch_conceded() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.state = 'released_under_concession' AND OLD.state <> 'released_under_concession' AND NOT EXISTS (SELECT 1 FROM concession_answer WHERE seq = (SELECT max(seq) FROM line) AND answer = 'approved' AND batch = NEW.id AND round = NEW.round AND quantity = NEW.released) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER batch_conceded BEFORE UPDATE ON batch
FOR EACH ROW EXECUTE FUNCTION qc_batch_conceded('four-eyes')
--;
-- Nothing leaves under a concession after its last day.
CREATE FUNCTION qc_shipment_under_concession() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM batch b JOIN concession_answer a ON a.batch = b.id AND a.round = b.round AND a.answer = 'approved' JOIN concession c ON c.id = a.concession WHERE b.id = NEW.batch AND b.state = 'released_under_concession' AND (c.until_day < NEW.on_day OR c.until_day < to_char(to_timestamp((SELECT least(clock, at) FROM clock_of_line WHERE seq = NEW.seq) / 1000000 + -86400) AT TIME ZONE 'UTC', 'YYYY-MM-DD'))) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER shipment_under_concession BEFORE INSERT ON shipment
FOR EACH ROW EXECUTE FUNCTION qc_shipment_under_concession('concession-expired')
--;
-- Who asked for a concession, or approved one, is independent of these goods no more.
CREATE FUNCTION qc_checking_not_conceder() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.place <> 'first' AND EXISTS (SELECT 1 FROM conceder WHERE batch = NEW.batch AND person = NEW.person) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER checking_not_conceder BEFORE INSERT ON checking
FOR EACH ROW EXECUTE FUNCTION qc_checking_not_conceder('asked-concession')
--;
CREATE FUNCTION qc_sign_off_not_conceder() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.place <> 'first' AND EXISTS (SELECT 1 FROM conceder WHERE batch = NEW.batch AND person = NEW.person) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER sign_off_not_conceder BEFORE INSERT ON sign_off
FOR EACH ROW EXECUTE FUNCTION qc_sign_off_not_conceder('asked-concession')
--;
CREATE TRIGGER concession_no_truncate BEFORE TRUNCATE ON concession
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER concession_no_delete BEFORE DELETE ON concession
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER concession_no_update BEFORE UPDATE ON concession
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER concession_of_last_event BEFORE INSERT ON concession
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER concession_round_of_batch BEFORE INSERT ON concession
FOR EACH ROW EXECUTE FUNCTION qc_round_of_batch('unverified')
--;
CREATE TRIGGER concession_answer_no_truncate BEFORE TRUNCATE ON concession_answer
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER concession_answer_no_delete BEFORE DELETE ON concession_answer
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER concession_answer_no_update BEFORE UPDATE ON concession_answer
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER concession_answer_of_last_event BEFORE INSERT ON concession_answer
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER concession_answer_round_of_batch BEFORE INSERT ON concession_answer
FOR EACH ROW EXECUTE FUNCTION qc_round_of_batch('unverified')
--;
CREATE TRIGGER concession_budget_no_truncate BEFORE TRUNCATE ON concession_budget
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER concession_budget_no_delete BEFORE DELETE ON concession_budget
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER concession_budget_no_update BEFORE UPDATE ON concession_budget
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER concession_budget_of_last_event BEFORE INSERT ON concession_budget
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
-- Where goods stand; what was said last counts.
CREATE TABLE batch_place (
    seq BIGINT NOT NULL REFERENCES event (seq),
    batch TEXT NOT NULL REFERENCES batch (id),
    stands TEXT NOT NULL,
    person TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (seq)
)
--;
CREATE INDEX batch_place_of_batch ON batch_place (batch, seq)
--;
-- Goods get an end, or are sorted, when they are rejected or held, in the round that is the last, and none of them was shipped.
CREATE FUNCTION qc_disposition_fit() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.kind IS DISTINCT FROM 'rework' AND NOT EXISTS (SELECT 1 FROM batch b WHERE b.id IS NOT DISTINCT FROM NEW.batch AND b.round IS NOT DISTINCT FROM NEW.round AND b.shipped IS NOT DISTINCT FROM 0 AND b.rework_ordered IS NOT DISTINCT FROM 0
    AND (b.state IN ('rejected', 'disagreed', 'withdrawn') OR (b.held IS NOT DISTINCT FROM 1 AND b.state IN ('first_check', 'awaiting_second', 'second_check', 'accepted')))) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER disposition_fit BEFORE INSERT ON disposition
FOR EACH ROW EXECUTE FUNCTION qc_disposition_fit('state')
--;
-- What becomes of goods is not settled while somebody inspects them; a third check ends with the dispute.
CREATE FUNCTION qc_disposition_unchecked() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.kind IS DISTINCT FROM 'rework' AND EXISTS (SELECT 1 FROM checking WHERE round IS NOT DISTINCT FROM NEW.round AND state IS NOT DISTINCT FROM 'open')
        AND (SELECT state FROM batch WHERE id IS NOT DISTINCT FROM NEW.batch) IS DISTINCT FROM 'rejected' THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER disposition_unchecked BEFORE INSERT ON disposition
FOR EACH ROW EXECUTE FUNCTION qc_disposition_unchecked('check-running')
--;
-- All goods that are here go the same way; goods that go different ways are split.
CREATE FUNCTION qc_disposition_of_all() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.kind IS DISTINCT FROM 'rework' AND NEW.quantity IS DISTINCT FROM (SELECT quantity FROM batch WHERE id IS NOT DISTINCT FROM NEW.batch)
    - (SELECT coalesce(sum(quantity), 0) FROM shipped_unreleased WHERE batch IS NOT DISTINCT FROM NEW.batch) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER disposition_of_all BEFORE INSERT ON disposition
FOR EACH ROW EXECUTE FUNCTION qc_disposition_of_all('quantities')
--;
CREATE TRIGGER batch_place_no_truncate BEFORE TRUNCATE ON batch_place
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER batch_place_no_delete BEFORE DELETE ON batch_place
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER batch_place_no_update BEFORE UPDATE ON batch_place
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER batch_place_of_last_event BEFORE INSERT ON batch_place
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
