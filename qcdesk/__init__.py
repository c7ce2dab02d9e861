# SPDX-License-Identifier: Apache-2.0
"""qcdesk: a batch is good only when two independent people have checked it and signed."""

__version__ = "0.1.0"
