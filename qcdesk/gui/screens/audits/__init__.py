# SPDX-License-Identifier: Apache-2.0
"""Audits of suppliers: the list, and one that is answered, reviewed, settled or read."""
