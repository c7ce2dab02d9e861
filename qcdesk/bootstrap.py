# SPDX-License-Identifier: Apache-2.0
"""Builds the adapters and binds the use cases to them; the only place that knows which adapter is taken."""

from __future__ import annotations

import json
import secrets
import shutil
import time
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from qcdesk import __version__, config, logs
from qcdesk.domain.anchors import Anchor
from qcdesk.domain.audit_templates import AuditTemplate
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import Refusal
from qcdesk.exchange import drawings, photos, stored_files
from qcdesk.exchange.audit_files import read_template, write_template
from qcdesk.exchange.calendar_files import calendar_bytes
from qcdesk.exchange.exporting import write_tables
from qcdesk.exchange.importing import TableImport
from qcdesk.exchange.mail_files import mail_bytes, read_letter
from qcdesk.exchange.mail_sending import SmtpPost
from qcdesk.exchange.papers import PAPER_BYTES, codes_on_paper
from qcdesk.i18n import Catalogue
from qcdesk.reports.system_printers import SystemPrinters
from qcdesk.services.brought_anchors import codes_off_paper
from qcdesk.services.chart_sheets import ChartSheet
from qcdesk.services.demonstration.play import PlayedPerson, SayProgress, play
from qcdesk.services.demonstration.story_time import StoryClock
from qcdesk.services.inspection_report import Paper, Picture
from qcdesk.services.labels import LabelWish
from qcdesk.services.letters import ATTACHMENT_BYTES, Due, Mail, MailRead
from qcdesk.services.nonconformity_rows import NonconformityPage, NonconformityRow
from qcdesk.services.ports import (
    BackupSeen,
    Clock,
    CodeCard,
    Keeping,
    KeptPhoto,
    Keys,
    Printed,
    Printing,
    PrintJob,
    Progress,
    Verified,
    Workstation,
)
from qcdesk.services.posts import MailServer, Security
from qcdesk.services.prints import Print
from qcdesk.services.trouble import Trouble
from qcdesk.services.use_cases import UseCases
from qcdesk.signing.companies import StationCompany
from qcdesk.signing.keyring import Ed25519Keys
from qcdesk.signing.stations import KeptWorkstation
from qcdesk.signing.system_keyring import SystemKeyring
from qcdesk.signing.verifying import verify
from qcdesk.store import database as store_database
from qcdesk.store import figures, kept_files
from qcdesk.store.anchors import StationAnchors
from qcdesk.store.copies import require_files
from qcdesk.store.keeping import SqlKeeping
from qcdesk.store.last_verified import StationVerifications
from qcdesk.store.readers import SqlBlindReader, SqlReaders, SqlReviewReader
from qcdesk.store.restoring import look_at, restore
from qcdesk.store.taken_along import StationTaken
from qcdesk.store.unit_of_work import SqlUnitOfWork
from qcdesk.store.upgrading import upgrade
from qcdesk.store.verified_heads import VerifiedHeads


class SystemClock:
    """The one place where time comes from."""

    def now(self) -> int:
        """Return microseconds since 1970 UTC."""
        return time.time_ns() // 1_000

    def today(self) -> date:
        """Return the local day."""
        return datetime.fromtimestamp(self.now() / 1_000_000, UTC).astimezone().date()


def steady() -> tuple[str, int]:
    """Return which start of the machine this is, and microseconds since that nobody can set.

    Where the system does not tell starts apart, it is the start of this program.
    """
    try:
        start = BOOT_ID.read_text("ascii").strip()
        return start, time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000  # counts sleep as well
    except (OSError, UnicodeError, AttributeError):
        return _THIS_PROGRAM, time.monotonic_ns() // 1_000


BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
_THIS_PROGRAM = secrets.token_hex(16)


class RandomIds:
    """Ids from the operating system's random source."""

    def new(self) -> str:
        """Return 32 hexadecimal digits."""
        return secrets.token_hex(16)


@dataclass(frozen=True)
class Workspace:
    """An open workspace and what closes it."""

    use: UseCases
    location: str
    close: Callable[[], None]


