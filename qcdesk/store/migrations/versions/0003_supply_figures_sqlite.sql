-- SPDX-License-Identifier: Apache-2.0
-- Third schema, figures added up in the transaction that changes them, SQLite: statements end with a line that holds only two dashes and a semicolon.
-- What each lot and each reported defect counts, and the totals of it: kept in the transaction of the event that changes them.
-- Supplier: its id, empty for own goods, '*' all; product: its code, '*' all; code: of a defect, empty for all other figures.
DROP TABLE defect_total
--;
CREATE TABLE figure_part (
    source TEXT NOT NULL,
    supplier TEXT NOT NULL,
    product TEXT NOT NULL,
    month TEXT NOT NULL,
    name TEXT NOT NULL,
    code TEXT NOT NULL,
    amount INTEGER NOT NULL,
    PRIMARY KEY (source, name, code, month, product, supplier)
) STRICT, WITHOUT ROWID
--;
CREATE INDEX figure_part_behind ON figure_part (supplier, name, code, month, source)
--;
CREATE TABLE figure (
    supplier TEXT NOT NULL,
    product TEXT NOT NULL,
    month TEXT NOT NULL,
    name TEXT NOT NULL,
    code TEXT NOT NULL,
    amount INTEGER NOT NULL,
    PRIMARY KEY (supplier, product, name, month, code)
) STRICT, WITHOUT ROWID
--;
CREATE INDEX figure_spent ON figure (amount) WHERE amount = 0
--;
CREATE TRIGGER figure_part_program_insert BEFORE INSERT ON figure_part
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER figure_part_program_update BEFORE UPDATE ON figure_part
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER figure_part_program_delete BEFORE DELETE ON figure_part
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER figure_program_insert BEFORE INSERT ON figure
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER figure_program_update BEFORE UPDATE ON figure
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER figure_program_delete BEFORE DELETE ON figure
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
