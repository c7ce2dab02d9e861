# SPDX-License-Identifier: Apache-2.0
"""The screen comparison: two checks side by side."""
