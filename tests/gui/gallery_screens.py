# SPDX-License-Identifier: Apache-2.0
"""Sample data and windows of the gallery, one entry per screen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

PICTURES: dict[str, tuple[Callable[[], QWidget], tuple[int, int]]] = {}
