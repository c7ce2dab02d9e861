# SPDX-License-Identifier: Apache-2.0
"""The screen defect codes: the catalogue, with names in each language."""
