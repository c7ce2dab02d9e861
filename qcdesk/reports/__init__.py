# SPDX-License-Identifier: Apache-2.0
"""Filled-in data to PDF; no queries."""
