# SPDX-License-Identifier: Apache-2.0
"""What was given and cannot be taken, in words: where it stands, what is wrong with it, what would be right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from qcdesk.domain.inputs import BadInput
from qcdesk.i18n import Catalogue, mark, placeholders
from qcdesk.wording import plans, plans_by_variables
from qcdesk.wording.files import FILE_PROBLEMS
from qcdesk.wording.leaving import LEAVING_PROBLEMS
from qcdesk.wording.processes import PROCESS_PROBLEMS
from qcdesk.wording.spelling import Told, alternatives, day, quoted
from qcdesk.wording.states import CLASS_WORDS

# Names of fields as people see them.
FIELD_WORDS: Final = {
    "attachments": mark("Attachments"), "months": mark("Months"), "percent": mark("Percent"),
    "codes": mark("Defect codes"), "consent": mark("Consent"), "use": mark("Use"),
    "parts": mark("Parts"), "kept": mark("What stays"), "terms": mark("Grade, and what for"),
    "mail_password": mark("Password of the mail server"), "mail_user": mark("Login at the mail server"),
    "security": mark("Encryption"), "port": mark("Port"), "server": mark("Mail server"),
    "company_file": mark("Company's certificate"), "company_password": mark("Password of the certificate"),
    "action": mark("Corrective action"), "due": mark("Due"), "test": mark("Test"), "promise": mark("Promise"),
    "sender": mark("From"),
    "name": mark("Name"), "login": mark("Login"), "secret": mark("Password"), "staff": mark("Staff number"),
    "role": mark("Role"), "roles": mark("Roles"), "reason": mark("Reason"), "note": mark("Note"),
    "said_or_why": mark("What was said, or why it is put off"), "key": mark("Key"),
    "reached": mark("Whether somebody was reached"),
    "why": mark("Why"), "from": mark("From event"), "replaces": mark("Folder of the old workspace"),
    "email": mark("Mail"), "status": mark("Status"), "tax_number": mark("Tax number"), "gln": mark("GLN"),
    "issuer": mark("Issued by"), "paper_number": mark("Number of the certificate"),
    "footer": mark("Line at the foot"), "accent": mark("Colour"),
    "address": mark("Address"), "contact": mark("Contact"), "country": mark("Country"), "code": mark("Code"),
    "same_as": mark("The same as"),
    "supplier": mark("Supplier"), "product": mark("Product"), "revision": mark("Revision"),
    "quantity": mark("Quantity"), "line": mark("Line"), "order": mark("Order"), "batch": mark("Batch number"),
    "id": mark("ID"),
    "number": mark("Number"), "makers": mark("Makers"), "made_on": mark("Made on"), "ship_by": mark("Ship by"),
    "to": mark("Recipient"), "kind": mark("Kind"), "unit": mark("Unit", context="in input"),
    "units": mark("Units"),
    "count": mark("Count"), "defect": mark("Defect code"), "class": mark("Class"), "finding": mark("Finding"),
    "claim": mark("Claim"), "agrees": mark("Is so"),
    "not_done": mark("Reason for leaving out"), "tallied": mark("Units counted"), "meaning": mark("Meaning"),
    "check": mark("Check", context="one inspection"),
    "title": mark("Title"), "products": mark("Products"), "owner": mark("Owner"),
    "rules": mark("Sampling rules"), "defects": mark("Defects"), "characteristics": mark("Characteristics"),
    "characteristic": mark("Characteristic"), "aql": mark("AQL"), "level": mark("Inspection level"),
    "audit": mark("Audit"), "template": mark("Audit template"), "question": mark("Question"),
    "questions": mark("Questions"), "sections": mark("Sections"), "answer": mark("Answer"),
    "guidance": mark("Guidance"), "weight": mark("Weight"), "pass_percent": mark("Passed from"),
    "conditional_percent": mark("Under conditions from"),
    "switching": mark("Switching"), "mode": mark("Way of checking"), "seconds_per_unit": mark("Seconds a unit"),
    "bad_rate": mark("Share of bad units"), "detect_first": mark("Share that the first finds"),
    "detect_second": mark("Share that the second finds"), "primed_detect": mark("Share found of what was missed"),
    "false_alarm": mark("Share of false alarms"), "lots": mark("Batches"), "seconds": mark("Seconds a unit"),
    "seed": mark("Seed"), "known_first": mark("Known defects found by the first"),
    "known_second": mark("Known defects found by the second"),
    "severity": mark("Severity"), "standard": mark("Standard"), "type": mark("Plan type"), "n": mark("Sample size"),
    "lot_size": mark("Lot size"), "first": mark("Found in the first check"), "value": mark("Reading"),
    "second": mark("Second person"), "both": mark("Found by both"), "sample": mark("Sample"),
    "second_name": mark("Name of the second person"), "reference": mark("Number"), "recovery": mark("Recovery code"),
    "badge": mark("Badge"), "pin": mark("PIN"), "pin_again": mark("PIN once more"),
    "source": mark("Source"), "found_on": mark("Found on"), "instrument": mark("Instrument"),
    "until": mark("Good until"), "date": mark("Date"), "procedure": mark("Procedure"), "holds": mark("Holds"),
    "shop": mark("Name of the shop"), "photo": mark("Photo"), "stock": mark("Label stock"), "copies": mark("Copies"),
    "printer": mark("Printer"), "report": mark("Report"),
    "start": mark("First place"), "density": mark("Dots an inch"), "paper": mark("Paper"), "language": mark("Language"),
    "since": mark("Since"), "version": mark("Version"), "workspace": mark("Workspace"),
    "place": mark("Place", context="in input"),
    "floor": mark("Agreement floor"), "set": mark("Set of roles"), "again": mark("Password once more"),
    "steps": mark("Steps"), "step": mark("Step"), "family": mark("Product family"), "said": mark("What you state"),
    "nonconformity": mark("Nonconformity"), "containment": mark("Containment"), "what": mark("What is wrong"),
    "complaint": mark("Complaint"), "customer": mark("Customer"), "words": mark("Words of the customer"),
    "received": mark("Came in on"), "call_back": mark("Call back"), "by_whom": mark("Acknowledged by"),
    "how": mark("How"), "on": mark("Day"), "about": mark("What it is about"), "outcome": mark("Outcome"),
    "subject": mark("Subject"), "text": mark("Text"), "touch": mark("Touch"), "month": mark("Month"),
    "repeat_orders": mark("Repeat orders"), "referrals": mark("Referrals"), "escape": mark("Escape"),
    "hash": mark("Hash"), "document": mark("Document"), "file": mark("Name of the file"), "typed": mark("Reading"),
    "first_name": mark("Name"), "first_login": mark("Login"), "first_secret": mark("Password"),
    "second_login": mark("Login"), "second_secret": mark("Password"),
    "round": mark("Round"), "format": mark("Format"), "by": mark("Who reworked"), "stands": mark("Where it stands"),
    "event": mark("Event"), "lost": mark("Lost events"), "time": mark("Time"), "true_time": mark("True time"),
    "deviation": mark("Deviation"), "open_batches": mark("Open batches"),
    "backup": mark("Backup"), "target": mark("Where to"),
    "chart": mark("Chart"), "method": mark("Method"), "subgroup": mark("Size of a subgroup"),
    "size": mark("Size", context="of a sample"),
    "lsl": mark("Lower limit"), "usl": mark("Upper limit"), "aim": mark("Target"), "center": mark("Centre line"),
    "sigma": mark("Standard deviation"), "width": mark("Width of the limits"), "group": mark("Subgroup"),
    "lambda": mark("Weight of the newest value"), "shift": mark("Shift"), "interval": mark("Decision interval"),
    "head_start": mark("Head start"), "confidence": mark("Confidence"), "alpha": mark("Alpha"),
    "tolerance": mark("Tolerance"), "study_width": mark("Study width"), "base": mark("Number of first points"),
    "leave_out": mark("Points to leave out"), "master": mark("Reference value"), "part": mark("Part"),
    "operator": mark("Person"),
    "nonconforming": mark("Found"), "limit": mark("Limit number"),
    "resumed": mark("Resumed"), "steady": mark("Steady"), "approved": mark("Approved"),
    "resubmitted": mark("Resubmitted"), "discontinue": mark("Discontinue"),
    "person": mark("Person"), "state": mark("State"), "map": mark("Map file"), "separator": mark("Separator"),
    "p1": mark("Good quality"), "p2": mark("Bad quality"),
    "beta": mark("Consumer's risk"), "at": mark("Quality"), "ac": mark("Ac"), "re": mark("Re"),
    "lq": mark("Limiting quality"), "share": mark("Share of the batch"),
    "points": mark("Points", context="given for an answer"),
    "basis": mark("Basis"), "code_letter": mark("Code letter"), "form": mark("Form"), "k": mark("k"),
    "curtail": mark("Curtailment"),
    "samples": mark("Samples"), "bad": mark("Bad quality"), "good": mark("Good quality"),
    "limit_risk": mark("May pass"), "good_risk": mark("May fail"), "bad_risk": mark("May pass"),
}  # fmt: skip

_PROBLEMS: Final[dict[str, tuple[str, str]]] = {
    # Anything that is typed
    "missing": (mark("{field} is missing."), mark("Fill it in.")),
    "too_long": (mark("{field} has {length} characters; {longest} fit."), mark("Shorten it.")),
    "long_for_certificate": (
        mark("{field} does not fit into the code of a certificate."),
        mark("Shorten it."),
    ),
    "character": (
        mark("{field} holds a character that cannot be kept: {character} at place {position}."),
        mark("Take it out, or type it again by hand."),
    ),
    "accent": (
        mark("“{typed}” is no colour as it is written for screens."),
        mark("Write it as #14403A, or leave it empty."),
    ),
    "accent_pale": (
        mark("{typed} is too pale to be read on white paper."),
        mark("Choose a darker one, or leave it empty."),
    ),
    "glyph": (
        mark("{field} holds what no paper can show: {characters} ({codes})."),
        mark("Write it in another way."),
    ),
    "code_spelling": (mark("“{typed}” is written with unusual characters."), mark("Write {right}.")),
    "code_without_letter": (
        mark("“{typed}” has neither a letter nor a digit."),
        mark("Give it at least one."),
    ),
    "twice": (mark("{field}: “{value}” stands there twice."), mark("Leave one out.")),
    "twice_row": (mark("“{value}” stands in row {first} already."), mark("Leave one out.")),
    "time": (mark("“{value}” is no time."), mark("Write it like 2026-03-01T09:15:00+07:00.")),
    "day": (mark("“{value}” is no day."), mark("Write it like 2026-03-01.")),
    "too_small": (mark("{field}: {value} is too small."), mark("It is {smallest} or more.")),
    # Figures
    "number_missing": (mark("{field} is empty."), mark("Type the figure.")),
    "number": (mark("“{typed}” is no plain figure."), mark("Type it like 12.03 or 12,03.")),
    "number_in_doubt": (
        mark("“{typed}” can be read as {small} or, a thousand times as much, as {large}."),
        mark("Type {small} or {large}."),
    ),
    "number_below_zero": (mark("{typed} is below zero."), mark("Give 0 or more.")),
    "comma_unclear": (
        mark("“{typed}” can be one figure or two."),
        mark("Write one with a point, {one}, and several with a space between, {list}."),
    ),
    "number_too_long": (
        mark("“{typed}” has too many digits."),
        mark("Up to {before} before and {after} after the decimal sign fit."),
    ),
    "decimal_sign": (mark("“{value}” is no decimal sign."), mark("Use a point or a comma.")),
    "quantity": (
        mark("“{typed}” is no whole number."),
        mark("Type it in plain digits, without a separator."),
    ),
    "quantity_too_small": (mark("“{typed}” is too few."), mark("It is {least} or more.")),
    "quantity_too_large": (mark("“{typed}” is too many."), mark("Up to {most} fit.")),
    "count": (mark("{value} is no count."), mark("It is a whole number from 1 to 1000000.")),
    # People and secrets
    "unknown_login": (
        mark("Nobody here has the login {value}."),
        mark("The list of people shows who there is."),
    ),
    "unknown_person": (
        mark("Nobody here is called {value}."),
        mark("The list of people shows who there is."),
    ),
    "unknown_role": (mark("“{value}” is no role."), mark("Use {roles}.")),
    "login": (
        mark("“{typed}” cannot be a login."),
        mark("Use up to {longest} small letters, digits, points and dashes."),
    ),
    "login_reserved": (mark("The login {login} stands for the recovery sheet."), mark("Choose another one.")),
    "same_login": (mark("Both people would have the login {login}."), mark("Give each their own.")),
    "same_name": (mark("Both people would be called {name}."), mark("Two different people are needed.")),
    "same_secret": (
        mark("Both people chose the same password."),
        mark("Each needs one that the other does not know."),
    ),
    "same_staff": (mark("Both people would have the staff number {staff}."), mark("Give each their own.")),
    "why_revoked": (mark("{why} is no reason to end a key."), mark("Choose one of: {known}.")),
    "suspect_from": (
        mark("From which event on a key is in doubt is said with suspect, and only then."),
        mark("The log names the number of each event."),
    ),
    "no_key_then": (
        mark("{name} had no key at that event."),
        mark("Name an event between {first} and {last} in which the key was good."),
    ),
    "secret_short": (
        mark("The password is too short."),
        mark("Use {characters} characters or more, or {words} different words."),
    ),
    "secret_long": (mark("The password is too long."), mark("Up to {characters} characters fit.")),
    "secret_common": (
        mark("This password is among the first that anybody would try."),
        mark("Choose another one."),
    ),
    "secret_characters": (
        mark("The password holds a character that no keyboard types."),
        mark("Type it by hand."),
    ),
    "secret_differs": (
        mark("The two passwords are not the same."),
        mark("Type the new password twice alike."),
    ),
    "pin_differs": (mark("The two PINs are not the same."), mark("Type it twice alike.")),
    "secret_needed": (
        mark("The password is missing."),
        mark("Give it on standard input with --secret-stdin, one line a person, or type it at a terminal."),
    ),
    "as_needed": (mark("This needs to know who you are."), mark("Say --as LOGIN before the command.")),
    "station_unknown": (
        mark("The log does not know this workstation: nobody has signed in here yet."),
        mark("Sign in here once, or say --as LOGIN before the command."),
    ),
    "approved_unseen": (
        mark("Nobody has been shown what {code} v{version} says."),
        mark("Read it with qcdesk procedure show, and give --hash with the hash that stands there."),
    ),
    "with_needed": (mark("This takes two people."), mark("Say --as A --with B before the command.")),
    "with_too_many": (
        mark("More people are named here than act in this."),
        mark("Whoever signs alone is named by --as; --with names whoever signs beside, where two do."),
    ),
    "recovery_code": (
        mark("This is not the code on the recovery sheet."),
        mark("Type it again, group by group."),
    ),
    "badge_person": (
        mark("A badge takes the password of {name}."),
        mark("Name {name} by --as or --with, and one other person."),
    ),
    "badge_code": (
        mark("This is not the code of a badge."),
        mark("Scan it again, or type it group by group."),
    ),
    "pin_form": (mark("The PIN does not fit."), mark("Use {digits} digits.")),
    "pin_common": (mark("This PIN is among the first that anybody would try."), mark("Choose another one.")),
    "seal": (mark("A sealed key in the database is damaged."), mark("Restore a backup, or enrol a new key.")),
    "seal_key": (mark("A sealed key does not belong to this person."), mark("Run the verification.")),
    "seal_cost": (mark("A sealed key asks for a cost that is not allowed."), mark("Run the verification.")),
    # Things
    "unknown_concern": (
        mark("Nothing with the key {key} wants explaining."),
        mark("qcdesk concern list shows what does."),
    ),
    "unknown_supplier": (
        mark("There is no supplier {value}."),
        mark("The list of suppliers shows what there is."),
    ),
    "too_many_suppliers": (
        mark("{n} suppliers do not fit on one page: {most} do."),
        mark("Choose fewer of them."),
    ),
    "unknown_product": (mark("There is no product {value}."), mark("Add the product first.")),
    "unknown_defect": (
        mark("There is no defect code {value} here."),
        mark("The procedure and the catalogue list what there is."),
    ),
    "unknown_instrument": (
        mark("There is no instrument {value}."),
        mark("The list of instruments shows what there is."),
    ),
    "unknown_procedure": (
        mark("There is no procedure {value}."),
        mark("The list of procedures shows what there is."),
    ),
    "unknown_batch": (mark("There is no batch {value}."), mark("The list of batches shows what there is.")),
    "unknown_event": (mark("There is no event {value}."), mark("The log lists them by number.")),
    "lost_range": (
        mark("{first} to {last} is no stretch of the log."),
        mark("Name the first event that was lost, then the last."),
    ),
    "time_form": (
        mark("“{value}” is no time with its offset."),
        mark("Write it as 2026-03-01T07:30:00+07:00."),
    ),
    "time_of_day": (mark("“{value}” is no time of day."), mark("Write it as 14:30.")),
    "grace_days": (
        mark("A grace until {value} is too long, or past."),
        mark("Name a day from today to {latest}."),
    ),
    "code_not_claimed": (mark("Nobody found {value} on this batch."), mark("Name codes that were found.")),
    "budget_percent": (
        mark("{value} is no percentage for a budget."),
        mark("Give 0 to 100, with at most two decimals."),
    ),
    "budget_months": (mark("{value} months are too many or too few."), mark("Give 1 to {most}.")),
    "day_past": (mark("{value} is past."), mark("Name a day to come.")),
    "open_batches": (
        mark("{value} is not what can become of open batches."),
        mark("Say continue or re-inspect."),
    ),
    "unknown_check": (mark("There is no check {value}."), mark("Starting a check gives its id.")),
    "unknown_round": (mark("There is no round {value}."), mark("The page of the batch shows its rounds.")),
    "unknown_finding": (
        mark("There is no finding {value} in this check."),
        mark("Showing the check lists them."),
    ),
    "unknown_photo": (
        mark("There is no photo {value} in this workspace."),
        mark("Take the photo again."),
    ),
    "unknown_action": (
        mark("There is no corrective action {value}."),
        mark("They are called CA-1, CA-2 and so on."),
    ),
    "unknown_promise": (
        mark("{action} has no promise {no}."),
        mark("The list of its promises has the numbers."),
    ),
    "unknown_step": (mark("“{value}” is none of the eight disciplines."), mark("There is {known}.")),
    "step_day": (
        mark("The day {value} is before the corrective action was opened, {from}."),
        mark("Choose that day or a later one."),
    ),
    "reply_day": (mark("An answer cannot have come on {value}."), mark("It came between {from} and {to}.")),
    "no_document": (
        mark("Promise {no} is not about a document."),
        mark("Lots decide it; there is nothing to put down."),
    ),
    "document_not_there": (
        mark("The document of promise {no} is not there."),
        mark("Attach its file to the answer."),
    ),
    "promise_day": (mark("{value} is over."), mark("Give a day that is still to come.")),
    "not_broken": (
        mark("Promise {no} is not broken."),
        mark("Only a broken promise is replaced."),
    ),
    "same_supplier": (mark("A supplier is the same as itself."), mark("Name the other one.")),
    "not_merged": (mark("Supplier {value} is not the same as another one."), ""),
    "supplier_merged": (
        mark("This supplier is the same as {other}, from which its new batches come."),
        mark("Name {other}."),
    ),
    "no_stop": (mark("No stop of {action} stands."), ""),
    "promise_test": (
        mark("Nothing could decide this promise."),
        mark(
            "Give a code or class with at most how many percent of units over how many lots, or a document by name, or"
            " that the next lot is accepted."
        ),
    ),
    "promise_of_audit": (
        mark("{action} is about what audits found, and no lot of goods shows anything of that."),
        mark("Ask for a document by name, which the next audit confirms or not."),
    ),
    "finding_asked": (
        mark("{action} asks for {value} already, and is not closed."),
        mark("Go on there, or open one about what else was found."),
    ),
    "code_not_listed": (
        mark("Neither the catalogue nor a procedure lists the defect code {value}."),
        mark("Choose one that is listed, or add it to the catalogue first."),
    ),
    "code_of_another": (
        mark("{action} is not about {value}, so lots without it would prove nothing."),
        mark("Choose one of its own codes: {known}."),
    ),
    "class_of_another": (
        mark(
            "None of the codes of {action} is {defect_class}, so lots without such defects would prove nothing."
        ),
        mark("Choose a class of its own codes: {classes}."),
    ),
    "unknown_file": (
        mark("No file is kept here under the hash {value}."),
        mark("Attach the file again."),
    ),
    "no_consent": (
        mark("No signed consent is kept with a concession of batch {value}."),
        mark("Its file goes along when the concession is asked for."),
    ),
    "no_such_file": (
        mark("No file here is called {value}, or more than one is."),
        mark("Name one of these, by its name or by the digits behind it: {known}."),
    ),
    "too_many_files": (mark("{n} files are too many."), mark("At most {most} go with one record.")),
    "mail_address": (
        mark("“{value}” is no mail address."),
        mark("Write it as name@company.com, or leave it out: the mail program asks for it."),
    ),
    "no_mail": (mark("This file is no mail."), mark("Save the mail as .eml, or type its text in.")),
    "no_text": (
        mark("There is no text to read in this file."),
        mark("Save the mail as .eml or as text in UTF-8, or type it in."),
    ),
    "unknown_picture": (
        mark("The picture {value} is not kept in this workspace."),
        mark("Choose its file, or leave it out; in a file that is read, name the picture's file beside it."),
    ),
    "unknown_claim": (
        mark("There is no claim {value} to review in the first check."),
        mark("Showing the check lists them."),
    ),
    "unknown_characteristic": (
        mark("The procedure measures no {value}."),
        mark("It says which characteristics are measured."),
    ),
    "unknown_class": (mark("“{value}” is no class of defects."), mark("Use critical, major or minor.")),
    "unknown_rule_kind": (mark("“{value}” is no kind of rule."), mark("Use aql, zero or all.")),
    "first_article_tallied": (
        mark("These goods are only counted; no unit of them can be told apart."),
        mark("A first-article report is about one unit: inspect it by a procedure that numbers them."),
    ),
    "zpl_is_for_rolls": (
        mark("The language of label printers is for labels on a roll."),
        mark("Choose a roll, or make a PDF for the sheet."),
    ),
    "unknown_printer": (
        mark("This computer has no printer called “{value}”."),
        mark("There is {known}."),
    ),
    "printer_needed": (
        mark("It is not said which printer is meant, and none was used for such a paper before."),
        mark("Name one with --printer: there is {known}."),
    ),
    "not_of_report": (
        mark("This report takes nothing for {field}."),
        mark("Leave it out, or print another report."),
    ),
    "unknown_kind": (mark("There is nothing called “{value}” here."), mark("There is {known}.")),
    "weight": (
        mark("There is no weight {value} of “{name}”."),
        mark("A weight is a whole number from 0 to 100, of one of: {known}."),
    ),
    "no_figures_of_any": (
        mark("Nothing was recorded of any supplier yet."),
        mark("A lot counts once both checks of it are signed."),
    ),
    "no_figures": (
        mark("Nothing was inspected of {name} yet, so there is no scorecard to print."),
        mark("It can be printed once both have signed for a lot."),
    ),
    "unknown_state": (mark("“{value}” is no state of a batch."), mark("Use {known}.")),
    "no_workspace": (
        mark("There is no workspace at {path}."),
        mark("Make one with qcdesk init, or name another with --workspace."),
    ),
    "workspace_exists": (mark("There is a workspace at {location} already."), mark("Name another folder.")),
    "workspace_not_empty": (mark("{location} is not empty."), mark("Name an empty or new folder.")),
    "network_drive": (
        mark("{location} lies on a network drive, where this kind of workspace is not safe."),
        mark("Use a PostgreSQL server for several workstations, or a local folder."),
    ),
    "schema_newer": (
        mark("This workspace was made by a newer qcdesk."),
        mark("Install that version or a later one."),
    ),
    "schema_older": (
        mark("This workspace is of an earlier version."),
        mark("Bring it up to date with qcdesk db upgrade."),
    ),
    "backup_incomplete": (
        mark("The backup is not as it was made; these files are missing or changed: {files}."),
        mark("Take another backup."),
    ),
    "not_a_demonstration": (
        mark("{path} holds something else than a demonstration."),
        mark("Name an empty or new folder."),
    ),
    "certificate_code": (
        mark("{file} holds no certificate's code that can be read."),
        mark("Scan it again, straight and in good light, or compare with the issuer."),
    ),
    "code_of_log": (
        mark("{file} holds no certificate's code that can be read."),
        mark(
            "The code holds the log's last event, signed, and the hash of this record: "
            "qcdesk verify --anchor reads it off this page."
        ),
    ),
    "certificate_sheet": (
        mark("{file} is no people sheet that holds."),
        mark("Ask the site for it again: qcdesk people-sheet."),
    ),
    "certificate_withdrawn": (
        mark("{file} is no list of certificates."),
        mark("Ask the site for it again: qcdesk certificate withdrawn-list."),
    ),
    "unknown_certificate": (
        mark("There is no certificate {number}."),
        mark("Look up its number: qcdesk certificate list."),
    ),
    "backup_folder_needed": (
        mark("Where is the backup to be made?"),
        mark("Name a folder, or set one with qcdesk backup FOLDER --schedule."),
    ),
    "copy_without_database": (
        mark(
            "{path} is part of a copy that was made while qcdesk was at work: the database itself is missing."
        ),
        mark("Copy nothing by hand. Take qcdesk backup there, and qcdesk restore here."),
    ),
    "copy_torn": (
        mark(
            "{path} is a copy that was made while qcdesk was at work: its database and its journal are of "
            "different moments."
        ),
        mark("Nothing was changed in it. Take qcdesk backup there, and qcdesk restore here."),
    ),
    "copy_without_files": (
        mark(
            "{path} is only a part of a workspace: photos are on record ({count}), and the folder files is missing."
        ),
        mark(
            "Copy the folder files beside the database, or take qcdesk backup there and qcdesk restore here."
        ),
    ),
    "other_workspace": (
        mark("{file} is another workspace, not an older or newer copy of this one."),
        mark("Name the workspace whose place this one takes."),
    ),
    "not_an_anchor": (
        mark("{file} is no anchor."),
        mark(
            "Name an anchor's file, a folder of them, a backup, or type the code as it stands on the paper."
        ),
    ),
    "not_a_backup": (
        mark("{file} is no backup of a workspace."),
        mark("Name the folder that the backup made."),
    ),
    # Batches
    "lot_too_small": (
        mark("A batch has at least 2 units; this one has {value}."),
        mark("Correct the quantity."),
    ),
    "correction_reason": (
        mark("Unit {unit} has a reading of {code} already, and other units came after it."),
        mark("Say why it is corrected."),
    ),
    "prints_of_one": (
        mark("Papers are listed of a batch, of a supplier or of an audit."),
        mark("Name one of them."),
    ),
    "supplier_or_line": (mark("Where does the batch come from?"), mark("Name its supplier or its own line.")),
    "supplier_and_line": (
        mark("A batch comes from a supplier or from an own line."),
        mark("Name one of the two."),
    ),
    "ship_before_made": (
        mark("It would be shipped by {ship_by}, before it was made on {made_on}."),
        mark("Correct one of the two days."),
    ),
    "ship_long_ago": (
        mark("{ship_by}, by which it would have to leave, is more than a year ago."),
        mark("Look at the year."),
    ),
    "made_later": (
        mark("{made_on} is after today, and the goods are made already."),
        mark("Name the day on which they were made, or leave it out."),
    ),
    "affected_outside": (
        mark("{value} units cannot be affected: the batch has {quantity}."),
        mark("Name from 1 to {quantity} units."),
    ),
    "affected_together": (
        mark("Together with {others}, {value} units would be affected by {code}: the batch has {quantity}."),
        mark("Name fewer units, or close first what is dealt with."),
    ),
    "affected_whole": (
        mark("Together with {others}, {value} units would be affected by {code}: the batch has {quantity}."),
        mark(
            "One of several codes counts whole for each of them: open one for each code, or name fewer units."
        ),
    ),
    "unit_outside": (mark("The batch has only {quantity} units."), mark("Name units from 1 to {quantity}.")),
    "keeps_rejected": (
        mark("Units stay as they are only in a rejected batch, to be conceded."),
        mark("Say of every unit what becomes of it."),
    ),
    "regraded_for": (
        mark("A grade or use is said only of what is regraded."),
        mark("Leave it out, or regrade the batch."),
    ),
    "inspects_untouched": (
        mark("A part is inspected as it is only where nothing of its batch was inspected yet."),
        mark("Have it sorted or reworked, or say what else becomes of it."),
    ),
    "returns_nowhere": (
        mark("This batch was made here, and nobody takes it back."),
        mark("Say what else becomes of the part."),
    ),
    "unit_not_critical": (
        mark("No critical was claimed on unit {unit}, or it stands there twice."),
        mark("Name each unit with a critical once, in the part into which it went."),
    ),
    "parts_form": (
        mark("“{value}” is no part."),
        mark("Write it as quantity and way, such as 60=sort, 30=return or 10=scrap."),
    ),
    "hold_kind": (mark("This is no kind of reason for a stop."), mark("Use {kinds}.")),
    # Checks
    "unit_not_drawn": (mark("Unit {unit} is not in the sample."), mark("It has the numbers 1 to {n}.")),
    "tallied_goods": (
        mark("These goods are counted, not told apart, so there is no unit {unit}."),
        mark("Give the defect and its count without a unit."),
    ),
    "not_tallied": (mark("These goods are told apart by number."), mark("Name the units.")),
    "tally_outside": (
        mark("{value} is not a number of units from 0 to {n}."),
        mark("Say how many were looked at."),
    ),
    "nothing_to_record": (
        mark("There is nothing to record."),
        mark("Name at least one unit, finding or reading."),
    ),
    "meaning": (mark("This signature does not mean “{meaning}”."), mark("It means “{right}”.")),
    "not_third": (mark("Only the third person settles what is disputed."), mark("Record findings instead.")),
    "is_third": (
        mark("The third person settles what is disputed."),
        mark("Give lines with unit, defect and holds."),
    ),
    "not_disputed": (
        mark("Nobody disputes {code} on unit {unit}."),
        mark("The comparison lists what is to be settled."),
    ),
    "class_differs": (
        mark("{code} is {right} in this procedure, not {value}."),
        mark("Leave the class out."),
    ),
    "units": (mark("“{value}” names no units."), mark("Write a list, or ranges such as 1-80.")),
    "whole_number": (mark("{field}: “{value}” is no whole number."), mark("Write plain digits.")),
    "text_wanted": (mark("{field}: a text in quotation marks is wanted here."), mark("Write it in quotes.")),
    "truth_wanted": (mark("{field} is true or false."), mark("Write true or false, without quotes.")),
    # Procedures and sampling
    "code_of_audit": (
        mark("The code {value} reads like what an audit found."),
        mark("Give it a code that does not begin like A-1/."),
    ),
    "nothing_to_inspect": (
        mark("The procedure looks for nothing."),
        mark("Give it defects or characteristics."),
    ),
    "class_without_rule": (
        mark("{code} is {defect_class}, but there is no sampling rule for that class."),
        mark("Add a rule for the class."),
    ),
    "unit_of_other": (
        mark("Unit {unit} is not among the units of this check."),
        mark("Check the number on the sticker; the list of this check has the units to look at."),
    ),
    "tally_is_blind": (
        mark("These goods are only counted, so nobody can tell which units both saw."),
        mark("Let the second person look at the same units again, or inspect unit by unit."),
    ),
    "samples_need_aql": (
        mark("Where none is accepted, one bad unit decides: there is nothing for a second sample."),
        mark("Take a single sample for this class."),
    ),
    "samples_are_blind": (
        mark(
            "Checks that go as far as their own findings lead them need goods that are told apart, and a second check "
            "that is blind throughout."
        ),
        mark("Take single samples and whole checks, or let the second person look at the same units blind."),
    ),
    "review_needs_destructive": (
        mark("{code} is to be reviewed, though inspecting it destroys nothing."),
        mark("Let the second person inspect it again, or say that it is a destructive test."),
    ),
    "tally_cannot_measure": (
        mark("{code} is measured on units, but these goods are only counted."),
        mark("Leave it out, or inspect unit by unit."),
    ),
    "no_limit": (mark("{code} has no limit."), mark("Give it a lower or an upper limit.")),
    "limits_crossed": (mark("The lower limit of {code} is above the upper one."), mark("Swap them.")),
    "not_listed": (
        mark("“{value}” does not stand there."),
        mark("Look at what is listed, and name one of it."),
    ),
    "no_mail_address": (
        mark("“{value}” is no address for mail."),
        mark("It has an @ and a dot after it, such as sales@example.com."),
    ),
    "no_unit": (mark("{code} has no unit of measure."), mark("Give it one, such as mm.")),
    "product_covered": (mark("{product} is covered by {procedure} already."), mark("Retire that one first.")),
    "country": (
        mark("“{value}” is no country."),
        mark("Type its name in English, or its two letters, such as VN."),
    ),
    "defect_class": (mark("“{value}” is no class of defects."), mark("Use critical, major or minor.")),
    "n_needs_zero_rule": (
        mark("A fixed sample size goes with a rule that accepts none."),
        mark("Leave it out."),
    ),
    "no_questions": (mark("A template without a question audits nothing."), mark("Write at least one.")),
    "too_many_questions": (mark("A template has at most {longest} questions."), mark("Make two of it.")),
    "section_empty": (mark("Section {code} has no question."), mark("Write one, or leave the section out.")),
    "question_without_text": (
        mark("{code} has no text."),
        mark("Write what is asked, in at least one language."),
    ),
    "points_unasked": (
        mark("{code} is answered by yes or no, and has points."),
        mark("Choose one of the two."),
    ),
    "percent_range": (
        mark("{field} is {value}; it is a whole number from {least} to {most}."),
        mark("Correct it."),
    ),
    "weight_range": (
        mark("{field} of {code} is {value}; it is a whole number from {least} to {most}."),
        mark("Correct it."),
    ),
    "unknown_language": (mark("“{value}” is no code of a language."), mark("Write en, vi, zh-Hans or th.")),
    "unknown_template": (mark("There is no audit template {value}."), mark("Look at the list of templates.")),
    "audit_elsewhere": (
        mark("{audit} was taken along from another workspace."),
        mark("Bring it back there."),
    ),
    "unknown_audit": (mark("There is no audit {value}."), mark("Look at the list of audits.")),
    "unknown_question": (mark("The template has no question {value}."), mark("Look at the audit.")),
    "not_in_review": (
        mark("Question {value} is not in the part that is reviewed."),
        mark("Answer only what is asked of you."),
    ),
    "points_missing": (
        mark("Question {code} lacks its points, or has some that it is not asked for."),
        mark("Look at the question."),
    ),
    "points_range": (
        mark("{code} has {value} points; it is a whole number from 0 to {most}."),
        mark("Correct it."),
    ),
    "wrong_answer": (mark("Question {code} is not answered so."), mark("Use {known}.")),
    "critical_needs_note": (
        mark("{code} is critical: why it does not apply is missing."),
        mark("Say why in the note."),
    ),
    "nothing_applies": (
        mark("Not one question applies: such an audit says nothing."),
        mark("Cancel the visit, or answer."),
    ),
    "not_an_audit": (
        mark("This file is no audit that was taken along."),
        mark("Choose the file of audit take."),
    ),
    "no_findings": (
        mark("Nothing is to be put right after {audit}: it is not closed, or everything was met."),
        mark("Look at the audit."),
    ),
    "not_a_template": (
        mark("Row {row} of the template cannot be read: {what}."),
        mark("Export a template and look at it."),
    ),
    "aql_not_used": (mark("This rule does not use an AQL."), mark("Leave the AQL out.")),
    # Nonconformities
    "unknown_nonconformity": (
        mark("There is no nonconformity NC-{value}."),
        mark("Look at the list of nonconformities."),
    ),
    "nonconformity_number": (
        mark("“{value}” is no number of a nonconformity."),
        mark("Write it as NC-3."),
    ),
    # Complaints, touches, the owner's own figures
    "unknown_complaint": (mark("There is no complaint C-{value}."), mark("Look at the list of complaints.")),
    "complaint_number": (mark("“{value}” is no number of a complaint."), mark("Write it as C-3.")),
    "unknown_touch": (mark("Event {value} is no touch."), mark("Look at the list of touches.")),
    "touch_of_nothing": (
        mark("A touch is on a batch or an order, and neither is named."),
        mark("Name the batch or the order."),
    ),
    "complaint_ahead": (
        mark("{day} has not come yet, so the complaint cannot have come in then."),
        mark("Give the day on which it came in."),
    ),
    "complaint_long_ago": (
        mark("A complaint of {day} came in more than ten years ago."),
        mark("Give the day on which it came in."),
    ),
    "complaint_before_batch": (
        mark("The complaint came in on {received}, before batch {batch} existed (from {day} on)."),
        mark("Link the batch it is about, or look at the day again."),
    ),
    "acknowledged_when": (
        mark("A complaint is not acknowledged before it came in, nor on a day to come: {day}."),
        mark("Give the day on which it was acknowledged."),
    ),
    "call_back_past": (
        mark("The time of the promised call back is past."),
        mark("Promise a time that lies ahead."),
    ),
    "call_back_time": (
        mark("“{value}” is no time of a call back."),
        mark("Write day and time as the clock here reads, such as 2026-03-01 14:00."),
    ),
    "month": (mark("“{value}” is no month that has begun."), mark("Write year and month, such as 2026-03.")),
    "month_not_over": (
        mark("“{value}” is no month that is over."),
        mark("Write year and month, such as 2026-03."),
    ),
    "month_figure": (mark("{value} is no count of a month."), mark("Give a number from 0 to 1000000.")),
    "unknown_level": (mark("“{value}” is no inspection level here."), mark("Use {known}.")),
    "unknown_aql": (mark("The tables have no AQL {value}."), mark("Use {known}.")),
    "unknown_edition": (mark("“{value}” is no standard to switch by here."), mark("There is {known}.")),
    "unknown_reduced": (mark("“{value}” says nothing of reduced inspection."), mark("There is {known}.")),
    "unknown_severity": (mark("“{value}” inspection is not here."), mark("There is {known}.")),
    "unknown_standard": (mark("“{value}” is no standard here."), mark("There is {known}.")),
    "unknown_type": (mark("“{value}” sampling is not here."), mark("There is {known}.")),
    # What is imagined
    "share": (mark("{value} is no share."), mark("A share is 0 to 1, such as 0.04.")),
    "unknown_mode": (mark("“{value}” is no way of checking here."), mark("There is {known}.")),
    "too_large": (mark("{value} is too large."), mark("At most {largest}.")),
    "too_much_to_play": (
        mark("To play {lots} such batches takes too long."),
        mark("Play {most} or fewer."),
    ),
    # A lot of a history that the switching rules are asked about
    "lot_no_sample": (mark("The lot has no sample."), mark("Say what was found in it.")),
    "lot_negative": (mark("A count is below zero."), mark("Counts are 0 or more.")),
    "lot_ac_above_re": (mark("Ac {ac} is not below Re {re}."), mark("Correct one of them.")),
    "lot_samples_differ": (
        mark("There are {ac} figures for Ac, {re} for Re and {found} for what was found."),
        mark("Give Ac and Re for every sample, and what was found in those that were taken."),
    ),
    "lot_found_after_end": (
        mark("Sample {sample} decided the lot, but another one was taken."),
        mark("Leave out what came after."),
    ),
    "lot_undecided": (
        mark("{found} found after sample {sample} decide nothing."),
        mark("Give the figures of the next sample as well, apart by a space."),
    ),
    "lot_between_needs_reduced": (
        mark(
            "{found} found lie between Ac and Re, which only reduced inspection of the older standards knows."
        ),
        mark("Correct the figures, or the standard."),
    ),
    "lot_ac_not_tabled": (
        mark("No single plan of normal inspection has Ac {value}, so no score can be kept."),
        mark("Use {known}."),
    ),
    "lot_limit_missing": (mark("The lot has no limit number."), mark("Fill it in, or leave out the column.")),
    "lot_not_discontinued": (
        mark("Inspection is not discontinued here, so nothing is resumed."),
        mark("Leave it out."),
    ),
    # Counts of an estimate
    "negative": (mark("A count is below zero."), mark("Counts are 0 or more.")),
    "both_above_one": (
        mark("{both} found by both, but one of them found fewer."),
        mark("What both found is at most what each found."),
    ),
    "found_above_sample": (
        mark("{found} units found bad in a sample of {sample}."),
        mark("Check the figures."),
    ),
    "percent_between": (mark("“{value}” is no percentage for this."), mark("It lies between 0 and 100.")),
    "good_not_better": (
        mark("The good quality is not better than the bad one, in whole units of the batch."),
        mark("Let them lie further apart."),
    ),
    "no_double": (mark("No double plan keeps both risks."), mark("Take a single one.")),
    "sample_above_lot": (mark("The sample of {sample} is larger than the lot."), mark("Check the figures.")),
    "sample_needed": (mark("This needs a sample of at least 1 unit."), mark("Give the sample size.")),
    "too_many": (mark("{found} units found bad are more than this counts with."), mark("At most {most}.")),
    "learnt_above_seeded": (
        mark("{found} found of {of} known defects."),
        mark("Give how many were found, a slash, and how many there were, such as 36/40."),
    ),
    "learnt_unclear": (
        mark("“{value}” does not say how many were found of how many known defects."),
        mark("Give how many were found, a slash, and how many there were, such as 36/40."),
    ),
    "no_rows": (mark("The table has headings and no rows."), mark("Add a row for each lot.")),
    # The command line itself
    "usage": (mark("{message}"), mark("qcdesk {command} --help shows what is possible.")),
    "usage_top": (mark("{message}"), mark("qcdesk --help shows what is possible.")),
    "no_command": (mark("There is no command “{value}”."), mark("qcdesk --help lists them.")),
    "option_place": (
        mark("{option} stands before the command."),
        mark("Write it right after qcdesk."),
    ),
    "table_not_utf8": (mark("The table is not in UTF-8."), mark("Save it as CSV in UTF-8.")),
    "option_and_column": (
        mark("{field} stands in the table and beside it."),
        mark("Leave out the option, or the column."),
    ),
    "import_refused": (
        mark("Fields of the file that cannot be taken: {n}. Nothing was changed."),
        mark("Mend the file, or its map."),
    ),
    **FILE_PROBLEMS,
    **LEAVING_PROBLEMS,
    **PROCESS_PROBLEMS,
    **plans.PROBLEMS,
    **plans_by_variables.PROBLEMS,
}


def tell(bad: BadInput, words: Catalogue, *, today: date | None = None) -> Told:
    """Return bad input in words; the fact begins with the file, row and column where it stands."""
    told = problem(bad.code, bad.facts, words, where=bad.where, today=today)
    where = place(bad.where, words)
    return Told(words.say("{place}: {fact}", place=where, fact=told.fact), told.way) if where else told


def problem(
    code: str,
    facts: Mapping[str, object],
    words: Catalogue,
    *,
    where: Mapping[str, object] | None = None,
    today: date | None = None,
) -> Told:
    """Return what is wrong with one field or cell, without saying where; for lists of problems.

    Args: facts: as in the BadInput; what is missing there is left open, never an error.
    """
    where = where or {}
    values = _values(facts, where, words, today)
    if code in ("usage", "usage_top") and "message" in facts:
        values["message"] = str(facts["message"])  # whole: it names what is wrong with the command
    code, ways = _special(code, facts, where, words)
    fact, way = _PROBLEMS.get(code, (mark("This cannot be taken as it is."), mark("Check it and try again.")))
    return Told(_filled(fact, values, words), ways or _filled(way, values, words))


def place(where: Mapping[str, object], words: Catalogue) -> str:
    """Return where it stands: ``suppliers.csv, row 12, column Country``; nothing for a form on screen."""
    pieces: list[str] = []
    if "file" in where:
        pieces.append(str(where["file"]))
    if "sheet" in where:
        pieces.append(words.say("sheet {sheet}", sheet=where["sheet"]))
    if "row" in where:
        pieces.append(words.say("row {row}", row=where["row"]))
    if "column" in where:
        pieces.append(words.say("column {column}", column=where["column"]))
    text = ""
    for piece in pieces:
        text = words.say("{before}, {piece}", before=text, piece=piece) if text else piece
    return text


def known_codes() -> frozenset[str]:
    """Return every code that has words."""
    return frozenset(_PROBLEMS)


def field_word(field: str, words: Catalogue) -> str:
    """Return the name of a field as people see it."""
    return words.say(FIELD_WORDS[field]) if field in FIELD_WORDS else quoted(field)


def _special(
    code: str, facts: Mapping[str, object], where: Mapping[str, object], words: Catalogue
) -> tuple[str, str]:
    """Return the code whose sentence fits, and the way on where it depends on the facts."""
    if code == "number" and facts.get("point") and facts.get("comma"):
        way = words.say("Type {point} or {comma}.", point=facts["point"], comma=facts["comma"])
        typed = str(facts.get("typed", ""))
        if facts["point"] == facts["comma"]:
            way = words.say("Type {right}.", right=facts["point"])
        if _NAKED.fullmatch(typed):
            return "number_naked", way
        return ("number_separated" if any(c in typed for c in ", '’_.") else "number"), way
    if code == "number" and (facts.get("point") or facts.get("comma")):
        if _NAKED.fullmatch(str(facts.get("typed", ""))):
            code = "number_naked"
        return code, words.say("Type {right}.", right=facts.get("point") or facts.get("comma"))
    if code == "quantity" and facts.get("right"):
        return code, words.say("Type {right}.", right=facts["right"])
    if code == "quantity" and "typed" not in facts:
        return "quantity_value", ""
    if code == "unknown_aql" and (facts.get("below") or facts.get("above")):
        both = alternatives((str(facts[k]) for k in ("below", "above") if facts.get(k)), words)
        return code, words.say("Its neighbours are {aqls}.", aqls=both)
    if code == "no_workspace" and "path" not in facts:
        return "no_workspace_here", ""
    if code == "date" and facts.get("buddhist"):
        return "date_buddhist", ""
    if code == "encoding" and not facts.get("likely"):
        return "encoding_not_utf8", ""
    if code == "separator_unclear" and facts.get("likely"):
        return code, words.say("Name the right one in the map file, under separator.")
    if code == "twice" and "first" in facts:
        return "twice_row", ""
    if code == "same_name" and "other" in facts:
        return "same_name_row", ""
    if code == "map_key_unknown" and facts.get("meant"):
        return code, words.say("Is {meant} meant?", meant=facts["meant"])
    return code, ""


_PROBLEMS.update(
    {
        "number_naked": (mark("“{typed}” has no digit on one side of its decimal sign."), ""),
        "number_separated": (mark('"{typed}" has a separator for thousands.'), ""),
        "quantity_value": (mark("{value} is no quantity."), mark("It is a whole number, 1 or more.")),
        "no_workspace_here": (
            mark("There is no workspace here yet."),
            mark("Make one with qcdesk init, or name another with --workspace."),
        ),
        "encoding_not_utf8": (mark("The file is not in UTF-8."), mark("Say its encoding with --encoding.")),
        "same_name_row": FILE_PROBLEMS["same_name"],
        "same_name": (mark("Both people would be called {name}."), mark("Two different people are needed.")),
    }
)


def _filled(message: str, values: Mapping[str, object], words: Catalogue) -> str:
    if not message:
        return ""
    return words.say(message, **{name: values.get(name, "…") for name in placeholders(message)})


def _values(
    facts: Mapping[str, object], where: Mapping[str, object], words: Catalogue, today: date | None
) -> dict[str, object]:
    """Return the facts as they can stand in a sentence."""
    values: dict[str, object] = {}
    for name, fact in facts.items():
        values[name] = _shown(fact, words, today)
    field = where.get("field", where.get("column"))
    values["field"] = field_word(str(field), words) if field is not None else words.say("This field")
    values["field_code"] = field_word(str(facts["field"]), words) if "field" in facts else values["field"]
    values["column_no"] = facts.get("column", "…")
    # Stores name what they did not find by what it is; sentences speak of the value.
    named = (
        facts[k]
        for k in ("value", "typed", "code", "login", "person", "role", "finding", *_KINDS)
        if k in facts
    )
    values.setdefault("value", _shown(next(named, "…"), words, today))
    if "file" not in values and "file" in where:
        values["file"] = where["file"]
    classes = facts.get("classes")
    if isinstance(classes, tuple):
        values["classes"] = alternatives((words.say(CLASS_WORDS[one]).lower() for one in classes), words)
    if isinstance(facts.get("defect_class"), str) and facts["defect_class"] in CLASS_WORDS:
        values["defect_class"] = words.say(CLASS_WORDS[str(facts["defect_class"])]).lower()
    return values


_KINDS = ("batch", "supplier", "product", "instrument", "procedure", "check", "round", "kind")


def _shown(fact: object, words: Catalogue, today: date | None) -> object:
    if fact is None:
        return "…"
    if isinstance(fact, date):
        return day(fact, words, today)
    if isinstance(fact, bool | int | Decimal):
        return fact
    if isinstance(fact, str):
        return quoted(fact)
    if isinstance(fact, Iterable):
        listed = [str(one) for one in fact]
        if len(listed) > _SHOWN_CHOICES:
            return words.say("{choices} and more", choices=alternatives(listed[:_SHOWN_CHOICES], words))
        return alternatives(listed, words)
    return quoted(fact)


_SHOWN_CHOICES: Final = 30
_NAKED: Final = re.compile(r"-?(?:[.,][0-9]+|[0-9]+[.,])")  # .5 and 12. are not thousands
