# SPDX-License-Identifier: Apache-2.0
"""Sets everything up and runs it: the demonstration, the tests, and the developer's other errands.

    python3 packaging/dev.py demo           the demonstration (Windows: py packaging\\dev.py demo)
    python3 packaging/dev.py test [ARGS]    every check and test; ARGS go to pytest
    python3 packaging/dev.py run ARGS       qcdesk itself; without ARGS the window
    python3 packaging/dev.py lint           ruff, mypy, import contracts
    python3 packaging/dev.py format         ruff format and its safe repairs
    python3 packaging/dev.py bench [ARGS]   the benchmarks
    python3 packaging/dev.py trust [NAME [ARGS]]  a proof by attack in its long size; without NAME what there is;
                                            triggers_are_needed takes --only RULE, as often as you like
    python3 packaging/dev.py schema         write down what the migrations make on PostgreSQL, after changing them
    python3 packaging/dev.py wheel-check    build the wheel, install it into an empty environment, start it
    python3 packaging/dev.py checker [FILE] write qcdesk-check.pyz, which verifies a log with Python alone
    python3 packaging/dev.py messages       write resources/translations/qcdesk.pot, bring the catalogues up to it
    python3 packaging/dev.py lock [ARGS]    write the lock files anew (needs uv); --upgrade for newer versions

It uses the standard library alone, since it runs before anything is installed, and an old Python must still
be able to read it as far as the sentence that names the version needed.
"""

from __future__ import annotations

import ast
import ctypes
import hashlib
import importlib.util
import io
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = "qcdesk-stamp.json"  # written last: what the environment holds
UNFINISHED = "qcdesk-unfinished"  # there while something is being installed
RUNTIME_LOCK = ROOT / "packaging" / "requirements.lock"
DEV_LOCK = ROOT / "packaging" / "requirements-dev.lock"  # holds the runtime's packages too
LOCK_HEADER = "# SPDX-License-Identifier: Apache-2.0\n# Written by `python3 packaging/dev.py lock`.\n"

# What Qt loads from the system, by library and Debian package; the second table only with an X display.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
}
X11_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


class Stop(Exception):
    """Something outside the program is missing; the message says what to do."""


def say(text: str) -> None:
    """Print a line at once, also into a pipe."""
    print(text, flush=True)


def environment() -> dict[str, str]:
    """Return the environment for the program: no foreign Python settings, and no screen if there is none."""
    env = dict(os.environ)
    for name in ("PYTHONDONTWRITEBYTECODE", "PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__"):
        env.pop(name, None)  # without byte code every start compiles anew
    env["PYTHONUTF8"] = "1"
    env["UV_PYTHON_DOWNLOADS"] = "never"
    if not has_display():
        env.setdefault("QT_QPA_PLATFORM", "offscreen")
    return env


def has_display() -> bool:
    """Tell whether a window can be shown."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def python_in(venv: Path) -> Path:
    """Return the interpreter of a virtual environment."""
    return venv / "Scripts" / "python.exe" if os.name == "nt" else venv / "bin" / "python"


def program_in(venv: Path, name: str) -> Path:
    """Return an installed program of a virtual environment."""
    return venv / "Scripts" / (name + ".exe") if os.name == "nt" else venv / "bin" / name


def call(*command: str | Path, quiet: bool = False) -> bool:
    """Run a command and tell whether it ended well."""
    out = subprocess.DEVNULL if quiet else None
    return (
        subprocess.call([str(c) for c in command], cwd=ROOT, env=environment(), stdout=out, stderr=out) == 0
    )


# --- the system ---


def is_root() -> bool:
    """Tell whether system packages can be installed without asking."""
    return sys.platform != "win32" and os.geteuid() == 0


def apt(packages: list[str], reason: str) -> None:
    """Install Debian packages when we are root, else stop and name the command."""
    line = "apt-get install --no-install-recommends " + " ".join(packages)
    if not shutil.which("apt-get"):
        raise Stop(f"{reason} Debian calls them {', '.join(packages)}; install them your way.")
    if not is_root():
        raise Stop(f"{reason} Install it with: sudo {line}")
    say(f"{reason} Installing: {' '.join(packages)}")
    apt_env = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    for command in (["apt-get", "-qq", "update"], ["apt-get", "-qq", "-y", *line.split()[1:]]):
        if subprocess.call(command, env=apt_env, stdout=subprocess.DEVNULL) != 0:
            raise Stop(f"`{' '.join(command)}` failed; is the network there?")


def system_libraries() -> None:
    """Make sure that Qt finds the system's libraries."""
    if not sys.platform.startswith("linux"):
        return
    wanted = {**QT_LIBRARIES, **(X11_LIBRARIES if os.environ.get("DISPLAY") else {})}
    missing = [package for library, package in wanted.items() if not loadable(library)]
    if missing:
        apt(missing, "Qt needs system libraries that are not here.")


