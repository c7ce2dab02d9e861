-- SPDX-License-Identifier: Apache-2.0
-- What is written only by the program, and what every table refuses by what it is; runs after all other parts.
CREATE UNIQUE INDEX session_key ON session (key)
--;
DROP TRIGGER session_no_replace
--;
-- No second standing check, even if a rule failed: one of a person and one of a place in a round.
CREATE UNIQUE INDEX checking_standing_place ON checking (round, place) WHERE state IN ('open', 'signed')
--;
CREATE UNIQUE INDEX checking_standing_person ON checking (round, person) WHERE state IN ('open', 'signed')
--;
CREATE UNIQUE INDEX sign_off_once_person ON sign_off (round, person) WHERE place IN ('first', 'second', 'third')
--;
-- An index is written at each signature: a batch's signatures are found by its rounds, a check's lines by its batch.
DROP INDEX sign_off_of_batch
--;
DROP INDEX line_of_check
--;
DROP INDEX line_of_batch
--;
CREATE INDEX line_of_batch ON line (batch, checking, seq) WHERE batch IS NOT NULL
--;
-- What people and the shop are called, found again without going through the whole log.
CREATE INDEX line_of_names ON line (seq) WHERE type IN ('workspace.opened', 'shop.changed', 'person.enrolled', 'person.listed', 'person.changed', 'person.renamed')
--;
-- What is of no batch: the house, among which the rules of one batch are replayed.
CREATE INDEX line_of_no_batch ON line (seq) WHERE batch IS NULL
--;
DROP TRIGGER checking_other_person
--;
-- Whoever decides had no check in the round, not even one that was set aside or taken back.
CREATE TRIGGER checking_other_person BEFORE INSERT ON checking
WHEN EXISTS (SELECT 1 FROM checking WHERE round IS NEW.round AND person IS NEW.person AND place IS NOT NEW.place
    AND (state IN ('open', 'signed') OR NEW.place IS 'third'))
BEGIN SELECT RAISE(ABORT, 'rule:same-person'); END
--;
-- The line of an event says what the event says.
CREATE TRIGGER line_by_its_event BEFORE INSERT ON line
WHEN NOT EXISTS (SELECT 1 FROM (SELECT CAST(body AS TEXT) AS said FROM event WHERE seq IS NEW.seq)
    WHERE json_extract(said, '$.type') IS NEW.type AND json_extract(said, '$.by') IS NEW.person
    AND json_extract(said, '$.session') IS NEW.session AND json_extract(said, '$.at') IS NEW.at
    AND json_extract(said, '$.station') IS NEW.station
    AND CASE json_type(said, '$.body.batch') WHEN 'text' THEN json_extract(said, '$.body.batch') END IS NEW.batch
    AND CASE json_type(said, '$.body.round') WHEN 'text' THEN json_extract(said, '$.body.round') END IS NEW.round
    AND CASE json_type(said, '$.body.check') WHEN 'text' THEN json_extract(said, '$.body.check') END IS NEW.checking)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
-- The id of a key is one person's, whether it is a person's own or a sitting's.
CREATE TRIGGER session_key_is_new BEFORE INSERT ON session
WHEN EXISTS (SELECT 1 FROM person_key WHERE key IS NEW.key)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER person_key_key_is_new BEFORE INSERT ON person_key
WHEN EXISTS (SELECT 1 FROM session WHERE key IS NEW.key)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
-- What may be taken back later is not put in as taken back.
CREATE TRIGGER hold_begins_standing BEFORE INSERT ON hold
WHEN NEW.lifted IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'rule:two-needed'); END
--;
CREATE TRIGGER finding_begins_standing BEFORE INSERT ON finding
WHEN NEW.withdrawn IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER reading_begins_standing BEFORE INSERT ON reading
WHEN NEW.replaced IS NOT 0
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER shop_by_its_event BEFORE UPDATE ON shop
WHEN NEW.seq IS NOT (SELECT max(seq) FROM line) OR (SELECT type FROM line WHERE seq IS NEW.seq) IS NOT 'shop.changed'
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
-- The shop's rules are an administrator's; that no third person need release any more takes a second.
CREATE TRIGGER shop_by_administrator BEFORE UPDATE ON shop
WHEN NOT EXISTS (SELECT 1 FROM people_act WHERE seq IS NEW.seq AND administrators >= 1
    AND signers >= CASE WHEN OLD.third_releases IS 1 AND NEW.third_releases IS NOT 1 THEN 2 ELSE 1 END)
BEGIN SELECT RAISE(ABORT, 'rule:role'); END
--;
-- Who made units of a batch does not take that back alone: the entry would open the places of the independent.
CREATE TRIGGER batch_maker_not_by_self BEFORE DELETE ON batch_maker
WHEN (SELECT person FROM line ORDER BY seq DESC LIMIT 1) IS OLD.person AND NOT EXISTS (
    SELECT 1 FROM json_each((SELECT CAST(body AS TEXT) FROM event ORDER BY seq DESC LIMIT 1), '$.body.makers')
    WHERE json_extract(value, '$.person') IS OLD.person)
