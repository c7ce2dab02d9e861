# SPDX-License-Identifier: Apache-2.0
"""Starts qcdesk: the window, or the command line, and loads only the one that is wanted."""

from __future__ import annotations

import sys


def main() -> int:
    """Run qcdesk with the arguments of the process and return its exit status."""
    from qcdesk.cli.main import main as command_line

    return command_line(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
