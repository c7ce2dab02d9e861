# SPDX-License-Identifier: Apache-2.0
"""The mail that brings a paper, in the languages of the paper: the same bytes that are shown, saved and printed."""

from __future__ import annotations

from hashlib import sha256

from qcdesk.i18n import Catalogue, half
from qcdesk.services.letters import Enclosure, Mail

MAIL = ".eml"


def paper_subject(name: str, shop: str) -> str:
    """Return what a mail with a paper is about, in whatever language."""
    return f"{name} · {shop}"


def mail_with(pdf: bytes, name: str, shop: str, at: int, words: Catalogue) -> Mail:
    """Return a mail with a paper as its enclosure; to whom it goes, the mail program asks.

    Args: name: what the paper is called, without an ending. at: microseconds UTC.
    """
    told = [
        words.say("The paper {name} of {shop} is enclosed.", name=name, shop=shop),
        words.say(
            "It carries its own proof: whoever has qcdesk can check the file without an account or a network."
        ),
    ]
    texts = dict.fromkeys("\n".join(half(one, place) for one in told) for place in (0, 1))
    return Mail(
        to_name="",
        to="",
        sender_name="",
        sender="",
        subject=paper_subject(name, shop),
        text="\n\n".join(texts) + "\n",
        at=at,
        key=sha256(pdf).hexdigest()[:32],
        language=words.language,
        enclosures=(Enclosure(f"{name}.pdf", pdf),),
    )
