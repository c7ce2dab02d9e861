# SPDX-License-Identifier: Apache-2.0
"""The demonstration as a newcomer starts it: one command, no display, papers and pictures left behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.architecture.sources import ROOT


def test_the_demonstration_leaves_its_report_and_pictures_without_a_display(tmp_path: Path) -> None:
    environment = {
        **{
            k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QCDESK_WORKSPACE")
        },
        "QCDESK_STATION_FOLDER": str(tmp_path / "station"),
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-m", "qcdesk", "--json", "demo", "--headless", str(tmp_path / "out")]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout)
    assert told["verdict"] == "accepted"
    for report in (told["report"], *told["more_reports"]):
        assert Path(report).read_bytes().startswith(b"%PDF")
    names = [Path(picture).name for picture in told["screenshots"]]
    for page in ("sign-in", "board", "batch", "runner", "blind-second-check", "sign", "comparison", "report"):
        for look in ("light", "dark"):
            assert any(page in name and look in name for name in names), (page, look)
    assert all(Path(picture).stat().st_size > 5_000 for picture in told["screenshots"])
    assert {"login", "secret", "roles"} <= told["people"][0].keys()
    asked = [sys.executable, "-m", "qcdesk", "--json", "verify"]
    for what in (told["workspace"], told["report"], *told["more_reports"]):
        verified = subprocess.run(
            [*asked, what], env=environment, capture_output=True, text=True, cwd=tmp_path, check=False
        )
        said = json.loads(verified.stdout)
        assert said["ok"] is True, (what, said["problems"][:3])
