# SPDX-License-Identifier: Apache-2.0
"""The screen sign: what is being signed, and who signs."""
