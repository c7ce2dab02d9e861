# SPDX-License-Identifier: Apache-2.0
"""Collects the sentences that people see from the sources, into a template for translators.

Messages are the literals given to a catalogue's ``say`` (one) and ``count`` (singular, plural, number) and to
``mark``. The sources are parsed, not searched, so that ``count`` of a text or of bytes is never taken for one.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = ROOT / "resources" / "translations" / "qcdesk.pot"


@dataclass(frozen=True)
class Spoken:
    """One place where something is said; ``texts`` are the literals, None where the message is computed."""

    path: str
    line: int
    call: ast.Call
    messages: tuple[ast.expr, ...]

    @property
    def texts(self) -> tuple[str | None, ...]:
        """The messages as far as they are literals."""
        return tuple(
            m.value if isinstance(m, ast.Constant) and isinstance(m.value, str) else None
            for m in self.messages
        )


def spoken(root: Path = ROOT) -> Iterator[Spoken]:
    """Yield every place in the package where something is said, in order of file and line."""
    for path in sorted((root / "qcdesk").rglob("*.py")):
        if path.name == "i18n.py":
            continue
        calls = [n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Call)]
        for call in sorted(calls, key=lambda n: (n.lineno, n.col_offset)):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            texts = [
                a for a in call.args[:2] if not (isinstance(a, ast.Constant) and not isinstance(a.value, str))
            ]
            counted = (
                name == "count" and len(call.args) == 3 and len(texts) == 2
            )  # not: text.count("x", 0, 9)
            if counted or (name in ("say", "mark") and len(call.args) == 1):
                messages = tuple(call.args[:2]) if name == "count" else tuple(call.args)
                yield Spoken(path.relative_to(root).as_posix(), call.lineno, call, messages)


def template(places: Iterator[Spoken]) -> str:
    """Return the catalogue template: each message once, with the places where it is said.

    Raises: ValueError: one singular with two plurals.
    """
    found: dict[str, tuple[str | None, list[str]]] = {}
    for place in places:
        first, plural = place.texts[0], place.texts[-1] if len(place.texts) == 2 else None
        if first is None:
            continue
        known, lines = found.setdefault(first, (plural, []))
        if plural and known and plural != known:
            raise ValueError(f"{place.path}:{place.line}: {first!r} has two plurals")
        found[first] = (known or plural, [*lines, f"{place.path}:{place.line}"])
    return "\n".join(_entry(message, *found[message]) for message in found)


def _entry(message: str, plural: str | None, places: list[str]) -> str:
    lines = [f"#: {place}" for place in places] + [f"msgid {_quoted(message)}"]
    if plural is None:
        return "\n".join([*lines, 'msgstr ""', ""])
    return "\n".join([*lines, f"msgid_plural {_quoted(plural)}", 'msgstr[0] ""', 'msgstr[1] ""', ""])


def _quoted(text: str) -> str:
    for plain, escaped in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t")):
        text = text.replace(plain, escaped)
    return f'"{text}"'


def main() -> int:
    """Write the template and say how much there is to translate."""
    text = template(spoken())
    TEMPLATE.parent.mkdir(parents=True, exist_ok=True)
    TEMPLATE.write_text(text, encoding="utf-8", newline="\n")
    count = text.count("msgid ")
    print(f"{TEMPLATE.relative_to(ROOT)}: {count} messages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
