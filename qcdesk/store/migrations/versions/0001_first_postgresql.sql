-- SPDX-License-Identifier: Apache-2.0
-- First schema, PostgreSQL: statements end with a line that holds only two dashes and a semicolon.
CREATE TABLE event (
    seq BIGINT NOT NULL PRIMARY KEY CHECK (seq >= 1),
    body BYTEA NOT NULL,
    sig BYTEA NOT NULL CHECK (length(sig) = 64),
    hash BYTEA NOT NULL UNIQUE CHECK (length(hash) = 32)
)
--;
CREATE TABLE line (
    seq BIGINT NOT NULL REFERENCES event (seq),
    type TEXT NOT NULL,
    person TEXT,
    session TEXT,
    at BIGINT NOT NULL,
    act BIGINT NOT NULL,
    station TEXT NOT NULL,
    batch TEXT,
    round TEXT,
    checking TEXT,
    PRIMARY KEY (seq)
)
--;
CREATE TABLE workspace (
    vault TEXT NOT NULL,
    opened BIGINT NOT NULL,
    recovery_key TEXT NOT NULL,
    PRIMARY KEY (vault)
)
--;
CREATE TABLE shop (
    id BIGINT NOT NULL,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    logo TEXT,
    paper TEXT NOT NULL,
    third_releases BIGINT NOT NULL,
    seq BIGINT NOT NULL REFERENCES event (seq),
    PRIMARY KEY (id),
    CHECK (id = 1)
)
--;
CREATE TABLE person (
    id TEXT NOT NULL CHECK (length(id) = 32),
    login TEXT,
    name TEXT NOT NULL,
    staff TEXT,
    status TEXT NOT NULL,
    languages TEXT NOT NULL,
    enrolled_by TEXT NOT NULL,
    since BIGINT NOT NULL,
    seq BIGINT NOT NULL REFERENCES event (seq),
    PRIMARY KEY (id),
    UNIQUE (login),
    UNIQUE (staff),
    CHECK (status IN ('active', 'suspended', 'listed'))
)
--;
CREATE TABLE person_key (
    key TEXT NOT NULL,
    person TEXT NOT NULL REFERENCES person (id),
    public_key TEXT NOT NULL,
    from_seq BIGINT NOT NULL,
    until_seq BIGINT,
    PRIMARY KEY (key)
)
--;
CREATE TABLE role_grant (
    person TEXT NOT NULL REFERENCES person (id),
    role TEXT NOT NULL,
    families TEXT NOT NULL,
    until TEXT,
    seq BIGINT NOT NULL REFERENCES event (seq),
    PRIMARY KEY (person, role)
)
--;
CREATE TABLE qualification (
    person TEXT NOT NULL REFERENCES person (id),
    procedure TEXT NOT NULL,
    until TEXT,
    seq BIGINT NOT NULL REFERENCES event (seq),
    PRIMARY KEY (person, procedure)
)
--;
CREATE TABLE session (
    id TEXT NOT NULL CHECK (length(id) = 32),
    person TEXT NOT NULL REFERENCES person (id),
    key TEXT NOT NULL,
    public_key TEXT NOT NULL,
    opened BIGINT NOT NULL,
    closed BIGINT,
    PRIMARY KEY (id)
)
--;
CREATE TABLE supplier (
    id TEXT NOT NULL CHECK (length(id) = 32),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    name_latin TEXT NOT NULL,
    country TEXT NOT NULL,
    address TEXT NOT NULL,
    contact TEXT NOT NULL,
    note TEXT NOT NULL,
    source TEXT,
    seq BIGINT NOT NULL REFERENCES event (seq),
    PRIMARY KEY (id),
    UNIQUE (code)
)
--;
CREATE TABLE product (
    id TEXT NOT NULL CHECK (length(id) = 32),
    code TEXT NOT NULL,
    revision TEXT NOT NULL,
    name TEXT NOT NULL,
    family TEXT NOT NULL,
    unit TEXT NOT NULL,
    picture TEXT,
    note TEXT NOT NULL,
    source TEXT,
    seq BIGINT NOT NULL REFERENCES event (seq),
    PRIMARY KEY (id),
    UNIQUE (code, revision)
)
--;
CREATE TABLE defect_code (
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    defect_class TEXT NOT NULL,
    names TEXT NOT NULL,
    note TEXT NOT NULL,
    retired BIGINT NOT NULL,
    source TEXT,
    seq BIGINT NOT NULL REFERENCES event (seq),
    PRIMARY KEY (code)
)
--;
CREATE TABLE instrument (
    id TEXT NOT NULL CHECK (length(id) = 32),
    number TEXT NOT NULL,
    kind TEXT NOT NULL,
    calibrated_until TEXT,
    blocked BIGINT NOT NULL,
    note TEXT NOT NULL,
    seq BIGINT NOT NULL REFERENCES event (seq),
    PRIMARY KEY (id),
    UNIQUE (number)
)
--;
CREATE TABLE procedure_version (
    code TEXT NOT NULL,
    version BIGINT NOT NULL,
    state TEXT NOT NULL,
    author TEXT NOT NULL,
    content TEXT NOT NULL,
    hash TEXT NOT NULL,
    approved_by TEXT,
    approved_at BIGINT,
    seq BIGINT NOT NULL REFERENCES event (seq),
    PRIMARY KEY (code, version),
    CHECK (state IN ('draft', 'approved', 'retired'))
)
--;
CREATE TABLE procedure_product (
    code TEXT NOT NULL,
    version BIGINT NOT NULL,
    product TEXT NOT NULL,
    seq BIGINT NOT NULL REFERENCES event (seq),
    PRIMARY KEY (code, version, product)
)
--;
CREATE TABLE batch (
    id TEXT NOT NULL CHECK (length(id) = 32),
    number TEXT NOT NULL,
    product TEXT NOT NULL REFERENCES product (id),
    supplier TEXT REFERENCES supplier (id),
    line TEXT NOT NULL,
    quantity BIGINT NOT NULL,
    order_no TEXT NOT NULL,
    made_on TEXT,
    ship_by TEXT,
    note TEXT NOT NULL,
    source TEXT,
    state TEXT NOT NULL,
    held BIGINT NOT NULL,
    hold TEXT,
    lane_since BIGINT NOT NULL,
    round TEXT,
    round_no BIGINT NOT NULL,
    next_severity TEXT NOT NULL,
    again_used BIGINT NOT NULL,
    rework_ordered BIGINT NOT NULL,
    released BIGINT NOT NULL,
    shipped BIGINT NOT NULL,
    registered_at BIGINT NOT NULL,
    registered_by TEXT NOT NULL,
    seq BIGINT NOT NULL REFERENCES event (seq),
    lane TEXT NOT NULL GENERATED ALWAYS AS (CASE
        WHEN state IN ('cancelled', 'returned', 'scrapped') THEN 'done'
        WHEN state IN ('released', 'released_under_concession') AND shipped >= released AND held = 0 THEN 'done'
        WHEN held = 1 OR state IN ('rejected', 'withdrawn') THEN 'quarantined'
        WHEN state IN ('registered', 'first_check') THEN 'to_inspect'
        WHEN state IN ('awaiting_second', 'second_check') THEN 'waiting_second'
        WHEN state = 'disagreed' THEN 'disagreement'
        WHEN state = 'accepted' THEN 'to_release'
        ELSE 'ready_to_ship' END) STORED,
    PRIMARY KEY (id),
    UNIQUE (number),
    CHECK (quantity >= 2 AND held IN (0, 1) AND shipped <= released AND released <= quantity)
)
--;
CREATE TABLE batch_maker (
    batch TEXT NOT NULL REFERENCES batch (id),
    person TEXT NOT NULL REFERENCES person (id),
    units TEXT NOT NULL,
    seq BIGINT NOT NULL REFERENCES event (seq),
    PRIMARY KEY (batch, person)
)
--;
CREATE TABLE batch_reworker (
    batch TEXT NOT NULL REFERENCES batch (id),
    person TEXT NOT NULL REFERENCES person (id),
    seq BIGINT NOT NULL REFERENCES event (seq),
    PRIMARY KEY (batch, person, seq)
)
--;
CREATE TABLE hold (
    id TEXT NOT NULL CHECK (length(id) = 32),
    batch TEXT NOT NULL REFERENCES batch (id),
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    person TEXT NOT NULL,
    at BIGINT NOT NULL,
    seq BIGINT NOT NULL REFERENCES event (seq),
    lifted BIGINT,
    PRIMARY KEY (id)
)
--;
CREATE TABLE round (
    id TEXT NOT NULL CHECK (length(id) = 32),
    batch TEXT NOT NULL REFERENCES batch (id),
    no BIGINT NOT NULL,
    opened TEXT NOT NULL,
    seq BIGINT NOT NULL REFERENCES event (seq),
    PRIMARY KEY (id),
    UNIQUE (batch, no)
)
--;
CREATE TABLE checking (
    id TEXT NOT NULL CHECK (length(id) = 32),
    round TEXT NOT NULL REFERENCES round (id),
    batch TEXT NOT NULL REFERENCES batch (id),
    place TEXT NOT NULL,
    person TEXT NOT NULL REFERENCES person (id),
    state TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    seq BIGINT NOT NULL REFERENCES event (seq),
    reason TEXT NOT NULL,
    signed BIGINT,
    PRIMARY KEY (id),
    CHECK (place IN ('first', 'second', 'third'))
)
--;
CREATE TABLE unit_result (
    checking TEXT NOT NULL REFERENCES checking (id),
    unit BIGINT NOT NULL,
    not_done TEXT,
    seq BIGINT NOT NULL REFERENCES event (seq),
    PRIMARY KEY (checking, unit)
)
--;
CREATE TABLE finding (
    id TEXT NOT NULL CHECK (length(id) = 32),
    checking TEXT NOT NULL REFERENCES checking (id),
    round TEXT NOT NULL REFERENCES round (id),
    batch TEXT NOT NULL REFERENCES batch (id),
    unit BIGINT,
    code TEXT NOT NULL,
    defect_class TEXT NOT NULL,
    count BIGINT NOT NULL,
    place TEXT NOT NULL,
    note TEXT NOT NULL,
    photo TEXT,
    at BIGINT NOT NULL,
    seq BIGINT NOT NULL REFERENCES event (seq),
    withdrawn TEXT,
    PRIMARY KEY (id),
    CHECK (count >= 1)
)
--;
CREATE TABLE reading (
    id TEXT NOT NULL CHECK (length(id) = 32),
    checking TEXT NOT NULL REFERENCES checking (id),
    round TEXT NOT NULL REFERENCES round (id),
    batch TEXT NOT NULL REFERENCES batch (id),
    unit BIGINT NOT NULL,
    characteristic TEXT NOT NULL,
    typed TEXT NOT NULL,
    value TEXT NOT NULL,
    measure TEXT NOT NULL,
    inside BIGINT NOT NULL,
    defect_class TEXT NOT NULL,
    instrument TEXT,
    calibrated_until TEXT,
    at BIGINT NOT NULL,
    reason TEXT NOT NULL,
    replaced BIGINT NOT NULL,
    seq BIGINT NOT NULL REFERENCES event (seq),
    PRIMARY KEY (id)
)
--;
CREATE TABLE sign_off (
    seq BIGINT NOT NULL REFERENCES event (seq),
    batch TEXT NOT NULL REFERENCES batch (id),
    round TEXT NOT NULL REFERENCES round (id),
    place TEXT NOT NULL,
    person TEXT NOT NULL REFERENCES person (id),
    key TEXT NOT NULL,
    checking TEXT,
    meaning TEXT NOT NULL,
    verdict TEXT NOT NULL,
    record TEXT NOT NULL,
    at BIGINT NOT NULL,
    maker BIGINT NOT NULL,
    standing BIGINT NOT NULL,
    PRIMARY KEY (seq),
    UNIQUE (round, place),
    CHECK (place IN ('first', 'second', 'third', 'release'))
)
--;
CREATE TABLE comparison (
    round TEXT NOT NULL REFERENCES round (id),
    batch TEXT NOT NULL REFERENCES batch (id),
    seq BIGINT NOT NULL REFERENCES event (seq),
    outcome TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (round),
    CHECK (outcome IN ('accepted', 'rejected', 'disagreed'))
)
--;
CREATE TABLE decision (
    round TEXT NOT NULL REFERENCES round (id),
    batch TEXT NOT NULL REFERENCES batch (id),
    seq BIGINT NOT NULL REFERENCES event (seq),
    person TEXT NOT NULL REFERENCES person (id),
    outcome TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (round),
    CHECK (outcome IN ('accepted', 'rejected'))
)
--;
CREATE TABLE place_given_up (
    round TEXT NOT NULL REFERENCES round (id),
    person TEXT NOT NULL REFERENCES person (id),
    seq BIGINT NOT NULL REFERENCES event (seq),
    PRIMARY KEY (round, person)
)
--;
CREATE TABLE first_seen (
    round TEXT NOT NULL REFERENCES round (id),
    person TEXT NOT NULL REFERENCES person (id),
    what TEXT NOT NULL,
    seq BIGINT NOT NULL REFERENCES event (seq),
    PRIMARY KEY (round, person)
)
--;
CREATE TABLE disposition (
    seq BIGINT NOT NULL REFERENCES event (seq),
    batch TEXT NOT NULL REFERENCES batch (id),
    round TEXT NOT NULL REFERENCES round (id),
    kind TEXT NOT NULL,
    quantity BIGINT NOT NULL,
    person TEXT NOT NULL,
    confirmed_by TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (seq)
)
--;
CREATE TABLE shipment (
    id TEXT NOT NULL CHECK (length(id) = 32),
    batch TEXT NOT NULL REFERENCES batch (id),
    quantity BIGINT NOT NULL,
    to_whom TEXT NOT NULL,
    on_day TEXT NOT NULL,
    document TEXT NOT NULL,
    person TEXT NOT NULL,
    seq BIGINT NOT NULL REFERENCES event (seq),
    PRIMARY KEY (id),
    CHECK (quantity >= 1)
)
--;
CREATE TABLE reported_defect (
    id TEXT NOT NULL CHECK (length(id) = 32),
    source TEXT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    defect_class TEXT NOT NULL,
    count BIGINT NOT NULL,
    batch TEXT,
    supplier TEXT,
    product TEXT,
    found_on TEXT,
    reference TEXT NOT NULL,
    note TEXT NOT NULL,
    at BIGINT NOT NULL,
    seq BIGINT NOT NULL REFERENCES event (seq),
    PRIMARY KEY (id)
)
--;
CREATE TABLE imported (
    seq BIGINT NOT NULL REFERENCES event (seq),
    kind TEXT NOT NULL,
    file TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    rows BIGINT NOT NULL,
    mapping_sha256 TEXT,
    person TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (seq)
)
--;
CREATE TABLE record (
    sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(sha256) = 64),
    document BYTEA NOT NULL,
    CHECK (sha256 = encode(sha256(document), 'hex'))
)
--;
CREATE TABLE sealed_key (
    key TEXT NOT NULL PRIMARY KEY CHECK (length(key) = 32),
    person TEXT NOT NULL,
    public_key TEXT NOT NULL,
    sealed TEXT NOT NULL
)
--;
CREATE TABLE search_text (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    folded TEXT NOT NULL,
    PRIMARY KEY (kind, id)
)
--;
CREATE TABLE defect_total (
    supplier TEXT NOT NULL,
    code TEXT NOT NULL,
    month TEXT NOT NULL,
    total BIGINT NOT NULL,
    PRIMARY KEY (supplier, code, month)
)
--;
CREATE INDEX line_of_batch ON line (batch, seq) WHERE batch IS NOT NULL
--;
CREATE INDEX line_of_check ON line (checking, seq) WHERE checking IS NOT NULL
--;
CREATE INDEX line_of_person ON line (person, seq)
--;
CREATE INDEX batch_lane ON batch (lane, ship_by, lane_since, id) WHERE lane <> 'done'
--;
CREATE INDEX batch_newest ON batch (registered_at DESC, id)
--;
CREATE INDEX batch_of_supplier ON batch (supplier, registered_at) WHERE supplier IS NOT NULL
--;
CREATE INDEX checking_open ON checking (person, state) WHERE state = 'open'
--;
CREATE INDEX checking_of_round ON checking (round)
--;
CREATE INDEX round_of_batch ON round (batch)
--;
CREATE INDEX finding_of_check ON finding (checking)
--;
CREATE INDEX finding_of_batch ON finding (batch)
--;
CREATE INDEX reading_of_check ON reading (checking)
--;
CREATE INDEX reading_of_batch ON reading (batch)
--;
CREATE INDEX sign_off_of_batch ON sign_off (batch)
--;
CREATE INDEX hold_of_batch ON hold (batch)
--;
CREATE INDEX shipment_of_batch ON shipment (batch)
--;
CREATE INDEX disposition_of_batch ON disposition (batch)
--;
CREATE INDEX reported_of_supplier ON reported_defect (supplier) WHERE supplier IS NOT NULL
--;
CREATE INDEX reported_of_batch ON reported_defect (batch) WHERE batch IS NOT NULL
--;
CREATE INDEX product_by_code ON procedure_product (product)
--;
-- Rules. The blanket rule that only the program writes has no counterpart here: a session setting could be set by
-- anybody, and what holds is the roles that own the tables and call the functions.
CREATE FUNCTION qc_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
END $$
--;
CREATE FUNCTION qc_event_chained() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    last bigint;
    head bytea;
    said json;
