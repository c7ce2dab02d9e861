# SPDX-License-Identifier: Apache-2.0
"""The rules of trust.md §5 and §8, replayed from the log alone."""
