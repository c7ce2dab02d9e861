# SPDX-License-Identifier: Apache-2.0
"""An audit as one file to take to a supplier: template and answers, and photos with what is answered there."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import replace

from qcdesk.domain.audit_templates import AuditTemplate
from qcdesk.domain.audits import Answer, Audit
from qcdesk.domain.codec import BadData, from_data, to_data
from qcdesk.domain.inputs import BadInput
from qcdesk.services.audit_rows import BroughtAnswer, Coming, TakenAudit

FORM = 1
LONGEST = 200_000_000


def to_file(taken: TakenAudit, photos: Mapping[str, bytes]) -> bytes:
    """Return the file; photos by the SHA-256 of what came."""
    said = {
        "qcdesk_audit": FORM,
        "vault": taken.vault,
        "audit": taken.audit,
        "no": taken.no,
        "supplier": taken.supplier,
        "template": taken.template,
        "version": taken.version,
        "content": to_data(taken.content),
        "seq": taken.seq,
        "answers": [to_data(answer) for answer in taken.answers],
        "earlier": [to_data(answer) for answer in taken.earlier],
        "photos": {name: base64.b64encode(photo).decode() for name, photo in sorted(photos.items())},
    }
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()


def from_file(payload: bytes) -> tuple[TakenAudit, dict[str, bytes]]:
    """Return what a file says, and its photos. Raises: BadInput ``not_an_audit``."""
    try:
        said = json.loads(payload)
        if said["qcdesk_audit"] != FORM or len(payload) > LONGEST:
            raise BadInput("not_an_audit", where={"field": "file"})
        texts = ("vault", "audit", "supplier", "template")
        if any(type(said[name]) is not str for name in texts):
            raise BadInput("not_an_audit", where={"field": "file"})
        taken = TakenAudit(
            vault=said["vault"],
            audit=said["audit"],
            no=int(said["no"]),
            supplier=said["supplier"],
            template=said["template"],
            version=int(said["version"]),
            content=from_data(AuditTemplate, said["content"]),
            seq=int(said["seq"]),
            answers=tuple(from_data(Answer, one) for one in said["answers"]),
            sha256=hashlib.sha256(payload).hexdigest(),
            earlier=tuple(from_data(Answer, one) for one in said.get("earlier", ())),
        )
        photos = {str(name): base64.b64decode(one, validate=True) for name, one in said["photos"].items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, BadData, binascii.Error) as odd:
        raise BadInput("not_an_audit", where={"field": "file"}) from odd
    return taken, photos


def answered(taken: TakenAudit, answer: Answer, at: int) -> TakenAudit:
    """Return it with one more answer, given now. Raises: BadInput: the question has no such answer."""
    as_open = Audit(
        id=taken.audit,
        no=taken.no,
        supplier="",
        template=taken.template,
        version=taken.version,
        hash="",
        auditor="",
        content=taken.content,
        first={},
        second={},
        seq=taken.seq,
    )
    as_open.require_answer("first", answer)
    others = tuple(one for one in taken.answers if one.question != answer.question)
    before = tuple(one for one in taken.answers if one.question == answer.question)
    return replace(
        taken,
        answers=(*others, replace(answer, at=at)),
        sha256=None,
        earlier=(*taken.earlier, *before),
    )


def coming(taken: TakenAudit, audit: Audit) -> Coming:
    """Return what was answered in a file and is not here yet, and what of it was answered here otherwise since.

    An answer comes in where nothing was said here, or what is said here is what the file knew when it was answered
    there. Raises: BadInput ``missing``: nothing was answered in the file; a question has no such answer.
    """
    earlier = dict[str, list[Answer]]()
    for one in taken.earlier:
        earlier.setdefault(one.question, []).append(one)
    given = [
        one
        for one in taken.answers
        if one.at is not None and not any(_is(one, old) for old in earlier.get(one.question, ()))
    ]
    if not given:
        raise BadInput("missing", where={"field": "answer"})
    new, collisions = [], []
    for there in given:
        audit.require_answer("first", there)
        here = audit.first.get(there.question)
        found = BroughtAnswer(audit.question(there.question), here, there)
        if (
            here is None
            or audit.seq == taken.seq
            or any(_is(here, o) for o in earlier.get(here.question, ()))
        ):
            new.append(found)
        elif not _is(here, there) and replace(here, at=None) != replace(there, at=None):
            collisions.append(found)
    return Coming(tuple(new), tuple(collisions))


def _is(one: Answer, other: Answer) -> bool:
    """Tell whether two answers to a question are one; the time tells those apart that were given elsewhere."""
    return one.at == other.at if one.at is not None or other.at is not None else one == other


def with_kept(taken: TakenAudit, photos: Mapping[str, bytes], keep: Callable[[bytes], str]) -> TakenAudit:
    """Return it with photos kept here, under the hashes by which they are kept.

    Raises: BadInput: a photo is none, or ``not_an_audit``: an answer names one that is not in the file.
    """
    kept: dict[str, str] = {}
    answers = []
    for answer in taken.answers:
        if answer.at is None:
            answers.append(answer)
            continue
        for name in answer.files:
            if name not in kept and name in photos:
                kept[name] = keep(photos[name])
        answers.append(replace(answer, files=tuple(kept.get(name, name) for name in answer.files)))
    return replace(taken, answers=tuple(answers))
