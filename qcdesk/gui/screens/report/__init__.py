# SPDX-License-Identifier: Apache-2.0
"""The screen report: the very pages, to look at, print and save."""