BEGIN SELECT RAISE(ABORT, 'rule:maker-stays'); END
--;
-- Goods and a supplier that ever had a batch stay used, also when the batch is put right: the event that first said so.
ALTER TABLE product ADD COLUMN used INTEGER
--;
ALTER TABLE supplier ADD COLUMN used INTEGER
--;
ALTER TABLE instrument ADD COLUMN used INTEGER
--;
DROP TRIGGER instrument_program_update
--;
DROP TRIGGER product_program_update
--;
DROP TRIGGER supplier_program_update
--;
UPDATE product SET used = b.first FROM (
    SELECT json_extract(CAST(e.body AS TEXT), '$.body.product') AS id, min(e.seq) AS first
    FROM line l JOIN event e ON e.seq = l.seq WHERE l.type = 'batch.saved' GROUP BY 1) AS b WHERE b.id = product.id
--;
UPDATE supplier SET used = b.first FROM (
    SELECT json_extract(CAST(e.body AS TEXT), '$.body.supplier') AS id, min(e.seq) AS first
    FROM line l JOIN event e ON e.seq = l.seq WHERE l.type = 'batch.saved' GROUP BY 1) AS b WHERE b.id = supplier.id
--;
-- An instrument that ever had a calibration, or was blocked, is relied on.
UPDATE instrument SET used = s.first FROM (
    SELECT json_extract(CAST(e.body AS TEXT), '$.body.instrument') AS id, min(e.seq) AS first FROM line l JOIN event e ON e.seq = l.seq
    WHERE l.type = 'instrument.saved' AND (json_extract(CAST(e.body AS TEXT), '$.body.calibrated_until') IS NOT NULL OR json_extract(CAST(e.body AS TEXT), '$.body.blocked') IS 1)
    GROUP BY 1) AS s WHERE s.id = instrument.id
--;
CREATE TRIGGER instrument_program_update BEFORE UPDATE ON instrument
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER supplier_program_update BEFORE UPDATE ON supplier
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER product_program_update BEFORE UPDATE ON product
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER instrument_used_stays BEFORE UPDATE ON instrument
WHEN OLD.used IS NOT NULL AND NEW.used IS NOT OLD.used
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
-- Whoever measures lets no instrument measure longer, again or as another alone: the day would be put back afterwards.
CREATE TRIGGER instrument_loosened_by_two BEFORE UPDATE ON instrument
WHEN OLD.used IS NOT NULL AND (NEW.number IS NOT OLD.number OR NEW.kind IS NOT OLD.kind OR NEW.blocked < OLD.blocked
        OR NEW.calibrated_until > coalesce(OLD.calibrated_until, ''))
    AND (SELECT count(*) FROM act_signer WHERE seq IS NEW.seq AND seq IS (SELECT max(seq) FROM line)) < 2
BEGIN SELECT RAISE(ABORT, 'rule:two-needed'); END
--;
CREATE TRIGGER product_used_stays BEFORE UPDATE ON product
WHEN OLD.used IS NOT NULL AND NEW.used IS NOT OLD.used
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER supplier_used_stays BEFORE UPDATE ON supplier
WHEN OLD.used IS NOT NULL AND NEW.used IS NOT OLD.used
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
-- A number that a batch ever had stays its own: under another one nobody gets rid of a stop, or of having made it.
CREATE TRIGGER batch_number_by_its_event BEFORE INSERT ON batch_number
WHEN NOT EXISTS (SELECT 1 FROM (SELECT CAST(body AS TEXT) AS said FROM event WHERE seq IS NEW.seq)
    WHERE json_extract(said, '$.type') IS 'batch.saved' AND json_extract(said, '$.body.batch') IS NEW.batch
        AND json_extract(said, '$.body.number') IS NEW.number)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER batch_number_taken BEFORE INSERT ON batch_number
WHEN EXISTS (SELECT 1 FROM batch_number WHERE number IS NEW.number AND batch IS NOT NEW.batch)
BEGIN SELECT RAISE(ABORT, 'rule:number-taken'); END
--;
CREATE TRIGGER batch_number_noted BEFORE INSERT ON batch
WHEN NOT EXISTS (SELECT 1 FROM batch_number WHERE seq IS NEW.seq AND batch IS NEW.id AND number IS NEW.number)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER batch_number_noted_again BEFORE UPDATE ON batch
WHEN NEW.number IS NOT OLD.number
    AND NOT EXISTS (SELECT 1 FROM batch_number WHERE seq IS NEW.seq AND batch IS NEW.id AND number IS NEW.number)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
-- What is stopped goes on being found under its number, and is not cancelled away.
CREATE TRIGGER batch_held_stays BEFORE UPDATE ON batch
WHEN OLD.held IS 1 AND (NEW.number IS NOT OLD.number OR (NEW.state IS 'cancelled' AND OLD.state IS NOT 'cancelled'))
BEGIN SELECT RAISE(ABORT, 'rule:held'); END
--;
-- Who changes a batch has read what is changed: the event says which one that was.
CREATE TRIGGER batch_changed_as_read BEFORE UPDATE ON batch
WHEN NEW.seq IS NOT OLD.seq
    AND (SELECT json_extract(CAST(body AS TEXT), '$.body.seen') FROM event WHERE seq IS NEW.seq) IS NOT OLD.seq
BEGIN SELECT RAISE(ABORT, 'rule:changed-meanwhile'); END
--;
-- By what a batch is inspected follows from its product's code, who may act on it from the family: both stay once
-- there ever was a batch.
CREATE TRIGGER product_code_stays BEFORE UPDATE ON product
WHEN (NEW.code IS NOT OLD.code OR NEW.revision IS NOT OLD.revision) AND OLD.used IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'rule:code-stays'); END
--;
-- What papers call a product and its supplier, once there ever was a batch, takes two: as a person's name does.
CREATE TRIGGER product_name_by_two BEFORE UPDATE ON product
WHEN (NEW.name IS NOT OLD.name OR NEW.unit IS NOT OLD.unit) AND OLD.used IS NOT NULL
    AND (SELECT count(*) FROM act_signer WHERE seq IS NEW.seq AND seq IS (SELECT max(seq) FROM line)) < 2
