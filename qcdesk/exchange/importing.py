# SPDX-License-Identifier: Apache-2.0
"""From a file to the workspace: the map, the table read apart, its rows, and the import in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection
from pathlib import Path

from qcdesk.config import resource
from qcdesk.domain.cleaning import RequirePrintable
from qcdesk.domain.imports import IMPORT_KINDS, ImportKind
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.times import log_day
from qcdesk.exchange.maps import Mapping, mapping_from_headers, read_mapping
from qcdesk.exchange.reading import read_table
from qcdesk.exchange.rows import read_rows
from qcdesk.services.import_rows import import_rows
from qcdesk.services.ports import Clock, Hand, Ids, ImportResult, Progress, UnitOfWork


class TableImport:
    """See the port ``ImportFile``; takes CSV of any usual separator, XLSX, ODS and JSON."""

    def __init__(
        self,
        begin: Callable[[], UnitOfWork],
        ids: Ids,
        clock: Clock,
        require_printable: RequirePrintable | None = None,
    ) -> None:
        """Remember what opens a transaction, where new ids come from, what day it is, and what paper cannot show."""
        self._begin, self._ids, self._clock = begin, ids, clock
        self._require_printable = require_printable

    def __call__(
        self,
        hand: Hand,
        kind: str,
        file: str,
        *,
        mapping: str | None = None,
        encoding: str | None = None,
        dry_run: bool = False,
        sheet: str | None = None,
        another: Collection[str] = (),
        progress: Progress | None = None,
    ) -> ImportResult:
        """Import a file: all its rows or none.

        Args: mapping: a map file, or the name of one that comes with the program. encoding, sheet: win over the map's.
            another: what reads like something that is there, and is another one; beside the map's.
        Raises: BadInput: ``unknown_kind``, ``unknown_map`` (facts ``known``), those of ``read_mapping`` and
            ``read_table``; Trouble; MissingRole and its kind.
        """
        known = _kind(kind)
        with self._begin() as uow:  # before a long file is read: may this person import at all?
            uow.person(hand.person).require_any_role(log_day(self._clock.now()))
        path = map_path(mapping) if mapping is not None else None
        said = read_mapping(path, known) if path is not None else None
        table = read_table(
            Path(file),
            encoding=encoding or (said.encoding if said else None),
            separator=said.separator if said else None,
            sheet=sheet or (said.sheet if said else None),
            array=said.array if said else None,
        )
        return import_rows(
            self._begin(),
            self._ids,
            hand,
            read_rows(known, table, said, self._require_printable),
            kind=known,
            file_name=Path(file).name,
            sha256=table.sha256,
            mapping_sha256=hashlib.sha256(path.read_bytes()).hexdigest() if path is not None else None,
            on=log_day(self._clock.now()),
            dry_run=dry_run,
            columns=_columns(known, said, table.headers),
            another=another,
            progress=progress,
        )


def map_path(name: str) -> Path:
    """Return a map file: the path itself, or one that comes with the program, by its name.

    Raises: BadInput: ``unknown_map`` (facts ``value``, ``known``).
    """
    path = Path(name)
    if path.is_file():
        return path
    brought = maps_brought()
    if name.removesuffix(".json") in brought:
        return resource(f"maps/{name.removesuffix('.json')}.json")
    if path.suffix == ".json" or path.name != name:
        raise BadInput("no_file", facts={"file": name}, where={"file": path.name})
    raise BadInput("unknown_map", facts={"value": name, "known": brought}, where={"field": "map"})


def maps_brought() -> tuple[str, ...]:
    """Return the names of the maps that come with the program."""
    return tuple(sorted(path.stem for path in resource("maps").glob("*.json")))


def _kind(kind: str) -> ImportKind:
    for known in IMPORT_KINDS:
        if known == kind:
            return known
    raise BadInput("unknown_kind", facts={"value": kind, "known": IMPORT_KINDS}, where={"field": "kind"})


def _columns(kind: ImportKind, said: Mapping | None, headers: tuple[str, ...]) -> dict[str, str]:
    """Return which columns feed a field, as the problems of rows name them."""
    try:
        mapping = said or mapping_from_headers(kind, headers)
    except BadInput:
        return {}  # said as the plan's own problem
    return {name: " + ".join(of.columns) or name for name, of in mapping.fields.items()}
