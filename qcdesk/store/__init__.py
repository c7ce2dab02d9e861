# SPDX-License-Identifier: Apache-2.0
"""The database: tables, triggers, readers and the unit of work, on SQLite and PostgreSQL."""
