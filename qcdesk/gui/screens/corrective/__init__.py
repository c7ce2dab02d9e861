# SPDX-License-Identifier: Apache-2.0
"""Corrective actions and promises of suppliers: the lists, and one action."""
