# SPDX-License-Identifier: Apache-2.0
"""Nonconformities: the list, and one with what was found, what was decided, and all that can be done about it."""
