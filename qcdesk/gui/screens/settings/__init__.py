# SPDX-License-Identifier: Apache-2.0
"""The screen settings: of this station, and of the shop."""
