# SPDX-License-Identifier: Apache-2.0
"""Every figure of a book that a test holds us to names the book and a place where it can be opened."""

from __future__ import annotations

import ast
import re
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "statistics"
BOOKS = re.compile(
    "Montgomery|AIAG|NIST|MIL-STD-414|Minitab|SAS|Wikipedia|SPC for Excel|CFR|AccSampling|"
    "Conover|Krebs|Newcombe|Stephens|Fleiss, Levin"
)
FIELDS = {
    "sampling by counts": {"test_risk.py", "test_risk_averages.py"},
    "sampling by measurement": {"test_variables.py", "test_variables_risk.py"},
    "charts": {"test_attributes_charts.py", "test_variables_charts.py", "test_weighted_charts.py"},
    "capability": {"test_capability.py", "test_normality.py", "test_chart_constants.py"},
    "gauge studies": {"test_gauge_studies.py", "test_gauge_accuracy.py"},
    "agreement": {"test_agreement.py", "test_attribute_studies.py", "test_fleiss.py", "test_proportions.py"},
    "two counts": {"test_capture.py"},
}


def examples() -> dict[str, list[tuple[str, str, str]]]:
    """Return by field the test, the source and the place of each published example."""
    found: dict[str, list[tuple[str, str, str]]] = {field: [] for field in FIELDS}
    for field, files in FIELDS.items():
        for name in sorted(files):
            for node in ast.parse((FOLDER / name).read_text(encoding="utf-8")).body:
                if isinstance(node, ast.FunctionDef) and (said := ast.get_docstring(node)):
                    words = " ".join(said.split())
                    if place := re.search(r"Open at(?: \([^)]*\))?: (.+?)\.?$", words):
                        found[field].append((node.name, words.split(": ")[0], place[1]))
    return found


def test_at_least_twelve_published_examples_name_source_and_place() -> None:
    found = examples()
    for field, rows in found.items():
        for name, source, place in rows:
            print(f"{field} | {name} | {source} | {place}")
    print(f"{sum(map(len, found.values()))} published examples")
    assert sum(map(len, found.values())) >= 12
    assert all(found.values()), found


def test_no_example_of_a_book_without_a_place() -> None:
    bare = [
        f"{path.name}: {node.name}"
        for path in sorted(FOLDER.glob("test_*.py"))
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
        and (said := ast.get_docstring(node))
        and BOOKS.search(said)
        and "Open at" not in said
    ]
    assert bare == []
