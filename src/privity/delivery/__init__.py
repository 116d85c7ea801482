"""What leaves the installation, and what it is handed to: carriers, and mail over SMTP.

While there is no mail server yet, mail goes onto the terminal and an outbox page.
"""

from privity.delivery.mail import Mail, SendsMail
from privity.delivery.outbox import Outbox
from privity.delivery.postbox import Postbox
from privity.delivery.smtp import SmtpServer

__all__ = ["Mail", "Outbox", "Postbox", "SendsMail", "SmtpServer"]
