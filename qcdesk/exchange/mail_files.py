# SPDX-License-Identifier: Apache-2.0
"""Mail as files: an ``.eml`` for whatever program sends it, and the text of one that came back.

What comes in is read as text only: nothing in it is opened, followed or run.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage, Message
from email.utils import format_datetime, parsedate_to_datetime
from html.parser import HTMLParser

from qcdesk.domain.inputs import BadInput
from qcdesk.services.letters import Enclosure, Mail, MailRead

ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
_KINDS = {
    "pdf": ("application", "pdf"),
    "png": ("image", "png"),
    "jpg": ("image", "jpeg"),
    "jpeg": ("image", "jpeg"),
    "txt": ("text", "plain"),
    "csv": ("text", "csv"),
    "ics": ("text", "calendar"),
}
_SUBJECT = 900
_NAME = 400
"""The longest texts of headers, in signs: a line has 998 at the most (RFC 5322, 2.1.1), and quoting may double a name."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def mail_bytes(mail: Mail) -> bytes:
    """Return a mail as a file that mail programs open as a draft; the same mail gives the same bytes.

    Raises: BadInput: ``mail_address`` (``value``).
    Source: RFC 5322, RFC 2047; ``X-Unsent`` is what mail programs take a draft by.
    """
    message = EmailMessage(policy=policy.SMTP)
    if mail.sender:
        message["From"] = _address(mail.sender_name, mail.sender, "from")
    if mail.to:
        message["To"] = _address(mail.to_name, mail.to, "to")
    message["Subject"] = _one_line(mail.subject, _SUBJECT)
    message["Date"] = format_datetime(_EPOCH + timedelta(microseconds=mail.at))
    message["Message-ID"] = f"<{re.sub('[^A-Za-z0-9.-]', '-', mail.key)}@qcdesk.invalid>"
    message["X-Unsent"] = "1"
    message.set_content(mail.text, charset="utf-8", cte="quoted-printable")
    message["Content-Language"] = _one_line(
        mail.language.replace("_", "-")
    )  # after it: what says of content is set anew
    for enclosed in mail.enclosures:
        ending = enclosed.name.rpartition(".")[2].lower()
        kind, sub = _KINDS.get(ending, ("application", "octet-stream"))
        name = _one_line(enclosed.name) or "attachment"
        message.add_attachment(enclosed.content, maintype=kind, subtype=sub, filename=name, cte="base64")
    if mail.enclosures:
        message.set_boundary("=-qcdesk-" + re.sub("[^A-Za-z0-9]", "", mail.key)[:48])
    return message.as_bytes()


def read_letter(name: str, content: bytes) -> MailRead:
    """Read an ``.eml`` or a plain text file.

    Args: name: of the file; ``.eml`` is read as mail, anything else as text in UTF-8 (or UTF-16 with its mark).
    Raises: BadInput: ``no_mail``, ``no_text``.
    """
    if name.lower().endswith(".eml"):
        return _read_mail(content)
    text = _text(content).strip()
    if not text:
        raise BadInput("no_text", where={"file": name})
    return MailRead("", "", text)


def _text(content: bytes) -> str:
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as odd:
        raise BadInput("no_text") from odd
    if "\x00" in text:
        raise BadInput("no_text")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _read_mail(content: bytes) -> MailRead:
    try:
        message = message_from_bytes(content, policy=policy.default)
        if not message.keys() or (message["From"] is None and message["Subject"] is None):
            raise BadInput("no_mail")
        body = message.get_body(("plain", "html"))
        text = "" if body is None else _content(body)
        if body is not None and body.get_content_type() == "text/html":
            text = _without_marks(text)
        sender = str(message["From"] or "")
        subject = str(message["Subject"] or "")
        enclosures = tuple(_enclosed(part) for part in message.iter_attachments())
        at = _moment(str(message["Date"] or ""))
    except (MessageError, LookupError, ValueError, AttributeError, TypeError) as odd:
        # The parser says so in many ways; whatever it is, this is no mail that anybody can read.
        raise BadInput("no_mail") from odd
    if not text.strip():
        raise BadInput("no_text")
    return MailRead(sender, subject, text.strip(), at, tuple(e for e in enclosures if e.content))


def _content(part: Message) -> str:
    raw = part.get_payload(decode=True)
    held = raw if isinstance(raw, bytes) else b""
    try:
        text = held.decode(part.get_content_charset("utf-8"), "replace")
    except LookupError:
        text = held.decode("utf-8", "replace")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c if c == "\n" or (c >= " " and c != "\x7f") else " " for c in text)


def _enclosed(part: Message) -> Enclosure:
    raw = part.get_payload(decode=True)
    name = (part.get_filename() or "attachment").replace("\\", "/").rpartition("/")[2]
    return Enclosure(_one_line(name)[:200] or "attachment", raw if isinstance(raw, bytes) else b"")


def _moment(written: str) -> int | None:
    try:
        at = parsedate_to_datetime(written)
    except ValueError:
        return None
    return (at.replace(tzinfo=at.tzinfo or UTC) - _EPOCH) // timedelta(microseconds=1)


def _address(name: str, address: str, field: str) -> Address:
    address = address.strip()
    if not ADDRESS.fullmatch(address):
        raise BadInput("mail_address", facts={"value": address}, where={"field": field})
    return Address(_one_line(name), addr_spec=address)


def _one_line(text: str, longest: int = _NAME) -> str:
    """Return text as a header holds it: a line break in one would begin another header."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


class _Words(HTMLParser):
    """Keeps the words of a page."""

    _BREAKS = frozenset(("br", "p", "div", "tr", "li", "h1", "h2", "h3", "blockquote"))
    _SILENT = frozenset(("script", "style", "head", "title"))

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.kept: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line, or what nobody reads."""
        self._silent += tag in self._SILENT
        if tag in self._BREAKS:
            self.kept.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """End what nobody reads."""
        self._silent -= tag in self._SILENT and self._silent > 0

    def handle_data(self, data: str) -> None:
        """Keep words."""
        if not self._silent:
            self.kept.append(" ".join(data.split("\n")))


def _without_marks(page: str) -> str:
    words = _Words()
    words.feed(page)
    words.close()
    lines = ("".join(words.kept)).split("\n")
    return "\n".join(line.strip() for line in lines if line.strip())
