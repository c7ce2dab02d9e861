# SPDX-License-Identifier: Apache-2.0
"""The screen set-up: the first start, with the first two people."""
