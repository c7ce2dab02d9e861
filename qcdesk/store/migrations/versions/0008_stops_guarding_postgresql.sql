-- SPDX-License-Identifier: Apache-2.0
-- Eighth schema, what comes last, PostgreSQL: statements end with a line that holds only two dashes and a semicolon.
-- Owner, rights and rules that never sleep, of what this revision added; runs after all other parts.
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
--;
-- The owner and the rights. Where the login may not do this, nothing at all is laid.
DO $$
DECLARE
    one record;
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['qcdesk_owner', 'qcdesk_program'] LOOP
        IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = name) THEN
            BEGIN
                EXECUTE format('CREATE ROLE %I NOLOGIN', name);
            EXCEPTION WHEN duplicate_object OR unique_violation THEN
                NULL;  -- another workspace on this server was laid in the same moment
            END;
        END IF;
        IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = name
            AND (rolcanlogin OR rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls)) THEN
            RAISE EXCEPTION 'qcdesk:server_rights';
        END IF;
        IF NOT pg_has_role(current_user, name, 'USAGE') THEN
            EXECUTE format('GRANT %I TO CURRENT_USER', name);
        END IF;
    END LOOP;
    EXECUTE 'GRANT USAGE, CREATE ON SCHEMA public TO qcdesk_owner';
    FOR one IN SELECT format('%I.%I', n.nspname, c.relname) AS what FROM pg_class c
        JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind IN ('r', 'v')
    LOOP
        EXECUTE 'ALTER TABLE ' || one.what || ' OWNER TO qcdesk_owner';
        EXECUTE 'REVOKE ALL ON ' || one.what || ' FROM PUBLIC, qcdesk_program';
        EXECUTE 'GRANT SELECT ON ' || one.what || ' TO qcdesk_program';
    END LOOP;
    FOR one IN SELECT p.oid::regprocedure::text AS what FROM pg_proc p
        WHERE p.pronamespace = 'public'::regnamespace AND p.proname LIKE 'qc\_%'
    LOOP
        EXECUTE 'ALTER FUNCTION ' || one.what || ' OWNER TO qcdesk_owner';
        EXECUTE 'REVOKE ALL ON FUNCTION ' || one.what || ' FROM PUBLIC, qcdesk_program';
    END LOOP;
    GRANT EXECUTE ON FUNCTION qc_append(bigint, bytea, bytea, bytea, jsonb), qc_keep(jsonb), qc_keep_record(text, bytea),
        qc_keep_file(text, bytea), qc_count(jsonb, jsonb)
        TO qcdesk_program;
    EXECUTE 'REVOKE CREATE ON SCHEMA public FROM PUBLIC, qcdesk_program';
    EXECUTE 'GRANT USAGE ON SCHEMA public TO qcdesk_program';
    EXECUTE format('REVOKE TEMPORARY, CREATE ON DATABASE %I FROM PUBLIC, qcdesk_program', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO qcdesk_program', current_database());
EXCEPTION WHEN insufficient_privilege THEN
    RAISE EXCEPTION 'qcdesk:server_rights';
END $$
