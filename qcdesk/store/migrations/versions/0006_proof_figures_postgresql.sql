-- SPDX-License-Identifier: Apache-2.0
-- Sixth schema, what is asked of one batch found without walking all of them, PostgreSQL: statements end with a line that holds only two dashes and a semicolon.
CREATE INDEX sign_off_of_batch ON sign_off (batch, place)
--;
CREATE INDEX comparison_of_batch ON comparison (batch)
--;
CREATE INDEX decision_of_batch ON decision (batch)
--;
-- What left, the newest first: a page of it, and how many there are.
CREATE INDEX batch_left ON batch (registered_at DESC, id) WHERE lane = 'done'
--;
