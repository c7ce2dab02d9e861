# SPDX-License-Identifier: Apache-2.0
"""Refusals, states and codes as sentences."""
