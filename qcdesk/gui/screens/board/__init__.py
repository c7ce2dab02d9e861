# SPDX-License-Identifier: Apache-2.0
"""The screen board: what waits for me, then the lanes."""
