# SPDX-License-Identifier: Apache-2.0
"""Types of the part of fontTools that making the font files uses."""
