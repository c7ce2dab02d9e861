# SPDX-License-Identifier: Apache-2.0
"""One administrator suspends everybody else and is gone: the shop goes on from the backup of the day before."""

from __future__ import annotations

import shutil
from pathlib import Path

from qcdesk import bootstrap
from qcdesk.cli.doors import Doors
from qcdesk.domain.people import FOUNDER_ROLES
from tests.cli.console import Console
from tests.cli.shops import Shop, rule
from tests.workspace import secret

WHY = ("--why", "the administrator is gone")


def test_a_shop_stopped_by_one_administrator_goes_on_from_the_backup_before(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    sheet = str(shop.init()["recovery"])
    shop.good("product", "add", "PH-204", "--name", "Housing cover", who="an")
    shop.good("supplier", "add", "ACME", "--name", "重庆 ACME", who="an")
    shop.procedure()
    batch = shop.batch()
    shop.check("binh", batch)
    shop.good("backup", str(tmp_path / "stick"))
    shop.good("person", "disable", "binh", "--why", "because I can", who="an")
    assert rule(shop("person", "lift", "binh", who="binh", beside=("an",))) == "not-active"
    words: tuple[str, ...] = (secret("binh"), sheet)
    assert rule(shop("person", "lift", "binh", "--recovery", who="binh", words=words)) == "not-active"

    shutil.rmtree(shop.workspace)
    console = Console(Doors(open_workspace=shop.open, restore=bootstrap.restore_workspace))
    told = console("--workspace", shop.workspace, "restore", str(tmp_path / "stick"), "--json").data
    first = str(told["missing"]["first"])

    leave = ("person", "revoke", "an", "--why", "left", "--recovery")
    sheet = str(shop.good(*leave, who="binh", words=(secret("binh"), sheet))["recovery"])
    roles = [part for role in FOUNDER_ROLES for part in ("--role", role)]
    words = (secret("binh"), sheet, secret("dan"))
    shop.good("person", "add", "dan", "--name", "王敏", *roles, "--recovery", who="binh", words=words)
    shop.check("dan", batch)
    assert rule(shop("batch", "release", batch, who="dan")) == "event-lost"
    shop.good("log", "restored", *WHY, "--from", first, who="binh", beside=("dan",))
    shop.good("batch", "release", batch, who="dan")
    assert shop.good("verify")["ok"]
