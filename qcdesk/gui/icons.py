# SPDX-License-Identifier: Apache-2.0
"""Outline icons (Lucide, see resources/icons/README.md) in the colour of a role, sharp at every pixel ratio."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from qcdesk import config
from qcdesk.gui import theme

STROKE, BUTTON_STROKE = 1.75, 2.0


def names() -> tuple[str, ...]:
    """Return the names of all icons that the program carries."""
    return tuple(sorted(file.stem for file in config.resource("icons").glob("*.svg")))


@lru_cache(maxsize=256)
def _source(name: str) -> str:
    return (config.resource("icons") / f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=512)
def _renderer(name: str, colour: str, stroke: float) -> QSvgRenderer:
    svg = (
        _source(name).replace("currentColor", colour).replace('stroke-width="2"', f'stroke-width="{stroke}"')
    )
    return QSvgRenderer(QByteArray(svg.encode()))


def paint(painter: QPainter, name: str, rect: QRectF, colour: QColor, *, stroke: float = STROKE) -> None:
    """Draw an icon into ``rect`` (logical px)."""
    _renderer(name, colour.name(), stroke).render(painter, rect)


@lru_cache(maxsize=512)
def _pixmap(name: str, size: int, colour: str, stroke: float, ratio: float) -> QPixmap:
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _renderer(name, colour, stroke).render(painter, QRectF(0, 0, picture.width(), picture.height()))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def pixmap(name: str, size: int, role: theme.Role = "text2", *, ratio: float = 1.0) -> QPixmap:
    """Return an icon of ``size`` logical px in the colour of a role, for a device pixel ratio."""
    return _pixmap(name, size, theme.current().tokens.of(role), STROKE, ratio)


def icon(name: str, role: theme.Role = "text2") -> QIcon:
    """Return an icon for what Qt draws itself (menus, window)."""
    made = QIcon()
    for ratio in (1.0, 2.0):
        made.addPixmap(pixmap(name, 24, role, ratio=ratio))
    return made
