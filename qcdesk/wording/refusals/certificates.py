# SPDX-License-Identifier: Apache-2.0
"""Refusals in words: certificates that stand, were taken, or are void."""

from __future__ import annotations

from qcdesk.domain import refusals as rules
from qcdesk.wording.refusals.reader import Reader, in_words
from qcdesk.wording.spelling import Told


@in_words.register
def _(refusal: rules.CertificateStands, to: Reader) -> Told:
    say = to.words.say
    return Told(
        say("Certificate {number} of batch {batch} stands.", number=refusal.number, batch=refusal.batch),
        say("Take the release back first: that makes the certificate void."),
    )


@in_words.register
def _(refusal: rules.AlreadyCertified, to: Reader) -> Told:
    return Told(
        to.words.say(
            "Batch {batch} has its certificate, number {number}.", batch=refusal.batch, number=refusal.number
        ),
        to.words.say("Print a copy of it."),
    )


@in_words.register
def _(refusal: rules.CopyTaken, to: Reader) -> Told:
    return Told(
        to.words.say(
            "This print of {name} has left already, or somebody else printed it now.", name=refusal.name
        ),
        to.words.say("Make the paper anew: it then says which copy it is."),
    )


@in_words.register
def _(refusal: rules.CertificateVoid, to: Reader) -> Told:
    return Told(
        to.words.say(
            "Certificate {number} is void: the release of batch {batch} was taken back.",
            number=refusal.number,
            batch=refusal.batch,
        ),
        to.words.say("Tell whoever has it on paper. Nothing is printed of it any more."),
    )
