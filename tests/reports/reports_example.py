# SPDX-License-Identifier: Apache-2.0
"""Reports built by hand: names in four scripts, defects with photos, one value out of limits."""

from __future__ import annotations

import io
import random
from datetime import date
from decimal import Decimal

from PIL import Image, ImageDraw

from qcdesk.services.inspection_report import (
    BatchFacts,
    ClassLine,
    ComparisonFacts,
    DecidedClaim,
    Decision,
    DefectLine,
    EarlierRound,
    Gauge,
    GridUnit,
    InspectionReport,
    MeasuredLine,
    Picture,
    PlanFacts,
    ProcedureFacts,
    Reading,
    SetAsideCheck,
    Shop,
    Signature,
    TakenBack,
    UnitState,
)


def photo(width: int, height: int, seed: int) -> Picture:
    """Return a drawn picture of a part with a ring around a place."""
    image = Image.new("RGB", (width, height), "#b9c2bf")
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((width * 0.1, height * 0.1, width * 0.9, height * 0.9), 30, fill="#8b9793")
    pen.ellipse((width * 0.38, height * 0.32, width * 0.62, height * 0.68), fill="#39423f")
    x, y = width * (0.2 + 0.1 * (seed % 6)), height * (0.25 + 0.1 * (seed % 5))
    pen.ellipse((x - 40, y - 40, x + 40, y + 40), outline="#8f1b12", width=8)
    out = io.BytesIO()
    image.save(out, "JPEG")
    return Picture(out.getvalue(), "image/jpeg")


def logo() -> Picture:
    """Return a square logo with clear corners."""
    image = Image.new("RGBA", (200, 200), (0, 0, 0, 0))
    ImageDraw.Draw(image).rounded_rectangle((0, 0, 199, 199), 36, fill="#14403a")
    out = io.BytesIO()
    image.save(out, "PNG")
    return Picture(out.getvalue(), "image/png")


def measured(name: str, low: str, high: str, nominal: str, seed: int, outside: int = 0) -> MeasuredLine:
    """Return a characteristic with 32 readings in each check."""
    chance = random.Random(seed)
    lower, upper = Decimal(low), Decimal(high)
    readings = []
    for check in ("first", "second"):
        for unit in range(1, 33):
            value = Decimal(
                str(round(chance.uniform(float(lower) * 0.7 + float(upper) * 0.3, float(upper)), 3))
            )
            if outside and unit == 7:
                value = upper + (upper - lower) / 8
            readings.append(Reading(unit, value, check, lower <= value <= upper, str(value)))
    values = [r.value for r in readings]
    return MeasuredLine(
        name,
        "mm",
        Decimal(nominal),
        lower,
        upper,
        len(readings),
        round(sum(values, Decimal(0)) / len(values), 3),
        max(values) - min(values),
        tuple(readings),
        sum(not r.inside for r in readings),
        (Gauge("Caliper C-07", date(2027, 2, 2), None),),
    )


def grid(n: int, both: int = 7, first: int = 2, second: int = 3) -> tuple[GridUnit, ...]:
    """Return ``n`` units, some found by both or by one."""
    places = random.Random(4).sample(range(n), both + first + second)
    states: dict[int, UnitState] = dict.fromkeys(places[:both], "both")
    states |= dict.fromkeys(places[both : both + first], "first")
    states |= dict.fromkeys(places[both + first :], "second")
    return tuple(GridUnit(k + 1, states.get(k, "neither")) for k in range(n))


def signatures() -> tuple[Signature, ...]:
    """Return the three signatures of a released batch, in three scripts."""
    return (
        Signature("inspected_by", "Nguyễn Thị Linh", "1042", "Inspector", "2026-11-18T12:58:03+07:00", 20418),
        Signature(
            "inspected_independently_by",
            "สมชาย ศรีสุข",
            "1057",
            "Inspector",
            "2026-11-18T16:31:40+07:00",
            20633,
        ),
        Signature("released_by", "李娜", "1009", "Quality manager", "2026-11-18T16:44:12+07:00", 20641),
    )


