# SPDX-License-Identifier: Apache-2.0
"""Whether everything holds: the whole log checked, its findings in words."""
