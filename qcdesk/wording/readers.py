# SPDX-License-Identifier: Apache-2.0
"""The sentences for somebody elsewhere who reads another language than whoever writes to them."""

from __future__ import annotations

from functools import lru_cache

from qcdesk import config
from qcdesk.i18n import Catalogue, language_for, load


@lru_cache(maxsize=8)
def words_for(language: str) -> Catalogue:
    """Return the sentences of the language that somebody reads (``vi``, ``zh-Hans``); of an unknown one English."""
    return load(language_for(language), config.resource("translations"))