def example(n: int = 125, photos: bool = True, **changes: object) -> InspectionReport:
    """Return a released batch with findings; ``changes`` replaces fields of the report."""
    names = [
        (33, "Dent", "both", "major", "Left of bore 1"),
        (46, "凹痕", "both", "major", "密封面右下角"),
        (58, "รอยบุบบริเวณขอบด้านซ้าย", "first", "major", "ใกล้รูยึดด้านซ้ายบน"),
        (61, "Ren hỏng", "both", "major", "Lỗ ren M6, phía trên bên phải"),
        (70, "Burr on bore", "second", "major", ""),
        (81, "Scratch", "both", "minor", ""),
        (99, "Paint run", "second", "minor", "Bottom edge"),
    ]
    defects = tuple(
        DefectLine(
            cls,  # type: ignore[arg-type]
            f"D-{k:02}",
            name,
            who,  # type: ignore[arg-type]
            unit,
            place=place,
            photo=photo(800 if k % 2 else 500, 500 if k % 2 else 800, k) if photos else None,
        )
        for k, (unit, name, who, cls, place) in enumerate(names)
    )
    withdrawn = DefectLine(
        "minor",
        "D-20",
        "Stain",
        "first",
        12,
        withdrawn=True,
        withdrawn_reason="Oil, wiped off and looked at again.",
    )
    fields: dict[str, object] = {
        "shop": Shop(
            "Vĩnh Tiến Pump Works", "Lot 14, Tân Tạo Industrial Park, Hồ Chí Minh City, Việt Nam", logo()
        ),
        "state": "released",
        "batch": BatchFacts(
            "DA-2611-0418",
            "PH-204",
            "Housing cover 泵壳盖",
            1800,
            "pcs",
            product_revision="C",
            supplier="Công ty TNHH Cơ khí Đông Á",
            supplier_place="Bình Dương, Việt Nam",
            order="PO-5521, line 2",
            makers=("王敏",),
            made_on=date(2026, 11, 14),
            ship_by=date(2026, 11, 20),
        ),
        "procedure": ProcedureFacts("IP-204", 7, "ตรวจสอบฝาครอบตัวเรือน", "Anong C.", date(2026, 11, 3)),
        "plan": PlanFacts("ISO 2859-1:1999", "II", "K", "K", "normal", n, 1800, seed="5f1c9a0e77d2b4c1"),
        "classes": (
            ClassLine("critical", "c0", n, 0, 0, 1, "acceptable"),
            ClassLine("major", "aql", n, 5, 5, 6, "acceptable", Decimal("1.5")),
            ClassLine("minor", "aql", n, 7, 10, 11, "acceptable", Decimal("4.0")),
        ),
        "signatures": signatures(),
        "printed_at": "2026-11-18T16:50:00+07:00",
        "record": "7f3a91c204be55d17f3a91c204be55d17f3a91c204be55d17f3a91c204be55d1",
        "head_seq": 20641,
        "head_hash": "9c071e44ab01ff329c071e44ab01ff329c071e44ab01ff329c071e44ab01ff32",
        "site": "QK7M-2RXD-VH4P-8TNC",
        "qr": "QCDESK1:" + "K7M2RXDVH4P8TNC" * 12,
        "measured": (
            measured("Bore 1, diameter", "11.98", "12.05", "12.02", 1),
            measured("Đường kính lỗ 2", "7.95", "8.05", "8.00", 2, outside=1),
            measured("法兰厚度", "5.90", "6.10", "6.00", 3),
            measured("ความเรียบของผิวหน้าซีล", "0", "0.08", "0", 4),
        ),
        "defects": (*defects, withdrawn),
        "comparison": ComparisonFacts(
            grid(n),
            7,
            2,
            3,
            n - 12,
            Decimal("96.0"),
            Decimal("0.72"),
            missed=1,
            missed_low=0,
            missed_high=4,
            batch_estimate=187,
            batch_low=150,
            batch_high=240,
        ),
    }
    return InspectionReport(**(fields | changes))  # type: ignore[arg-type]


def disagreed() -> InspectionReport:
    """Return a round with a third person's decision, an earlier round and a check set aside."""
    return example(
        photos=False,
        state="rejected",
        decision=Decision(
            "rejected",
            (DecidedClaim(58, "D-02", "Dent", "major", "first", True, "Seen at 10x."),),
            "Phạm Thu Hà",
        ),
        earlier=(
            EarlierRound(
                1,
                "rejected",
                date(2026, 11, 16),
                ("Nguyễn Thị Linh", "王敏"),
                "Burrs.",
                (TakenBack("first", "Nguyễn Thị Linh", "rejected", (("major", 13), ("minor", 2))),),
            ),
        ),
        set_aside=(
            SetAsideCheck("second", "Huy", "2026-11-18T15:02:00+07:00", "Interrupted by an alarm.", 40, 3),
        ),
        reasons=("Major: 7 found, 5 allowed, 6 reject.",),
        not_done=(17, 88, 90),
    )
