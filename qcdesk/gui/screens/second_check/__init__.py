# SPDX-License-Identifier: Apache-2.0
"""What a second check buys: imagined batches are played by every way of checking, and come out in words."""
