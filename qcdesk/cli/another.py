# SPDX-License-Identifier: Apache-2.0
"""The option by which a person says that what reads like something that is there is another one."""

from __future__ import annotations

from typing import Annotated

import typer

from qcdesk.i18n import mark

Another = Annotated[
    bool, typer.Option("--another", help=mark("It reads like one that is there, and is another one."))
]
