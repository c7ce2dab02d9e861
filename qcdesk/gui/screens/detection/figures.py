# SPDX-License-Identifier: Apache-2.0
"""From settled rounds to the sentence, the picture and the tables of the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from qcdesk.domain.sampling import BY_SERIOUSNESS
from qcdesk.gui.collation import by_words, in_order
from qcdesk.gui.screens.detection.rows import Batches, Choices, Detected, Fields, LineRow, Listing
from qcdesk.i18n import Catalogue
from qcdesk.services import detection
from qcdesk.services.care_rows import WentOutRow
from qcdesk.services.detection import About, Pair
from qcdesk.services.detection_rows import DetectionPage
from qcdesk.services.escape_rates import all_rates
from qcdesk.statistics.misses import Missing
from qcdesk.wording import detection as wording
from qcdesk.wording import escapes, states
from qcdesk.wording.ages import local
from qcdesk.wording.spelling import day

FOREVER = 1 << 62
_BACK = {"d90": 90, "y1": 365, "y2": 730}


def since_of(fields: Fields, today: date) -> int:
    """Return from when on rounds are read, microseconds UTC."""
    back = _BACK.get(fields.get("period", ""))
    if back is None:
        return 0
    return int(datetime.combine(today - timedelta(days=back), time()).astimezone().timestamp()) * 1_000_000


def about_of(fields: Fields) -> About:
    """Return what was chosen."""
    return About(fields["product"], fields["procedure"], fields["class"], fields["code"])


def choices_of(page: DetectionPage, words: Catalogue) -> Choices:
    """Return what can be chosen among the rounds that were read."""
    say = words.say
    every = ("", say("All"))
    procedures = in_order({row.procedure for row in page.rows}, str)
    products = by_words((code, say("{name} · {code}", name=name, code=code)) for code, name in page.products)
    codes = by_words((code, _code(code, dict(page.codes), words)) for code, _ in page.codes)
    return Choices(
        (every, *products),
        (every, *((code, code) for code in procedures)),
        (every, *codes),
        (("", say("Everybody")), *by_words(page.people)) if page.everybody else (),
    )


def answer_of(
    page: DetectionPage, fields: Fields, words: Catalogue, went_out: Sequence[WentOutRow] = ()
) -> Detected:
    """Return everything that the page shows."""
    rows = detection.narrowed(page.rows, about_of(fields))
    person = fields["person"] if page.everybody else page.person
    names, codes = dict(page.people), dict(page.codes)
    if person:
        rows = tuple(row for row in rows if person in (row.first, row.second))
    told = detection.headline(rows, person)
    whose = "you" if not page.everybody else names.get(person, "")
    months = detection.over_time(rows, wording.month_of, person)
    title = words.say("Share missed, month by month")
    more = wording.beside(told, words)
    if page.cut:
        cut = words.count(
            "Only the newest {n} round is counted.", "Only the newest {n} rounds are counted.", len(page.rows)
        )
        more = (*more, cut)  # fmt: skip
    # Of everybody, classes and codes say what the sentence says: of the first checks.
    by_class = detection.rates(rows, "defect_class", person, seconds=bool(person))
    by_code = detection.rates(rows, "code", person, seconds=bool(person))
    classes: Mapping[str, str] = {each: states.defect_class(each, words) for each in BY_SERIOUSNESS}
    lists: dict[Listing, tuple[LineRow, ...]] = {
        "people": _lines(detection.rates(rows, "person", person), names, words),
        "classes": _lines(by_class, classes, words, BY_SERIOUSNESS),
        "codes": _lines(by_code, {code: _code(code, codes, words) for code in codes}, words),
        "pairs": _pairs(detection.pairs(rows), names, words) if page.everybody else (),
        "escapes": _escapes(went_out, fields["procedure"], words) if page.everybody else (),
    }  # fmt: skip
    return Detected(
        wording.sentence(told, whose, words),
        more,
        title,
        wording.picture(months, title, words),
        tuple(one.period for one in wording.told_months(months)),
        lists,
        not page.everybody,
    )


def _code(code: str, names: Mapping[str, str], words: Catalogue) -> str:
    name = names.get(code, code)
    return code if name == code else words.say("{name} · {code}", name=name, code=code)


def _lines(
    found: Sequence[Missing], names: Mapping[str, str], words: Catalogue, order: Sequence[str] = ()
) -> tuple[LineRow, ...]:
    """Return a row for each, in the order given or of the names: nobody is ranked."""
    lines = []
    for one in found:
        (key,) = one.key
        name, missed, alarms = names.get(key, key), one.missed, one.alarms
        place: float | str = order.index(key) if order else name.casefold()
        cells = (
            name,
            str(missed.n),
            str(missed.hits),
            wording.share_cell(missed, words),
            wording.alarms_cell(alarms, words),
        )
        sorts = (place, missed.n, missed.hits, missed.value or 0.0, alarms.value or 0.0)
        lines.append(
            LineRow(cells, sorts, wording.of_row(name, one, words), (key,), vague=not detection.tells(missed))
        )
    return tuple(sorted(lines, key=lambda line: line.sorts[0]))  # fmt: skip


def _pairs(found: Sequence[Pair], names: Mapping[str, str], words: Catalogue) -> tuple[LineRow, ...]:
    lines = []
    for one in found:
        pair = sorted((names.get(each, each), each) for each in (one.first, one.second))
        both = words.say("{first} and {second}", first=pair[0][0], second=pair[1][0])
        agreed = one.agreement
        sorts = (both.casefold(), agreed.n, float(agreed.share or 0), float(agreed.kappa or 0))
        cells = (both, str(agreed.n), wording.agreed(agreed, words), wording.kappa(agreed, words))
        lines.append(
            LineRow(
                cells, sorts, wording.of_pair((pair[0][0], pair[1][0]), one, words), (one.first, one.second)
            )
        )
    lines.sort(key=lambda line: str(line.sorts[0]))
    if len(lines) > 1:
        whole, name = detection.all_pairs(found), words.say("All pairs together")
        cells = (name, str(whole.n), wording.agreed(whole, words), wording.kappa(whole, words))
        lines.append(LineRow(cells, (name,), wording.of_all(whole, words)))
    return tuple(lines)  # fmt: skip


def _escapes(went_out: Sequence[WentOutRow], procedure: str, words: Catalogue) -> tuple[LineRow, ...]:
    """Return the escape rates of procedures, plans and pairs; narrowed by nothing but the procedure."""
    rows = [row for row in went_out if procedure in ("", row.procedure)]
    lines = []
    for found in all_rates(rows).values():
        for place, one in enumerate(found):
            cells = (
                escapes.name(one, words),
                escapes.kind(one, words),
                str(one.share.n),
                str(one.share.hits),
                escapes.share(one, words),
            )
            sorts = (place, one.by, one.share.n, one.share.hits, one.share.value or 0.0)
            vague = not detection.tells(one.share)
            lines.append(LineRow(cells, sorts, escapes.sentence(one, words), vague=vague))
    return tuple(lines)


def batches_behind(
    page: DetectionPage,
    fields: Fields,
    listing: Listing,
    row: LineRow | None,
    month: str,
    today: date,
    words: Catalogue,
) -> Batches:
    """Return the batches behind a row of a table, or behind a month of the picture."""
    about = about_of(fields)
    person = fields["person"] if page.everybody else page.person
    other, name = "", wording.month(month, words) if month else ""
    if row is not None:
        name = row.cells[0]
        if listing == "people":
            (person,) = row.key
        elif listing == "pairs":
            person, other = row.key or ("", "")
        elif listing == "classes":
            about = About(about.product, about.procedure, row.key[0], about.code)
        elif listing == "codes":
            about = About(about.product, about.procedure, about.defect_class, row.key[0])
    rows = detection.narrowed(page.rows, about)
    if month:
        rows = tuple(one for one in rows if wording.month_of(one.at) == month)
    lines = []
    for one in detection.behind(rows, person, other):
        at = one.row
        number = (
            words.say("{number} · round {no}", number=at.number, no=at.round_no)
            if at.round_no > 1
            else at.number
        )
        cells = (
            number,
            day(local(at.at).date(), words, today),
            str(one.there),
            str(one.missed),
            str(one.refuted),
        )
        sorts = (at.number, at.at, one.there, one.missed, one.refuted)
        lines.append(
            LineRow(
                cells,
                sorts,
                wording.of_batch(one, words),
                batch=at.batch,
                round_no=at.round_no,
                number=at.number,
            )
        )
    return Batches(words.say("Batches behind {name}", name=name), tuple(lines))  # fmt: skip
