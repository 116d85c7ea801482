"""One mail to one person: plain text, no content of any record, nothing that is loaded from elsewhere."""

from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTPUTF8
from email.utils import format_datetime, make_msgid
from typing import Protocol

import msgspec


class Mail(msgspec.Struct, frozen=True, kw_only=True):
    """What is sent; printing it shows neither the address nor the text."""

    to: str
    subject: str
    text: str
    at: datetime

    def __repr__(self) -> str:
        """Show that it is one."""
        return "Mail(hidden)"

    def message(self, sender: str) -> EmailMessage:
        """Return the mail as RFC 5322 has it; raises ValueError for what would go elsewhere than to its address."""
        message = EmailMessage(policy=SMTPUTF8)
        message["From"] = sender
        message["To"] = self.to
        if [each.addr_spec for each in message["To"].addresses] != [self.to]:
            raise ValueError("a mail goes to one address, as it is written")
        message["Subject"] = self.subject
        message["Date"] = format_datetime(self.at)
        message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2].rstrip(">") or None)
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers
        message.set_content(self.text)
        return message


class SendsMail(Protocol):
    """Takes a mail to where it belongs."""

    async def send(self, mail: Mail) -> None:
        """Send it; raises Unavailable when that is not possible now."""
        ...
