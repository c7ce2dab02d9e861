# SPDX-License-Identifier: Apache-2.0
"""The screen sign_in: who is working here, then the secret."""
