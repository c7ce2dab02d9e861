# SPDX-License-Identifier: Apache-2.0
"""The screen batch: one batch, its way, its history, what can be done."""