BEGIN
    SELECT seq, hash INTO last, head FROM event ORDER BY seq DESC LIMIT 1;
    said := convert_from(NEW.body, 'UTF8')::json;
    IF NEW.seq IS DISTINCT FROM coalesce(last, 0) + 1
        OR NEW.seq::text IS DISTINCT FROM said ->> 'seq'
        OR encode(coalesce(head, decode(repeat('00', 32), 'hex')), 'hex') IS DISTINCT FROM said ->> 'prev'
        OR NEW.hash IS DISTINCT FROM sha256(convert_to('QCDESK-EVENT-1', 'UTF8') || '\x00'::bytea
            || int8send(length(NEW.body)::bigint) || NEW.body || NEW.sig)
        OR (last IS NOT NULL AND said ->> 'vault' IS DISTINCT FROM (SELECT vault FROM workspace)) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:unverified', ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
EXCEPTION WHEN data_exception THEN
    RAISE EXCEPTION USING MESSAGE = 'rule:unverified', ERRCODE = 'integrity_constraint_violation';
END $$
--;
CREATE TRIGGER event_verified BEFORE INSERT ON event
FOR EACH ROW EXECUTE FUNCTION qc_event_chained()
--;
CREATE TRIGGER line_no_delete BEFORE DELETE ON line
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER line_no_update BEFORE UPDATE ON line
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER workspace_no_delete BEFORE DELETE ON workspace
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER workspace_no_update BEFORE UPDATE ON workspace
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER shop_no_delete BEFORE DELETE ON shop
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER shop_key_stays BEFORE UPDATE ON shop
FOR EACH ROW WHEN (NEW.id IS DISTINCT FROM OLD.id)
EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER person_no_delete BEFORE DELETE ON person
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER person_key_stays BEFORE UPDATE ON person
FOR EACH ROW WHEN (NEW.id IS DISTINCT FROM OLD.id)
EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER person_key_no_delete BEFORE DELETE ON person_key
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER person_key_key_stays BEFORE UPDATE ON person_key
FOR EACH ROW WHEN (NEW.key IS DISTINCT FROM OLD.key)
EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER role_grant_key_stays BEFORE UPDATE ON role_grant
FOR EACH ROW WHEN (NEW.person IS DISTINCT FROM OLD.person OR NEW.role IS DISTINCT FROM OLD.role)
EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER qualification_key_stays BEFORE UPDATE ON qualification
FOR EACH ROW WHEN (NEW.person IS DISTINCT FROM OLD.person OR NEW.procedure IS DISTINCT FROM OLD.procedure)
EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER session_no_delete BEFORE DELETE ON session
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER session_key_stays BEFORE UPDATE ON session
FOR EACH ROW WHEN (NEW.id IS DISTINCT FROM OLD.id)
EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER supplier_no_delete BEFORE DELETE ON supplier
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER supplier_key_stays BEFORE UPDATE ON supplier
FOR EACH ROW WHEN (NEW.id IS DISTINCT FROM OLD.id)
EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER product_no_delete BEFORE DELETE ON product
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER product_key_stays BEFORE UPDATE ON product
FOR EACH ROW WHEN (NEW.id IS DISTINCT FROM OLD.id)
EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER defect_code_no_delete BEFORE DELETE ON defect_code
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER defect_code_key_stays BEFORE UPDATE ON defect_code
FOR EACH ROW WHEN (NEW.code IS DISTINCT FROM OLD.code)
EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER instrument_no_delete BEFORE DELETE ON instrument
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER instrument_key_stays BEFORE UPDATE ON instrument
FOR EACH ROW WHEN (NEW.id IS DISTINCT FROM OLD.id)
EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER procedure_version_no_delete BEFORE DELETE ON procedure_version
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER procedure_version_key_stays BEFORE UPDATE ON procedure_version
FOR EACH ROW WHEN (NEW.code IS DISTINCT FROM OLD.code OR NEW.version IS DISTINCT FROM OLD.version)
EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER procedure_product_key_stays BEFORE UPDATE ON procedure_product
FOR EACH ROW WHEN (NEW.code IS DISTINCT FROM OLD.code OR NEW.version IS DISTINCT FROM OLD.version OR NEW.product IS DISTINCT FROM OLD.product)
EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER batch_no_delete BEFORE DELETE ON batch
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER batch_key_stays BEFORE UPDATE ON batch
FOR EACH ROW WHEN (NEW.id IS DISTINCT FROM OLD.id)
EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER batch_maker_key_stays BEFORE UPDATE ON batch_maker
FOR EACH ROW WHEN (NEW.batch IS DISTINCT FROM OLD.batch OR NEW.person IS DISTINCT FROM OLD.person)
EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER batch_reworker_no_delete BEFORE DELETE ON batch_reworker
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER batch_reworker_no_update BEFORE UPDATE ON batch_reworker
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER hold_no_delete BEFORE DELETE ON hold
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER hold_key_stays BEFORE UPDATE ON hold
FOR EACH ROW WHEN (NEW.id IS DISTINCT FROM OLD.id)
EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER round_no_delete BEFORE DELETE ON round
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER round_no_update BEFORE UPDATE ON round
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER checking_no_delete BEFORE DELETE ON checking
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER checking_key_stays BEFORE UPDATE ON checking
FOR EACH ROW WHEN (NEW.id IS DISTINCT FROM OLD.id)
EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER unit_result_no_delete BEFORE DELETE ON unit_result
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER unit_result_key_stays BEFORE UPDATE ON unit_result
FOR EACH ROW WHEN (NEW.checking IS DISTINCT FROM OLD.checking OR NEW.unit IS DISTINCT FROM OLD.unit)
EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER finding_no_delete BEFORE DELETE ON finding
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER finding_key_stays BEFORE UPDATE ON finding
FOR EACH ROW WHEN (NEW.id IS DISTINCT FROM OLD.id)
EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER reading_no_delete BEFORE DELETE ON reading
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER reading_key_stays BEFORE UPDATE ON reading
FOR EACH ROW WHEN (NEW.id IS DISTINCT FROM OLD.id)
EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER sign_off_no_delete BEFORE DELETE ON sign_off
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER sign_off_key_stays BEFORE UPDATE ON sign_off
FOR EACH ROW WHEN (NEW.seq IS DISTINCT FROM OLD.seq)
EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER comparison_no_delete BEFORE DELETE ON comparison
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER comparison_no_update BEFORE UPDATE ON comparison
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER decision_no_delete BEFORE DELETE ON decision
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER decision_no_update BEFORE UPDATE ON decision
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER place_given_up_no_delete BEFORE DELETE ON place_given_up
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER place_given_up_no_update BEFORE UPDATE ON place_given_up
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER first_seen_no_delete BEFORE DELETE ON first_seen
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER first_seen_no_update BEFORE UPDATE ON first_seen
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER disposition_no_delete BEFORE DELETE ON disposition
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER disposition_no_update BEFORE UPDATE ON disposition
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER shipment_no_delete BEFORE DELETE ON shipment
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER shipment_no_update BEFORE UPDATE ON shipment
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER reported_defect_no_delete BEFORE DELETE ON reported_defect
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER reported_defect_no_update BEFORE UPDATE ON reported_defect
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER imported_no_delete BEFORE DELETE ON imported
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER imported_no_update BEFORE UPDATE ON imported
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER event_no_delete BEFORE DELETE ON event
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER event_no_update BEFORE UPDATE ON event
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER record_no_delete BEFORE DELETE ON record
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER record_no_update BEFORE UPDATE ON record
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER sealed_key_key_stays BEFORE UPDATE ON sealed_key
FOR EACH ROW WHEN (NEW.key IS DISTINCT FROM OLD.key)
EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER sign_off_signed_stays BEFORE UPDATE ON sign_off
FOR EACH ROW WHEN (NEW.seq IS DISTINCT FROM OLD.seq OR NEW.batch IS DISTINCT FROM OLD.batch OR NEW.round IS DISTINCT FROM OLD.round OR NEW.place IS DISTINCT FROM OLD.place OR NEW.person IS DISTINCT FROM OLD.person OR NEW.key IS DISTINCT FROM OLD.key OR NEW.checking IS DISTINCT FROM OLD.checking OR NEW.meaning IS DISTINCT FROM OLD.meaning OR NEW.verdict IS DISTINCT FROM OLD.verdict OR NEW.record IS DISTINCT FROM OLD.record OR NEW.at IS DISTINCT FROM OLD.at OR NEW.maker IS DISTINCT FROM OLD.maker)
EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER finding_signed_stays BEFORE UPDATE ON finding
FOR EACH ROW WHEN (NEW.id IS DISTINCT FROM OLD.id OR NEW.checking IS DISTINCT FROM OLD.checking OR NEW.round IS DISTINCT FROM OLD.round OR NEW.batch IS DISTINCT FROM OLD.batch OR NEW.unit IS DISTINCT FROM OLD.unit OR NEW.code IS DISTINCT FROM OLD.code OR NEW.defect_class IS DISTINCT FROM OLD.defect_class OR NEW.count IS DISTINCT FROM OLD.count OR NEW.place IS DISTINCT FROM OLD.place OR NEW.note IS DISTINCT FROM OLD.note OR NEW.photo IS DISTINCT FROM OLD.photo OR NEW.at IS DISTINCT FROM OLD.at OR NEW.seq IS DISTINCT FROM OLD.seq)
EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER reading_signed_stays BEFORE UPDATE ON reading
FOR EACH ROW WHEN (NEW.id IS DISTINCT FROM OLD.id OR NEW.checking IS DISTINCT FROM OLD.checking OR NEW.round IS DISTINCT FROM OLD.round OR NEW.batch IS DISTINCT FROM OLD.batch OR NEW.unit IS DISTINCT FROM OLD.unit OR NEW.characteristic IS DISTINCT FROM OLD.characteristic OR NEW.typed IS DISTINCT FROM OLD.typed OR NEW.value IS DISTINCT FROM OLD.value OR NEW.measure IS DISTINCT FROM OLD.measure OR NEW.inside IS DISTINCT FROM OLD.inside OR NEW.defect_class IS DISTINCT FROM OLD.defect_class OR NEW.instrument IS DISTINCT FROM OLD.instrument OR NEW.calibrated_until IS DISTINCT FROM OLD.calibrated_until OR NEW.at IS DISTINCT FROM OLD.at OR NEW.reason IS DISTINCT FROM OLD.reason OR NEW.seq IS DISTINCT FROM OLD.seq)
EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER hold_signed_stays BEFORE UPDATE ON hold
FOR EACH ROW WHEN (NEW.id IS DISTINCT FROM OLD.id OR NEW.batch IS DISTINCT FROM OLD.batch OR NEW.kind IS DISTINCT FROM OLD.kind OR NEW.reason IS DISTINCT FROM OLD.reason OR NEW.person IS DISTINCT FROM OLD.person OR NEW.at IS DISTINCT FROM OLD.at OR NEW.seq IS DISTINCT FROM OLD.seq)
EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER checking_signed_stays BEFORE UPDATE ON checking
FOR EACH ROW WHEN (NEW.id IS DISTINCT FROM OLD.id OR NEW.round IS DISTINCT FROM OLD.round OR NEW.batch IS DISTINCT FROM OLD.batch OR NEW.place IS DISTINCT FROM OLD.place OR NEW.person IS DISTINCT FROM OLD.person OR NEW.started_at IS DISTINCT FROM OLD.started_at OR NEW.seq IS DISTINCT FROM OLD.seq)
EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER session_signed_stays BEFORE UPDATE ON session
FOR EACH ROW WHEN (NEW.id IS DISTINCT FROM OLD.id OR NEW.person IS DISTINCT FROM OLD.person OR NEW.key IS DISTINCT FROM OLD.key OR NEW.public_key IS DISTINCT FROM OLD.public_key OR NEW.opened IS DISTINCT FROM OLD.opened)
EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER person_key_signed_stays BEFORE UPDATE ON person_key
FOR EACH ROW WHEN (NEW.key IS DISTINCT FROM OLD.key OR NEW.person IS DISTINCT FROM OLD.person OR NEW.public_key IS DISTINCT FROM OLD.public_key OR NEW.from_seq IS DISTINCT FROM OLD.from_seq)
EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER finding_withdrawn_stays BEFORE UPDATE ON finding
FOR EACH ROW WHEN (OLD.withdrawn IS NOT NULL)
EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER sign_off_standing_once BEFORE UPDATE ON sign_off
FOR EACH ROW WHEN (NEW.standing IS DISTINCT FROM 0)
EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER session_closed_once BEFORE UPDATE ON session
FOR EACH ROW WHEN (OLD.closed IS NOT NULL)
EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE FUNCTION qc_finding_open_insert() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT state FROM checking WHERE id = NEW.checking) IS DISTINCT FROM 'open' THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER finding_open_insert BEFORE INSERT ON finding
FOR EACH ROW EXECUTE FUNCTION qc_finding_open_insert('check-closed')
--;
CREATE FUNCTION qc_finding_open_update() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT state FROM checking WHERE id = NEW.checking) IS DISTINCT FROM 'open' THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER finding_open_update BEFORE UPDATE ON finding
FOR EACH ROW EXECUTE FUNCTION qc_finding_open_update('check-closed')
--;
CREATE FUNCTION qc_finding_own() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT person FROM checking WHERE id = NEW.checking) IS DISTINCT FROM (SELECT person FROM line WHERE seq = NEW.seq) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER finding_own BEFORE INSERT ON finding
FOR EACH ROW EXECUTE FUNCTION qc_finding_own('not-your-check')
--;
CREATE FUNCTION qc_reading_open_insert() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT state FROM checking WHERE id = NEW.checking) IS DISTINCT FROM 'open' THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER reading_open_insert BEFORE INSERT ON reading
FOR EACH ROW EXECUTE FUNCTION qc_reading_open_insert('check-closed')
--;
CREATE FUNCTION qc_reading_open_update() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT state FROM checking WHERE id = NEW.checking) IS DISTINCT FROM 'open' THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER reading_open_update BEFORE UPDATE ON reading
FOR EACH ROW EXECUTE FUNCTION qc_reading_open_update('check-closed')
--;
CREATE FUNCTION qc_reading_own() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT person FROM checking WHERE id = NEW.checking) IS DISTINCT FROM (SELECT person FROM line WHERE seq = NEW.seq) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER reading_own BEFORE INSERT ON reading
FOR EACH ROW EXECUTE FUNCTION qc_reading_own('not-your-check')
--;
CREATE FUNCTION qc_unit_result_open_insert() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT state FROM checking WHERE id = NEW.checking) IS DISTINCT FROM 'open' THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER unit_result_open_insert BEFORE INSERT ON unit_result
FOR EACH ROW EXECUTE FUNCTION qc_unit_result_open_insert('check-closed')
--;
CREATE FUNCTION qc_unit_result_open_update() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT state FROM checking WHERE id = NEW.checking) IS DISTINCT FROM 'open' THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER unit_result_open_update BEFORE UPDATE ON unit_result
FOR EACH ROW EXECUTE FUNCTION qc_unit_result_open_update('check-closed')
--;
CREATE FUNCTION qc_unit_result_own() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT person FROM checking WHERE id = NEW.checking) IS DISTINCT FROM (SELECT person FROM line WHERE seq = NEW.seq) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER unit_result_own BEFORE INSERT ON unit_result
FOR EACH ROW EXECUTE FUNCTION qc_unit_result_own('not-your-check')
--;
CREATE FUNCTION qc_checking_place_once() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.state IS DISTINCT FROM 'open' OR EXISTS (SELECT 1 FROM checking WHERE round = NEW.round AND place = NEW.place
        AND state IN ('open', 'signed')) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER checking_place_once BEFORE INSERT ON checking
