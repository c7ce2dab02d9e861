# SPDX-License-Identifier: Apache-2.0
"""Settings and paths: the only place that knows folders, environment variables and this station's wishes."""

from __future__ import annotations

import configparser
import json
import os
import platform
import sys
import tempfile
import uuid
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Final, Literal, get_args

import platformdirs

Theme = Literal["system", "light", "dark"]
Mode = Literal["desk", "floor"]

WORKSPACE_VARIABLE: Final = "QCDESK_WORKSPACE"
STATION_VARIABLE: Final = "QCDESK_STATION_FOLDER"  # for several stations under one user, and for tests
PORTABLE_FILE: Final = "portable.ini"
SETTINGS_FILE: Final = "station.json"

_PACKAGE: Final = Path(__file__).resolve().parent


def resource(name: str) -> Path:
    """Return the path of a bundled file or folder, such as ``icons/board.svg``.

    Args: name: path below ``resources``, with forward slashes.
    Raises: FileNotFoundError: the program is not completely installed.
    """
    for folder in (_PACKAGE / "resources", _PACKAGE.parent / "resources"):  # wheel first, then checkout
        path = folder / name
        if path.exists():
            return path
    raise FileNotFoundError(f"qcdesk is not completely installed: {name} is missing")


def program_folder() -> Path:
    """Return the folder in which the program lies: beside the executable, or beside the package."""
    return Path(sys.executable).resolve().parent if getattr(sys, "frozen", False) else _PACKAGE.parent


def _portable_folder(program: Path) -> Path | None:
    """Return the folder that ``portable.ini`` names, or None where there is no such file.

    The file may hold ``[qcdesk]`` with ``folder = …``, relative to itself; empty, it means ``qcdesk-data``.
    """
    file = program / PORTABLE_FILE
    if not file.is_file():
        return None
    ini = configparser.ConfigParser(interpolation=None)
    ini.read_string(file.read_text(encoding="utf-8-sig"))
    named = ini.get("qcdesk", "folder", fallback="").strip()
    return (program / (named or "qcdesk-data")).resolve()


def workspace_location(
    option: str | None = None, *, environ: Mapping[str, str] | None = None, program: Path | None = None
) -> str:
    """Return where the workspace is: a folder, or a ``postgresql+psycopg://`` address.

    The option wins, then ``$QCDESK_WORKSPACE``, then where this station chose to begin (a folder that is gone does not
    count), then ``portable.ini`` beside the program, then the platform's folder for user data. A folder comes back
    absolute; nothing is created.
    """
    environ = os.environ if environ is None else environ
    named = option or environ.get(WORKSPACE_VARIABLE, "")
    named = named or _chosen(station_folder(environ=environ, program=program))
    if named:
        return named if "://" in named else str(Path(named).expanduser().absolute())
    portable = _portable_folder(program or program_folder())
    if portable is not None:
        return str(portable / "workspace")
    return str(platformdirs.user_data_path("qcdesk", appauthor=False) / "workspace")


def _chosen(folder: Path) -> str:
    """Return the workspace that the settings of this station name, while it is there; empty: none."""
    try:
        named = json.loads((folder / SETTINGS_FILE).read_text(encoding="utf-8"))["workspace"]
    except (OSError, ValueError, KeyError, TypeError):
        return ""
    if not isinstance(named, str) or not ("://" in named or Path(named).is_dir()):
        return ""
    return named


def station_folder(*, environ: Mapping[str, str] | None = None, program: Path | None = None) -> Path:
    """Return the folder of what belongs to this station and user: settings, heads seen, logs. Not created."""
    environ = os.environ if environ is None else environ
    if named := environ.get(STATION_VARIABLE, ""):
        return Path(named).expanduser().absolute()
    portable = _portable_folder(program or program_folder())
    if portable is not None:
        return portable / "station"
    return platformdirs.user_config_path("qcdesk", appauthor=False, roaming=False)


def log_folder(*, environ: Mapping[str, str] | None = None, program: Path | None = None) -> Path:
    """Return the folder of the log files. Not created."""
    environ = os.environ if environ is None else environ
    if environ.get(STATION_VARIABLE) or _portable_folder(program or program_folder()) is not None:
        return station_folder(environ=environ, program=program) / "logs"
    return platformdirs.user_log_path("qcdesk", appauthor=False)


