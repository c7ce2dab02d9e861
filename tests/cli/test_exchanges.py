# SPDX-License-Identifier: Apache-2.0
"""Files in and out by commands: all rows or none, and every problem by row and column."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.shops import Shop, problem, rule
from tests.workspace import connect


def written(folder: Path, text: str, encoding: str = "utf-8") -> str:
    file = folder / "in.csv"
    file.write_bytes(text.encode(encoding))
    return str(file)


def test_suppliers_come_in_and_a_second_time_nothing_changes(shop: Shop, tmp_path: Path) -> None:
    file = written(tmp_path, "code;name;country\nCN-1;重庆机械;CN\nTH-1;บริษัท ไทย;TH\n")
    first = shop.good("import", "suppliers", file, who="an")
    assert (first["read"], first["created"], first["errors"]) == (2, 2, [])
    again = shop.good("import", "suppliers", file, who="an")
    assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, 2)
    assert {"CN-1", "TH-1"} <= {s["code"] for s in shop.good("supplier", "list")["suppliers"]}


def test_rows_that_repeat_others_of_the_file_are_counted_once_and_told_apart(
    shop: Shop, tmp_path: Path
) -> None:
    file = written(tmp_path, "code,name\nCN-1,重庆机械\nCN-1,重庆机械\nTH-1,บริษัท ไทย\n")
    fields = {"code": "code", "name": "name"}
    map_ = {"format": "qcdesk-map-1", "kind": "suppliers", "fields": fields, "repeats": "equal"}
    (tmp_path / "map.json").write_text(json.dumps(map_))
    once = ("import", "suppliers", file, "--map", str(tmp_path / "map.json"))
    tried = shop.good(*once, "--dry-run", who="an")
    assert (tried["read"], tried["created"], tried["unchanged"], tried["repeated"]) == (3, 2, 1, 1)
    said = shop(*once, who="an", text=True).out
    assert "1 of these repeats an earlier row of the file and was counted once." in said


def test_a_trial_changes_nothing(shop: Shop, tmp_path: Path) -> None:
    file = written(tmp_path, "code,name\nCN-1,重庆机械\n")
    data = shop.good("import", "suppliers", file, "--dry-run", who="an")
    assert data["dry_run"] is True and data["created"] == 1
    assert [s["code"] for s in shop.good("supplier", "list")["suppliers"]] == ["ACME"]


def test_one_bad_row_keeps_all_out_and_is_named(shop: Shop, tmp_path: Path) -> None:
    file = written(tmp_path, "number,product,quantity,supplier\nB-1,PH-204,20,ACME\nB-2,PH-204,1.5,ACME\n")
    ran = shop("import", "batches", file, who="an")
    assert ran.status == 2 and ran.error["code"] == "import_refused"
    error = ran.data["errors"][0]
    assert (error["row"], error["column"], error["value"], error["problem"]) == (
        3,
        "quantity",
        "1.5",
        "quantity",
    )
    assert error["message"].startswith("“1.5” is no whole number.")
    assert len(ran.err.splitlines()) == 1 and shop.good("batch", "list")["batches"] == []


def test_what_paper_cannot_show_is_named_by_row_and_column(shop: Shop, tmp_path: Path) -> None:
    file = written(tmp_path, "code,name\nCN-1,重庆机械\nEG-1,شركة القاهرة\n")
    ran = shop("import", "suppliers", file, who="an")
    assert ran.status == 2
    (error,) = ran.data["errors"]
    assert (error["row"], error["column"], error["problem"]) == (3, "name", "glyph")
    assert "U+0634" in error["message"]
    assert [s["code"] for s in shop.good("supplier", "list")["suppliers"]] == ["ACME"]


def test_another_encoding_is_said_not_guessed(shop: Shop, tmp_path: Path) -> None:
    file = written(tmp_path, "code,name\nCN-1,重庆机械股份有限公司质量管理部\n", "gb18030")
    ran = shop("import", "suppliers", file, who="an")
    assert problem(ran) == "encoding" and "--encoding" in ran.err
    assert shop.good("import", "suppliers", file, "--encoding", "gb18030", who="an")["created"] == 1


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(("suppliers", "nowhere.csv"), "no_file"), (("toys", "in.csv"), "unknown_kind"),
     (("suppliers", "in.csv", "--encoding", "klingon"), "encoding_unknown")],
)  # fmt: skip
def test_what_cannot_be_read_is_said(
    shop: Shop, tmp_path: Path, arguments: tuple[str, ...], code: str
) -> None:
    file = written(tmp_path, "code,name\nA,B\n")
    given = [file if one == "in.csv" else one for one in arguments]
    assert problem(shop("import", *given, who="an")) == code


def test_an_auditor_imports_nothing(shop: Shop, tmp_path: Path) -> None:
    shop.third("chi", "auditor")
    assert rule(shop("import", "suppliers", written(tmp_path, "code,name\nA,B\n"), who="chi")) == "reads-only"


def test_everything_comes_out_again(shop: Shop, tmp_path: Path) -> None:
    shop.batch()
    data = shop.good("export", "all", "--to", str(tmp_path / "out"))
    assert data["rows"] >= 4 and all(Path(one["file"]).is_file() for one in data["files"])
    suppliers = next(one for one in data["files"] if "suppliers" in Path(one["file"]).name)
    assert "重庆 ACME" in Path(suppliers["file"]).read_text(encoding="utf-8-sig")


def test_whole_log_is_verified_before_it_goes_out_for_an_audit(shop: Shop, tmp_path: Path) -> None:
    assert shop.good("export", "suppliers", "--to", str(tmp_path / "list"))["verified"] is None
    for number, kind in enumerate(("all", "events")):
        assert shop.good("export", kind, "--to", str(tmp_path / str(number)))["verified"] is True
    database = connect(shop.workspace)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("DROP TRIGGER event_no_update")
        connection.exec_driver_sql(
            "UPDATE event SET body = CAST(replace(CAST(body AS TEXT), 'ACME', 'ACNE') AS BLOB)"
        )
        connection.commit()
    database.dispose()
    ran = shop("export", "all", "--to", str(tmp_path / "broken"))
    assert ran.status == 1 and ran.data["verified"] is False
    assert all(Path(one["file"]).is_file() for one in ran.data["files"])  # what is broken is evidence, too
    told = shop("export", "events", "--to", str(tmp_path / "told"), text=True)
    assert told.status == 1 and "does not hold; run qcdesk verify" in told.out.replace("do not", "does not")


def test_a_blind_first_check_stays_inside(shop: Shop, tmp_path: Path) -> None:
    shop.batch()
    shop.check("an", "B-1", {"unit": 2, "defect": "SCR"})
    for number, more in enumerate(({}, {"who": "binh"})):
        folder = tmp_path / str(number)
        shop.good("export", "findings", "--to", str(folder), **more)
        text = "".join(
            f.read_text(encoding="utf-8-sig") for f in folder.iterdir() if f.name.startswith("findings")
        )
        assert "SCR" not in text


def test_a_form_that_is_not_here_says_what_is(shop: Shop, tmp_path: Path) -> None:
    ran = shop("export", "all", "--to", str(tmp_path / "out"), "--format", "pdf")
    assert problem(ran) == "unknown_kind" and "csv, xlsx or jsonl" in ran.err