FOR EACH ROW EXECUTE FUNCTION qc_checking_place_once('place-taken')
--;
CREATE FUNCTION qc_checking_other_person() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.place IS DISTINCT FROM 'first' AND EXISTS (SELECT 1 FROM checking WHERE round = NEW.round AND person = NEW.person
        AND place IS DISTINCT FROM NEW.place AND state IN ('open', 'signed')) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER checking_other_person BEFORE INSERT ON checking
FOR EACH ROW EXECUTE FUNCTION qc_checking_other_person('same-person')
--;
CREATE TRIGGER checking_state BEFORE UPDATE ON checking
FOR EACH ROW WHEN (NOT ((OLD.state IS NOT DISTINCT FROM 'open' AND NEW.state IN ('open', 'signed', 'set_aside')) OR (OLD.state IS NOT DISTINCT FROM 'signed' AND NEW.state IN ('signed', 'retracted'))))
EXECUTE FUNCTION qc_refuse('check-closed')
--;
CREATE FUNCTION qc_checking_signed_has_sign_off() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.state IS NOT DISTINCT FROM 'signed' AND NOT EXISTS (SELECT 1 FROM sign_off WHERE checking = NEW.id AND seq = NEW.signed) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER checking_signed_has_sign_off BEFORE UPDATE ON checking
FOR EACH ROW EXECUTE FUNCTION qc_checking_signed_has_sign_off('four-eyes')
--;
CREATE FUNCTION qc_sign_off_once() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM sign_off WHERE round = NEW.round AND (place = NEW.place OR (person = NEW.person
        AND place IN ('first', 'second', 'third') AND NEW.place IN ('first', 'second', 'third')))) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER sign_off_once BEFORE INSERT ON sign_off