def loadable(library: str) -> bool:
    """Tell whether the system has a shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


# --- the virtual environment ---


def digest(lock: Path) -> str:
    """Return what an environment made from a lock file depends on, as one short text."""
    facts = [platform.python_version(), platform.machine(), str(ROOT), lock.read_text(encoding="utf-8")]
    return hashlib.sha256("\0".join(facts).encode()).hexdigest()


def stamped(lock: Path) -> bool:
    """Tell whether `.venv` holds what the lock file says."""
    try:
        stamp = json.loads((VENV / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(stamp, dict) and stamp.get(lock.name) == digest(lock) and python_in(VENV).exists()


def ready(lock: Path) -> None:
    """Bring `.venv` to what the lock file says; where it is so already, this takes milliseconds."""
    system_libraries()
    if stamped(lock):
        return
    with one_at_a_time():
        if stamped(lock):
            return
        if VENV.exists() and not usable(VENV):
            say("The environment in .venv is not whole, or another Python's; making it anew.")
            shutil.rmtree(VENV)
        say("Setting up .venv, once …")
        if not VENV.exists():
            make_venv(VENV)
        (VENV / UNFINISHED).touch()
        (VENV / STAMP).unlink(missing_ok=True)
        install(VENV, "--require-hashes", "-r", str(lock))
        point_to_checkout()
        if hasattr(os, "sync"):
            os.sync()  # else a power cut could leave the stamp without the files it vouches for
        held = [RUNTIME_LOCK, DEV_LOCK] if lock == DEV_LOCK else [lock]
        (VENV / STAMP).write_text(json.dumps({p.name: digest(p) for p in held}), encoding="utf-8")
        (VENV / UNFINISHED).unlink()


def usable(venv: Path) -> bool:
    """Tell whether an environment was finished and has the Python that runs us."""
    if (venv / UNFINISHED).exists() or not python_in(venv).exists():
        return False
    asked = subprocess.run(
        [str(python_in(venv)), "-c", "import platform; print(platform.python_version())"],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    return asked.returncode == 0 and asked.stdout.strip() == platform.python_version()


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Hold off a second setup of the same checkout until the first is done."""
    name = "qcdesk-setup-" + hashlib.sha256(str(ROOT).encode()).hexdigest()[:16]
    with open(Path(tempfile.gettempdir()) / name, "a", encoding="utf-8") as file:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def make_venv(venv: Path) -> None:
    """Make an empty environment with the Python that runs us."""
    if working_uv() and call("uv", "-q", "venv", "--python", sys.executable, venv):
        return
    shutil.rmtree(venv, ignore_errors=True)
    if importlib.util.find_spec("ensurepip") is None:
        package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        apt([package], "Python's module for virtual environments is not here.")
    if not call(sys.executable, "-m", "venv", venv):
        raise Stop("Python could not make a virtual environment; the lines above say why.")


def working_uv() -> bool:
    """Tell whether uv is on the path and starts."""
    return shutil.which("uv") is not None and call("uv", "--version", quiet=True)


def install(venv: Path, *what: str, compiled: bool = True) -> None:
    """Install into an environment, with uv where it is, else with pip; wheels only. ``compiled``: for many starts."""
    if working_uv():
        uv: list[str | Path] = [
            "uv",
            "pip",
            "install",
            "-q",
            "-p",
            python_in(venv),
            "--no-deps",
            "--no-build",
        ]
        if compiled:
            uv.append("--compile-bytecode")
        if call(*uv, *what):
            return
        say("uv could not install; trying pip.")
    python = python_in(venv)
    if not call(python, "-m", "pip", "--version", quiet=True) and not call(python, "-m", "ensurepip"):
        raise Stop("The environment in .venv has no pip; delete .venv and try again.")
    pip: list[str | Path] = [
        python,
        "-m",
        "pip",
        "--disable-pip-version-check",
        "install",
        "-q",
        "--no-deps",
        "--only-binary",
        ":all:",
    ]
    if not compiled:
        pip.append("--no-compile")
    if not call(*pip, "--no-input", *what):
        raise Stop("Installing failed, as said above; is the package index reachable? Then try again.")