BEGIN SELECT RAISE(ABORT, 'rule:two-needed'); END
--;
CREATE TRIGGER supplier_name_by_two BEFORE UPDATE ON supplier
WHEN (NEW.name IS NOT OLD.name OR NEW.country IS NOT OLD.country) AND OLD.used IS NOT NULL
    AND (SELECT count(*) FROM act_signer WHERE seq IS NEW.seq AND seq IS (SELECT max(seq) FROM line)) < 2
BEGIN SELECT RAISE(ABORT, 'rule:two-needed'); END
--;
CREATE TRIGGER product_family_of_code BEFORE UPDATE ON product
WHEN (NEW.code IS NOT OLD.code OR NEW.family IS NOT OLD.family)
    AND EXISTS (SELECT 1 FROM product WHERE code IS NEW.code AND used IS NOT NULL AND family IS NOT NEW.family)
BEGIN SELECT RAISE(ABORT, 'rule:family-stays'); END
--;
CREATE TRIGGER product_family_of_new_revision BEFORE INSERT ON product
WHEN EXISTS (SELECT 1 FROM product WHERE code IS NEW.code AND used IS NOT NULL AND family IS NOT NEW.family)
BEGIN SELECT RAISE(ABORT, 'rule:family-stays'); END
--;
-- What was sent to rework is neither inspected anew nor released before somebody is named who reworked it.
CREATE TRIGGER round_after_rework BEFORE INSERT ON round
WHEN (SELECT rework_ordered FROM batch WHERE id IS NEW.batch) IS 1
BEGIN SELECT RAISE(ABORT, 'rule:reworkers-missing'); END
--;
CREATE TRIGGER sign_off_release_after_rework BEFORE INSERT ON sign_off
WHEN NEW.place IS 'release' AND (SELECT rework_ordered FROM batch WHERE id IS NEW.batch) IS 1
BEGIN SELECT RAISE(ABORT, 'rule:reworkers-missing'); END
--;
-- A batch that is not there is not released: NULL NOT IN (...) is not true.
DROP TRIGGER shipment_of_released
--;
CREATE TRIGGER shipment_of_released BEFORE INSERT ON shipment
WHEN ((SELECT state FROM batch WHERE id IS NEW.batch) IN ('released', 'released_under_concession')) IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:four-eyes'); END
--;
DROP TRIGGER shipment_not_more
--;
CREATE TRIGGER shipment_not_more BEFORE INSERT ON shipment
WHEN (NEW.quantity >= 1 AND NEW.quantity + (SELECT coalesce(sum(quantity), 0) FROM shipment WHERE batch IS NEW.batch)
    <= (SELECT min(released, quantity - (SELECT coalesce(sum(quantity), 0) FROM shipped_unreleased WHERE batch IS NEW.batch))
        FROM batch WHERE id IS NEW.batch)) IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:more-than-released'); END
--;
-- What the workstation's clock read at a line.
CREATE VIEW clock_of_line AS
    SELECT l.seq AS seq, l.at AS at, coalesce(json_extract(CAST(e.body AS TEXT), '$.clock'), l.at) AS clock
    FROM line l JOIN event e ON e.seq = l.seq
--;
-- Goods leave between their release, or registration, and tomorrow; today is never too early, whatever the log's time.
CREATE TRIGGER shipment_on_day BEFORE INSERT ON shipment
WHEN NEW.on_day < (SELECT date(min(clock, (SELECT at FROM sign_off WHERE batch IS NEW.batch AND place IS 'release' ORDER BY seq DESC LIMIT 1)) / 1000000 - 86400, 'unixepoch') FROM clock_of_line WHERE seq IS NEW.seq)
    OR NEW.on_day > (SELECT date(max(clock, at) / 1000000 + 172800, 'unixepoch') FROM clock_of_line WHERE seq IS NEW.seq)
BEGIN SELECT RAISE(ABORT, 'rule:ship-day'); END
--;
CREATE TRIGGER shipped_unreleased_on_day BEFORE INSERT ON shipped_unreleased
WHEN NEW.on_day < (SELECT date(min(clock, (SELECT registered_at FROM batch WHERE id IS NEW.batch)) / 1000000 - 86400, 'unixepoch') FROM clock_of_line WHERE seq IS NEW.seq)
    OR NEW.on_day > (SELECT date(max(clock, at) / 1000000 + 172800, 'unixepoch') FROM clock_of_line WHERE seq IS NEW.seq)