FOR EACH ROW EXECUTE FUNCTION qc_sign_off_once('same-person')
--;
CREATE FUNCTION qc_sign_off_release_not_first() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.place IS NOT DISTINCT FROM 'release' AND EXISTS (SELECT 1 FROM sign_off WHERE round = NEW.round AND place IS NOT DISTINCT FROM 'first' AND person = NEW.person) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER sign_off_release_not_first BEFORE INSERT ON sign_off
FOR EACH ROW EXECUTE FUNCTION qc_sign_off_release_not_first('same-person')
--;
CREATE FUNCTION qc_sign_off_not_maker() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.place IS DISTINCT FROM 'first' AND EXISTS (SELECT 1 FROM batch_maker WHERE batch = NEW.batch AND person = NEW.person) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER sign_off_not_maker BEFORE INSERT ON sign_off
FOR EACH ROW EXECUTE FUNCTION qc_sign_off_not_maker('maker')
--;
CREATE FUNCTION qc_sign_off_not_reworker() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.place IS DISTINCT FROM 'first' AND EXISTS (SELECT 1 FROM batch_reworker WHERE batch = NEW.batch AND person = NEW.person) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER sign_off_not_reworker BEFORE INSERT ON sign_off
FOR EACH ROW EXECUTE FUNCTION qc_sign_off_not_reworker('reworker')
--;
CREATE FUNCTION qc_sign_off_maker_first() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.place IS NOT DISTINCT FROM 'first' AND (EXISTS (SELECT 1 FROM batch_maker WHERE batch = NEW.batch AND person = NEW.person)
        OR EXISTS (SELECT 1 FROM batch_reworker WHERE batch = NEW.batch AND person = NEW.person))
        AND (SELECT opened::json #>> '{procedure,content,maker_may_check_first}' FROM round WHERE id = NEW.round) IS DISTINCT FROM 'true' THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER sign_off_maker_first BEFORE INSERT ON sign_off
FOR EACH ROW EXECUTE FUNCTION qc_sign_off_maker_first('maker-first')
--;
CREATE FUNCTION qc_sign_off_not_seen() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.place IS NOT DISTINCT FROM 'second' AND EXISTS (SELECT 1 FROM first_seen WHERE round = NEW.round AND person = NEW.person) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER sign_off_not_seen BEFORE INSERT ON sign_off
FOR EACH ROW EXECUTE FUNCTION qc_sign_off_not_seen('seen-first')
--;
CREATE FUNCTION qc_sign_off_not_given_up() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.place IS NOT DISTINCT FROM 'second' AND EXISTS (SELECT 1 FROM place_given_up WHERE round = NEW.round AND person = NEW.person) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER sign_off_not_given_up BEFORE INSERT ON sign_off
FOR EACH ROW EXECUTE FUNCTION qc_sign_off_not_given_up('gave-up-place')
--;
CREATE FUNCTION qc_sign_off_order() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (NEW.place IS NOT DISTINCT FROM 'second' AND NOT EXISTS (SELECT 1 FROM sign_off WHERE round = NEW.round AND place IS NOT DISTINCT FROM 'first' AND standing IS NOT DISTINCT FROM 1))
        OR (NEW.place IN ('third', 'release') AND NOT EXISTS (SELECT 1 FROM comparison WHERE round = NEW.round)) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER sign_off_order BEFORE INSERT ON sign_off
FOR EACH ROW EXECUTE FUNCTION qc_sign_off_order('four-eyes')
--;
CREATE FUNCTION qc_sign_off_third() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.place IS NOT DISTINCT FROM 'third' AND (SELECT outcome FROM comparison WHERE round = NEW.round) IS DISTINCT FROM 'disagreed' THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER sign_off_third BEFORE INSERT ON sign_off
FOR EACH ROW EXECUTE FUNCTION qc_sign_off_third('state')
--;
CREATE FUNCTION qc_sign_off_by_its_event() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.standing IS DISTINCT FROM 1 OR NOT EXISTS (SELECT 1 FROM line WHERE seq = NEW.seq AND person = NEW.person AND batch = NEW.batch
        AND type IS NOT DISTINCT FROM CASE NEW.place WHEN 'third' THEN 'round.decided' WHEN 'release' THEN 'batch.released' ELSE 'check.signed' END) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER sign_off_by_its_event BEFORE INSERT ON sign_off
FOR EACH ROW EXECUTE FUNCTION qc_sign_off_by_its_event('unverified')
--;
CREATE FUNCTION qc_sign_off_own_check() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.place IS DISTINCT FROM 'release' AND NOT EXISTS (SELECT 1 FROM checking WHERE id = NEW.checking AND round = NEW.round
        AND place = NEW.place AND person = NEW.person AND state IS NOT DISTINCT FROM 'open') THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER sign_off_own_check BEFORE INSERT ON sign_off
FOR EACH ROW EXECUTE FUNCTION qc_sign_off_own_check('not-your-check')
--;
CREATE FUNCTION qc_sign_off_role() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM role_grant r JOIN person p ON p.id = r.person WHERE r.person = NEW.person AND p.status IS NOT DISTINCT FROM 'active'
        AND r.role IS NOT DISTINCT FROM CASE NEW.place WHEN 'third' THEN 'arbiter' WHEN 'release' THEN 'releaser' ELSE 'inspector' END) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER sign_off_role BEFORE INSERT ON sign_off
