# SPDX-License-Identifier: Apache-2.0
"""The screen code: a secret code, shown and printed once."""
