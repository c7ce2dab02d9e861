# SPDX-License-Identifier: Apache-2.0
"""Suppliers side by side: intervals on one scale for each figure, and no rank where they overlap."""
