"""Codes by mail over SMTP, to a mail server that is real: what it took is what lets somebody in."""

import asyncio
import re
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from clinics import Clinic

from privity.delivery import Mail, SmtpServer
from privity.errors import Misconfigured, Unavailable
from privity.running.certificates import Authority, server_context

USER, PASSWORD, SENDER = "mailer@birch.example", "p@ss: word/é", "privity@birch.example"
CREDENTIALS = "mailer%40birch.example:p%40ss%3A%20word%2F%C3%A9"
MAIL = Mail(to="ann@birch.example", subject="hello", text="grüße\n", at=datetime(2026, 11, 22, tzinfo=UTC))


@dataclass
class Server:
    """What a mail server saw: mails, whether each came by TLS, and who wanted in."""

    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    by_tls: list[bool] = field(default_factory=list)
    logins: list[tuple[str, str]] = field(default_factory=list)

    async def handle_DATA(self, _: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - so aiosmtpd wants it
        assert isinstance(envelope.content, bytes)
        self.mails.append(message_from_bytes(envelope.content, policy=default))
        self.by_tls.append(session.ssl is not None)
        return "250 taken"

    def login(self, _server: SMTP, _session: Session, _envelope: Envelope, _how: str, told: object) -> AuthResult:
        assert isinstance(told, LoginPassword)
        self.logins.append((told.login.decode(), told.password.decode()))
        return AuthResult(success=self.logins[-1] == (USER, PASSWORD), handled=False)  # a refusal is told, as 535


@asynccontextmanager
async def mail_server(tls: ssl.SSLContext | None = None, *, from_the_start: bool = False) -> AsyncIterator[Server]:
    """Run a mail server; with `tls` it takes nothing before STARTTLS and a login, or is TLS from the first byte."""
    seen = Server()

    def session() -> SMTP:
        inside = tls if not from_the_start else None
        return SMTP(
            seen,
            hostname="mail.birch.example",
            enable_SMTPUTF8=True,
            tls_context=inside,
            require_starttls=inside is not None,
            auth_required=inside is not None,
            authenticator=seen.login,
            auth_exclude_mechanism=["LOGIN"],  # whoever is refused would try the same by the other one
        )

    server = await asyncio.get_running_loop().create_server(
        session, "127.0.0.1", 0, ssl=tls if from_the_start else None
    )
    async with server:
        seen.port = server.sockets[0].getsockname()[1]
        yield seen


@pytest.fixture
def tls(tmp_path: Path) -> ssl.SSLContext:
    """The context of a mail server with a certificate of the authority in `tmp_path`."""
    return server_context(Authority(tmp_path / "tls").server_files(), None, required=False)


def trust(folder: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(folder / "tls" / "ca.pem"))


@pytest.mark.slow
async def test_code_that_was_mailed_over_smtp_lets_its_reader_in(
    clinic: Clinic, tls: ssl.SSLContext, tmp_path: Path
) -> None:
    async with mail_server(tls) as seen:
        url = f"smtp://{CREDENTIALS}@localhost:{seen.port}"
        clinic.installation.doorway.postbox.way = SmtpServer(url, SENDER, trusted=trust(tmp_path))
        browser = clinic.browser(clinic.owner_email)
        assert (await browser.ask_code()).status_code == 202
        await clinic.installation.doorway.postbox.close(within=20)
        assert seen.logins == [(USER, PASSWORD)]
        assert seen.by_tls == [True]
        (mail,) = seen.mails
        assert (mail["To"], mail["From"]) == (clinic.owner_email, SENDER)
        assert mail["Auto-Submitted"] == "auto-generated"
        assert not re.search(r"\d{4}", mail["Subject"]), "a code is not shown on a locked screen"
        code = "".join(re.findall(r"^ +(\d{4}) (\d{4})$", mail.get_content().replace("\r", ""), re.MULTILINE)[0])
        assert (await browser.post("sign-in/code/enter", {"code": code})).status_code == 200
        await clinic.installation.doorway.postbox.close(within=20)  # the owner is told of the new browser


async def test_mail_goes_by_tls_from_the_first_byte_or_plain_within_this_machine(
    tls: ssl.SSLContext, tmp_path: Path
) -> None:
    async with mail_server(tls, from_the_start=True) as seen:
        await SmtpServer(f"smtps://localhost:{seen.port}", SENDER, trusted=trust(tmp_path)).send(MAIL)
        assert [mail.get_content().strip() for mail in seen.mails] == ["grüße"]
    async with mail_server() as seen:
        await SmtpServer(f"smtp://127.0.0.1:{seen.port}", SENDER).send(MAIL)
        assert len(seen.mails) == 1


async def test_nothing_goes_to_a_server_that_is_not_believed(tls: ssl.SSLContext, tmp_path: Path) -> None:
    async with mail_server(tls) as seen:
        for url in (f"smtp://{CREDENTIALS}@localhost:{seen.port}", f"smtps://{CREDENTIALS}@localhost:{seen.port}"):
            with pytest.raises(Unavailable):  # it is not signed by anybody whom this machine trusts
                await SmtpServer(url, SENDER).send(MAIL)
        with pytest.raises(Unavailable):
            wrong = f"smtp://mailer%40birch.example:wrong@localhost:{seen.port}"
            await SmtpServer(wrong, SENDER, trusted=trust(tmp_path)).send(MAIL)
        assert seen.logins == [(USER, "wrong")]
        assert seen.mails == []
    async with mail_server() as seen:  # only names of this machine are spared TLS: this one could be anywhere
        with pytest.raises(Unavailable):
            await SmtpServer(f"smtp://127.1:{seen.port}", SENDER).send(MAIL)
        assert seen.mails == []
    with pytest.raises(Unavailable):
        await SmtpServer(f"smtp://127.0.0.1:{seen.port}", SENDER).send(MAIL)


@pytest.mark.parametrize("url", ["http://mail.example", "smtp://", "mail.example:25", "smtp:/x"])
def test_url_of_no_mail_server_is_refused_without_being_repeated(url: str) -> None:
    with pytest.raises(Misconfigured) as refused:
        SmtpServer(url, SENDER)
    assert "mail.example" not in str(refused.value)
    with pytest.raises(Misconfigured):
        SmtpServer("smtps://mail.example", "nobody")
    assert PASSWORD not in repr(SmtpServer(f"smtps://{CREDENTIALS}@mail.example", SENDER))
