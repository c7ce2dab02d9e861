# SPDX-License-Identifier: Apache-2.0
"""Asks a fresh server what the migrations make, and writes it down for ``verify``: ``packaging/dev.py schema``."""

from __future__ import annotations

import sys

from qcdesk.store import server_schema
from tests.store.conftest import TEMPLATE, running_server
from tests.workspace import connect


def main() -> int:
    """Write the file; say how many things it names."""
    with running_server() as server:
        database = connect(server.address(TEMPLATE))
        with database.reading() as connection:
            things = server_schema.there(connection)
        database.dispose()
    server_schema.REFERENCE.write_text(server_schema.written(things), "utf-8", newline="\n")
    sys.stdout.write(f"{len(things)} things in {server_schema.REFERENCE.name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
