# SPDX-License-Identifier: Apache-2.0
"""The checker by itself: ``python3 qcdesk-check.pyz WORKSPACE|BACKUP|DUMP|PAPER.pdf [--anchor FILE …] [--json]``.

Exit status: 0 everything holds, 1 something does not, 2 wrong use, 4 the disk or a lock is in the way.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from qcdesk.checker import papers, signatures
from qcdesk.checker.anchors import Anchor
from qcdesk.checker.checking import Report, check, check_chain
from qcdesk.checker.findings import Finding, sentence
from qcdesk.checker.sources import NoLog, open_source, read_anchor, require_text
from qcdesk.checker.walk import Tell

HOLDS, DOES_NOT_HOLD, USAGE, TROUBLE = 0, 1, 2, 4
SHOWN = 200
LONGEST_PAPER = 50_000_000
_EPILOG = """What is checked: the form of every line, its number, hash and place in the chain; every signature, by
keys that were active then; every rule of sign-off, replayed from the log alone; signed records, pictures, and anchors;
of a file, its rules (tables, indices, triggers, views) as the revision it was written by lays them; of its tables, what
screens show first: people, batches, who signed. Every row is compared by qcdesk verify.
A DUMP is what qcdesk db dump FILE writes: a server's log as one file, with the hashes of the pictures instead of them,
and with no rules and no tables that could be held against anything.
A PAPER.pdf is a report or certificate that carries its evidence: whether anything in the file was changed, and who signed
what. Whether its pages show what was signed is read by qcdesk verify, or by eye.
Compare the fingerprint with the one on the set-up sheet or in the foot of a report: a log made anew has another."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Check what the arguments name, say what was found, and return the exit status."""
    parser = argparse.ArgumentParser(
        prog="qcdesk-check", description="Checks a qcdesk log without qcdesk.", epilog=_EPILOG
    )
    parser.add_argument(
        "what", metavar="WORKSPACE|BACKUP|DUMP|PAPER.pdf", type=Path, help="a folder or a file"
    )
    parser.add_argument(
        "--anchor",
        metavar="FILE",
        type=Path,
        nargs="+",
        action="extend",
        default=[],
        help="heads kept elsewhere: an anchor's file, a backup, or QH1:… as scanned off a report",
    )
    parser.add_argument(
        "--chain", action="store_true", help="only hashes and the chain: quick, and says less"
    )
    parser.add_argument("--json", action="store_true", help="one JSON document and nothing else")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a console may not have every letter
    try:
        given = parser.parse_args(arguments)
        if given.chain and given.anchor:
            parser.error("anchors are held against a whole check, not --chain")
    except SystemExit as ended:
        return HOLDS if ended.code in (0, None) else USAGE
    try:
        anchors = [read_anchor(path) for path in given.anchor]
        if given.what.suffix.lower() == ".pdf" and given.what.is_file():
            return _paper(require_text(given.what, LONGEST_PAPER), anchors, as_json=given.json)
        source = open_source(given.what)
        try:
            tell = _progress(sys.stderr, quiet=given.json)
            report = check_chain(source, tell) if given.chain else check(source, anchors, tell)
        finally:
            source.close()
    except NoLog as problem:
        return _failed(problem, as_json=given.json)
    try:
        if given.json:
            _put(sys.stdout, json.dumps(_data(report), indent=1, ensure_ascii=False))
        else:
            _say(report, sys.stdout, chain=given.chain)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read has gone, as in: qcdesk-check … | head
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return HOLDS if report.holds else DOES_NOT_HOLD


def _paper(content: bytes, given: Sequence[Anchor | Finding], *, as_json: bool) -> int:
    """Say what the file of a paper proves."""
    answer = papers.check(content, [a for a in given if isinstance(a, Anchor)])
    found = [*(a for a in given if isinstance(a, Finding)), *answer.findings]
    data = {
        "ok": not found,
        "checked": answer.checked,
        "fingerprint": answer.site,
        "said": dict(answer.said) if answer.holds else {},
        "signatures": [one._asdict() for one in answer.signed],
        "company": answer.company,
        "problems": [{"record": f.event, "code": f.code, "problem": sentence(f)} for f in found],
    }
    if as_json:
        _put(sys.stdout, json.dumps(data, indent=1, ensure_ascii=False))
        return DOES_NOT_HOLD if found else HOLDS
    for finding in found:
        _put(sys.stdout, _line(finding))
    if answer.company:
        _put(
            sys.stdout,
            "A company signed the file as well. That signature is checked by qcdesk verify, not here.",
        )
    if answer.holds:
        said = answer.said
        _put(sys.stdout, f"Fingerprint of the site: {answer.site}")
        _put(sys.stdout, _about(said))
        for one in answer.signed:
            _put(sys.stdout, f"Event {one.event}, {one.place}: signed by {one.name}.")
        _put(
            sys.stdout,
            "Nothing in this file was changed since it was printed. What came later it cannot tell.",
        )
    return DOES_NOT_HOLD if found else HOLDS


