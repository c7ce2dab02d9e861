# SPDX-License-Identifier: Apache-2.0
"""The entry of the command line."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from qcdesk import __version__


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its exit status: 0 done, 2 an argument that is not understood."""
    if list(arguments) == ["--version"]:
        sys.stdout.write(f"qcdesk {__version__}\n")
        return 0
    sys.stderr.write("qcdesk: no such command\n")
    return 2