FOR EACH ROW EXECUTE FUNCTION qc_sign_off_role('role')
--;
CREATE FUNCTION qc_sign_off_release_accepted() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.place IS NOT DISTINCT FROM 'release' AND NOT (
        (SELECT count(*) FROM sign_off WHERE round = NEW.round AND place IN ('first', 'second') AND standing IS NOT DISTINCT FROM 1) IS NOT DISTINCT FROM 2
        AND (SELECT coalesce((SELECT outcome FROM decision WHERE round = NEW.round),
            (SELECT outcome FROM comparison WHERE round = NEW.round))) IS NOT DISTINCT FROM 'accepted'
        AND (SELECT state FROM batch WHERE id = NEW.batch) IS NOT DISTINCT FROM 'accepted'
        AND (SELECT round FROM batch WHERE id = NEW.batch) IS NOT DISTINCT FROM NEW.round) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER sign_off_release_accepted BEFORE INSERT ON sign_off
FOR EACH ROW EXECUTE FUNCTION qc_sign_off_release_accepted('four-eyes')
--;
CREATE FUNCTION qc_sign_off_release_not_held() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.place IS NOT DISTINCT FROM 'release' AND (SELECT held FROM batch WHERE id = NEW.batch) IS DISTINCT FROM 0 THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER sign_off_release_not_held BEFORE INSERT ON sign_off
FOR EACH ROW EXECUTE FUNCTION qc_sign_off_release_not_held('held')
--;
CREATE FUNCTION qc_comparison_of_two() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT count(*) FROM sign_off WHERE round = NEW.round AND place IN ('first', 'second') AND standing IS NOT DISTINCT FROM 1) IS DISTINCT FROM 2 THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER comparison_of_two BEFORE INSERT ON comparison
FOR EACH ROW EXECUTE FUNCTION qc_comparison_of_two('four-eyes')
--;
CREATE FUNCTION qc_decision_signed() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM sign_off WHERE round = NEW.round AND place IS NOT DISTINCT FROM 'third' AND person = NEW.person AND verdict = NEW.outcome) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER decision_signed BEFORE INSERT ON decision
FOR EACH ROW EXECUTE FUNCTION qc_decision_signed('four-eyes')
--;
CREATE TRIGGER batch_begins_registered BEFORE INSERT ON batch
FOR EACH ROW WHEN (NEW.state IS DISTINCT FROM 'registered' OR NEW.held IS DISTINCT FROM 0 OR NEW.released IS DISTINCT FROM 0 OR NEW.shipped IS DISTINCT FROM 0 OR NEW.round IS NOT NULL)
EXECUTE FUNCTION qc_refuse('state')
--;
CREATE TRIGGER batch_moves BEFORE UPDATE ON batch
FOR EACH ROW WHEN (NEW.state IS DISTINCT FROM OLD.state AND NOT (
    (OLD.state IS NOT DISTINCT FROM 'registered' AND NEW.state IN ('first_check', 'cancelled'))
    OR (OLD.state IS NOT DISTINCT FROM 'first_check' AND NEW.state IN ('awaiting_second'))
    OR (OLD.state IS NOT DISTINCT FROM 'awaiting_second' AND NEW.state IN ('second_check', 'registered'))
    OR (OLD.state IS NOT DISTINCT FROM 'second_check' AND NEW.state IN ('awaiting_second', 'accepted', 'rejected', 'disagreed', 'registered'))
    OR (OLD.state IS NOT DISTINCT FROM 'accepted' AND NEW.state IN ('released', 'registered'))
    OR (OLD.state IS NOT DISTINCT FROM 'rejected' AND NEW.state IN ('registered'))
    OR (OLD.state IS NOT DISTINCT FROM 'disagreed' AND NEW.state IN ('accepted', 'rejected', 'registered'))
    OR (OLD.state IS NOT DISTINCT FROM 'released' AND NEW.state IN ('withdrawn'))
    OR (OLD.state IS NOT DISTINCT FROM 'released_under_concession' AND NEW.state IN ('withdrawn'))))
