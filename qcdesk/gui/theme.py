# SPDX-License-Identifier: Apache-2.0
"""Colours, type, space and radii of the window: one frozen set of tokens for light, one for dark.

Everything that is drawn reads ``current()``; changing the theme restyles and repaints all widgets.
Source of the values: the design tokens; contrast is measured by ``contrast`` (WCAG 2, relative luminance).
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from qcdesk import config

Role = Literal[
    "canvas",
    "surface",
    "sunken",
    "line",
    "edge",
    "text",
    "text2",
    "text3",
    "action",
    "action_text",
    "action_soft",
    "accept",
    "reject",
    "hold",
    "attention",
    "accept_soft",
    "reject_soft",
    "hold_soft",
    "attention_soft",
    "band",
    "band_text",
]
Weight = Literal[400, 500, 600, 700]
Scheme = Literal["light", "dark", "system"]

LABEL, SECONDARY, BODY, CARD, PAGE, SUBJECT, READING = 12, 13, 15, 18, 24, 30, 42
SPACE = (4, 8, 12, 16, 20, 28)
R_CELL, R_BUTTON, R_FIELD, R_CARD, R_LANE, R_DIALOG = 6, 8, 10, 12, 14, 18
RING, RING_GAP = 3, 2
STATE_MS, PANEL_MS, RELEASED_MS, NOTICE_MS = 120, 180, 300, 6000
FAMILIES = (
    "Noto Sans",
    "Noto Sans Thai",
    "Noto Sans SC",
    "Noto Sans SC Rare",
    "Noto Sans Symbols",
    "Noto Sans Symbols 2",
    "Noto Sans Math",
)


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colour of every role as ``#RRGGBB``."""

    name: Literal["light", "dark"]
    canvas: str
    surface: str
    sunken: str
    line: str
    edge: str
    text: str
    text2: str
    text3: str
    action: str
    action_text: str
    action_soft: str
    accept: str
    reject: str
    hold: str
    attention: str
    accept_soft: str
    reject_soft: str
    hold_soft: str
    attention_soft: str
    band: str
    band_text: str

    def of(self, role: Role) -> str:
        """Return the colour of a role."""
        value: str = getattr(self, role)
        return value


LIGHT = Tokens(
    name="light",
    canvas="#F0F2F1",
    surface="#FFFFFF",
    sunken="#E6EAE8",
    line="#D6DCD9",
    edge="#7A8580",
    text="#17211E",
    text2="#44504B",
    text3="#59655F",
    action="#14403A",
    action_text="#FFFFFF",
    action_soft="#DFEAE6",
    accept="#006CA8",
    reject="#8F1B12",
    hold="#652478",
    attention="#855A00",
    accept_soft="#E3EFF7",
    reject_soft="#FBE9E5",
    hold_soft="#F2EAF6",
    attention_soft="#FBF0D9",
    band="#17211E",
    band_text="#FFFFFF",
)
DARK = Tokens(
    name="dark",
    canvas="#0F1513",
    surface="#19211E",
    sunken="#121917",
    line="#2C3733",
    edge="#73807A",
    text="#E9EEEB",
    text2="#B9C4BE",
    text3="#96A29C",
    action="#BFE3D6",
    action_text="#0C211C",
    action_soft="#21332D",
    accept="#93D0F5",
    reject="#EE7A5C",
    hold="#BE88E4",
    attention="#F0C865",
    accept_soft="#14293A",
    reject_soft="#3A1A14",
    hold_soft="#2E2038",
    attention_soft="#33280F",
    band="#E9EEEB",
    band_text="#101614",
)

_GROUNDS: tuple[Role, ...] = ("canvas", "surface", "sunken")
_WORDS: tuple[Role, ...] = ("text", "text2", "text3", "action", "accept", "reject", "hold", "attention")
TEXT_PAIRS: tuple[tuple[Role, Role], ...] = (
    *((word, ground) for word in _WORDS for ground in _GROUNDS),
    ("action_text", "action"),
    ("band_text", "band"),
    ("surface", "text2"),
    ("text", "action_soft"),
    ("text2", "action_soft"),
    ("action", "action_soft"),
    ("text", "attention_soft"),
    ("text2", "attention_soft"),
    ("accept", "accept_soft"),
    ("reject", "reject_soft"),
    ("hold", "hold_soft"),
    ("attention", "attention_soft"),
)
"""Every (words, ground) pair that the window uses; the tests hold each to 4.5 : 1."""


def contrast(first: str, second: str) -> float:
    """Return the contrast of two ``#RRGGBB`` colours, 1 to 21. Source: WCAG 2.2, relative luminance."""

    def luminance(colour: str) -> float:
        parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@lru_cache(maxsize=256)
