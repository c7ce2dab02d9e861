# SPDX-License-Identifier: Apache-2.0
"""The checker: does a log hold, from its bytes to its rules? Written apart from everything else in qcdesk.

It imports nothing of qcdesk and nothing outside Python's own library, so that it also runs as one file on a machine
that has neither (``qcdesk-check.pyz``). ``cryptography`` is used for speed where it is present. The rules are written
from the design (trust.md §5 and §8) and not from the program's guards: two readings of one text, held against each other.
"""

FILE = "qcdesk-check.pyz"
"""Name of the one file."""