def point_to_checkout() -> None:
    """Let the environment import this checkout; ASCII only, as its encoding is uncertain."""
    script = "import sysconfig; print(sysconfig.get_path('purelib'))"
    folder = subprocess.check_output(
        [str(python_in(VENV)), "-c", script], env=environment(), text=True
    ).strip()
    line = f"import sys; sys.path.append({str(ROOT)!a})\n"
    (Path(folder) / "qcdesk_checkout.pth").write_text(line, encoding="ascii")


# --- the errands ---


def start(*arguments: str) -> int:
    """Start qcdesk from this checkout, in the caller's folder."""
    ready(RUNTIME_LOCK)
    command = [str(python_in(VENV)), "-m", "qcdesk", *arguments]
    if os.name == "posix":
        os.execve(command[0], command, environment())  # signals then reach qcdesk itself
    return subprocess.call(command, env=environment())


def step(heading: str, *command: str | Path) -> None:
    """Run one check under its heading; stop everything when it fails."""
    say(f"── {heading}")
    if not call(*command):
        raise Stop(f"{heading} failed.")


@contextmanager
def meanwhile(heading: str, *command: str | Path) -> Iterator[None]:
    """Run a long check on another core while the others run; what it says comes under its heading after theirs."""
    with tempfile.TemporaryFile() as said:
        running = subprocess.Popen(
            [str(c) for c in command], cwd=ROOT, env=environment(), stdout=said, stderr=subprocess.STDOUT
        )
        try:
            yield
            status = running.wait()
        finally:
            running.kill()
            running.wait()
        say(f"── {heading}")
        said.seek(0)
        say(said.read().decode("utf-8", "replace").rstrip())
        if status != 0:
            raise Stop(f"{heading} failed.")


def types_meanwhile() -> AbstractContextManager[None]:
    """Check the types while other checks run: it takes one core as long as all of them together."""
    return meanwhile("mypy --strict", python_in(VENV), "-m", "mypy", "--strict")


def short_checks() -> None:
    """Check what is known without running the program, but for the types."""
    python = python_in(VENV)
    step("ruff check", python, "-m", "ruff", "check", ".")
    step("ruff format", python, "-m", "ruff", "format", "--check", ".")
    step("import contracts", program_in(VENV, "lint-imports"))


def lint() -> int:
    """Everything that is known without running the program."""
    ready(DEV_LOCK)
    with types_meanwhile():
        short_checks()
    return 0


def test(*arguments: str) -> int:
    """Every check, then the tests; pytest's closing line comes last."""
    ready(DEV_LOCK)
    with types_meanwhile():
        short_checks()
        wheel_check()
    say("── pytest")
    command = [python_in(VENV), "-m", "pytest", "-n", "4", "--dist", "worksteal", *arguments]
    return subprocess.call([str(c) for c in command], cwd=ROOT, env=environment())


def reformat() -> int:
    """Bring the sources into the house's form."""
    ready(DEV_LOCK)
    step("ruff check --fix", python_in(VENV), "-m", "ruff", "check", "--fix", ".")
    step("ruff format", python_in(VENV), "-m", "ruff", "format", ".")
    return 0


def bench(*arguments: str) -> int:
    """Run the benchmarks; they print ratios taken within one run."""
    ready(DEV_LOCK)
    return subprocess.call(
        [str(python_in(VENV)), "-m", "tests.bench", *arguments], cwd=ROOT, env=environment()
    )


def schema() -> int:
    """Ask a fresh server what the migrations make, and write it down for what verifies a server's schema."""
    ready(DEV_LOCK)
    return subprocess.call(
        [str(python_in(VENV)), "-m", "tests.store.write_server_schema"], cwd=ROOT, env=environment()
    )


def proofs() -> dict[str, str]:
    """Return the proofs by attack by name, each with the first line of its docstring."""
    found = {}
    for path in sorted((ROOT / "tests" / "trust").glob("test_*.py")):
        about = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        found[path.stem[len("test_") :]] = about.partition("\n")[0]
    return found


def trust(name: str = "", *arguments: str) -> int:
    """Run one proof by attack in its long size, or say which there are; its figures come last."""
    known = proofs()
    if name not in known:
        width = max(map(len, known), default=0)
        for proof, about in known.items():
            say(f"{proof:{width}}  {about}")
        return 2 if name else 0
    ready(DEV_LOCK)
    file = f"tests/trust/test_{name}.py"
    command = [python_in(VENV), "-m", "pytest", "-q", "-m", "long", "-s", file, *arguments]
    return subprocess.call([str(c) for c in command], cwd=ROOT, env=environment())


