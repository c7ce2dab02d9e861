# SPDX-License-Identifier: Apache-2.0
"""What does not hold, as data: the event's number, the batch, a code and facts; and the sentence of each code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final


def mark(message: str) -> str:
    """Return a sentence unchanged; the translators' collection finds it by this call."""
    return message


@dataclass(frozen=True)
class Finding:
    """One thing that does not hold. ``event`` None: it stands at no line of the log. ``batch``: its number as known."""

    event: int | None
    batch: str | None
    code: str
    facts: Mapping[str, str]

    @staticmethod
    def of(event: int | None, code: str, batch: str | None = None, /, **facts: object) -> Finding:
        """Return a finding with its facts as text."""
        return Finding(event, batch, code, {name: str(fact) for name, fact in facts.items()})


SENTENCES: Final[dict[str, str]] = {
    # The chain and the signatures
    "event_form": mark("This event is not written as the program writes it ({reason})."),
    "event_hash": mark("This event was changed: it no longer fits its own hash."),
    "event_key": mark("This event is signed with a key that was not active then, or is another person's."),
    "event_signature": mark("The signature of this event is not good."),
    "event_unknown": mark("This event is of a kind that this version does not know ({type})."),
    "event_shape": mark("What this event says is not of the form of its kind ({where})."),
    "event_strength": mark("This event is signed with the wrong kind of key."),
    "chain_broken": mark("The chain is broken here: this event does not follow event {after}."),
    "chain_empty": mark("The log is empty."),
    "other_vault": mark("This event belongs to another workspace."),
    "time_back": mark("The time of this event lies before that of the event before it."),
    "cancelled": mark("Verification was stopped here; what follows was not looked at."),
    "key_again": mark("A key comes a second time here; it stays that of its first owner."),
    # The rules
    "rule_unknown": mark("It speaks of a {what} that is not there ({id})."),
    "rule_id_again": mark("An id comes a second time ({id})."),
    "rule_name_again": mark("The {kind} {name} is somebody else's or something else's already."),
    "rule_not_opened": mark("The workspace was not opened before this event."),
    "rule_opened_once": mark("A workspace is opened once, by its first event."),
    "rule_two_founders": mark("A workspace begins with two different people."),
    "rule_possession": mark("The new person did not sign, so nothing shows that the key is that person's."),
    "rule_name_alike": mark(
        "{name} reads like a person who is there already, and nobody said that it is another."
    ),
    "rule_not_active": mark("{person} was not active then."),
    "rule_no_role": mark("{person} held no role that may do this."),
    "rule_role": mark("{person} did not hold the role that this needs ({role})."),
    "rule_not_qualified": mark("{person} did not hold the qualification that the procedure asks for."),
    "rule_person_state": mark("{person} was not in a state that allows this."),
    "rule_sheet": mark(
        "The recovery sheet signed where it does not stand in, or while two others could sign."
    ),
    "rule_suspect": mark("A key is put in doubt without the event from which on."),
    "rule_signers": mark("{needed} different people must sign this; {signed} did."),
    "rule_signer": mark("{person} is not one of those who must sign this."),
    "rule_administrator": mark("No administrator other than the person concerned signed this."),
    "rule_session_key": mark("The key of this session is not a fresh one."),
    "rule_session_other": mark(
        "A session was closed by another session, or with a key that is not its person's."
    ),
    "station_taken": mark(
        "Another key was introduced under the id of the workstation {station}, as this program refuses it by now; "
        "whoever sits at that one signs under an id of its own from the next sign-in on."
    ),
    "rule_station_key": mark(
        "The key of a workstation was introduced at another one, or is not a fresh one."
    ),
    "rule_tries": mark("It is failure {row} in a row, not {found}."),
    "rule_wait": mark("The wait after this failure is {wait} seconds, not {found}."),
    "rule_lock": mark("A lock follows at once on ten failures in a row, for 12 hours."),
    "rule_unlocks_self": mark("A person unlocked themselves."),
    "rule_no_lock": mark("There is no such lock."),
    "rule_own_key": mark("The key that it speaks of is not the person's own."),
    "rule_badge": mark("It speaks of a badge that is not this person's, or leaves one standing."),
    "rule_procedure_hash": mark(
        "The procedure {procedure} is not word for word what was drafted and approved."
    ),
    "rule_procedure_state": mark(
        "Version {version} of procedure {procedure} was not in a state that allows this."
    ),
    "rule_procedure_product": mark("Procedure {procedure}, version {version}, is not for this product."),
    "rule_author_approves": mark("{person} approved a procedure of their own."),
    "rule_not_approved": mark("Version {version} of procedure {procedure} was not approved."),
    "rule_overdue": mark("Version {version} of procedure {procedure} was overdue for review."),
    "rule_quantity": mark("The quantity {quantity} does not fit the batch."),
    "rule_pinned": mark("The batch was changed after its first round had opened."),
    "rule_reinspected": mark("What is inspected anew is not what the approval of the procedure says."),
    "rule_true_time": mark("The clock was corrected to another time than the one named."),
    "rule_state": mark("The batch stood where this is not allowed ({state})."),
    "rule_ship_day": mark("The goods cannot have left on {on}."),
    "rule_changed_meanwhile": mark("Another record of the batch than that of event {number} was changed."),
    "rule_begun": mark("A check of the batch had begun."),
    "rule_held": mark("The batch was held."),
    "rule_hold": mark("The batch has no such hold."),
    "rule_running": mark("The check of {person} was running."),
    "rule_split": mark("Parts of the batch are batches of their own, so it is not inspected anew."),
    "rule_part": mark("The parts do not take over what is known of their batch."),
    "rule_disposed": mark("Goods that were made here go back to nobody."),
    "rule_critical_nowhere": mark("It is not said into which part each unit with a claimed critical went."),
    "rule_no_rework": mark("Rework was not ordered, or was ordered and is not recorded."),
    "rule_nobody_named": mark("Nobody is named who made or reworked the goods."),
    "rule_two_checks": mark("Two accepting checks by two different people are not there."),
    "rule_in_doubt": mark("{person}'s check is signed with a key that was put in doubt."),
    "rule_no_doubt": mark("A round is done again for a signature in doubt, and there is none."),
    "rule_not_held": mark("Batch {number} rests on a signature now in doubt, and was not held."),
    "rule_clock": mark("It was signed while the workstation's clock was {seconds} seconds behind the log."),
    "rule_touch": mark("The touch is on no batch and no order, or takes back what was not logged yet."),
    "rule_nonconformity_number": mark(
        "Nonconformity {number} is not the next one after the nonconformities before it."
    ),
    "rule_nonconformity_over": mark("Nonconformity {number} of this batch was not open."),
    "rule_nonconformity_open": mark("Nonconformity {number} of this batch was not closed."),
    "rule_nonconformity_owner": mark(
        "The nonconformity was given to {person}, who could not take it or had it already."
    ),
    "rule_mark_missing": mark("The line leaves out “{mark}”, which lines of its kind said before."),
    "rule_nonconformity_of_nothing": mark(
        "The batch was neither stopped nor rejected, or what is named was not found in a compared round of it."
    ),
    "rule_due_past": mark("The day by which it is due, {day}, was past."),
    "rule_nonconformity_own": mark("{person} closed a nonconformity that {person} opened last."),
    "rule_nonconformity_decided": mark(
        "The nonconformity was closed without a reason, over what did not decide what becomes of the goods."
    ),
    "rule_complaint_number": mark("Complaint {number} is not the next one after the complaints before it."),
    "rule_complaint_over": mark("Complaint {number} was not open."),
    "rule_escape": mark(
        "No batch of complaint {number} had been released or shipped, so nothing can have escaped."
    ),
    "rule_complaint_not_theirs": mark(
        "{person} went on with a complaint of somebody else, and does not manage complaints."
    ),
    "rule_complaint_again": mark("Complaint {number} was acknowledged or judged so before."),
    "rule_complaint_blind": mark("A complaint spoke of a batch that was being checked."),
    "rule_complaint_owner": mark(
        "The complaint was given to {person}, who could not take it or had it already."
    ),
    "rule_call_back": mark("A call back was promised for a time that was past."),
    "rule_call_back_open": mark("The complaint was closed while a call back was still promised."),
    "rule_over": mark("It is not signed over the events that it must cover."),
    "rule_more_than_released": mark("{quantity} have left, which is more than was released."),
    "rule_round": mark("It is not about the present round of the batch."),
    "rule_round_number": mark(
        "The rounds of a batch are numbered without gaps, and this is not number {no}."
    ),
    "rule_header": mark("The batch is not pinned as it was registered."),
    "rule_plan": mark("The sampling plan does not fit the procedure and the batch."),
    "rule_tightened": mark(
        "After rework, or a rejected round that no longer counts, the inspection is tightened; this round is not."
    ),
    "rule_repeat_tightens": mark(
        "While the corrective action of a defect that came again is open, inspection is tightened, and then alone;"
        " this round is not so."
    ),
    "rule_switching": mark("What is said of the next inspections is not what the lots before make of them."),
    "rule_severity": mark("The round is not inspected as strictly as its supplier's lots before ask for."),
    "rule_discontinued": mark("Inspection was discontinued, and nobody had let it begin again."),
    "rule_severity_set": mark(
        "How strictly the next lots are inspected was set where the rules do not let it be set so."
    ),
    "rule_supplier_status": mark(
        "The supplier's status was set over another one than stood, or to the same."
    ),
    "rule_supplier_merge": mark(
        "Suppliers were said to be one, or taken apart, where the rules do not let it be said so."
    ),
    "rule_merged_supplier": mark("A batch was registered of a supplier that is the same as another one."),
    "rule_supplier_blocked": mark(
        "It was released while its supplier, or one that is the same, was blocked."
    ),
    "rule_audit_template": mark(
        "The audit template {template} was not written, approved or used by its rules."
    ),
    "rule_audit_number": mark("Audit {number} does not follow the one before it."),
    "rule_audit_time": mark("Audit A-{audit} did not stand where this is done."),
    "rule_audit_person": mark("{person} is not the one who answers or signs here in this audit."),
    "rule_audit_answer": mark("An answer in audit A-{audit} is none that its question has."),
    "rule_audit_incomplete": mark("Audit A-{audit} was signed with questions unanswered."),
    "rule_audit_record": mark("What was signed of audit A-{audit} is not what was answered."),
    "rule_audit_sample": mark("What was reviewed of audit A-{audit} is not the part that was drawn."),
    "rule_audit_outcome": mark("The result of audit A-{audit} is not what its answers come to."),
    "rule_action_number": mark(
        "Corrective actions are numbered without gaps, and this is not number {number}."
    ),
    "rule_action_closed": mark("The corrective action was closed."),
    "rule_promise": mark(
        "The promise has no test that can be decided and is about its action, or stands for one that was not broken."
    ),
    "rule_not_fixed": mark("The corrective action was closed before the tests of its promises had passed."),
    "rule_own_paper": mark(
        "The corrective action was closed by whoever put down that a promised document came."
    ),
    "rule_repeated": mark(
        "What is said to have come again is not what the lot and the corrective action say."
    ),
    "rule_repeat_missing": mark(
        "A defect came again after its corrective action, and the log goes on without it."
    ),
    "rule_unproved": mark(
        "What is said not to prove a corrective action any more is not what the lots and its promises say."
    ),
    "rule_unproved_missing": mark(
        "What had proved a corrective action does so no more, and the log goes on as if it were closed."
    ),
    "rule_release_stopped": mark(
        "It was released while a defect that came again held its supplier's goods back."
    ),
    "rule_sample": mark("The sample does not fit the plan and the batch."),
    "rule_second_sample": mark("The second person's units do not make a full sample of their own."),
    "rule_own_way": mark(
        "Checks that end by their own findings are allowed only where both look at the same units, blind."
    ),
    "rule_mode": mark("The signature names another kind of second check than the procedure asks for."),
    "rule_critical_left_out": mark("Units with a claimed critical are not in the sample: {units}."),
    "rule_place": mark("The place of the check is another."),
    "rule_place_taken": mark("The place was taken."),
    "rule_own_work": mark("{person} made or reworked units of this batch."),
    "rule_same_person": mark("{person} signed in the place that must be another person's."),
    "rule_seen_first": mark("{person} had seen the first check, or had given up the second place."),
    "rule_last_second": mark("{person} was the last who could make the second check."),
    "rule_blind": mark("{person} saw the first check while still able to make the second."),
    "rule_not_your_check": mark("The check is not {person}'s."),
    "rule_check_over": mark("The check was over."),
    "rule_unit": mark("There is no such unit in the sample ({unit})."),
    "rule_not_done": mark("Unit {unit} was left out, which the procedure does not allow."),
    "rule_photo": mark("The defect {code} has no photo, which the procedure asks for."),
    "rule_no_reason": mark("A reason is missing."),
    "rule_class": mark("The defect {code} is not of the class that procedure and catalogue give it."),
    "rule_reading": mark(
        "The reading of {code} on unit {unit} is not judged by its limits, or not as typed."
    ),
    "rule_correction": mark("The reading of {code} on unit {unit} does not replace the one that stood."),
    "rule_instrument": mark("The instrument was blocked, out of calibration, or not as it is known."),
    "rule_instrument_kind": mark(
        "The reading of {code} on unit {unit} is not of an instrument of the kind that the procedure names."
    ),
    "rule_incomplete": mark("Not every unit of the sample has its result ({unit})."),
    "rule_review": mark("What was opened of {code} on unit {unit} is no claim of the first check in review."),
    "rule_not_reviewed": mark("The claim of {code} on unit {unit} in the first check was not opened."),
    "rule_seen": mark("What the signature says was looked at is not what the log shows."),
    "rule_record": mark("The signed record does not say what the log says."),
    "rule_carried": mark(
        "The reading of {code} on unit {unit} is carried over, and the same person did not measure it before."
    ),
    "rule_kept_over": mark("It was written over another state than the one that stood then."),
    "rule_code": mark("Product {code} got another code or revision after a batch of it was registered."),
    "rule_family": mark("Product {code} was moved to another family after a batch of it was registered."),
    "rule_owed": mark("It asks for {what} at once, and something else or nothing follows."),
    "rule_figures": mark("Its figures cannot be reckoned with."),
    "rule_own_concern": mark("{person} explained what is about the same person."),
    "rule_day": mark("The certificate bears another day than the one on which it was issued."),
    "rule_seed": mark("The seed of the sample does not follow from what somebody else signed last."),
    "rule_drawn": mark("The sample is not the one that its seed draws."),
    "rule_name_stays": mark("{person} got another name without the two signatures that it takes."),
    "rule_meaning": mark("The meaning of the signature is another."),
    "rule_maker_marked": mark("Whether the signer made or reworked units is not marked as it is."),
    "rule_classes": mark("The verdicts of the classes do not follow from what was found."),
    "rule_verdict": mark("The verdict does not follow from what was found."),
    "rule_compared_when": mark(
        "A comparison follows at once on the second signature, by the same person, once."
    ),
    "rule_compared_what": mark("The comparison is not of the two signed checks."),
    "rule_comparison": mark("The comparison does not count what the two checks say."),
    "rule_outcome": mark("The outcome does not follow from both checks; it is {outcome}."),
    "rule_not_disputed": mark("The claim of {code} was not disputed."),
    "rule_unresolved": mark("Not every disputed claim was settled."),
    "rule_again_once": mark("The batch had been done again once."),
    "rule_critical": mark("A critical was claimed."),
    "rule_retracted": mark("What follows from taking the check back is another."),
    "rule_void": mark("A line was declared void that does not fail, or is another one."),
    "rule_rebuilt": mark(
        "The tables were written anew up to event {until}, and that is not the one before this line."
    ),
    # Around the log
    "table_differs": mark("The table {table} says otherwise than the log ({what})."),
    "table_rows": mark("The table {table} has a row too many or too few ({what})."),
    "schema_missing": mark("The database lacks one of its own rules or tables ({kind} {name})."),
    "schema_extra": mark("The database holds something that this program never made ({kind} {name})."),
    "schema_differs": mark("A rule or table of the database was changed ({kind} {name})."),
    "schema_older": mark(
        "The database is of the older revision {found}, and was held against the rules of that one; "
        "the newest known here is {known}."
    ),
    "schema_newer": mark(
        "The database says that it is of revision {found}, and the newest known here is {known}: its rules were not "
        "looked at. Check it with the checker of the program that wrote it."
    ),
    "database_damaged": mark("The log is damaged where it is kept: {reason}."),
    "record_missing": mark(
        "The signed record {record} is missing. Restore a backup that has it, or two people explain this event."
    ),
    "record_damaged": mark(
        "The signed record {record} was changed. Restore a backup that has it, or two people explain this event."
    ),
    "file_missing": mark(
        "The picture or file {file} is missing. Put it back from a backup, or two people explain this event."
    ),
    "file_damaged": mark(
        "The picture or file {file} was changed. Put it back from a backup, or two people explain this event."
    ),
    "picture_missing": mark(
        "The picture {file} is missing; nothing signed rests on it. Choose another one there."
    ),
    "picture_damaged": mark(
        "The picture {file} was changed; nothing signed rests on it. Choose another one there."
    ),
    "backup_missing": mark("The backup lacks {file}."),
    "backup_changed": mark("{file} is not what it was when the backup was made."),
    "backup_head": mark("The backup says that its log ends with event {seq}, and it does not."),
    "dump_head": mark("The file says that its log ends with event {seq}, and it does not."),
    # Anchors
    "anchor_form": mark("{file} is not an anchor."),
    "anchor_vault": mark("The anchor {file} is of another workspace."),
    "anchor_key": mark(
        "The anchor {file} is signed with a key that this log does not know: anybody may have made it, "
        "or the log has lost the key as well."
    ),
    "anchor_signature": mark(
        "The signature of the anchor {file} is not good: it was changed, or made up. Find out who kept it."
    ),
    "anchor_missing": mark(
        "The anchor {file} names event {seq}, which this log no longer has: its end was cut off, "
        "or an older copy was put in its place."
    ),
    "anchor_differs": mark(
        "The anchor {file} names another event {seq} than this log holds: an older copy was put in its place and work "
        "went on, or the log was made anew."
    ),
    # Certificates
    "rule_concession_asked": mark("It is about another concession than the one that was asked for."),
    "rule_asked_concession": mark("{person} asked for a concession of these goods or approved it."),
    "rule_concession_outsider": mark(
        "Neither of the two who approved was from outside, and no consent of the customer stands in for that one."
    ),
    "rule_concession_over": mark("The concession's last day had passed."),
    "rule_concession_budget": mark("{quantity} more units were conceded than the supplier's budget allows."),
    "rule_certificate_number": mark(
        "Certificates are numbered without a gap, one of each release, and {number} is not next."
    ),
    "rule_certificate_copy": mark("The prints of certificate {number} are not numbered without a gap."),
    "rule_print_copy": mark(
        "The copies of the paper {name} are not numbered without a gap, each for one print."
    ),
    "rule_certificate": mark("Certificate {number} does not say what was released."),
    "rule_certificate_code": mark(
        "The code of certificate {number} does not say the same, or is not signed by who issued it."
    ),
    "rule_certificate_stands": mark("Certificate {number} of the batch stands, and a new round of it began."),
    "rule_certificate_void": mark(
        "Certificate {number} does not stand, or is void without its release taken back."
    ),
    "certificate_site": mark("The certificate is of another site than the people sheet ({site})."),
    "certificate_key": mark("The certificate is signed with a key that is not on the people sheet."),
    "certificate_role": mark("The certificate is signed by somebody who might not release goods that day."),
    "certificate_ended": mark("The certificate is signed with a key that had ended by that day."),
    "certificate_signature": mark("The signature in the code is not good: the code was changed or made up."),
    "certificate_void": mark("Certificate {number} is void: its release was taken back."),
    "certificate_unlisted": mark(
        "The code is signed by {name} alone. No list of the site's certificates was given, so whether the site knows "
        "it, or has taken it back, is not known."
    ),
    "certificate_unknown": mark(
        "Certificate {number} is not known to the list of {day}. A newer certificate needs a newer list."
    ),
    "certificate_own_list": mark(
        "The list is signed by {name}, who signed the certificate too: it takes a list that somebody else signed."
    ),
    "withdrawn_signature": mark("The list of certificates is not signed by anybody of this site."),
    "withdrawn_right": mark(
        "The list of certificates is signed by somebody who was no administrator and no releaser then."
    ),
    # A printed paper, from its file alone
    "paper_bare": mark(
        "This PDF carries no evidence: no workstation of qcdesk has sealed it, or the evidence was taken out."
    ),
    "paper_changed": mark(
        "This file is not as it was printed: something in it was changed, added or taken out, or another program has "
        "saved it anew."
    ),
    "paper_company": mark(
        "What stands behind this paper is no signature of a company as the program writes it: the file was changed after "
        "it was made."
    ),
    "paper_company_signature": mark("The company's signature does not fit this file."),
    "paper_evidence": mark("The evidence in this file is not written as the program writes it."),
    "paper_seal": mark("No workstation of the house has sealed what the evidence says."),
    "paper_pages": mark("These pages are not the ones that the workstation sealed."),
    "paper_lines": mark("These events and records are not the ones that the workstation sealed."),
    "paper_batch": mark("The events in the evidence are not those of the batch {said}."),
    "paper_subject": mark("The events in the evidence are not those of {said}."),
    "paper_number": mark("The paper is of the batch {said}, and the events are of the batch {signed}."),
    "paper_state": mark("The paper says {said}, and the events say {signed}."),
    "paper_quantity": mark("The paper says {said} units, and the events say {signed}."),
    "paper_certificate": mark("The events in the evidence hold no such print of the certificate {said}."),
    "paper_people": mark("One person signed both checks."),
    "paper_anchor_other": mark("The anchor {file} is of another workspace than this paper."),
    "paper_sheet_other": mark("The people sheet is that of another site ({site})."),
    "paper_sheet_person": mark("{name} signed, and is not on the people sheet."),
}


