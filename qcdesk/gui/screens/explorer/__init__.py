# SPDX-License-Identifier: Apache-2.0
"""The plan explorer: what a sampling plan lets through, before it is used in a procedure."""
