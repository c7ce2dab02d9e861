# SPDX-License-Identifier: Apache-2.0
"""A supplier's scorecard: cards with intervals and their own past, weights, and what was found."""