def has_display(*, environ: Mapping[str, str] | None = None) -> bool:
    """Tell whether a window can be shown; without one Qt would end the process instead of raising."""
    environ = os.environ if environ is None else environ
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def show_offscreen_without_display() -> None:
    """Let Qt draw into memory where there is no display; to be called before Qt is loaded."""
    if not has_display():
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def environment_of_programs() -> dict[str, str]:
    """Return the environment for a program of the system whose answer is read: it answers in one language everywhere."""
    return {**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": ""}


@dataclass(frozen=True)
class Settings:
    """What this station prefers; nothing of people.

    Units: ``text_percent`` percent of the normal text size, 80 to 200; ``idle_minutes`` minutes without a
    touch until the screen locks, 2 to 30; ``backup_hour`` of the local day, 0 to 23. ``language`` empty: the system's.
    ``workspace``: where the program begins unless it is told otherwise; empty: see `workspace_location`.
    """

    station: str
    station_name: str = ""
    language: str = ""
    theme: Theme = "system"
    mode: Mode = "desk"
    text_percent: int = 100
    idle_minutes: int = 10
    workspace: str = ""
    backup_folder: str = ""
    """Where the day's backup is made; empty: none is made by itself."""
    backup_hour: int = 18
    backup_keep: int = 14
    chart_limits: dict[str, list[int]] = field(default_factory=dict)
    """When the points began and ended, microseconds UTC, whose control limits are kept; by what they are of."""
    score_weights: dict[str, int] = field(default_factory=dict)
    """How much figures weigh in the mean of a scorecard, 0 to 100, where it is not the usual; by their names."""
    paper_habits: dict[str, dict[str, str]] = field(default_factory=dict)
    """How each kind of paper was printed last: ``language``, ``second``, ``paper``, ``printer``."""
    company_file: str = ""
    """Where the company's certificate with its key lies; empty: this station does not sign for the company."""
    company_signs: bool = False
    """Whether every PDF that leaves is signed so."""
    mail_server: str = ""
    """By which server this station sends mail; empty: by none. Its password lies in the system's keyring."""
    mail_port: int = 587
    mail_security: str = "starttls"
    mail_user: str = ""
    mail_sender: str = ""

    def __post_init__(self) -> None:
        if self.theme not in get_args(Theme):
            raise ValueError("theme is system, light or dark")
        if self.mode not in get_args(Mode):
            raise ValueError("mode is desk or floor")
        if not 80 <= self.text_percent <= 200:
            raise ValueError("text_percent is from 80 to 200")
        if not 2 <= self.idle_minutes <= 30:
            raise ValueError("idle_minutes is from 2 to 30")
        if not 0 <= self.backup_hour <= 23:
            raise ValueError("backup_hour is from 0 to 23")
        if not 1 <= self.backup_keep <= 1000:
            raise ValueError("backup_keep is from 1 to 1000")
        if self.mail_security not in ("starttls", "tls") or not 1 <= self.mail_port <= 65535:
            raise ValueError("mail goes encrypted, to a port from 1 to 65535")
        spans: list[object] = list(self.chart_limits.values())  # a file may hold anything
        for span in spans:
            if not (isinstance(span, list) and len(span) == 2 and all(type(at) is int for at in span)):
                raise ValueError("chart_limits are two times each")
        weights: list[object] = list(self.score_weights.values())
        if not all(type(weight) is int and 0 <= weight <= 100 for weight in weights):
            raise ValueError("score_weights are from 0 to 100")
        habits: list[object] = list(self.paper_habits.values())
        if not all(isinstance(one, dict) and all(isinstance(v, str) for v in one.values()) for one in habits):
            raise ValueError("paper_habits are words by kinds of paper")


def load_settings(folder: Path | None = None) -> Settings:
    """Return the settings of this station; at the first start a station id is drawn and kept.

    A value that no longer fits is replaced by its default, and a file that cannot be read as JSON is put
    aside as ``station.json.damaged``: a preference must never keep a shop from working.
    Raises: OSError: the folder cannot be read or written.
    """
    file = (folder or station_folder()) / SETTINGS_FILE
    try:
        stored = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return _found(file)
    except (ValueError, UnicodeDecodeError):
        os.replace(file, file.with_name(SETTINGS_FILE + ".damaged"))
        return _found(file)
    if not isinstance(stored, dict) or not isinstance(stored.get("station"), str):
        os.replace(file, file.with_name(SETTINGS_FILE + ".damaged"))
        return _found(file)
    return _settings_from(stored)


def save_settings(settings: Settings, folder: Path | None = None) -> None:
    """Write the settings, whole or not at all.

    Raises: OSError: the folder cannot be written.
    """
    file = (folder or station_folder()) / SETTINGS_FILE
    os.replace(_written_beside(file, settings), file)


def _settings_from(stored: dict[str, object]) -> Settings:
    settings = Settings(station=str(stored["station"]))
    for one in fields(Settings):
        change: dict[str, Any] = {one.name: stored.get(one.name)}
        if type(change[one.name]) is type(getattr(settings, one.name)):
            with suppress(ValueError):
                settings = replace(settings, **change)
    return settings


def _found(file: Path) -> Settings:
    settings = Settings(station=str(uuid.uuid4()), station_name=platform.node())
    written = _written_beside(file, settings)
    try:
        os.link(written, file)  # unlike a rename, this fails when another process was first
    except FileExistsError:
        return _settings_from(json.loads(file.read_text(encoding="utf-8")))
    except OSError:  # a file system without hard links
        os.replace(written, file)
    finally:
        written.unlink(missing_ok=True)
    return settings


def _written_beside(file: Path, settings: Settings) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=SETTINGS_FILE, suffix=".new", dir=file.parent)
    try:
        with open(handle, "w", encoding="utf-8") as out:
            json.dump(asdict(settings), out, ensure_ascii=False, indent=1)
            out.write("\n")
            out.flush()
            os.fsync(out.fileno())
    except OSError:
        Path(name).unlink()
        raise
    return Path(name)
