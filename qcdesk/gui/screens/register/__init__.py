# SPDX-License-Identifier: Apache-2.0
"""The screen on which a batch is registered or changed."""
