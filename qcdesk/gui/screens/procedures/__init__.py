# SPDX-License-Identifier: Apache-2.0
"""The screen procedures: list, read and approve, write."""
