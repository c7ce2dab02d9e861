# SPDX-License-Identifier: Apache-2.0
"""``scoreboard``: the figures of the house month by month, each against its own past."""

from __future__ import annotations

from typing import Annotated

import typer

from qcdesk.cli.call import call_of
from qcdesk.cli.output import Data, table
from qcdesk.i18n import Catalogue, mark
from qcdesk.services.scoreboards import HouseFigure, read_scoreboard
from qcdesk.services.scorecards import MonthShare
from qcdesk.wording import scoreboards as wording


def scoreboard(
    ctx: typer.Context,
    month: Annotated[
        str, typer.Option(help=mark("As it was at the end of this month, such as 2026-03; else now."))
    ] = "",
) -> int:
    """Show the scoreboard of the house: each figure with its interval and against its own past."""
    call = call_of(ctx)
    words = call.words
    board = read_scoreboard(call.use, month)
    data: Data = {
        "month": board.month or None,
        "running": board.running,
        "figures": [_figure(one, words) for one in board.figures],
        "sentences": list(wording.sentences(board, words)),
    }
    told = [wording.headline(board, words), *wording.sentences(board, words), ""]
    told += table(list(wording.headings(words)), [wording.cells(one, words) for one in board.figures])
    return call.answer(data, told)


def _figure(one: HouseFigure, words: Catalogue) -> Data:
    main = one.chart.main if one.chart is not None else None
    return {
        "code": one.code,
        "name": words.say(wording.NAMES[one.code]),
        "value": None if one.last is None else round(one.last.share, 6),
        "low": None if one.low is None else round(one.low, 6),
        "high": None if one.high is None else round(one.high, 6),
        "word": one.word,
        "worse": one.worse,
        "center": None if main is None else round(main.center[-1], 6),
        "lcl": None if main is None else round(main.lcl[-1], 6),
        "ucl": None if main is None else round(main.ucl[-1], 6),
        "months": [_month(each) for each in one.months],
        "so_far": None if one.so_far is None else _month(one.so_far),
        "message": wording.sentence(one, words) or None,
    }


def _month(one: MonthShare) -> Data:
    return {"month": one.month, "count": one.count, "of": one.of, "value": round(one.share, 6)}
