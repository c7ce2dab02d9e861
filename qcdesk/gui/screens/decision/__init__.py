# SPDX-License-Identifier: Apache-2.0
"""The third person looks at what the two disagree on, and decides."""
