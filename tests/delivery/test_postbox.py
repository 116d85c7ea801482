"""Mail behind the answer: tried again after whatever went wrong, and told when it is given up."""

from datetime import UTC, datetime

import pytest

from privity.delivery.mail import Mail
from privity.delivery.postbox import Postbox

MAIL = Mail(to="ann@clinic.example", subject="Code", text="Canary 881204.", at=datetime(2026, 11, 26, tzinfo=UTC))


class Failing:
    """A way of mail that fails so often, in ways that are not Privity's errors."""

    def __init__(self, times: int) -> None:
        self.left, self.sent = times, list[Mail]()

    async def send(self, mail: Mail) -> None:
        self.left -= 1
        if self.left >= 0:
            raise (OSError, ValueError)[self.left % 2](f"refused: {mail.text}")
        self.sent.append(mail)


@pytest.mark.parametrize(("failures", "sent"), [(0, 1), (2, 1), (3, 0)])
async def test_a_mail_is_tried_again_and_given_up_aloud(
    failures: int, sent: int, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    way = Failing(failures)
    postbox = Postbox(way, again_after=(0, 0))
    postbox.post(MAIL)
    await postbox.close()
    assert len(way.sent) == sent
    logged = "".join(capsys.readouterr()) + caplog.text
    assert ("mail_given_up" in logged) == (not sent)
    assert "881204" not in logged
