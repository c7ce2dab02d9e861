# SPDX-License-Identifier: Apache-2.0
"""What each check finds, measured: misses, false alarms and pairs from settled rounds, and the batches behind them."""
