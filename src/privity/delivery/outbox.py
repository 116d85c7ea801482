"""Where mail goes while there is no mail server: memory, from which the operator of this machine reads it."""

from collections import deque
from collections.abc import Callable
from typing import Final

from privity.delivery.mail import Mail

_KEPT: Final = 50


class Outbox:
    """Keeps the last mails in memory and tells `show` of each, the terminal's printer. For development only."""

    def __init__(self, show: Callable[[Mail], None] | None = None) -> None:
        self._mails: deque[Mail] = deque(maxlen=_KEPT)
        self.show = show

    async def send(self, mail: Mail) -> None:
        """Keep the mail and show it."""
        self._mails.append(mail)
        if self.show is not None:
            self.show(mail)

    @property
    def mails(self) -> list[Mail]:
        """What was sent, newest first."""
        return list(reversed(self._mails))