EXECUTE FUNCTION qc_refuse('state')
--;
CREATE FUNCTION qc_batch_compared() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.state IS DISTINCT FROM OLD.state AND NEW.state IN ('accepted', 'disagreed')
        AND NEW.state IS DISTINCT FROM coalesce((SELECT outcome FROM decision WHERE round = NEW.round), (SELECT outcome FROM comparison WHERE round = NEW.round)) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER batch_compared BEFORE UPDATE ON batch
FOR EACH ROW EXECUTE FUNCTION qc_batch_compared('four-eyes')
--;
CREATE FUNCTION qc_batch_released() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.state IS NOT DISTINCT FROM 'released' AND OLD.state IS DISTINCT FROM 'released' AND NOT (
        EXISTS (SELECT 1 FROM sign_off WHERE round = NEW.round AND place IS NOT DISTINCT FROM 'release' AND batch = NEW.id)
        AND (SELECT count(DISTINCT person) FROM sign_off WHERE round = NEW.round AND place IN ('first', 'second') AND standing IS NOT DISTINCT FROM 1) IS NOT DISTINCT FROM 2
        AND EXISTS (SELECT 1 FROM comparison WHERE round = NEW.round) AND NEW.held IS NOT DISTINCT FROM 0) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER batch_released BEFORE UPDATE ON batch
