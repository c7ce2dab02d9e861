# SPDX-License-Identifier: Apache-2.0
"""Types of fontTools.subset: keep some characters of a font."""

from collections.abc import Iterable

from fontTools.ttLib import TTFont

class Options:
    layout_features: list[str]
    name_IDs: list[str] | list[int]
    notdef_outline: bool
    hinting: bool
    recalc_timestamp: bool
    def __init__(self) -> None: ...

class Subsetter:
    def __init__(self, options: Options | None = None) -> None: ...
    def populate(
        self, glyphs: Iterable[str] = ..., unicodes: Iterable[int] = ..., text: str = ...
    ) -> None: ...
    def subset(self, font: TTFont) -> None: ...
