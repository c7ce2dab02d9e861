# SPDX-License-Identifier: Apache-2.0
"""The first schema: the log, its projections, and the rules that the database keeps by itself."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create everything; the statements stand beside this file, one file for each dialect."""
    dialect = op.get_bind().dialect.name
    script = Path(__file__).with_name(f"0001_first_{dialect}.sql").read_text("utf-8")
    for statement in script.split("--;\n"):
        op.get_bind().exec_driver_sql(statement.replace("%", "%%") if dialect == "postgresql" else statement)


def downgrade() -> None:
    """There is nothing before the first schema."""
    raise NotImplementedError
