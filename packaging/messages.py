# SPDX-License-Identifier: Apache-2.0
"""Collects the sentences that people see from the sources, and brings the translators' catalogues up to them.

Messages are the literals given to a catalogue's ``say`` (one) and ``count`` (singular, plural, number) and to
``mark``. The sources are parsed, not searched, so that ``count`` of a text or of bytes is never taken for one.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from qcdesk.i18n import CONTEXT, mark, read_po  # noqa: E402 - it is the program's own reading; nothing is installed for it

TRANSLATIONS = ROOT / "resources" / "translations"
TEMPLATE = TRANSLATIONS / "qcdesk.pot"


@dataclass(frozen=True)
class Spoken:
    """One place where something is said; ``texts`` are the literals, None where the message is computed."""

    path: str
    line: int
    call: ast.Call
    messages: tuple[ast.expr, ...]

    @property
    def texts(self) -> tuple[str | None, ...]:
        """The messages as far as they are literals, each with what it is about before it, if that is said."""
        about = next((k.value for k in self.call.keywords if k.arg == "context"), None)
        context = about.value if isinstance(about, ast.Constant) else ""
        return tuple(
            mark(m.value, context=str(context))
            if isinstance(m, ast.Constant) and isinstance(m.value, str)
            else None
            for m in self.messages
        )


def spoken(root: Path = ROOT) -> Iterator[Spoken]:
    """Yield every place in the package where something is said, in order of file and line."""
    for path in sorted((root / "qcdesk").rglob("*.py")):
        if path.name == "i18n.py":
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        calls = [n for n in nodes(tree) if isinstance(n, ast.Call)]
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


def nodes(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield a node and all below it. ``ast.walk`` asks each node what it may have; this takes a third of its time."""
    left = [tree]
    while left:
        node = left.pop()
        yield node
        for part in vars(node).values():
            if isinstance(part, list):
                left += [one for one in part if isinstance(one, ast.AST)]
            elif isinstance(part, ast.AST):
                left.append(part)


Said = Mapping[str, tuple[str | None, list[str]]]
"""Each message with its plural, if it has one, and the places where it is said."""


def collected(places: Iterator[Spoken]) -> Said:
    """Return each message once. Raises: ValueError: one singular with two plurals."""
    found: dict[str, tuple[str | None, list[str]]] = {}
    for place in places:
        first, plural = place.texts[0], place.texts[-1] if len(place.texts) == 2 else None
        if first is None:
            continue
        known, lines = found.setdefault(first, (plural, []))
        if plural and known and plural != known:
            raise ValueError(f"{place.path}:{place.line}: {first!r} has two plurals")
        found[first] = (known or plural, [*lines, f"{place.path}:{place.line}"])
    return found


def template(said: Said) -> str:
    """Return the catalogue template: each message with the places where it is said."""
    return "\n".join(
        _entry(message, plural, places, ("",) if plural is None else ("", ""))
        for message, (plural, places) in said.items()
    )


def brought_up(catalogue: str, said: Said) -> str:
    """Return a translator's catalogue with what the sources say now: new messages empty, gone ones left out.

    The head stays as it is. The place of a message is its file: lines move with every change.
    """
    head = re.split(r"\n\s*\n", catalogue, maxsplit=1)[0].rstrip("\n")
    forms = re.search(r"nplurals=(\d+)", head)
    empty = ("",) * int(forms[1] if forms else 1)
    known = read_po(catalogue)
    entries = [head + "\n"]
    for message, (plural, places) in said.items():
        blank = ("",) if plural is None else empty
        had = known.get(message, blank)
        files = list(dict.fromkeys(place.rpartition(":")[0] for place in places))
        entries.append(_entry(message, plural, files, had if len(had) == len(blank) else blank))
    return "\n".join(entries)


def _entry(message: str, plural: str | None, places: list[str], texts: tuple[str, ...]) -> str:
    about, _, said = message.rpartition(CONTEXT)
    context = [f"msgctxt {_quoted(about)}"] if about else []
    lines = [*(f"#: {place}" for place in places), *context, f"msgid {_quoted(said)}"]
    if plural is None:
        return "\n".join([*lines, f"msgstr {_quoted(texts[0])}", ""])
    forms = [f"msgstr[{number}] {_quoted(text)}" for number, text in enumerate(texts)]
    return "\n".join([*lines, f"msgid_plural {_quoted(plural)}", *forms, ""])


def _quoted(text: str) -> str:
    for plain, escaped in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t")):
        text = text.replace(plain, escaped)
    return f'"{text}"'


def main() -> int:
    """Write the template, bring every catalogue up to it, and say how much there is to translate."""
    said = collected(spoken())
    TRANSLATIONS.mkdir(parents=True, exist_ok=True)
    TEMPLATE.write_text(template(said), encoding="utf-8", newline="\n")
    print(f"{TEMPLATE.relative_to(ROOT)}: {len(said)} messages")
    for file in sorted(TRANSLATIONS.glob("*.po")):
        text = brought_up(file.read_text(encoding="utf-8"), said)
        file.write_text(text, encoding="utf-8", newline="\n")
        lacking = sum(not all(texts) for texts in read_po(text).values())
        print(f"{file.relative_to(ROOT)}: {lacking} still to translate")
    return 0


if __name__ == "__main__":
    sys.exit(main())