def _font(size_px: int, weight: int) -> QFont:
    font = QFont()
    font.setFamilies(list(FAMILIES))
    font.setPixelSize(size_px)
    font.setWeight(QFont.Weight(weight))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


@lru_cache(maxsize=512)
def _colour(value: str) -> QColor:
    return QColor(value)


class Face(NamedTuple):
    """A font by what decides how wide its letters are: its size, its weight, and which fonts were loaded by then."""

    size_px: int
    weight: int
    loaded: int

    @property
    def font(self) -> QFont:
        """The font; do not change it."""
        return _font(self.size_px, self.weight)


def system_text_scale() -> float:
    """Return how much larger than usual the person has set the system's text, 1.0 to 1.5."""
    usual = {"win32": 9.0, "darwin": 13.0}.get(sys.platform, 10.0)
    points = QGuiApplication.font().pointSizeF()
    return min(2.0, max(1.0, points / usual)) if points > 0 else 1.0


class Theme(QObject):
    """The tokens in force and the person's text size; ``changed`` after either was changed."""

    changed = Signal()

    def __init__(
        self, scheme: Scheme = "system", scale: float = 1.0, *, reduced_motion: bool = False
    ) -> None:
        super().__init__()
        self._scheme: Scheme = scheme
        self.scale = scale
        self.reduced_motion = reduced_motion
        self.tokens = self._choose()

    def _choose(self) -> Tokens:
        if self._scheme == "system":
            dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
            return DARK if dark else LIGHT
        return DARK if self._scheme == "dark" else LIGHT

    @property
    def dark(self) -> bool:
        return self.tokens.name == "dark"

    def colour(self, role: Role) -> QColor:
        """Return the colour of a role; do not change the object returned."""
        return _colour(self.tokens.of(role))

    def px(self, size: float) -> int:
        """Return a size of type in pixels under the person's text size."""
        return max(9, round(size * self.scale))

    def font(self, size: float = BODY, weight: Weight = 400) -> QFont:
        """Return the font of one size (px at text size 1) and weight; do not change the object returned."""
        return _font(self.px(size), weight)

    def face(self, size: float = BODY, weight: Weight = 400) -> Face:
        """Return the same font as something to remember widths by: once more fonts are loaded, it is another."""
        return Face(self.px(size), weight, _loaded)

    def line_box(self, size: float) -> int:
        """Return the height of one line in px: the same for every script, so that no mark is cut."""
        return round(self.px(size) * (1.5 if size < 22 else 1.36))

    def baseline(self, size: float, weight: Weight = 400) -> float:
        """Return the distance from the top of the line box to the baseline, in px, of the first family alone."""
        metrics = QFontMetricsF(_first_family(self.px(size), weight))
        return (self.line_box(size) - metrics.ascent() - metrics.descent()) / 2 + metrics.ascent()

    def set_scheme(self, scheme: Scheme) -> None:
        """Choose light, dark, or what the system says."""
        self._scheme = scheme
        self._apply()

    def set_scale(self, scale: float) -> None:
        """Set the text size, 1.0 is usual."""
        self.scale = scale
        self._apply()

    def system_changed(self) -> None:
        """Follow the system when it turns dark or light."""
        if self._scheme == "system":
            self._apply()

    def _apply(self) -> None:
        self.tokens = self._choose()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.setFont(self.font())
            app.setPalette(palette(self))
            app.setStyleSheet("")  # to exchange one for another takes three times as long
            app.setStyleSheet(style_sheet(self))
            for window in app.topLevelWidgets():
                for piece in window.findChildren(QWidget) if window.isVisible() else ():
                    piece.update()  # what nobody sees is left alone: it may be about to go
        self.changed.emit()


@lru_cache(maxsize=256)
def _first_family(size_px: int, weight: int) -> QFont:
    font = QFont(FAMILIES[0])
    font.setPixelSize(size_px)
    font.setWeight(QFont.Weight(weight))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


_current: Theme | None = None
_loaded = 0


def current() -> Theme:
    """Return the theme in force; before ``install`` a light one, so that a widget can be built alone."""
    global _current
    if _current is None:
        _current = Theme("light")
    return _current


def load_fonts() -> int:
    """Register the program's own fonts; return how many files were taken (0: the system's are used)."""
    global _loaded
    folder = config.resource("fonts")
    _loaded += 1
    return sum(QFontDatabase.addApplicationFont(str(file)) >= 0 for file in sorted(folder.glob("*.ttf")))