def wheel_check() -> int:
    """Build the wheel, install it with the locked libraries into an empty environment, and start it there."""
    ready(DEV_LOCK)
    with tempfile.TemporaryDirectory(prefix="qcdesk-wheel-") as name:
        folder = Path(name)
        step(
            "wheel built",
            python_in(VENV),
            "-m",
            "hatchling",
            "build",
            "-t",
            "wheel",
            "-d",
            folder / "dist",
        )
        (wheel,) = (folder / "dist").glob("*.whl")
        say("── wheel installed into an empty environment")
        venv = folder / "venv"
        make_venv(venv)
        install(venv, "--require-hashes", "-r", str(RUNTIME_LOCK), compiled=False)
        install(venv, str(wheel), compiled=False)
        env = dict(environment(), QCDESK_WORKSPACE=str(folder / "none"), QCDESK_STATION_FOLDER=str(folder))
        program = str(program_in(venv, "qcdesk"))
        find = "from qcdesk import config; config.resource('fonts'); config.resource('icons')"
        for command in (
            [str(python_in(venv)), "-I", "-c", find],
            [program, "--version"],
            [program, "doctor"],
        ):
            shown = " ".join([Path(command[0]).name, *command[1:]])
            if command[-1] == "doctor" and not has_doctor(program, env):
                continue
            say(f"── wheel: {shown}")
            if subprocess.call(command, cwd=folder, env=env) != 0:
                raise Stop(f"the installed wheel failed at: {shown}")
    return 0


def has_doctor(program: str, env: dict[str, str]) -> bool:
    """Tell whether the program has its self-examination."""
    quiet = subprocess.DEVNULL
    return subprocess.call([program, "doctor", "--help"], env=env, stdout=quiet, stderr=quiet) == 0


def checker(*arguments: str) -> int:
    """Write the stand-alone checker; it needs nothing installed, here or where it runs."""
    target = Path(arguments[0] if arguments else "qcdesk-check.pyz").absolute()
    script = (
        "import sys, pathlib; from qcdesk.checker import packing; packing.write(pathlib.Path(sys.argv[1]))"
    )
    if subprocess.call([sys.executable, "-c", script, str(target)], cwd=ROOT, env=environment()) != 0:
        raise Stop("The checker could not be written, as said above.")
    say(f"{target}  sha256 {hashlib.sha256(target.read_bytes()).hexdigest()}")
    return 0


def messages() -> int:
    """Collect the sentences that people see, for the translators."""
    return subprocess.call([sys.executable, str(ROOT / "packaging" / "messages.py")], env=environment())


def lock(*arguments: str) -> int:
    """Write both lock files anew: all systems, every file's hash, no package index named."""
    if not working_uv():
        raise Stop("Writing the lock files needs uv: https://docs.astral.sh/uv/")
    compile_ = ["uv", "-q", "pip", "compile", "pyproject.toml", "--universal", "--python-version", "3.11"]
    compile_ += ["--generate-hashes", "--no-header", "--no-emit-index-url", *arguments]
    dev = ["--group", "dev", "-c", RUNTIME_LOCK.relative_to(ROOT).as_posix()]
    for file, more in ((RUNTIME_LOCK, []), (DEV_LOCK, dev)):
        step(file.name, *compile_, *more, "-o", file)
        file.write_text(LOCK_HEADER + file.read_text(encoding="utf-8"), encoding="utf-8", newline="\n")
    return 0


COMMANDS = {
    "demo": lambda *arguments: start("demo", *arguments),
    "run": start,
    "test": test,
    "lint": lint,
    "format": reformat,
    "bench": bench,
    "schema": schema,
    "trust": trust,
    "wheel-check": wheel_check,
    "checker": checker,
    "messages": messages,
    "lock": lock,
}


def main(arguments: list[str]) -> int:
    """Run one command and return its exit status."""
    if sys.version_info < OLDEST:
        say(f"qcdesk needs Python {OLDEST[0]}.{OLDEST[1]} or newer; this is {platform.python_version()}.")
        return 2
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a Windows console may not have every character
    if not arguments or arguments[0] not in COMMANDS:
        say((__doc__ or "").strip())
        return 0 if arguments in (["--help"], ["-h"]) else 2
    try:
        return COMMANDS[arguments[0]](*arguments[1:])
    except Stop as stop:
        print(f"dev.py: {stop}", file=sys.stderr, flush=True)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