FOR EACH ROW EXECUTE FUNCTION qc_batch_released('four-eyes')
--;
CREATE FUNCTION qc_batch_released_quantity() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.released IS DISTINCT FROM OLD.released AND (OLD.released IS DISTINCT FROM 0 OR NEW.released > NEW.quantity
        OR NOT EXISTS (SELECT 1 FROM sign_off WHERE round = NEW.round AND place IS NOT DISTINCT FROM 'release' AND batch = NEW.id)) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER batch_released_quantity BEFORE UPDATE ON batch
FOR EACH ROW EXECUTE FUNCTION qc_batch_released_quantity('four-eyes')
--;
CREATE TRIGGER batch_pinned BEFORE UPDATE ON batch
FOR EACH ROW WHEN (OLD.round IS NOT NULL AND (NEW.number IS DISTINCT FROM OLD.number OR NEW.quantity IS DISTINCT FROM OLD.quantity OR NEW.product IS DISTINCT FROM OLD.product
    OR NEW.supplier IS DISTINCT FROM OLD.supplier))
EXECUTE FUNCTION qc_refuse('state')
--;
CREATE FUNCTION qc_batch_shipped() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.shipped IS DISTINCT FROM OLD.shipped AND (NEW.shipped IS DISTINCT FROM (SELECT coalesce(sum(quantity), 0) FROM shipment WHERE batch = NEW.id)
        OR NEW.shipped > NEW.released) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER batch_shipped BEFORE UPDATE ON batch
FOR EACH ROW EXECUTE FUNCTION qc_batch_shipped('more-than-released')
--;
CREATE FUNCTION qc_batch_hold_lifts() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.held IS NOT DISTINCT FROM 1 AND NEW.held IS DISTINCT FROM 1
        AND NOT EXISTS (SELECT 1 FROM hold WHERE id = OLD.hold AND batch = NEW.id AND lifted IS NOT NULL) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER batch_hold_lifts BEFORE UPDATE ON batch
FOR EACH ROW EXECUTE FUNCTION qc_batch_hold_lifts('two-needed')
--;
CREATE FUNCTION qc_hold_lifted_by_two() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.lifted IS DISTINCT FROM OLD.lifted AND (OLD.lifted IS NOT NULL OR NEW.lifted IS DISTINCT FROM (SELECT max(seq) FROM line) OR NOT EXISTS (
        SELECT 1 FROM line WHERE seq = NEW.lifted AND type IS NOT DISTINCT FROM 'batch.lifted' AND batch = NEW.batch)) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER hold_lifted_by_two BEFORE UPDATE ON hold
FOR EACH ROW EXECUTE FUNCTION qc_hold_lifted_by_two('two-needed')
--;
CREATE FUNCTION qc_batch_maker_pinned() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT round_no FROM batch WHERE id = OLD.batch) IS DISTINCT FROM 0 THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN OLD;
END $$
--;
CREATE TRIGGER batch_maker_pinned BEFORE DELETE ON batch_maker
FOR EACH ROW EXECUTE FUNCTION qc_batch_maker_pinned('state')
--;
CREATE TRIGGER batch_maker_stays BEFORE UPDATE ON batch_maker
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE FUNCTION qc_shipment_of_released() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT state FROM batch WHERE id = NEW.batch) NOT IN ('released', 'released_under_concession') THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER shipment_of_released BEFORE INSERT ON shipment
FOR EACH ROW EXECUTE FUNCTION qc_shipment_of_released('four-eyes')
--;
CREATE FUNCTION qc_shipment_not_held() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT held FROM batch WHERE id = NEW.batch) IS DISTINCT FROM 0 THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER shipment_not_held BEFORE INSERT ON shipment
FOR EACH ROW EXECUTE FUNCTION qc_shipment_not_held('held')
--;
CREATE FUNCTION qc_shipment_not_more() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.quantity + (SELECT coalesce(sum(quantity), 0) FROM shipment WHERE batch = NEW.batch)
        > (SELECT released FROM batch WHERE id = NEW.batch) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER shipment_not_more BEFORE INSERT ON shipment
FOR EACH ROW EXECUTE FUNCTION qc_shipment_not_more('more-than-released')
--;
CREATE TRIGGER procedure_version_approved_stays BEFORE UPDATE ON procedure_version
FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM 'draft' AND (NEW.content IS DISTINCT FROM OLD.content OR NEW.hash IS DISTINCT FROM OLD.hash OR NEW.author IS DISTINCT FROM OLD.author OR NEW.state IN ('draft', 'approved') AND NEW.state IS DISTINCT FROM OLD.state))
EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER procedure_version_other_approves BEFORE UPDATE ON procedure_version
FOR EACH ROW WHEN (NEW.state IS NOT DISTINCT FROM 'approved' AND (NEW.approved_by IS NULL OR NEW.approved_by = NEW.author))
EXECUTE FUNCTION qc_refuse('author-approves')
--;
CREATE TRIGGER procedure_version_begins_draft BEFORE INSERT ON procedure_version
FOR EACH ROW WHEN (NEW.state IS DISTINCT FROM 'draft')
EXECUTE FUNCTION qc_refuse('procedure-state')
--;
CREATE FUNCTION qc_role_grant_by_two() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.seq IS DISTINCT FROM (SELECT max(seq) FROM line) OR NOT EXISTS (
        SELECT 1 FROM line WHERE seq = NEW.seq AND type IN ('workspace.opened', 'person.enrolled', 'role.granted')) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER role_grant_by_two BEFORE INSERT ON role_grant
FOR EACH ROW EXECUTE FUNCTION qc_role_grant_by_two('grant-alone')
--;
CREATE FUNCTION qc_role_grant_by_two_again() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.seq IS DISTINCT FROM (SELECT max(seq) FROM line) OR NOT EXISTS (
        SELECT 1 FROM line WHERE seq = NEW.seq AND type IS NOT DISTINCT FROM 'role.granted') THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER role_grant_by_two_again BEFORE UPDATE ON role_grant
FOR EACH ROW EXECUTE FUNCTION qc_role_grant_by_two_again('grant-alone')
--;
CREATE FUNCTION qc_person_key_by_enrolment() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.from_seq IS DISTINCT FROM (SELECT max(seq) FROM line) OR NOT EXISTS (
        SELECT 1 FROM line WHERE seq = NEW.from_seq AND type IN ('workspace.opened', 'person.enrolled')) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER person_key_by_enrolment BEFORE INSERT ON person_key
FOR EACH ROW EXECUTE FUNCTION qc_person_key_by_enrolment('grant-alone')
--;
CREATE FUNCTION qc_batch_round_forward() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.round_no < OLD.round_no OR (NEW.round IS DISTINCT FROM OLD.round
        AND NOT EXISTS (SELECT 1 FROM round WHERE id = NEW.round AND batch = NEW.id AND no = NEW.round_no AND no > OLD.round_no)) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER batch_round_forward BEFORE UPDATE ON batch
FOR EACH ROW EXECUTE FUNCTION qc_batch_round_forward('state')
--;
CREATE TRIGGER batch_again_once BEFORE UPDATE ON batch
FOR EACH ROW WHEN (NEW.again_used < OLD.again_used)
EXECUTE FUNCTION qc_refuse('state')
--;
CREATE FUNCTION qc_batch_hold_stands() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.held IS NOT DISTINCT FROM 1 AND NEW.hold IS DISTINCT FROM OLD.hold
        AND NOT EXISTS (SELECT 1 FROM hold WHERE id = NEW.hold AND batch = NEW.id AND lifted IS NULL) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER batch_hold_stands BEFORE UPDATE ON batch
