# SPDX-License-Identifier: Apache-2.0
"""What is said of how well checks find has its interval, and does not say more than is known."""

from __future__ import annotations

from qcdesk.domain.comparison import compare
from qcdesk.domain.sampling import Claimed, ClassRule, plans_for
from qcdesk.i18n import Catalogue
from qcdesk.services.detection import Headline, Pair
from qcdesk.services.detection_rows import LearntRow
from qcdesk.statistics.agreement import agreement_on_units
from qcdesk.statistics.misses import Missing, Share
from qcdesk.statistics.unseen import Learnt
from qcdesk.wording import detection as wording

EN = Catalogue()
NONE = Share.of(0, 0)


def missing(hits: int, n: int, period: str = "") -> Missing:
    return Missing(("an",), period, Share.of(hits, n), Share.of(2, 810))


def test_sentence_has_number_share_and_interval() -> None:
    told = Headline(Share.of(31, 214), 12, 3, 40)
    assert wording.sentence(told, "", EN) == (
        "Of 214 settled defects the first checks missed 31 (14 %, 10 to 20 %)."
    )
    assert wording.sentence(told, "you", EN) == "You missed 31 of 214 settled defects (14 %, 10 to 20 %)."
    assert wording.sentence(told, "Linh", EN) == "Linh missed 31 of 214 settled defects (14 %, 10 to 20 %)."
    assert wording.beside(told, EN)[-1] == "What both missed is in no count: the true share is this or more."


def test_few_defects_say_that_they_do_not_tell() -> None:
    few = Headline(Share.of(2, 6), 0, 0, 3)
    for whose in ("", "you", "Linh"):
        said = wording.sentence(few, whose, EN)
        assert "not enough to tell how often (4.3 to 78 %)" in said
        assert "33 %" not in said
    assert wording.share_cell(Share.of(2, 6), EN) == "not enough to tell (4.3 to 78 %)"
    assert wording.sentence(Headline(NONE, 0, 0, 0), "", EN) == "No defect is settled in what you chose."
    assert wording.beside(Headline(NONE, 0, 0, 0), EN) == ()


def test_row_says_false_alarms_only_where_there_are_some() -> None:
    assert wording.of_row("Linh", missing(31, 214), EN) == (
        "Linh: 31 of 214 settled defects missed, 14 % (10 to 20 %). 2 good units called bad of 810."
    )
    quiet = Missing(("an",), "", Share.of(31, 214), Share.of(0, 810))
    assert wording.of_row("Linh", quiet, EN).endswith("14 % (10 to 20 %).")
    assert wording.of_row("Linh", Missing(("an",), "", NONE, NONE), EN) == "Linh: no defect is settled."


def test_kappa_is_said_in_words_behind_the_share() -> None:
    said = wording.of_pair(
        ("An", "Bo"), Pair("a", "b", 9, 30, 10, 400, agreement_on_units(30, 5, 5, 400)), EN
    )
    assert said.startswith("An and Bo agree on 97.7 % (95.9 to 98.9 %) of 440 units")
    assert "Of the agreement that chance does not bring they reach 84 % (kappa 0.84 (0.75 to 0.94))." in said
    none = wording.of_pair(("An", "Bo"), Pair("a", "b", 1, 0, 0, 0, agreement_on_units(0, 0, 0, 20)), EN)
    assert "beyond chance has no meaning" in none
    few = wording.of_pair(("An", "Bo"), Pair("a", "b", 1, 0, 0, 0, agreement_on_units(1, 1, 1, 12)), EN)
    assert "not enough to tell" in few


def test_picture_leaves_out_months_in_which_nothing_was_settled() -> None:
    months = (missing(3, 20, "2026-09"), Missing((), "2026-10", NONE, NONE), missing(0, 30, "2026-11"))
    drawn = wording.picture(months, "An", EN)
    assert drawn is not None
    (panel,) = drawn.panels
    assert panel.x.names == ("Sep 2026", "Nov 2026")
    assert panel.points is not None
    assert list(panel.points.y) == [0.15, 0.0]
    assert [round(level.at(0), 3) for level in panel.levels] == [0.379, 0.032]
    assert wording.picture(months[1:2], "An", EN) is None


def test_learnt_stands_beside_the_signed_figure_with_where_it_comes_from() -> None:
    plan = plans_for([ClassRule("major", "all")], 80, "normal")
    claims = [Claimed(unit, "DEN", "major") for unit in (1, 2, 3)]
    compared = compare(claims, [*claims, Claimed(4, "DEN", "major")], plan)
    rows = (
        LearntRow(None, Learnt(84, 97), Learnt(60, 71)),
        LearntRow("major", Learnt(40, 44), Learnt(50, 52)),
        LearntRow("minor", None, Learnt(20, 24)),
    )
    said = wording.with_learnt(compared, rows, ("Linh", "Som"), EN)
    assert said[0].startswith(
        "By what earlier rounds tell of the two: probably nothing missed by both, 0 to 1 "
    )
    assert said[0].endswith("(Linh found 84 of 97, Som found 60 of 71).")
    assert said[1].startswith("Major: ") and len(said) == 3
    assert said[-1].endswith("The signed figure stays as it is.")
    few = wording.with_learnt(compared, (LearntRow(None, None, None),), ("Linh", "Som"), EN)
    assert few == (
        "Too little is settled before to learn how well these two find: it takes 20 bad units of each.",
    )
    assert wording.with_learnt(compared, (), ("Linh", "Som"), EN) == ()


def test_kappa_of_a_person_who_calls_everything_alike_cannot_be_told() -> None:
    found = agreement_on_units(0, 5, 0, 75)
    assert wording.kappa(found, EN) == "cannot be told"
    assert "0.00" not in wording.of_pair(("An", "Linh"), Pair("a", "b", 1, 0, 5, 75, found), EN)
