# SPDX-License-Identifier: Apache-2.0
"""Adds the pages of master data and settings to the window, and names those that others add when they are opened."""

from __future__ import annotations

from dataclasses import replace

from qcdesk.gui.analysis_pages import add_analysis_pages
from qcdesk.gui.anchoring import Anchoring
from qcdesk.gui.audit_pages import add_audit_pages
from qcdesk.gui.care_pages import add_care_pages
from qcdesk.gui.corrective_pages import add_corrective_pages
from qcdesk.gui.figure_pages import add_figure_pages
from qcdesk.gui.goods_pages import add_goods_pages
from qcdesk.gui.leaving_pages import add_leaving_page
from qcdesk.gui.nonconformity_pages import add_nonconformity_pages
from qcdesk.gui.paper_pages import add_paper_page
from qcdesk.gui.print_pages import PAPERS, add_print_page, add_printed_pages
from qcdesk.gui.screens.analysis.rows import Origin as AnalysisOrigin
from qcdesk.gui.screens.defect_codes.presenter import DefectCodesPresenter
from qcdesk.gui.screens.defect_codes.view import DefectCodesView
from qcdesk.gui.screens.explaining.presenter import ExplainingPresenter
from qcdesk.gui.screens.explaining.view import ExplainingView
from qcdesk.gui.screens.explorer.presenter import ExplorerPresenter, ExplorerWays, Origin
from qcdesk.gui.screens.explorer.rows import Use
from qcdesk.gui.screens.explorer.view import ExplorerView
from qcdesk.gui.screens.instruments.presenter import InstrumentsPresenter
from qcdesk.gui.screens.instruments.view import InstrumentsView
from qcdesk.gui.screens.log.presenter import LogPresenter
from qcdesk.gui.screens.log.view import LogView
from qcdesk.gui.screens.people.presenter import PeoplePresenter
from qcdesk.gui.screens.people.view import PeopleView
from qcdesk.gui.screens.procedures.presenter import (
    ProcedurePresenter,
    ProceduresPresenter,
    WritingPresenter,
)
from qcdesk.gui.screens.procedures.view import ProceduresView, ProcedureView
from qcdesk.gui.screens.procedures.writing import WritingView
from qcdesk.gui.screens.products.presenter import ProductsPresenter
from qcdesk.gui.screens.products.view import ProductsView
from qcdesk.gui.screens.register.presenter import RegisterPresenter
from qcdesk.gui.screens.register.view import RegisterView
from qcdesk.gui.screens.restore.presenter import RestorePresenter, RestoreWays, backups_of
from qcdesk.gui.screens.restore.view import RestoreView
from qcdesk.gui.screens.second_check.presenter import Origin as SecondCheckOrigin
from qcdesk.gui.screens.set_up.presenter import SetUpPresenter
from qcdesk.gui.screens.set_up.view import SetUpView
from qcdesk.gui.screens.settings.presenter import SettingsPresenter
from qcdesk.gui.screens.settings.view import SettingsView
from qcdesk.gui.screens.severities.presenter import SeveritiesPresenter
from qcdesk.gui.screens.severities.view import SeveritiesView
from qcdesk.gui.screens.suppliers.presenter import SupplierPresenter, SuppliersPresenter, SupplierWays
from qcdesk.gui.screens.suppliers.view import SuppliersView, SupplierView
from qcdesk.gui.screens.verification.presenter import VerificationPresenter
from qcdesk.gui.screens.verification.view import VerificationView
from qcdesk.gui.shell import Shell
from qcdesk.gui.widgets.pages import RecordsPage
from qcdesk.services.ports import Workspaces


def add_master_pages(shell: Shell) -> None:
    """Add every page that is not part of the way of a batch; each is built when it is first opened."""
    anchoring = _anchoring(shell)
    if (workspaces := shell.workspaces) is not None:
        shell.later(lambda shell: _restore(shell, workspaces), "restore")
    shell.later(_set_up, "set_up")
    shell.later(_products, "products")
    shell.later(_defect_codes, "defect_codes")
    shell.later(_instruments, "instruments")
    shell.later(_people, "people")
    shell.later(_suppliers, "suppliers", "supplier")
    shell.later(_severities, "severities")
    shell.later(_procedures, "procedures", "procedure", "procedure_writing", "procedure_rule")
    shell.later(_explorer, "explorer")
    shell.later(_register, "register")
    shell.later(add_printed_pages, *PAPERS)
    shell.later(lambda shell: _log(shell, anchoring), "log")
    shell.later(lambda shell: _verification(shell, anchoring), "verification")
    shell.later(_explaining, "explaining")
    shell.later(add_paper_page, "check_paper")
    shell.later(add_print_page, "print_many")
    shell.later(_settings, "settings")
    shell.later(add_leaving_page, "leaving")
    add_care_pages(shell)
    add_analysis_pages(shell)
    shell.later(add_goods_pages, "concessions")
    shell.later(add_corrective_pages, "corrective_actions", "corrective_action", "supplier_ledger")
    shell.later(add_nonconformity_pages, "nonconformities", "nonconformity")
    add_figure_pages(shell)
    shell.later(add_audit_pages, "audits", "audit", "audit_templates")