FOR EACH ROW EXECUTE FUNCTION qc_batch_hold_stands('two-needed')
--;
CREATE TRIGGER person_key_ends_once BEFORE UPDATE ON person_key
FOR EACH ROW WHEN (OLD.until_seq IS NOT NULL)
EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE FUNCTION qc_person_status_by_event() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.status IS DISTINCT FROM OLD.status AND NOT EXISTS (SELECT 1 FROM line WHERE seq IS NOT DISTINCT FROM (SELECT max(seq) FROM line)
        AND type IS NOT DISTINCT FROM CASE NEW.status WHEN 'suspended' THEN 'person.suspended' WHEN 'active' THEN 'person.lifted' END) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER person_status_by_event BEFORE UPDATE ON person
FOR EACH ROW EXECUTE FUNCTION qc_person_status_by_event('grant-alone')
--;
CREATE FUNCTION qc_session_by_its_event() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.closed IS NOT NULL OR NEW.opened IS DISTINCT FROM (SELECT max(seq) FROM line) OR NOT EXISTS (
        SELECT 1 FROM line WHERE seq = NEW.opened AND type IS NOT DISTINCT FROM 'session.opened' AND person = NEW.person) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER session_by_its_event BEFORE INSERT ON session
FOR EACH ROW EXECUTE FUNCTION qc_session_by_its_event('unverified')
--;
CREATE FUNCTION qc_comparison_by_its_event() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.seq IS DISTINCT FROM (SELECT max(seq) FROM line) OR NOT EXISTS (
        SELECT 1 FROM line WHERE seq = NEW.seq AND type IS NOT DISTINCT FROM 'round.compared' AND round = NEW.round AND batch = NEW.batch) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER comparison_by_its_event BEFORE INSERT ON comparison
FOR EACH ROW EXECUTE FUNCTION qc_comparison_by_its_event('unverified')
--;
CREATE TRIGGER disposition_by_two BEFORE INSERT ON disposition
FOR EACH ROW WHEN (NEW.confirmed_by IS NOT DISTINCT FROM '' OR NEW.confirmed_by = NEW.person)
EXECUTE FUNCTION qc_refuse('two-needed')
--;
CREATE TRIGGER reading_replaced_once BEFORE UPDATE ON reading
FOR EACH ROW WHEN (NEW.replaced IS DISTINCT FROM 1)
EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE FUNCTION qc_unit_result_own_update() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT person FROM checking WHERE id = NEW.checking) IS DISTINCT FROM (SELECT person FROM line WHERE seq = NEW.seq) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER unit_result_own_update BEFORE UPDATE ON unit_result
FOR EACH ROW EXECUTE FUNCTION qc_unit_result_own_update('not-your-check')
--;
CREATE FUNCTION qc_procedure_version_approved_by_event() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.state IS NOT DISTINCT FROM 'approved' AND OLD.state IS DISTINCT FROM 'approved' AND NOT EXISTS (
        SELECT 1 FROM line WHERE seq IS NOT DISTINCT FROM (SELECT max(seq) FROM line) AND type IS NOT DISTINCT FROM 'procedure.approved' AND person = NEW.approved_by) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER procedure_version_approved_by_event BEFORE UPDATE ON procedure_version
FOR EACH ROW EXECUTE FUNCTION qc_procedure_version_approved_by_event('unverified')
--;
CREATE FUNCTION qc_procedure_product_of_draft() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT state FROM procedure_version WHERE code = NEW.code AND version = NEW.version) IS DISTINCT FROM 'draft' THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER procedure_product_of_draft BEFORE INSERT ON procedure_product
FOR EACH ROW EXECUTE FUNCTION qc_procedure_product_of_draft('procedure-state')
--;
CREATE FUNCTION qc_procedure_product_of_draft_gone() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT state FROM procedure_version WHERE code = OLD.code AND version = OLD.version) IS DISTINCT FROM 'draft' THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN OLD;
END $$
--;
CREATE TRIGGER procedure_product_of_draft_gone BEFORE DELETE ON procedure_product
FOR EACH ROW EXECUTE FUNCTION qc_procedure_product_of_draft_gone('procedure-state')
--;
CREATE TRIGGER procedure_product_stays BEFORE UPDATE ON procedure_product
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE FUNCTION qc_sign_off_release_third() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.place IS NOT DISTINCT FROM 'release' AND (SELECT third_releases FROM shop) IS NOT DISTINCT FROM 1
        AND EXISTS (SELECT 1 FROM sign_off WHERE round = NEW.round AND place IS NOT DISTINCT FROM 'second' AND person = NEW.person) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER sign_off_release_third BEFORE INSERT ON sign_off
FOR EACH ROW EXECUTE FUNCTION qc_sign_off_release_third('third-releases')
--;
CREATE TRIGGER event_no_truncate BEFORE TRUNCATE ON event
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER line_no_truncate BEFORE TRUNCATE ON line
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER workspace_no_truncate BEFORE TRUNCATE ON workspace
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER shop_no_truncate BEFORE TRUNCATE ON shop
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER person_no_truncate BEFORE TRUNCATE ON person
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER person_key_no_truncate BEFORE TRUNCATE ON person_key
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER role_grant_no_truncate BEFORE TRUNCATE ON role_grant
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER qualification_no_truncate BEFORE TRUNCATE ON qualification
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER session_no_truncate BEFORE TRUNCATE ON session
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER supplier_no_truncate BEFORE TRUNCATE ON supplier
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER product_no_truncate BEFORE TRUNCATE ON product
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER defect_code_no_truncate BEFORE TRUNCATE ON defect_code
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER instrument_no_truncate BEFORE TRUNCATE ON instrument
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER procedure_version_no_truncate BEFORE TRUNCATE ON procedure_version
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER procedure_product_no_truncate BEFORE TRUNCATE ON procedure_product
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER batch_no_truncate BEFORE TRUNCATE ON batch
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER batch_maker_no_truncate BEFORE TRUNCATE ON batch_maker
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER batch_reworker_no_truncate BEFORE TRUNCATE ON batch_reworker
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER hold_no_truncate BEFORE TRUNCATE ON hold
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER round_no_truncate BEFORE TRUNCATE ON round
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER checking_no_truncate BEFORE TRUNCATE ON checking
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER unit_result_no_truncate BEFORE TRUNCATE ON unit_result
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER finding_no_truncate BEFORE TRUNCATE ON finding
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER reading_no_truncate BEFORE TRUNCATE ON reading
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER sign_off_no_truncate BEFORE TRUNCATE ON sign_off
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER comparison_no_truncate BEFORE TRUNCATE ON comparison
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER decision_no_truncate BEFORE TRUNCATE ON decision
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER place_given_up_no_truncate BEFORE TRUNCATE ON place_given_up
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER first_seen_no_truncate BEFORE TRUNCATE ON first_seen
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER disposition_no_truncate BEFORE TRUNCATE ON disposition
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER shipment_no_truncate BEFORE TRUNCATE ON shipment
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER reported_defect_no_truncate BEFORE TRUNCATE ON reported_defect
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER imported_no_truncate BEFORE TRUNCATE ON imported
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER record_no_truncate BEFORE TRUNCATE ON record
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER sealed_key_no_truncate BEFORE TRUNCATE ON sealed_key
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
-- The rules hold as well in a session that calls itself a replica, where plain triggers sleep.
DO $$
DECLARE
    one record;
BEGIN
    FOR one IN SELECT tgrelid::regclass AS on_table, tgname FROM pg_trigger
        WHERE NOT tgisinternal AND tgrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)
    LOOP
        EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER %I', one.on_table, one.tgname);
    END LOOP;
END $$
