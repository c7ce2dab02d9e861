# SPDX-License-Identifier: Apache-2.0
"""Defects of one supplier: bars, the trend, and the batches, signatures and photos behind each."""
