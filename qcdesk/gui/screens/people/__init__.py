# SPDX-License-Identifier: Apache-2.0
"""The screen people: who they are, what they may do, and enrolling another."""
