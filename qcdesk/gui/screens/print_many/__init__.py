# SPDX-License-Identifier: Apache-2.0
"""The screen of many papers: which batches, which papers, where to; what came of each."""
