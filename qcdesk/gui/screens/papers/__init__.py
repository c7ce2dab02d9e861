# SPDX-License-Identifier: Apache-2.0
"""Checking a paper: a file is dropped or a code scanned, and what it proves is said."""