def _notice(shell: Shell, line: str) -> None:
    shell.window.notice.tell(line)


def _anchoring(shell: Shell) -> Anchoring:
    made = Anchoring(
        shell.use,
        shell.tasks,
        shell.words,
        shell.ask_secret,
        lambda line: _notice(shell, line),
        lambda anchor: shell.open("slip", anchor),
    )
    shell.window.keep(made)
    return made


def _restore(shell: Shell, workspaces: Workspaces) -> None:
    view = RestoreView(shell.words)

    def back() -> None:
        if shell.sitting() is not None:
            shell.open("settings")
        else:
            shell.window.show_page("set_up")

    presenter = RestorePresenter(
        view,
        workspaces,
        shell.tasks,
        shell.words,
        shell.problems(view),
        RestoreWays(back=back, enter=shell.enter, shown=lambda: shell.window.show_page("restore")),
        lambda: backups_of(shell.settings()),
    )
    view.look_wanted.connect(presenter.look)
    view.restore_wanted.connect(presenter.restore)
    view.cancelled.connect(presenter.cancel)
    view.enter_wanted.connect(presenter.enter)
    view.back_wanted.connect(presenter.back)
    view.retry_wanted.connect(view.restore)
    shell.window.closing.connect(presenter.cancel)
    shell.add("restore", view, presenter, alone=True)


def _set_up(shell: Shell) -> None:
    view = SetUpView(shell.words, restores=shell.workspaces is not None, languages=shell.languages)
    view.languages.chosen.connect(
        lambda code: shell.change_settings(replace(shell.settings(), language=code))
    )
    view.restore_wanted.connect(lambda: shell.open("restore"))
    view.paper_wanted.connect(lambda: shell.open("check_paper"))
    presenter = SetUpPresenter(
        view,
        shell.use,
        shell.tasks,
        shell.problems(view),
        shell.words,
        shell.show_once,
        lambda: shell.open("sign_in"),
    )
    view.begin_wanted.connect(presenter.begin)
    view.put_away.connect(presenter.put_away)
    shell.add("set_up", view, presenter, alone=True)


def _products(shell: Shell) -> None:
    view = ProductsView(shell.words)
    presenter = ProductsPresenter(
        view,
        shell.use,
        shell.tasks,
        shell.words,
        shell.problems(view),
        shell.who,
        lambda line: _notice(shell, line),
        shell.ask,
    )
    _record_page(shell, "products", view, presenter)

    def severities() -> None:
        if presenter.chosen is not None:
            shell.open("severities", "product", presenter.chosen.code, presenter.chosen.name)

    view.severity_wanted.connect(severities)

    def charts() -> None:
        if (chosen := presenter.chosen) is not None:
            back = shell.words.say("Products")
            shell.open("analysis", AnalysisOrigin(chosen.code, "", chosen.name, ("products",), back))

    view.analysis_wanted.connect(charts)


def _defect_codes(shell: Shell) -> None:
    view = DefectCodesView(shell.words)
    presenter = DefectCodesPresenter(
        view,
        shell.use,
        shell.tasks,
        shell.words,
        shell.problems(view),
        shell.who,
        lambda line: _notice(shell, line),
        shell.ask,
    )
    _record_page(shell, "defect_codes", view, presenter)
    view.places.wanted.connect(lambda page: shell.open(page))


def _instruments(shell: Shell) -> None:
    view = InstrumentsView(shell.words, shell.use.clock.today)
    presenter = InstrumentsPresenter(
        view,
        shell.use,
        shell.tasks,
        shell.words,
        shell.problems(view),
        shell.who,
        lambda line: _notice(shell, line),
        shell.ask,
    )
    _record_page(shell, "instruments", view, presenter)


