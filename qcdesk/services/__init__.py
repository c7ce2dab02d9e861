# SPDX-License-Identifier: Apache-2.0
"""Use cases: what people can do, one function each, and the ports they need."""
