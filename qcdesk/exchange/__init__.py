# SPDX-License-Identifier: Apache-2.0
"""Files that come in from outside and go out again."""
