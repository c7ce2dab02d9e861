# SPDX-License-Identifier: Apache-2.0
"""Restoring a backup: what it holds and lacks is shown first, then it is put where nothing is."""
