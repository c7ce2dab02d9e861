# SPDX-License-Identifier: Apache-2.0
"""The screen of what leaves this station: the company's certificate that signs it, and the server that sends it."""
