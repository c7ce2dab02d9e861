# SPDX-License-Identifier: Apache-2.0
"""The screen instruments, with their calibration due dates."""
