# SPDX-License-Identifier: Apache-2.0
"""How strictly the next lots of a supplier or a product are inspected, and how that came."""
