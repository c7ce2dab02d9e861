# SPDX-License-Identifier: Apache-2.0
"""The tables as this program knows them: the log, its projections, and what is neither.

``event`` is the truth. A *projection* is written from an event in the same transaction and can be rebuilt from the log
alone. Whatever else there is stands in ``KEPT`` (content that carries its own proof) or ``CACHES`` (may be thrown away).
"""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, MetaData, Table, Text

metadata = MetaData()


COLUMNS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
"""Table -> (key columns, all columns); filled below from one description."""

_DESCRIPTION = """
line            | seq | seq:i type person? session? at:i act:i station batch? round? checking?
workspace       | vault | vault opened:i recovery_key
shop            | id | id:i name address logo? paper third_releases:i seq:i footer accent
person          | id | id login? name staff? status languages enrolled_by since:i seq:i
line_signer     | seq key | seq:i person key next_sheet:i?
person_key      | key | key person public_key from_seq:i until_seq:i? ended? suspect_from:i? by_sheet:i?
recovery_sheet  | public_key | public_key from_seq:i until_seq:i?
namesake        | person other | person other seq:i
role_grant      | person role | person role families until? seq:i
qualification   | person procedure | person procedure until? seq:i
session         | id | id person key public_key opened:i closed:i?
station_key     | key | key station name public_key from_seq:i until_seq:i? active:i
failed_try      | seq | seq:i person station at:i way in_a_row:i start steady:i tried:i?
person_lock     | seq | seq:i person station at:i until:i unlocked:i? unlocked_by?
badge           | id | id person key seal issued:i stopped:i?
clock_jump      | seq | seq:i station at:i ahead:i
supplier        | id | id code name name_latin country address contact note source? used:i? seq:i more
supplier_status | seq | seq:i supplier status reason at:i person other
supplier_merge  | seq | seq:i supplier root reason at:i person other undone:i?
product         | id | id code revision name family unit picture? note source? used:i? seq:i
defect_code     | code | code name defect_class names note retired:i source? seq:i
instrument      | id | id number kind calibrated_until? blocked:i note used:i? seq:i
procedure_version | code version | code version:i state author content hash approved_by? approved_at:i? seq:i
procedure_product | code version product | code version:i product seq:i
batch           | id | id number product supplier? line quantity:i order_no made_on? ship_by? note source? state \
held:i hold? lane_since:i round? round_no:i next_severity again_used:i rework_ordered:i released:i shipped:i \
registered_at:i registered_by seq:i
batch_number    | seq batch | seq:i batch number
batch_part      | batch | batch seq:i parent quantity:i way terms units held:i person confirmed_by reason
batch_origin    | batch origin | batch origin seq:i
batch_maker     | batch person | batch person units seq:i
batch_reworker  | batch person seq | batch person seq:i
hold            | id | id batch kind reason person at:i seq:i lifted:i?
round           | id | id batch no:i opened seq:i
checking        | id | id round batch place person state started_at:i seq:i reason signed:i?
unit_result     | checking unit | checking unit:i not_done? seq:i
finding         | id | id checking round batch unit:i? code defect_class count:i place note photo? at:i seq:i withdrawn?
reading         | id | id checking round batch unit:i characteristic typed value measure inside:i defect_class \
instrument? calibrated_until? at:i reason replaced:i seq:i
reviewed        | checking claim seq | checking claim unit:i code defect_class count:i agrees:i note seq:i
sign_off        | seq | seq:i batch round place person key checking? meaning verdict record at:i maker:i standing:i
comparison      | round | round batch seq:i outcome body
severity        | seq defect_class | seq:i defect_class supplier product procedure severity changed:i state batch? \
person other
corrective_action | id | id number:i supplier product person at:i body seq:i
action_said     | seq | seq:i action kind about person at:i body
promise         | id | id action no:i due test words replaces? at:i seq:i
release_stop    | seq | seq:i supplier product code action lot? decided:i?
decision        | round | round batch seq:i person outcome body
place_given_up  | round person | round person seq:i
first_seen      | round person | round person what seq:i
concession      | id | id batch round quantity:i until_day consent? person body at:i seq:i
concession_answer | concession | concession answer batch round quantity:i record reason person other at:i seq:i
concession_budget | seq | seq:i supplier per_10000:i months:i reason person other
disposition     | seq | seq:i batch round? kind quantity:i person confirmed_by reason terms
batch_place     | seq | seq:i batch stands person at:i
person_language | seq | seq:i person language?
shipment        | id | id batch quantity:i to_whom on_day document person seq:i
reported_defect | id | id source code name defect_class count:i batch? supplier? product? found_on? reference note \
at:i seq:i
shipped_unreleased | id | id batch quantity:i to_whom on_day document reason person seq:i
voided          | event_no | event_no:i hash reason batch? person other seq:i
restored        | seq | seq:i lost_from:i lost_to:i? said person other
procedure_grace | seq | seq:i code version:i until reason person other
procedure_stopped | code version | code version:i reason person seq:i
reinspection    | round | round batch code version:i seq:i
clock_correction | seq | seq:i true_time:i said person other
clock_behind    | seq | seq:i station seconds:i
imported        | seq | seq:i kind file sha256 rows:i mapping_sha256? person at:i
certificate     | number | number:i batch round release:i person key verdict quantity:i on_day record code sig at:i seq:i
certificate_copy | number copy | number:i copy:i person at:i seq:i
analysis_copy   | number copy | number:i copy:i person at:i seq:i
certificate_withdrawn | number | number:i batch person reason at:i seq:i
paper_print     | seq | seq:i document subject name batch? state copy:i way languages digest person? station at:i
audit_template | seq | seq:i code version:i author hash body
audit_template_approved | code version | code version:i hash person seq:i
audit           | id | id no:i supplier template version:i hash auditor seq:i
audit_answer    | seq question | seq:i question audit place person value points:i? body
audit_step      | audit step | audit step person other differences:i body seq:i
touch           | seq | seq:i batch? order_no kind undoes:i? person at:i
complaint       | number | number:i seq:i said_as received person at:i body
complaint_step  | seq | seq:i complaint:i type batch? person at:i body
nonconformity   | number | number:i seq:i batch quantity:i person at:i body
nonconformity_step | seq | seq:i nonconformity:i batch type rests_on:i? person at:i body
owner_figure    | seq | seq:i month repeat_orders:i referrals:i person
"""

