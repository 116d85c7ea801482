"""An address is one that mail goes to as it is written: nobody reads a code that was meant for another mailbox."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privity.delivery import Mail
from privity.errors import BadInput
from privity.identity import normalised

AT = datetime(2026, 11, 26, tzinfo=UTC)


def recipients(address: str) -> list[str]:
    message = Mail(to=address, subject="hello", text="a code", at=AT).message("privity@birch.example")
    return [each.addr_spec for each in message["To"].addresses]


@pytest.mark.parametrize(
    "address",
    [
        "ann@birch.example(x", "(a)ann@birch.example", "ann@birch.example)", "ann(@birch.example", "ann@[birch",
        "[ann@birch.example", "ann@=?utf-8?q?elsewhere.example?=", "=?utf-8?q?bob=40x.example=2C?=@birch.example",
        "ann@birch.example,bob@elsewhere.example", "ann;bob@birch.example", '"ann"@birch.example', "<ann@x.example>",
        "group:ann@birch.example", "ann@birch.example\r\nBcc: bob@elsewhere.example", "ann@birch..example",
        "ann@.example", "ann@[", "ann", "@", "ann@", "", "a" * 65 + "@birch.example",
    ],
)  # fmt: skip
def test_what_mail_would_read_otherwise_is_no_address(address: str) -> None:
    with pytest.raises(BadInput):
        normalised(address)


@pytest.mark.parametrize(
    "address",
    [
        "ann@birch.example",
        "ann.lee+x=y@mail.birch.example",
        "o'hara_{x}!#$%&*/=^`|~@birch.example",
        "zoë.@exämple.org",
    ],
)
def test_address_is_mailed_to_as_it_is_written(address: str) -> None:
    assert normalised(f" {address.upper()} ") == address
    assert recipients(address) == [address]


@given(st.from_regex(r"[a-z0-9.()<>\[\]\"'=?@,;:_ -]{1,12}@[a-z0-9.()<>\[\]\"=?,;:_ -]{1,12}", fullmatch=True))
def test_whatever_is_taken_for_an_address_is_mailed_to_as_it_is_written(text: str) -> None:
    try:
        address = normalised(text)
    except BadInput:
        return
    assert recipients(address) == [address]


@pytest.mark.parametrize("address", ["ann@birch.example(x)", "ann@birch.example, bob@elsewhere.example"])
def test_mail_that_would_go_elsewhere_is_not_made(address: str) -> None:
    with pytest.raises(ValueError, match="one address"):
        recipients(address)
