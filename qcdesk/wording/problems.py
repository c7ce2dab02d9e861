# SPDX-License-Identifier: Apache-2.0
"""One question for every front end: a problem in words, whichever kind it is."""

from __future__ import annotations

from datetime import date

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import Refusal
from qcdesk.i18n import Catalogue
from qcdesk.services.trouble import Trouble
from qcdesk.wording import inputs, refusals, troubles
from qcdesk.wording.spelling import Told


def tell(
    cause: Refusal | BadInput | Trouble,
    words: Catalogue,
    *,
    you: str | None = None,
    today: date | None = None,
) -> Told:
    """Return a refusal, bad input or trouble in words.

    Args: you: the name of the reader, where the problem may be about somebody else.
        today: leaves the year out of days of this year.
    """
    if isinstance(cause, Refusal):
        return refusals.tell(cause, words, you=you, today=today)
    if isinstance(cause, BadInput):
        return inputs.tell(cause, words, today=today)
    return troubles.tell(cause, words)
