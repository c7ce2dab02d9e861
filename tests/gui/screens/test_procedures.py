# SPDX-License-Identifier: Apache-2.0
"""Procedures: what is written is what is read; the author does not approve; the sampling is said in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.procedures import Characteristic, Step
from qcdesk.domain.refusals import ProcedureChanged
from qcdesk.domain.sampling import ClassRule
from qcdesk.gui.problems import Problem, Told
from qcdesk.gui.screens.procedures import texts
from qcdesk.gui.screens.procedures.characteristic_form import CharacteristicForm
from qcdesk.gui.screens.procedures.presenter import ProcedurePresenter, ProceduresPresenter, WritingPresenter
from qcdesk.gui.screens.procedures.rows import Written
from qcdesk.gui.screens.procedures.writing import WritingView
from qcdesk.gui.widgets.forms import Check, ChoiceField
from qcdesk.gui.widgets.pages import YES
from qcdesk.gui.widgets.text import Text
from tests.gui.screens.conftest import EN, Desk, Remembers
from tests.workspace import PROCEDURE, content

RULE = {"kind": "aql", "aql": "1.5", "level": "II", "n": ""}


def reading(desk: Desk, view: Remembers) -> ProcedurePresenter:
    return ProcedurePresenter(
        view,
        desk.house.use,
        desk.tasks,
        EN,
        desk.problems(view),
        desk.who,
        desk.ask,
        desk.notices.append,
        lambda _: None,
        lambda code, version: view.printed(code, version),
    )


def writing(desk: Desk, view: Remembers, opened: list[tuple[str, int]]) -> WritingPresenter:
    return WritingPresenter(
        view,
        desk.house.use,
        desk.tasks,
        EN,
        desk.problems(view),
        desk.who,
        desk.notices.append,
        lambda code, version: opened.append((code, version)),
        lambda _: None,
    )


def test_the_version_that_is_shown_is_printed(desk: Desk) -> None:
    view = Remembers(lot_size="200")
    presenter = reading(desk, view)
    presenter.print()
    assert "printed" not in view.told
    presenter.open(PROCEDURE)
    presenter.print()
    assert view.last("printed")[:2] == (PROCEDURE, 1)


def test_fields_say_the_same_content_again() -> None:
    full = content(
        "Linh",
        steps=(Step("Look", "At all sides", "ab" * 32, "vi"), Step("Measure")),
        characteristics=(
            Characteristic("DIA", "Bore", "variable", "major", "mm", None, Decimal("11.98"), None, "caliper"),
            Characteristic("SEAL", "Seal sits", "attribute", "critical", mode="split"),
            Characteristic(
                "PULL", "Pull", "variable", "major", "N", None, Decimal("90"), mode="review", destructive=True
            ),
        ),
        defects_mode="split",
        rules=(
            ClassRule("critical", "zero", n=5),
            ClassRule("major", "aql", Decimal("1.5"), "S-3"),
            ClassRule("minor", "all"),
        ),
        agreement_floor_percent=60,
        qualification_required=True,
        photo_classes=("critical", "minor"),
    )
    names = {d.code: d.name for d in full.defects}
    assert texts.content_of(texts.fields_of("IP-1", full), names, ("ab" * 32, None)) == full


def test_limit_that_can_be_read_a_thousandfold_is_not_taken_in_the_language_that_groups_so() -> None:
    bore = Characteristic("DIA", "Bore", "variable", "major", "mm", None, Decimal("1.250"))
    full = content("Linh", characteristics=(bore,))
    fields, names = texts.fields_of("IP-1", full), {d.code: d.name for d in full.defects}
    for thousands, before in ((",", None), (".", full)):
        assert texts.content_of(fields, names, (), before, thousands).characteristics == (bore,)
    with pytest.raises(BadInput) as refused:
        texts.content_of(fields, names, (), None, ".")
    assert refused.value.code == "number_in_doubt"


def test_sampling_is_said_for_an_example_lot() -> None:
    rules = texts.rules_of(
        {"critical": {**RULE, "kind": "zero"}, "major": RULE, "minor": {**RULE, "aql": "4.0"}}
    )
    said = {line.defect_class: line.plan for line in texts.lot_words(rules, "1800", EN)}
    assert said["Critical"] == "125 units, accepts 0, rejects 1"
    assert said["Major"] == "125 units, accepts 5, rejects 6"
    assert said["Minor"] == "125 units, accepts 10, rejects 11"


def test_a_double_plan_is_written_and_said_sample_by_sample() -> None:
    double = ClassRule("major", "aql", Decimal("2.5"), plan_type="double")
    full = content("Linh", rules=(*content("Linh").rules[::2], double), curtail=True)
    fields = texts.fields_of("IP-1", full)
    names = {d.code: d.name for d in full.defects}
    written = texts.content_of(fields, names, ())
    assert (set(written.rules), written.curtail) == (set(full.rules), True)
    (said,) = texts.lot_words((double,), "500", EN)
    assert said.rule == "AQL 2.5, level II, double sampling"
    assert said.plan == "32 units, accepts 1, rejects 3; then 32 more units, accepts 4, rejects 5"
    assert "A check may end as soon as it must reject." in texts.option_words(full, EN)


def test_goods_that_are_only_counted_are_written_as_blind() -> None:
    seal = Characteristic("SEAL", "Seal sits", "attribute", "critical", mode="split")
    fields = texts.fields_of("IP-1", content("Linh", characteristics=(seal,), defects_mode="split"))
    written = replace(fields, values={**fields.values, "tally": texts.YES})
    assert texts.content_of(written, {}, ()).modes() == {"blind"}


def test_page_says_how_the_second_person_looks(desk: Desk) -> None:
    bore = replace(content("x").characteristics[0], mode="split")
    desk.house.approve(characteristics=(bore,))
    view = Remembers(lot_size="1800")
    reading(desk, view).open(PROCEDURE)
    shown = view.last("show_version")
    assert ("Second check", "Blind: the defects · Split: Bore") in shown.facts
    assert [one.second for one in shown.characteristics] == ["Split: an own sample, some units in common"]


@pytest.mark.parametrize("lot", ["", "1", "1,800", "many"])
def test_lot_that_is_no_quantity_is_said_beside_it(desk: Desk, lot: str) -> None:
    view = Remembers()
    writing(desk, view, []).explain({"major": RULE}, lot)
    lines, wrong, _ = view.last("show_lot")
    assert not lines
    assert wrong


def test_author_is_told_who_can_approve(desk: Desk) -> None:
    desk.house.use.draft_procedure(desk.house.sittings["linh"], PROCEDURE, content("Linh", title="New text"))
    view = Remembers(lot_size="1800")
    reading(desk, view).open(PROCEDURE)
    shown = view.last("show_version")
    assert not shown.may_approve
    assert "สมชาย" in shown.who_can


def test_another_planner_approves_what_was_shown(desk: Desk) -> None:
    desk.house.use.draft_procedure(desk.house.sittings["linh"], PROCEDURE, content("Linh", title="New text"))
    desk.login = "som"
    view = Remembers(lot_size="1800")
    page = reading(desk, view)
    page.open(PROCEDURE)
    assert view.last("show_version").may_approve
    page.approve()
    assert view.last("show_version").approved
    assert desk.notices == ["IP-204 v2 is approved."]


def test_text_that_changed_meanwhile_is_not_approved(desk: Desk) -> None:
    desk.house.use.draft_procedure(desk.house.sittings["linh"], PROCEDURE, content("Linh", title="New text"))
    desk.login = "som"
    view = Remembers(lot_size="1800")
    page = reading(desk, view)
    page.open(PROCEDURE)
    desk.house.use.draft_procedure(
        desk.house.sittings["linh"], PROCEDURE, content("Linh", title="Other text")
    )
    with pytest.raises(ProcedureChanged):
        page.approve()


def test_retired_version_says_so(desk: Desk) -> None:
    view = Remembers(lot_size="1800")
    page = reading(desk, view)
    page.open(PROCEDURE)
    desk.answers = {"reason": "wrong drawing"}
    page.retire()
    assert view.last("show_version").state == "Retired"


def test_new_version_is_written_from_the_one_in_force(desk: Desk) -> None:
    view, opened = Remembers(), list[tuple[str, int]]()
    page = writing(desk, view, opened)
    page.open(PROCEDURE)
    written = view.last("write")[2]
    page.save(written)
    assert not view.problems
    assert opened == [(PROCEDURE, 2)]


def test_version_rewritten_here_keeps_how_the_second_person_looks(desk: Desk) -> None:
    bore = replace(content("x").characteristics[0], mode="split")
    desk.house.approve(characteristics=(bore,), defects_mode="split")
    view, opened = Remembers(), list[tuple[str, int]]()
    page = writing(desk, view, opened)
    page.open(PROCEDURE)
    page.save(view.last("write")[2])
    with desk.house.use.look() as uow:
        saved = uow.procedure(PROCEDURE, opened[0][1]).content
    assert (saved.characteristics[0].mode, saved.defects_mode) == ("split", "split")


@pytest.fixture
def page() -> WritingView:
    view = WritingView(EN)
    view.write("Write", "", texts.fields_of(PROCEDURE, content("Linh")), new=False)
    return view


def characteristic(page: WritingView) -> CharacteristicForm:
    form = page.characteristics.forms()[0]
    assert isinstance(form, CharacteristicForm)
    return form


def offered(form: CharacteristicForm) -> list[str]:
    mode = form.field("mode")
    assert isinstance(mode, ChoiceField)
    return [mode.edit.itemData(place) for place in range(mode.edit.count())]


def test_a_review_is_offered_only_where_inspecting_destroys_the_unit(page: WritingView) -> None:
    form = characteristic(page)
    assert offered(form) == ["blind", "split"]
    form.fill({**form.values(), "destructive": YES, "mode": "review"})
    assert offered(form) == ["blind", "split", "review"]
    assert form.values()["mode"] == "review"
    destructive = form.field("destructive")
    assert isinstance(destructive, Check)
    destructive.setChecked(False)
    assert form.values()["mode"] == "blind"
    assert offered(form) == ["blind", "split"]


def test_each_choice_says_what_it_means_and_costs(page: WritingView) -> None:
    form = characteristic(page)
    for mode, destructive, words in (
        ("blind", "", "inspected twice"),
        ("split", "", "at least 5"),
        ("review", YES, "stays missed"),
        ("blind", YES, "only a review fits"),
    ):
        form.fill({**form.values(), "destructive": destructive, "mode": mode})
        assert any(words in text.text() for text in form.findChildren(Text))


def test_counted_goods_leave_no_choice_and_say_why(page: WritingView) -> None:
    tally = page.form.field("tally")
    assert isinstance(tally, Check)
    tally.setChecked(True)
    assert not page.defects_mode.isVisibleTo(page)
    assert not characteristic(page).field("mode").isVisibleTo(page)
    assert any("counts the same ones again" in text.text() for text in page.findChildren(Text))
    page.characteristics.adding.click()
    assert not page.characteristics.forms()[-1].field("mode").isVisibleTo(page)


@pytest.mark.parametrize(
    ("code", "field"), [("no_limit", "lower"), ("review_needs_destructive", "mode"), ("twice_named", "code")]
)
def test_what_is_wrong_with_a_characteristic_stands_at_its_field(
    page: WritingView, code: str, field: str
) -> None:
    bad = BadInput(code, facts={"code": "DIA"}, where={"field": "characteristics"})
    page.show_problem(Problem("input", Told("It is wrong."), bad, field="characteristics"))
    form = characteristic(page)
    assert [name for name, control in form._fields.items() if getattr(control, "wrong", False)] == [field]


def test_what_is_wrong_with_no_named_characteristic_stands_below_them(page: WritingView) -> None:
    bad = BadInput("missing", where={"field": "characteristics"})
    page.show_problem(Problem("input", Told("It is wrong."), bad, field="characteristics"))
    assert page.characteristics.wrong.text() == "It is wrong."


def test_number_that_is_there_is_refused_for_a_new_procedure(desk: Desk) -> None:
    view = Remembers()
    page = writing(desk, view, [])
    page.open()
    page.save(texts.fields_of(PROCEDURE, content("Linh")))
    assert [problem.field for problem in view.problems] == ["reference"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"products": ()}, "products"),
        ({"rules": {}}, "rules"),
        ({"defects": (), "characteristics": ()}, "defects"),
        ({"steps": ({"title": "", "text": "x", "picture": "", "language": "en"},)}, "steps"),
        ({"defects": ({"code": "SCR", "class": "minor"},) * 2}, "defects"),
    ],
)
def test_what_is_missing_is_said_where_it_is_missing(
    desk: Desk, change: dict[str, object], field: str
) -> None:
    view = Remembers()
    page = writing(desk, view, [])
    page.open()
    full = texts.fields_of("IP-9", content("Linh"))
    parts = {"values": full.values, "rules": full.rules, "products": full.products, "defects": full.defects}
    page.save(Written(**{**parts, "characteristics": full.characteristics, **change}))  # type: ignore[arg-type]
    assert [problem.field for problem in view.problems] == [field]


def test_overdue_and_drafts_stand_before_the_rest(desk: Desk) -> None:
    desk.house.approve(review_by=date(2026, 3, 1))
    desk.house.use.draft_procedure(desk.house.sittings["linh"], PROCEDURE, content("Linh"))
    view = Remembers()
    page = ProceduresPresenter(view, desk.house.use, desk.tasks, desk.problems(view), lambda _c, _v: None)
    page.open()
    rows, _ = view.last("show_rows")
    assert [(row.version.version, row.overdue) for row in rows][:2] == [(2, True), (3, False)]


def test_approval_asks_what_becomes_of_batches_under_inspection(desk: Desk) -> None:
    house = desk.house
    number = house.batch()
    house.check("linh", number)
    house.use.draft_procedure(house.sittings["linh"], PROCEDURE, content("Linh"))
    view = Remembers(lot_size="1800")
    desk.login = "som"
    page = reading(desk, view)
    page.open(PROCEDURE)
    desk.answers = {"open": "re_inspect"}
    page.approve()
    assert [question.code for question in desk.asked[-1].questions] == ["open"]
    assert house.state(number) == "registered"


def test_two_planners_let_an_overdue_version_be_used_until_a_day(desk: Desk) -> None:
    house = desk.house
    house.approve(review_by=date(2026, 3, 1))
    view = Remembers(lot_size="1800")
    page = reading(desk, view)
    page.open(PROCEDURE)
    assert view.last("show_version").overdue
    desk.answers = {"until": "2026-03-20", "reason": "the planner is ill"}
    page.grant_grace()
    assert desk.asked[-1].other
    house.start("linh", house.batch())
    assert desk.notices[-1].startswith("It can be used until")