VOIDABLE: Final = frozenset(
    (
        "event_form",
        "event_hash",
        "event_key",
        "event_signature",
        "event_shape",
        "event_unknown",
        "event_strength",
        "key_again",
    )
)
"""What is wrong with a line that nobody signed, or that says nothing; explained once two have declared it void. So is
a broken rule."""


@dataclass(frozen=True)
class Explained:
    """A finding that two people have explained. ``seq``, ``at``, ``people``, ``reason``: of their line."""

    finding: Finding
    seq: int
    at: int
    people: str
    reason: str


Explaining = tuple[int, int, str, str]
"""The line in which two have explained something, when, who, and why."""
Said = Mapping[int, Explaining]
"""Line -> where two have explained it."""
LOST: Final = frozenset(("record_missing", "record_damaged", "file_missing", "file_damaged"))
"""What a line names by hash is gone, or no longer what it was."""


def explained_loss(code: str, facts: Mapping[str, str], lost: Mapping[str, Explaining]) -> Explaining | None:
    """Return where two have explained that something named by its hash is gone; None: they have not."""
    return lost.get(facts.get("record", "") or facts.get("file", "")) if code in LOST else None


REMARKS: Final = frozenset(
    (
        "station_taken",
        "picture_missing",
        "picture_damaged",
        "seal_left",
        "badge_missing",
        "schema_older",
        "schema_newer",
    )
)
"""What is worth telling and is no fault: it stops nothing, and nobody has to explain it."""


def not_voided(findings: Iterable[Finding], voided: Said) -> list[Finding]:
    """Return the findings that stop something: not what two people have explained, and no mere remark."""
    return [f for f in findings if f.code not in REMARKS and (f.event not in voided or not _voidable(f.code))]


def remarks(findings: Iterable[Finding]) -> list[Finding]:
    """Return what is worth telling and stops nothing."""
    return [f for f in findings if f.code in REMARKS]


def explained(findings: Iterable[Finding], voided: Said) -> list[Explained]:
    """Return the findings that two people have explained, with what they said."""
    return [
        Explained(f, *voided[f.event])
        for f in findings
        if f.event is not None and f.event in voided and _voidable(f.code)
    ]


def _voidable(code: str) -> bool:
    return code in VOIDABLE or code.startswith("rule_")


def sentence(finding: Finding) -> str:
    """Return a finding in plain English, for who has nothing but the checker."""
    facts = {name: " ".join(fact.split()) for name, fact in finding.facts.items()}
    return SENTENCES[finding.code].format_map(_Known(facts))


class _Known(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return "…"
