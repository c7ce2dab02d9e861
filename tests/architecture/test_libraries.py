# SPDX-License-Identifier: Apache-2.0
"""The libraries: locked with hashes, free to ship, and sound on this interpreter."""

from __future__ import annotations

import re
import sys
import tomllib
from importlib.metadata import Distribution, PackageNotFoundError, distribution

import pytest
from PySide6.QtCore import QObject

from tests.architecture.sources import ROOT

LOCKS = ["requirements.lock", "requirements-dev.lock"]
LICENCE_FILES = {"pysqlite3": "Zlib"}  # packages whose metadata is silent, read by hand
COPYLEFT = re.compile(r"(?<!L)(?<!Lesser )(AGPL|GPL|Affero|GNU General Public)", re.IGNORECASE)


def locked(lock: str) -> dict[str, str]:
    """Return the entry of each package in a lock file."""
    text = (ROOT / "packaging" / lock).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[a-z0-9])", text)[1:]
    return {re.split(r"[=\[ ]", e, maxsplit=1)[0]: e for e in entries}


def normal(requirement: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[<>=\[; ]", requirement, maxsplit=1)[0]).lower()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_one_version_and_hashes(lock: str) -> None:
    entries = locked(lock)
    assert entries
    assert not [n for n, e in entries.items() if "==" not in e.splitlines()[0] or "--hash=sha256:" not in e]


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_names_no_index(lock: str) -> None:
    text = (ROOT / "packaging" / lock).read_text(encoding="utf-8")
    assert not re.findall(r"https?://|file:|--(?:extra-)?index|--find-links|--trusted-host", text)


def test_lock_holds_every_declared_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    declared = {normal(r) for r in project["project"]["dependencies"]}
    for_work = {normal(r) for r in project["dependency-groups"]["dev"]}
    assert declared <= locked("requirements.lock").keys()
    assert declared | for_work <= locked("requirements-dev.lock").keys()


def test_developers_run_what_users_run() -> None:
    versions = [{n: e.split()[0] for n, e in locked(lock).items()} for lock in LOCKS]
    assert versions[0].items() <= versions[1].items()


def alternatives(of: Distribution) -> list[str]:
    """Return the licences under which a package may be taken; any one of them is enough."""
    meta = of.metadata
    if "License-Expression" in meta:
        return re.split(r"\s+OR\s+", meta["License-Expression"])
    names = [
        c.rsplit("::", 1)[1].strip() for c in meta.get_all("Classifier", []) if c.startswith("License ::")
    ]
    if names:
        return names
    return re.split(
        r"\s+OR\s+|\s+or\s+",
        (meta["License"] if "License" in meta else LICENCE_FILES.get(of.name, "")).split("\n")[0],
    )


def installed(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:  # for another system
        return None


HERE = sorted(name for name in locked("requirements.lock") if installed(name) is not None)
"""Libraries of this system; the lock names a few that only others have."""


@pytest.mark.parametrize("name", HERE)
def test_no_library_we_ship_is_copyleft(name: str) -> None:
    of = distribution(name)
    free = [licence for licence in alternatives(of) if licence.strip() and not COPYLEFT.search(licence)]
    assert free, f"{name}: {alternatives(of)}"


@pytest.mark.parametrize(
    ("licence", "refused"),
    [
        ("GPL-3.0-only", True),
        ("AGPL-3.0", True),
        ("GNU General Public License v2 (GPLv2)", True),
        ("LGPL-3.0-only", False),
    ],
)
def test_copyleft_is_recognised(licence: str, refused: bool) -> None:
    assert bool(COPYLEFT.search(licence)) is refused


def test_qt_call_that_returns_nothing_keeps_the_count_of_none() -> None:
    """PySide6 6.12.0 on Python 3.11 loses one reference to None a call; after some 5,000 the process ends."""
    thing, calls = QObject(), 1_000
    before = sys.getrefcount(None)
    for _ in range(calls):
        thing.setObjectName("x")
    assert abs(sys.getrefcount(None) - before) < calls // 10
