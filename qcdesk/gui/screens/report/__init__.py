# SPDX-License-Identifier: Apache-2.0
"""The screen report: the very pages of a report or of stickers, to look at, print and save."""
