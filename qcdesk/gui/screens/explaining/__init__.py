# SPDX-License-Identifier: Apache-2.0
"""What wants explaining: the owner's list of questions, each with its explanation once there is one."""
