# SPDX-License-Identifier: Apache-2.0
"""Files beside a record: their names hold no folder, and there are not too many."""

from __future__ import annotations

import pytest

from qcdesk.domain.attachments import MOST, Attachment, cleaned_attachments
from qcdesk.domain.inputs import BadInput

ONE = Attachment("C:\\mail\\..\\answer.pdf", "0" * 64, 3)


def test_a_name_holds_no_folder() -> None:
    assert cleaned_attachments((ONE,)) == (Attachment("answer.pdf", "0" * 64, 3),)


@pytest.mark.parametrize("files", [(ONE,) * (MOST + 1), (Attachment("folder/", "0" * 64, 3),)])
def test_too_many_files_and_files_without_a_name_are_refused(files: tuple[Attachment, ...]) -> None:
    with pytest.raises(BadInput):
        cleaned_attachments(files)
