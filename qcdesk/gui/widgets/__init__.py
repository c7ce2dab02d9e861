# SPDX-License-Identifier: Apache-2.0
"""The parts that all screens are built from. Each draws itself from the tokens and has a name for screen readers."""
