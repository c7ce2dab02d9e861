# SPDX-License-Identifier: Apache-2.0
"""What the pages of an inspection report and of certificates must show: the cells of each row, and each sentence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from qcdesk.domain.anchors import printed
from qcdesk.i18n import Catalogue, mark
from qcdesk.services.fill_analysis import LookedFor, MeasuredResult
from qcdesk.services.inspection_report import (
    ComparisonFacts,
    ConcessionFacts,
    DecidedClaim,
    DefectLine,
    InspectionReport,
    MeasuredLine,
    Signature,
)
from qcdesk.wording import certificate_pages, modes, severities, states
from qcdesk.wording.inspection_reports import (
    CHECKS,
    CLASS_RESULTS,
    FOUND_AS,
    HELD,
    OPENED,
    SETTLED,
    agreement,
    class_figures,
    class_limit,
    class_name,
    day,
    decided,
    earlier,
    flat,
    found_by,
    gauge,
    grouped,
    measured_limits,
    missed_by_both,
    moment,
    next_step,
    part_lines,
    plan_line,
    readings_inside,
    said,
    set_aside,
    signed_as,
    stage_lines,
    taken_back,
    tallies_compared,
    two_samples,
    verdict,
)
from qcdesk.wording.limits import decimal, number
from qcdesk.wording.marks import on_paper
from qcdesk.wording.page_texts import OPEN, Pages, Run
from qcdesk.wording.spelling import digest, listed

_ORDER: Final = {"critical": 0, "major": 1, "minor": 2}
_BESIDE_EACH_OTHER: Final = (
    mark("Two checks compared"),
    mark("No estimate of what both missed."),
)


# The inspection report ----------------------------------------------------------------------------------------------


def inspection(r: InspectionReport, words: Catalogue, page: Pages) -> Iterator[Run]:
    """Yield what an inspection report must show. ``page``: what it does show, where there is a choice."""
    yield from _first_page(r, words, page)
    yield from (_measured_row(one, words) for one in r.measured)
    beside = [words.say(one) for one in _BESIDE_EACH_OTHER]
    beside += [words.say("All characteristics with gauges: page {page}.", page=no) for no in range(2, 6)]
    if any(page.show((one,)) for one in beside):  # left out where a concession takes their place
        if r.measured:
            yield _measured_short(r, words, page)
        if r.comparison is not None:
            yield from _compared(r.comparison, r, words)
    if r.comparison is not None and r.comparison.units and not r.tally:
        yield _legend(r.comparison, words)
    if r.not_done:
        units = ", ".join(map(str, r.not_done))
        if r.comparison is not None and r.comparison.units and not r.tally:
            yield (words.say("Not done, and weighed like nonconforming units: {units}", units=units),)
    yield from _defect_strip(r, words, page)
    yield from (_defect(one, words) for one in r.defects)
    yield from _outside(r, words)
    yield from _reviews(r, words)
    yield from _decision(r, words)
    yield from _sampling(r, words)
    yield from _history(r, words)
    yield from ((flat(note),) for note in r.notes)


def _first_page(r: InspectionReport, words: Catalogue, page: Pages) -> Iterator[Run]:
    say, b, p = words.say, r.batch, r.procedure
    yield from ((flat(r.shop.name),), (flat(r.shop.address),))
    yield verdict(r.state, words), next_step(r, words)
    if r.repaired:
        yield (say(states.REPAIRED),)
    if r.regraded:
        yield (say(states.REGRADED, terms=flat(r.regraded).rstrip(" .")),)
    if p.mode == "review":
        yield (say(modes.NOT_TWICE),)
    yield from ((said(reason, states.OUTCOME_REASONS, words),) for reason in r.reasons)
    quantity = f"{number(b.quantity)} {flat(b.unit_word)}"
    yield flat(b.number), say("{quantity} · round {round}", quantity=quantity, round=b.round_no)
    yield (
        say("Supplier") if b.supplier else say("Own line"),
        flat(b.supplier),
        flat(b.supplier_place),
        say("made by {names}", names=listed(list(map(flat, b.makers)), words)) if b.makers else "",
        say("made on {date}", date=day(b.made_on)) if b.made_on else "",
    )
    yield say("Product"), flat(b.product_name), certificate_pages.product(b, words)
    yield (
        say("Order"),
        flat(b.order) or "–",
        say("ship by {date}", date=day(b.ship_by)) if b.ship_by else "",
    )
    yield (
        say("Procedure"),
        say("{code} version {version}", code=flat(p.code), version=p.version),
        flat(p.title),
        say("approved by {name}, {date}", name=flat(p.approved_by), date=day(p.approved_on))
        if p.approved_on
        else "",
    )
    yield (modes.second_looked(p.mode, words),)
    if r.concession is not None:
        yield from _concession(r.concession, flat(b.unit_word), words)
    yield say("Result by class"), plan_line(r.plan, words)
    for item in r.classes:
        yield (
            class_name(item.defect_class, words),
            class_limit(item, words),
            *class_figures(item),
            number(item.re),
            words.say(CLASS_RESULTS[item.result]),
        )
    yield (" ".join(two_samples(r, words)),)
    for one in (*r.signatures, *(r.concession.signatures if r.concession else ())):
        yield from _signature(one, signed_as(one, words), words)
    if r.record:
        yield (say("Record {code}", code=grouped(r.record, 64)),)
    pages = page.figure(say("page {page} of {pages}", page=1, pages=OPEN))
    yield from ((say("Inspection report"), flat(b.number), verdict(r.state, words)),) * (pages - 1)
    anchor = printed(r.head_seq, r.head_hash, r.site)
    yield (say("Anchor {code}, {time}", code=anchor, time=moment(r.printed_at)),)


def _concession(facts: ConcessionFacts, units: str, words: Catalogue) -> Iterator[Run]:
    say = words.say
    yield say("Under concession"), say("{n} {unit}", n=number(facts.quantity), unit=units)
    yield say("Last day on which they leave"), facts.until.isoformat()
    yield say("Customer or use"), flat(facts.use) or "–"
    yield say("The customer's reference"), flat(facts.reference)
    yield (say("Deviation: {text}", text=flat(facts.deviation)),)
    codes = ", ".join(" ".join(filter(None, map(flat, one))) for one in facts.codes)
    yield (say("Defects: {codes}", codes=codes or "–"),)
    if facts.consent:
        kept = digest(facts.consent)
        yield (say("The customer has consented in writing; the file is kept, SHA-256 {code}.", code=kept),)


def _signature(one: Signature, told: tuple[str, str], words: Catalogue) -> Iterator[Run]:
    """Yield a signature; which role somebody had who asked, is not in the lines of a paper."""
    role, when = told
    meaning = words.say(states.MEANINGS[one.meaning])
    if one.meaning == "concession_asked_by":
        yield meaning, flat(one.name)
        yield (when,)
        return
    yield meaning, flat(one.name), role, when, flat(one.reason), *on_paper(one, words)


def _measured_short(r: InspectionReport, words: Catalogue, page: Pages) -> Run:
    """Return the rows of the first page and what stands under them: as many as there was room for."""
    rows = [
        (
            flat(one.name),
            modes.reviewed(words) if one.reviewed else "",
            measured_limits(one, words),
            decimal(one.mean),
        )
        for one in r.measured
    ]
    total = readings_inside(r.measured, words)
    heading = words.say("Each reading")
    cut = [
        (heading, *(cell for row in rows[:count] for cell in row), total)
        for count in range(len(rows), -1, -1)
    ]
    return next((run for run in cut if page.show(run)), cut[0])


def _measured_row(one: MeasuredLine, words: Catalogue) -> Run:
    return (
        flat(one.name),
        modes.reviewed(words) if one.reviewed else "",
        "; ".join(gauge(used, words) for used in one.instruments),
        decimal(one.nominal),
        measured_limits(one, words),
        number(one.count),
        decimal(one.mean),
        decimal(one.range),
        number(one.outside),
    )


def _compared(c: ComparisonFacts, r: InspectionReport, words: Catalogue) -> Iterator[Run]:
    if r.tally:
        yield tallies_compared(c, words)
        return
    yield _legend(c, words)
    yield *missed_by_both(c, r.batch.quantity, words), agreement(c, words)


def _legend(c: ComparisonFacts, words: Catalogue) -> Run:
    counts = (("both", c.both), ("first", c.first), ("second", c.second), ("neither", c.neither))
    return tuple(cell for code, n in counts for cell in (number(n), words.say(FOUND_AS[code])))


def _defect_strip(r: InspectionReport, words: Catalogue, page: Pages) -> Iterator[Run]:
    """Yield the first defects, where the first page had room for them: by their pictures, or one after the other."""
    found = sorted((d for d in r.defects if not d.withdrawn), key=lambda d: _ORDER[d.defect_class])
    title = words.say("Defects found")
    if not found or not page.show((title,)):
        return
    units = [
        " ".join(filter(None, ["" if d.sample_no is None else str(d.sample_no), flat(d.name)]))
        for d in found[:40]
    ]
    names: Run = (" · ".join(units),)
    shown = [
        (
            words.say("Unit {unit}", unit=d.sample_no) if d.sample_no is not None else "",
            flat(d.name),
            f"{class_name(d.defect_class, words)} · {found_by(d.found_by, words)}",
        )
        for d in found
        if d.photo is not None
    ][:5]
    if shown and not page.show(names):
        yield from shown
    else:
        yield names


def _defect(d: DefectLine, words: Catalogue) -> Run:
    tallied = words.count("{n} unit", "{n} units", d.count)
    return (
        tallied if d.sample_no is None else str(d.sample_no),
        class_name(d.defect_class, words),
        f"{flat(d.name)} {flat(d.code)}",
        flat(d.place),
        flat(d.note),
        words.say("Withdrawn: {reason}", reason=d.withdrawn_reason) if d.withdrawn else "",
        found_by(d.found_by, words),
        modes.reviewed(words) if d.reviewed else "",
        words.say(SETTLED[d.settled]) if d.settled else "",
    )


def _outside(r: InspectionReport, words: Catalogue) -> Iterator[Run]:
    for one in r.measured:
        for reading in one.readings:
            if not reading.inside:
                yield (
                    str(reading.unit),
                    flat(one.name),
                    f"{flat(reading.typed) or decimal(reading.value)} {flat(one.unit)}",
                    measured_limits(one, words),
                    words.say(CHECKS[reading.check]),
                )


def _reviews(r: InspectionReport, words: Catalogue) -> Iterator[Run]:
    for one in r.reviews if r.procedure.reviewed else ():
        yield (
            str(one.sample_no),
            " ".join(filter(None, (flat(one.name), flat(one.typed)))),
            class_name(one.defect_class, words),
            words.say(OPENED[one.agrees]),
            flat(one.note),
        )


def _decision(r: InspectionReport, words: Catalogue) -> Iterator[Run]:
    if r.decision is None:
        return
    yield (decided(r.decision, words),)
    yield (flat(r.decision.reason),)
    yield from (_claim(one, words) for one in r.decision.claims)


def _claim(one: DecidedClaim, words: Catalogue) -> Run:
    return (
        "–" if one.sample_no is None else str(one.sample_no),
        class_name(one.defect_class, words),
        " ".join(filter(None, [flat(one.name), flat(one.code)])),
        flat(one.note),
        words.say(CHECKS[one.claimed_by]),
        words.say(HELD[one.holds]),
    )


def _sampling(r: InspectionReport, words: Catalogue) -> Iterator[Run]:
    p = r.plan
    if p.severity_reason:
        yield (said(p.severity_reason, states.SEVERITY_REASONS, words),)
    for one in p.severities:
        class_word = said(one.defect_class, states.CLASS_WORDS, words)
        yield (severities.of_class(one, class_word, words),)
    if p.seed:
        yield (
            words.say(
                "{n} of {lot} units were drawn at random; the seed {seed} gives the same units again.",
                n=number(p.n),
                lot=number(p.lot),
                seed=flat(p.seed),
            ),
        )


def _history(r: InspectionReport, words: Catalogue) -> Iterator[Run]:
    yield from ((text,) for text in part_lines(r, words))
    for one in r.earlier:
        yield (earlier(one, words),)
        yield from ((taken_back(taken, words),) for taken in one.taken_back)
    yield from ((set_aside(one, words),) for one in r.set_aside)


# Certificates -------------------------------------------------------------------------------------------------------


def certificate(r: InspectionReport, no: int, on: str, issued: Signature, words: Catalogue) -> Iterator[Run]:
    """Yield what every certificate must show: of what, released by whom, and how it is checked."""
    say, b, p = words.say, r.batch, r.procedure
    yield from ((flat(r.shop.name),), (flat(r.shop.address),))
    yield (say("No. {number} · {date}", number=f"{no:06d}", date=on),)
    if r.copy:
        yield (say("Copy {n}", n=r.copy),)
    yield *certificate_pages.released(r, words), " ".join(certificate_pages.other_than_asked_for(r, words))
    yield say("Batch"), flat(b.number), f"{number(b.quantity)} {flat(b.unit_word)}"
    if r.concession is not None:
        yield from _concession(r.concession, flat(b.unit_word), words)
    made = say("made on {date}", date=day(b.made_on)) if b.made_on else ""
    yield say("Product"), flat(b.product_name), certificate_pages.product(b, words)
    yield say("Supplier"), flat(b.supplier), flat(b.supplier_place), made
    yield say("Order"), flat(b.order) or "–"
    yield (
        say("Procedure"),
        say("{code} version {version}", code=flat(p.code), version=p.version),
        flat(p.title),
        modes.second_looked(p.mode, words),
    )
    yield (certificate_pages.statement(r, words),)
    yield say("What was found"), certificate_pages.plan_line(r.plan, words)
    for item in r.classes:
        yield class_name(item.defect_class, words), class_limit(item, words), *class_figures(item)
    yield (" ".join(stage_lines(r, words)),)
    for one in (*r.signatures, *(r.concession.signatures if r.concession else ())):
        yield from _signature(one, certificate_pages.signed_as(one, words), words)
    released = next((s for s in r.signatures if s.meaning == "released_by"), None)
    if released is None or (released.name, released.staff) != (issued.name, issued.staff):
        role, when = certificate_pages.signed_as(issued, words)
        yield say("Certified by"), flat(issued.name), role, when
    yield (say("Site fingerprint {site}", site=r.site),)
    yield (
        say(
            "Certificate {number} of {date} · record {record} · printed {time}",
            number=f"{no:06d}",
            date=on,
            record=grouped(r.record),
            time=moment(r.printed_at),
        ),
    )
    yield (say("Anchor {code}", code=printed(r.head_seq, r.head_hash, r.site)),)


def results(
    measured: tuple[MeasuredResult, ...], looked: tuple[LookedFor, ...], words: Catalogue
) -> Iterator[Run]:
    """Yield each result that a certificate of analysis stands on."""
    for one in measured:
        yield (
            flat(one.name),
            certificate_pages.few_values(one, words),
            flat(one.method) or "–",
            certificate_pages.gauges(one.instruments, words),
            *certificate_pages.figures(one, words),
        )
    for each in looked:
        yield (
            flat(each.name),
            flat(each.code),
            class_name(each.defect_class, words),
            number(each.n),
            number(each.found),
        )
