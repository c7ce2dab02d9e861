# SPDX-License-Identifier: Apache-2.0
"""Writes audit templates: every change gives a new draft, or rewrites the one there is; another planner approves it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, Protocol

from qcdesk.domain.audit_templates import AuditTemplate, Section, TemplateVersion, Texts, said
from qcdesk.domain.audit_templates import Question as Asked
from qcdesk.domain.numbers import parse_quantity
from qcdesk.gui.asking import Answers, Ask, Asking, Question, WhoNow
from qcdesk.gui.problems import Problem, Problems
from qcdesk.gui.records import Notice
from qcdesk.gui.screens.audits.writing import (
    PLACES,
    PartRow,
    Place,
    question_of,
    section_of,
    text_in,
    with_new_question,
    with_question,
    with_section,
    with_text,
)
from qcdesk.gui.tasks import Tasks
from qcdesk.i18n import LANGUAGE_NAMES, Catalogue, mark
from qcdesk.services.audit_rows import TemplateRow
from qcdesk.services.ports import Hand
from qcdesk.services.use_cases import UseCases
from qcdesk.wording import audits as wording

GENERAL: Final = "GENERAL"
WRITTEN_IN: Final = tuple((code.partition("_")[0], name) for code, name in LANGUAGE_NAMES.items())
"""The languages in which texts are written: their codes in a template, and how each calls itself."""
_PLACES: Final[dict[Place, str]] = {
    "stay": mark("It stays where it is"),
    "up": mark("One further up"),
    "down": mark("One further down"),
    "out": mark("Take it out"),
}


class TemplatesView(Protocol):
    """The list of templates, and one of them."""

    def show_templates(self, rows: Sequence[TemplateRow], *, general: bool) -> None: ...
    def show_template(
        self, title: str, note: str, rows: Sequence[PartRow], language: str, *, approvable: bool
    ) -> None: ...
    def show_problem(self, problem: Problem) -> None: ...


class TemplatesPresenter:
    """Shows a template in one language; every sheet changes one thing and saves the whole."""

    def __init__(
        self,
        view: TemplatesView,
        use: UseCases,
        tasks: Tasks,
        words: Catalogue,
        problems: Problems,
        who: WhoNow,
        ask: Ask,
        notice: Notice,
    ) -> None:
        self._view, self._use, self._tasks, self._words = view, use, tasks, words
        self._problems, self._who, self._ask, self._notice = problems, who, ask, notice
        self._language = words.language.partition("_")[0]
        if self._language not in dict(WRITTEN_IN):
            self._language = "en"
        self._code = ""
        self._now: TemplateVersion | None = None

    def open(self) -> None:
        """Show the templates, with the one that was looked at last."""

        def load() -> tuple[tuple[TemplateRow, ...], TemplateVersion | None]:
            rows = self._use.read.audit_templates()
            codes = [row.code for row in rows]
            code = self._code if self._code in codes else next(iter(codes), "")
            return rows, self._use.audits.template(code) if code else None

        self._tasks.run(
            load, lambda found: self._loaded(*found), self._problems.show, latest="audit_templates"
        )

    def _loaded(self, rows: tuple[TemplateRow, ...], held: TemplateVersion | None) -> None:
        self._now, self._code = held, held.code if held is not None else ""
        self._view.show_templates(rows, general=all(row.code != GENERAL for row in rows))
        self._show()

    def choose(self, code: str) -> None:
        """Show another template."""
        self._code = code
        self.open()

    def speak(self, language: str) -> None:
        """Show and write the texts in another language."""
        self._language = language
        self._show()

    def _show(self) -> None:
        held, say = self._now, self._words.say
        if held is None:
            return
        content = held.content
        note = say(
            "{state}. Passed from {passes} %, under conditions from {conditions} %. Written in: {languages}.",
            state=say(wording.TEMPLATE_STATES[held.state]),
            passes=content.pass_percent,
            conditions=content.conditional_percent,
            languages=", ".join(LANGUAGE_NAMES.get(one, one) for one in content.languages()),
        )
        rows: list[PartRow] = []
        for section in content.sections:
            rows.append(self._row(section))
            rows += [self._row(question) for question in section.questions]
        title = say(
            "{code} v{version} {title}",
            code=held.code,
            version=held.version,
            title=said(content.title, self._language),
        )
        approvable = held.state == "draft" and held.author != self._who().person
        self._view.show_template(title, note, rows, self._language, approvable=approvable)

    def _row(self, part: Section | Asked) -> PartRow:
        say, language = self._words.say, self._language
        if isinstance(part, Section):
            told, guidance, answered, critical = part.title, "", "", False
        else:
            told, guidance, critical = part.text, said(part.guidance, language), part.critical
            answered = say("0 to {points} points", points=part.points) if part.points else say("yes or no")
        untold = not text_in(told, language)
        return PartRow(
            isinstance(part, Section), part.code, said(told, language), guidance, answered, part.weight,
            critical, untold,
        )  # fmt: skip

    # what can be done -------------------------------------------------------------------------------------------

    def read_from(self, file: str) -> None:
        """Ask under which code a file is written as a version."""
        say = self._words.say
        asking = Asking(
            say("Import an audit template"),
            say(
                "It becomes a draft, or a new version of the template with this code. Another planner approves it."
            ),
            say("Import it"),
            (Question("template", say("Code of the audit template"), value=Path(file).stem.upper()),),
            secret=False,
        )
        self._save(asking, lambda values: (values["template"], self._use.files.read_audit_template(file)))

    def write_general(self) -> None:
        """Write the general template as a draft."""
        say = self._words.say
        asking = Asking(
            say("Use the general template"),
            say("Forty questions in eight sections for small factories. Another planner approves it."),
            say("Write it as a draft"),
            secret=False,
        )
        self._save(asking, lambda _: (GENERAL, self._use.files.read_audit_template("")))

    def begin(self) -> None:
        """Ask for the least that a template has: a title, a section and its first question."""
        say = self._words.say
        asking = Asking(
            say("New template"),
            say("Texts are written in the language that is chosen on the page; others can follow."),
            say("Write it as a draft"),
            (
                Question("template", say("Code of the audit template")),
                Question("title", say("Title")),
                Question("section", say("First section"), value=say("Goods")),
                Question("question", say("First question"), "text"),
            ),
            secret=False,
        )

        def made(values: Answers) -> tuple[str, AuditTemplate]:
            question = Asked("A-1", self._texts(values["question"]))
            section = Section("A", self._texts(values["section"]), (question,))
            return values["template"], AuditTemplate(self._texts(values["title"]), (section,))

        self._save(asking, made)

    def _texts(self, text: str) -> Texts:
        return with_text((), self._language, text)

    def write_to(self, file: str) -> None:
        """Write the template as XLSX or JSON, from which it is imported again without loss."""
        held = self._now
        if held is None:
            return
        told = self._words.say("{file} is written.", file=Path(file).name)
        self._tasks.run(
            lambda: self._use.files.write_audit_template(file, held.content),
            lambda _: self._notice(told),
            self._problems.show,
        )

    def approve(self) -> None:
        """Let another planner sign the text that is shown."""
        held, say = self._now, self._words.say
        if held is None:
            return
        asking = Asking(
            say("Approve {code} v{version}", code=held.code, version=held.version),
            say("You have read it, and suppliers may be audited by it."),
            say("Approve it"),
        )

        def work(_values: Answers, hands: tuple[Hand, ...]) -> object:
            return self._use.audits.approve_template(hands[0], held.code, held.version, held.hash)

        self._ask(asking, work, lambda _: self._told(say("The template is approved.")))

    def change_limits(self) -> None:
        """Ask for the title and from which score on an audit is passed."""
        held, say = self._now, self._words.say
        if held is None:
            return
        content = held.content
        asking = self._asking(
            say("Title and limits"),
            (
                Question("title", say("Title"), value=text_in(content.title, self._language)),
                Question("pass_percent", say("Passed from, in percent"), value=str(content.pass_percent)),
                Question("conditional_percent", say("Under conditions from, in percent"),
                         value=str(content.conditional_percent)),
                Question("note", say("Note"), "text", value=content.note, optional=True),
            ),
        )  # fmt: skip

        def changed(values: Answers) -> AuditTemplate:
            return replace(
                content,
                title=with_text(content.title, self._language, values["title"]),
                pass_percent=_whole(values, "pass_percent"),
                conditional_percent=_whole(values, "conditional_percent"),
                note=values["note"],
            )

        self._save(asking, lambda values: (held.code, changed(values)))

    def change(self, part: object) -> None:
        """Ask what a section or a question says now."""
        held = self._now
        if held is None or not isinstance(part, PartRow):
            return
        if part.section:
            self._change_section(held, section_of(held.content, part.code))
        else:
            self._change_question(held, question_of(held.content, part.code))

    def add_section(self) -> None:
        """Ask for one more section with its first question."""
        held, say = self._now, self._words.say
        if held is None:
            return
        asking = self._asking(
            say("Add a section"),
            (
                Question("code", say("Code"), hint=say("Such as D")),
                Question("title", say("Title")),
                Question("weight", say("Weight in the score"), value="1"),
                Question("question", say("First question"), "text"),
            ),
        )

        def added(values: Answers) -> AuditTemplate:
            code = values["code"].strip()
            question = Asked(f"{code}-1", self._texts(values["question"]))
            section = Section(code, self._texts(values["title"]), (question,), _whole(values, "weight"))
            return replace(held.content, sections=(*held.content.sections, section))

        self._save(asking, lambda values: (held.code, added(values)))

    def add_question(self) -> None:
        """Ask for one more question of a section."""
        held, say = self._now, self._words.say
        if held is None:
            return
        sections = tuple(
            (one.code, say("{code} {title}", code=one.code, title=said(one.title, self._language)))
            for one in held.content.sections
        )
        asking = self._asking(
            say("Add a question"),
            (
                Question("sections", say("In which section"), "choice", sections, value=sections[-1][0]),
                Question("code", say("Code"), hint=say("Such as D-4")),
                *self._question_asked(Asked("", ())),
            ),
        )
        self._save(
            asking,
            lambda values: (
                held.code,
                with_new_question(held.content, values["sections"], self._written(Asked("", ()), values)),
            ),
        )

    def _change_section(self, held: TemplateVersion, section: Section) -> None:
        say = self._words.say
        asking = self._asking(
            say("Section {code}", code=section.code),
            (
                Question("code", say("Code"), value=section.code),
                Question("title", say("Title"), value=text_in(section.title, self._language), optional=True),
                Question("weight", say("Weight in the score"), value=str(section.weight)),
                self._place(),
            ),
        )

        def changed(values: Answers) -> AuditTemplate:
            now = replace(
                section,
                code=values["code"],
                title=with_text(section.title, self._language, values["title"]),
                weight=_whole(values, "weight"),
            )
            return with_section(held.content, section.code, now, _place_of(values))

        self._save(asking, lambda values: (held.code, changed(values)))

    def _change_question(self, held: TemplateVersion, question: Asked) -> None:
        asking = self._asking(
            self._words.say("Question {code}", code=question.code),
            (
                Question("code", self._words.say("Code"), value=question.code),
                *self._question_asked(question),
                self._place(),
            ),
        )
        self._save(
            asking,
            lambda values: (
                held.code,
                with_question(
                    held.content, question.code, self._written(question, values), _place_of(values)
                ),
            ),
        )

    # pieces -----------------------------------------------------------------------------------------------------

    def _asking(self, title: str, questions: tuple[Question, ...]) -> Asking:
        say, held = self._words.say, self._now
        assert held is not None, "only a template that is shown is changed"
        says = say("It is a draft; who wrote last does not approve it.")
        if held.state != "draft":
            says = say("Version {version} stays as it is; a new one is begun.", version=held.version)
        named = dict(WRITTEN_IN)[self._language]
        return Asking(
            title, says, say("Save it"), questions, note=say("Texts in: {language}", language=named), secret=False
        )  # fmt: skip

    def _question_asked(self, question: Asked) -> tuple[Question, ...]:
        say = self._words.say
        kinds = (("yes_no", say("Yes, partly, no, or not applicable")), ("points", say("Points, from 0 on")))
        critical = (("", say("no")), ("yes", say("yes: “no” fails the whole audit")))
        return (
            Question("question", say("What is asked"), "text", value=text_in(question.text, self._language),
                     optional=bool(question.code)),
            Question("guidance", say("What to look at"), "text", value=text_in(question.guidance, self._language),
                     optional=True),
            Question("kind", say("Answered by"), "choice", kinds, value=question.kind),
            Question("points", say("How many points"), value=str(question.points or 10), only=("kind", "points")),
            Question("weight", say("Weight in its section"), value=str(question.weight)),
            Question("critical", say("Critical", context="question"), "choice", critical,
                     value="yes" if question.critical else "", optional=True),
        )  # fmt: skip

    def _place(self) -> Question:
        say = self._words.say
        places = tuple((one, say(_PLACES[one])) for one in PLACES)
        return Question("place", say("Its place in the list"), "choice", places, value="stay")

    def _written(self, question: Asked, values: Answers) -> Asked:
        points = values["kind"] == "points"
        return replace(
            question,
            code=values["code"],
            text=with_text(question.text, self._language, values["question"]),
            guidance=with_text(question.guidance, self._language, values["guidance"]),
            kind="points" if points else "yes_no",
            points=_whole(values, "points") if points else 0,
            weight=_whole(values, "weight"),
            critical=values["critical"] == "yes",
        )

    def _save(
        self,
        asking: Asking,
        made: Callable[[Answers], tuple[str, AuditTemplate]],
    ) -> None:
        def work(values: Answers, _hands: tuple[Hand, ...]) -> str:
            code, content = made(values)
            return self._use.audits.save_template(self._who().sitting, code, content).code

        def done(code: str) -> None:
            self._code = code
            self._told(self._words.say("{code} is written; another planner approves it.", code=code))

        self._ask(asking, work, done)

    def _told(self, line: str) -> None:
        self._notice(line)
        self.open()


def _whole(values: Answers, field: str) -> int:
    return parse_quantity(values[field], least=0, where={"field": field})


def _place_of(values: Answers) -> Place:
    return next((one for one in PLACES if one == values["place"]), "stay")