def install(app: QApplication, scheme: Scheme = "system", scale: float | None = None) -> Theme:
    """Load fonts, set style, palette and style sheet, and follow the system's colour scheme."""
    global _current
    load_fonts()
    app.setStyle("Fusion")
    theme = Theme(scheme, system_text_scale() if scale is None else scale)
    _current = theme
    app.styleHints().colorSchemeChanged.connect(theme.system_changed)
    theme.set_scheme(scheme)
    return theme


def palette(theme: Theme) -> QPalette:
    """Return the palette for what the style draws by itself (menus, selections, disabled words)."""
    pal = QPalette()
    roles: dict[QPalette.ColorRole, Role] = {
        QPalette.ColorRole.Window: "canvas",
        QPalette.ColorRole.Base: "surface",
        QPalette.ColorRole.AlternateBase: "surface",
        QPalette.ColorRole.Button: "surface",
        QPalette.ColorRole.WindowText: "text",
        QPalette.ColorRole.Text: "text",
        QPalette.ColorRole.ButtonText: "text",
        QPalette.ColorRole.PlaceholderText: "text3",
        QPalette.ColorRole.Highlight: "action",
        QPalette.ColorRole.HighlightedText: "action_text",
        QPalette.ColorRole.Link: "action",
        QPalette.ColorRole.ToolTipBase: "band",
        QPalette.ColorRole.ToolTipText: "band_text",
        QPalette.ColorRole.Accent: "action",
    }
    for place, role in roles.items():
        pal.setColor(place, theme.colour(role))
    for place in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
        pal.setColor(QPalette.ColorGroup.Disabled, place, theme.colour("text3"))
    return pal


def style_sheet(theme: Theme) -> str:
    """Return the one style sheet: fields, lists and bars that Qt draws; all else draws itself from the tokens."""
    t, p = theme.tokens, theme.px
    return f"""
    QToolTip {{ background: {t.band}; color: {t.band_text}; border: 0; padding: 6px 10px; font-size: {p(13)}px; }}
    QScrollArea, QAbstractScrollArea {{ background: transparent; border: 0; }}
    QLineEdit, QPlainTextEdit, QComboBox, QSpinBox, QDateEdit {{
        background: {t.surface}; color: {t.text}; border: 1px solid {t.edge}; border-radius: {R_FIELD}px;
        padding: 0 12px; min-height: {p(42)}px; font-size: {p(BODY)}px;
        selection-background-color: {t.action}; selection-color: {t.action_text}; }}
    QPlainTextEdit {{ padding: 8px 8px; }}
    QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled, QDateEdit:disabled, QSpinBox:disabled {{
        background: {t.sunken}; color: {t.text3}; border-color: {t.line}; }}
    QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"], QDateEdit[wrong="true"],
    QSpinBox[wrong="true"] {{ border: 2px solid {t.reject}; }}
    QComboBox::drop-down, QDateEdit::drop-down {{ border: 0; width: 32px; }}
    QComboBox::down-arrow, QDateEdit::down-arrow {{ image: none; }}
    QSpinBox::up-button, QSpinBox::down-button {{ width: 0; border: 0; }}
    QComboBox QAbstractItemView {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.edge};
        selection-background-color: {t.action_soft}; selection-color: {t.text}; outline: 0; padding: 4px; }}
    QComboBox QAbstractItemView::item {{ min-height: {p(36)}px; padding: 0 8px; }}
    QCheckBox, QRadioButton {{ spacing: 10px; color: {t.text}; font-size: {p(BODY)}px; min-height: {p(28)}px; }}
    QMenu {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.edge}; border-radius: {R_FIELD}px;
        padding: 6px; }}
    QMenu::item {{ padding: 8px 20px 8px 12px; border-radius: {R_CELL}px; }}
    QMenu::item:selected {{ background: {t.action_soft}; }}
    QMenu::separator {{ height: 1px; background: {t.line}; margin: 6px 8px; }}
    QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
    QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
    QScrollBar::handle {{ background: {t.edge}; border-radius: 3px; margin: 3px; min-height: 32px; min-width: 32px; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QTableView, QListView, QTreeView {{ background: transparent; color: {t.text}; border: 0; outline: 0;
        gridline-color: transparent; selection-background-color: {t.action_soft}; selection-color: {t.text}; }}
    QHeaderView {{ background: transparent; border: 0; font-size: {p(LABEL)}px; font-weight: 600; }}
    QHeaderView::section {{ background: transparent; color: {t.text3}; border: 0;
        border-bottom: 1px solid {t.line}; padding: 0 8px; font-size: {p(LABEL)}px; font-weight: 600; }}
    QCalendarWidget QWidget {{ background: {t.surface}; color: {t.text}; }}
    """