def open_workspace(
    location: str,
    *,
    create: bool = False,
    keys: Keys | None = None,
    clock: Clock | None = None,
    station: str | None = None,
    workstation: Workstation | None = None,
    words: Catalogue | None = None,
    progress: Progress | None = None,
) -> Workspace:
    """Open a workspace, or with ``create`` lay an empty one; its first two people come by ``UseCases``.

    Args: location: a folder or a ``postgresql+psycopg://`` address. keys, clock, station, workstation: the program's own
        unless given (tests take cheap keys and a clock of theirs). words: of what is printed. progress: is told how far
        a workspace of an earlier version is brought.
    Raises: BadInput ``no_workspace``: nothing there; Trouble.
    """
    file = Path(location) / store_database.FILE_NAME
    alone = "://" not in location and file.with_name(f"{file.name}-journal").exists()
    if "://" not in location and not create and not alone and not file.is_file():
        raise BadInput("no_workspace", facts={"path": location}, where={"field": "workspace"})
    watched = clock is None  # a story's clock runs as it is told
    clock = clock or SystemClock()
    settings = config.load_settings()
    own: KeptWorkstation | None = None
    if workstation is None:
        name = settings.station_name
        beside = None if "://" in location else Path(location)
        own = KeptWorkstation(config.station_folder(), station or settings.station, name, steady, beside)
        workstation = own
    ids = RandomIds()
    files_beside = config.station_folder() / "server-files"
    anchors = StationAnchors(config.station_folder(), logs.masked(location))
    database = store_database.open_database(location, verify, files=files_beside)
    if database.dialect == "sqlite":
        try:
            with database.reading() as connection:
                require_files(connection, database.folder)
        except BadInput:
            database.dispose()
            raise
    verified = StationVerifications(config.station_folder())
    heads = VerifiedHeads(config.station_folder())
    keeping = SqlKeeping(database, clock, write_tables, anchors, verified, heads, workstation)
    upgrade(database, keeping.backup_before_upgrade, progress)
    figures.fill(database)  # of a copy that had none
    keeping.lost()  # what was seen is held against the log before anything is done in it

    def begin() -> SqlUnitOfWork:
        return SqlUnitOfWork(
            database,
            clock,
            ids,
            lambda: workstation.station,
            write=True,
            anchors=anchors,
            workstation=workstation if watched else None,
            server_time=watched,
            verified=verified,
            require_printable=_require_printable,
        )

    def look() -> SqlUnitOfWork:
        return SqlUnitOfWork(
            database, clock, ids, workstation.station, write=False, anchors=anchors, verified=verified
        )

    if own is not None:
        with suppress(BadInput), look() as uow:  # nobody may have begun it
            own.enter(uow.vault)
    files = KeptFiles(database)
    company = StationCompany(clock, SystemKeyring(), config.load_settings)
    printing = _LatePrinting(
        look,
        clock,
        words or Catalogue("en"),
        files,
        keeping,
        lambda: workstation.name or workstation.station,
        company.leaving,
    )
    use = UseCases(
        begin=begin,
        look=look,
        clock=clock,
        ids=ids,
        keys=keys or Ed25519Keys(),
        read=SqlReaders(database.reading, look),
        own=SqlBlindReader(database.reading),
        review=SqlReviewReader(database.reading),
        files=files,
        keeping=keeping,
        printing=printing,
        printers=SystemPrinters(printing),
        importing=TableImport(begin, ids, clock, _require_printable),
        letters=LetterFiles(),
        workstation=workstation,
        company=company,
        post=SmtpPost(clock, SystemKeyring(), _mail_server),
        taken=StationTaken(config.station_folder()),
    )
    return Workspace(use, location, database.dispose)


def _mail_server() -> MailServer | None:
    """Return the server that this station's settings name."""
    kept = config.load_settings()
    if not kept.mail_server:
        return None
    security: Security = "tls" if kept.mail_security == "tls" else "starttls"
    return MailServer(kept.mail_server, kept.mail_port, security, kept.mail_user, kept.mail_sender)


def restore_workspace(folder: str, location: str, progress: Progress | None = None) -> Verified:
    """Restore a backup, or the newest in a folder of backups, to a location where nothing is yet.

    Raises: as ``qcdesk.store.restoring.restore``.
    """
    return restore(folder, location, verify, progress)


