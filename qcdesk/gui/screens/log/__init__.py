# SPDX-License-Identifier: Apache-2.0
"""The log: who did what and when, in words."""
