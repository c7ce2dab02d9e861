# SPDX-License-Identifier: Apache-2.0
"""What is asked before the window closes, or another workspace is entered, while mails have not gone."""