class OpenWorkspaces:
    """See the port ``Workspaces``: which one is open, and what opens another one in its place."""

    def __init__(
        self,
        opened: Workspace | None,
        location: str,
        opens: Callable[[str, Progress | None], Workspace],
        *,
        begins: Callable[[], str] = lambda: "",
    ) -> None:
        """Take what is open (None: what lies at the location could not be opened) and what opens another one.

        Args: begins: where the program begins by itself; empty: it was told where, and remembers nothing.
        """
        self._opened, self._location = opened, location
        self._opens, self._begins = opens, begins

    @property
    def location(self) -> str:
        """See the port."""
        return self._location

    @property
    def vault(self) -> str:
        """See the port."""
        if self._opened is None:
            return ""
        try:
            with self._opened.use.look() as uow:
                return uow.vault
        except BadInput:
            return ""  # nobody has begun it

    def look_at(
        self, folder: str, location: str, given: Sequence[str] = (), replaces: str = ""
    ) -> BackupSeen:
        """See the port."""
        kept = StationAnchors(config.station_folder(), logs.masked(location))
        return look_at(folder, verify, kept, codes_off_paper(given, _paper, _codes_on), replaces)

    def restore(self, folder: str, location: str, progress: Progress | None = None) -> Verified:
        """See the port."""
        if location == self._location and self._opened is not None and not self.vault:
            self._opened.close()  # a folder with an open file in it cannot be moved everywhere
        return restore_workspace(folder, location, progress)

    @property
    def use(self) -> UseCases:
        """What can be done in the open one. Raises: LookupError: none is open."""
        if self._opened is None:
            raise LookupError("no workspace is open")
        return self._opened.use

    def open(self, location: str, progress: Progress | None = None) -> UseCases:
        """Open another workspace; the one that was open is closed. Raises: as ``open_workspace``."""
        opened = self._opens(location, progress)
        self.close()
        self._opened, self._location = opened, location
        return opened.use

    def free_place(self) -> str:
        """See the port: here, where nobody has begun; else beside it."""
        here = self._location
        if "://" in here or (self._opened is not None and not self.vault):
            return "" if "://" in here else here
        beside, number = Path(f"{here}-restored"), 1
        while beside.exists():
            number += 1
            beside = Path(f"{here}-restored-{number}")
        return str(beside)

    def remembers(self, location: str) -> bool:
        """See the port."""
        begins = self._begins()
        return bool(begins) and location != begins

    def close(self) -> None:
        """Close what is open."""
        if self._opened is not None:
            self._opened.close()


def _require_printable(text: str, field: str) -> None:
    from qcdesk.reports.glyphs import require_printable

    require_printable(text, field)


def _paper(file: str) -> bytes:
    try:
        with Path(file).open("rb") as paper:
            content = paper.read(PAPER_BYTES + 1)
    except OSError as failed:
        raise Trouble("file_unreadable", file=file, reason=failed.strerror or "") from failed
    if len(content) > PAPER_BYTES:
        raise BadInput("file_too_big", facts={"bytes": len(content), "longest": PAPER_BYTES})
    return content


def _codes_on(content: bytes) -> tuple[tuple[str, ...], str]:
    from qcdesk.reports.codes import read_in_child

    return codes_on_paper(content, read_in_child)