def _about(said: Mapping[str, Any]) -> str:
    state = str(said["state"]).replace("_", " ")
    if said["document"] in papers.OF_BATCHES:
        return f"Batch {said['number']}, {said['quantity']} units: {state}."
    if said["document"] == papers.FIGURES:
        return f"{said['number']}: figures that nobody signed, sealed by the workstation alone."
    return f"{said['number']}: {state}."


def _put(out: IO[str], text: str) -> None:
    out.write(text + "\n")


def _failed(problem: NoLog, *, as_json: bool) -> int:
    kind = "input" if problem.usage else "trouble"
    if as_json:
        _put(
            sys.stdout,
            json.dumps({"error": {"kind": kind, "code": "no_log", "message": str(problem), "where": {}}}),
        )
    _put(sys.stderr, str(problem))
    return USAGE if problem.usage else TROUBLE


def _data(report: Report) -> dict[str, object]:
    return {
        "ok": report.holds,
        "checked": report.checked,
        "head": {"event": report.head[0], "hash": report.head[1]},
        "vault": report.vault,
        "fingerprint": report.fingerprint,
        "anchors": report.anchors,
        "unsigned": report.unsigned,
        "problems": [
            {
                "record": f.event,
                "batch": f.batch,
                "code": f.code,
                "facts": dict(f.facts),
                "problem": sentence(f),
            }
            for f in report.findings
        ],
        "explained": [
            {
                "record": e.finding.event,
                "batch": e.finding.batch,
                "code": e.finding.code,
                "in": e.seq,
                "by": e.people,
                "reason": e.reason,
            }
            for e in report.explained
        ],
        "remarks": [
            {"record": f.event, "batch": f.batch, "code": f.code, "remark": sentence(f)}
            for f in report.remarks
        ],
    }


def _say(report: Report, out: IO[str], *, chain: bool = False) -> None:
    events = "1 event" if report.checked == 1 else f"{report.checked} events"
    _put(out, f"{events} checked, up to number {report.head[0]}.")
    if report.fingerprint:
        _put(out, f"Fingerprint of this workspace: {report.fingerprint}")
    if not signatures.FAST and not chain:
        print(
            "Signatures were verified in plain Python; with the package cryptography it is faster.", file=out
        )
    for finding in report.findings[:SHOWN]:
        _put(out, _line(finding))
    if len(report.findings) > SHOWN:
        _put(out, f"… and {len(report.findings) - SHOWN} more; --json gives all.")
    for said in report.explained[:SHOWN]:
        _put(out, f"{_line(said.finding)} Explained by {said.people} in event {said.seq}: {said.reason}")
    for remark in report.remarks[:SHOWN]:
        _put(out, f"Worth knowing. {_line(remark)}")
    if not report.holds:
        number = "One thing does" if len(report.findings) == 1 else f"{len(report.findings)} things do"
        _put(out, f"{number} not hold.")
    elif chain:
        _put(out, "The chain holds. No signature and no rule was checked.")
    elif report.anchors:
        _put(out, "Everything holds, and every anchor given fits.")
    else:
        _put(out, "Everything holds. No anchor was given, so a cut end would not show.")
    if report.unsigned:
        _put(
            out,
            "Not every anchor given is signed. That such a one fits is worth what the place is worth where it was kept.",
        )


def _line(finding: Finding) -> str:
    where = "" if finding.event is None else f"Event {finding.event}"
    if finding.batch:
        where += f"{', b' if where else 'B'}atch {finding.batch}"
    return f"{where}: {sentence(finding)}" if where else sentence(finding)


def _progress(out: IO[str], *, quiet: bool) -> Tell | None:
    if quiet or not out.isatty():
        return None

    def tell(done: int, total: int) -> bool:
        print(
            f"\r{done:,} of {total:,} events …",
            end="\r" if done < total else "\r\033[K",
            file=out,
            flush=True,
        )
        return True

    return tell
