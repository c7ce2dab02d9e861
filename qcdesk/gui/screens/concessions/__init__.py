# SPDX-License-Identifier: Apache-2.0
"""Concessions that were asked for, and what each supplier has used of its budget."""
