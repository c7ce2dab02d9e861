# SPDX-License-Identifier: Apache-2.0
"""Types of the parts of SciPy that are used."""
