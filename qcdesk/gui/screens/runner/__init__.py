# SPDX-License-Identifier: Apache-2.0
"""The screen runner: one check, unit by unit or by tally, the second blind."""
