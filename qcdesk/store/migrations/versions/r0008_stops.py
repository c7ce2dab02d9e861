# SPDX-License-Identifier: Apache-2.0
"""A repeated defect stops the next goods even where no batch was named; quantities and marks are held."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TOPICS = ("repeats", "goods", "marks", "prints", "guarding")


def upgrade() -> None:
    """Run the parts in order; the statements stand beside this file, one file for each topic and dialect."""
    dialect = op.get_bind().dialect.name
    for topic in TOPICS:
        script = Path(__file__).with_name(f"0008_stops_{topic}_{dialect}.sql").read_text("utf-8")
        for statement in script.split("--;\n"):
            if any(line and not line.startswith("--") for line in statement.splitlines()):
                text = statement.replace("%", "%%") if dialect == "postgresql" else statement
                op.get_bind().exec_driver_sql(text)


def downgrade() -> None:
    """Nothing goes back: signed content would be lost."""
    raise NotImplementedError
