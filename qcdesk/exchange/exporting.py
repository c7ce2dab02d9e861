# SPDX-License-Identifier: Apache-2.0
"""Lists as files that go out: CSV or XLSX that no table program takes for formulas, or JSON Lines."""

from __future__ import annotations

from pathlib import Path

from qcdesk.domain.inputs import BadInput
from qcdesk.exchange.csv_out import write_csv, write_json_lines
from qcdesk.exchange.xlsx_out import write_xlsx
from qcdesk.services.export_rows import JSON_ONLY, ExportKind, ExportRows, kinds_of
from qcdesk.services.trouble import Trouble

FORMS = ("csv", "xlsx", "jsonl")


def write_tables(
    reader: ExportRows, kind: str, folder: str, person: str | None, form: str
) -> tuple[tuple[str, int], ...]:
    """Write one list or all of them into a folder; each file is there whole or not at all.

    Beside lists from which a check is left out lies ``left_out``, which names it.
    Args: kind: one of EXPORT_KINDS, or ``all``. form: ``csv``, ``xlsx`` or ``jsonl``.
    Returns: path and rows of each file.
    Raises: BadInput: ``unknown_kind``, ``not_a_folder``; Trouble: ``disk_full``, ``file_unwritable``.
    """
    if form not in FORMS:
        raise BadInput("unknown_kind", facts={"value": form, "known": FORMS}, where={"field": "format"})
    wanted = kinds_of(kind)
    place = Path(folder).expanduser().absolute()
    if place.exists() and not place.is_dir():
        raise BadInput("file_exists", facts={"file": str(place)}, where={"field": "to"})
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as failed:
        raise Trouble("file_unwritable", file=str(place), reason=failed.strerror or "") from failed
    written = [_write(reader, one, place, person, form) for one in wanted]
    if any(one in _BLIND for one in wanted):
        path, rows = _write(reader, "left_out", place, person, form)
        if rows:
            written.append((path, rows))
        else:
            Path(path).unlink()
    return tuple(written)


LONG_TEXTS: frozenset[ExportKind] = frozenset(
    (
        *(
            "events",
            "concessions",
            "corrective_actions",
            "corrective_action_steps",
            "complaints",
            "complaint_steps",
        ),
        *("audit_steps",),
    )
)
"""Whose texts may be longer than a cell of a spreadsheet."""
_BLIND: frozenset[ExportKind] = frozenset(
    ("checks", "units", "findings", "measurements", "sign_offs", "holds", "events")
)


def _write(
    reader: ExportRows, kind: ExportKind, folder: Path, person: str | None, form: str
) -> tuple[str, int]:
    table = reader.table(kind, person)
    if form == "csv" and kind not in JSON_ONLY:
        written = write_csv(folder / f"{kind}.csv", table.headers, table.rows)
    elif form == "xlsx" and kind not in JSON_ONLY | LONG_TEXTS:
        written = write_xlsx(folder / f"{kind}.xlsx", kind, table.headers, table.rows)
    else:
        written = write_json_lines(folder / f"{kind}.jsonl", table.headers, table.rows)
    return str(written.path), written.rows
