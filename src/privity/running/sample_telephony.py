"""Made-up telephony to try things on: a number, messages, a fax, calls. May be asked for again at any time.

Nothing in it is anybody's: the numbers are of the range that is kept free for fiction (555-01xx), names and cards are
the usual made-up ones.
"""

import hashlib
from io import BytesIO
from typing import Final
from uuid import UUID

import msgspec
import pikepdf
from PIL import Image

from privity.custody.telephony import Ask, Draft, FaxDraft, OwnNumber
from privity.errors import Conflict
from privity.gate import Action, resources
from privity.identity import Caller
from privity.running.installation import Installation
from privity.running.sample_call import make_sample_calls

_TRIES: Final = 50
_AREAS: Final = (202, 302, 404, 502, 603, 704, 802, 904)
_OTHER_SIDE: Final = "+12025550147"
_INBOUND: Final = (
    "Hi, this is Maria Gonzalez, my date of birth is 04/12/1961. Can I move my appointment to Thursday?",
    "My card is 4111 1111 1111 1111, expiry 12/29, code 737. Please charge the copay.",
    "Here are the pictures and the form that you asked for.",
    "Thank you, see you on Thursday!",
)
_OUTBOUND: Final = "Your appointment is confirmed for Thursday at 3 pm. Reply STOP to opt out."


class SampleTelephony(msgspec.Struct, frozen=True, kw_only=True):
    """What was made: the project's number, and the ids of its records."""

    project_id: UUID
    number: str
    messages: list[UUID]
    fax: UUID
    live_call: UUID
    recording: UUID


async def make_sample_telephony(installation: Installation, operator: Caller) -> SampleTelephony:
    """Return sample records of the tenant's first project; its sample number is made once, records every time."""
    number = await _number(installation, operator)
    telephony = installation.telephony
    messages = []
    for position, body in enumerate(_INBOUND):
        attachments = _attachments() if position == 2 else ()
        draft = Draft(from_number=_OTHER_SIDE, to_number=number.named.number, body=body, attachments=attachments)
        async with installation.gate.open(operator, Action.MESSAGE_RECEIVE, resources.own_project()) as access:
            received = await telephony.writing.receive(access, draft, installation.ids.new())
            messages += [] if received is None else [received]
    draft = Draft(from_number=number.named.number, to_number=_OTHER_SIDE, body=_OUTBOUND)
    async with installation.gate.open(operator, Action.MESSAGE_CREATE, resources.own_project()) as access:
        messages.append(await telephony.writing.send(access, draft))
    async with installation.gate.open(operator, Action.FAX_RECEIVE, resources.own_project()) as access:
        paper = FaxDraft(from_number=_OTHER_SIDE, to_number=number.named.number, paper=_attachments()[1])
        fax = await telephony.faxes.receive(access, paper)
        assert fax is not None, "what has no origin has not arrived before"
    live, recording = await make_sample_calls(installation, operator, number.named.number, _OTHER_SIDE)
    return SampleTelephony(
        project_id=number.project_id,
        number=number.named.number,
        messages=messages,
        fax=fax,
        live_call=live,
        recording=recording,
    )


async def _number(installation: Installation, operator: Caller) -> OwnNumber:
    """Return the first number of the project, claimed from the range for fiction when it has none."""
    own_numbers = installation.telephony.own_numbers
    for attempt in range(_TRIES):
        async with installation.gate.open(operator, Action.NUMBER_LIST, resources.own_project()) as access:
            page = await own_numbers.page(access, None, Ask(size=1))
            if page.records:
                return page.records[0]
        digest = hashlib.sha256(f"{operator.tenant}|{attempt}".encode()).digest()
        number = f"+1{_AREAS[digest[0] % len(_AREAS)]}55501{digest[1] % 100:02}"
        try:
            async with installation.gate.open(operator, Action.NUMBER_CREATE, resources.own_project()) as access:
                await own_numbers.add(access, number, "sample")
        except Conflict:
            continue  # another tenant of this installation has it
    raise Conflict("no sample number is free any more", advice="Add a number of your own.")


def _attachments() -> tuple[bytes, ...]:
    """Return a picture, a form of two pages, and a contact."""
    picture, form = BytesIO(), BytesIO()
    Image.new("RGB", (64, 48), (40, 90, 160)).save(picture, "PNG")
    with pikepdf.new() as document:
        for _ in range(2):
            document.add_blank_page(page_size=(612, 792))
        document.save(form)
    contact = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Maria Gonzalez\r\nTEL:+12025550147\r\nEND:VCARD\r\n"
    return picture.getvalue(), form.getvalue(), contact
