# SPDX-License-Identifier: Apache-2.0
"""Charts of what was measured and found, with the sentence that they come to, and the way to the batches behind them."""
