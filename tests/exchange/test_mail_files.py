# SPDX-License-Identifier: Apache-2.0
"""Mail as files: what is written is read back whole, no text begins a header, and what is no mail is refused."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from qcdesk.domain.inputs import BadInput
from qcdesk.exchange.mail_files import mail_bytes, read_letter
from qcdesk.services.letters import Enclosure, Mail

MAIL = Mail("Trần Văn Nam", "nam@example.com", "Ming", "qc@example.com", "Hành động khắc phục CA-1", "Dòng một\n检验\n",
            1_700_000_000_000_000, "CA-1/1", "vi", (Enclosure("ảnh.png", b"\x89PNG\x00\r\n"),))  # fmt: skip


def test_a_mail_comes_back_as_it_was_written() -> None:
    content = mail_bytes(MAIL)
    assert content == mail_bytes(MAIL)
    assert max(len(line) for line in content.split(b"\r\n")) <= 998
    back = read_letter("reply.EML", content)
    assert (back.subject, back.text, back.at) == (MAIL.subject, MAIL.text.strip(), MAIL.at)
    assert back.enclosures == MAIL.enclosures
    assert "qc@example.com" in back.sender


@pytest.mark.parametrize("enclosures", [(), MAIL.enclosures])
def test_a_text_says_its_language_as_mail_programs_spell_it(enclosures: tuple[Enclosure, ...]) -> None:
    content = mail_bytes(replace(MAIL, language="zh_CN", enclosures=enclosures))
    text = message_from_bytes(content, policy=policy.default).get_body()
    assert text is not None and text["Content-Language"] == "zh-CN"


def test_a_line_break_in_a_name_begins_no_header() -> None:
    mail = Mail(
        "X\r\nBcc: all@example.com", "nam@example.com", "", "", "A\nBcc: b@example.com", "text", 0, "k"
    )
    read = message_from_bytes(mail_bytes(mail), policy=policy.default)
    assert read["Bcc"] is None


@pytest.mark.parametrize("address", ["nam", "a@b c", "a@b\nBcc: c@d.com", "a@b, c@d", "nam@ví.vn", "@x"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(BadInput) as said:
        mail_bytes(Mail("", address, "", "", "s", "t", 0, "k"))
    assert said.value.code == "mail_address"


def test_a_page_is_read_as_its_words() -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "nam@example.com", "Re: CA-1"
    page = "<style>p{x}</style><p>We &amp; you</p><script>x()</script><p>agree</p>"
    message.set_content(page, subtype="html")
    assert read_letter("a.eml", message.as_bytes()).text == "We & you\nagree"


def test_a_charset_that_nobody_knows_is_still_read() -> None:
    content = b"From: a@b.com\r\nSubject: Re\r\nContent-Type: text/plain; charset=x-none\r\n\r\nfixed\r\n"
    assert read_letter("a.eml", content).text == "fixed"


def test_text_files_are_read_as_they_stand() -> None:
    assert read_letter("a.txt", "\ufeffđã sửa\r\n".encode()).text == "đã sửa"
    assert read_letter("a.txt", "đã sửa".encode("utf-16")).text == "đã sửa"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.eml", b"\x00\xff\x00", "no_mail"),
        ("a.eml", b"", "no_mail"),
        ("a.eml", b"just words", "no_mail"),
        ("a.eml", b"From: a@b.com\r\nSubject: x\r\n\r\n", "no_text"),
        ("a.txt", b"  \n", "no_text"),
        ("a.txt", b"\xff\x00\xfe", "no_text"),
    ],
)
def test_what_is_no_mail_is_refused(name: str, content: bytes, code: str) -> None:
    with pytest.raises(BadInput) as said:
        read_letter(name, content)
    assert said.value.code == code
