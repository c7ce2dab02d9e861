# SPDX-License-Identifier: Apache-2.0
"""The command line: one sub-command for each use case."""
