# SPDX-License-Identifier: Apache-2.0
"""What we use of asn1crypto, which comes without types."""

from typing import Any

def __getattr__(name: str) -> Any: ...