BEGIN SELECT RAISE(ABORT, 'rule:ship-day'); END
--;
-- What every table refuses by what it is. A row's hidden number is as good as its key: REPLACE on it deletes another row
-- and fires no delete trigger, and so does any unique column.
CREATE TRIGGER line_of_last_event BEFORE INSERT ON line
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER workspace_rowid_free BEFORE INSERT ON workspace
WHEN EXISTS (SELECT 1 FROM workspace WHERE rowid IS NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER shop_of_last_event BEFORE INSERT ON shop
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER person_unique_stays BEFORE UPDATE ON person
WHEN EXISTS (SELECT 1 FROM person WHERE login IS NEW.login AND NEW.login IS NOT NULL AND id IS NOT NEW.id) OR EXISTS (SELECT 1 FROM person WHERE staff IS NEW.staff AND NEW.staff IS NOT NULL AND id IS NOT NEW.id)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER person_rowid_free BEFORE INSERT ON person
WHEN EXISTS (SELECT 1 FROM person WHERE rowid IS NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER person_rowid_stays BEFORE UPDATE ON person
WHEN NEW.rowid IS NOT OLD.rowid
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER person_of_last_event BEFORE INSERT ON person
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER person_key_rowid_free BEFORE INSERT ON person_key
WHEN EXISTS (SELECT 1 FROM person_key WHERE rowid IS NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER person_key_rowid_stays BEFORE UPDATE ON person_key
WHEN NEW.rowid IS NOT OLD.rowid
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER role_grant_rowid_free BEFORE INSERT ON role_grant
WHEN EXISTS (SELECT 1 FROM role_grant WHERE rowid IS NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER role_grant_rowid_stays BEFORE UPDATE ON role_grant
WHEN NEW.rowid IS NOT OLD.rowid
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER role_grant_of_last_event BEFORE INSERT ON role_grant
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER qualification_rowid_free BEFORE INSERT ON qualification
WHEN EXISTS (SELECT 1 FROM qualification WHERE rowid IS NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER qualification_rowid_stays BEFORE UPDATE ON qualification
WHEN NEW.rowid IS NOT OLD.rowid
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER qualification_of_last_event BEFORE INSERT ON qualification
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER session_no_replace BEFORE INSERT ON session
WHEN EXISTS (SELECT 1 FROM session WHERE id IS NEW.id) OR EXISTS (SELECT 1 FROM session WHERE key IS NEW.key)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER session_unique_stays BEFORE UPDATE ON session
WHEN EXISTS (SELECT 1 FROM session WHERE key IS NEW.key AND id IS NOT NEW.id)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER session_rowid_free BEFORE INSERT ON session
WHEN EXISTS (SELECT 1 FROM session WHERE rowid IS NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER session_rowid_stays BEFORE UPDATE ON session
WHEN NEW.rowid IS NOT OLD.rowid
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER supplier_unique_stays BEFORE UPDATE ON supplier
WHEN EXISTS (SELECT 1 FROM supplier WHERE code IS NEW.code AND id IS NOT NEW.id)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER supplier_rowid_free BEFORE INSERT ON supplier
WHEN EXISTS (SELECT 1 FROM supplier WHERE rowid IS NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER supplier_rowid_stays BEFORE UPDATE ON supplier
WHEN NEW.rowid IS NOT OLD.rowid
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER supplier_of_last_event BEFORE INSERT ON supplier
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER product_unique_stays BEFORE UPDATE ON product
WHEN EXISTS (SELECT 1 FROM product WHERE code IS NEW.code AND revision IS NEW.revision AND id IS NOT NEW.id)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER product_rowid_free BEFORE INSERT ON product
WHEN EXISTS (SELECT 1 FROM product WHERE rowid IS NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER product_rowid_stays BEFORE UPDATE ON product
WHEN NEW.rowid IS NOT OLD.rowid
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER product_of_last_event BEFORE INSERT ON product
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER defect_code_rowid_free BEFORE INSERT ON defect_code
WHEN EXISTS (SELECT 1 FROM defect_code WHERE rowid IS NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER defect_code_rowid_stays BEFORE UPDATE ON defect_code
WHEN NEW.rowid IS NOT OLD.rowid
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER defect_code_of_last_event BEFORE INSERT ON defect_code
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER instrument_unique_stays BEFORE UPDATE ON instrument
WHEN EXISTS (SELECT 1 FROM instrument WHERE number IS NEW.number AND id IS NOT NEW.id)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER instrument_rowid_free BEFORE INSERT ON instrument
WHEN EXISTS (SELECT 1 FROM instrument WHERE rowid IS NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER instrument_rowid_stays BEFORE UPDATE ON instrument
WHEN NEW.rowid IS NOT OLD.rowid
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER instrument_of_last_event BEFORE INSERT ON instrument
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER procedure_version_rowid_free BEFORE INSERT ON procedure_version
WHEN EXISTS (SELECT 1 FROM procedure_version WHERE rowid IS NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER procedure_version_rowid_stays BEFORE UPDATE ON procedure_version
WHEN NEW.rowid IS NOT OLD.rowid
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER procedure_version_of_last_event BEFORE INSERT ON procedure_version
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER procedure_product_rowid_free BEFORE INSERT ON procedure_product
WHEN EXISTS (SELECT 1 FROM procedure_product WHERE rowid IS NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER procedure_product_rowid_stays BEFORE UPDATE ON procedure_product
WHEN NEW.rowid IS NOT OLD.rowid
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER procedure_product_of_last_event BEFORE INSERT ON procedure_product
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER batch_unique_stays BEFORE UPDATE ON batch
WHEN EXISTS (SELECT 1 FROM batch WHERE number IS NEW.number AND id IS NOT NEW.id)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER batch_rowid_free BEFORE INSERT ON batch
WHEN EXISTS (SELECT 1 FROM batch WHERE rowid IS NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER batch_rowid_stays BEFORE UPDATE ON batch
WHEN NEW.rowid IS NOT OLD.rowid
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER batch_of_last_event BEFORE INSERT ON batch
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER batch_maker_rowid_free BEFORE INSERT ON batch_maker
WHEN EXISTS (SELECT 1 FROM batch_maker WHERE rowid IS NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER batch_maker_rowid_stays BEFORE UPDATE ON batch_maker
WHEN NEW.rowid IS NOT OLD.rowid
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER batch_maker_of_last_event BEFORE INSERT ON batch_maker
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER batch_reworker_rowid_free BEFORE INSERT ON batch_reworker
WHEN EXISTS (SELECT 1 FROM batch_reworker WHERE rowid IS NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER batch_reworker_of_last_event BEFORE INSERT ON batch_reworker
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER hold_rowid_free BEFORE INSERT ON hold
WHEN EXISTS (SELECT 1 FROM hold WHERE rowid IS NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER hold_rowid_stays BEFORE UPDATE ON hold
WHEN NEW.rowid IS NOT OLD.rowid
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER hold_of_last_event BEFORE INSERT ON hold
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER round_rowid_free BEFORE INSERT ON round
WHEN EXISTS (SELECT 1 FROM round WHERE rowid IS NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER round_of_last_event BEFORE INSERT ON round
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER checking_rowid_free BEFORE INSERT ON checking
WHEN EXISTS (SELECT 1 FROM checking WHERE rowid IS NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER checking_rowid_stays BEFORE UPDATE ON checking
WHEN NEW.rowid IS NOT OLD.rowid
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER checking_of_last_event BEFORE INSERT ON checking
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER checking_round_of_batch BEFORE INSERT ON checking
WHEN NOT EXISTS (SELECT 1 FROM round WHERE id IS NEW.round AND batch IS NEW.batch)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER unit_result_rowid_free BEFORE INSERT ON unit_result
WHEN EXISTS (SELECT 1 FROM unit_result WHERE rowid IS NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER unit_result_rowid_stays BEFORE UPDATE ON unit_result
WHEN NEW.rowid IS NOT OLD.rowid
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER unit_result_of_last_event BEFORE INSERT ON unit_result
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER finding_rowid_free BEFORE INSERT ON finding
WHEN EXISTS (SELECT 1 FROM finding WHERE rowid IS NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER finding_rowid_stays BEFORE UPDATE ON finding
WHEN NEW.rowid IS NOT OLD.rowid
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER finding_of_last_event BEFORE INSERT ON finding
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER finding_round_of_batch BEFORE INSERT ON finding
WHEN NOT EXISTS (SELECT 1 FROM round WHERE id IS NEW.round AND batch IS NEW.batch)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER reading_rowid_free BEFORE INSERT ON reading
WHEN EXISTS (SELECT 1 FROM reading WHERE rowid IS NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER reading_rowid_stays BEFORE UPDATE ON reading
WHEN NEW.rowid IS NOT OLD.rowid
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER reading_of_last_event BEFORE INSERT ON reading
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER reading_round_of_batch BEFORE INSERT ON reading
WHEN NOT EXISTS (SELECT 1 FROM round WHERE id IS NEW.round AND batch IS NEW.batch)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER sign_off_unique_stays BEFORE UPDATE ON sign_off
WHEN EXISTS (SELECT 1 FROM sign_off WHERE round IS NEW.round AND place IS NEW.place AND seq IS NOT NEW.seq)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER sign_off_of_last_event BEFORE INSERT ON sign_off
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER sign_off_round_of_batch BEFORE INSERT ON sign_off
WHEN NOT EXISTS (SELECT 1 FROM round WHERE id IS NEW.round AND batch IS NEW.batch)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER comparison_rowid_free BEFORE INSERT ON comparison
WHEN EXISTS (SELECT 1 FROM comparison WHERE rowid IS NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER comparison_of_last_event BEFORE INSERT ON comparison
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER comparison_round_of_batch BEFORE INSERT ON comparison
WHEN NOT EXISTS (SELECT 1 FROM round WHERE id IS NEW.round AND batch IS NEW.batch)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER decision_rowid_free BEFORE INSERT ON decision
WHEN EXISTS (SELECT 1 FROM decision WHERE rowid IS NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER decision_of_last_event BEFORE INSERT ON decision
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER decision_round_of_batch BEFORE INSERT ON decision
WHEN NOT EXISTS (SELECT 1 FROM round WHERE id IS NEW.round AND batch IS NEW.batch)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER place_given_up_rowid_free BEFORE INSERT ON place_given_up
WHEN EXISTS (SELECT 1 FROM place_given_up WHERE rowid IS NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER place_given_up_of_last_event BEFORE INSERT ON place_given_up
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER first_seen_rowid_free BEFORE INSERT ON first_seen
WHEN EXISTS (SELECT 1 FROM first_seen WHERE rowid IS NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER first_seen_of_last_event BEFORE INSERT ON first_seen
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER disposition_of_last_event BEFORE INSERT ON disposition
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER disposition_round_of_batch BEFORE INSERT ON disposition
WHEN NOT EXISTS (SELECT 1 FROM round WHERE id IS NEW.round AND batch IS NEW.batch)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER shipment_rowid_free BEFORE INSERT ON shipment
WHEN EXISTS (SELECT 1 FROM shipment WHERE rowid IS NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER shipment_of_last_event BEFORE INSERT ON shipment
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER reported_defect_rowid_free BEFORE INSERT ON reported_defect
WHEN EXISTS (SELECT 1 FROM reported_defect WHERE rowid IS NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER reported_defect_of_last_event BEFORE INSERT ON reported_defect
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER imported_of_last_event BEFORE INSERT ON imported
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER sealed_key_rowid_free BEFORE INSERT ON sealed_key
WHEN EXISTS (SELECT 1 FROM sealed_key WHERE rowid IS NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER sealed_key_rowid_stays BEFORE UPDATE ON sealed_key
WHEN NEW.rowid IS NOT OLD.rowid
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER certificate_program_insert BEFORE INSERT ON certificate
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER certificate_program_update BEFORE UPDATE ON certificate
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER certificate_program_delete BEFORE DELETE ON certificate
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER certificate_no_replace BEFORE INSERT ON certificate
WHEN EXISTS (SELECT 1 FROM certificate WHERE number IS NEW.number) OR EXISTS (SELECT 1 FROM certificate WHERE release IS NEW.release)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER certificate_no_delete BEFORE DELETE ON certificate
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER certificate_no_update BEFORE UPDATE ON certificate
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER certificate_of_last_event BEFORE INSERT ON certificate
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER certificate_round_of_batch BEFORE INSERT ON certificate
WHEN NOT EXISTS (SELECT 1 FROM round WHERE id IS NEW.round AND batch IS NEW.batch)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER certificate_copy_program_insert BEFORE INSERT ON certificate_copy
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER certificate_copy_program_update BEFORE UPDATE ON certificate_copy
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER certificate_copy_program_delete BEFORE DELETE ON certificate_copy
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER certificate_copy_no_replace BEFORE INSERT ON certificate_copy
WHEN EXISTS (SELECT 1 FROM certificate_copy WHERE number IS NEW.number AND copy IS NEW.copy)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER certificate_copy_no_delete BEFORE DELETE ON certificate_copy
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER certificate_copy_no_update BEFORE UPDATE ON certificate_copy
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER certificate_copy_rowid_free BEFORE INSERT ON certificate_copy
WHEN EXISTS (SELECT 1 FROM certificate_copy WHERE rowid IS NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER certificate_copy_of_last_event BEFORE INSERT ON certificate_copy
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER certificate_withdrawn_program_insert BEFORE INSERT ON certificate_withdrawn
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER certificate_withdrawn_program_update BEFORE UPDATE ON certificate_withdrawn
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER certificate_withdrawn_program_delete BEFORE DELETE ON certificate_withdrawn
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER certificate_withdrawn_no_replace BEFORE INSERT ON certificate_withdrawn
WHEN EXISTS (SELECT 1 FROM certificate_withdrawn WHERE number IS NEW.number)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER certificate_withdrawn_no_delete BEFORE DELETE ON certificate_withdrawn
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER certificate_withdrawn_no_update BEFORE UPDATE ON certificate_withdrawn
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER certificate_withdrawn_of_last_event BEFORE INSERT ON certificate_withdrawn
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER search_text_program_insert BEFORE INSERT ON search_text
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER search_text_program_update BEFORE UPDATE ON search_text
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER search_text_program_delete BEFORE DELETE ON search_text
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER defect_total_program_insert BEFORE INSERT ON defect_total
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER defect_total_program_update BEFORE UPDATE ON defect_total
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER defect_total_program_delete BEFORE DELETE ON defect_total
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER record_rowid_free BEFORE INSERT ON record
WHEN EXISTS (SELECT 1 FROM record WHERE rowid IS NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER alembic_version_program_insert BEFORE INSERT ON alembic_version
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER alembic_version_program_update BEFORE UPDATE ON alembic_version
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER alembic_version_program_delete BEFORE DELETE ON alembic_version
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER station_key_program_insert BEFORE INSERT ON station_key
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER station_key_program_update BEFORE UPDATE ON station_key
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER station_key_program_delete BEFORE DELETE ON station_key
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER station_key_no_replace BEFORE INSERT ON station_key
WHEN EXISTS (SELECT 1 FROM station_key WHERE key IS NEW.key)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER station_key_no_delete BEFORE DELETE ON station_key
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER station_key_key_stays BEFORE UPDATE ON station_key
WHEN NEW.key IS NOT OLD.key
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER station_key_rowid_free BEFORE INSERT ON station_key
WHEN EXISTS (SELECT 1 FROM station_key WHERE rowid IS NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER station_key_rowid_stays BEFORE UPDATE ON station_key
WHEN NEW.rowid IS NOT OLD.rowid
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER failed_try_program_insert BEFORE INSERT ON failed_try
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER failed_try_program_update BEFORE UPDATE ON failed_try
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER failed_try_program_delete BEFORE DELETE ON failed_try
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER failed_try_no_replace BEFORE INSERT ON failed_try
WHEN EXISTS (SELECT 1 FROM failed_try WHERE seq IS NEW.seq)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER failed_try_no_delete BEFORE DELETE ON failed_try
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER failed_try_no_update BEFORE UPDATE ON failed_try
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER failed_try_of_last_event BEFORE INSERT ON failed_try
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER person_lock_program_insert BEFORE INSERT ON person_lock
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER person_lock_program_update BEFORE UPDATE ON person_lock
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER person_lock_program_delete BEFORE DELETE ON person_lock
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER person_lock_no_replace BEFORE INSERT ON person_lock
WHEN EXISTS (SELECT 1 FROM person_lock WHERE seq IS NEW.seq)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER person_lock_no_delete BEFORE DELETE ON person_lock
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER person_lock_key_stays BEFORE UPDATE ON person_lock
WHEN NEW.seq IS NOT OLD.seq
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER person_lock_of_last_event BEFORE INSERT ON person_lock
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER badge_program_insert BEFORE INSERT ON badge
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER badge_program_update BEFORE UPDATE ON badge
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER badge_program_delete BEFORE DELETE ON badge
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER badge_no_replace BEFORE INSERT ON badge
WHEN EXISTS (SELECT 1 FROM badge WHERE id IS NEW.id)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER badge_no_delete BEFORE DELETE ON badge
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER badge_key_stays BEFORE UPDATE ON badge
WHEN NEW.id IS NOT OLD.id
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER badge_rowid_free BEFORE INSERT ON badge
WHEN EXISTS (SELECT 1 FROM badge WHERE rowid IS NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER badge_rowid_stays BEFORE UPDATE ON badge
WHEN NEW.rowid IS NOT OLD.rowid
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER clock_jump_program_insert BEFORE INSERT ON clock_jump
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER clock_jump_program_update BEFORE UPDATE ON clock_jump
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER clock_jump_program_delete BEFORE DELETE ON clock_jump
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER clock_jump_no_replace BEFORE INSERT ON clock_jump
WHEN EXISTS (SELECT 1 FROM clock_jump WHERE seq IS NEW.seq)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER clock_jump_no_delete BEFORE DELETE ON clock_jump
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER clock_jump_no_update BEFORE UPDATE ON clock_jump
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER clock_jump_of_last_event BEFORE INSERT ON clock_jump
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER sealed_badge_program_insert BEFORE INSERT ON sealed_badge
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER sealed_badge_program_update BEFORE UPDATE ON sealed_badge
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER sealed_badge_program_delete BEFORE DELETE ON sealed_badge
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER sealed_badge_no_replace BEFORE INSERT ON sealed_badge
WHEN EXISTS (SELECT 1 FROM sealed_badge WHERE id IS NEW.id)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER sealed_badge_no_update BEFORE UPDATE ON sealed_badge
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER sealed_badge_rowid_free BEFORE INSERT ON sealed_badge
WHEN EXISTS (SELECT 1 FROM sealed_badge WHERE rowid IS NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
--;
CREATE TRIGGER shipped_unreleased_program_insert BEFORE INSERT ON shipped_unreleased
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER shipped_unreleased_program_update BEFORE UPDATE ON shipped_unreleased
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER shipped_unreleased_program_delete BEFORE DELETE ON shipped_unreleased
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER shipped_unreleased_no_replace BEFORE INSERT ON shipped_unreleased
WHEN EXISTS (SELECT 1 FROM shipped_unreleased WHERE id IS NEW.id)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER shipped_unreleased_no_delete BEFORE DELETE ON shipped_unreleased
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER shipped_unreleased_no_update BEFORE UPDATE ON shipped_unreleased
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER shipped_unreleased_rowid_free BEFORE INSERT ON shipped_unreleased
WHEN EXISTS (SELECT 1 FROM shipped_unreleased WHERE rowid IS NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER shipped_unreleased_of_last_event BEFORE INSERT ON shipped_unreleased
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER voided_program_insert BEFORE INSERT ON voided
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER voided_program_update BEFORE UPDATE ON voided
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER voided_program_delete BEFORE DELETE ON voided
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER voided_no_replace BEFORE INSERT ON voided
WHEN EXISTS (SELECT 1 FROM voided WHERE event_no IS NEW.event_no)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER voided_no_delete BEFORE DELETE ON voided
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER voided_no_update BEFORE UPDATE ON voided
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER voided_of_last_event BEFORE INSERT ON voided
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER restored_program_insert BEFORE INSERT ON restored
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER restored_program_update BEFORE UPDATE ON restored
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER restored_program_delete BEFORE DELETE ON restored
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER restored_no_replace BEFORE INSERT ON restored
WHEN EXISTS (SELECT 1 FROM restored WHERE seq IS NEW.seq)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER restored_no_delete BEFORE DELETE ON restored
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER restored_no_update BEFORE UPDATE ON restored
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER restored_of_last_event BEFORE INSERT ON restored
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER procedure_grace_program_insert BEFORE INSERT ON procedure_grace
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER procedure_grace_program_update BEFORE UPDATE ON procedure_grace
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER procedure_grace_program_delete BEFORE DELETE ON procedure_grace
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER procedure_grace_no_replace BEFORE INSERT ON procedure_grace
WHEN EXISTS (SELECT 1 FROM procedure_grace WHERE seq IS NEW.seq)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER procedure_grace_no_delete BEFORE DELETE ON procedure_grace
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER procedure_grace_no_update BEFORE UPDATE ON procedure_grace
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER procedure_grace_of_last_event BEFORE INSERT ON procedure_grace
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER procedure_stopped_program_insert BEFORE INSERT ON procedure_stopped
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER procedure_stopped_program_update BEFORE UPDATE ON procedure_stopped
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER procedure_stopped_program_delete BEFORE DELETE ON procedure_stopped
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER procedure_stopped_no_replace BEFORE INSERT ON procedure_stopped
WHEN EXISTS (SELECT 1 FROM procedure_stopped WHERE code IS NEW.code AND version IS NEW.version)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER procedure_stopped_no_delete BEFORE DELETE ON procedure_stopped
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER procedure_stopped_no_update BEFORE UPDATE ON procedure_stopped
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER procedure_stopped_rowid_free BEFORE INSERT ON procedure_stopped
WHEN EXISTS (SELECT 1 FROM procedure_stopped WHERE rowid IS NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER procedure_stopped_of_last_event BEFORE INSERT ON procedure_stopped
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER batch_number_program_insert BEFORE INSERT ON batch_number
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER batch_number_program_update BEFORE UPDATE ON batch_number
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER batch_number_program_delete BEFORE DELETE ON batch_number
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER batch_number_no_replace BEFORE INSERT ON batch_number
WHEN EXISTS (SELECT 1 FROM batch_number WHERE seq IS NEW.seq)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER batch_number_no_delete BEFORE DELETE ON batch_number
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER batch_number_no_update BEFORE UPDATE ON batch_number
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER batch_number_of_last_event BEFORE INSERT ON batch_number
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER reinspection_program_insert BEFORE INSERT ON reinspection
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER reinspection_program_update BEFORE UPDATE ON reinspection
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER reinspection_program_delete BEFORE DELETE ON reinspection
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER reinspection_no_replace BEFORE INSERT ON reinspection
WHEN EXISTS (SELECT 1 FROM reinspection WHERE round IS NEW.round)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER reinspection_no_delete BEFORE DELETE ON reinspection
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER reinspection_no_update BEFORE UPDATE ON reinspection
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER reinspection_rowid_free BEFORE INSERT ON reinspection
WHEN EXISTS (SELECT 1 FROM reinspection WHERE rowid IS NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER reinspection_of_last_event BEFORE INSERT ON reinspection
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER reinspection_round_of_batch BEFORE INSERT ON reinspection
WHEN NOT EXISTS (SELECT 1 FROM round WHERE id IS NEW.round AND batch IS NEW.batch)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER severity_program_insert BEFORE INSERT ON severity
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER severity_program_update BEFORE UPDATE ON severity
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER severity_program_delete BEFORE DELETE ON severity
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER severity_no_replace BEFORE INSERT ON severity
WHEN EXISTS (SELECT 1 FROM severity WHERE seq IS NEW.seq AND defect_class IS NEW.defect_class)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER severity_no_delete BEFORE DELETE ON severity
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER severity_no_update BEFORE UPDATE ON severity
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER severity_rowid_free BEFORE INSERT ON severity
WHEN EXISTS (SELECT 1 FROM severity WHERE rowid IS NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER severity_of_last_event BEFORE INSERT ON severity
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER reviewed_program_insert BEFORE INSERT ON reviewed
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER reviewed_program_update BEFORE UPDATE ON reviewed
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER reviewed_program_delete BEFORE DELETE ON reviewed
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER reviewed_no_replace BEFORE INSERT ON reviewed
WHEN EXISTS (SELECT 1 FROM reviewed WHERE checking IS NEW.checking AND claim IS NEW.claim AND seq IS NEW.seq)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER reviewed_no_delete BEFORE DELETE ON reviewed
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER reviewed_no_update BEFORE UPDATE ON reviewed
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER reviewed_rowid_free BEFORE INSERT ON reviewed
WHEN EXISTS (SELECT 1 FROM reviewed WHERE rowid IS NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER reviewed_of_last_event BEFORE INSERT ON reviewed
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER clock_correction_program_insert BEFORE INSERT ON clock_correction
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER clock_correction_program_update BEFORE UPDATE ON clock_correction
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER clock_correction_program_delete BEFORE DELETE ON clock_correction
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER clock_correction_no_replace BEFORE INSERT ON clock_correction
WHEN EXISTS (SELECT 1 FROM clock_correction WHERE seq IS NEW.seq)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER clock_correction_no_delete BEFORE DELETE ON clock_correction
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER clock_correction_no_update BEFORE UPDATE ON clock_correction
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER clock_correction_of_last_event BEFORE INSERT ON clock_correction
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER clock_behind_program_insert BEFORE INSERT ON clock_behind
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER clock_behind_program_update BEFORE UPDATE ON clock_behind
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER clock_behind_program_delete BEFORE DELETE ON clock_behind
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER clock_behind_no_replace BEFORE INSERT ON clock_behind
WHEN EXISTS (SELECT 1 FROM clock_behind WHERE seq IS NEW.seq)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER clock_behind_no_delete BEFORE DELETE ON clock_behind
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER clock_behind_no_update BEFORE UPDATE ON clock_behind
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER clock_behind_of_last_event BEFORE INSERT ON clock_behind
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER line_signer_rowid_free BEFORE INSERT ON line_signer
WHEN EXISTS (SELECT 1 FROM line_signer WHERE rowid IS NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER line_signer_of_last_event BEFORE INSERT ON line_signer
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER recovery_sheet_rowid_free BEFORE INSERT ON recovery_sheet
WHEN EXISTS (SELECT 1 FROM recovery_sheet WHERE rowid IS NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER recovery_sheet_rowid_stays BEFORE UPDATE ON recovery_sheet
WHEN NEW.rowid IS NOT OLD.rowid
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER namesake_rowid_free BEFORE INSERT ON namesake
WHEN EXISTS (SELECT 1 FROM namesake WHERE rowid IS NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER namesake_rowid_stays BEFORE UPDATE ON namesake
WHEN NEW.rowid IS NOT OLD.rowid
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER namesake_of_last_event BEFORE INSERT ON namesake
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
