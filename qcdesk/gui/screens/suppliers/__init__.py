# SPDX-License-Identifier: Apache-2.0
"""The screen suppliers: the list, and the record of one."""