def _record_page(
    shell: Shell,
    name: str,
    view: RecordsPage,
    presenter: ProductsPresenter | DefectCodesPresenter | InstrumentsPresenter,
) -> None:
    view.asked.connect(presenter.search)
    view.chosen.connect(presenter.choose)
    view.add_wanted.connect(presenter.add)
    view.left.connect(presenter.leave)
    view.save_wanted.connect(presenter.save)
    view.retry_wanted.connect(presenter.reload)
    shell.add(name, view, presenter)


def _people(shell: Shell) -> None:
    view = PeopleView(shell.words, shell.use.clock.today)

    def told(line: str) -> None:
        _notice(shell, line)
        shell.look_at_locks()

    presenter = PeoplePresenter(
        view,
        shell.use,
        shell.tasks,
        shell.words,
        shell.problems(view),
        shell.who,
        shell.ask,
        told,
        shell.show_once,
    )
    view.asked.connect(presenter.search)
    view.chosen.connect(presenter.choose)
    view.add_wanted.connect(presenter.add)
    view.maker_wanted.connect(presenter.list_maker)
    view.act_wanted.connect(presenter.act)
    view.enrol_wanted.connect(presenter.enrol)
    view.left.connect(presenter.leave)
    view.retry_wanted.connect(presenter.reload)
    shell.add("people", view, presenter)


def _suppliers(shell: Shell) -> None:
    today = shell.use.clock.today
    listed, one = SuppliersView(shell.words, today), SupplierView(shell.words, today)
    suppliers = SuppliersPresenter(
        listed,
        shell.use,
        shell.tasks,
        shell.problems(listed),
        lambda supplier: shell.open("supplier", supplier),
    )
    listed.asked.connect(suppliers.search)
    listed.opened.connect(suppliers.choose)
    listed.add_wanted.connect(lambda: shell.open("supplier"))
    listed.places.wanted.connect(lambda page: shell.open(page))
    listed.retry_wanted.connect(suppliers.reload)
    supplier = SupplierPresenter(
        one,
        shell.use,
        shell.tasks,
        shell.words,
        shell.problems(one),
        shell.who,
        lambda line: _notice(shell, line),
        shell.ask,
        SupplierWays(
            back=lambda: shell.open("suppliers"),
            batch=lambda batch: shell.open("batch", batch),
            action=lambda action: shell.open("corrective_action", action),
            defects=lambda key, code: shell.open("supplier_defects", key, code),
            figure=lambda key, code: shell.open("scorecard", key, code),
            severities=lambda key, name: shell.open("severities", "supplier", key, name),
        ),
    )
    one.back_wanted.connect(lambda: shell.open("suppliers"))
    one.batch_wanted.connect(lambda batch: shell.open("batch", batch))
    one.action_wanted.connect(lambda action: shell.open("corrective_action", action))
    one.urgent_wanted.connect(supplier.open_urgent)
    one.bar_wanted.connect(supplier.open_bar)
    one.lot_wanted.connect(supplier.open_lot)
    one.figure_wanted.connect(supplier.open_figure)
    one.edit_wanted.connect(supplier.edit)
    one.save_wanted.connect(supplier.save)
    one.name_typed.connect(supplier.name_typed)
    one.left.connect(supplier.leave)
    one.severity_wanted.connect(supplier.show_severities)
    one.stop_wanted.connect(supplier.stop)
    one.contact_wanted.connect(supplier.add_contact)
    one.contact_goes.connect(supplier.remove_contact)
    one.paper_wanted.connect(supplier.add_paper)
    one.paper_goes.connect(supplier.remove_paper)
    one.copy_wanted.connect(supplier.copy_paper)
    one.copy_named.connect(supplier.save_copy)
    one.let_go_wanted.connect(supplier.let_go)
    one.ledger_wanted.connect(
        lambda: shell.open("supplier_ledger", supplier.shown.supplier) if supplier.shown else None
    )
    one.amiss_wanted.connect(
        lambda: shell.open("nonconformities", supplier.shown.name) if supplier.shown else None
    )
    one.merge_wanted.connect(supplier.merge)
    one.apart_wanted.connect(supplier.take_apart)

    def charts() -> None:
        if (shown := supplier.shown) is not None:
            origin = AnalysisOrigin("", shown.supplier, shown.name, ("supplier", shown.supplier), shown.name)
            shell.open("analysis", origin)

    def scored() -> None:
        if (shown := supplier.shown) is not None:
            shell.open("scorecard", shown.supplier)

    one.analysis_wanted.connect(charts)
    one.scorecard_wanted.connect(scored)
    one.retry_wanted.connect(supplier.reload)
    shell.window.add_page("suppliers", listed)
    shell.window.add_page("supplier", one, place="suppliers")
    shell.window.on_open("suppliers", suppliers.open)
    shell.window.on_open("supplier", supplier.open)
    for presenter in (suppliers, supplier):
        shell.window.keep(presenter)