class KeptFiles:
    """Photos and other files of a workspace, each under its SHA-256."""

    def __init__(self, database: store_database.Database) -> None:
        """Take the database; beside a server's, its folder holds copies."""
        self._database, self._folder = database, database.folder / "files"

    def keep_photo(self, content: bytes) -> KeptPhoto:
        """Check, re-encode and keep a photo: what came, and the copy that is shown and printed."""
        stored = photos.store_picture(self._folder, photos.read_picture(content))
        kept_files.share(self._database, (stored.original, stored.copy))
        return KeptPhoto(stored.copy, stored.original)

    def keep_picture(self, content: bytes) -> str:
        """Check, re-encode and keep a picture; the hash of the copy that is shown and printed."""
        return self.keep_photo(content).copy

    def keep_logo(self, content: bytes) -> str:
        """See the port."""
        if not drawings.is_drawing(content):
            return self.keep_picture(content)
        sha256 = stored_files.store_file(self._folder, drawings.read_drawing(content))
        kept_files.share(self._database, (sha256,))
        return sha256

    def read_audit_template(self, file: str) -> AuditTemplate:
        """See the port."""
        return read_template(file or str(config.resource(GENERAL_TEMPLATE)))

    def write_audit_template(self, file: str, content: AuditTemplate) -> None:
        """See the port."""
        write_template(file, content)

    def keep_file(self, content: bytes) -> str:
        """See the port."""
        if not content:
            raise BadInput("file_empty")
        if len(content) > ATTACHMENT_BYTES:
            raise BadInput("file_too_big", facts={"bytes": len(content), "longest": ATTACHMENT_BYTES})
        sha256 = stored_files.store_file(self._folder, content)
        kept_files.share(self._database, (sha256,))
        return sha256

    def read(self, sha256: str) -> bytes:
        """Return a kept file, compared with its hash."""
        try:
            return stored_files.stored_file(self._folder, sha256)
        except Trouble:
            content = kept_files.fetch(self._database, sha256)
            if content is None:
                raise
            return content

    def on_paper(self, content: bytes) -> tuple[tuple[str, ...], str]:
        """See the port."""
        return _codes_on(content)


class LetterFiles:
    """See the port ``Letters``."""

    def mail(self, mail: Mail) -> bytes:
        """See the port."""
        return mail_bytes(mail)

    def read(self, name: str, content: bytes) -> MailRead:
        """See the port."""
        return read_letter(name, content)

    def save(self, content: bytes, path: str) -> None:
        """See the port."""
        with stored_files.written_whole(Path(path)) as file:
            file.write(content)

    def calendar(self, title: str, dues: Sequence[Due], at: int) -> bytes:
        """See the port."""
        return calendar_bytes(title, dues, at)


class _LatePrinting:
    """Printing whose library (half a second) is loaded when the first report is asked for."""

    def __init__(
        self,
        look: Callable[[], SqlUnitOfWork],
        clock: Clock,
        words: Catalogue,
        files: KeptFiles,
        keeping: Keeping,
        station: Callable[[], str],
        leaving: Callable[[bytes], bytes],
    ) -> None:
        self._made: Printing | None = None
        self._station, self._leaving = station, leaving
        self._look, self._clock, self._words = look, clock, words
        self._files, self._keeping = files, keeping

    def _printing(self) -> Printing:
        if self._made is None:
            from qcdesk.reports.printing import PdfPrinting

            self._made = PdfPrinting(
                self._look,
                self._clock,
                self._words,
                self._picture,
                self._keeping.head,
                self._keeping.fingerprint,
                self._keeping.signed_head,
                self._station,
                self._keeping.sealed,
                self._keeping.unsealed,
                self._leaving,
            )
        return self._made

    def _picture(self, sha256: str) -> Picture:
        data = self._files.read(sha256)
        if data.startswith(b"<svg "):
            return Picture(data, "image/svg+xml")
        return Picture(data, "image/png" if data.startswith(b"\x89PNG") else "image/jpeg")

    def in_language(self, language: str, second: str = "") -> Printing:
        """See the port."""
        return self._printing().in_language(language, second)

    def many(
        self, jobs: Iterable[PrintJob]
    ) -> Generator[tuple[PrintJob, Print | Refusal | BadInput | Trouble], None, None]:
        """See the port."""
        return self._printing().many(jobs)

    def inspection(
        self, batch: str, person: str, paper: Paper | None = None, round_no: int | None = None
    ) -> Print:
        """See the port."""
        return self._printing().inspection(batch, person, paper, round_no)

    def stickers(
        self, batch: str, person: str | None = None, paper: Paper | None = None, *, drawn: bool = False
    ) -> Print:
        """See the port."""
        return self._printing().stickers(batch, person, paper, drawn=drawn)

    def certificate(
        self, number: int, copy: int, paper: Paper | None = None, *, results: bool = False
    ) -> Print:
        """See the port."""
        return self._printing().certificate(number, copy, paper, results=results)

    def label(self, batch: str, wish: LabelWish) -> Print:
        """See the port."""
        return self._printing().label(batch, wish)

    def label_zpl(self, batch: str, wish: LabelWish, density: int) -> Print:
        """See the port."""
        return self._printing().label_zpl(batch, wish, density)

    def first_article(
        self,
        batch: str,
        person: str,
        unit: int | None,
        known: Sequence[NonconformityRow],
        paper: Paper | None = None,
    ) -> Print:
        """See the port."""
        return self._printing().first_article(batch, person, unit, known, paper)

    def instruction(self, code: str, version: int | None = None, paper: Paper | None = None) -> Print:
        """See the port."""
        return self._printing().instruction(code, version, paper)

    def slip(self, anchor: Anchor, person: str | None, paper: Paper | None = None) -> bytes:
        """See the port."""
        return self._printing().slip(anchor, person, paper)

    def audit(self, audit: str, person: str, paper: Paper | None = None) -> Print:
        """See the port."""
        return self._printing().audit(audit, person, paper)

    def nonconformity(self, read: Callable[[], NonconformityPage], paper: Paper | None = None) -> Print:
        """See the port."""
        return self._printing().nonconformity(read, paper)

    def eight_d(self, action: str, paper: Paper | None = None) -> Print:
        """See the port."""
        return self._printing().eight_d(action, paper)

    def chart(self, sheet: ChartSheet, day: str, paper: Paper | None = None) -> Print:
        """See the port."""
        return self._printing().chart(sheet, day, paper)

    def card(self, card: CodeCard, paper: Paper | None = None) -> bytes:
        """See the port."""
        return self._printing().card(card, paper)

    def save(self, pdf: bytes, path: str) -> Printed:
        """See the port."""
        return self._printing().save(pdf, path)

    def save_plain(self, content: bytes, path: str) -> None:
        """See the port."""
        self._printing().save_plain(content, path)

    def send(self, content: bytes, printer: str, title: str) -> None:
        """See the port."""
        self._printing().send(content, printer, title)

    def page_count(self, pdf: bytes) -> int:
        """See the port."""
        return self._printing().page_count(pdf)

    def sheet(self, pdf: bytes) -> tuple[float, float]:
        """See the port."""
        return self._printing().sheet(pdf)

    def page(self, pdf: bytes, index: int, dpi: int) -> tuple[int, int, bytes]:
        """See the port."""
        return self._printing().page(pdf, index, dpi)


