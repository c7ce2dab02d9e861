# SPDX-License-Identifier: Apache-2.0
"""The sheet on which something is filled in, and signed where it takes a signature."""