def _explorer(shell: Shell) -> None:
    view = ExplorerView(shell.words)

    def use(chosen: Use, origin: Origin) -> None:
        if origin.writing:
            shell.open("procedure_rule", chosen.defect_class, chosen.rule)
        else:
            shell.open("procedure_writing", chosen.procedure, {chosen.defect_class: chosen.rule})

    def back(origin: Origin) -> None:
        if origin.writing:
            shell.window.show_page("procedure_writing")
        elif origin.procedure:
            shell.open("procedure", origin.procedure)
        else:
            shell.open("procedures")

    presenter = ExplorerPresenter(
        view,
        shell.use,
        shell.tasks,
        shell.words,
        shell.problems(view),
        ExplorerWays(
            use=use,
            back=back,
            paper=shell.paper("chart", "explorer"),
            second=lambda fields: shell.open(
                "second_check",
                SecondCheckOrigin(
                    fields, words=shell.words.say("The plan"), back=lambda: shell.window.show_page("explorer")
                ),
            ),
        ),
    )
    view.changed.connect(presenter.changed)
    view.taken.connect(presenter.take)
    view.kept.connect(presenter.keep)
    view.cleared.connect(presenter.clear)
    view.use_wanted.connect(presenter.use)
    view.print_wanted.connect(presenter.print_sheet)
    view.second_wanted.connect(presenter.second_check)
    view.back_wanted.connect(presenter.back)
    view.retry_wanted.connect(presenter.again)
    shell.add("explorer", view, presenter, place="procedures")


def _severities(shell: Shell) -> None:
    view = SeveritiesView(shell.words, shell.use.clock.today)
    presenter = SeveritiesPresenter(
        view,
        shell.use,
        shell.tasks,
        shell.words,
        shell.problems(view),
        shell.ask,
        lambda line: _notice(shell, line),
        lambda batch: shell.open("batch", batch),
    )
    view.set_wanted.connect(presenter.set)
    view.run_wanted.connect(presenter.run)
    view.run.chosen.connect(presenter.lot)
    view.batch_wanted.connect(lambda batch: shell.open("batch", batch))
    view.back_wanted.connect(lambda: shell.open(*presenter.came_from))
    view.retry_wanted.connect(presenter.reload)
    shell.add("severities", view, presenter, place="suppliers")


def _procedures(shell: Shell) -> None:
    listed = ProceduresView(shell.words, shell.use.clock.today)
    one, writing = ProcedureView(shell.words), WritingView(shell.words)

    def told(line: str) -> None:
        _notice(shell, line)

    def read(code: str, version: int) -> None:
        shell.open("procedure", code, version)

    procedures = ProceduresPresenter(listed, shell.use, shell.tasks, shell.problems(listed), read)
    listed.asked.connect(procedures.search)
    listed.opened.connect(procedures.choose)
    listed.add_wanted.connect(lambda: shell.open("procedure_writing"))
    listed.retry_wanted.connect(procedures.open)
    procedure = ProcedurePresenter(
        one,
        shell.use,
        shell.tasks,
        shell.words,
        shell.problems(one),
        shell.who,
        shell.ask,
        told,
        lambda code: shell.open("procedure_writing", code),
        lambda code, version: shell.open("instruction", code, version),
    )
    one.back_wanted.connect(lambda: shell.open("procedures"))
    one.approve_wanted.connect(procedure.approve)
    one.print_wanted.connect(procedure.print)
    one.edit_wanted.connect(procedure.edit)
    one.retire_wanted.connect(procedure.retire)
    one.grace_wanted.connect(procedure.grant_grace)
    one.lot_asked.connect(procedure.explain)
    writer = WritingPresenter(
        writing,
        shell.use,
        shell.tasks,
        shell.words,
        shell.problems(writing),
        shell.who,
        told,
        read,
        lambda code: shell.open("procedure", code) if code else shell.open("procedures"),
    )
    writing.left.connect(writer.leave)
    writing.save_wanted.connect(writer.save)
    writing.explain_wanted.connect(writer.explain)
    writing.explore_wanted.connect(
        lambda defect_class, rules, lot: shell.open(
            "explorer", Origin(writer.code, defect_class, rules, lot, writing=True)
        )
    )
    listed.explore_wanted.connect(lambda: shell.open("explorer"))
    one.explore_wanted.connect(
        lambda defect_class, lot: shell.open("explorer", Origin(procedure.code, defect_class, None, lot))
    )
    shell.window.add_page("procedures", listed)
    shell.window.add_page("procedure", one, place="procedures")
    shell.window.add_page("procedure_writing", writing, place="procedures")
    shell.window.on_open("procedures", procedures.open)
    shell.window.on_open("procedure", procedure.open)
    shell.window.on_open("procedure_writing", writer.open)
    shell.window.add_page("procedure_rule", writing, place="procedures")
    shell.window.on_open("procedure_rule", writing.take_rule)
    for presenter in (procedures, procedure, writer):
        shell.window.keep(presenter)


