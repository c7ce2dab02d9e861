# SPDX-License-Identifier: Apache-2.0
"""Alembic revisions; each spells out its DDL per dialect and imports none of our code."""
