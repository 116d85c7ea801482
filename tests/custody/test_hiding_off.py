"""The control of the demo takes hiding and sealing out where they are, and puts them back."""

from typing import Any
from uuid import uuid4

from privity.cli.demo.control import hiding_off
from privity.custody import processing, sealed_content
from privity.custody.content import content_place, content_record
from privity.redact import Turn
from privity.vault import Plaintext, Secret


def test_control_opens_what_it_did_not_seal_and_hides_nothing() -> None:
    place, key_id, key = content_place(content_record(uuid4(), uuid4())), uuid4(), Secret(bytes(32))
    sealing: Any = processing
    opening: Any = sealed_content
    before = sealing.seal, opening.open_sealed
    with hiding_off() as (scratch, redactor):
        stored = sealing.seal(key, place, key_id, Plaintext(b"my name is Ann Lee"))
        assert stored.count(b"Ann Lee") == 2
        assert opening.open_sealed(key, place, key_id, stored).reveal() == b"my name is Ann Lee"
        turns = (Turn(speaker="caller", text="my name is Ann Lee"),)
        assert redactor.redact_turns(turns).turns == turns
        assert not scratch.exists()
    assert (sealing.seal, opening.open_sealed) == before