def _register(shell: Shell) -> None:
    view = RegisterView(shell.words)
    presenter = RegisterPresenter(
        view,
        shell.use,
        shell.tasks,
        shell.words,
        shell.problems(view),
        shell.who,
        lambda line: _notice(shell, line),
        lambda batch: shell.open("batch", batch),
        lambda batch: shell.open("batch", batch) if batch else shell.open("board"),
        shell.ask,
    )
    view.save_wanted.connect(presenter.save)
    view.back_wanted.connect(presenter.leave)
    view.products_wanted.connect(lambda: shell.open("products"))
    shell.add("register", view, presenter, place="board")


def _log(shell: Shell, anchoring: Anchoring) -> None:
    view = LogView(shell.words)
    presenter = LogPresenter(view, shell.use, shell.tasks, shell.words, shell.problems(view), shell.who)
    view.narrowed.connect(presenter.narrow)
    view.more_wanted.connect(presenter.more)
    view.retry_wanted.connect(presenter.reload)
    view.batch_wanted.connect(lambda batch: shell.open("batch", batch))
    view.check_wanted.connect(lambda: shell.open("verification"))
    view.questions_wanted.connect(lambda: shell.open("explaining"))
    view.slip_wanted.connect(anchoring.slip)
    shell.add("log", view, presenter)


def _verification(shell: Shell, anchoring: Anchoring) -> None:
    view = VerificationView(shell.words)
    presenter = VerificationPresenter(
        view,
        shell.use,
        shell.tasks,
        shell.words,
        shell.problems(view),
        shell.ask,
        shell.who,
        shell.look_again,
    )
    view.check_wanted.connect(presenter.check)
    view.anchors_chosen.connect(presenter.check_against)
    view.code_wanted.connect(presenter.ask_for_code)
    view.void_wanted.connect(presenter.void)
    view.restore_wanted.connect(presenter.sign_restore)
    view.rebuild_wanted.connect(presenter.rebuild)
    view.slip_wanted.connect(anchoring.slip)
    view.folder_chosen.connect(lambda folder: anchoring.keep(folder, shell.problems(view)))
    view.retry_wanted.connect(presenter.again)
    view.cancelled.connect(presenter.cancel)
    view.batch_wanted.connect(lambda batch: shell.open("batch", batch))
    view.back_wanted.connect(lambda: shell.open("log"))
    shell.add("verification", view, presenter, place="log")


def _explaining(shell: Shell) -> None:
    view = ExplainingView(shell.words)
    presenter = ExplainingPresenter(
        view,
        shell.use,
        shell.tasks,
        shell.words,
        shell.problems(view),
        shell.who,
        shell.ask,
        lambda line: _notice(shell, line),
    )
    view.explain_wanted.connect(presenter.explain)
    view.retry_wanted.connect(presenter.open)
    view.batch_wanted.connect(lambda batch: shell.open("batch", batch))
    view.back_wanted.connect(lambda: shell.open("log"))
    shell.add("explaining", view, presenter, place="log")


def _settings(shell: Shell) -> None:
    view = SettingsView(shell.words, shell.languages, restores=shell.workspaces is not None)
    view.restore_wanted.connect(lambda: shell.open("restore"))
    view.leaving_wanted.connect(lambda: shell.open("leaving"))
    presenter = SettingsPresenter(
        view,
        shell.use,
        shell.tasks,
        shell.words,
        shell.problems(view),
        lambda line: _notice(shell, line),
        shell.ask_secret,
        shell.settings,
        shell.change_settings,
        shell.own_language,
    )
    view.wished.connect(presenter.wish)
    view.spoken.connect(shell.speak)
    view.save_wanted.connect(presenter.save)
    view.left.connect(presenter.reload_shop)
    shell.add("settings", view, presenter)