BESIDE: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "sealed_key": (("key",), ("key", "person", "public_key", "sealed")),
    "sealed_badge": (("id",), ("id", "person", "key", "public_key", "sealed")),
    "search_text": (("kind", "id"), ("kind", "id", "folded")),
    "figure_part": (
        ("source", "name", "code", "month", "product", "supplier"),
        ("source", "supplier", "product", "month", "name", "code", "amount"),
    ),
    "figure": (
        ("supplier", "product", "name", "month", "code"),
        ("supplier", "product", "month", "name", "code", "amount"),
    ),
}
"""Table -> (key columns, all columns) of what is kept beside the log and written by the same kinds of change."""

for _line in _DESCRIPTION.replace("\\\n", "").strip().splitlines():
    _name, _key, _columns = (part.strip() for part in _line.split("|"))
    _made: list[Column[object]] = []
    for _word in _columns.split():
        _bare = _word.replace(":i", "").replace("?", "")
        _kind = Integer if ":i" in _word else Text
        _made.append(Column(_bare, _kind(), nullable="?" in _word))
    Table(_name, metadata, *_made)
    COLUMNS[_name] = (tuple(_key.split()), tuple(c.name for c in _made))

PROJECTIONS: tuple[str, ...] = tuple(COLUMNS)
event = Table(
    "event",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("body", LargeBinary, nullable=False),
    Column("sig", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
)
KEPT: tuple[str, ...] = ("record", "sealed_key", "sealed_badge")
ON_SERVER: tuple[str, ...] = ("kept_file",)
"""Content that carries its own proof, in the database of a server; SQLite has a folder of files for it."""
CACHES: tuple[str, ...] = ("search_text", "figure_part", "figure")
OWN: tuple[str, ...] = ("alembic_version",)
