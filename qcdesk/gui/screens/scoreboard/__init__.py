# SPDX-License-Identifier: Apache-2.0
"""The screen of the owner's scoreboard."""
