# SPDX-License-Identifier: Apache-2.0
"""The schema that a PostgreSQL server really has, held against the one that the migrations make (trust.md §7).

Tables with their columns, constraints, indexes, triggers, functions, views, rewrite rules, owners, and who else was given
which right; what the two roles may, and what they belong to. Each thing by itself, so that each difference is a finding.

What the migrations make stands in ``migrations/postgresql_schema.json``: names, and a digest of each definition as the
server spells it. A server is asked for it once (``python3 packaging/dev.py schema``); the program's own role may create
nothing, so there is nowhere to make it anew. It names the scripts it is of, and counts for those alone.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

import sqlalchemy as sa

Things = dict[tuple[str, str], str]
"""(kind, name) -> definition, or its digest."""
DIGITS = 32
_MIGRATIONS = Path(__file__).with_name("migrations")
REFERENCE = _MIGRATIONS / "postgresql_schema.json"

_OURS = "n.nspname = 'public' AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = o.oid AND d.deptype = 'e')"
_FOR = {
    ":relation:": f"pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND {_OURS.replace('o.oid', 'c.oid')}",
    ":namespace:": f" JOIN pg_namespace n ON n.oid = p.pronamespace AND {_OURS.replace('o.oid', 'p.oid')}",
}
"""What lies in our schema; what belongs to an extension that somebody put there is not ours."""
_QUERIES = {
    "table": "SELECT c.relname, concat_ws(' ', c.relkind, c.relpersistence, c.relrowsecurity, c.relforcerowsecurity,"
    " c.relispartition) FROM :relation: WHERE c.relkind NOT IN ('i', 'I', 't', 'c', 'v')",
    "view": "SELECT c.relname, pg_get_viewdef(c.oid) || ' ' || coalesce(array_to_string(c.reloptions, ' '), '')"
    " FROM :relation: WHERE c.relkind = 'v'",
    "column": "SELECT c.relname || '.' || a.attname, concat_ws(' ', format_type(a.atttypid, a.atttypmod), a.attnotnull,"
    " a.attidentity, a.attgenerated, pg_get_expr(e.adbin, e.adrelid),"
    " (SELECT collname FROM pg_collation WHERE oid = a.attcollation))"
    " FROM :relation: JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
    " LEFT JOIN pg_attrdef e ON e.adrelid = c.oid AND e.adnum = a.attnum WHERE c.relkind NOT IN ('i', 'I', 't', 'c')",
    "constraint": "SELECT c.relname || '.' || k.conname, concat_ws(' ', pg_get_constraintdef(k.oid), k.convalidated,"
    " k.condeferrable) FROM :relation: JOIN pg_constraint k ON k.conrelid = c.oid"
    " AND k.contype IN ('c', 'p', 'u', 'f', 'x')",
    "index": "SELECT c.relname, concat_ws(' ', pg_get_indexdef(c.oid), i.indisvalid, i.indisready, i.indislive)"
    " FROM :relation: JOIN pg_index i ON i.indexrelid = c.oid",
    "trigger": "SELECT c.relname || '.' || t.tgname, pg_get_triggerdef(t.oid) || ' ' || t.tgenabled::text"
    " FROM :relation: JOIN pg_trigger t ON t.tgrelid = c.oid AND NOT t.tgisinternal",
    "foreign keys of": "SELECT c.relname, bool_and(t.tgenabled = 'O')::text"
    " FROM :relation: JOIN pg_trigger t ON t.tgrelid = c.oid AND t.tgisinternal GROUP BY c.relname",
    "rule": "SELECT c.relname || '.' || r.rulename, pg_get_ruledef(r.oid) || ' ' || r.ev_enabled::text"
    " FROM :relation: JOIN pg_rewrite r ON r.ev_class = c.oid AND r.rulename <> '_RETURN'",
    "policy": "SELECT c.relname || '.' || p.polname, concat_ws(' ', p.polcmd, p.polpermissive,"
    " pg_get_expr(p.polqual, c.oid), pg_get_expr(p.polwithcheck, c.oid))"
    " FROM :relation: JOIN pg_policy p ON p.polrelid = c.oid",
    "function": "SELECT p.oid::regprocedure::text, pg_get_functiondef(p.oid) FROM pg_proc p"
    ":namespace: WHERE p.prokind IN ('f', 'p')",
    "owner of": "SELECT c.relname, pg_get_userbyid(c.relowner)::text"
    " FROM :relation: WHERE c.relkind NOT IN ('i', 'I', 't', 'c')"
    " UNION ALL SELECT p.oid::regprocedure::text, pg_get_userbyid(p.proowner)::text FROM pg_proc p"
    ":namespace:",
    "right": "SELECT concat_ws(' ', x.what, 'for', CASE x.grantee WHEN 0 THEN 'everybody' ELSE pg_get_userbyid(x.grantee)"
    " END, x.privilege_type), x.is_grantable::text FROM ("
    " SELECT c.relname AS what, c.relowner AS owner, (aclexplode(c.relacl)).* FROM :relation: WHERE c.relkind <> 'i'"
    " UNION ALL SELECT c.relname || '.' || a.attname, c.relowner, (aclexplode(a.attacl)).*"
    " FROM :relation: JOIN pg_attribute a ON a.attrelid = c.oid AND a.attacl IS NOT NULL"
    " UNION ALL SELECT p.oid::regprocedure::text, p.proowner,"
    " (aclexplode(coalesce(p.proacl, acldefault('f', p.proowner)))).* FROM pg_proc p"
    ":namespace:"
    ") x WHERE x.grantee <> x.owner",
    "right on": "SELECT concat_ws(' ', what, 'for', name, privilege), 'given' FROM ("
    " SELECT 'the schema' AS what, r.name, 'CREATE' AS privilege FROM (VALUES ('public'), ('qcdesk_program')) r(name)"
    " WHERE has_schema_privilege(r.name, 'public', 'CREATE')"
    " UNION ALL SELECT 'the database', r.name, p.name FROM (VALUES ('public'), ('qcdesk_program')) r(name),"
    " (VALUES ('CREATE'), ('TEMPORARY')) p(name)"
    " WHERE has_database_privilege(r.name, current_database(), p.name)) x",
    "role": "SELECT rolname, concat_ws(' ', rolcanlogin, rolsuper, rolcreaterole, rolcreatedb, rolreplication,"
    " rolbypassrls) FROM pg_roles WHERE rolname IN ('qcdesk_owner', 'qcdesk_program')",
    "membership": "SELECT m.rolname || ' in ' || g.rolname, 'given' FROM pg_auth_members x"
    " JOIN pg_roles m ON m.oid = x.member JOIN pg_roles g ON g.oid = x.roleid"
    " WHERE m.rolname IN ('qcdesk_owner', 'qcdesk_program')",
}


def there(connection: sa.Connection) -> Things:
    """Return everything that the server has, with its definition."""
    return {
        (kind, str(name)): " ".join(str(text).split()) if kind != "function" else str(text)
        for kind, query in _QUERIES.items()
        for name, text in connection.exec_driver_sql(_whole(query))
    }


def _whole(query: str) -> str:
    for short, text in _FOR.items():
        query = query.replace(short, text)
    return query


def digest(definition: str) -> str:
    """Return what a definition is known by."""
    return hashlib.sha256(definition.encode()).hexdigest()[:DIGITS]


def scripts() -> str:
    """Return what the migrations' scripts are known by, all together."""
    found = hashlib.sha256()
    for path in sorted((_MIGRATIONS / "versions").glob("*_postgresql.sql")):
        found.update(path.name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return found.hexdigest()


def written(things: Things) -> str:
    """Return the reference as a file: one line for each thing, in order."""
    lines = [
        f" {json.dumps(f'{kind}: {name}')}: {json.dumps(digest(things[kind, name]))}"
        for kind, name in sorted(things)
    ]
    return '{\n "scripts": ' + json.dumps(scripts()) + ",\n" + ",\n".join(lines) + "\n}\n"


@cache
def expected() -> Things | None:
    """Return digests of what the migrations make; None: the reference is of other scripts than these.

    The latter happens while a script is being changed, and a test holds that no version goes out so.
    """
    said = json.loads(REFERENCE.read_text("utf-8"))
    if said.pop("scripts") != scripts():
        return None
    return {tuple(name.split(": ", 1)): text for name, text in said.items()}