@dataclass(frozen=True)
class Demonstration:
    """An open demonstration: the workspace, who can sign in, and the two batches with a story."""

    workspace: Workspace
    people: tuple[PlayedPerson, ...]
    released: str
    disputed: str


def open_demonstration(
    location: str | None, *, reset: bool = False, say: SayProgress | None = None
) -> Demonstration:
    """Open the demonstration, playing it first where there is none; a half-played one is played anew.

    Args: location: a folder of its own; None: beside this station's settings. reset: begin anew.
    Raises: BadInput ``not_a_demonstration``: the folder holds something else.
    """
    folder = Path(location) if location else config.station_folder() / "demonstration"
    told = folder / TOLD
    if folder.exists() and not told.is_file() and any(folder.iterdir()):
        raise BadInput("not_a_demonstration", facts={"path": str(folder)}, where={"field": "workspace"})
    if reset or not told.is_file() or json.loads(told.read_text("utf-8")).get("app") != __version__:
        aside = folder.with_name(f"{folder.name}.part")
        shutil.rmtree(aside, ignore_errors=True)
        clock = StoryClock(SystemClock())
        opened = open_workspace(str(aside), create=True, clock=clock)
        played = play(opened.use, say or (lambda _stage, _done, _all: None), clock.set_time)
        opened.close()
        story = {
            "app": __version__,
            "released": played.closures.batch,
            "disputed": played.cover.batch,
            "people": [[p.login, p.name, p.secret, list(p.roles)] for p in played.people],
        }
        (aside / TOLD).write_text(json.dumps(story, ensure_ascii=False, indent=1), "utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        aside.rename(folder)
        StationAnchors(config.station_folder(), str(folder)).begin()
    story = json.loads(told.read_text("utf-8"))
    return Demonstration(
        workspace=open_workspace(str(folder)),
        people=tuple(PlayedPerson(p[0], p[1], p[2], tuple(p[3])) for p in story["people"]),
        released=story["released"],
        disputed=story["disputed"],
    )


TOLD = "demonstration.json"
GENERAL_TEMPLATE = "audits/general.json"
