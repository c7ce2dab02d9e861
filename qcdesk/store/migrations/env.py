# SPDX-License-Identifier: Apache-2.0
"""Alembic's environment: runs the revisions on the connection that ``qcdesk.store.upgrading`` hands over."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection, transactional_ddl=False, transaction_per_migration=False)
context.run_migrations()
