-- SPDX-License-Identifier: Apache-2.0
-- Fifth schema, certificates, SQLite: statements end with a line that holds only two dashes and a semicolon.
-- Nothing is certified under a concession after its last day.
CREATE TRIGGER certificate_in_time BEFORE INSERT ON certificate
WHEN EXISTS (SELECT 1 FROM concession_answer a JOIN concession c ON c.id = a.concession WHERE a.seq = NEW.release AND (c.until_day < NEW.on_day OR c.until_day < date((SELECT min(clock, at) FROM clock_of_line WHERE seq = NEW.seq) / 1000000 + -86400, 'unixepoch')))
BEGIN SELECT RAISE(ABORT, 'rule:concession-expired'); END
